"""The cells of a table's rows: each under its column's heading, those that span several rows in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from scrapers.discovery.listing.words import COLUMN_WORDS
from scrapers.discovery.xml import beginning

SECTIONS = frozenset({"thead", "tbody", "tfoot"})
MAX_COLUMNS = 60
MAX_SPAN = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell in a row, whether it begins there or reaches into it from a row above."""

    element: etree._Element
    column: int
    heading: str
    """What the head of its column says, or the cell itself of it (`data-label`)."""
    spans: bool
    """Whether it began in a row above."""


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table itself, not those of tables within it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in SECTIONS:
            yield from child.iterchildren("tr")


def cells_of(table: etree._Element) -> dict[etree._Element, list[Cell]]:
    """Return the cells of each row that holds values; rows that head the columns are left out."""
    cells: dict[etree._Element, list[Cell]] = {}
    reaching: dict[int, tuple[etree._Element, int]] = {}  # column -> the cell, and how many rows it goes on
    headings: dict[int, str] = {}
    for row in rows_of(table):
        own = list(islice(row.iterchildren("td", "th"), MAX_COLUMNS))
        placed = _placed(own, reaching)
        if _heads(row, own, bool(headings)):
            headings = {column: beginning(cell, 60).strip(" :") for column, cell, _ in placed}
            continue
        cells[row] = [
            Cell(cell, column, _heading(cell, headings.get(column, "")), spans) for column, cell, spans in placed
        ]
    return cells


def _placed(
    own: list[etree._Element], reaching: dict[int, tuple[etree._Element, int]]
) -> list[tuple[int, etree._Element, bool]]:
    """Return the row's cells with their columns, those of earlier rows that reach into it between them."""
    placed: list[tuple[int, etree._Element, bool]] = []
    column = 0
    waiting = list(own)
    while column < MAX_COLUMNS and (waiting or any(at >= column for at in reaching)):
        if column in reaching:
            cell, left = reaching[column]
            placed.append((column, cell, True))
            if left > 1:
                reaching[column] = (cell, left - 1)
            else:
                del reaching[column]
            column += 1
        elif waiting:
            cell = waiting.pop(0)
            placed.append((column, cell, False))
            span = _number(cell.get("rowspan"))
            if span > 1:
                reaching[column] = (cell, span - 1)
            column += _number(cell.get("colspan"))
        else:
            column += 1
    return placed


def _number(text: str | None) -> int:
    return min(max(int(text), 1), MAX_SPAN) if text and text.strip().isdigit() else 1


def _heads(row: etree._Element, own: list[etree._Element], headed: bool) -> bool:
    """Return whether a row heads the columns: `<th>` throughout, or words like `Date` and `Title` and no link away."""
    if len(own) < 2 or any((a.get("href") or "")[:1] not in ("", "#", "?") and not _sorts(a) for a in row.iter("a")):
        return False
    texts = [beginning(cell, 60).strip(" :") for cell in own]
    if all(cell.tag == "th" for cell in own) or next(row.iterancestors()).tag == "thead":
        return any(texts)
    known = sum(COLUMN_WORDS.search(text) is not None and len(text) < 40 for text in texts)
    return not headed and known >= 2 and 2 * known >= sum(map(bool, texts))


def _sorts(anchor: etree._Element) -> bool:
    """Return whether a link in a column's head sorts the table."""
    return next(anchor.iterancestors()).tag == "th" or COLUMN_WORDS.search(beginning(anchor, 40)) is not None


def _heading(cell: etree._Element, heading: str) -> str:
    for name in ("data-label", "data-th", "data-title", "data-header"):
        if value := (cell.get(name) or "").strip(" :"):
            return value
    return heading
