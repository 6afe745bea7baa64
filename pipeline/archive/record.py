"""WARC 1.1 records: from an answer to a record's fields and block, and back to the Page.

The payload is stored decoded, with its decoded length; the headers of the transfer are kept as `X-Archive-Orig-*`, as
other archives do. A response record alone is enough to rebuild the Page: extension fields hold the source, the
requested address and the redirects. So is a conversion, a page as a browser made it of the answer that `WARC-Refers-To`
names.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from models.errors import StoreError
from pipeline.archive.remote import piece as remote_piece
from pipeline.fetch.settings import Fetched
from scrapers.base import Page

_CRLF = b"\r\n"
_RENAMED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_PREFIX = "X-Archive-Orig-"
_REQUESTED = "Ingest-Requested-URI"
_REDIRECTS = "Ingest-Redirects"
SOURCE = "Ingest-Source"
"""The field that names the source for which an answer was fetched: a lost store is made anew with its sources."""
_HEAD = "Ingest-HTTP-Head"
"""The field of a conversion that holds the page's status line and headers, as its block does not."""
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_BREAKS = re.compile(r"[\r\n\0]+")
_PRESSED = ("application/pdf", "image/", "application/zip", "application/gzip", "application/vnd.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where the record of an answer lies."""

    file: str
    """A name within the archive's folder."""
    offset: int
    length: int
    """Length of the gzip member in bytes."""
    sha256: str = ""
    """SHA-256 of the decoded payload; empty where only the place is known."""
    payload: Stored | None = None
    """For a revisit: the record that holds the payload."""
    remote: str | None = None
    """The folder on object storage that the file lies in (`pipeline.archive.remote`); None: the archive's own."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record before it is written: its header fields, and its block in pieces."""

    fields: Mapping[str, str]
    block: tuple[bytes, ...]
    level: int = 6

    def members(self) -> Iterator[bytes]:
        """Yield the record as one gzip member, a piece at a time, with the digest by which readers check its block."""
        digest = hashlib.sha256()
        for piece in self.block:
            digest.update(piece)
        header = [
            "WARC/1.1",
            *(f"{name}: {_one_line(value)}" for name, value in self.fields.items()),
            f"WARC-Block-Digest: sha256:{digest.hexdigest()}",
            f"Content-Length: {sum(map(len, self.block))}",
        ]
        member = zlib.compressobj(self.level, wbits=31)
        yield member.compress(_lines(header))
        for piece in self.block:
            view = memoryview(piece)
            for at in range(0, len(view), 1 << 20):
                yield member.compress(view[at : at + (1 << 20)])
        yield member.compress(_CRLF + _CRLF) + member.flush()


def record_id(file: str, offset: int) -> str:
    """Return a record's id, which is derived from its file and offset and so need not be stored."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{file}:{offset}')}>"


def warcinfo(file: str, software: str, now: datetime) -> Record:
    """Return the record that begins a file."""
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": record_id(file, 0),
        "WARC-Date": _date(now),
        "WARC-Filename": file,
        "Content-Type": "application/warc-fields",
    }
    return Record(fields, (_lines([f"software: {software}", "format: WARC File Format 1.1"]),))


def response(
    page: Page,
    own_id: str,
    *,
    remote_address: str | None,
    source: str | None = None,
    duplicate_of: Stored | None = None,
    concurrent_to: str | None = None,
) -> Record:
    """Return the record of an answer; a revisit without the payload where that is stored already.

    Args:
        page: the answer.
        own_id: the record's id.
        remote_address: where the answer came from.
        source: the source that it was fetched for.
        duplicate_of: a record that holds the same payload.
        concurrent_to: the id of the record of the page whose scripts asked for this.
    """
    fields = {
        "WARC-Type": "response" if duplicate_of is None else "revisit",
        "WARC-Record-ID": own_id,
        "WARC-Date": _date(page.retrieved_at),
        "WARC-Target-URI": page.final_url,
        "WARC-Payload-Digest": f"sha256:{page.sha256}",
        "WARC-Identified-Payload-Type": page.media_type,
        "Content-Type": "application/http;msgtype=response",
    }
    if remote_address:
        fields["WARC-IP-Address"] = remote_address
    if duplicate_of is not None:
        fields["WARC-Profile"] = _REVISIT
        fields["WARC-Refers-To"] = record_id(duplicate_of.file, duplicate_of.offset)
    if concurrent_to is not None:
        fields["WARC-Concurrent-To"] = concurrent_to
    fields |= _ways(page, source)
    head = _http_head(page)
    return Record(fields, (head,) if duplicate_of is not None else (head, page.content), _level(page.media_type))


def conversion(page: Page, own_id: str, *, made_of: str, source: str | None = None) -> Record:
    """Return the record of a page as its scripts made it of an answer, whose record's id is `made_of`."""
    fields = {
        "WARC-Type": "conversion",
        "WARC-Record-ID": own_id,
        "WARC-Date": _date(page.retrieved_at),
        "WARC-Target-URI": page.final_url,
        "WARC-Refers-To": made_of,
        "WARC-Payload-Digest": f"sha256:{page.sha256}",
        "WARC-Identified-Payload-Type": page.media_type,
        "Content-Type": page.header("content-type") or page.media_type,
        _HEAD: json.dumps(_http_head(page).decode("utf-8").removesuffix("\r\n\r\n")),
        **_ways(page, source),
    }
    return Record(fields, (page.content,), _level(page.media_type))


def _ways(page: Page, source: str | None) -> dict[str, str]:
    """Return the extension fields that tell the source, and where they differ the requested address and redirects."""
    return {
        **({SOURCE: source} if source else {}),
        **({_REQUESTED: json.dumps(page.url)} if page.url != page.final_url else {}),
        **({_REDIRECTS: json.dumps(page.redirects)} if page.redirects else {}),
    }


def ways_of(fields: Mapping[str, str], target: str) -> tuple[str, tuple[str, ...]]:
    """Return the requested address and the redirects that a record's fields tell, by lower-case name.

    Raises ValueError where they are not what this module writes.
    """
    requested = json.loads(fields[_REQUESTED.lower()]) if _REQUESTED.lower() in fields else target
    redirects = json.loads(fields.get(_REDIRECTS.lower(), "[]"))
    if not isinstance(requested, str) or not all(isinstance(one, str) for one in redirects):
        raise ValueError("its Ingest fields hold no addresses")
    return requested, tuple(redirects)


def request(page: Page, fetched: Fetched, own_id: str, response_id: str) -> Record:
    """Return the record of the request that led to the answer."""
    parts = urlsplit(page.final_url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    method = "GET" if fetched.request_body is None else "POST"
    lines = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {_one_line(value)}" for name, value in fetched.request_headers]
    fields = {
        "WARC-Type": "request",
        "WARC-Record-ID": own_id,
        "WARC-Date": _date(page.retrieved_at),
        "WARC-Target-URI": page.final_url,
        "WARC-Concurrent-To": response_id,
        "Content-Type": "application/http;msgtype=request",
    }
    return Record(fields, (_lines(lines), fetched.request_body or b""))


def read(folder: Path, stored: Stored) -> Page:
    """Return the page of a record; raises StoreError where the record is damaged or another one."""
    fields, block = _open(folder, stored)
    head, content = _parts(fields, block)
    if fields.get("warc-type") == "revisit":
        if stored.payload is None:
            raise StoreError(f"{stored.file} at {stored.offset}: the record refers to another one, which is not named")
        content = _parts(*_open(folder, stored.payload))[1]
    sha256 = hashlib.sha256(content).hexdigest()
    if fields.get("warc-payload-digest") != f"sha256:{sha256}" or stored.sha256 not in ("", sha256):
        raise StoreError(f"{stored.file} at {stored.offset}: the bytes are not those that were stored")
    status_line, *lines = head.decode("utf-8").split("\r\n")
    final_url = fields["warc-target-uri"]
    url, redirects = ways_of(fields, final_url)
    return Page(
        url=url,
        final_url=final_url,
        status=int(status_line.split(" ", 2)[1]),
        headers=tuple(_original(lines)),
        media_type=fields["warc-identified-payload-type"],
        content=content,
        retrieved_at=datetime.fromisoformat(fields["warc-date"]),
        sha256=sha256,
        redirects=redirects,
    )


def _parts(fields: Mapping[str, str], block: bytes) -> tuple[bytes, bytes]:
    """Return the head of a record's answer and its content; a conversion's block is content alone."""
    if fields.get("warc-type") == "conversion":
        return json.loads(fields[_HEAD.lower()]).encode("utf-8"), block
    head, _, content = block.partition(_CRLF + _CRLF)
    return head, content


def packed(folder: Path, stored: Stored) -> bytes:
    """Return the bytes at a record's place, as many as there are; raises StoreError where they cannot be read."""
    if stored.remote is not None:
        return remote_piece(stored.remote, stored.file, stored.offset, stored.length)
    try:
        with (folder / stored.file).open("rb") as file:
            file.seek(stored.offset)
            return file.read(stored.length)
    except OSError as error:
        raise StoreError(f"{folder / stored.file} cannot be read: {error.strerror}") from error


def _open(folder: Path, stored: Stored) -> tuple[dict[str, str], bytes]:
    """Return a record's fields, by lower-case name, and its block."""
    where = f"{stored.file} at {stored.offset}"
    member = packed(folder, stored)
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
    return value if value.isprintable() else _BREAKS.sub(" ", value)


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _level(media_type: str) -> int:
    """Return the zlib level: the fastest for media types that are compressed already."""
    return 1 if media_type.startswith(_PRESSED) else 6
