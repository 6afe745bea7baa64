from collections import Counter

import pytest

from scrapers.base import Rules
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.tables import made


def cell_f1(kind: str, seeds: range) -> float:
    """Return the F1 of the cells of made tables: a cell counts with its place in its row and its row's first cell."""
    shared = given = truth = 0
    for seed in seeds:
        content, tables = made(kind, seed)
        expected = Counter((row[0], n, cell) for rows in tables for row in rows for n, cell in enumerate(row))
        read_ = read(page_of(content), Rules()).tables
        found = Counter(
            (row[0], n, cell) for table in read_ for row in table.rows for n, cell in enumerate(row) if cell
        )
        shared, given, truth = shared + (expected & found).total(), given + found.total(), truth + expected.total()
    return 2 * shared / (given + truth)


@pytest.mark.parametrize(("kind", "least"), [("ruled", 0.95), ("borderless", 0.85)])
def test_cells_of_made_tables_are_found_in_their_rows_and_columns(kind: str, least: float) -> None:
    assert cell_f1(kind, range(7)) >= least
