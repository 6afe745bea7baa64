"""The store's content as a file, written whole or not at all; its suffix says the format."""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from models.errors import ConfigError, StoreError
from models.search.filters import Filters
from models.whole_file import whole_file
from pipeline.holdings import export_records
from pipeline.holdings.columns import FAILURE_COLUMNS, Columns, document_columns
from pipeline.holdings.export.citations import bibtex, csl, ris
from pipeline.holdings.export.feeds import atom, followthemoney
from pipeline.holdings.export.markdown import markdown
from pipeline.holdings.export.warc import export_captures
from pipeline.holdings.export.xlsx import xlsx
from scrapers.record import Record

if TYPE_CHECKING:
    from models.database.store import Store

__all__ = ["Filters", "export_captures", "export_documents", "export_failures", "export_formats", "feed", "write"]

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""First characters of a cell that a spreadsheet runs as a formula (OWASP, CSV injection), full-width forms too."""

ROW_GROUP, GROUP_TEXT = 1_000, 8_000_000
"""Limits of a Parquet file's row group: rows, and characters of text."""


def export_documents(
    store: Store,
    path: Path,
    filters: Filters | None = None,
    *,
    columns: Sequence[str] | None = None,
    bom: bool = False,
) -> int:
    """Write the documents to a file and return how many.

    Args:
        store: Where they are.
        path: The file; its suffix says the format.
        filters: Which documents; by default all.
        columns: The names of the columns to write, in their order; by default all.
        bom: Begin a .csv with a byte order mark, by which Excel knows UTF-8.

    Raises ConfigError for an unknown suffix or column, or an option that the format does not have.
    """
    known = document_columns()
    if columns is not None:
        if missing := [name for name in columns if name not in known]:
            near = difflib.get_close_matches(missing[0], known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(known)}"
            raise ConfigError(f"--columns: there is no column {missing[0]!r}; {hint}")
        if not path.name.lower().endswith(tuple(_WRITERS)):
            raise ConfigError(f"--columns: {path.name} has fields of its own; columns are for {', '.join(_WRITERS)}")
        known = {name: known[name] for name in columns}
    if bom and path.suffix.lower() != ".csv":
        raise ConfigError(f"--bom: is for a .csv, and {path.name} is none")
    with store.read() as connection:
        rows = export_records.documents(connection, filters or Filters())
        return write(path, known, rows, documents=True, begin=b"\xef\xbb\xbf" if bom else b"")


def export_failures(store: Store, path: Path, sources: Sequence[str] = ()) -> int:
    """Write the failures to a file and return how many."""
    with store.read() as connection:
        return write(path, FAILURE_COLUMNS, export_records.failures(connection, sources))


def export_formats() -> tuple[str, ...]:
    """Return the suffixes of the formats for documents."""
    return (*_WRITERS, *_OF_DOCUMENTS)


def write(path: Path, columns: Columns, rows: Iterable[Record], *, documents: bool = False, begin: bytes = b"") -> int:
    """Write records in the format of the file's suffix; the file appears whole and replaces an older one."""
    known = {**_WRITERS, **_OF_DOCUMENTS} if documents else _WRITERS
    writer = next((known[suffix] for suffix in known if path.name.lower()[1:].endswith(suffix)), None)
    if writer is None:
        raise ConfigError(f"{path}: the suffix says the format, one of {', '.join(known)}")
    try:
        with whole_file(path) as part, part.open("wb") as file:
            file.write(begin)
            return writer(file, columns, rows)
    except OSError as error:
        raise StoreError(f"{path} could not be written: {error.strerror or error}") from error


def _jsonl(file: IO[bytes], columns: Columns, rows: Iterable[Record]) -> int:
    count = 0
    for row in rows:
        record = {name: row[name] for name in columns}
        file.write(json.dumps(record, ensure_ascii=False, separators=(", ", ": ")).encode() + b"\n")
        count += 1
    return count


def _csv(file: IO[bytes], columns: Columns, rows: Iterable[Record]) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_cell(row[key]) for key in columns])
        count += 1
    text.detach()
    return count


def _text(value: Any) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, list):
        return "; ".join(item["name"] for item in value) if value and isinstance(value[0], dict) else " ".join(value)
    return "" if value is None else str(value)


def _cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    if isinstance(value, int):
        return str(value)
    value = _text(value)
    return f"'{value}" if value.lstrip().startswith(FORMULA) or value.startswith(("\t", "\r", "\n")) else value


def _parquet(file: IO[bytes], columns: Columns, rows: Iterable[Record]) -> int:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise ConfigError("Parquet needs pyarrow: pip install 'resource-centre-ingest[parquet]'") from error
    types = {
        "authors": pa.list_(pa.struct([("name", pa.string()), ("kind", pa.string())])),
        "identifiers": pa.map_(pa.string(), pa.string()),
        "origins": pa.map_(pa.string(), pa.string()),
        "confidence": pa.map_(pa.string(), pa.float64()),
        "addresses": pa.list_(pa.string()),
        "id": pa.int64(),
        "count": pa.int32(),
        "moment": pa.timestamp("s", tz="UTC"),
        "moment or null": pa.timestamp("s", tz="UTC"),
    }
    schema = pa.schema([(name, types.get(kind, pa.string())) for name, kind in columns.items()])
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(rows):
            flat = [{name: _stored(row[name], kind) for name, kind in columns.items()} for row in group]
            writer.write_table(pa.Table.from_pylist(flat, schema=schema))
            count += len(group)
    return count


def _stored(value: Any, kind: str) -> Any:
    """Return a value as pyarrow takes it: a mapping in pairs, a moment as such."""
    if kind.startswith("moment") and value is not None:
        return datetime.fromisoformat(value)
    return list(value.items()) if isinstance(value, dict) else value


def _groups(rows: Iterable[Record]) -> Iterator[list[Record]]:
    group: list[Record] = []
    size = 0
    for row in rows:
        group.append(row)
        size += len(row.get("body") or "")
        if len(group) == ROW_GROUP or size > GROUP_TEXT:
            yield group
            group, size = [], 0
    if group:
        yield group


def feed(file: IO[bytes], rows: Iterable[Record], *, title: str, identity: str, contents: Mapping[int, str]) -> int:
    """Write an Atom feed; `contents` is what stands in a document's entry, by its id, in place of a summary."""
    return atom(file, {}, rows, title=title, identity=identity, contents=contents)


def _xlsx(file: IO[bytes], columns: Columns, rows: Iterable[Record]) -> int:
    return xlsx(file, columns, rows, _text)


Writer = Callable[[IO[bytes], Columns, Iterable[Record]], int]

_WRITERS: dict[str, Writer] = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet, ".xlsx": _xlsx}
_OF_DOCUMENTS: dict[str, Writer] = {
    ".bib": bibtex,
    ".ris": ris,
    ".csl.json": csl,
    ".ftm.json": followthemoney,
    ".atom": atom,
    ".md.zip": markdown,
}
"""Formats that only documents can be written in."""
