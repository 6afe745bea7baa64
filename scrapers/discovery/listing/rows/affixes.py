"""What most titles of a list begin or end with that is no part of them: the number of each item, its day.

`24-1253 • Doe v. Acme`, `Doe v. Acme, A22-0316, Supreme Court, May 8, 2024`: an office prints the number and the day in
one line with the name. They are told from a title's own words by the whole list: nearly every title has them in the
same place, and the titles still differ from each other without them (unlike `Minutes 3 May`, `Minutes 7 June`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from scrapers.discovery.listing.rows.dates import DateReader
from scrapers.discovery.listing.titles import is_code, is_title
from scrapers.discovery.listing.words import DATE_LABEL, DATE_NEAR, OTHER_DATE_LABEL

LEAST = 4
"""The fewest titles from which this is learned."""
MOST_HAVE = 0.8
"""An affix stands in at least this share of the titles."""
STILL_DIFFER = 0.9
"""The share of different titles that must remain different."""
NUMBERS_DIFFER = 0.5
"""The share of titles with numbers of their own: `COVID-19` before each is none."""
MOST_PARTS = 5
"""The most parts that are taken from the end of a title: its day, a number, the name of an office."""
MAX_CONSTANT = 40

_TOKEN = r"[^\s,;:•·|()\[\]–—]+"
_NUMBER = rf"(?:\d{{1,3}}\s[A-Z][a-z]{{0,2}}[A-Z]?\s)?{_TOKEN}"
_NAMES = "case|docket|file|matter|opinion|ref|reference|nos?|nr|n[°º]|#|az|aktenzeichen|dossier|expediente|processo"
_WORDS = rf"(?i:(?:{_NAMES})\b[.:°º]*\s*){{0,3}}"
NUMBER_BEFORE = re.compile(
    rf"{_WORDS}[(\[]?(?P<number>{_NUMBER}(?:\s*(?:,|;|&|\band\b)\s*{_NUMBER})*?)[)\]]?(?:\s*[.:•·|–—-]+\s*|\s+)"
    r"(?P<rest>[^\s.:•·|–—-].*)"
)
"""A number before a title, with the words that say so: `Case No. 17-0017: `, `S19A0992, S19A106. `, `1 BvR 12/20: `."""
_APART = r"(?P<rest>.*?\S)(?:\s*[,;:–—|•·]\s*|\s+-\s+|(?<=\.)\s+|\s*[(\[])"
CITED_AFTER = re.compile(
    rf"{_APART}(?P<number>(?:19|20)\d\d[)\]]?(?:\s[A-Z][\w.]{{0,6}}){{1,3}}\s\d{{1,5}}(?:\s\(\w{{1,6}}\))?)[)\]]?"
)
"""The number of a decision in the manner of courts, behind its title: `, 2021 S.D. 69`, ` [2020] EWHC 12 (Ch)`."""
NUMBER_AFTER = re.compile(rf"{_APART}(?:[A-Z]{{2,5}}\s|{_WORDS})(?P<number>{_NUMBER})[)\]]?")
"""A number behind a title, set apart: `. A22-0570`, ` (AC 24-P-446)`, `, No. 17-0017`."""
DAY_BEFORE = re.compile(r"\s*[)\]]?\s*[-–—:|•·]+\s*(?P<rest>\S.*)")
"""What follows a day that stands before a title."""
YEARS = re.compile(r"(?:19|20)\d\d(?:[-/](?:(?:19|20)?\d\d))?")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|e|o|a|[ºª])", re.IGNORECASE)

LEADING = re.compile(r"(?i)(?:\b(?:of|on|dated|from|the|vom|am|du|del|de|di|le|el|nos?|nr|ref)\b[.:]?|[#°º])$")
"""Words that need what follows them."""
LED = re.compile(r"(.*\S)\s*[,;:(\[–—|•·]\s*(?:\S+\s*){1,3}")
ENDS = " ,;:([–—|•·-"
"""What stands between a title and what follows it."""
Cut = Callable[[str], str | None]
"""Returns a title without a part of its end or beginning; None where the title has no such part."""


class Affixes:
    """What is taken from the titles of one list."""

    def __init__(self, titles: Sequence[str], dates: DateReader) -> None:
        """Learn it from the titles of some rows."""
        self._cuts: list[list[Cut]] = []
        if len(titles) < LEAST:
            return
        before: list[Cut] = [_number_before] if _are_numbered(titles, _number_before) else []
        days: list[Cut] = [partial(_day_before, dates=dates)]
        for learned in (days, before, _at_the_end(titles, dates)):
            rests = [_without(title, learned) for title in titles]
            if _most(rest != title for rest, title in zip(rests, titles, strict=True)) and _differ(rests, titles):
                self._cuts.append(learned)

    def without(self, title: str) -> str:
        """Return a title without them; a title that lacks one of the parts keeps all."""
        for cuts in self._cuts:
            title = _without(title, cuts)
        return title


def _without(title: str, cuts: Sequence[Cut]) -> str:
    rest: str | None = title
    for cut in cuts:
        if rest is None:
            break
        rest = cut(rest)
    return rest if rest and is_title(rest) else title


def _at_the_end(titles: Sequence[str], dates: DateReader) -> list[Cut]:
    """Return the parts that most titles end with, the last first; a constant text only behind a day or a number."""
    cuts: list[Cut] = []
    kept = 0
    left = list(titles)
    while len(cuts) < MOST_PARTS:
        found: Cut = partial(_day_after, dates=dates)
        if _most(found(text) is not None for text in left):
            kept = len(cuts) + 1
        elif _are_numbered(left, _number_after):
            found = _number_after
            kept = len(cuts) + 1
        elif text := _constant(left):
            found = partial(_text_after, text=text)
        else:
            break
        cuts.append(found)
        left = [rest for text in left if (rest := found(text))]
    return cuts[:kept]


def _constant(titles: Sequence[str]) -> str:
    """Return the text behind the last comma, or the last word, that most titles end with; "" where they differ."""
    for pattern in (r"[^,;(–—|•·]+", r"\S+"):
        ends = Counter(match[0].strip() for title in titles if (match := re.search(rf"{pattern}$", title)))
        text, count = ends.most_common(1)[0] if ends else ("", 0)
        if text and len(text) <= MAX_CONSTANT and count >= MOST_HAVE * len(titles):
            return text
    return ""


def _text_after(title: str, *, text: str) -> str | None:
    return title.removesuffix(text).rstrip(" ,;(–—|•·-") or None if title.endswith(text) else None


def _day_after(title: str, *, dates: DateReader) -> str | None:
    """Return a title without the day that it ends with, and without `filed` or the like before the day."""
    for _, before, after in dates.read(title):
        if after.strip(" )].,"):
            continue
        rest = before.rstrip(ENDS)
        first, _, last = rest.rpartition(" ")
        named = DATE_LABEL.fullmatch(word := last.strip("([")) or OTHER_DATE_LABEL.fullmatch(word)
        return first.rstrip(ENDS) if named else _unled(rest)
    return None


def _unled(rest: str) -> str | None:
    """Return a title without the words that led to what was cut off: `; judgment of`, ` (Appeal No.`.

    None where they stand in no part of their own: `Statement of 3 May` needs its day.
    """
    if not LEADING.search(rest) and rest.rfind("(") <= rest.rfind(")"):
        return rest
    match = LED.fullmatch(rest)
    return match[1] if match else None


def _day_before(title: str, *, dates: DateReader) -> str | None:
    """Return a title without the day that it begins with, if a dash or the like follows it."""
    for _, before, after in dates.read(title):
        match = DAY_BEFORE.fullmatch(after)
        return str(match["rest"]) if match and not before.strip("([ ") else None
    return None


def _number_before(title: str) -> str | None:
    match = NUMBER_BEFORE.fullmatch(title)
    if match is None or not all(map(_ends_in_number, re.split(r"\s*(?:[,;&]|\band\b)\s*", match["number"]))):
        return None
    rest = str(match["rest"])
    return None if is_code(rest) and " " not in rest else rest  # `QC130920.i28A` is one number


def _number_after(title: str) -> str | None:
    match = CITED_AFTER.fullmatch(title)
    if match is None and ((match := NUMBER_AFTER.fullmatch(title)) is None or not _ends_in_number(match["number"])):
        return None
    return _unled(str(match["rest"]))


def _are_numbered(titles: Sequence[str], cut: Cut) -> bool:
    """Return whether most titles have a number at one end, and not all the same."""
    rests = [(title, cut(title)) for title in titles]
    numbers = {title.replace(rest, "", 1) for title, rest in rests if rest}
    return _most(rest is not None for _, rest in rests) and len(numbers) >= NUMBERS_DIFFER * len(titles)


def _ends_in_number(text: str) -> bool:
    return is_number(text.rpartition(" ")[2])


def is_number(token: str) -> bool:
    """Return whether a word is the number of a document or case: `24-1253`, `S19A0995`; no year, day or amount."""
    token = token.rstrip(".")
    if not any(map(str.isdigit, token)) or sum(map(str.isalnum, token)) < 4:
        return False
    if YEARS.fullmatch(token) or ORDINAL.fullmatch(token) or DATE_NEAR.fullmatch(token) or token[0] in "$€£":
        return False
    return not token.isdigit() or len(token) > 4


def _most(values: Iterable[bool]) -> bool:
    listed = list(values)
    return bool(listed) and sum(listed) >= MOST_HAVE * len(listed)


def _differ(rests: Sequence[str], titles: Sequence[str]) -> bool:
    return len(set(rests)) >= STILL_DIFFER * len(set(titles))
