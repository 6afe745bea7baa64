"""The bytes, kept: WARC 1.1 files, one gzip member a record, appended to by one process and cut back after a crash.

What is stored of an answer is its decoded payload under the headers that then hold; the headers that spoke of the
transfer are kept as `X-Archive-Orig-*`, as other archives do. From a response record alone the Page can be rebuilt: the
address asked for and the redirects stand in two extension fields of the record.

A file is locked by the process that writes it. What the database knows as its committed length is whole; a tail beyond
that was torn by a crash and is cut off by `repair` before a run.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from models.errors import StoreError
from pipeline.fetch.settings import Fetched
from scrapers.base import Page

SUFFIX = ".warc.gz"
_CRLF = b"\r\n"
_RENAMED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_PREFIX = "X-Archive-Orig-"
_REQUESTED = "Ingest-Requested-URI"
_REDIRECTS = "Ingest-Redirects"
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_PRESSED = ("application/pdf", "image/", "application/zip", "application/gzip", "application/vnd.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where the record of an answer lies."""

    file: str
    """A name within the archive's folder."""
    offset: int
    length: int
    """Of the gzip member, in bytes."""
    sha256: str
    """Of the decoded payload."""
    payload: Stored | None = None
    """Of a revisit: the record that holds the bytes."""


class Archive:
    """A folder of WARC files, one of them open for this process; rolled over at `max_file_bytes`."""

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
        if duplicate_of is not None and duplicate_of.sha256 != page.sha256:
            raise ValueError("the payloads differ")
        if self._name is None or self._length >= self._max_file_bytes:
            self._roll()
        assert self._name is not None
        start = self._length
        try:
            stored = self._response(page, fetched if isinstance(fetched, Fetched) else None, duplicate_of)
            if isinstance(fetched, Fetched) and fetched.request_headers:
                self._request(page, fetched, stored)
        except OSError as error:
            self._cut(start)
            raise _unwritable(self._folder, error) from error
        return stored

    def _response(self, page: Page, fetched: Fetched | None, duplicate_of: Stored | None) -> Stored:
        assert self._name is not None
        fields = {
            "WARC-Type": "response" if duplicate_of is None else "revisit",
            "WARC-Record-ID": record_id(self._name, self._length),
            "WARC-Date": _date(page.retrieved_at),
            "WARC-Target-URI": page.final_url,
            "WARC-Payload-Digest": f"sha256:{page.sha256}",
            "WARC-Identified-Payload-Type": page.media_type,
            "Content-Type": "application/http;msgtype=response",
        }
        if fetched is not None and fetched.remote_address:
            fields["WARC-IP-Address"] = fetched.remote_address
        if duplicate_of is not None:
            fields["WARC-Profile"] = _REVISIT
            fields["WARC-Refers-To"] = record_id(duplicate_of.file, duplicate_of.offset)
        if page.url != page.final_url:
            fields[_REQUESTED] = json.dumps(page.url)
        if page.redirects:
            fields[_REDIRECTS] = json.dumps(page.redirects)
        head = _http_head(page)
        offset = self._length
        self._record(fields, [head] if duplicate_of is not None else [head, page.content], _level(page.media_type))
        return Stored(
            file=self._name,
            offset=offset,
            length=self._length - offset,
            sha256=page.sha256,
            payload=(duplicate_of.payload or duplicate_of) if duplicate_of is not None else None,
        )

    def _request(self, page: Page, fetched: Fetched, stored: Stored) -> None:
        parts = urlsplit(page.final_url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in fetched.request_headers]
        assert self._name is not None
        fields = {
            "WARC-Type": "request",
            "WARC-Record-ID": record_id(self._name, self._length),
            "WARC-Date": _date(page.retrieved_at),
            "WARC-Target-URI": page.final_url,
            "WARC-Concurrent-To": record_id(stored.file, stored.offset),
            "Content-Type": "application/http;msgtype=request",
        }
        self._record(fields, [_lines(lines)])

    def _record(self, fields: Mapping[str, str], block: Iterable[bytes], level: int = 6) -> None:
        """Append one record as one gzip member."""
        pieces = list(block)
        header = [
            "WARC/1.1",
            *(f"{name}: {_one_line(value)}" for name, value in fields.items()),
            f"Content-Length: {sum(map(len, pieces))}",
        ]
        member = zlib.compressobj(level, wbits=31)
        self._write(member.compress(_lines(header)))
        for piece in pieces:
            view = memoryview(piece)
            for at in range(0, len(view), 1 << 20):
                self._write(member.compress(view[at : at + (1 << 20)]))
        self._write(member.compress(_CRLF + _CRLF) + member.flush())

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
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
        temporary = self._folder / f".{name}.new"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Locked before it gets its name, so that no other process takes it for a file that a crash left behind.
            self._descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.rename(temporary, self._folder / name)
            self._name, self._length = name, 0
            fields = {
                "WARC-Type": "warcinfo",
                "WARC-Record-ID": record_id(name, 0),
                "WARC-Date": _date(now),
                "WARC-Filename": name,
                "Content-Type": "application/warc-fields",
            }
            self._record(fields, [_lines([f"software: {self._software}", "format: WARC File Format 1.1"])])
        except OSError as error:
            raise _unwritable(self._folder, error) from error

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
                _sync_folder(self._folder)
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

        A file without a committed length is removed. Where other processes may be at work, `committed` must be a
        function: it is called when the files are locked, so that what they committed last is known.
        """
        if not folder.is_dir():
            return []
        done: list[str] = []
        try:
            with _idle(folder) as files:
                lengths = committed() if callable(committed) else committed
                for name, descriptor in files.items():
                    done += _repaired(folder, name, descriptor, lengths.get(name, 0))
                _sync_folder(folder)
        except OSError as error:
            raise _unwritable(folder, error) from error
        done += [f"{name} is missing" for name in sorted(lengths) if lengths[name] and not (folder / name).exists()]
        return done


def record_id(file: str, offset: int) -> str:
    """Return the name of the record that begins there: the place names it, so that nothing has to be remembered."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{file}:{offset}')}>"


def read(folder: Path, stored: Stored) -> Page:
    """Rebuild the page; raises StoreError when the record is not what was stored."""
    fields, block = _open(folder, stored)
    head, _, content = block.partition(_CRLF + _CRLF)
    if fields.get("warc-type") == "revisit":
        if stored.payload is None:
            raise StoreError(f"{stored.file} at {stored.offset}: the record refers to another one, which is not named")
        content = _open(folder, stored.payload)[1].partition(_CRLF + _CRLF)[2]
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise StoreError(f"{stored.file} at {stored.offset}: the bytes are not those that were stored")
    status_line, *lines = head.decode("utf-8").split("\r\n")
    final_url = fields["warc-target-uri"]
    return Page(
        url=json.loads(fields[_REQUESTED.lower()]) if _REQUESTED.lower() in fields else final_url,
        final_url=final_url,
        status=int(status_line.split(" ", 2)[1]),
        headers=tuple(_original(lines)),
        media_type=fields["warc-identified-payload-type"],
        content=content,
        retrieved_at=datetime.fromisoformat(fields["warc-date"]),
        sha256=stored.sha256,
        redirects=tuple(json.loads(fields.get(_REDIRECTS.lower(), "[]"))),
    )


def _open(folder: Path, stored: Stored) -> tuple[dict[str, str], bytes]:
    """Return a record's fields, by lower-case name, and its block."""
    where = f"{stored.file} at {stored.offset}"
    try:
        with (folder / stored.file).open("rb") as file:
            file.seek(stored.offset)
            member = file.read(stored.length)
    except OSError as error:
        raise StoreError(f"{folder / stored.file} cannot be read: {error.strerror}") from error
    unpacked = zlib.decompressobj(wbits=31)
    try:
        record = unpacked.decompress(member)
    except zlib.error as error:
        raise StoreError(f"{where}: the record is damaged") from error
    if not unpacked.eof or unpacked.unused_data:
        raise StoreError(f"{where}: the record is not {stored.length} bytes long")
    header, _, rest = record.partition(_CRLF + _CRLF)
    version, *lines = header.decode("utf-8").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = int(fields.get("content-length", "-1"))
    if not version.startswith("WARC/1.") or len(rest) != length + 4:
        raise StoreError(f"{where}: there is no whole record")
    return fields, rest[:length]


def _http_head(page: Page) -> bytes:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {page.status} {phrase}"]
    for name, value in page.headers:
        lines.append(f"{_PREFIX if name.lower() in _RENAMED else ''}{name}: {_one_line(value)}")
    return _lines([*lines, f"Content-Length: {len(page.content)}"])


def _original(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(": ")
        if name.lower() not in _RENAMED:
            yield name.removeprefix(_PREFIX), value


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("utf-8")


def _one_line(value: str) -> str:
    return " ".join(value.splitlines())


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _level(media_type: str) -> int:
    """Return how hard to compress: what is compressed already gains nothing from effort."""
    return 1 if media_type.startswith(_PRESSED) else 6


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"the archive {folder} cannot be written: {error.strerror or error}")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _idle(folder: Path) -> Iterator[dict[str, int]]:
    """Lock every file that no live process has locked; yield their descriptors by name."""
    held: dict[str, int] = {}
    try:
        for path in sorted(folder.glob(f"*{SUFFIX}")) + sorted(folder.glob(f".*{SUFFIX}.new")):
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


def _repaired(folder: Path, name: str, descriptor: int, committed: int) -> list[str]:
    size = os.fstat(descriptor).st_size
    if committed == 0:
        (folder / name).unlink()
        return [f"{name} is removed: nothing in it was committed"]
    if size > committed:
        os.ftruncate(descriptor, committed)
        os.fsync(descriptor)
        return [f"{name} is cut back by {size - committed} bytes to what was committed"]
    if size < committed:
        return [f"{name} has lost {committed - size} of its {committed} bytes"]
    return []
