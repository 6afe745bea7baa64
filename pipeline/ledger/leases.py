"""The leases that this process holds on a PostgreSQL store, renewed in a thread with a connection of its own."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from models import leases
from models.errors import LeaseLost, Locked, StoreError
from models.leases import Grant
from pipeline.ledger.lock import Fence, FileLocks, Locks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from models.database.store import Store

log = logging.getLogger(__name__)

LEASE_SECONDS = 30.0
"""How long a lease is held without being renewed, unless the configuration says so; the work of a lost process rests
for that time."""

RENEWALS = 4
"""How often a lease is renewed in that time."""

SURE = 2 / 3
"""The share of a lease's time after which a process that could not renew it sends no more requests."""


class HeldLease:
    """The fence of one lease that this process holds."""

    def __init__(self, holder: str, grant: Grant, sure_until: float) -> None:
        self.holder, self.grant = holder, grant
        self.sure_until = sure_until
        """The moment, by `time.monotonic`, before which no other process can have taken it."""

    def check(self, connection: Connection) -> None:
        """Raise LeaseLost unless the database says that it is held; nobody takes it over before the commit."""
        leases.fence(connection, self.holder, self.grant)

    def check_here(self) -> None:
        """Raise LeaseLost where it was not renewed for so long that another process may soon take it over."""
        if time.monotonic() > self.sure_until:
            raise LeaseLost(f"{self.grant.name}: its lease could not be renewed, and another process may take it over")


class Leases:
    """A context manager; leaving it gives every lease back.

    Args:
        store: A PostgreSQL store.
        seconds: How long a lease is held without being renewed.
    """

    def __init__(self, store: Store, seconds: float = LEASE_SECONDS) -> None:
        self._store, self._seconds = store, seconds
        self.process = f"{_machine()}/{os.getpid()}/{secrets.token_hex(4)}"
        self._about = f"process {os.getpid()} on {socket.gethostname()} (ingest {' '.join(sys.argv[1:])})"
        self._held: dict[Grant, HeldLease] = {}
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="leases", daemon=True)

    def __enter__(self) -> Leases:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()
        for held in list(self._held.values()):
            self.release(held)

    def take(self, name: str) -> HeldLease | None:
        """Take a lease that nobody holds now; return None if its holder may be alive."""
        began = time.monotonic()
        with self._store.begin() as connection:
            if last := leases.holding(connection, name):
                if _is_dead(last.holder):
                    leases.expire(connection, name, last.holder)
                elif last.live:
                    return None
            grant = leases.take(connection, name, holder=self.process, about=self._about, seconds=self._seconds)
        if grant is None:
            return None
        held = HeldLease(self.process, grant, began + SURE * self._seconds)
        with self._lock:
            self._held[grant] = held
        return held

    def release(self, held: HeldLease) -> None:
        """Give a lease back; where the database cannot be reached, it runs out by itself."""
        with self._lock:
            self._held.pop(held.grant, None)
        try:
            with self._store.begin() as connection:
                leases.release(connection, self.process, held.grant)
        except StoreError as error:
            log.warning("%s could not be given back, and runs out by itself: %s", held.grant.name, error)

    def bury(self) -> None:
        """Free the leases of processes of this machine that have ended."""
        with self._store.begin() as connection:
            for name, holder in leases.held_by(connection, f"{_machine()}/"):
                if _is_dead(holder):
                    leases.expire(connection, name, holder)

    @contextmanager
    def hold(self, source: str) -> Iterator[Fence]:
        """Hold a source's lease for the block; raises Locked with the holder, its machine and its start."""
        held = self.take(leases.source_lease(source))
        if held is None:
            raise Locked(f"source {source}: another run holds it: {self.holder(source) or 'it has just begun'}")
        try:
            yield held
        finally:
            self.release(held)

    def holder(self, source: str) -> str | None:
        """Return in words who holds a source's lease; None where nobody does."""
        with self._store.read() as connection:
            last = leases.holding(connection, leases.source_lease(source))
        if last is None or not last.live or _is_dead(last.holder):
            return None
        return f"{last.about} since {last.since.isoformat(timespec='seconds')}"

    def _renew(self) -> None:
        while not self._end.wait(self._seconds / RENEWALS):
            with self._lock:
                grants = list(self._held)
            if not grants:
                continue
            began = time.monotonic()
            try:
                with self._store.begin() as connection:
                    renewed = leases.renew(connection, self.process, grants, self._seconds)
            except StoreError as error:
                log.warning("leases could not be renewed, and are tried again: %s", error)
                continue
            with self._lock:
                for grant in grants:
                    if held := self._held.get(grant):
                        held.sure_until = began + SURE * self._seconds if grant in renewed else 0.0


@contextmanager
def locks_of(store: Store, archive: Path, lease_seconds: float = LEASE_SECONDS) -> Iterator[Locks]:
    """Yield the locks of a store's sources: leases on PostgreSQL, files beside the archive with SQLite.

    Those of a rehearsal are its own: it hinders no run, and none hinders it.
    """
    if store.leased:
        with Leases(store, lease_seconds) as held:
            yield held
    elif store.rehearsal:
        with TemporaryDirectory() as folder:
            yield FileLocks(Path(folder))
    else:
        yield FileLocks(archive / "locks")


def _machine() -> str:
    """Return a name for this machine, its last start and its numbering of processes, which no other has."""
    told = [socket.gethostname()]
    for file in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        try:
            told.append(os.readlink(file) if "/ns/" in file else Path(file).read_text("ascii").strip())
        except OSError:
            told.append("")
    return "/".join(told)


def _is_dead(holder: str) -> bool:
    """Return whether a holder was a process of this machine that has ended; False where that cannot be known."""
    machine, _, rest = holder.rpartition("/")[0].rpartition("/")
    if machine != _machine() or not machine.rpartition("/")[2]:
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
