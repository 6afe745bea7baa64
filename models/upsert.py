"""Writing many rows at once: SQLite's and PostgreSQL's own `insert ... on conflict`, chosen here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Executable, FromClause, Table, bindparam, inspect, update

from models.base import Base

T = TypeVar("T")

Row = Mapping[str, Any]

BATCH = 200
"""Rows that one statement reads or writes, and documents that one transaction loads."""


def is_rehearsed(connection: Connection) -> bool:
    """Return whether a connection is that of a dry run, whose one transaction keeps every lock to its end."""
    return bool(connection.get_execution_options().get("rehearsal"))


def table_of(model: type[Base]) -> Table:
    """Return the table of a stored class."""
    table: FromClause = inspect(model).local_table
    assert isinstance(table, Table)
    return table


def chunks(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
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
    """Insert the rows; where a row with the same key exists, set its `update` columns (without any, leave it as it is).

    All rows must have the same columns and distinct keys; the caller removes duplicates.
    """
    if rows:
        statement = _statement(connection.dialect.name, model, tuple(rows[0]), tuple(key), tuple(update))
        connection.execute(statement, rows)


def update_rows(connection: Connection, model: type[Base], rows: Sequence[Row]) -> None:
    """Update existing rows, found by `id` and in the order of ids; all rows must have the same columns."""
    if not rows:
        return
    table = table_of(model)
    names = [name for name in rows[0] if name != "id"]
    statement = update(table).where(table.c.id == bindparam("key"))
    statement = statement.values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names})
    changes = [{"key": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows]
    connection.execute(statement, sorted(changes, key=lambda change: int(change["key"])))


@cache
def _statement(
    dialect: str, model: type[Base], columns: tuple[str, ...], key: tuple[str, ...], update: tuple[str, ...]
) -> Executable:
    """Return the insert statement for one row; cached, as every document needs it."""
    table = table_of(model)
    statement = _insert(dialect)(table).values({name: bindparam(name) for name in columns})
    index = [table.c[name] for name in key]
    if update:
        set_ = {name: statement.excluded[name] for name in update}
        return cast("Executable", statement.on_conflict_do_update(index_elements=index, set_=set_))
    return cast("Executable", statement.on_conflict_do_nothing(index_elements=index))


def _insert(dialect: str) -> Any:
    """Return the database's own `insert`; of the two dialects only that of the store is loaded."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert
    from sqlalchemy.dialects.sqlite import insert as insert_for_sqlite

    return insert_for_sqlite
