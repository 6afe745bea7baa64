"""Finds tables, ruled and borderless, and gives them as rows of cells and as lines of the text.

Cells come about as in pdfplumber, whose functions are used on the lines that pdfium reports: where lines cross, there
are corners, and four corners that are joined make a cell. A table without lines is a stretch of rows whose
words leave the same strips of the page free.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.base import Table
from scrapers.pdf.engine.page import PdfPage, TextRun, Word

NUMERIC = re.compile(r"[-–−+(]?[$€£¥%]?\s?\d[\d\s.,'’]*\s?[%)€$*]?|n/?a\.?|[-–—…]+|\.{2,3}", re.IGNORECASE)
SNAP = 3.0


@dataclass(slots=True)
class Found:
    """A table on a page."""

    rows: list[list[str]]
    box: tuple[float, float, float, float]
    size: float

    def table(self, page: int) -> Table:
        """Return it as data."""
        left, top, right, bottom = self.box
        return Table(
            rows=tuple(tuple(row) for row in self.rows), place=f"p{page} {left:.0f},{top:.0f},{right:.0f},{bottom:.0f}"
        )


def tables_on(leaf: PdfPage, lines: list[TextRun]) -> tuple[list[Found], list[TextRun]]:
    """Return the page's tables, and its lines with each table's rows in the place of what was read of it."""
    if not leaf.words:
        return [], lines
    tables = _ruled(leaf) if len(leaf.edges) >= 4 else []
    rest = [line for line in lines if not any(_inside(line, table.box) for table in tables)]
    tables += _borderless(leaf, rest)
    if not tables:
        return [], lines
    tables.sort(key=lambda table: table.box[1])
    return tables, _placed(lines, tables)


def _inside(line: TextRun, box: tuple[float, float, float, float]) -> bool:
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2


def _placed(lines: list[TextRun], tables: list[Found]) -> list[TextRun]:
    """Put each table's rows where the first of its lines stood."""
    placed: list[TextRun] = []
    done: set[int] = set()
    for line in lines:
        owner = next((n for n, table in enumerate(tables) if _inside(line, table.box)), None)
        if owner is None:
            placed.append(line)
            continue
        if owner in done:
            continue
        done.add(owner)
        table = tables[owner]
        left, top, right, bottom = table.box
        step = (bottom - top) / len(table.rows)
        for number, row in enumerate(table.rows):
            text = "\t".join(cell for cell in row).rstrip("\t")
            y = top + number * step
            placed.append(TextRun(text, left, y, right, y + step, table.size, row=True, plain=text, column=line.column))
    return placed


def _ruled(leaf: PdfPage) -> list[Found]:
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = []
    for left, top, right, bottom in leaf.edges:
        upright = right - left < bottom - top
        if max(right - left, bottom - top) < 4:
            continue
        if upright:
            left = right = (left + right) / 2
        else:
            top = bottom = (top + bottom) / 2
        edges.append(
            {
                "x0": left,
                "x1": right,
                "top": top,
                "bottom": bottom,
                "width": right - left,
                "height": bottom - top,
                "orientation": "v" if upright else "h",
                "object_type": "line",
            }
        )
    if sum(edge["orientation"] == "v" for edge in edges) < 2 or len(edges) < 5:
        return []
    merged = merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    if len(merged) > 600:
        return []
    cells = intersections_to_cells(edges_to_intersections(merged, SNAP, SNAP))
    found = []
    for group in cells_to_tables(cells):
        table = _from_cells(group, leaf.words)
        if table:
            found.append(table)
    return found


def _from_cells(cells: Sequence[tuple[float, float, float, float]], words: list[Word]) -> Found | None:
    """Return a table of ruled cells with the words that stand in each, or None for a frame or the grid of a chart."""
    lefts, tops = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})
    if len(lefts) < 2 or len(tops) < 2 or len(cells) < 4:
        return None
    left, top = lefts[0], tops[0]
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    inside: dict[tuple[float, float, float, float], list[Word]] = {tuple(cell): [] for cell in cells}  # type: ignore[misc]
    ordered = sorted(inside, key=lambda cell: (cell[1], cell[0]))
    for word in words:
        x, y = (word[1] + word[3]) / 2, (word[2] + word[4]) / 2
        if left <= x <= right and top <= y <= bottom:
            for cell in ordered:
                if cell[0] - 0.5 <= x <= cell[2] + 0.5 and cell[1] - 0.5 <= y <= cell[3] + 0.5:
                    inside[cell].append(word)
                    break
    grid = [["" for _ in lefts] for _ in tops]
    for cell, held in inside.items():
        grid[tops.index(cell[1])][lefts.index(cell[0])] = _cell_text(held)
    rows = [row for row in grid if any(row)]
    rows = (
        [list(row) for row in zip(*(column for column in zip(*rows, strict=True) if any(column)), strict=True)]
        if rows
        else []
    )
    filled = sum(bool(cell) for row in rows for cell in row)
    if len(rows) < 2 or len(rows[0]) < 2 or filled < 0.3 * len(rows) * len(rows[0]) or filled < 4:
        return None
    if sum(len(cell) for row in rows for cell in row) > 400 * filled:
        return None
    sizes = sorted(word[4] - word[2] for held in inside.values() for word in held)
    return Found(rows, (left, top, right, bottom), round(sizes[len(sizes) // 2] / 1.2, 1))


def _cell_text(words: list[Word]) -> str:
    """Return the words of a cell, line by line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word[2] + word[4]) / 2):
        middle = (word[2] + word[4]) / 2
        if lines and lines[-1][0][2] <= middle <= lines[-1][0][4]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return _spaced([word[0] for line in lines for word in sorted(line, key=lambda word: word[1])])


def _spaced(words: list[str]) -> str:
    """Return words with blanks between them, except in scripts that have none."""
    text = ""
    for word in words:
        close = text and word and "\u3000" < text[-1] < "\uff00" and "\u3000" < word[0] < "\uff00"
        text += word if close or not text else f" {word}"
    return text


def _borderless(leaf: PdfPage, lines: list[TextRun]) -> list[Found]:
    """Return tables that only their columns show: stretches of rows of several fragments."""
    found = []
    for start, end in _stretches(lines):
        block = lines[start:end]
        box = (
            min(line.left for line in block),
            min(line.top for line in block),
            max(line.right for line in block),
            max(line.bottom for line in block),
        )
        words = [
            word
            for word in leaf.words
            if box[0] - 1 <= (word[1] + word[3]) / 2 <= box[2] + 1 and box[1] <= (word[2] + word[4]) / 2 <= box[3]
        ]
        table = _from_columns(words, box, block[0].size)
        if table:
            found.append(table)
    return found


def _stretches(lines: list[TextRun]) -> list[tuple[int, int]]:
    """Return where rows of several fragments follow each other, single lines of wrapped cells among them."""
    stretches = []
    start = 0
    while start < len(lines):
        if not lines[start].row:
            start += 1
            continue
        end, last = start + 1, start + 1
        while end < len(lines):
            line, above = lines[end], lines[end - 1]
            if not 0 <= line.bottom - above.bottom < 3.2 * max(above.height, line.height):
                break
            if line.row:
                last = end + 1
            elif end - last >= 1:
                break
            end += 1
        # A header of one word a column may be drawn so that only the rows under it look like a table's.
        if sum(line.row for line in lines[start:last]) >= 2:
            stretches.append((start, last))
        start = max(last, start + 1)
    return stretches


def _from_columns(words: list[Word], box: tuple[float, float, float, float], size: float) -> Found | None:
    """Return the table whose columns the strips without words show, or None where it is none."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word[2] + word[4]) / 2):
        middle = (word[2] + word[4]) / 2
        if rows and abs(middle - (rows[-1][0][2] + rows[-1][0][4]) / 2) < 0.5 * (word[4] - word[2]):
            rows[-1].append(word)
        else:
            rows.append([word])
    if len(rows) < 2:
        return None
    strips = _strips(rows, box, size)
    if not strips:
        return None
    grid = []
    for row in rows:
        cells: list[list[str]] = [[] for _ in range(len(strips) + 1)]
        for word in sorted(row, key=lambda word: word[1]):
            cells[bisect_right(strips, (word[1] + word[3]) / 2)].append(word[0])
        grid.append([_spaced(cell) for cell in cells])
    grid = _with_wrapped(grid)
    filled = [cell for row in grid for cell in row if cell]
    beyond = [cell for row in grid for cell in row[1:] if cell]
    if len(filled) < 0.5 * len(grid) * len(grid[0]) or not beyond:
        return None
    numeric = sum(NUMERIC.fullmatch(cell) is not None for cell in beyond) / len(beyond)
    # Two rows are a table only where they are full of numbers: the end of one that began on the page before.
    if len(grid) < 3 and (numeric < 0.8 or len(grid[0]) < 3 or len(filled) < len(grid) * len(grid[0])):
        return None
    words_a_cell = sum(len(cell.split()) for cell in filled) / len(filled)
    if (
        words_a_cell > 8
        or (len(grid[0]) == 2 and numeric < 0.3 and words_a_cell > 3)
        or (numeric < 0.2 and words_a_cell > 5)
    ):
        return None
    return Found(grid, box, size)


def _strips(rows: list[list[Word]], box: tuple[float, float, float, float], size: float) -> list[float]:
    """Return the middles of the strips that (almost) no row's words cover."""
    most = max(1, len(rows) // 12) if len(rows) > 5 else 0
    events: list[tuple[float, int]] = []
    for row in rows:
        spans: list[list[float]] = []
        for word in sorted(row, key=lambda word: word[1]):
            # Words closer than a blank belong to one cell.
            if spans and word[1] - spans[-1][1] < 0.55 * size:
                spans[-1][1] = max(spans[-1][1], word[3])
            else:
                spans.append([word[1], word[3]])
        for left, right in spans:
            events += [(left, 1), (right, -1)]
    events.sort()
    strips = []
    depth, free_from = 0, None
    for x, change in events:
        before = depth
        depth += change
        if depth <= most < before:
            free_from = x
        elif before <= most < depth and free_from is not None:
            if x - free_from > 0.5 * size:
                strips.append((x + free_from) / 2)
            free_from = None
    return [strip for strip in strips if box[0] < strip < box[2]]


def _with_wrapped(grid: list[list[str]]) -> list[list[str]]:
    """Join a row that only goes on with the first cell's words to the row above it, or to the one below."""
    joined: list[list[str]] = []
    for row in grid:
        filled = [n for n, cell in enumerate(row) if cell]
        if joined and filled == [0] and row[0][:1].islower():
            joined[-1][0] = f"{joined[-1][0]} {row[0]}"
        else:
            joined.append(list(row))
    return joined
