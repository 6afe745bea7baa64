"""Load documents into rows: a batch whole or not at all, the same in any order, no write where nothing changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from models.document import Document
from models.statuses import DocumentStatus
from models.upsert import chunks, is_rehearsed, table_of
from pipeline.load import normalise, rows
from pipeline.load.landing import affected, resolve_files
from pipeline.load.revisions import Pending, write_revisions
from pipeline.load.stored import load_registry
from scrapers.values.addresses import identity

PUBLISH_LOCK = 0x696E67657375
"""Key of the advisory lock of PostgreSQL under which one batch at a time is published; SQLite has one writer. A dry run
does without: it would keep the lock to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOutcome:
    """What a batch changed in the store, by canonical address, files that borrowed a value included."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    ids: dict[str, int]
    """Ids of the stored documents, by the `canonical_url` that the batch gave."""
    written: frozenset[int]
    """Ids of the documents with a new revision; their stored addresses may differ from those that the batch gave."""


def publish(
    connection: Connection, documents: Sequence[normalise.Document], *, run_id: int | None, now: datetime
) -> LoadOutcome:
    """Load a batch within the caller's transaction and return what it did."""
    if connection.dialect.name == "postgresql" and not is_rehearsed(connection):
        connection.execute(select(func.pg_advisory_xact_lock(PUBLISH_LOCK)))
    registry = load_registry(connection, documents)
    aliases = rows.alias_rows(registry)
    placed = [(document, registry.add(document)) for document in sorted(documents, key=_order)]
    touched = sorted({node.top for _, node in placed}, key=lambda node: node.content.url)
    fresh = [node for node in touched if node.id is None]
    absorbed = [node for node in registry.nodes if node.id is not None and node.merged_into is not None]

    rows.write_absorbed(connection, absorbed, now)
    rows.write_documents(connection, touched, registry, now)
    rows.write_aliases(connection, registry, aliases)
    rows.write_claimed(connection, touched)
    rows.write_targets(connection, touched)
    outcome = write_revisions(
        connection,
        [
            Pending(document_id=node.key, content=node.content, values=node.content.own)
            for node in touched
            if not node.content.is_file
        ],
        run_id=run_id,
        now=now,
    )
    by_id = {node.key: node for node in touched}
    files = affected(connection, [*touched, *absorbed])
    outcome |= resolve_files(connection, files, by_id, run_id=run_id, now=now)

    urls = _addresses(connection, outcome)
    new = {node.key for node in fresh}
    return LoadOutcome(
        new=tuple(sorted(urls[key] for key in new)),
        changed=tuple(sorted(urls[key] for key, wrote in outcome.items() if wrote and key not in new)),
        unchanged=tuple(sorted(urls[key] for key, wrote in outcome.items() if not wrote and key in by_id)),
        ids={document.canonical_url: node.top.key for document, node in placed},
        written=frozenset(key for key, wrote in outcome.items() if wrote),
    )


def mark_gone(connection: Connection, urls: Iterable[str], now: datetime) -> list[int]:
    """Mark the documents gone whose canonical address answered with 404 or 410; return their ids.

    An address that only led to a document, or that of a twin, does not count.
    """
    document = table_of(Document)
    gone: list[int] = []
    for batch in chunks(sorted({identity(url) for url in urls})):
        gone += connection.execute(
            select(document.c.id).where(
                document.c.identity.in_(batch),
                document.c.merged_into_id.is_(None),
                document.c.status == DocumentStatus.LIVE,
            )
        ).scalars()
    for some in chunks(sorted(gone)):
        connection.execute(
            update(document).where(document.c.id.in_(some)).values(status=DocumentStatus.GONE, gone_at=now)
        )
    return sorted(gone)


def _order(document: normalise.Document) -> tuple[str, str, datetime]:
    return identity(document.canonical_url), document.canonical_url, document.retrieved_at


def _addresses(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    document = table_of(Document)
    urls: dict[int, str] = {}
    for batch in chunks(sorted(ids)):
        statement = select(document.c.id, document.c.canonical_url).where(document.c.id.in_(batch))
        urls |= {row.id: row.canonical_url for row in connection.execute(statement)}
    return urls
