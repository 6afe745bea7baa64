"""What the documents of a query are by source, author, language, kind, year, format, status, origin of date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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

SECONDS = 0.2
"""For one facet; one that takes longer is counted over a part of the documents."""

SAMPLE = 2_000
"""Documents of such a part."""

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
    """False where the counts are those of a part of the documents: there are at least so many."""


def facets(connection: Connection, query: Query) -> Iterator[Facet]:
    """Yield the facets of a query that have values, each as soon as it is counted."""
    for field, of in _FACETS.items():
        chosen = [part for part in query.parts if _is_choice(part.node, field)]
        tree = both([part.node for part in query.parts if part not in chosen])
        statement = of(connection.dialect.name)
        try:
            with deadline(connection, SECONDS):
                rows, whole = _count(connection, tree, statement, None), True
        except TooSlow:
            rows, whole = _count(connection, tree, statement, SAMPLE), False
        values = tuple(_value(query, field, chosen, label, count) for label, count in _merged(field, rows))
        if values:
            yield Facet(field=field, values=values[:SHOWN], whole=whole)


def years(connection: Connection, tree: Node) -> dict[str, int]:
    """Return how many documents of a tree were published in each year, in order."""
    return dict(sorted(_count(connection, tree, _dates(4), None)))


def months(connection: Connection, tree: Node) -> dict[str, int]:
    """Return how many documents of a tree were published in each month, in order; those with a year alone under it."""
    return dict(sorted(_count(connection, tree, _dates(7), None)))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted: a column, and the tables that it needs beside document and revision."""

    column: ColumnElement[Any]
    joined: Callable[[FromClause], FromClause] = lambda tables: tables
    where: tuple[ColumnElement[bool], ...] = ()


def _count(connection: Connection, tree: Node, counted: _Counted, sample: int | None) -> list[tuple[str, int]]:
    found: Select[Any] = matching(connection, tree)
    document, revision = table_of(Document), table_of(Revision)
    tables = document.join(
        revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision)
    )
    number = func.count().label("number")
    statement = (
        select(counted.column.label("value"), number)
        .select_from(counted.joined(tables))
        .where(counted.column.is_not(None), *counted.where)
        .group_by(counted.column)
        .order_by(number.desc(), counted.column)
        .limit(500)
    )
    everything = isinstance(tree, All) and not tree.nodes
    if sample is not None:
        statement = statement.where(document.c.id.in_(found.limit(sample)))
    elif everything:
        statement = statement.where(document.c.merged_into_id.is_(None))
    else:
        statement = statement.where(document.c.id.in_(found))
    return [(str(row.value), row.number) for row in connection.execute(statement) if row.value]


def _dates(length: int) -> _Counted:
    return _Counted(func.substr(table_of(Revision).c.date_published, 1, length))


def _by_source(_dialect: str) -> _Counted:
    source = table_of(Source)
    return _Counted(source.c.name, lambda tables: tables.join(source, source.c.id == table_of(Document).c.source_id))


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


_FACETS: dict[str, Callable[[str], _Counted]] = {
    "source": _by_source,
    "date": lambda _: _dates(4),
    "author": _by_author,
    "language": lambda _: _Counted(table_of(Revision).c.language),
    "kind": lambda _: _Counted(table_of(Revision).c.kind),
    "format": lambda _: _Counted(table_of(Document).c.media_type),
    "status": lambda _: _Counted(table_of(Document).c.status),
    "origin": _by_origin,
}
"""The facets in their order, by the field of the query language that chooses a value."""


def _merged(field: str, rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the counts under the labels that are shown: formats by their short names; years newest first."""
    if field == "date":
        return sorted(rows, reverse=True)
    if field != "format":
        return rows
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


def _value(query: Query, field: str, chosen: list[Part], label: str, count: int) -> Value:
    term = term_of(field, label)
    own = parse(term).tree
    part = next((one for one in chosen if one.node == own), None)
    inside = any(isinstance(one.node, Either) and own in one.node.nodes for one in chosen)
    if part is not None:
        return Value(label=label, count=count, chosen=True, query=query.without(part))
    if inside or not chosen:
        text = query.text if inside else query.narrowed(term)
        return Value(label=label, count=count, chosen=inside, query=text)
    held = query.text[chosen[0].start : chosen[0].end].strip().removeprefix("(").removesuffix(")")
    return Value(
        label=label, count=count, chosen=False, query=parse(query.without(chosen[0])).narrowed(f"({held} OR {term})")
    )


def term_of(field: str, label: str) -> str:
    """Return the term of the query language that chooses a value of a facet."""
    value = f"date={label}" if field == "origin" else label
    plain = all(char.isalnum() or char in "-_./=+" for char in value)
    cleaned = value.replace('"', " ")
    return f"{field}:{value}" if plain else f'{field}:"{cleaned}"'
