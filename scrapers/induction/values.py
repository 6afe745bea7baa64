"""Where on a page a value stands, and what a selector would read there: the same reading as a configured source's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from scrapers.discovery.listing.chrome import PERHAPS, furniture
from scrapers.discovery.xml import beginning
from scrapers.html.selectors import Match, matches, parts_of
from scrapers.values.authors import read_authors
from scrapers.values.dates import read_date
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml import etree

    from scrapers.base import Rules
    from scrapers.html.dom import Dom

FieldName = Literal["title", "author", "date"]
MOST = {"title": 400, "author": 300, "date": 120}
"""Characters of an element that may hold the field."""
LONGEST_NAME = 100
NEVER = frozenset({"script", "style", "head", "noscript", "template", "svg", "option", "select", "button", "iframe"})


@dataclass(frozen=True, slots=True)
class Standing:
    """An element that may hold a field, the value, and the text that says it."""

    element: etree._Element
    value: Any
    text: str


def squeezed(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def same(field: FieldName, one: Any, other: Any) -> bool:
    """Return whether two values of a field mean the same: titles may be cut by `…`, dates less precise."""
    if not one or not other:
        return False
    if field == "title":
        a, b = squeezed(one), squeezed(other)
        cut = one.rstrip().endswith(("…", "...")) or other.rstrip().endswith(("…", "..."))
        return bool(a) and (a == b or (cut and min(len(a), len(b)) >= 12 and (a.startswith(b) or b.startswith(a))))
    if field == "date":
        return bool(one.startswith(other) or other.startswith(one))
    return {_tokens(name) for name in one} == {_tokens(name) for name in other}


def _tokens(name: str) -> tuple[str, ...]:
    """Return a name's parts in an order that `Deva, Surya` and `Surya Deva` share."""
    return tuple(sorted(re.findall(r"[^\W_]+", name.casefold())))


def read(field: FieldName, texts: Sequence[str], rules: Rules) -> Any:
    """Return the value of a field as a source reads it from the texts of a selector's matches; None for nothing."""
    if not texts:
        return None
    if field == "title":
        return texts[0] if len(texts) == 1 else None
    if field == "date":
        languages = [rules.language] if rules.language else []
        dates = (read_date(text, order=rules.date_order, languages=languages) for text in texts if text)
        return next((date for date in dates if date), None)
    parts = texts if len(texts) > 1 else ()
    return tuple(author.name for author in read_authors(", ".join(texts), parts=parts)) or None


def selected(dom: Dom, field: FieldName, css: str, rules: Rules) -> tuple[int, Any]:
    """Return how many elements a selector matches, and the value that it gives; an author's may be several."""
    found = matches(dom, css)
    if not found or (len(found) > 1 and (field != "author" or not _beside(found))):
        return len(found), None
    texts = [match.value for match in found]
    if field == "date":
        texts += [found[0].element.get("datetime") or "", found[0].element.get("content") or ""]
    elif field == "author" and len(found) == 1:
        texts = parts_of(found[0].element, texts[0]) or texts
        if len(texts) == 1 and _holds_lines(found[0].element):
            return 1, None
    return len(found), read(field, texts, rules)


def _beside(found: Sequence[Match]) -> bool:
    """Return whether several matches stand beside each other, short, as the names of one line or list do."""
    short = all(len(match.value) <= LONGEST_NAME and not _holds_lines(match.element) for match in found)
    return short and len({match.element.getparent() for match in found}) == 1 and len(found) <= 20


def _holds_lines(element: etree._Element) -> bool:
    """Return whether an element's text runs together what stands on lines of their own."""
    return sum(1 for inner in islice(element.iter("li", "p", "div", "dd", "tr", "br"), 3) if inner is not element) > 1


def standing(dom: Dom, field: FieldName, rules: Rules) -> list[Standing]:
    """Return the elements of a page, outside its frame, whose short text can be read as the field."""
    found = []
    most = MOST[field]
    for element in visible(dom):
        text = clean_line(beginning(element, most + 1))
        if len(text) > most or (not text and field != "date"):
            continue
        texts = [text]
        if field == "date":
            texts += [element.get("datetime") or "", element.get("content") or ""]
        elif field == "author":
            texts = parts_of(element, text) or texts
            if len(texts) == 1 and _holds_lines(element):
                continue
        if value := read(field, texts, rules):
            found.append(Standing(element=element, value=value, text=text))
    return found


def visible(dom: Dom) -> list[etree._Element]:
    """Return the elements of a page's body, in order, without its navigation, footer and what is never shown."""
    body = next(dom.root.iter("body"), dom.root)
    many = 0.5 * len(list(body.iter()))
    shown: list[etree._Element] = []
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in NEVER:
            continue
        frame = element.tag == "form" or furniture(element) >= PERHAPS
        if frame and element is not body and sum(1 for _ in element.iter()) < many:
            continue
        shown.append(element)
        waiting.extend(reversed(element))
    return shown
