"""Where values stand on a page: the shape of their elements, and what is beside them."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from scrapers.html.scan import BITS, NAMES, Scan

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.fields.candidate import Candidate
    from scrapers.html.maintext.maintext import MainText

Value = TypeVar("Value", bound=Hashable)
Shape = tuple[str, ...]


class Places(Generic[Value]):
    """Remembers the shapes of the elements in which values stand.

    A shape that comes again and again is that of cards, answers or comments; one that comes once is the document's.
    """

    def __init__(self) -> None:
        self._shapes: Counter[Shape] = Counter()
        self._first: dict[Value, tuple[Shape, int]] = {}
        """By value: the shape of its first place, and how many of that shape came before it."""

    def add(self, value: Value, element: HtmlElement) -> None:
        """Take in a place of a value."""
        parent = element.getparent()
        shape: Shape = (str(element.tag), element.get("class") or "")
        if parent is not None:
            shape = (*shape, str(parent.tag), parent.get("class") or "")
        self._first.setdefault(value, (shape, self._shapes[shape]))
        self._shapes[shape] += 1

    def told(self, value: Value) -> dict[str, float]:
        """Return what the shape of a value's first place says of it, once all places are known."""
        if value not in self._first:
            return {}
        shape, before = self._first[value]
        count = self._shapes[shape]
        return {
            "like": min(count, 12) / 12,
            "single": float(count == 1),
            "first-like": float(count > 1 and before == 0),
        }


def first_place(seen: Scan, element: HtmlElement, index: int, nth: int) -> dict[str, float]:
    """Return the facts about the first place where a value is printed: what it stands in, and how far from the title.

    `index` is how many elements begin before it, 0 where that is not known; `nth` how many values of its kind do.
    """
    around = seen.around(element)
    facts = {f"in:{name}": 1.0 for name in NAMES if around & BITS[name]}
    facts |= {"seen": 1.0, "near": 1 - seen.distance(element) / 20, "first": float(nth == 0)}
    if index:
        facts["where"] = index / max(1, seen.elements)
    if index and seen.title_index is not None:
        gap = index - seen.title_index
        facts["after-title"] = float(0 <= gap < 40)
        facts["long-after-title"] = float(gap > 200)
        facts["before-title"] = float(-40 < gap < 0)
        facts["long-before-title"] = float(gap <= -40)
    return facts


def compare_with(main: MainText, candidates: Iterable[Candidate]) -> None:
    """Add to the facts of candidates whether they stand in the main text."""
    for candidate in candidates:
        candidate.facts["in-text"] = float(candidate.element is not None and main.contains(candidate.element))


def bylines(seen: Scan) -> list[int]:
    """Return where a page names authors, or seems to: how many elements begin before each."""
    labelled = (spot.index for spot, name, _, _ in seen.labels if name == "authors")
    return sorted([*labelled, *(index for _, index in seen.authors)])


def days(seen: Scan) -> list[int]:
    """Return where a page prints days, or years."""
    return sorted([*(spot.index for spot in seen.dates), *(index for _, index in seen.times)])


def beside(index: int, others: Sequence[int]) -> float:
    """Return how near the nearest of other places (sorted) is: 1 for the same, 0 from ten elements on."""
    at = bisect(others, index)
    return max(0.0, 1 - min((abs(other - index) for other in others[max(0, at - 1) : at + 1]), default=10) / 10)
