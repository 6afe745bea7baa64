"""Answers to a query: how many documents match, in which order, and a page of them with what was found marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, select

from models.document import Document, Revision
from models.errors import ConfigError
from models.ledger import Source
from models.search.conditions import Matches, Ranked, among
from models.search.filters import Filters
from models.search.matching import Found, count, matches_of, with_revisions
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


MANY, AHEAD = 10_000, 4
"""Of so many matches, the page is looked for among the first of the whole store, which has its order: up to `AHEAD`
times as many as end with the page. Where they do not fill it, or of fewer matches, the matches are sorted."""


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


def results(found: Found, query: Query, *, sort: Sort | None = None, limit: int = 20, offset: int = 0) -> Results:
    """Return a page of the documents that match a query without faults."""
    sort = sort or ("best" if sought(query.tree) else "newest")
    ids = _ordered(found, query.tree, sort, limit, offset)
    total = offset + len(ids) if 0 < len(ids) < limit else found.count(query.tree)
    shown = tuple(hits(found.connection, ids, query.tree))
    return Results(query=query, total=total, hits=shown, sort=sort, offset=offset)


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


def matching_ids(
    connection: Connection, tree: Node, *, sort: Sort | None = None, limit: int | None = None, offset: int = 0
) -> list[int]:
    """Return the ids of the documents that match a tree; by default the best first, or the newest without words."""
    return _ordered(Found(connection), tree, sort, limit, offset)


def _ordered(found: Found, tree: Node, sort: Sort | None, limit: int | None, offset: int) -> list[int]:
    if limit is not None and limit < 1:
        return []
    matches = matches_of(found.connection, tree)
    if sort in ("best", None) and matches.ranked is not None:
        return _best(found, tree, matches.ranked, limit, offset)
    order: Sort = "newest" if sort in ("best", None) else sort
    if matches.ranked is None:
        return _sorted(found.connection, matches, order, limit, offset)
    ids = found.ids(tree)
    if limit is not None and len(ids) > MANY:
        first = _sorted(found.connection, Matches(conditions=()), order, AHEAD * (offset + limit), 0)
        wanted = set(ids)
        among_them = [key for key in first if key in wanted][offset : offset + limit]
        if len(among_them) == limit:
            return among_them
    given = among(table_of(Document).c.id, ids, found.connection.dialect.name)
    return _sorted(found.connection, Matches(conditions=(given,)), order, limit, offset)


def _sorted(connection: Connection, matches: Matches, sort: Sort, limit: int | None, offset: int) -> list[int]:
    document = table_of(Document).c
    statement = with_revisions(matches, select(document.id)).order_by(*_order(sort), document.id.desc())
    return list(connection.execute(statement.limit(limit).offset(offset)).scalars())


def _best(found: Found, tree: Node, ranked: Ranked, limit: int | None, offset: int) -> list[int]:
    """Return the ids of matches: the latest `MOST_RANKED` by their rank, then the others, the latest first."""
    ids = found.ids(tree)
    most = MOST_RANKED[found.connection.dialect.name]
    end = len(ids) if limit is None else offset + limit
    best: list[int] = []
    if offset < min(most, len(ids)):
        rows = ranked(ids[-most:])
        rows = rows.order_by(rows.selected_columns["rank"].desc(), rows.selected_columns[0].desc())
        size = min(end, most) - offset
        best = list(found.connection.execute(rows.limit(size).offset(offset)).scalars())
    rest = ids[:-most][::-1]
    return [*best, *rest[max(0, offset - most) : max(0, end - most)]]


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
