"""Documents as a spreadsheet: text cells only, so that nothing of a page is run as a formula or opened as a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from models.errors import ConfigError
from scrapers.record import Record

CELL = 32_767
"""Characters of a cell; Excel opens no longer ones."""
CUT = " [cut]"
ROWS = 1_048_575
WIDTHS = {"title": 60, "url": 40, "body": 60, "description": 40, "authors": 30}
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xlsx(file: IO[bytes], columns: Mapping[str, str], rows: Iterable[Record], cell: Callable[[Any], str]) -> int:
    """Write a sheet with a row a document; `cell` gives a value as text."""
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise ConfigError("Excel needs XlsxWriter: pip install 'resource-centre-ingest[xlsx]'") from error
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet("documents")
    bold = book.add_format({"bold": True})
    for column, name in enumerate(columns):
        sheet.set_column(column, column, WIDTHS.get(name, 16))
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 1)
    count = 0
    for row in rows:
        if count == ROWS:
            raise ConfigError(f"a sheet of Excel holds {ROWS:,} rows; narrow the query, or export .csv")
        count += 1
        for column, name in enumerate(columns):
            value = row[name]
            if isinstance(value, int):
                sheet.write_number(count, column, value)
            elif text := UNSTORABLE.sub("", cell(value)):
                sheet.write_string(count, column, text if len(text) <= CELL else text[: CELL - len(CUT)] + CUT)
    sheet.autofilter(0, 0, max(1, count), len(columns) - 1)
    book.close()
    return count
