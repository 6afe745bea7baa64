"""Which documents match a tree: as a select of their ids, as their number, and as a list of all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, Select, func, select

from models.document import Document, Revision
from models.search.conditions import Matches, matches
from models.search.stems import widened
from models.search.terms import All, Node
from models.upsert import table_of


class Found:
    """The documents that trees match, for one answer: each tree is looked up once, however often it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._ids: dict[Node, Sequence[int]] = {}

    def ids(self, tree: Node) -> Sequence[int]:
        """Return the ids of the documents that match a tree, in ascending order."""
        if tree not in self._ids:
            self._ids[tree] = ids_of(self.connection, tree)
        return self._ids[tree]

    def count(self, tree: Node) -> int:
        """Return how many documents match a tree."""
        return count(self.connection, tree) if tree == All(()) else len(self.ids(tree))


def count(connection: Connection, tree: Node) -> int:
    """Return how many documents match a tree."""
    ids = matching(connection, tree).subquery()
    return int(connection.execute(select(func.count()).select_from(ids)).scalar_one())


def ids_of(connection: Connection, tree: Node) -> list[int]:
    """Return the ids of the documents that match a tree, in ascending order.

    They come as one array in one row: a hundred thousand rows would take ten times as long.
    """
    found = matches_of(connection, tree)
    if found.words is not None and not found.conditions:
        ids = found.words.subquery().c[0]  # to drop the repeated ones takes the database longer than Python
    else:
        ids = _ids(found).subquery().c[0]
    sqlite = connection.dialect.name == "sqlite"
    held: Any = connection.execute(select(func.json_group_array(ids) if sqlite else func.array_agg(ids))).scalar()
    return sorted(set(json.loads(held) if sqlite else held or ()))


def matching(connection: Connection, tree: Node) -> Select[Any]:
    """Return the select of the ids of the documents that match a tree, in no order, from as few tables as can tell."""
    return _ids(matches_of(connection, tree))


def _ids(found: Matches) -> Select[Any]:
    document = table_of(Document).c
    if found.conditions:
        return with_revisions(found, select(document.id))
    words = found.of_words()
    return select(document.id).where(document.merged_into_id.is_(None)) if words is None else words


def matches_of(connection: Connection, tree: Node) -> Matches:
    """Return what matches a tree, its words widened by their stems.

    PostgreSQL takes the check of one vector for cheap, so it would read the vectors of all documents for a common word;
    for the rest of the transaction it is told to ask the index of words, and not to compile the queries for that.
    """
    found = matches(widened(connection, tree), connection.dialect.name)
    if connection.dialect.name == "postgresql" and found.words is not None:
        connection.exec_driver_sql("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
    return found


def with_revisions(found: Matches, statement: Select[Any]) -> Select[Any]:
    """Return a select over the matching documents with their current revisions."""
    document, revision = table_of(Document), table_of(Revision)
    tables: FromClause = document.join(
        revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision)
    )
    words = found.of_words()
    if words is not None:
        # Found once: SQLite would search the whole index again for each document that passes the conditions.
        match = words.cte("match").prefix_with("MATERIALIZED")
        tables = tables.join(match, match.c.document_id == document.c.id)
    return statement.select_from(tables).where(document.c.merged_into_id.is_(None), *found.conditions)
