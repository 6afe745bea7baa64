"""One lock a source: a second run of the same source ends at once and names the holder.

With an SQLite store it is a file that the operating system unlocks when its process ends; with a PostgreSQL store it is
a lease (`pipeline.ledger.leases`), which other machines see as well.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from filelock import FileLock, Timeout

from models.errors import Locked, StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Fence(Protocol):
    """What keeps a process that has lost its lock from having effects."""

    def check(self, connection: Connection) -> None:
        """Raise LeaseLost unless the lock is held; called first in each transaction that writes."""

    def check_here(self) -> None:
        """Raise LeaseLost where this process cannot be sure that it holds the lock; called before each request."""


class _Unfenced:
    def check(self, connection: Connection) -> None:
        """Do nothing: the lock ends with its process only."""

    def check_here(self) -> None:
        """Do nothing."""


UNFENCED: Fence = _Unfenced()
"""The fence of a lock that only ends with its process."""


class Locks(Protocol):
    """The locks of a store's sources."""

    def hold(self, source: str) -> AbstractContextManager[Fence]:
        """Hold a source's lock for the block; raises Locked with the holder's process, machine and start."""

    def holder(self, source: str) -> str | None:
        """Return in words who holds a source's lock; None where nobody does."""


class FileLocks:
    """Locks as files in a folder, with a file beside each that says who holds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def hold(self, source: str) -> Iterator[Fence]:
        """Hold the source's lock for the block; a crash leaves none behind. Raises Locked, StoreError."""
        path = self._folder / f"{source}.lock"
        holder = self._folder / f"{source}.holder"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path, timeout=0)
            lock.acquire()
        except Timeout:
            raise Locked(f"source {source}: another run holds it: {_holder(holder)}") from None
        except OSError as error:
            raise StoreError(f"{path}: cannot lock: {error.strerror}; the folder must be writable") from error
        try:
            since = datetime.now(UTC).isoformat(timespec="seconds")
            who = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "command": " ".join(sys.argv[1:])}
            holder.write_text(json.dumps(who), "utf-8")
            yield UNFENCED
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def holder(self, source: str) -> str | None:
        """Return who holds the source's lock, without touching it; None where no live process holds it."""
        path = self._folder / f"{source}.holder"
        try:
            who = json.loads(path.read_text("utf-8"))
            if who["host"] == socket.gethostname():
                os.kill(who["pid"], 0)
        except PermissionError:
            pass  # it lives, under another user
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return _holder(path)


def _holder(path: Path) -> str:
    try:
        who = json.loads(path.read_text("utf-8"))
        return f"process {who['pid']} on {who['host']} since {who['since']} (ingest {who['command']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said who it is yet; try again in a moment"
