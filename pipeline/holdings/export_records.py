"""Stored documents and failures as the JSON records that are exported and shown, with their keys in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from models.document import Attachment, Author, Document, DocumentAlias, Provenance, Revision, RevisionAuthor
from models.ledger import Failure, Source
from models.search.filters import Filters
from models.search.search import checked, matching_ids
from models.upsert import BATCH, chunks, table_of
from pipeline.holdings.columns import FAILURE_COLUMNS, document_columns
from scrapers.fields import FIELDS
from scrapers.record import Record

WITH_TEXTS = BATCH // 4
"""Documents that are held in memory at once, each with its whole text."""


def documents(connection: Connection, filters: Filters) -> Iterator[Record]:
    """Yield the documents in the order of their canonical addresses, a few in memory at a time.

    Raises ConfigError for a query with a fault.
    """
    tree = filters.tree(checked(filters.query or "").tree)
    ids = matching_ids(connection, tree, sort="address")
    for batch in chunks(ids, WITH_TEXTS):
        records = document_records(connection, batch)
        yield from (records[key] for key in batch)


def document_records(connection: Connection, ids: list[int]) -> dict[int, Record]:
    """Return the records of documents, by id."""
    document, revision, source = table_of(Document), table_of(Revision), table_of(Source)
    landing = document.alias()
    rows = connection.execute(
        select(
            document,
            source.c.name.label("source"),
            landing.c.canonical_url.label("landing_page"),
            revision.c.id.label("revision_id"),
            *(revision.c[field.name] for field in FIELDS.exported if field.name in revision.c),
        )
        .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .join(source, source.c.id == document.c.source_id)
        .outerjoin(landing, landing.c.id == document.c.landing_page_id)
        .where(document.c.id.in_(ids))
    ).all()
    authors = _authors(connection, [row.revision_id for row in rows])
    provenance = _provenance(connection, [row.revision_id for row in rows])
    attachments = _attachments(connection, ids)
    records = {}
    keys = tuple(document_columns())
    for row in rows:
        record = dict(row._mapping)
        read = provenance.get(row.revision_id, {})
        record |= {
            "url": row.canonical_url,
            "authors": authors.get(row.revision_id, []),
            "origins": {name: where.origin for name, where in read.items()},
            "confidence": {name: w.confidence for name, w in read.items() if w.confidence is not None},
            "retrieved_at": moment(row.retrieved_at),
            "first_seen_at": moment(row.first_seen_at),
            "attachments": attachments.get(row.id, []),
        }
        records[row.id] = {key: record[key] for key in keys}
    return records


def failures(connection: Connection, sources: Sequence[str] = ()) -> Iterator[Record]:
    """Yield the failures, of some sources or of all, in the order of their addresses."""
    failure, origin = table_of(Failure), table_of(Source)
    statement = (
        select(failure, origin.c.name.label("source"))
        .join(origin, origin.c.id == failure.c.source_id)
        .order_by(failure.c.subject, origin.c.name, failure.c.stage)
    )
    if sources:
        statement = statement.where(origin.c.name.in_(sources))
    for row in connection.execute(statement.execution_options(yield_per=1000)):
        record = dict(row._mapping)
        record |= {"url": row.subject, "last_at": moment(row.last_at), "next_retry_at": moment(row.next_retry_at)}
        yield {key: record[key] for key in FAILURE_COLUMNS}


def moment(value: datetime | None) -> str | None:
    """Return a time as ISO 8601 in UTC, to the second."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _authors(connection: Connection, revisions: list[int]) -> dict[int, list[Record]]:
    author, line = table_of(Author), table_of(RevisionAuthor)
    found: dict[int, list[Record]] = {}
    for row in connection.execute(
        select(line.c.revision_id, author.c.name, author.c.kind)
        .join(author, author.c.id == line.c.author_id)
        .where(line.c.revision_id.in_(revisions))
        .order_by(line.c.revision_id, line.c.position)
    ):
        found.setdefault(row.revision_id, []).append({"name": row.name, "kind": row.kind or None})
    return found


def _provenance(connection: Connection, revisions: list[int]) -> dict[int, dict[str, Row[Any]]]:
    """Return the provenance of revisions, by revision and field, in the order of the fields."""
    table = table_of(Provenance)
    found: dict[int, dict[str, Row[Any]]] = {}
    for row in connection.execute(select(table).where(table.c.revision_id.in_(revisions))):
        found.setdefault(row.revision_id, {})[row.field] = row
    return {key: {name: held[name] for name in FIELDS.read if name in held} for key, held in found.items()}


def _attachments(connection: Connection, ids: list[int]) -> dict[int, list[str]]:
    """Return the addresses of pages' attachments: canonical for a loaded document, else as linked."""
    link, alias, document = table_of(Attachment), table_of(DocumentAlias), table_of(Document)
    found: dict[int, dict[str, None]] = {}
    for row in connection.execute(
        select(link.c.page_document_id, func.coalesce(document.c.canonical_url, link.c.target_url).label("url"))
        .outerjoin(alias, alias.c.identity == link.c.target_identity)
        .outerjoin(document, document.c.id == alias.c.document_id)
        .where(link.c.page_document_id.in_(ids), link.c.relation == "attachment")
        .order_by(link.c.page_document_id, link.c.position)
    ):
        found.setdefault(row.page_document_id, {})[row.url] = None
    return {key: list(urls) for key, urls in found.items()}
