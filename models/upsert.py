"""Writing many rows at once: SQLite's and PostgreSQL's own `insert ... on conflict`, chosen here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, FromClause, Table, inspect
from sqlalchemy.dialects import postgresql, sqlite

from models.base import Base

T = TypeVar("T")

PARAMETERS = 30_000
"""Of one statement: SQLite takes 32,766, PostgreSQL 65,535."""

Row = Mapping[str, Any]


def table_of(model: type[Base]) -> Table:
    """Return the table of a stored class."""
    table: FromClause = inspect(model).local_table
    assert isinstance(table, Table)
    return table


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Return the items in lists of at most that size."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def upsert(
    connection: Connection, model: type[Base], rows: Sequence[Row], *, key: Sequence[str], update: Sequence[str] = ()
) -> None:
    """Insert the rows; where the key is there already, set the columns of `update`, or leave the row as it is.

    All rows hold the same columns, and each key is held once: what is given twice is the caller's to settle.
    """
    if not rows:
        return
    table = table_of(model)
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for batch in chunks(rows, max(1, PARAMETERS // len(rows[0]))):
        bound = [_bound(table, row) for row in batch]
        statement = insert(table).values(bound if len(bound) > 1 else bound[0])  # one row's statement is compiled once
        if update:
            statement = statement.on_conflict_do_update(
                index_elements=[table.c[name] for name in key],
                set_={name: statement.excluded[name] for name in update},
            )
        else:
            statement = statement.on_conflict_do_nothing(index_elements=[table.c[name] for name in key])
        connection.execute(statement)


def _bound(table: Table, row: Row) -> dict[str, Any]:
    return {table.c[name].name: value for name, value in row.items()}
