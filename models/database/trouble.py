"""Translate database errors: trouble with disk, lock or server becomes a StoreError; other errors stay as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc
from sqlalchemy.exc import DBAPIError

from models.errors import Conflict, StoreError

SQLITE_TROUBLE = {
    sqlite3.SQLITE_BUSY: "is locked by another program that writes to it; try again when that one has finished",
    sqlite3.SQLITE_LOCKED: "is locked by another program that writes to it; try again when that one has finished",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Free some space and run again; nothing half done was kept",
    sqlite3.SQLITE_IOERR: "could not be read or written (I/O error). Check the disk, then run again",
    sqlite3.SQLITE_READONLY: "cannot be written to: check the permissions of the file and of its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check the permissions of the file and of its folder",
    sqlite3.SQLITE_PERM: "cannot be opened: check the permissions of the file and of its folder",
    sqlite3.SQLITE_CORRUPT: "is damaged; it was left as it was. Restore a backup",
    sqlite3.SQLITE_NOTADB: "is no SQLite database; it was left as it was. Name another file in [store]",
}
"""What a StoreError says, by SQLite's primary result code."""


ROLLED_BACK = "40"
"""The class of SQLSTATEs of deadlocks and serialization failures: the same transaction may succeed when repeated."""


@contextmanager
def translate_errors(name: str) -> Iterator[None]:
    """Raise trouble with the database as a StoreError that names the store; let other errors through."""
    try:
        yield
    except exc.TimeoutError as error:  # all connections of this process are in use
        raise StoreError(f"{name} gave no free connection: {error}; try again when fewer runs are under way") from error
    except DBAPIError as error:
        if (getattr(error.orig, "sqlstate", None) or "").startswith(ROLLED_BACK):
            raise Conflict(f"{name} cancelled a transaction in favour of another one; run again") from error
        if meaning := _meaning(error.orig):
            raise StoreError(f"{name} {meaning}") from error
        raise
    except sqlite3.Error as error:
        if meaning := _meaning(error):
            raise StoreError(f"{name} {meaning}") from error
        raise


def _meaning(error: BaseException | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        if str(error) == "no such module: fts5":
            return "cannot be made: this Python's SQLite lacks FTS5, its full-text search. Use another Python"
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else SQLITE_TROUBLE.get(code & 0xFF)
    state: str | None = getattr(error, "sqlstate", None)
    if type(error).__module__.startswith("psycopg"):
        first = str(error).strip().partition("\n")[0]
        # Its own subclasses count, too: ConnectionTimeout is what a link gives that is cut in silence.
        if state is None and any(kind.__name__ == "OperationalError" for kind in type(error).__mro__):
            return f"cannot be reached: {first}"
        if (state is not None and state[:2] in ("08", "53", "57", "58", "25", "55")) or state == "42501":
            return f"refused: {first}"
    return None
