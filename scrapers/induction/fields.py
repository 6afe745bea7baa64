"""The selector of a field, derived from pages where its value is known, or guessed from what varies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapers.discovery.xml import beginning
from scrapers.induction.selectors import candidates
from scrapers.induction.values import FieldName, Standing, same, selected, squeezed, standing, visible

if TYPE_CHECKING:
    from scrapers.base import Rules
    from scrapers.html.dom import Dom

MAX_TRIED = 400
"""Selectors that are tried for one field."""
OTHER_DATE = re.compile(
    r"(?i)updat|modif|chang|revis|edited|expir|deadline|event|access|upload|archiv|copyright|©|mis à jour|actuali[sz]"
    r"|aktualisiert|stand:"
)
THE_DATE = re.compile(r"(?i)publi|issued|date|posted|veröffentlicht|fecha|data\b|дата|发布|公開|تاريخ|datum|released")
THE_AUTHOR = re.compile(
    r"(?i)author|byline|creator|writer|contributor|\bby\b|autor|auteur|verfasser|автор|作者|著者|المؤلف"
)


@dataclass(frozen=True, slots=True)
class Derived:
    """A selector, and on how many of the pages it matches exactly one element with the right or a sound value."""

    css: str
    pages: int
    of: int
    values: tuple[Any, ...]


def derive(doms: Sequence[Dom], field: FieldName, wanted: Sequence[Any], rules: Rules) -> Derived | None:
    """Return the most lasting selector that gives the wanted value of each page, and one match on each other page.

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
        for place in standing(dom, field, rules):
            doubt = _doubt(field, place, dom)
            if doubt < 10:
                ranked += [(cost + doubt, css) for cost, css in candidates(place.element)]
    best = None
    for css in list(dict.fromkeys(css for _, css in sorted(ranked)))[:MAX_TRIED]:
        derived = _tried(doms, field, [None] * len(doms), rules, css)
        if derived and derived.pages == derived.of and len(set(map(str, derived.values))) * 2 > derived.of:
            best = derived
            break
    return best


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
    """Return what a selector gives on the pages; None where it contradicts what is known of one."""
    values = []
    right = 0
    for dom, value in zip(doms, wanted, strict=True):
        count, found = selected(dom, field, css, rules)
        values.append(found)
        if value and count == 1 and not same(field, found, value):
            return None
        # A document may be nobody's: then its author's place is empty or missing.
        right += (count == 1 and bool(found)) or (count == 0 and field == "author" and not value)
        if len(values) - right > max(1, len(doms) // 5):
            return None
    return Derived(css, right, len(doms), tuple(values)) if any(values) else None


def _places(dom: Dom, field: FieldName, value: Any, rules: Rules) -> Iterator[Standing]:
    """Yield the elements that say just the value."""
    found = [place for place in standing(dom, field, rules) if same(field, place.value, value)]
    if field == "date":
        found = [place for place in found if len(place.text) < 60] or found
    yield from found[:6]


def _doubt(field: FieldName, place: Standing, dom: Dom) -> float:
    """Return how much speaks against a place being that of the field; 10 and more rules it out."""
    names = f"{place.element.get('class') or ''} {place.element.get('id') or ''} {place.element.get('itemprop') or ''}"
    before = place.element.getprevious()
    near = f"{names} {place.text} {beginning(before, 40) if before is not None else ''}"
    if field == "date":
        if OTHER_DATE.search(near):
            return 10.0
        doubt = 0.0 if THE_DATE.search(near) or place.element.tag == "time" else 1.0
        return doubt + max(0.0, (len(place.text) - 25) / 20)
    if field == "author":
        return 0.0 if THE_AUTHOR.search(near) else 10.0
    if re.fullmatch(r"h[1-4]", str(place.element.tag)):
        return (int(place.element.tag[1]) - 1) * 0.5
    return 4.0 if _in_title(place, dom) else 10.0


def _in_title(place: Standing, dom: Dom) -> bool:
    title = next((squeezed(beginning(element, 400)) for element in dom.root.iter("title")), "")
    return len(place.text) >= 8 and squeezed(place.text) in title


def words_shown(dom: Dom) -> int:
    """Return how many words a page shows outside its frame, roughly."""
    return sum(len((element.text or "").split()) for element in visible(dom))
