"""Open the store, SQLite or PostgreSQL: check it before it is changed; name path and remedy where it is refused.

store = open_store("data/ingest.db", base=folder)
with store.begin() as connection: ...     # writes, whole or not at all
with store.read() as connection: ...      # one snapshot, however long it takes
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import StoreError
from models.migrations import FOLDER

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_SECONDS = 30.0
"""Seconds that a writer waits for another one."""

MOST_IDLE_SECONDS = 30.0
"""Seconds that a transaction that writes may rest between two statements, on PostgreSQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open store with the newest schema."""

    engine: Engine
    name: str
    """The path, or the URL without its secrets: fit for messages."""
    path: Path | None = None
    """The file of an SQLite store, else None."""
    upgraded: bool = field(default=False, compare=False)
    """Whether opening the store created or migrated it."""
    rehearsal: bool = field(default=False, compare=False)
    """Whether it is a copy for a dry run, whose archive's files lie elsewhere."""
    most_idle_seconds: float = field(default=MOST_IDLE_SECONDS, compare=False)
    """Seconds after which PostgreSQL ends a transaction that writes and has gone silent: its process may be stopped, or
    cut off, while it holds rows for which others wait."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @property
    def leased(self) -> bool:
        """Whether other machines may write to the store, so that its sources are locked by leases in it."""
        return self.dialect == "postgresql"

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction that writes: all of it is durable at the end, or nothing of it after an error."""
        from models.database.trouble import translate_errors

        with (
            translate_errors(self.name),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            if self.leased:
                idle = f"{self.most_idle_seconds * 1000:.0f}"
                connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = {idle}")
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read-only transaction that sees one snapshot throughout."""
        from models.database.trouble import translate_errors

        options: dict[str, Any] = {"writes": False}
        if self.dialect == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with (
            translate_errors(self.name),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    def copy_to(self, target: Path) -> None:
        """Copy an SQLite store into a new file, as it is at one moment; the store may be one that can only be read."""
        from models.database.sqlite import copy
        from models.database.trouble import translate_errors

        assert self.path is not None
        with translate_errors(self.name):
            copy(self.path, target, BUSY_SECONDS)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_store(
    database: str,
    *,
    base: Path = Path(),
    write: bool = True,
    migrations: Path = FOLDER,
    busy_seconds: float = BUSY_SECONDS,
) -> Store:
    """Return the open store; or change nothing and raise StoreError with the path and the remedy.

    Args:
        database: A path (SQLite), relative to `base`, or an SQLAlchemy URL (`sqlite:///`, `postgresql+psycopg://`).
        base: The configuration's folder.
        write: Open for writing, and create or migrate an SQLite store where needed.
        migrations: The folder of the schema's history.
        busy_seconds: How long to wait for another writer.
    """
    if path := sqlite_path(database, base):
        from models.database.sqlite import open_sqlite

        engine, upgraded = open_sqlite(path, write=write, migrations=migrations, busy_seconds=busy_seconds)
        return Store(engine=engine, name=str(path), path=path, upgraded=upgraded)
    from models.database.postgres import open_postgres

    engine, name = open_postgres(database, migrations=migrations)
    return Store(engine=engine, name=name)


def upgrade(database: str, *, base: Path, migrations: Path = FOLDER, busy_seconds: float = BUSY_SECONDS) -> bool:
    """Create the store or migrate it to the newest schema; return whether it changed."""
    if sqlite_path(database, base):
        store = open_store(database, base=base, migrations=migrations, busy_seconds=busy_seconds)
        store.close()
        return store.upgraded
    from models.database.postgres import upgrade_postgres

    return upgrade_postgres(database, migrations=migrations)


def sqlite_path(database: str, base: Path) -> Path | None:
    """Return the absolute path of an SQLite store, or None for the URL of another database."""
    for prefix in ("sqlite:///", "sqlite+pysqlite:///"):
        if database.startswith(prefix):
            database = database.removeprefix(prefix).partition("?")[0]
            break
    if "://" in database:
        return None
    if not database or database == ":memory:":
        raise StoreError("[store] database must name a file: a store in memory would be lost with the run")
    return (base / Path(database).expanduser()).absolute()
