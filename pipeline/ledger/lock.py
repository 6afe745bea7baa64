"""One lock a source: a second run of the same source ends at once and names the holder."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from models.errors import Locked, StoreError


@contextmanager
def hold(folder: Path, source: str) -> Iterator[None]:
    """Hold the source's lock for the block; raises Locked with the holder's process, host and start.

    The operating system drops the lock with its process, so a crash leaves none behind; the file beside it says who.
    """
    path = folder / f"{source}.lock"
    holder = folder / f"{source}.holder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
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
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def holder(folder: Path, source: str) -> str | None:
    """Return who holds the source's lock, without touching it; None where no live process holds it."""
    path = folder / f"{source}.holder"
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
