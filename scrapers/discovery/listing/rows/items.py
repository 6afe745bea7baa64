"""The parts into which an element is divided when rows are told apart: blocks and lines, some of them headings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise

from lxml import etree

from scrapers.discovery.listing.words import HEADINGS
from scrapers.discovery.xml import beginning
from scrapers.values.dates import find_dates

MANY = "\0many"
"""Stands for the identity of a document where an item holds several."""
LOWEST = 9
"""The rank of a heading that is one by its looks alone."""
SHORT = 300
"""Letters up to which a text between sections of a list may be about a section."""


@dataclass(slots=True, eq=False)
class Item:
    """A part of an element: a block within it, or a line of what stands between blocks and breaks."""

    nodes: list[etree._Element | str]
    element: etree._Element | None = None
    """The block; None for a line."""
    key: str | None = None
    """The document in it, MANY for several."""
    rank: int = 0
    """Its rank as a heading of what follows, from 1 for `h1` to 9; 0 where it is no heading."""
    text: str = ""

    @property
    def is_rule(self) -> bool:
        """Whether it is a line drawn across the page."""
        return self.element is not None and self.element.tag == "hr"

    @property
    def shape(self) -> str:
        """Return what items of one kind share."""
        if self.element is None:
            return "line"
        cells = sum(1 for _ in self.element.iterchildren("td", "th"))
        return f"{self.element.tag} {cells}"


def rank_of(item: Item) -> int:
    """Return an item's rank as a heading of what follows: 1 to 6 of `h1` to `h6`, 8 and 9 of other kinds, 0 of none."""
    element = item.element
    if item.key is not None or not item.text:
        return 0
    if element is not None:
        heading = next((e for e in islice(element.iter(*HEADINGS), 1) if beginning(e, SHORT) == item.text), None)
        if heading is not None:
            return int(heading.tag[1])
        if element.tag in ("caption", "legend", "summary", "dt"):
            return 8
        if element.tag == "tr":
            cells = [cell for cell in element.iterchildren("td", "th") if beginning(cell, 5)]
            spans = any(_is_wide(cell) for cell in cells)
            return 8 if len(cells) == 1 and (spans or cells[0].tag == "th") else 0
        if element.tag in ("td", "th", "li"):
            return 0
    if len(item.text) > 120:
        return 0
    if any(2 * len(match.raw) > len(item.text) for match in find_dates(item.text, order="dmy")):
        return 9
    return 9 if _all_bold(item) or item.text.endswith(":") else 0


def rank_of_link(item: Item) -> int:
    """Return the rank of the heading in which an item's document is linked; 9 where it stands in none."""
    if item.element is None:
        return 9
    return next((int(e.tag[1]) for e in islice(item.element.iter(*HEADINGS), 1)), 9)


def _is_wide(cell: etree._Element) -> bool:
    return (cell.get("colspan") or "1") != "1"


def _all_bold(item: Item) -> bool:
    """Return whether all of a short item's text is bold or large: a heading by its looks."""
    bold = 0
    for node in item.nodes:
        if not isinstance(node, str):
            marked = node.iter("b", "strong", "th") if node.tag not in ("b", "strong") else iter((node,))
            bold += max((len(beginning(e, SHORT)) for e in marked), default=0)
    return bool(item.text) and bold >= len(item.text)


def shared_end(before: list[str], items: list[Item], holding: list[int]) -> int:
    """Return how many items at the end of each gap lead up to a document, as the same stand before the first."""
    gaps = [[items[n].shape for n in range(a + 1, b)] for a, b in pairwise(holding)]
    count = 0
    while (
        gaps and len(before) > count and all(len(gap) > count and gap[-1 - count] == before[-1 - count] for gap in gaps)
    ):
        count += 1
    return count


def parting(items: list[Item], gap: list[int], lead: int, trails: bool) -> int:
    """Return how many items of a gap between two documents belong to the first of them."""
    for n, at in enumerate(gap):
        if items[at].rank or not items[at].nodes or (items[at].is_rule):
            return n
    if lead:
        return len(gap) - lead
    return len(gap) if trails else 0
