"""The store that the desk shows: opened again where its file was exchanged, with what was counted so far."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from models.database.store import Store
from models.errors import StoreError
from models.migrations import VERSION_TABLE, revisions
from models.search.facets import Kept

MOST_KEPT = 2_000
"""Counts that are kept: one for each query and field."""


class Holding:
    """An open store, and what was counted in its present state.

    Args:
        store: The store, opened by the caller, who closes it.
        reopen: Opens it again, for reading; without, an exchanged file is an error.
    """

    def __init__(self, store: Store, reopen: Callable[[], Store] | None = None) -> None:
        self._store = store
        self._reopen = reopen
        self._lock = threading.Lock()
        self._file = _file_of(store)
        self._watch: Any = None
        self._state: object = None
        self._kept: Kept = {}
        self._newest = revisions()[-1]

    def store(self) -> Store:
        """Return the store; raises StoreError where it is gone, or was migrated by a newer version."""
        with self._lock:
            file = _file_of(self._store)
            if self._store.path is not None and file is None:
                raise StoreError(f"{self._store.name} is not there any more; put it back, or end the desk")
            if file != self._file:
                if self._reopen is None:
                    raise StoreError(f"{self._store.name} was exchanged for another file; begin the desk anew")
                fresh = self._reopen()
                self._forget_watch()
                self._store.close()
                self._store, self._file, self._kept, self._state = fresh, file, {}, None
            held = self._scalar(f"SELECT version_num FROM {VERSION_TABLE}")
            if held != self._newest:
                raise StoreError(
                    f"{self._store.name} was migrated to schema {held}, and this desk knows {self._newest}; "
                    "end it and begin the newer version"
                )
            return self._store

    def kept(self) -> Kept:
        """Return the counts of the store's present state, to be read and added to.

        Asked for before a transaction begins, they are never older than what it sees.
        """
        with self._lock:
            sqlite = self._store.dialect == "sqlite"
            # Both differ as soon as another connection has committed anything; PostgreSQL's with any open transaction.
            state = self._scalar("PRAGMA data_version" if sqlite else "SELECT CAST(pg_current_snapshot() AS text)")
            if state != self._state or len(self._kept) > MOST_KEPT:
                self._state, self._kept = state, {}
            return self._kept

    def close(self) -> None:
        """Close the connection that watches for changes, and a store that was opened here."""
        with self._lock:
            self._forget_watch()
            self._store.close()

    def _scalar(self, statement: str) -> Any:
        """Return the value of a statement; on SQLite always on the same connection, outside of any transaction."""
        from models.database.trouble import translate_errors

        if self._store.dialect != "sqlite":
            with self._store.read() as connection:
                return connection.exec_driver_sql(statement).scalar()
        with translate_errors(self._store.name):
            if self._watch is None:
                self._watch = self._store.engine.raw_connection()
            cursor = self._watch.cursor()
            try:
                return cursor.execute(statement).fetchone()[0]
            finally:
                cursor.close()

    def _forget_watch(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None


def _file_of(store: Store) -> tuple[int, int] | None:
    """Return what tells a store's file from another one at the same path; None where there is none."""
    if store.path is None:
        return None
    try:
        found = store.path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
