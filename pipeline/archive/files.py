"""The archive on disk: a folder of WARC files, each written by one process and cut back after a crash.

The process that writes a file locks it. Up to the committed length in the database a file is whole; bytes beyond that
were torn by a crash, and `repair` cuts them off before a run.
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
from pipeline.archive.record import Record, Stored, conversion, record_id, request, response, warcinfo
from pipeline.fetch.settings import Fetched
from scrapers.base import Page

SUFFIX = ".warc.gz"
UNNAMED = ".new"
_BEGUN_AT_MOST = 4096
"""Bytes below which a file may hold nothing but its warcinfo record, which takes a tenth of that."""


class Archive:
    """A folder of WARC files, one of them open for this process; `ready` begins the next at `max_file_bytes`."""

    def __init__(self, folder: Path, *, software: str, max_file_bytes: int = 1_000_000_000) -> None:
        self.folder = folder
        self._software = software
        self._max_file_bytes = max_file_bytes
        self._name: str | None = None
        self._descriptor = -1
        self._length = 0
        self._full: dict[str, int] = {}
        """Lengths of the files that this process has finished since the last sync, by name."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def append(
        self, fetched: Fetched | Page, *, source: str | None = None, duplicate_of: Stored | None = None
    ) -> Stored:
        """Write request and response; return the place of the response, which is durable after the next `sync`.

        Of a page that a browser made, the answer and all that its scripts asked for are written, then the page itself
        as a conversion, whose place is returned.

        Args:
            fetched: the answer; a bare Page (of an import) has no request to record.
            source: the source that it was fetched for.
            duplicate_of: a stored record with the same payload: only the headers are written then.

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
        before = self._length
        try:
            if isinstance(fetched, Fetched) and fetched.answer is not None:
                start, end = self._made(fetched, fetched.answer, page, source, duplicate_of)
            else:
                start, end = self._answered(fetched, page, source, duplicate_of)
        except OSError as error:
            self._cut(before)
            raise _unwritable(self.folder, error) from error
        return Stored(
            file=self._name,
            offset=start,
            length=end - start,
            sha256=page.sha256,
            payload=(duplicate_of.payload or duplicate_of) if duplicate_of is not None else None,
        )

    def _answered(
        self,
        fetched: Fetched | Page,
        page: Page,
        source: str | None,
        duplicate_of: Stored | None = None,
        concurrent_to: str | None = None,
    ) -> tuple[int, int]:
        """Write a response, then its request where that is known; return where the response begins and ends."""
        start, own_id = self._length, self._next_id()
        remote_address = fetched.remote_address if isinstance(fetched, Fetched) else None
        self._write(
            response(
                page,
                own_id,
                remote_address=remote_address,
                source=source,
                duplicate_of=duplicate_of,
                concurrent_to=concurrent_to,
            )
        )
        end = self._length
        if isinstance(fetched, Fetched) and fetched.request_headers:
            self._write(request(page, fetched, self._next_id(), own_id))
        return start, end

    def _made(
        self, fetched: Fetched, answer: Page, page: Page, source: str | None, duplicate_of: Stored | None
    ) -> tuple[int, int]:
        """Write what a browser made a page of, then the page; return where the page's record begins and ends."""
        answer_id = self._next_id()
        self._answered(fetched, answer, source)
        for asked in fetched.asked_by_scripts:
            if asked.page is not None:
                self._answered(asked, asked.page, source, concurrent_to=answer_id)
        start, own_id = self._length, self._next_id()
        if duplicate_of is None:
            self._write(conversion(page, own_id, made_of=answer_id, source=source))
        else:
            self._write(
                response(
                    page,
                    own_id,
                    remote_address=None,
                    source=source,
                    duplicate_of=duplicate_of,
                    concurrent_to=answer_id,
                )
            )
        return start, self._length

    def _next_id(self) -> str:
        assert self._name is not None
        return record_id(self._name, self._length)

    def ready(self) -> dict[str, int]:
        """Open a file to append to, or the next where it is full; return the lengths of files begun or finished.

        The caller commits these lengths before it appends: a file that the database does not know then holds no
        answer, at whatever instant a crash comes.
        """
        if self._name is not None and self._length < self._max_file_bytes:
            return {}
        self._roll()
        return self.sync()

    def copy(self, member: bytes) -> tuple[str, int]:
        """Append a record of another file unchanged; return file and offset, durable after the next `sync`."""
        if self._name is None:
            self._roll()
        assert self._name is not None
        start = self._length
        try:
            self._append(member)
        except OSError as error:
            self._cut(start)
            raise _unwritable(self.folder, error) from error
        return self._name, start

    @contextmanager
    def idle(self) -> Iterator[list[str]]:
        """Lock the files that no live process writes, for the block; yield their names."""
        with _idle(self.folder) as files:
            yield [name for name in files if not name.endswith(UNNAMED)]

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
        """Truncate the open file to the length, which works on a full disk too."""
        with suppress(OSError):  # else it is a torn tail, which the next run's repair cuts off
            os.ftruncate(self._descriptor, length)
            os.lseek(self._descriptor, length, os.SEEK_SET)
            self._length = length

    def _roll(self) -> None:
        """Finish the open file and begin another."""
        self._finish()
        now = datetime.now(UTC)
        name = f"ingest-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}{SUFFIX}"
        temporary = self.folder / f".{name}{UNNAMED}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self._length = 0
        try:
            # Locked before it gets its name, so that no other process takes it for a file that a crash left behind.
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._write(warcinfo(name, self._software, now))
            os.rename(temporary, self.folder / name)
        except OSError as error:
            os.close(self._descriptor)
            temporary.unlink(missing_ok=True)
            raise _unwritable(self.folder, error) from error
        self._name = name

    def sync(self) -> dict[str, int]:
        """Make appended records survive a loss of power; return the length of each file touched since the last call.

        The caller commits these lengths in the transaction that stores the places of the records.
        """
        try:
            lengths, self._full = self._full, {}
            if self._name is not None:
                os.fsync(self._descriptor)
                lengths[self._name] = self._length
            if lengths:
                sync(self.folder)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        return lengths

    def _finish(self) -> None:
        if self._name is None:
            return
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self._full[self._name] = self._length
        os.close(self._descriptor)
        self._name, self._descriptor = None, -1

    def close(self) -> None:
        """Close the open file; `repair` cuts off what was not committed."""
        if self._name is not None:
            os.close(self._descriptor)
            self._name, self._descriptor = None, -1

    @staticmethod
    def repair(folder: Path, committed: Mapping[str, int] | Callable[[], Mapping[str, int]]) -> list[str]:
        """Cut every file that no live process writes back to its committed length; return one line for each change.

        A file that the database does not know is removed where it holds no answer, else renamed, as its bytes may
        belong to another database. Where the database knows no file at all (it is new, or was lost), none is touched.
        Where other processes may be writing, `committed` must be a function: it is called once the files are locked,
        so that it returns their latest lengths.
        """
        if not folder.is_dir():
            return []
        done: list[str] = []
        try:
            with _idle(folder) as files:
                lengths = committed() if callable(committed) else committed
                for name, descriptor in files.items():
                    if name.endswith(UNNAMED) or lengths:
                        done += _repaired(folder, name, descriptor, lengths.get(name))
                sync(folder)
        except OSError as error:
            raise _unwritable(folder, error) from error
        return done


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"the archive {folder} cannot be written: {error.strerror or error}")


@contextmanager
def _idle(folder: Path) -> Iterator[dict[str, int]]:
    """Lock every file that no live process has locked; yield their descriptors by name."""
    held: dict[str, int] = {}
    try:
        for path in sorted(folder.glob(f"*{SUFFIX}")) + sorted(folder.glob(f".*{SUFFIX}{UNNAMED}")):
            if (descriptor := _locked(path)) is not None:
                held[path.name] = descriptor
        yield held
    finally:
        for descriptor in held.values():
            os.close(descriptor)


def _locked(path: Path) -> int | None:
    """Lock a file that no live process writes, and return its descriptor; None where one does, or it is gone."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Lock a file for the block; yield False where a live process writes it, or it is gone."""
    descriptor = _locked(path)
    try:
        yield descriptor is not None and path.exists()
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _is_just_begun(path: Path, size: int) -> bool:
    """Return whether a file holds no more than its warcinfo record, or a part of that."""
    try:
        return all(member.kind == "warcinfo" for member in members(path, size))
    except StoreError:
        return True  # the first record, cut off


def _repaired(folder: Path, name: str, descriptor: int, committed: int | None) -> list[str]:
    size = os.fstat(descriptor).st_size
    if name.endswith(UNNAMED):
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
