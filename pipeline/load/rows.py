"""Write the rows of documents, their addresses, claims and links, where they differ from the stored ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from models.document import Attachment, Document, DocumentAlias, DocumentClaim
from models.search import index, likeness
from models.statuses import DocumentStatus
from models.upsert import chunks, table_of, upsert
from pipeline.load.content import Content
from pipeline.load.identify import Alias, Node, Registry


def alias_rows(registry: Registry) -> dict[str, tuple[Node, str, str, datetime]]:
    """Return a copy of the registry's addresses, for `write_aliases` to compare with."""
    return {key: (alias.node, alias.url, alias.reason, alias.seen_at) for key, alias in registry.aliases.items()}


def write_absorbed(connection: Connection, absorbed: Sequence[Node], now: datetime) -> None:
    """Mark the documents that were merged into others; their revisions stay, their links and index entries are deleted.

    Call it before `write_documents`, as another document may take over the address.
    """
    ids = [node.id for node in absorbed]
    for model, column in ((DocumentClaim, "document_id"), (Attachment, "page_document_id")):
        table = table_of(model)
        for batch in chunks(ids):
            connection.execute(delete(table).where(table.c[column].in_(batch)))
    index.remove(connection, [key for key in ids if key is not None])
    likeness.unmark(connection, [key for key in ids if key is not None])
    document = table_of(Document)
    for node in absorbed:
        connection.execute(
            update(document)
            .where(document.c.id == node.id)
            .values(merged_into_id=node.top.id, status=DocumentStatus.GONE, gone_at=node.gone_at or now)
        )


def write_documents(connection: Connection, nodes: Sequence[Node], registry: Registry, now: datetime) -> None:
    """Write the documents; new ones get their ids, in the order of their addresses."""
    table = table_of(Document)
    new: list[tuple[dict[str, Any], Node]] = []
    changed: list[dict[str, Any]] = []
    moving: list[int] = []
    for node in nodes:
        row = _document_row(node, registry.aliases[node.content.identity])
        if node.id is None:
            new.append((row, node))
        elif node.stored is None or row != _stored_row(node):
            changed.append({**row, "key": node.id})
            if node.stored is not None and node.stored.url != row["canonical_url"]:
                moving.append(node.id)
    if moving:  # first to provisional addresses: a document may take the one that another gives up in the same batch
        connection.execute(
            update(table).where(table.c.id == bindparam("key")).values(canonical_url=bindparam("parked")),
            [{"key": key, "parked": f"#{key}"} for key in moving],
        )
    if changed:
        connection.execute(update(table).where(table.c.id == bindparam("key")), changed)
    for batch in chunks(sorted(new, key=lambda item: str(item[0]["canonical_url"]))):
        ids = connection.execute(
            insert(table).returning(table.c.id, sort_by_parameter_order=True),
            [{**row, "first_seen_at": now, "revision": 0} for row, _ in batch],
        ).scalars()
        for (_, node), key in zip(batch, ids, strict=True):
            node.id = key


def write_aliases(connection: Connection, registry: Registry, before: Mapping[str, tuple[Any, ...]]) -> None:
    """Write the addresses that are new or have changed."""
    after = alias_rows(registry)
    rows = [
        {"identity": key, "document_id": node.top.id, "url": url, "reason": reason, "seen_at": seen_at}
        for key, (node, url, reason, seen_at) in sorted(after.items())
        if before.get(key) != after[key]
    ]
    upsert(connection, DocumentAlias, rows, key=["identity"], update=["document_id", "url", "reason", "seen_at"])


def write_claimed(connection: Connection, nodes: Sequence[Node]) -> None:
    """Write the claims of each document."""
    table = table_of(DocumentClaim)
    rows = []
    for node in nodes:
        held = node.stored.claimed if node.stored is not None else frozenset()
        if dropped := held - node.content.claimed:
            connection.execute(
                delete(table).where(table.c.document_id == node.id, table.c.identity.in_(sorted(dropped)))
            )
        rows += [{"identity": claim, "document_id": node.id} for claim in node.content.claimed - held]
    rows.sort(key=lambda row: (str(row["identity"]), row["document_id"]))
    upsert(connection, DocumentClaim, rows, key=["identity", "document_id"])


def write_targets(connection: Connection, nodes: Sequence[Node]) -> None:
    """Write what each page links to."""
    table = table_of(Attachment)
    rows = []
    for node in nodes:
        held = {target.identity: target for target in node.stored.targets} if node.stored is not None else {}
        wanted = {target.identity: target for target in node.content.targets}
        if dropped := sorted(held.keys() - wanted.keys()):
            connection.execute(
                delete(table).where(table.c.page_document_id == node.id, table.c.target_identity.in_(dropped))
            )
        rows += [
            {
                "page_document_id": node.id,
                "target_identity": target.identity,
                "target_url": target.url,
                "relation": target.relation,
                "text": target.text,
                "position": target.position,
            }
            for key, target in wanted.items()
            if held.get(key) != target
        ]
    upsert(
        connection,
        Attachment,
        rows,
        key=["page_document_id", "target_identity"],
        update=["target_url", "relation", "text", "position"],
    )


def _document_row(node: Node, alias: Alias) -> dict[str, Any]:
    back = node.gone_at is not None and node.content.retrieved_at > node.gone_at
    return _row(node.content, alias.url, node.source_id, None if back else node.gone_at)


def _stored_row(node: Node) -> dict[str, Any]:
    assert node.stored is not None
    return _row(node.stored, node.stored.url, node.stored_source_id, node.gone_at)


def _row(content: Content, url: str, source_id: int | None, gone_at: datetime | None) -> dict[str, Any]:
    return {
        "canonical_url": url,
        "identity": content.identity,
        "variant": content.variant,
        "source_id": source_id,
        "media_type": content.media_type,
        "retrieved_at": content.retrieved_at,
        "status": DocumentStatus.LIVE if gone_at is None else DocumentStatus.GONE,
        "gone_at": gone_at,
    }
