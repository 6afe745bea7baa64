"""A store for dry runs: it works like the real one, and nothing written to it stays.

An SQLite store is copied, so that no other run waits; on PostgreSQL all happens in one transaction, rolled back at the
end.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.database.store import Store, open_store

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rollback(Store):
    """A store whose transactions are savepoints of one that never commits."""

    connection: Connection

    @property
    def leased(self) -> bool:
        """Return False: nothing that a dry run writes stays, so that it needs no lock and holds up nobody."""
        return False

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a savepoint."""
        with self.connection.begin_nested():
            yield self.connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read the real store with what this rehearsal has written so far."""
        yield self.connection


@contextmanager
def rehearsal(store: Store) -> Iterator[Store]:
    """Yield a store with the content of the given one, which stays unchanged."""
    if store.path is not None:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "rehearsal.db"
            with closing(sqlite3.connect(store.path)) as real, closing(sqlite3.connect(copy)) as target:
                target.execute("PRAGMA journal_mode = OFF")  # a crash can damage only this copy
                real.backup(target)
            rehearsed = replace(open_store(str(copy), base=Path(folder)), rehearsal=True)
            try:
                yield rehearsed
            finally:
                rehearsed.close()
    else:
        with store.engine.connect() as connection:
            transaction = connection.begin()
            try:
                yield _Rollback(engine=store.engine, name=store.name, connection=connection, rehearsal=True)
            finally:
                transaction.rollback()


def accept_in(rehearsed: Store, run_key: str) -> None:
    """Load in a rehearsal what a run was held back with, as accepting it would; the real store stays unchanged."""
    from pipeline.drift.verdicts import accept
    from pipeline.ledger.lock import FileLocks
    from pipeline.run.settings import utc_now

    with tempfile.TemporaryDirectory() as folder:  # nobody else works on the rehearsal, so its lock is its own
        accept(rehearsed, run_key, locks=FileLocks(Path(folder)), now=utc_now)
