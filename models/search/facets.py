"""What the documents of a query are by source, author, language, kind, year, format, status, origin of date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from models.database.deadline import TooSlow, deadline
from models.document import Author, Document, Provenance, Revision, RevisionAuthor
from models.ledger import Source
from models.search.conditions import FORMATS
from models.search.query import Part, Query, parse
from models.search.search import matching
from models.search.terms import All, Either, Is, Node, Within, both
from models.upsert import table_of

SECONDS = 1.0
"""Longest time for one count of a facet; if it takes longer, a part of the documents is counted."""

EXACT, SAMPLE = 25_000, 8_000
"""Up to this many documents are all counted; of more, only this many, except the whole store, whose counts are kept."""

SHOWN = 12
"""Values of a facet, the most frequent ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a facet."""

    label: str
    count: int
    chosen: bool
    query: str
    """The query with this value chosen; where it is chosen, without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The documents of a query by one field, counted as if nothing were chosen of that field itself."""

    field: str
    values: tuple[Value, ...]
    whole: bool = True
    """False where the counts are those of a part of the documents: there are at least that many."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents have each value of a field."""

    rows: tuple[tuple[str, int], ...]
    whole: bool


Parts = dict[Node, list[int] | None]
"""The documents of a tree that are counted; None for all."""

Kept = MutableMapping[tuple[Node, str], Counts]
"""Counts that were made for the same state of the store, by tree and field; what is not there is counted and put in."""


def facets(connection: Connection, query: Query, kept: Kept | None = None) -> Iterator[Facet]:
    """Yield the facets of a query that have values, each as soon as it is counted."""
    kept = {} if kept is None else kept
    parts: Parts = {}
    for field in _FIELDS:
        chosen = [part for part in query.parts if _is_choice(part.node, field)]
        tree = both([part.node for part in query.parts if part not in chosen])
        counts = _counted(connection, tree, field, kept, parts)
        values = tuple(_value(query, field, chosen, label, number) for label, number in _merged(field, counts.rows))
        if values:
            yield Facet(field=field, values=values[:SHOWN], whole=counts.whole)


def years(connection: Connection, tree: Node, kept: Kept | None = None) -> dict[str, int]:
    """Return how many documents of a tree were published in each year, in order; of very many, of a part of them."""
    return dict(sorted(_counted(connection, tree, "date", {} if kept is None else kept, {}).rows))


def months(connection: Connection, tree: Node) -> dict[str, int]:
    """Return how many documents of a tree were published in each month, in order; those with a year alone under it."""
    return dict(sorted(_count(connection, tree, _dates(7), None)))


def _counted(connection: Connection, tree: Node, field: str, kept: Kept, parts: Parts) -> Counts:
    """Return the counts of a field; those of all fields that `_SHARED` names are made in one pass."""
    if (tree, field) not in kept:
        if tree not in parts:
            parts[tree] = _part(connection, tree)
        fields = tuple(_SHARED) if field in _SHARED else (field,)
        try:
            with deadline(connection, SECONDS):
                found = _pass(connection, tree, fields, parts[tree])
        except TooSlow:
            parts[tree] = _some(connection, tree, SAMPLE)
            found = _pass(connection, tree, fields, parts[tree])
        for name, rows in found.items():
            kept[tree, name] = Counts(tuple(rows), parts[tree] is None)
    return kept[tree, field]


def _part(connection: Connection, tree: Node) -> list[int] | None:
    """Return the documents of a tree that are counted, or None where all are."""
    if isinstance(tree, All) and not tree.nodes:
        return None
    ids = _some(connection, tree, EXACT + 1)
    return ids[:SAMPLE] if len(ids) > EXACT else None


def _some(connection: Connection, tree: Node, number: int) -> list[int]:
    return list(connection.execute(matching(connection, tree).limit(number)).scalars())


def _pass(
    connection: Connection, tree: Node, fields: tuple[str, ...], part: list[int] | None
) -> dict[str, list[tuple[str, int]]]:
    """Return the counts of several fields of the document or revision, or of one other, the most frequent first."""
    if fields[0] in _JOINED:
        return {fields[0]: _count(connection, tree, _JOINED[fields[0]](connection.dialect.name), part)}
    columns = [_SHARED[field].label(field) for field in fields]
    statement = _over(connection, tree, select(*columns, func.count().label("number")), _documents(), part)
    found: dict[str, dict[str, int]] = {field: {} for field in fields}
    sources = {row.id: row.name for row in connection.execute(select(table_of(Source).c.id, table_of(Source).c.name))}
    for row in connection.execute(statement.group_by(*columns)):
        for field, held in zip(fields, row, strict=False):
            if value := str(sources[held] if field == "source" else held or ""):
                found[field][value] = found[field].get(value, 0) + row.number
    return {field: sorted(each.items(), key=lambda one: (-one[1], one[0])) for field, each in found.items()}


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted: a column, and the tables that it needs beside document and revision."""

    column: ColumnElement[Any]
    joined: Callable[[FromClause], FromClause] = lambda tables: tables
    where: tuple[ColumnElement[bool], ...] = ()


def _documents() -> FromClause:
    document, revision = table_of(Document), table_of(Revision)
    return document.join(
        revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision)
    )


def _over(
    connection: Connection, tree: Node, statement: Select[Any], tables: FromClause, part: list[int] | None
) -> Select[Any]:
    """Return a select over the documents of a tree, or over a part of them."""
    document = table_of(Document)
    statement = statement.select_from(tables)
    if part is not None:
        return statement.where(document.c.id.in_(part))
    if isinstance(tree, All) and not tree.nodes:
        return statement.where(document.c.merged_into_id.is_(None))
    return statement.where(document.c.id.in_(matching(connection, tree)))


def _count(connection: Connection, tree: Node, counted: _Counted, part: list[int] | None) -> list[tuple[str, int]]:
    number = func.count().label("number")
    statement = (
        _over(connection, tree, select(counted.column.label("value"), number), counted.joined(_documents()), part)
        .where(counted.column.is_not(None), *counted.where)
        .group_by(counted.column)
        .order_by(number.desc(), counted.column)
        .limit(500)
    )
    return [(str(row.value), row.number) for row in connection.execute(statement) if row.value]


def _dates(length: int) -> _Counted:
    return _Counted(func.substr(table_of(Revision).c.date_published, 1, length))


def _by_author(_dialect: str) -> _Counted:
    author, line = table_of(Author), table_of(RevisionAuthor)
    return _Counted(
        author.c.name,
        lambda tables: tables.join(line, line.c.revision_id == table_of(Revision).c.id).join(
            author, author.c.id == line.c.author_id
        ),
    )


def _by_origin(dialect: str) -> _Counted:
    """Count by what stands before the colon of an origin: `json-ld`, `selector`, `pdf`."""
    proven = table_of(Provenance)
    held = proven.c.origin
    family = (
        func.split_part(held, ":", 1)
        if dialect == "postgresql"
        else func.substr(held, 1, func.instr(held.op("||")(":"), ":") - 1)
    )
    return _Counted(
        family,
        lambda tables: tables.join(proven, proven.c.revision_id == table_of(Revision).c.id),
        (proven.c.field == "date_published",),
    )


_SHARED: dict[str, ColumnElement[Any]] = {
    "source": table_of(Document).c.source_id,
    "date": _dates(4).column,
    "language": table_of(Revision).c.language,
    "kind": table_of(Revision).c.kind,
    "format": table_of(Document).c.media_type,
    "status": table_of(Document).c.status,
}
"""The facets of columns that covering indexes hold."""

_JOINED: dict[str, Callable[[str], _Counted]] = {"author": _by_author, "origin": _by_origin}
"""The facets of other tables."""

_FIELDS = ("source", "date", "author", "language", "kind", "format", "status", "origin")
"""The facets in their order, by the field of the query language that chooses a value."""


def _merged(field: str, rows: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the counts under the labels that are shown: formats by their short names; years newest first."""
    if field == "date":
        return sorted(rows, reverse=True)
    if field != "format":
        return list(rows)
    short = {media: name for name, types in reversed(FORMATS.items()) for media in types}
    found: dict[str, int] = {}
    for media, number in rows:
        label = short.get(media, media)
        found[label] = found.get(label, 0) + number
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _is_choice(node: Node, field: str) -> bool:
    """Return whether a part of a query chooses values of a facet, and nothing else."""
    if isinstance(node, Either):
        return bool(node.nodes) and all(_is_choice(inner, field) for inner in node.nodes)
    if isinstance(node, Within):
        return node.field == field
    if isinstance(node, Is) and node.field == "origin":
        return field == "origin" and node.value.startswith("date=")
    return isinstance(node, Is) and node.field == field


def _value(query: Query, field: str, chosen: list[Part], label: str, number: int) -> Value:
    term = term_of(field, label)
    own = parse(term).tree
    part = next((one for one in chosen if one.node == own), None)
    inside = any(isinstance(one.node, Either) and own in one.node.nodes for one in chosen)
    if part is not None:
        return Value(label=label, count=number, chosen=True, query=query.without(part))
    if inside or not chosen:
        text = query.text if inside else query.narrowed(term)
        return Value(label=label, count=number, chosen=inside, query=text)
    held = query.text[chosen[0].start : chosen[0].end].strip().removeprefix("(").removesuffix(")")
    return Value(
        label=label, count=number, chosen=False, query=parse(query.without(chosen[0])).narrowed(f"({held} OR {term})")
    )


def term_of(field: str, label: str) -> str:
    """Return the term of the query language that chooses a value of a facet."""
    value = f"date={label}" if field == "origin" else label
    plain = all(char.isalnum() or char in "-_./=+" for char in value)
    cleaned = value.replace('"', " ")
    return f"{field}:{value}" if plain else f'{field}:"{cleaned}"'
