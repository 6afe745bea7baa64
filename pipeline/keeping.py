"""Keeping the archive and the store: verify, prune, back up, forget."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, exists, or_, select, update

from models.document import Attachment, Author, Document, DocumentAlias, Provenance, Revision, RevisionAuthor
from models.errors import ConfigError, FetchError, StoreError
from models.ledger import Failure, FieldStatistic, Forgotten, Run
from models.search import search
from models.upsert import chunks, table_of, upsert
from models.web import Capture, Payload, Staged, Url, WarcFile
from pipeline.archive import Archive
from pipeline.archive.compact import members, wanted
from pipeline.files import resolve_files
from pipeline.queries import find_document
from pipeline.replay import captured_page
from scrapers.values.addresses import canonical, identity

if TYPE_CHECKING:
    from models.database.store import Store

BATCH = 500


def verify(store: Store, folder: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> list[str]:
    """Return a line for each fault of the archive: a missing or short file, a torn tail, a record that is not whole."""
    faults = []
    with store.read() as connection:
        files = connection.execute(select(WarcFile.name, WarcFile.committed_length).order_by(WarcFile.name)).all()
        captures = list(connection.scalars(select(Capture.id).order_by(Capture.warc_file_id, Capture.offset)))
    for file in files:
        path = folder / file.name
        size = path.stat().st_size if path.exists() else -1
        if not file.committed_length:
            continue  # emptied; the next prune or forget takes it away
        if size < 0:
            faults.append(f"{file.name}: is missing")
        elif size < file.committed_length:
            faults.append(f"{file.name}: {file.committed_length - size} of its {file.committed_length} bytes are lost")
        elif size > file.committed_length:
            faults.append(f"{file.name}: has a torn tail of {size - file.committed_length} bytes; the next run cuts it")
    for number, capture_id in enumerate(captures, 1):
        try:
            captured_page(store, folder, capture_id)
        except FetchError as error:
            faults.append(f"{error.url}: {error.reason}")
        progress(number, len(captures))
    return faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """What was taken out."""

    captures: int
    bytes: int


def prune(store: Store, archive: Archive, folder: Path, before: datetime) -> Freed:
    """Drop captures fetched before a moment; what a current revision, an address or a held run needs stays."""
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
    return Freed(captures=len(old), bytes=compact(store, archive, folder))


def forget(store: Store, archive: Archive, folder: Path, url: str, *, reason: str, now: datetime) -> Freed:
    """Take a document down: store, archive and exports to come; its addresses stay refused.

    Raises ConfigError for an address that the store does not know. Cut short, it is finished by the same command.
    """
    try:
        own = identity(url)
    except ValueError as error:
        raise ConfigError(f"{url}: {error}") from error
    with store.begin() as connection:
        if store.path is not None:  # what is deleted is overwritten, whatever this SQLite was built to do
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        document_id = find_document(connection, url)
        identities = {own}
        if document_id is not None:
            aliases = select(DocumentAlias.identity).where(DocumentAlias.document_id == document_id)
            identities |= set(connection.scalars(aliases))
        addresses = connection.execute(select(Url.id, Url.url).where(Url.identity.in_(identities))).all()
        known = connection.execute(select(Forgotten.identity).where(Forgotten.identity == own)).first()
        if document_id is None and not addresses and known is None:
            raise ConfigError(f"{url}: no source has led to this address; `ingest search` finds documents")
        rows = [
            {"identity": key, "url": canonical(url), "reason": reason, "forgotten_at": now}
            for key in sorted(identities)
        ]
        upsert(connection, Forgotten, rows, key=["identity"])
        _forget_figures(connection, document_id, [row.url for row in addresses])
        captures = _forget_rows(connection, document_id, identities, [row.id for row in addresses], now)
        connection.execute(delete(Failure).where(Failure.subject.in_([row.url for row in addresses])))
        if store.path is not None:  # the words that were indexed go only when the index is written anew
            connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
    if store.path is not None:
        with closing(sqlite3.connect(store.path)) as direct:
            direct.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the log holds none of it
    return Freed(captures=captures, bytes=compact(store, archive, folder))


def _forget_figures(connection: Connection, document_id: int | None, urls: list[str]) -> None:
    """Take its title, its authors and its addresses out of what runs have noted of their fields."""
    words = set(urls)
    revisions = select(Revision.id, Revision.title).where(Revision.document_id == document_id)
    for revision in connection.execute(revisions).all():
        names = connection.scalars(
            select(Author.name)
            .join(RevisionAuthor, RevisionAuthor.author_id == Author.id)
            .where(RevisionAuthor.revision_id == revision.id)
            .order_by(RevisionAuthor.position)
        ).all()
        words |= {revision.title or "", *names, ", ".join(names)} - {""}
    of_it = select(Url.source_id).where(Url.url.in_(urls))
    table = table_of(FieldStatistic)
    rows = connection.execute(select(table).join(Run, Run.id == table.c.run_id).where(Run.source_id.in_(of_it))).all()
    for row in rows:
        figures = _without(row.figures, words)
        if figures != row.figures:
            here = (table.c.run_id == row.run_id, table.c.media == row.media, table.c.field == row.field)
            connection.execute(update(table).where(*here).values(figures=figures))


def _without(figures: Any, words: set[str]) -> Any:
    if isinstance(figures, dict):
        return {key: _without(item, words) for key, item in figures.items() if key not in words}
    if isinstance(figures, list):
        return [_without(item, words) for item in figures if not isinstance(item, str) or item not in words]
    return figures


def _forget_rows(
    connection: Connection, document_id: int | None, identities: set[str], urls: list[int], now: datetime
) -> int:
    merged = select(Document.id).where(Document.merged_into_id == document_id)
    ids = [] if document_id is None else [document_id, *connection.scalars(merged)]
    search.remove(connection, ids)
    of_revisions = select(Revision.capture_id).where(Revision.document_id.in_(ids), Revision.capture_id.is_not(None))
    captures = {capture for capture in connection.scalars(of_revisions) if capture is not None}
    captures |= set(connection.scalars(select(Capture.id).where(Capture.url_id.in_(urls))))
    lenders = select(Attachment.target_identity).where(Attachment.page_document_id.in_(ids))
    borrowers = select(DocumentAlias.document_id).where(
        DocumentAlias.identity.in_(lenders), DocumentAlias.document_id.not_in(ids)
    )
    files = set(connection.scalars(borrowers))
    connection.execute(delete(Attachment).where(Attachment.target_identity.in_(identities)))
    connection.execute(update(Document).where(Document.landing_page_id.in_(ids)).values(landing_page_id=None))
    connection.execute(update(Document).where(Document.merged_into_id.in_(ids)).values(merged_into_id=None))
    connection.execute(delete(Document).where(Document.id.in_(ids)))
    _forget_what_was_lent(connection, files, now)
    connection.execute(delete(Author).where(~exists().where(RevisionAuthor.author_id == Author.id)))
    connection.execute(delete(Staged).where(Staged.url_id.in_(urls)))
    connection.execute(update(Url).where(Url.id.in_(urls)).values(last_capture_id=None))
    _drop_captures(connection, list(captures))
    connection.execute(delete(Url).where(Url.id.in_(urls)))
    return len(captures)


def _forget_what_was_lent(connection: Connection, linked: set[int], now: datetime) -> None:
    """Take back what files had from a page that is forgotten: from now on, and in their earlier revisions."""
    borrowed = select(Provenance.revision_id).where(Provenance.origin.in_(("landing-page", "link-text")))
    of_files = select(Revision.id, Revision.document_id).where(
        Revision.document_id.in_(linked), Revision.id.in_(borrowed)
    )
    rows = connection.execute(of_files).all()
    resolve_files(connection, {row.document_id for row in rows}, {}, run_id=None, now=now)
    current = (
        select(Revision.id)
        .join(Document, (Document.id == Revision.document_id) & (Document.revision == Revision.number))
        .where(Document.id.in_(linked))
    )
    earlier = Revision.id.in_([row.id for row in rows]) & Revision.id.not_in(current)
    connection.execute(delete(Revision).where(earlier))


def _drop_captures(connection: Connection, ids: list[int]) -> None:
    for batch in chunks(ids, BATCH):
        connection.execute(update(Revision).where(Revision.capture_id.in_(batch)).values(capture_id=None))
        connection.execute(update(Url).where(Url.last_capture_id.in_(batch)).values(last_capture_id=None))
        connection.execute(delete(Capture).where(Capture.id.in_(batch)))
    connection.execute(delete(Payload).where(~exists().where(Capture.payload_sha256 == Payload.sha256)))


def compact(store: Store, archive: Archive, folder: Path) -> int:
    """Rewrite the files that hold records which nothing refers to; return how many bytes that freed.

    A file that a live process writes is left for the next time. Killed at any instant, it leaves either the old file
    and what the next repair takes back, or the new one and an old one that is known to hold nothing any more.
    """
    freed = 0
    with store.read() as connection:
        emptied = list(connection.scalars(select(WarcFile.name).where(WarcFile.committed_length == 0)))
    for name in emptied:
        _remove(store, folder, name)
    with archive.idle() as names:
        for name in names:
            freed += _compact_one(store, archive, folder, name)
    return freed


def _remove(store: Store, folder: Path, name: str) -> None:
    """Take away a file that holds nothing, then its name."""
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


def back_up(store: Store, archive_folder: Path, target: Path) -> list[str]:
    """Copy the store and the archive into a folder, as they were at one moment; return what was written.

    The store first: the archive's files only grow, so that what it names is there by then. A file that a backup there
    already holds whole is not copied again. Raises StoreError where it cannot be written.
    """
    if store.path is None:
        raise StoreError("a backup of PostgreSQL is `pg_dump`'s work; then copy the archive's folder, in this order")
    written = []
    try:
        (target / "archive").mkdir(parents=True, exist_ok=True)
        copy = target / store.path.name
        part = copy.with_name(f"{copy.name}.part")
        part.unlink(missing_ok=True)
        held = sqlite3.connect(f"file:{store.path}?mode=ro", uri=True)
        with closing(held) as real, closing(sqlite3.connect(part)) as backup:
            real.backup(backup)
            files = backup.execute("SELECT name, committed_length FROM warc_file ORDER BY name").fetchall()
        _synced(part)
        for name, length in files:
            if _copy(archive_folder / name, target / "archive" / name, length):
                written.append(f"archive/{name}")
        os.replace(part, copy)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the backup {target} cannot be written: {error}") from error
    return [copy.name, *written]


def _copy(source: Path, target: Path, length: int) -> bool:
    """Copy a file's committed bytes; what is there already is believed where it has that length or more."""
    if target.exists() and target.stat().st_size == length:
        return False
    part = target.with_name(f"{target.name}.part")
    with source.open("rb") as old, part.open("wb") as new:
        left = length
        while left and (piece := old.read(min(left, 1 << 20))):
            new.write(piece)
            left -= len(piece)
    if left:
        raise StoreError(f"{source} has lost {left} of its {length} bytes; `ingest archive verify` tells more")
    _synced(part)
    os.replace(part, target)
    return True


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
