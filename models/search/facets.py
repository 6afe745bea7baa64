"""What the documents of a query are by source, author, language, kind, year, format, status, origin of date."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from models.database.deadline import TooSlow, deadline
from models.document import Author, Document, Provenance, Revision, RevisionAuthor
from models.ledger import Source
from models.search.conditions import FORMATS, among
from models.search.matching import Found
from models.search.query import Part, Query, parse
from models.search.terms import All, Either, Is, Node, Within, both
from models.upsert import table_of

SECONDS = 0.2
"""Time for all counts of one answer; what is not counted by then is counted on by the next answer that needs it."""

SLOWEST = 2.0
"""Longest time for the counts of one field."""

STEP = 4_000
"""Documents that are counted at once."""

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
class Tally:
    """How many documents of a tree have each value of some fields, as far as they were counted."""

    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    """By field."""
    after: int = 0
    """How far the documents were counted: the last id of the store, or how many of the matches."""
    whole: bool = False
    """Whether every document was counted."""


Kept = MutableMapping[tuple[Node, str], Tally]
"""What was counted in one state of the store, by tree and table; it is added to."""


def facets(counting: Counting, query: Query) -> Iterator[Facet]:
    """Yield the facets of a query that have values, each as soon as it is counted."""
    chosen = {name: [part for part in query.parts if _is_choice(part.node, name)] for name in _FIELDS}
    trees = {name: both([part.node for part in query.parts if part not in parts]) for name, parts in chosen.items()}
    share = SECONDS / len({(tree, _table_of(name)) for name, tree in trees.items()})
    for name in _FIELDS:
        tally = counting.of(trees[name], name, share)
        rows = _merged(name, tally.counts.get(name, Counter()))
        values = tuple(_value(query, name, chosen[name], label, number) for label, number in rows[:SHOWN])
        if values:
            yield Facet(field=name, values=values, whole=tally.whole)


def years(counting: Counting, tree: Node) -> dict[str, int]:
    """Return how many documents of a tree were published in each year, in order, as far as they were counted."""
    counted = counting.of(tree, "date", SECONDS / len(_FIELDS))
    return dict(sorted(counted.counts.get("date", Counter()).items()))


class Counting:
    """Counts documents for one answer, in steps, from where what is kept ends."""

    def __init__(self, found: Found, kept: Kept | None = None) -> None:
        self.found = found
        self.kept = {} if kept is None else kept
        self.counted: dict[tuple[Node, str], Tally] = {}

    def of(self, tree: Node, name: str, seconds: float) -> Tally:
        """Return the counts of a field; what is not counted yet is counted on for some seconds, one step at least."""
        key = (tree, _table_of(name))
        if key not in self.counted:
            self.counted[key] = self._count_on(key, time.monotonic() + seconds)
        return self.counted[key]

    def _count_on(self, key: tuple[Node, str], end: float) -> Tally:
        tally = self.kept.get(key, Tally())
        with suppress(TooSlow), deadline(self.found.connection, SLOWEST):
            while not tally.whole:
                # Replaced, never changed: two answers that count the same step at the same time give the same.
                tally = self.kept[key] = self._step(*key, tally)
                if time.monotonic() > end:
                    break
        return tally

    def _step(self, tree: Node, table: str, tally: Tally) -> Tally:
        """Return a tally with the next documents added."""
        connection, document, after = self.found.connection, table_of(Document).c, tally.after + STEP
        if isinstance(tree, All) and not tree.nodes:
            last = connection.execute(select(func.max(document.id))).scalar() or 0
            some: Conditions = (document.id.between(tally.after + 1, after), document.merged_into_id.is_(None))
        else:
            ids = self.found.ids(tree)
            last = len(ids)
            some = (among(document.id, ids[tally.after : after], connection.dialect.name),)
        counts = {name: counter.copy() for name, counter in tally.counts.items()}
        for name, value, number in _COUNTED[table](connection, some):
            if name not in counts:
                counts[name] = Counter()
            counts[name][value] += number
        return Tally(counts, after, after >= last)


def _table_of(name: str) -> str:
    """Return the key of `_COUNTED` under which a field is counted."""
    return name if name in _COUNTED else "document"


Conditions = tuple[ColumnElement[bool], ...]
Rows = Iterator[tuple[str, str, int]]
"""Field, value, number of documents."""


def _of_document(connection: Connection, some: Conditions) -> Rows:
    """Count by the columns of document and revision, which covering indexes hold."""
    document, revision, source = table_of(Document).c, table_of(Revision).c, table_of(Source).c
    columns = {
        "source": document.source_id,
        "date": func.substr(revision.date_published, 1, 4),
        "language": revision.language,
        "kind": revision.kind,
        "format": document.media_type,
        "status": document.status,
    }
    statement = select(*columns.values(), func.count()).select_from(_documents()).where(*some)
    names = {row.id: row.name for row in connection.execute(select(source.id, source.name))}
    for *values, number in connection.execute(statement.group_by(*columns.values())):
        for name, value in zip(columns, values, strict=True):
            if held := names[value] if name == "source" else value:
                yield name, str(held), number


def _of_author(connection: Connection, some: Conditions) -> Rows:
    author, line, revision = table_of(Author), table_of(RevisionAuthor), table_of(Revision)
    tables = _documents().join(line, line.c.revision_id == revision.c.id).join(author, author.c.id == line.c.author_id)
    statement = select(author.c.name, func.count()).select_from(tables).where(*some).group_by(author.c.name)
    for name, number in connection.execute(statement):
        yield "author", name, number


def _of_origin(connection: Connection, some: Conditions) -> Rows:
    """Count by what stands before the colon of the origin of a date: `json-ld`, `selector`, `pdf`."""
    proven, revision = table_of(Provenance), table_of(Revision)
    tables = _documents().join(proven, proven.c.revision_id == revision.c.id)
    statement = select(proven.c.origin, func.count()).select_from(tables)
    statement = statement.where(*some, proven.c.field == "date_published").group_by(proven.c.origin)
    for origin, number in connection.execute(statement):
        yield "origin", origin.partition(":")[0], number


def _documents() -> FromClause:
    document, revision = table_of(Document), table_of(Revision)
    return document.join(
        revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision)
    )


_COUNTED: Mapping[str, Callable[[Connection, Conditions], Rows]] = {
    "document": _of_document,
    "author": _of_author,
    "origin": _of_origin,
}
"""What counts the fields of a table, some documents at once."""

_FIELDS = ("source", "date", "author", "language", "kind", "format", "status", "origin")
"""The facets in their order, by the field of the query language that chooses a value."""


def _merged(name: str, counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the counts, the most frequent first, formats by their short names; years newest first."""
    if name == "date":
        return sorted(counts.items(), reverse=True)
    if name == "format":
        short = {media: word for word, types in reversed(FORMATS.items()) for media in types}
        found: Counter[str] = Counter()
        for media, number in counts.items():
            found[short.get(media, media)] += number
        counts = found
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


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
