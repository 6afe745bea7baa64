"""What the store holds already of the documents and addresses that a batch names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from models.document import Attachment, Document, DocumentAlias, DocumentClaim, Revision
from models.upsert import chunks, table_of
from pipeline.load import normalise
from pipeline.load.content import Content, Target, is_file, own_values
from pipeline.load.identify import Alias, Node, Registry, hints
from scrapers.values.addresses import identity


def load_registry(connection: Connection, documents: Sequence[normalise.Document]) -> Registry:
    """Return the documents that any address or claim of the batch leads to, with all of their addresses."""
    keys: set[str] = set()
    for document in documents:
        claimed, _ = hints(document)
        keys |= {identity(url) for url, _ in document.aliases} | claimed
        keys.add(identity(document.canonical_url))
    ids: set[int] = set()
    for batch in chunks(sorted(keys)):
        for model in (DocumentAlias, DocumentClaim):
            table = table_of(model)
            ids |= set(connection.execute(select(table.c.document_id).where(table.c.identity.in_(batch))).scalars())
    nodes = {node.id: node for node in stored(connection, sorted(ids))}
    registry = Registry(nodes=list(nodes.values()))
    for node in registry.nodes:
        for claim in node.content.claimed:
            registry.claimed.setdefault(claim, set()).add(node)
    alias = table_of(DocumentAlias)
    for some in chunks(sorted(ids)):
        for row in connection.execute(select(alias).where(alias.c.document_id.in_(some))):
            registry.enter(row.identity, Alias(nodes[row.document_id], row.url, row.reason, row.seen_at))
    return registry


def stored(connection: Connection, ids: Iterable[int]) -> list[Node]:
    """Return stored documents with their current content, in the order of ids."""
    document, revision = table_of(Document), table_of(Revision)
    nodes = []
    for batch in chunks(sorted(ids)):
        claimed = _claimed(connection, batch)
        targets = _targets(connection, batch)
        rows = connection.execute(
            select(
                document,
                revision.c.body,
                revision.c.reading,
                revision.c.tables,
                revision.c.notes,
                revision.c.capture_id,
                revision.c.reader_version,
            )
            .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
            .where(document.c.id.in_(batch), document.c.merged_into_id.is_(None))
            .order_by(document.c.id)
        )
        for row in rows:
            content = _content(row, claimed.get(row.id, frozenset()), targets.get(row.id, ()))
            nodes.append(
                Node(
                    id=row.id,
                    content=content,
                    stored=content,
                    source_id=row.source_id,
                    stored_source_id=row.source_id,
                    gone_at=row.gone_at,
                )
            )
    return nodes


def _content(row: Row[Any], claimed: frozenset[str], targets: tuple[Target, ...]) -> Content:
    return Content(
        url=row.canonical_url,
        identity=row.identity,
        variant=row.variant,
        claimed=claimed,
        source_id=row.source_id,
        media_type=row.media_type,
        is_file=is_file(row.media_type),
        retrieved_at=row.retrieved_at,
        own=own_values(row.reading, row.body),
        record=row.reading,
        tables=row.tables,
        notes=row.notes,
        targets=targets,
        capture_id=row.capture_id,
        reader_version=row.reader_version,
    )


def _claimed(connection: Connection, ids: list[int]) -> dict[int, frozenset[str]]:
    table = table_of(DocumentClaim)
    claimed: dict[int, set[str]] = {}
    for row in connection.execute(select(table).where(table.c.document_id.in_(ids))):
        claimed.setdefault(row.document_id, set()).add(row.identity)
    return {key: frozenset(value) for key, value in claimed.items()}


def _targets(connection: Connection, ids: list[int]) -> dict[int, tuple[Target, ...]]:
    table = table_of(Attachment)
    targets: dict[int, tuple[Target, ...]] = {}
    for row in connection.execute(
        select(table).where(table.c.page_document_id.in_(ids)).order_by(table.c.page_document_id, table.c.position)
    ):
        target = Target(
            identity=row.target_identity,
            url=row.target_url,
            relation=row.relation,
            text=row.text,
            position=row.position,
        )
        targets[row.page_document_id] = (*targets.get(row.page_document_id, ()), target)
    return targets
