"""The bytes, kept: a folder of WARC files, appended to by one process and cut back after a crash.

A file is locked by the process that writes it. What the database knows as its committed length is whole; a tail beyond
that was torn by a crash and is cut off by `repair` before a run.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from models.errors import StoreError
from models.whole_file import sync
from pipeline.archive.compact import members
from pipeline.archive.record import Record, Stored, record_id, request, response, warcinfo
from pipeline.fetch.settings import Fetched
from scrapers.base import Page

SUFFIX = ".warc.gz"
_UNNAMED = ".new"
_BEGUN_AT_MOST = 4096
"""Bytes: a warcinfo record takes a tenth of that."""


class Archive:
    """A folder of WARC files, one of them open for this process; `ready` rolls over at `max_file_bytes`."""

    def __init__(self, folder: Path, *, software: str, max_file_bytes: int = 1_000_000_000) -> None:
        self._folder = folder
        self._software = software
        self._max_file_bytes = max_file_bytes
        self._name: str | None = None
        self._descriptor = -1
        self._length = 0
        self._full: dict[str, int] = {}
        """Files of this process that are finished, since the last sync."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def append(self, fetched: Fetched | Page, *, duplicate_of: Stored | None = None) -> Stored:
        """Write request and response and return where the response lies; it is safe after the next `sync`.

        Args:
            fetched: the answer; a bare Page (of an import) has no request to be recorded.
            duplicate_of: the record that holds the same payload already: only the headers are written then.

        Raises:
            StoreError: the folder cannot be written to; nothing of the record is left.
        """
        page = fetched.page if isinstance(fetched, Fetched) else fetched
        if page is None:
            raise ValueError("an answer without a page (304) has nothing to be archived")
        if duplicate_of is not None and duplicate_of.sha256 not in ("", page.sha256):
            raise ValueError("the payloads differ")
        if self._name is None:
            self._roll()
        assert self._name is not None
        start = self._length
        try:
            own_id = record_id(self._name, start)
            remote_address = fetched.remote_address if isinstance(fetched, Fetched) else None
            self._write(response(page, own_id, remote_address=remote_address, duplicate_of=duplicate_of))
            end = self._length
            if isinstance(fetched, Fetched) and fetched.request_headers:
                self._write(request(page, fetched, record_id(self._name, end), own_id))
        except OSError as error:
            self._cut(start)
            raise _unwritable(self._folder, error) from error
        return Stored(
            file=self._name,
            offset=start,
            length=end - start,
            sha256=page.sha256,
            payload=(duplicate_of.payload or duplicate_of) if duplicate_of is not None else None,
        )

    def ready(self) -> dict[str, int]:
        """Have a file open to append to, another where it is full; return the lengths of what was begun or finished.

        The caller commits these before anything is appended: a file that the database does not know then holds nothing
        of its own, whatever instant a crash comes at.
        """
        if self._name is not None and self._length < self._max_file_bytes:
            return {}
        self._roll()
        return self.sync()

    def copy(self, member: bytes) -> tuple[str, int]:
        """Append a record of another file as it is; return the file and offset, safe after the next `sync`."""
        if self._name is None:
            self._roll()
        assert self._name is not None
        start = self._length
        try:
            self._append(member)
        except OSError as error:
            self._cut(start)
            raise _unwritable(self._folder, error) from error
        return self._name, start

    @contextmanager
    def idle(self) -> Iterator[list[str]]:
        """Lock the files that no live process writes, for the block; yield their names."""
        with _idle(self._folder) as files:
            yield [name for name in files if not name.endswith(_UNNAMED)]

    def _write(self, record: Record) -> None:
        for piece in record.members():
            self._append(piece)

    def _append(self, piece: bytes) -> None:
        view = memoryview(piece)
        while view:
            written = os.write(self._descriptor, view)
            self._length += written
            view = view[written:]

    def _cut(self, length: int) -> None:
        """Take back what was written beyond the length; works on a full disk too."""
        with suppress(OSError):  # else it is a torn tail, which the next run's repair cuts off
            os.ftruncate(self._descriptor, length)
            os.lseek(self._descriptor, length, os.SEEK_SET)
            self._length = length

    def _roll(self) -> None:
        """Finish the open file and begin another."""
        self._finish()
        now = datetime.now(UTC)
        name = f"ingest-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}{SUFFIX}"
        temporary = self._folder / f".{name}{_UNNAMED}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        self._length = 0
        try:
            # Locked before it gets its name, so that no other process takes it for a file that a crash left behind.
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._write(warcinfo(name, self._software, now))
            os.rename(temporary, self._folder / name)
        except OSError as error:
            os.close(self._descriptor)
            temporary.unlink(missing_ok=True)
            raise _unwritable(self._folder, error) from error
        self._name = name

    def sync(self) -> dict[str, int]:
        """Make what was appended survive a loss of power; return the length of each file touched since the last time.

        These lengths belong into the database in the transaction that names the records.
        """
        try:
            lengths, self._full = self._full, {}
            if self._name is not None:
                os.fsync(self._descriptor)
                lengths[self._name] = self._length
            if lengths:
                sync(self._folder)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        return lengths

    def _finish(self) -> None:
        if self._name is None:
            return
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        self._full[self._name] = self._length
        os.close(self._descriptor)
        self._name, self._descriptor = None, -1

    def close(self) -> None:
        """Let go of the open file; what was not synced is for `repair`."""
        if self._name is not None:
            os.close(self._descriptor)
            self._name, self._descriptor = None, -1

    @staticmethod
    def repair(folder: Path, committed: Mapping[str, int] | Callable[[], Mapping[str, int]]) -> list[str]:
        """Cut every file that no live process writes back to its committed length; return what was done, a line each.

        A file that the database does not know is removed where it holds no answer, else set aside under another name,
        for its bytes may be another database's; all are left alone when it knows none of them (it is new, or was
        lost). Where other processes may be at work, `committed` must be a function: it is called when the files are
        locked, so that what they committed last is known.
        """
        if not folder.is_dir():
            return []
        done: list[str] = []
        try:
            with _idle(folder) as files:
                lengths = committed() if callable(committed) else committed
                for name, descriptor in files.items():
                    if name.endswith(_UNNAMED) or lengths:
                        done += _repaired(folder, name, descriptor, lengths.get(name))
                sync(folder)
        except OSError as error:
            raise _unwritable(folder, error) from error
        done += [f"{name} is missing" for name in sorted(lengths) if lengths[name] and not (folder / name).exists()]
        return done


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"the archive {folder} cannot be written: {error.strerror or error}")


@contextmanager
def _idle(folder: Path) -> Iterator[dict[str, int]]:
    """Lock every file that no live process has locked; yield their descriptors by name."""
    held: dict[str, int] = {}
    try:
        for path in sorted(folder.glob(f"*{SUFFIX}")) + sorted(folder.glob(f".*{SUFFIX}{_UNNAMED}")):
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
            else:
                held[path.name] = descriptor
        yield held
    finally:
        for descriptor in held.values():
            os.close(descriptor)


def _is_just_begun(path: Path, size: int) -> bool:
    """Return whether a file holds no more than its warcinfo record, or a part of that."""
    try:
        return all(member.kind == "warcinfo" for member in members(path, size))
    except StoreError:
        return True  # the first record, cut off


def _repaired(folder: Path, name: str, descriptor: int, committed: int | None) -> list[str]:
    size = os.fstat(descriptor).st_size
    if name.endswith(_UNNAMED):
        (folder / name).unlink()
        return []  # a file that was never begun
    if committed is None and size < _BEGUN_AT_MOST and _is_just_begun(folder / name, size):
        (folder / name).unlink()
        return []
    if committed is None:
        (folder / name).rename(folder / f"{name}.uncommitted")
        return [f"{name} is set aside as {name}.uncommitted: nothing in it was committed"]
    if size > committed:
        os.ftruncate(descriptor, committed)
        os.fsync(descriptor)
        return [f"{name} is cut back by {size - committed} bytes to what was committed"]
    if size < committed:
        return [f"{name} has lost {committed - size} of its {committed} bytes"]
    return []
