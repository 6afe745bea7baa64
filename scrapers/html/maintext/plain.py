"""Blocks as plain text: what stands on a line of its own, what is parted by a blank line."""

from __future__ import annotations

from scrapers.html.blocks import Blocks
from scrapers.values.text import clean_block

LISTS = frozenset(["ul", "ol", "dl", "menu", "address"])


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
    return clean_block("".join(pieces))


def _frames(page: Blocks) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return for each node the outermost list, row of data, table and preformatted box that it lies in, or -1."""
    # What a node lies in stands at its number and one, so that "no parent" (-1) finds the first entry.
    lists, rows, tables, boxes = [-1], [-1], [-1], [-1]
    cells: dict[int, int] = {}
    for tag, parent in zip(page.node_tags, page.node_parents, strict=True):
        if tag == "td" or tag == "th":
            cells[parent] = cells.get(parent, 0) + 1
    for node, (tag, parent) in enumerate(zip(page.node_tags, page.node_parents, strict=True)):
        around = parent + 1
        lists.append(node if tag in LISTS and lists[around] < 0 else lists[around])
        if tag == "tr":
            # A row of data has a text a cell at most; more than that is a layout.
            rows.append(node if page.node_ends[node] - page.node_starts[node] <= cells.get(node, 0) else -1)
        else:
            rows.append(rows[around])
        tables.append(node if tag == "table" else tables[around])
        boxes.append(node if tag == "pre" else boxes[around])
    return lists[1:], rows[1:], tables[1:], boxes[1:]
