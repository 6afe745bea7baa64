"""Remove records from the archive: copy the wanted ones to a new file, then remove the old file.

The order makes it safe: the new file is synced, the new places are stored in one transaction, and only then is the old
file removed. A crash before the transaction leaves a new file that the database does not know, a crash after it an old
one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.errors import StoreError

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One record of a file: its place, its WARC-Type, and the records that it names."""

    offset: int
    length: int
    kind: str
    target: str = ""
    """Its WARC-Target-URI."""
    own_id: str = ""
    concurrent_to: str = ""
    refers_to: str = ""


def members(path: Path, committed: int) -> Iterator[Member]:
    """Yield the records of a file up to its committed length; raises StoreError at the first damaged one."""
    with path.open("rb") as file:
        offset = 0
        while offset < committed:
            file.seek(offset)
            unpacked = zlib.decompressobj(wbits=31)
            head, used = b"", 0
            while not unpacked.eof:
                packed = file.read(CHUNK)
                if not packed:
                    raise StoreError(f"{path.name} at {offset}: the record is cut off")
                try:
                    piece = unpacked.decompress(packed)
                except zlib.error as error:
                    raise StoreError(f"{path.name} at {offset}: the record is damaged: {error}") from error
                head = (head + piece)[:8192]
                used += len(packed) - len(unpacked.unused_data)
            lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            yield Member(
                offset=offset,
                length=used,
                kind=fields.get("warc-type", ""),
                target=fields.get("warc-target-uri", ""),
                own_id=fields.get("warc-record-id", ""),
                concurrent_to=fields.get("warc-concurrent-to", ""),
                refers_to=fields.get("warc-refers-to", ""),
            )
            offset += used


def wanted(found: list[Member], places: set[int]) -> list[Member]:
    """Return the records at the given offsets, each with its request.

    With a page that a browser made, return the answer that it was made of and what its scripts asked for.
    """
    ids = {member.own_id for member in found if member.offset in places}
    for member in reversed(found):
        if member.own_id in ids:  # what a page was made of; what was asked for beside that names it in turn
            ids |= {member.concurrent_to, member.refers_to} - {""}
    for member in found:
        if member.concurrent_to in ids:
            ids.add(member.own_id)
    return [member for member in found if member.kind != "warcinfo" and member.own_id in ids]
