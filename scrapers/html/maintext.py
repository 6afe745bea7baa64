"""The main text of a page: which of its blocks are content, and how they read as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrapers.html.blocks import INLINE, Blocks, blocks
from scrapers.html.dom import Dom
from scrapers.html.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.maintext_scores import Model

NOTHING = 0.3
"""Expected F1 below which a page is taken to have no main text."""
LISTS = frozenset(["ul", "ol", "dl", "menu", "address"])


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """What of a page is content."""

    body: str
    """Plain text: paragraphs parted by a blank line, headings, list items and table rows on own lines; NFC."""
    elements: tuple[HtmlElement, ...] = ()
    """The elements whose own text was chosen, in document order."""
    origin: str = "text"
    cut: str | None = None
    """Which limit the text went over, where only its beginning was read."""
    confidence: float = 0.0
    """The F1 that the choice is expected to have."""
    holders: frozenset[HtmlElement] = field(default=frozenset(), repr=False)
    """Every element that parts text and holds some of the chosen."""

    def contains(self, element: HtmlElement) -> bool:
        """Return whether the element holds or lies in chosen text."""
        if element.tag not in INLINE:
            return element in self.holders
        around = next((a for a in element.iterancestors() if a.tag not in INLINE), None)
        return around is not None and around in self.elements

    @property
    def first(self) -> HtmlElement | None:
        """The element of the first content block."""
        return self.elements[0] if self.elements else None


def read(dom: Dom, learned: Model | None = None) -> MainText:
    """Return the main text of a page; its body is empty where nothing is likely to be content."""
    page = blocks(dom.root)
    if not page.texts:
        return MainText(body="")
    from scrapers.html.blocks_facts import facts
    from scrapers.html.blocks_page import about
    from scrapers.html.maintext_scores import best_set, likelihoods, model

    numbers = facts(page, about(dom, page))
    likely = likelihoods(numbers, learned or model())
    chosen, expected = best_set(likely, numbers.lengths)
    if expected < NOTHING:
        return MainText(body="", confidence=expected)
    kept = chosen.nonzero()[0].tolist()
    owners = dict.fromkeys(page.owners[number] for number in kept)
    holders: set[int] = set()
    for node in owners:
        while node >= 0 and node not in holders:
            holders.add(node)
            node = page.node_parents[node]
    return MainText(
        body=render(page, kept),
        elements=tuple(page.node_elements[node] for node in owners),
        confidence=expected,
        holders=frozenset(page.node_elements[node] for node in holders),
    )


def render(page: Blocks, kept: list[int]) -> str:
    """Return blocks as plain text."""
    lists, rows, tables, boxes = _frames(page)
    pieces: list[str] = []
    before = -1
    for number in kept:
        node = page.owners[number]
        if before >= 0:
            last = page.owners[before]
            if rows[node] >= 0 and rows[node] == rows[last]:
                pieces.append(" | ")
            elif page.levels[number] or page.levels[before]:
                pieces.append("\n\n")
            elif (
                (rows[node] >= 0 and rows[last] >= 0 and tables[node] == tables[last])
                or (lists[node] >= 0 and lists[node] == lists[last])
                or (boxes[node] >= 0 and boxes[node] == boxes[last])
            ):
                pieces.append("\n")
            else:
                pieces.append("\n\n")
        pieces.append(page.texts[number])
        before = number
    return clean("".join(pieces))


def _frames(page: Blocks) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return for each node the outermost list, row of data, table and preformatted box that it lies in, or -1."""
    lists: list[int] = []
    rows: list[int] = []
    tables: list[int] = []
    boxes: list[int] = []
    cells: dict[int, int] = {}
    for tag, parent in zip(page.node_tags, page.node_parents, strict=True):
        if tag == "td" or tag == "th":
            cells[parent] = cells.get(parent, 0) + 1
    for node, (tag, parent) in enumerate(zip(page.node_tags, page.node_parents, strict=True)):
        within = (lists[parent], rows[parent], tables[parent], boxes[parent]) if parent >= 0 else (-1, -1, -1, -1)
        lists.append(node if tag in LISTS and within[0] < 0 else within[0])
        if tag == "tr":
            # A row of data has a text a cell at most; more than that is a layout.
            data = page.node_ends[node] - page.node_starts[node] <= cells.get(node, 0)
            rows.append(node if data else -1)
        else:
            rows.append(within[1])
        tables.append(node if tag == "table" else within[2])
        boxes.append(node if tag == "pre" else within[3])
    return lists, rows, tables, boxes
