"""Write a file so that it appears whole or not at all, also after a crash; and tell whether it can be written."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import StoreError


@contextmanager
def whole_file(path: Path, *, wait: bool = False) -> Iterator[Path]:
    """Yield the path of an empty file beside `path`; after the block it is synced to disk and replaces `path`.

    After an error it is removed and `path` stays as it was; a symbolic link stays one. Its name is fixed, so that what
    a killed process left is overwritten; a lock keeps two processes apart.

    Args:
        path: The file to write.
        wait: Wait while another process writes to it, instead of raising StoreError.

    Raises:
        StoreError: another process writes to the same file.
        OSError: it cannot be written.
    """
    final = path.resolve()
    part = final.with_name(f".{final.name}.part")
    with _locked(part, path, wait=wait):
        try:
            yield part
            sync(part)
            os.replace(part, final)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    sync(final.parent)


def writable(path: Path) -> bool:
    """Return whether this process may write to a file, or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def sync(path: Path) -> None:
    """Sync a file's content, or a folder's list of files, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(part: Path, path: Path, *, wait: bool) -> Iterator[None]:
    while True:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            ours = os.path.samestat(os.fstat(descriptor), part.stat())
        except BlockingIOError:
            os.close(descriptor)
            raise StoreError(f"another process writes to {path}; try again when it has finished") from None
        except FileNotFoundError:
            ours = False
        if ours:
            break
        os.close(descriptor)  # the other process has just finished and renamed the file that was opened
    try:
        os.ftruncate(descriptor, 0)
        yield
    finally:
        os.close(descriptor)
