"""A store for dry runs: it works like the real one, and nothing written to it stays.

On PostgreSQL all happens in one transaction, rolled back at the end. An SQLite store is copied, as no run could
write during such a transaction; only for a brief dry run, which takes a moment, is there a transaction as well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event, select

from models.database.store import Store, open_store
from models.web import Staged
from models.whole_file import writable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


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
def rehearsal(store: Store, *, brief: bool = False) -> Iterator[Store]:
    """Yield a store with the content of the given one, which stays unchanged.

    `brief` says that the dry run reads a few documents from the archive and asks no site. It is ignored where the
    store cannot be written to, and where results of an earlier run wait, which may be many.
    """
    if store.path is not None and not (brief and _is_quick(store, store.path)):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "rehearsal.db"
            store.copy_to(copy)
            rehearsed = replace(open_store(str(copy), base=Path(folder)), rehearsal=True)
            try:
                yield rehearsed
            finally:
                rehearsed.close()
    else:
        with _for_writing(store) as engine, engine.connect().execution_options(rehearsal=True) as connection:
            transaction = connection.begin()
            try:
                yield _Rollback(engine=engine, name=store.name, connection=connection, rehearsal=True)
            finally:
                transaction.rollback()


def _is_quick(store: Store, path: Path) -> bool:
    """Return whether a brief dry run can be done in a transaction of an SQLite store, and will end soon."""
    if not writable(path) or not writable(path.parent):
        return False
    with store.read() as connection:
        return connection.execute(select(Staged.id).limit(1)).first() is None


@contextmanager
def _for_writing(store: Store) -> Iterator[Engine]:
    """Yield an engine that may write to the store, whose own may be for reading only."""
    if store.path is None:
        yield store.engine
        return
    opened = open_store(str(store.path), base=store.path.parent)
    # What is changed stays in memory: none of it is written to the file before the rollback.
    event.listen(opened.engine, "connect", lambda raw, _: raw.execute("PRAGMA cache_spill = OFF"))
    try:
        yield opened.engine
    finally:
        opened.close()


def accept_in(rehearsed: Store, run_key: str) -> None:
    """Load in a rehearsal what a run was held back with, as accepting it would; the real store stays unchanged."""
    from pipeline.drift.verdicts import accept
    from pipeline.ledger.leases import locks_of
    from pipeline.run.settings import utc_now

    with locks_of(rehearsed, Path()) as locks:
        accept(rehearsed, run_key, locks=locks, now=utc_now)
