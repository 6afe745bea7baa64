"""The archived records of documents as a WARC file of their own, copied as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Connection, select

from models.document import Document, Revision
from models.errors import StoreError
from models.search.filters import Filters
from models.search.search import checked, matching_ids
from models.upsert import chunks, table_of
from models.whole_file import whole_file
from pipeline import VERSION
from pipeline.archive import Stored
from pipeline.archive.record import packed, warcinfo
from pipeline.archive.replay import places, stored_at

if TYPE_CHECKING:
    from models.database.store import Store

GZIP = b"\x1f\x8b"


def export_captures(store: Store, archive: Path, path: Path, filters: Filters) -> tuple[int, int]:
    """Write the records of the documents' current captures; return how many documents have one, and how many none.

    A record that refers to an earlier one for its content is preceded by that one, so that the file can be read alone.
    Raises StoreError where a record is not whole, or the file cannot be written.
    """
    with store.read() as connection:
        ids = matching_ids(connection, filters.tree(checked(filters.query or "").tree), sort="address")
        captures = _captures(connection, ids)
        held = {}
        for some in chunks(captures):
            held.update(places(connection, some))
    found = [stored_at(held[key]) for key in captures if key in held]
    records = dict.fromkeys(record for one in found for record in (one.payload, one) if record is not None)
    try:
        with whole_file(path) as part, part.open("wb") as file:
            file.writelines(_begin(path.name))
            for record in records:
                file.write(_record(archive, record))
    except OSError as error:
        raise StoreError(f"{path} could not be written: {error.strerror or error}") from error
    return len(held), len(ids) - len(held)


def _captures(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Return the captures of documents' current revisions, in the order of the documents."""
    document, revision = table_of(Document), table_of(Revision)
    found: dict[int, int] = {}
    for some in chunks(ids):
        rows = connection.execute(
            select(document.c.id, revision.c.capture_id)
            .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
            .where(document.c.id.in_(some), revision.c.capture_id.is_not(None))
        )
        found.update((row.id, row.capture_id) for row in rows)
    return [found[key] for key in ids if key in found]


def _begin(name: str) -> Iterator[bytes]:
    """Yield the record that begins a file, with an id that no other export has."""
    record = warcinfo(name, f"ingest/{VERSION}", datetime.now(UTC))
    fields = {**record.fields, "WARC-Record-ID": f"<urn:uuid:{uuid4()}>"}
    return replace(record, fields=fields).members()


def _record(archive: Path, record: Stored) -> bytes:
    """Return a record as it lies in the archive; raises StoreError that names file and offset."""
    try:
        member = packed(archive, record)
    except StoreError as error:
        raise StoreError(f"{error}; `ingest archive verify` tells more") from error
    if len(member) != record.length or not member.startswith(GZIP):
        raise StoreError(f"{record.file}: no whole record at {record.offset}; `ingest archive verify` tells more")
    return member
