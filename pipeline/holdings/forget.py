"""`ingest forget`: remove a document, its captures and all values from it; its addresses are refused from then on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, exists, select, update

from models.document import Attachment, Author, Document, DocumentAlias, Provenance, Revision, RevisionAuthor
from models.errors import ConfigError
from models.ledger import Failure, FieldStatistic, Forgotten, Run
from models.search import index, stems
from models.upsert import table_of, upsert
from models.web import Capture, Staged, Url
from pipeline.archive import Archive
from pipeline.holdings.compact import Freed, _drop_captures, compact
from pipeline.holdings.queries import find_document
from pipeline.load.landing import resolve_files
from scrapers.values.addresses import canonical, identity

if TYPE_CHECKING:
    from models.database.store import Store


def forget(store: Store, archive: Archive, folder: Path, url: str, *, reason: str, now: datetime) -> Freed:
    """Remove a document from store, archive and future exports; its addresses are refused from then on.

    Raises ConfigError for an address that the store does not know. If interrupted, repeat it to complete it.
    """
    try:
        own = identity(url)
    except ValueError as error:
        raise ConfigError(f"{error}; write it whole, as https://acme.example/report") from error
    with store.begin() as connection:
        if store.path is not None:  # overwrite what is deleted, whatever SQLite's default is
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
        if store.path is not None:  # indexed words are gone only when the index is rewritten
            connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
    if store.path is not None:
        with closing(sqlite3.connect(store.path)) as direct:
            direct.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the log holds none of it
    return Freed(captures=captures, bytes=compact(store, archive, folder))


def files_of(connection: Connection, url: str) -> list[str]:
    """Return the addresses of the held files that a page links and no other page does, in their order."""
    page = find_document(connection, url)
    if page is None:
        return []
    linked = select(Attachment.target_identity).where(Attachment.relation == "attachment")
    elsewhere = linked.where(Attachment.page_document_id != page)
    files = (
        select(Document.canonical_url)
        .join(DocumentAlias, DocumentAlias.document_id == Document.id)
        .where(DocumentAlias.identity.in_(linked.where(Attachment.page_document_id == page)))
        .where(DocumentAlias.identity.not_in(elsewhere), Document.merged_into_id.is_(None), Document.id != page)
        .distinct()
        .order_by(Document.canonical_url)
    )
    return list(connection.scalars(files))


def _forget_figures(connection: Connection, document_id: int | None, urls: list[str]) -> None:
    """Remove a document's title, authors and addresses from the statistics of runs."""
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
    index.remove(connection, ids)
    stems.drop_unused(connection)
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
    forget_what_was_lent(connection, files, now)
    connection.execute(delete(Author).where(~exists().where(RevisionAuthor.author_id == Author.id)))
    connection.execute(delete(Staged).where(Staged.url_id.in_(urls)))
    connection.execute(update(Url).where(Url.id.in_(urls)).values(last_capture_id=None))
    _drop_captures(connection, list(captures))
    connection.execute(delete(Url).where(Url.id.in_(urls)))
    return len(captures)


def forget_what_was_lent(connection: Connection, linked: set[int], now: datetime) -> None:
    """Remove what files borrowed from a forgotten page, from their current and earlier revisions."""
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
