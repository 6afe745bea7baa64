"""WARC files of any writer (ISO 28500) as records with their offsets; torn and damaged records become faults.

Lenient where writers differ (wget's `<address>` and folded headers, missing digests, one line break too many), strict
where bytes are missing: a record that is not whole is never yielded.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.run.importing.packing import PIECE, Damaged, UnpackedStream, open_tape

MOST_HEADER = 1 << 16

Wanted = Callable[[dict[str, str]], int | None]
"""A function of a record's fields: how many bytes of its block to return; None: all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One whole record."""

    offset: int
    """Offset in the file; in the unpacked data where the record does not begin a packed member."""
    fields: dict[str, str]
    """By lower-case name, unfolded."""
    block: bytes
    """The bytes of the block, as many as `Wanted` asks for."""

    def get(self, name: str) -> str:
        """Return a field, empty where it is absent."""
        return self.fields.get(name, "")

    @property
    def target(self) -> str:
        """Its address, without the angle brackets that wget writes."""
        return _bare(self.get("warc-target-uri"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A record that is not whole, or that cannot be understood."""

    offset: int
    reason: str
    target: str = ""


def _bare(address: str) -> str:
    return address.strip().removeprefix("<").removesuffix(">")


def records(path: Path, wanted: Wanted, most: int) -> Iterator[WarcRecord | Fault]:
    """Yield the records of a file in order; one that is wanted whole and holds more than `most` bytes is a fault.

    Raises ConfigError where the file cannot be opened or its packing cannot be undone at all.
    """
    with open_tape(path) as file:
        try:
            stream = UnpackedStream(file, path.name)
        except Damaged as error:
            yield Fault(offset=0, reason=str(error))
            return
        while True:
            more = _at_record(stream)
            offset = stream.offset
            try:
                if not more:
                    return
                item = _record(stream, offset, wanted, most)
            except Damaged as error:
                yield Fault(offset=offset, reason=stream.fault or str(error))
                if not _go_on(stream, offset):
                    return
            else:
                yield item


def _at_record(stream: UnpackedStream) -> bool:
    """Skip line breaks between records; return whether a record or a fault follows."""
    while head := stream.peek(64):
        blank = len(head) - len(head.lstrip(b"\r\n\0"))
        if blank == 0:
            return True
        stream.skip(blank)
    return stream.fault is not None


def _record(stream: UnpackedStream, offset: int, wanted: Wanted, most: int) -> WarcRecord | Fault:
    start = stream.position
    fields = _fields(stream)
    target = _bare(fields.get("warc-target-uri", ""))
    length = fields.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", length):
        raise Damaged("the record does not say how long it is")
    size, keep = int(length), wanted(fields)
    kept = (size if size <= most else 0) if keep is None else keep
    block: list[bytes] = []
    passed = 0
    while passed < size and (step := min(stream.fill(min(size - passed, PIECE)), size - passed)):
        at = stream.boundary(start, stream.position + step)
        if at is not None and stream.peek(5, at - stream.position) == b"WARC/":
            raise Damaged("the record is shorter than it says")
        if passed < kept:
            block.append(stream.peek(min(step, kept - passed)))
        stream.skip(step)
        passed += step
    if passed < size:
        raise Damaged("the file ends within the record")
    if (after := stream.peek(16).lstrip(b"\r\n\0")) and not after.startswith(b"WARC/"[: len(after)]):
        raise Damaged("the record is longer than it says, or what follows it is damaged")
    if keep is None and size > most:
        return Fault(offset=offset, reason=f"the record holds {size} bytes, more than max_bytes", target=target)
    content = b"".join(block)
    if keep is not None or fields.get("warc-type") == "revisit":  # wget marks every revisit as truncated
        return WarcRecord(offset=offset, fields=fields, block=content)
    if agrees(content, fields.get("warc-block-digest", "")) is False:
        return Fault(
            offset=offset, reason="its bytes are not those that were captured (WARC-Block-Digest)", target=target
        )
    if why := fields.get("warc-truncated"):
        reason = f"it was cut off when it was captured (WARC-Truncated: {why[:40]})"
        return Fault(offset=offset, reason=reason, target=target)
    return WarcRecord(offset=offset, fields=fields, block=content)


def agrees(content: bytes, labelled: str) -> bool | None:
    """Return whether content has the labelled digest, in base 32 or 16; None without a digest of a known algorithm."""
    algorithm, _, digest = labelled.partition(":")
    algorithm = algorithm.strip().lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha512"):
        return None
    own = hashlib.new(algorithm, content, usedforsecurity=False)
    base_32 = b32encode(own.digest()).decode().rstrip("=")
    return digest.strip().rstrip("=").upper() in (base_32, own.hexdigest().upper())


def _fields(stream: UnpackedStream) -> dict[str, str]:
    for most in (4096, MOST_HEADER):
        head = stream.peek(most)
        if match := re.search(rb"\r?\n\r?\n", head):
            break
    if not re.match(rb"WARC/\d", head):
        raise Damaged("there is no WARC record")
    if match is None:
        raise Damaged("the record's header has no end")
    stream.skip(match.end())
    return dict(reversed(list(header_lines(head[: match.start()].decode("utf-8", "replace")))))


def header_lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields after a header's first line, repeated ones too: lower-case names, unfolded values."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", text)
    for line in re.split(r"\r?\n", unfolded)[1:]:
        name, colon, value = line.partition(":")
        if colon and name.strip():
            yield name.strip().lower(), value.strip()


def _go_on(stream: UnpackedStream, offset: int) -> bool:
    """Skip to the next record after a damaged one; return whether there is one."""
    if stream.offset == offset:
        stream.skip(1)
    while True:
        ahead = stream.peek(PIECE)
        if match := re.search(rb"(?<=\n)WARC/\d", ahead):
            stream.skip(match.start())
            return True
        if len(ahead) < PIECE:
            return stream.fault is not None and stream.resume()
        stream.skip(len(ahead) - 8)
