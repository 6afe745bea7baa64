"""The SQLite store: the file's header and schema are checked before it is opened for writing."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from models.database.schema import State, migrate, state_of
from models.database.trouble import translate_errors
from models.errors import StoreError, StoreNotReady
from models.migrations import VERSION_TABLE
from models.whole_file import whole_file, writable

MAGIC = b"SQLite format 3\0"


def open_sqlite(path: Path, *, write: bool, migrations: Path, busy_seconds: float) -> tuple[Engine, bool]:
    """Return an engine on the file and whether its schema was created or migrated, or raise StoreError."""
    if write:
        _make_folder(path)
    with translate_errors(str(path)):
        state = _look(path, migrations, busy_seconds)
        if not write and state == "new":
            raise StoreNotReady(f"there is no store at {path} yet; `ingest run` makes it")
        if not write and state == "old":
            raise StoreNotReady(f"{path} has the schema of an older version; run `ingest db upgrade` first")
        if write and state != "current":
            _migrate(path, migrations, busy_seconds)
        if write:
            _keep_log(path, busy_seconds)
        return _engine(path, write=write, busy_seconds=busy_seconds), state != "current"


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {path.parent} cannot be made: {error.strerror}") from error
    if not writable(path.parent):
        raise StoreError(f"the folder {path.parent} cannot be written to; name another in [store] or change its rights")
    if path.exists() and not writable(path):
        raise StoreError(f"{path} cannot be written to; change its rights, or name another file in [store]")


def _look(path: Path, migrations: Path, busy_seconds: float) -> State:
    """Return the state of the file without changing its content, or raise StoreError."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return "new"
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{path} is not a file; name one in [store]")
    if found.st_size == 0 and not _beside(path, "-journal") and not _beside(path, "-wal"):
        return "new"  # left by a first start that was killed before its first write
    _check_header(path, found.st_size)
    # A journal is left by a killed writer; open for writing, so that SQLite can roll it back and the content is whole.
    mode = "rw" if _beside(path, "-journal") else "ro"
    engine = create_engine("sqlite://", creator=_connector(path, mode, busy_seconds), poolclass=NullPool)
    with engine.connect() as connection:
        state = state_of(connection, str(path), migrations)
        if state == "new" and connection.exec_driver_sql("PRAGMA page_count").scalar():
            raise StoreError(
                f"{path} is a database without tables, but not a new one; it was left as it was. "
                f"If its content was lost, {how_to_restore(path)}; if it is of no use, remove the file."
            )
        return state


def _check_header(path: Path, size: int) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error
    if head and not head.startswith(MAGIC):
        raise StoreError(f"{path} is no SQLite database; it was left as it was. Name another file in [store].")
    page_size = int.from_bytes(head[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(head[28:32], "big")
    # After an interrupted checkpoint, the log still holds the missing pages.
    if size < pages * page_size and not _beside(path, "-wal") and not _beside(path, "-journal"):
        raise StoreError(
            f"{path} is damaged: {size:,} bytes of {pages * page_size:,} are there. It was left as it was; "
            f"{how_to_restore(path)}"
        )


def how_to_restore(path: Path) -> str:
    """Return in words how a store is restored from a backup: without the log of the lost one, which would damage it."""
    log = path.with_name(f"{path.name}-wal")
    return f"restore a backup: `{f'rm {log}; ' if log.exists() else ''}cp BACKUP/{path.name} {path}`"


def _beside(path: Path, suffix: str) -> bool:
    try:
        return path.with_name(path.name + suffix).stat().st_size > 0
    except FileNotFoundError:
        return False


def _migrate(path: Path, migrations: Path, busy_seconds: float) -> None:
    """Create or migrate the schema in one transaction: a kill leaves no change, and a second process waits."""
    engine = create_engine("sqlite://", creator=_connector(path, "rwc", busy_seconds), poolclass=NullPool)
    with engine.connect() as connection:
        event.listen(connection, "begin", lambda own: own.exec_driver_sql("BEGIN IMMEDIATE"))
        with connection.begin():  # foreign keys are off here: a table may be copied and renamed
            if state_of(connection, str(path), migrations) == "old":
                _back_up(path, _held(connection), busy_seconds)
            migrate(connection, str(path), migrations)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise StoreError(
                    f"{path} is damaged: a row of {broken[0]} refers to one that is not there. It was left as it was; "
                    f"{how_to_restore(path)}"
                )


def _held(connection: Connection) -> str:
    return str(connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar_one())


def _back_up(path: Path, revision: str, busy_seconds: float) -> None:
    """Copy the store to `<name>.schema-<revision>.bak`, whole or not at all."""
    final = path.with_name(f"{path.name}.schema-{revision}.bak")
    with whole_file(final) as part:
        copy(path, part, busy_seconds)


def copy(path: Path, target: Path, busy_seconds: float) -> None:
    """Copy a store as it is at one moment, also while it is written to or where it can only be read.

    A crash damages the copy alone: the caller makes it a whole file, or throws it away.
    """
    with closing(_connector(path, "ro", busy_seconds)()) as source, closing(sqlite3.connect(target)) as copied:
        copied.execute("PRAGMA journal_mode = OFF")
        source.backup(copied)


def _keep_log(path: Path, busy_seconds: float) -> None:
    """Switch to write-ahead logging, so that readers and the writer do not wait for each other. The file keeps it."""
    connection = _connector(path, "rw", busy_seconds)()
    deadline = time.monotonic() + busy_seconds
    try:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                # SQLite's own timeout does not cover this lock.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
    finally:
        connection.close()


def _connector(path: Path, mode: str, busy_seconds: float) -> Callable[[], sqlite3.Connection]:
    """Return a function that connects to the file; the driver begins no transactions (`isolation_level=None`)."""
    if mode == "ro" and not _beside(path, "-wal") and not writable(path.parent):
        mode += "&immutable=1"  # in a folder where SQLite cannot put its shared index

    def connect() -> sqlite3.Connection:
        uri = f"file:{quote(str(path))}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    return connect


def _engine(path: Path, *, write: bool, busy_seconds: float) -> Engine:
    connector = _connector(path, "rw" if write else "ro", busy_seconds)
    engine = create_engine("sqlite://", creator=connector, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: SQLite lets no transaction that has read wait for another writer.
        writes = write and connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
