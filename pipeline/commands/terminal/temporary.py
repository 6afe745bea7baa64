"""One temporary folder a process, locked while it lives; the next command removes those of killed processes."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "rc-ingest-"
"""Short, as the path of a socket is limited to about a hundred characters."""


LONGEST = 50
"""Limit on the path of the parent folder: the paths that multiprocessing adds take another fifty characters."""


def use_own_folder() -> None:
    """Put all temporary files of this process and its children in a folder of its own, which is removed at the end.

    Call it first: functions that are registered with `atexit` later run before the removal and find their files.
    """
    base = _base()
    _sweep(base)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        descriptor = _lock(folder)
        if descriptor is not None:
            break  # else another process swept it in between

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)

    atexit.register(remove)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def _base() -> Path:
    """Return the system's folder for temporary files, found without writing to it, as `tempfile` does."""
    named = [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)]
    for folder in (*named, "/tmp", "/var/tmp", "/usr/tmp"):
        if len(folder) <= LONGEST and os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder).absolute()
    return Path.cwd()


def _sweep(base: Path) -> None:
    """Remove the folders of processes that have ended."""
    for folder in base.glob(f"{PREFIX}*"):
        descriptor = _lock(folder)
        if descriptor is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)


def _lock(folder: Path) -> int | None:
    """Return a descriptor that holds the lock of a folder of ours, or None where it is locked or not ours."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found = os.fstat(descriptor)
        if found.st_uid == os.geteuid() and os.path.samestat(found, folder.stat()):
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None
