"""From a captured record to a Page; runs in a reading process, as the bytes are not trusted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.errors import FetchError, TooLarge
from pipeline.extract.worker import Shipment
from pipeline.fetch.decoding import Damaged, Decoder, Unknown
from pipeline.run.importing.records import header_lines
from scrapers.base import Page
from scrapers.scraper import DOCUMENTS
from scrapers.sniff.mediatype import sniff

BY_PATH = 1_000_000
"""Bytes from which content goes by path, not by pipe."""
MOST_HEAD = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An answer as a record holds it."""

    url: str
    retrieved_at: datetime
    block: bytes = b""
    path: Path | None = None
    """The file with the block, where that is large."""
    http: bool = True
    """False for a `resource` record: the block is the content."""

    def load(self) -> bytes:
        """Return the block."""
        return self.block if self.path is None else self.path.read_bytes()


def answer(raw: Raw, max_bytes: int, spare: Path) -> Shipment | None:
    """Return the page of a record, decoded, or None where it is no page or PDF; large content is written to `spare`.

    Raises FetchError where the answer is not whole, TooLarge where it is too large once decoded.
    """
    block = raw.load()
    headers: tuple[tuple[str, str], ...] = ()
    if raw.http:
        status, headers, block = message(block)
        if status != 200:
            return None
        block = decoded(raw.url, headers, block, max_bytes)
    return page_of(raw.url, raw.retrieved_at, headers, block, spare)


def page_of(
    url: str, retrieved_at: datetime, headers: tuple[tuple[str, str], ...], content: bytes, spare: Path
) -> Shipment | None:
    """Return a page for content, or None where it is no page or PDF; large content is written to `spare`."""
    media_type = sniff(content, field(headers, "content-type"))
    if media_type not in DOCUMENTS or not content.strip():
        return None
    page = Page(
        url=url,
        final_url=url,
        headers=headers,
        media_type=media_type,
        content=content,
        retrieved_at=retrieved_at,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    if len(content) < BY_PATH:
        return Shipment(page=page)
    spare.write_bytes(content)
    return Shipment.by_path(page, spare)


def status_of(block: bytes) -> int | None:
    """Return the status of an HTTP answer, or None where the block is no such answer."""
    match = re.match(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b", block)
    return int(match[1]) if match else None


def message(block: bytes) -> tuple[int | None, tuple[tuple[str, str], ...], bytes]:
    """Return status, fields and body of an HTTP answer; folded fields are unfolded (RFC 9112, 5.2)."""
    end = re.search(rb"\r?\n\r?\n", block[:MOST_HEAD])
    head, body = (block[: end.start()], block[end.end() :]) if end else (block[:MOST_HEAD], b"")
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    return status_of(block), tuple(header_lines(text)), body


def field(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """Return all values of a field, joined; empty where it is absent."""
    return ", ".join(value for key, value in headers if key == name)


def decoded(url: str, headers: tuple[tuple[str, str], ...], body: bytes, max_bytes: int) -> bytes:
    """Return the body with transfer and content encodings undone.

    Some writers store a decoded body under the headers of the encoded one: a body that cannot be decoded, but is a page
    or PDF, is returned as it is.
    """
    if "chunked" in field(headers, "transfer-encoding").lower():
        body = dechunked(url, body)
    elif not field(headers, "content-encoding"):  # else it may have been decoded before it was kept
        length = field(headers, "content-length")
        if length.isdecimal() and len(body) < int(length[:15]):
            raise FetchError(url, f"the answer was not whole when it was captured: {len(body)} of {length} bytes")
    try:
        decoder = Decoder(field(headers, "content-encoding"))
        pieces, size = [], 0
        for piece in decoder.feed(body):
            size += len(piece)
            if size > max_bytes:
                raise TooLarge(url, f"the answer has more than {max_bytes} bytes, decoded")
            pieces.append(piece)
        decoder.finish()
    except (Damaged, Unknown) as error:
        if sniff(body) in DOCUMENTS:
            return body
        raise FetchError(url, f"the captured answer cannot be decoded: {error}") from error
    return b"".join(pieces)


def dechunked(url: str, body: bytes) -> bytes:
    """Return a body without its chunked framing; a body without framing is returned as it is."""
    if not re.match(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,1000})?\r?\n", body):
        return body
    return b"".join(_chunks(url, body))


def _chunks(url: str, body: bytes) -> Iterator[bytes]:
    mark = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
    at = 0
    while (match := mark.match(body, at)) is not None:
        size = int(match[1], 16)
        if size == 0:
            return
        at = match.end() + size
        if at > len(body):
            break
        yield body[match.end() : at]
    raise FetchError(url, "the answer was not whole when it was captured: its last chunk is missing")


def moment(text: str) -> datetime:
    """Return the time of a WARC-Date; raises ValueError."""
    at = datetime.fromisoformat(text.strip())
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
