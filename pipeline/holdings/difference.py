"""What differs between two states of a store, field by field, with the origins of both values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from models.document import Author, Document, Provenance, Revision, RevisionAuthor
from models.upsert import BATCH
from scrapers.fields import FIELDS

if TYPE_CHECKING:
    from models.database.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one document; None where it has no value."""

    url: str
    field: str
    old: Any
    new: Any
    old_origin: str | None
    new_origin: str | None


def compared() -> tuple[str, ...]:
    """Return the names of what is compared: all that makes a new revision where it changes."""
    return (*FIELDS.compared, "tables")


def differences(before: Store, after: Store) -> Iterator[Change]:
    """Yield the differences, by canonical address and field; of a new document, every field that has a value."""
    with before.read() as old, after.read() as new:
        current = {row.id: row.revision for row in old.execute(select(Document.id, Document.revision))}
        changed = [
            (row.canonical_url, row.id, current.get(row.id, 0), row.revision)
            for row in new.execute(
                select(Document.canonical_url, Document.id, Document.revision)
                .where(Document.merged_into_id.is_(None))
                .order_by(Document.canonical_url)
            )
            if row.revision != current.get(row.id, 0)
        ]
        for at in range(0, len(changed), BATCH):
            batch = changed[at : at + BATCH]
            earlier = _revisions(old, [(key, number) for _, key, number, _ in batch if number])
            later = _revisions(new, [(key, number) for _, key, _, number in batch])
            for url, key, _, _ in batch:
                yield from _changes(url, earlier.get(key, {}), later[key])


def between(connection: Connection, document_id: int, first: int, second: int) -> list[Change]:
    """Return what differs between two revisions of one document."""
    url = connection.execute(select(Document.canonical_url).where(Document.id == document_id)).scalar_one()
    values = [_revisions(connection, [(document_id, number)]).get(document_id, {}) for number in (first, second)]
    return list(_changes(url, values[0], values[1]))


class Summary:
    """How many documents gain, lose and change each field."""

    def __init__(self) -> None:
        self.documents: set[str] = set()
        self._gained: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._changed: Counter[str] = Counter()

    def add(self, change: Change) -> None:
        """Count a change."""
        self.documents.add(change.url)
        kind = self._gained if change.old is None else self._lost if change.new is None else self._changed
        kind[change.field] += 1

    def rows(self) -> list[tuple[str, int, int, int]]:
        """Return field, gained, lost, changed of the fields that differ anywhere."""
        rows = [(field, self._gained[field], self._lost[field], self._changed[field]) for field in compared()]
        return [row for row in rows if any(row[1:])]


Values = dict[str, tuple[Any, str | None]]


def _changes(url: str, old: Values, new: Values) -> Iterator[Change]:
    for field in compared():
        before, before_origin = old.get(field, (None, None))
        after, after_origin = new.get(field, (None, None))
        if before != after:
            yield Change(
                url=url,
                field=field,
                old=before,
                new=after,
                old_origin=before_origin,
                new_origin=after_origin,
            )


def _revisions(connection: Connection, wanted: list[tuple[int, int]]) -> dict[int, Values]:
    """Return field -> (value, origin) by document; an empty value is None."""
    if not wanted:
        return {}
    numbers = dict(wanted)
    query = select(Revision).where(Revision.document_id.in_(numbers)).with_only_columns(*Revision.__table__.columns)
    rows = [row for row in connection.execute(query) if numbers[row.document_id] == row.number]
    ids = [row.id for row in rows]
    origins = {
        (row.revision_id, row.field): row.origin
        for row in connection.execute(
            select(Provenance.revision_id, Provenance.field, Provenance.origin).where(Provenance.revision_id.in_(ids))
        )
    }
    authors: dict[int, list[str]] = {}
    for row in connection.execute(
        select(RevisionAuthor.revision_id, Author.name)
        .join(Author)
        .where(RevisionAuthor.revision_id.in_(ids))
        .order_by(RevisionAuthor.revision_id, RevisionAuthor.position)
    ):
        authors.setdefault(row.revision_id, []).append(row.name)
    return {
        row.document_id: {
            field: (
                (authors.get(row.id) if field == "authors" else getattr(row, field)) or None,
                origins.get((row.id, field)),
            )
            for field in compared()
        }
        for row in rows
    }
