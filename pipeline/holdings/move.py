"""`ingest db move OLD NEW`: copy a store into another database, and prove that both export the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Select,
    Table,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    table,
    tuple_,
    update,
)

from models.base import Base
from models.database.store import Store
from models.document import Document, WordStem
from models.errors import StoreError
from models.ledger import Forgotten, Run
from models.search import index
from models.search.filters import Filters
from models.tables import metadata
from models.upsert import BATCH, chunks, table_of, upsert
from pipeline.holdings import export_records
from pipeline.load.revisions import search_entry_of_record

ASK_SIZE = 500
"""Rows that a server-side cursor hands over at once."""

MADE_OF_TEXTS = {table_of(WordStem).name}
"""Tables that hold what the texts hold: indexing the texts may add to them what the old store had not learned."""

Progress = Callable[[int, int], None]
"""Called with the rows that are done and all rows."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move copied."""

    rows: int
    documents: int


def move(old: Store, new: Store, progress: Progress = lambda done, total: None) -> Moved:
    """Copy all rows of one store into another, and compare the exports of both; the old store is only read.

    The old store is read as it is at one moment. A batch is durable once it is written, so that a move that was
    interrupted goes on when it is called again. Raises StoreError where the new store belongs to other runs, where it
    holds rows that the old one lacks, or where an export differs.
    """
    with old.read() as source:
        with new.read() as target:
            _refuse_other_runs(source, target, new.name)
        _drop_what_is_gone(source, new)
        total = sum(_count(source, one) for one in metadata.sorted_tables)
        done = 0
        for one in metadata.sorted_tables:
            for rows in chunks(_rows(source, one)):
                with new.begin() as target:
                    _write(target, one, rows)
                done += len(rows)
                progress(done, total)
        for one in metadata.sorted_tables:
            _point(source, new, one)
        with new.begin() as target:
            _set_sequences(target)
        _index(source, new)
        with new.read() as target:
            documents = compare(source, target, new.name)
    return Moved(rows=total, documents=documents)


def _refuse_other_runs(source: Connection, target: Connection, name: str) -> None:
    """Raise StoreError if the target holds a run, or a document taken down, that the source does not know."""
    run, forgotten = table_of(Run), table_of(Forgotten)
    for statement in (select(run.c.id, run.c.run_key), select(forgotten.c.identity)):
        known = set(source.execute(statement))
        if any(row not in known for row in target.execute(statement)):
            raise StoreError(
                f"{name} holds runs of its own; it was left as it was. Name an empty database, or one that an "
                "interrupted move of the same store has left"
            )


def _drop_what_is_gone(source: Connection, new: Store) -> None:
    """Delete what an interrupted move has copied and the old store no longer holds."""
    for one in reversed(metadata.sorted_tables):
        key = tuple_(*one.primary_key.columns)
        with new.begin() as target:
            copied = {tuple(row) for row in target.execute(select(*one.primary_key.columns))}
            if copied:
                gone = copied.difference(tuple(row) for row in source.execute(select(*one.primary_key.columns)))
                for some in chunks(gone):
                    target.execute(delete(one).where(key.in_(some)))


def _later(one: Table) -> list[Column[Any]]:
    """Return the columns that refer to rows which are written after this table's: they are set at the end."""
    order = [each.name for each in metadata.sorted_tables]
    return [
        column
        for column in one.columns
        if any(order.index(key.column.table.name) >= order.index(one.name) for key in column.foreign_keys)
    ]


def _rows(source: Connection, one: Table) -> Iterator[dict[str, Any]]:
    """Yield a table's rows in the order of their keys, without the columns that are set later."""
    columns = [column for column in one.columns if column not in _later(one)]
    statement = select(*columns).order_by(*one.primary_key.columns)
    keys = [column.key for column in columns]
    for row in source.execute(statement.execution_options(yield_per=ASK_SIZE)):
        yield dict(zip(keys, row, strict=True))


def _write(target: Connection, one: Table, rows: list[dict[str, Any]]) -> None:
    key = [column.key for column in one.primary_key.columns]
    upsert(target, _stored_class(one), rows, key=key, update=[name for name in rows[0] if name not in key])


def _stored_class(one: Table) -> type[Base]:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is one)


def _point(source: Connection, new: Store, one: Table) -> None:
    """Set the references that `_rows` left out."""
    for column in _later(one):
        (key,) = one.primary_key.columns
        held = source.execute(select(key, column).where(column.is_not(None)).order_by(key))
        statement = update(one).where(key == bindparam("row")).values({column.key: bindparam("refers_to")})
        for some in chunks({"row": row[0], "refers_to": row[1]} for row in held):
            with new.begin() as target:
                target.execute(statement, some)


def _index(source: Connection, new: Store) -> None:
    """Index in the new store the documents that the old one's full-text search finds."""
    held = "rowid" if source.dialect.name == "sqlite" else "document_id"
    indexed: Select[Any] = (
        select(literal_column(held)).select_from(table("search_index")).distinct().order_by(literal_column(held))
    )
    for ids in chunks(source.execute(indexed).scalars().all(), BATCH // 4):
        records = export_records.document_records(source, list(ids))
        with new.begin() as target:
            index.index(target, [search_entry_of_record(key, record) for key, record in records.items()])


def _set_sequences(target: Connection) -> None:
    """Have PostgreSQL number new rows after the copied ones; SQLite does so by itself."""
    if target.dialect.name != "postgresql":
        return
    for one in metadata.sorted_tables:
        keys = list(one.primary_key.columns)
        if len(keys) == 1 and isinstance(keys[0].type, Integer):
            sequence = func.pg_get_serial_sequence(one.name, keys[0].name)
            last = select(func.coalesce(func.max(keys[0]), 0) + 1).scalar_subquery()
            target.execute(select(func.setval(sequence, last, False)))


def compare(source: Connection, target: Connection, name: str) -> int:
    """Return the number of documents, or raise StoreError where the stores do not hold the same."""
    for one in metadata.sorted_tables:
        if one.name in MADE_OF_TEXTS:
            continue
        before, after = _count(source, one), _count(target, one)
        if before != after:
            raise StoreError(
                f"{name} holds {after} rows of `{one.name}` where the old store holds {before}. Nothing of the old "
                "store was changed; empty the new database and move again"
            )
    pairs = {
        "documents": (export_records.documents(source, Filters()), export_records.documents(target, Filters())),
        "failures": (export_records.failures(source), export_records.failures(target)),
    }
    for what, (before_, after_) in pairs.items():
        for one_record, other in zip_longest(before_, after_):
            if one_record != other:
                where = (one_record or other or {}).get("url")
                raise StoreError(
                    f"{name} does not export the same {what} as the old store; the first that differs is {where}. "
                    "Nothing of the old store was changed; empty the new database and move again"
                )
    return _count(target, table_of(Document))


def _count(connection: Connection, one: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(one)).scalar_one())
