"""New documents with the content of older ones of their source: the site keeps giving its documents new addresses."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.orm import aliased

from models.document import Document, Revision
from pipeline.ledger.runs import Started

LEAST = 5
"""Fewer equal texts may be chance: forms, notices."""


def copies(connection: Connection, run: Started) -> str | None:
    """Return a sentence if most new documents of a run have the content of older ones at other addresses, else None."""
    new, held = aliased(Document), aliased(Document)
    first, current = aliased(Revision), aliased(Revision)
    of_run = (first.run_id == run.run_id, first.number == 1, new.merged_into_id.is_(None))
    found = select(func.count()).select_from(first).join(new, new.id == first.document_id).where(*of_run)
    total = connection.execute(found).scalar_one()
    if total < LEAST:
        return None
    equal = (
        select(new.canonical_url, func.min(held.canonical_url))
        .select_from(first)
        .join(new, new.id == first.document_id)
        .join(current, and_(current.content_hash == first.content_hash, current.document_id < first.document_id))
        .join(held, and_(held.id == current.document_id, held.revision == current.number))
        .where(*of_run, current.run_id != run.run_id, held.source_id == run.source_id, held.merged_into_id.is_(None))
        .group_by(new.canonical_url)
        .order_by(new.canonical_url)
    )
    pairs = connection.execute(equal).all()
    if len(pairs) < LEAST or 2 * len(pairs) < total:
        return None
    url, before = pairs[0]
    return (
        f"{len(pairs)} of {total} new documents have the content of documents that are stored at other addresses "
        f"({url}, stored as {before}): the site gives its documents new addresses; leave these out with `exclude`"
    )
