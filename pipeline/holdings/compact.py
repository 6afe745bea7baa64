"""`ingest archive prune`: drop old captures; what current revisions need stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, exists, or_, select, update

from models.document import Document, Revision
from models.upsert import chunks, upsert
from models.web import Capture, FetchAttempt, Payload, Staged, Url, WarcFile
from pipeline.archive import Archive
from pipeline.archive.compact import members, wanted
from pipeline.ledger.remote_files import bring_back_stale, mark_stale

if TYPE_CHECKING:
    from models.database.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """How much was removed."""

    captures: int
    bytes: int


def prune(store: Store, archive: Archive, folder: Path, before: datetime) -> Freed:
    """Drop captures fetched before a time, except those that a current revision, an address or a held run needs.

    The record of the requests of that time goes with them.
    """
    current = (
        select(Revision.capture_id)
        .join(Document, (Document.id == Revision.document_id) & (Document.revision == Revision.number))
        .where(Revision.capture_id.is_not(None))
    )
    needed = or_(
        Capture.id.in_(current),
        Capture.id.in_(select(Url.last_capture_id).where(Url.last_capture_id.is_not(None))),
        Capture.id.in_(select(Staged.capture_id).where(Staged.capture_id.is_not(None))),
    )
    with store.begin() as connection:
        old = list(connection.scalars(select(Capture.id).where(Capture.retrieved_at < before, ~needed)))
        _drop_captures(connection, old)
        connection.execute(delete(FetchAttempt).where(FetchAttempt.started_at < before))
    return Freed(captures=len(old), bytes=compact(store, archive, folder))


def _drop_captures(connection: Connection, ids: list[int]) -> None:
    for batch in chunks(ids):
        mark_stale(connection, select(Capture.warc_file_id).where(Capture.id.in_(batch)))
        connection.execute(update(Revision).where(Revision.capture_id.in_(batch)).values(capture_id=None))
        connection.execute(update(Url).where(Url.last_capture_id.in_(batch)).values(last_capture_id=None))
        connection.execute(delete(Capture).where(Capture.id.in_(batch)))
    drop_unused_payloads(connection)


def drop_unused_payloads(connection: Connection) -> None:
    """Delete the payloads that no capture has any more."""
    unused = ~exists().where(Capture.payload_sha256 == Payload.sha256)
    mark_stale(connection, select(Payload.warc_file_id).where(unused))
    connection.execute(delete(Payload).where(unused))


def compact(store: Store, archive: Archive, folder: Path) -> int:
    """Rewrite the archive files that hold records which nothing refers to; return the number of bytes freed.

    Files that a live process writes are left out; those on object storage are brought back first. A kill at any instant
    leaves either the old file, and a tail that the next repair cuts off, or the new file, and an old one with the
    committed length 0.
    """
    freed = 0
    with store.read() as connection:
        emptied = list(connection.scalars(select(WarcFile.name).where(WarcFile.committed_length == 0)))
    for name in emptied:
        _remove(store, folder, name)
    bring_back_stale(store, folder)
    with archive.idle() as names:
        for name in names:
            freed += _compact_one(store, archive, folder, name)
    return freed


def _remove(store: Store, folder: Path, name: str) -> None:
    """Remove an emptied file, then its row."""
    (folder / name).unlink(missing_ok=True)
    with store.begin() as connection:
        connection.execute(delete(WarcFile).where(WarcFile.name == name, WarcFile.committed_length == 0))


def _announce(store: Store, lengths: dict[str, int]) -> None:
    with store.begin() as connection:
        _lengths(connection, lengths)


def _lengths(connection: Connection, lengths: dict[str, int]) -> None:
    rows = [{"name": name, "committed_length": length} for name, length in sorted(lengths.items())]
    upsert(connection, WarcFile, rows, key=["name"], update=["committed_length"])


def _compact_one(store: Store, archive: Archive, folder: Path, name: str) -> int:
    with store.read() as connection:
        file = connection.execute(
            select(WarcFile.id, WarcFile.committed_length).where(WarcFile.name == name)
        ).one_or_none()
        if file is None:
            return 0
        places = set(connection.scalars(select(Capture.offset).where(Capture.warc_file_id == file.id)))
        places |= set(connection.scalars(select(Payload.offset).where(Payload.warc_file_id == file.id)))
    found = list(members(folder / name, file.committed_length))
    kept = wanted(found, places)
    if found and kept and len(kept) == sum(member.kind != "warcinfo" for member in found):
        with store.begin() as connection:
            connection.execute(update(WarcFile).where(WarcFile.id == file.id, WarcFile.stale).values(stale=False))
        return 0
    moved: dict[int, tuple[str, int]] = {}
    with (folder / name).open("rb") as old:
        for member in kept:
            if begun := archive.ready():
                _announce(store, begun)
            old.seek(member.offset)
            moved[member.offset] = archive.copy(old.read(member.length))
    lengths = archive.sync()
    with store.begin() as connection:
        _lengths(connection, lengths)
        ids = {row.name: row.id for row in connection.execute(select(WarcFile.name, WarcFile.id))}
        for table in (Capture, Payload):
            for offset, (new, place) in moved.items():
                there = (table.warc_file_id == file.id, table.offset == offset)
                connection.execute(update(table).where(*there).values(warc_file_id=ids[new], offset=place))
        connection.execute(update(WarcFile).where(WarcFile.id == file.id).values(committed_length=0))
    _remove(store, folder, name)
    return int(file.committed_length) - sum(member.length for member in kept)
