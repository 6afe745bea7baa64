"""The line of a byline: what of it are the names, without the words before them, the day and the section behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrapers.base import Author
from scrapers.values.authors import is_name, kind_of
from scrapers.values.bylines import BY
from scrapers.values.dates import find_dates
from scrapers.values.labels import field_of, label_at_start
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_VIA = re.compile(
    r"^(?:via|from|(?:(?:more )?(?:articles|stories|posts)|authored|reported|compiled|curated) by)(?:\s+|:\s*)",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"[,;&/]|\b(?:and|und|et|y|e|и|with)\b|،|、|和|与|與", re.IGNORECASE)
BY_START = re.compile(rf"^{BY}\b\s*:?\s*", re.IGNORECASE)
_STOP = re.compile(
    r"\s*(?:[|•·–—»]\s*|\s+at$|\s-\s|\n|\d+\s+(?:second|minute|hour|day|week|month|year)s?\s+ago|\bon\b\s+(?=\w+\s+\d)"
    r"|\b(?:Posts|Joined|Threads|Messages|Location):|\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s+\d"
    r"|\b(?:published|updated|posted|last updated|reviewed|medically|read time|min read|\d+ min)\b).*$",
    re.IGNORECASE,
)
_WEEKDAY = (
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mi[eé]|jue|vie|s[aá]b|dom|seg|ter"
    r"|qua|qui|sex|gio|ma|wo|vr|za|zo|pon|wt|śr|czw|pt|sob|nie|út|st|čt|pá|so|ne|hé|ke|sze|csü|pé|va|tir|ons|tor|fre|lør"
    r"|søn|mån|tis|lör|sön|пн|вт|ср|чт|пт|сб|вс|пон|суб|вос|чет|пят|нед|δευ|τρ[ιί]|τετ|π[εέ]μ|παρ|σ[αά]β|κυρ)"
)
"""How the names of the days of the week begin."""
_BEFORE_DAY = re.compile(
    r"\s(?:on|at|am|um|vom|den|le|à|el|al|il|em|a|op|om|den|kl|w dniu|w|dnia|dne|от|в|на|στις|στο|στην|la|pe)\.?"
    rf"(?:\s(?i:{_WEEKDAY})[^\W\d_]{{0,9}}(?:-feira)?\.?,?)?\s*$"
)
"""Small words between a name and the day that follows it, and the day of the week."""
_ENDS_IN_BY = re.compile(r"^[^\W\d_][\w\s]{1,28}?\s(?:by|von|par|por|di|door|af|av|oleh)\s*:?\s*$", re.IGNORECASE)
_SMALL_WORD = re.compile(r"[^\W\d_]{1,12}")
"""A word in small letters before an element with the name: `by` in any language."""
_KIND_OF_WORK = re.compile(r"^[^\W\d_][^:：]{2,24}[:：]\s*(?=\S)")
CREDIT = re.compile(
    r"shutterstock|getty|unsplash|istock|pexels|photo(?:graph)?s?\s*(?:by|:|credit|©)|images?\s*(?:by|:|credit|courtesy)"
    r"|credit\s*:|courtesy of|©|\(purchased\)|un photo|reuters/|illustration by"
    r"|^\s*(?:fotos?|фото|bild(?:er)?|im[aá]gen(?:es)?|immagin[ei]|zdjęci[ea]|kuvat?|fotograf(?:ía|ia|ie)|写真|图片|圖片|사진|صورة)"
    r"(?:\s*[:：/©]|\s+(?:von|aus|из|by|de|di|da|av|af|door)\b)",
    re.IGNORECASE,
)


def after_label(element: HtmlElement, text: str) -> str:
    """Return the text of an element that is named for an author without the words before the names.

    Markup parts them (`Posted by <b>Jane Doe</b>`, whatever the verb), or a colon does (`Interview: Jane Doe`).
    """
    pieces = [clean_line(piece) for _, piece in zip(range(8), element.itertext(), strict=False)]
    for number, piece in enumerate(filter(None, pieces[:-1])):
        if number < 3 and (_leads(piece) if number == 0 else BY_START.fullmatch(f"{piece} ")):
            return text[text.find(piece) + len(piece) :].strip(" :")
    label = _KIND_OF_WORK.match(text)
    if label and not field_of(label[0]) and kind_of(text[label.end() :].split(" (")[0]) == "person":
        return text[label.end() :]
    return text


def _leads(piece: str) -> bool:
    """Return whether the first piece of a byline stands before the name: it ends in `by`, or is one small word."""
    return bool(_ENDS_IN_BY.match(piece) or (piece[0].islower() and _SMALL_WORD.fullmatch(piece)))


def lead(element: HtmlElement, text: str) -> str:
    """Return the first piece of a byline that is a name by itself, where more follows it; else the whole text."""
    if len(element) == 0 or len(text) < 12:
        return text
    for count, node in enumerate(element.iter()):
        if count > 12:
            break
        piece = clean_line(node.text or "") if isinstance(node.tag, str) else ""
        piece = BY_START.sub("", piece)
        if len(piece) > 2 and not field_of(piece):
            return (
                piece
                if is_name(piece)
                and len(piece) < 50
                and not SEPARATOR.search(text[text.find(piece) + len(piece) :][:6])
                else text
            )
    return text


def cut(line: str) -> str:
    """Return a byline without its beginning `By`, and without the date or the section that follows the names."""
    line = clean_line(line)
    label = label_at_start(line)
    if label and label[0] == "authors" and label[2]:
        line = label[2]
    line = _VIA.sub("", BY_START.sub("", line))
    date = next(find_dates(line[:200]), None)
    start, end = (date.start, date.end) if date is not None else _open_day(line)
    if end:
        after = line[end:].strip(" ,|•·–—-:/")
        line = after if start == 0 and is_name(_STOP.sub("", after)) else _BEFORE_DAY.sub("", line[:start])
    return _STOP.sub("", line.rstrip(" ,|•·–—-:/")).strip(" ,|•·–—-:/")


def _open_day(line: str) -> tuple[int, int]:
    """Return where a numeric day begins and ends whose order is open, as in `le 12/05/2020`; 0 and 0 for none."""
    found = _NUMERIC_DAY.search(line[:200])
    return found.span() if found else (0, 0)


_NUMERIC_DAY = re.compile(r"(?<!\d)\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d(?!\d)")


def like_names(names: Sequence[Author]) -> bool:
    """Whether what follows a bare `by` reads as names: with a capital where its script has them, ending in no verb."""
    words = [n.name.split() for n in names]
    return (
        bool(names)
        and all(len(own) <= 8 for own in words)
        and all(
            n.kind is not None or (len(own) <= 2 and n.name[:1].isupper()) for n, own in zip(names, words, strict=True)
        )
        and not any(
            n.kind != "person" and (own[0].islower() or own[-1].islower()) for n, own in zip(names, words, strict=True)
        )
    )
