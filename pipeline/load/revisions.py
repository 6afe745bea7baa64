"""Write revisions: a new one where the content differs, none where only origins do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from models.document import Author, Document, Provenance, Revision, RevisionAuthor
from models.search import index, likeness
from models.search.words import sort_key, words
from models.upsert import chunks, table_of, update_rows, upsert
from pipeline.load.content import Content, authors_of, content_hash, provenance_of
from pipeline.load.normalise import Values
from scrapers.fields import FIELDS, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The content that a document is to have."""

    document_id: int
    content: Content
    values: Values
    """Resolved values: a file's with those borrowed from its landing page."""


def write_revisions(
    connection: Connection, pending: Sequence[Pending], *, run_id: int | None, now: datetime
) -> dict[int, bool]:
    """Write a revision where the content differs from the current one; return by document id whether it did."""
    outcome: dict[int, bool] = {}
    for batch in chunks(sorted(pending, key=lambda item: item.document_id)):
        current = _current(connection, [item.document_id for item in batch])
        provenance = _provenance(connection, [row.id for row in current.values()])
        fresh, refined = [], []
        for item in batch:
            row = current.get(item.document_id)
            if row is None or row.content_hash != content_hash(item.values, item.content.tables):
                fresh.append(item)
            elif (
                row.reading != item.content.record
                or row.notes != item.content.notes
                or provenance.get(row.id, {}) != provenance_of(item.values, item.content.record)
            ):
                refined.append((row.id, item))
        outcome |= {item.document_id: False for item in batch} | {item.document_id: True for item in fresh}
        _insert(connection, fresh, {key: row.number for key, row in current.items()}, run_id, now)
        _refine(connection, refined)
    return outcome


def _insert(
    connection: Connection, fresh: Sequence[Pending], numbers: dict[int, int], run_id: int | None, now: datetime
) -> None:
    if not fresh:
        return
    rows = [_row(item, numbers.get(item.document_id, 0) + 1, run_id, now) for item in fresh]
    revision = table_of(Revision)
    ids = list(
        connection.execute(insert(revision).returning(revision.c.id, sort_by_parameter_order=True), rows).scalars()
    )
    current = [
        {"id": row["document_id"], "revision": row["number"], **_sort_keys(item)}
        for row, item in zip(rows, fresh, strict=True)
    ]
    update_rows(connection, Document, current)
    _write_authors(connection, list(zip(ids, fresh, strict=True)))
    _write_provenance(connection, list(zip(ids, fresh, strict=True)))
    texts = {row["document_id"]: (row["body"], words(row["body"] or "")) for row in rows}
    index.index(connection, [search_entry(item.document_id, item.values, texts[item.document_id][1]) for item in fresh])
    likeness.mark(connection, {key: likeness.marks(text, cut) for key, (text, cut) in texts.items()})


def _refine(connection: Connection, refined: Sequence[tuple[int, Pending]]) -> None:
    """Update reading, notes and provenance of revisions whose values stay the same.

    The revision then names the capture that was read: the origins are places in that one, and may not be in an older.
    """
    revision, provenance = table_of(Revision), table_of(Provenance)
    if not refined:
        return
    connection.execute(
        update(revision)
        .where(revision.c.id == bindparam("key"))
        .values(
            reading=bindparam("reading", type_=revision.c.reading.type),
            notes=bindparam("notes", type_=revision.c.notes.type),
            capture_id=bindparam("capture"),
            reader_version=bindparam("reader"),
        ),
        [
            {
                "key": key,
                "reading": item.content.record,
                "notes": item.content.notes,
                "capture": item.content.capture_id,
                "reader": item.content.reader_version,
            }
            for key, item in refined
        ],
    )
    update_rows(connection, Document, [{"id": item.document_id, **_sort_keys(item)} for _, item in refined])
    connection.execute(delete(provenance).where(provenance.c.revision_id.in_([key for key, _ in refined])))
    _write_provenance(connection, refined)


def _sort_keys(item: Pending) -> dict[str, Any]:
    """Return the columns of `document` by which lists of documents are sorted."""
    title = FIELDS["title"].value(item.values)
    proven = provenance_of(item.values, item.content.record).values()
    given = [row["confidence"] for row in proven if row["confidence"] is not None]
    return {"title_key": None if title is None else sort_key(title), "least_sure": min(given, default=None)}


def _row(item: Pending, number: int, run_id: int | None, now: datetime) -> dict[str, Any]:
    columns = table_of(Revision).c
    return {
        "document_id": item.document_id,
        "number": number,
        **{field.name: _column(field, item.values) for field in FIELDS if field.name in columns},
        "tables": item.content.tables,
        "notes": item.content.notes,
        "content_hash": content_hash(item.values, item.content.tables),
        "reading": item.content.record,
        "capture_id": item.content.capture_id,
        "run_id": run_id,
        "reader_version": item.content.reader_version,
        "created_at": now,
    }


def _column(field: Field, values: Values) -> Any:
    """Return the value of a field's own column; identifiers are never null."""
    value = field.value(values)
    return dict(value or {}) if field.type == "identifiers" else value


def _write_authors(connection: Connection, written: Sequence[tuple[int, Pending]]) -> None:
    author = table_of(Author)
    lines = {key: [(one.name, one.kind or "") for one in authors_of(item.values)] for key, item in written}
    names = sorted({pair for line in lines.values() for pair in line})
    upsert(
        connection,
        Author,
        [{"name": name, "kind": kind, "folded": " ".join(words(name))} for name, kind in names],
        key=["name", "kind"],
    )
    ids: dict[tuple[str, str], int] = {}
    for batch in chunks(sorted({name for name, _ in names})):
        for row in connection.execute(select(author).where(author.c.name.in_(batch))):
            ids[row.name, row.kind] = row.id
    rows = [
        {"revision_id": key, "position": position, "author_id": ids[pair]}
        for key, line in lines.items()
        for position, pair in enumerate(line)
    ]
    for some in chunks(rows):
        connection.execute(insert(table_of(RevisionAuthor)), some)


def _write_provenance(connection: Connection, written: Sequence[tuple[int, Pending]]) -> None:
    rows = [
        {"revision_id": key, "field": name, **row}
        for key, item in written
        for name, row in sorted(provenance_of(item.values, item.content.record).items())
    ]
    for batch in chunks(rows):
        connection.execute(insert(table_of(Provenance)), batch)


def search_entry(document_id: int, values: Values, text: Sequence[str]) -> index.Entry:
    """Return what full-text search indexes: the title by itself, then the authors and all other texts.

    `text` has the words of the body.
    """
    searched = {field.name: field.value(values) for field in FIELDS if field.searched}
    names = [author.name for author in searched.get("authors") or ()]
    return _search_entry(document_id, {**searched, "authors": names}, text, FIELDS["language"].value(values))


def search_entry_of_record(document_id: int, record: Mapping[str, Any]) -> index.Entry:
    """Return what full-text search indexes, from a document's exported record."""
    searched = {field.name: record[field.name] for field in FIELDS if field.searched}
    names = [author["name"] for author in searched.get("authors", ())]
    return _search_entry(document_id, {**searched, "authors": names}, words(record["body"] or ""), record["language"])


def _search_entry(
    document_id: int, searched: Mapping[str, Any], text: Sequence[str], language: str | None
) -> index.Entry:
    found = {field: text if field == "body" else words(_joined(value)) for field, value in searched.items()}
    title, authors = found.pop("title", ()), found.pop("authors", ())
    return index.Entry(
        document_id=document_id,
        title=title,
        body=list(chain(authors, *found.values())),
        language=language,
    )


def _joined(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")


def _current(connection: Connection, ids: list[int]) -> dict[int, Row[Any]]:
    document, revision = table_of(Document), table_of(Revision)
    columns = [revision.c[name] for name in ("id", "document_id", "number", "content_hash", "reading", "notes")]
    return {
        row.document_id: row
        for row in connection.execute(
            select(*columns)
            .join(document, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
            .where(document.c.id.in_(ids))
        )
    }


def _provenance(connection: Connection, ids: Iterable[int]) -> dict[int, dict[str, dict[str, Any]]]:
    table = table_of(Provenance)
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for row in connection.execute(select(table).where(table.c.revision_id.in_(list(ids)))):
        values = dict(row._mapping)
        found.setdefault(values.pop("revision_id"), {})[values.pop("field")] = values
    return found
