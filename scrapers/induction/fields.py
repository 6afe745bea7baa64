"""The selector of a field, derived from pages where its value is known, or guessed from what varies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from scrapers.discovery.xml import beginning
from scrapers.induction.selectors import candidates
from scrapers.induction.values import FieldName, Standing, same, selected, squeezed, standing, visible
from scrapers.values.authors import kind_of

if TYPE_CHECKING:
    from scrapers.base import Rules
    from scrapers.html.dom import Dom

MAX_PLACES = 40
"""Elements of a page that are looked at as the place of a field."""
MAX_TRIED = 400
"""Selectors that are tried for one field."""
OTHER_DATE = re.compile(
    r"(?i)updat|modif|chang|revis|review|edited|expir|deadline|\bdue\b|valid|until|meeting|closing|consult|event|access"
    r"|upload|archiv|copyright|©|mis à jour|révis|échéance|actuali[sz]|plazo|vence|aktualisiert|frist|gültig|stand:"
)
THE_DATE = re.compile(r"(?i)publi|issued|date|posted|veröffentlicht|fecha|data\b|дата|发布|公開|تاريخ|datum|released")
THE_AUTHOR = re.compile(r"(?i)author|byline|creator|writer|contributor|autor|auteur|verfasser|автор|作者|著者|المؤلف")
NO_AUTHOR = re.compile(
    r"(?i)comment|related|photo|image|credit|tags?\b|topic|theme|place|country|contact|donat|share|menu"
)
NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Derived:
    """A selector, and on how many of the pages it matches exactly one element with the right or a sound value."""

    css: str
    pages: int
    of: int
    values: tuple[Any, ...]


def derive(doms: Sequence[Dom], field: FieldName, wanted: Sequence[Any], rules: Rules) -> Derived | None:
    """Return the most lasting selector that gives the wanted value of each page, and one match where none is wanted.

    `wanted` holds a value a page, None where it is not known. Of several selectors the cheapest that is right on all
    pages wins, then the one that is right on the most, four in five at the least.
    """
    tried: list[tuple[float, str]] = []
    for dom, value in zip(doms, wanted, strict=True):
        if value:
            for place in _places(dom, field, value, rules):
                tried += candidates(place.element)
    return _best(doms, field, wanted, rules, dict.fromkeys(css for _, css in sorted(tried)))


def guess(doms: Sequence[Dom], field: FieldName, rules: Rules) -> Derived | None:
    """Return a selector of what reads as the field once on every page, and differently: its place in the template."""
    ranked: list[tuple[float, str]] = []
    for dom in doms[:2]:
        places = [(_doubt(field, place, dom), n, place) for n, place in enumerate(standing(dom, field, rules))]
        for doubt, _, place in sorted(places, key=lambda entry: entry[:2])[:MAX_PLACES]:
            if doubt < 10:
                ranked += [(cost + doubt, css) for cost, css in candidates(place.element)]
    for css in list(dict.fromkeys(css for _, css in sorted(ranked)))[: MAX_TRIED // 2]:
        derived = _tried(doms, field, [None] * len(doms), rules, css)
        if derived and derived.pages == derived.of and _varies(field, derived):
            return derived
    return None


def _varies(field: FieldName, derived: Derived) -> bool:
    """Return whether the values differ from page to page; those of authors must be names as well."""
    values = [value for value in derived.values if value]
    if len({str(value) for value in values}) * 2 <= derived.of:
        return False
    if field != "author":
        return True
    if set.intersection(*(set(value) for value in values)):
        return False  # a name that stands on every page is the site's own
    names = [name for value in values for name in value]
    kinds = [kind_of(name) for name in names]
    return kinds.count(None) * 4 <= len(kinds) and "person" in kinds


def date_order(doms: Sequence[Dom]) -> Literal["dmy", "mdy"] | None:
    """Return how `03/04/2019` is meant, where other dates in figures on the pages leave no doubt; else None."""
    first, second, open_ = 0, 0, 0
    for dom in doms:
        for element in visible(dom):
            text = beginning(element, 60)
            for match in NUMERIC.finditer(text) if len(text) < 50 else ():
                a, b = int(match[1]), int(match[3])
                first, second, open_ = first + (a > 12 >= b), second + (b > 12 >= a), open_ + (a <= 12 >= b)
    if not open_ or bool(first) == bool(second):
        return None
    return "dmy" if first else "mdy"


def _best(
    doms: Sequence[Dom], field: FieldName, wanted: Sequence[Any], rules: Rules, tried: dict[str, None]
) -> Derived | None:
    best = None
    for css in list(tried)[:MAX_TRIED]:
        derived = _tried(doms, field, wanted, rules, css)
        if derived and derived.pages == derived.of:
            return derived
        if derived and derived.pages * 5 >= derived.of * 4 and (best is None or derived.pages > best.pages):
            best = derived
    return best


def _tried(doms: Sequence[Dom], field: FieldName, wanted: Sequence[Any], rules: Rules, css: str) -> Derived | None:
    """Return what a selector gives on the pages; None where it contradicts a known value."""
    values = []
    right = 0
    for dom, value in zip(doms, wanted, strict=True):
        count, found = selected(dom, field, css, rules)
        values.append(found)
        if value and count and not same(field, found, value):
            return None
        # A document may be nobody's: then its author's place is empty or missing.
        right += bool(found) or (count == 0 and field == "author" and not value)
        if len(values) - right > max(1, len(doms) // 5):
            return None
    return Derived(css, right, len(doms), tuple(values)) if any(values) else None


def _places(dom: Dom, field: FieldName, value: Any, rules: Rules) -> Iterator[Standing]:
    """Yield the elements that say just the value; for several authors also the elements that say one of them."""
    places = standing(dom, field, rules)
    found = [place for place in places if same(field, place.value, value)]
    if field == "author" and len(value) > 1:
        found += [place for place in places if any(same(field, place.value, (name,)) for name in value)]
    if field == "date":
        found = [place for place in found if len(place.text) < 60] or found
    yield from found[:6]


def _doubt(field: FieldName, place: Standing, dom: Dom) -> float:
    """Return how much speaks against a place being that of the field; 10 and more rules it out."""
    names = f"{place.element.get('class') or ''} {place.element.get('id') or ''} {place.element.get('itemprop') or ''}"
    before = place.element.getprevious()
    parent = place.element.getparent()
    lead = beginning(before, 40) if before is not None else (parent.text or "")[-60:] if parent is not None else ""
    near = f"{names} {place.text} {lead}"
    if field == "date":
        if OTHER_DATE.search(near):
            return 10.0
        doubt = 0.0 if THE_DATE.search(near) or place.element.tag == "time" else 1.0
        return doubt + max(0.0, (len(place.text) - 25) / 20)
    if field == "author":
        around = " ".join(
            f"{e.get('class') or ''} {e.get('id') or ''}" for e in islice(place.element.iterancestors(), 4)
        )
        heading = re.fullmatch(r"h[1-6]|p", str(place.element.tag)) and len(place.text) > 150
        if heading or NO_AUTHOR.search(f"{near} {around}") or not all(map(kind_of, place.value)):
            return 10.0
        return 0.0 if THE_AUTHOR.search(names) else 1.5
    if re.fullmatch(r"h[1-4]", str(place.element.tag)):
        return (int(place.element.tag[1]) - 1) * 0.5
    return 4.0 if _in_title(place, dom) else 10.0


def _in_title(place: Standing, dom: Dom) -> bool:
    said = [beginning(element, 400) for element in dom.root.iter("title")]
    said += [meta.get("content") or "" for meta in dom.root.iter("meta") if meta.get("property") == "og:title"]
    return len(place.text) >= 8 and any(squeezed(place.text) in squeezed(title) for title in said)
