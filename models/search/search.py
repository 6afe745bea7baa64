"""Answers to a query: how many documents match, in which order, and a page of them with what was found marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from models.document import Document, Revision
from models.errors import ConfigError
from models.ledger import Source
from models.search.conditions import Matches, matches
from models.search.filters import Filters
from models.search.query import Query, parse
from models.search.snippets import Marked, marked, snippet, sought
from models.search.stems import widened
from models.search.terms import Node, Words, both
from models.upsert import table_of

Sort = Literal["best", "newest", "oldest", "latest", "doubtful", "title", "address"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""What comes first: the best match; the newest or the oldest by date of publication; the latest to be stored; the least
sure; the first title or address of the alphabet."""


MOST_RANKED: dict[str, int] = {"sqlite": 25_000, "postgresql": 2_000}
"""How many matches are ranked, by dialect: the latest to be stored. The others follow, the latest first. PostgreSQL
reads the whole vector of each document that it ranks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that was found."""

    document_id: int
    canonical_url: str
    source: str
    title: Marked
    snippet: Marked
    authors: str | None
    date_published: str | None
    language: str | None
    kind: str | None
    publisher: str | None
    media_type: str
    status: str
    revision: int
    first_seen_at: datetime
    confidence: float | None
    """The confidence of its least sure value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of hits."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    sort: Sort
    offset: int


def search(
    connection: Connection, query: str, *, limit: int = 20, sort: Sort | None = None, **filters: str | None
) -> list[Hit]:
    """Return the hits of a query; `filters` are those of `Filters`. Raises ConfigError for a query with a fault."""
    asked = checked(query)
    ids = matching_ids(connection, Filters(**filters).tree(asked.tree), sort=sort, limit=limit)
    return hits(connection, ids, asked.tree)


def results(
    connection: Connection, query: Query, *, sort: Sort | None = None, limit: int = 20, offset: int = 0
) -> Results:
    """Return a page of the documents that match a query without faults."""
    sort = sort or ("best" if sought(query.tree) else "newest")
    tree = widened(connection, query.tree)
    ids = matching_ids(connection, tree, sort=sort, limit=limit, offset=offset)
    total = offset + len(ids) if 0 < len(ids) < limit else count(connection, tree)
    return Results(query=query, total=total, hits=tuple(hits(connection, ids, tree)), sort=sort, offset=offset)


def checked(text: str) -> Query:
    """Return the query that a text means; raises ConfigError that shows each fault at its place."""
    query = parse(text)
    if query.faults:
        lines = [f"{fault.text}\n  {query.text}\n  {' ' * fault.start}^" for fault in query.faults]
        raise ConfigError("\n".join(lines))
    return query


def less(connection: Connection, query: Query) -> list[tuple[str, int]]:
    """Return, for a query that found nothing, the query without each of its parts, and how many documents it finds."""
    if len(query.parts) < 2:
        return []
    found = []
    for part in query.parts:
        others = both([other.node for other in query.parts if other is not part])
        if number := count(connection, others):
            found.append((query.without(part), number))
    return found


def count(connection: Connection, tree: Node) -> int:
    """Return how many documents match a tree."""
    ids = matching(connection, tree).subquery()
    return int(connection.execute(select(func.count()).select_from(ids)).scalar_one())


def matching_ids(
    connection: Connection, tree: Node, *, sort: Sort | None = None, limit: int | None = None, offset: int = 0
) -> list[int]:
    """Return the ids of the documents that match a tree; by default the best first, or the newest without words."""
    if limit is not None and limit < 1:
        return []
    found = _matches(connection, tree)
    sort = sort or "best"
    if sort == "best" and found.ranked is not None:
        return _best(connection, found, limit, offset)
    statement = _joined(found, select(table_of(Document).c.id))
    statement = statement.order_by(*_order("newest" if sort == "best" else sort), table_of(Document).c.id.desc())
    return list(connection.execute(statement.limit(limit).offset(offset)).scalars())


def matching(connection: Connection, tree: Node) -> Select[Any]:
    """Return the select of the ids of the documents that match a tree, in no order."""
    return _ids(_matches(connection, tree))


def _matches(connection: Connection, tree: Node) -> Matches:
    """Return what matches a tree, its words widened by their stems.

    PostgreSQL takes the check of one vector for cheap, so it would read the vectors of all documents for a common word;
    for the rest of the transaction it is told to ask the index of words, and not to compile the queries for that.
    """
    found = matches(widened(connection, tree), connection.dialect.name)
    if connection.dialect.name == "postgresql" and found.ranked is not None:
        connection.exec_driver_sql("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
    return found


def _ids(found: Matches) -> Select[Any]:
    """Return the select of the ids of matches, from as few tables as can tell."""
    document = table_of(Document).c
    if found.words is not None and not found.conditions:
        return found.words  # documents that were merged are not indexed
    if found.of_document:
        return select(document.id).where(document.merged_into_id.is_(None), *found.conditions)
    return _joined(found, select(document.id))


def _joined(found: Matches, statement: Select[Any]) -> Select[Any]:
    """Return a select over the matching documents with their current revisions."""
    document, revision = table_of(Document), table_of(Revision)
    tables: FromClause = document.join(
        revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision)
    )
    if found.words is not None:
        # Found once: SQLite would search the whole index again for each document that passes the conditions.
        match = found.words.cte("match").prefix_with("MATERIALIZED")
        tables = tables.join(match, match.c.document_id == document.c.id)
    return statement.select_from(tables).where(document.c.merged_into_id.is_(None), *found.conditions)


def _best(connection: Connection, found: Matches, limit: int | None, offset: int) -> list[int]:
    """Return the ids of matches: the latest `MOST_RANKED` by their rank, then the others, the latest first."""
    assert found.ranked is not None
    most = MOST_RANKED[connection.dialect.name]
    ids = _ids(found)
    latest_first = ids.order_by(ids.selected_columns[0].desc())
    best: list[int] = []
    if offset < most:
        ranked = found.ranked(latest_first.limit(most))
        ranked = ranked.order_by(ranked.selected_columns["rank"].desc(), ranked.selected_columns[0].desc())
        size = most - offset if limit is None else min(limit, most - offset)
        best = list(connection.execute(ranked.limit(size).offset(offset)).scalars())
    if limit is not None and len(best) == limit:
        return best
    rest = latest_first.limit(None if limit is None else limit - len(best)).offset(max(offset, most))
    return [*best, *connection.execute(rest).scalars()]


def _order(sort: Sort) -> list[ColumnElement[Any]]:
    document, revision = table_of(Document).c, table_of(Revision).c
    if sort == "newest":
        return [revision.date_published.desc().nulls_last()]
    if sort == "oldest":
        return [revision.date_published.asc().nulls_last()]
    if sort == "latest":
        return [document.first_seen_at.desc()]
    if sort == "address":
        return [document.canonical_url.asc()]
    held = document.title_key if sort == "title" else document.least_sure
    return [held.is_(None), held]


def hits(connection: Connection, ids: Sequence[int], tree: Node) -> list[Hit]:
    """Return the hits of documents in the order of their ids, with what a tree asks for marked, by its stems too."""
    tree = widened(connection, tree)
    document, revision, source = table_of(Document), table_of(Revision), table_of(Source)
    names = ("title", "body", "author_raw", "date_published", "language", "kind", "publisher")
    rows = connection.execute(
        select(
            document,
            source.c.name.label("source"),
            *(revision.c[name] for name in names),
        )
        .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .join(source, source.c.id == document.c.source_id)
        .where(document.c.id.in_(ids))
    )
    words = sought(tree)
    found = {row.id: _hit(row, words) for row in rows}
    return [found[key] for key in ids if key in found]


def _hit(row: Any, words: Sequence[Words]) -> Hit:
    return Hit(
        document_id=row.id,
        canonical_url=row.canonical_url,
        source=row.source,
        title=marked(row.title or "", words),
        snippet=snippet(row.body or "", words),
        authors=row.author_raw,
        date_published=row.date_published,
        language=row.language,
        kind=row.kind,
        publisher=row.publisher,
        media_type=row.media_type,
        status=row.status,
        revision=row.revision,
        first_seen_at=row.first_seen_at,
        confidence=row.least_sure,
    )
