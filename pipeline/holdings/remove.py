"""`ingest source remove`: remove everything that came from a source: documents, captures, failures, its runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, delete, exists, func, or_, select, update

from models.document import Attachment, Author, Document, DocumentAlias, RevisionAuthor
from models.ledger import Failure, Run, Source
from models.search import index
from models.web import Capture, Staged, Url
from pipeline.archive import Archive
from pipeline.holdings.compact import Freed, compact, drop_unused_payloads
from pipeline.holdings.forget import forget_what_was_lent
from pipeline.ledger.remote_files import mark_stale

if TYPE_CHECKING:
    from models.database.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the store holds of a source."""

    documents: int
    captures: int
    failures: int
    runs: int


def held_of(connection: Connection, name: str) -> Held | None:
    """Return how much the store holds of a source, or None where it has never heard of it."""
    key = connection.scalar(select(Source.id).where(Source.name == name))
    if key is None:
        return None

    def count(query: Select[int]) -> int:
        return connection.execute(query).scalar_one()

    documents = select(func.count()).select_from(Document)
    return Held(
        documents=count(documents.where(Document.source_id == key, Document.merged_into_id.is_(None))),
        captures=count(
            select(func.count()).select_from(Capture).join(Url, Url.id == Capture.url_id).where(Url.source_id == key)
        ),
        failures=count(select(func.count()).select_from(Failure).where(Failure.source_id == key)),
        runs=count(select(func.count()).select_from(Run).where(Run.source_id == key)),
    )


def remove_source(store: Store, archive: Archive, folder: Path, name: str, *, now: datetime) -> Freed:
    """Remove a source with all that came from it from store and archive; other sources may load its addresses later.

    The caller holds the source's lock. If interrupted, repeat it to complete it.
    """
    with store.begin() as connection:
        key = connection.scalar(select(Source.id).where(Source.name == name))
        captures = 0 if key is None else _remove(connection, key, now)
    return Freed(captures=captures, bytes=compact(store, archive, folder))


def _remove(connection: Connection, key: int, now: datetime) -> int:
    own = select(Document.id).where(Document.source_id == key)
    ours = select(Document.id).where(or_(Document.source_id == key, Document.merged_into_id.in_(own)))
    ids = list(connection.scalars(ours))
    index.remove(connection, ids)
    # Files of other sources may have borrowed values from this source's pages.
    lent = select(Attachment.target_identity).where(Attachment.page_document_id.in_(ours))
    borrowers = select(DocumentAlias.document_id).where(
        DocumentAlias.identity.in_(lent), DocumentAlias.document_id.not_in(ours)
    )
    files = set(connection.scalars(borrowers))
    connection.execute(update(Document).where(Document.landing_page_id.in_(ours)).values(landing_page_id=None))
    connection.execute(delete(Document).where(Document.merged_into_id.in_(own)))
    connection.execute(delete(Document).where(Document.source_id == key))
    forget_what_was_lent(connection, files, now)
    connection.execute(delete(Author).where(~exists().where(RevisionAuthor.author_id == Author.id)))

    addresses = select(Url.id).where(Url.source_id == key)
    connection.execute(delete(Staged).where(Staged.url_id.in_(addresses)))
    connection.execute(update(Url).where(Url.source_id == key).values(last_capture_id=None))
    mark_stale(connection, select(Capture.warc_file_id).where(Capture.url_id.in_(addresses)))
    captures = connection.execute(delete(Capture).where(Capture.url_id.in_(addresses))).rowcount
    drop_unused_payloads(connection)
    for table in (Url, Failure, Run):
        connection.execute(delete(table).where(table.source_id == key))
    connection.execute(delete(Source).where(Source.id == key))
    return captures
