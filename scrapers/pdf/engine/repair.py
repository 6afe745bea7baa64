"""Gives a file that lost its end a page tree again, made of the pages that are still whole.

The table that says where a PDF's objects lie stands at its end (ISO 32000-1, 7.5.5), and often the objects that name
its pages as well. In a file that was cut off the objects before the cut are still whole. They are found by their own
words (`12 0 obj ... endobj`), those in compressed object streams (7.5.7) are written out, and a new catalogue, page
tree and trailer follow them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s+\d{1,5}\s+obj\b(.*?)\bendobj\b", re.DOTALL)
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
PACKED = re.compile(rb"/Type\s*/ObjStm\b")
COUNT, FIRST = re.compile(rb"/N\s+(\d+)"), re.compile(rb"/First\s+(\d+)")
DATA = re.compile(rb"\bstream\r?\n(.*?)\s*endstream", re.DOTALL)

MAX_UNPACKED = 50_000_000
"""Bytes that the object streams of a file may unpack to."""


def repaired(content: bytes) -> bytes | None:
    """Return a file that can be opened, of the objects that a damaged one still has; None where no page is whole."""
    if b"/Encrypt" in content:
        return None  # what its strings and streams are encrypted with is told at the end
    end = content.rfind(b"endobj")
    unpacked: dict[int, bytes] = {}
    pages: dict[int, None] = {}
    highest = 0
    for match in OBJECT.finditer(content):
        number, body = int(match[1]), match[2]
        highest = max(highest, number)
        if PAGE.search(body[:4000]):
            pages[number] = None
        elif PACKED.search(body[:400]):
            unpacked |= _unpacked(body, MAX_UNPACKED - sum(map(len, unpacked.values())))
    pages |= dict.fromkeys(number for number, body in unpacked.items() if PAGE.search(body))
    if not pages:
        return None
    root = max(highest, *unpacked) + 1 if unpacked else highest + 1
    parts = [content[: end + len(b"endobj")], b"\n"]
    parts += [b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in unpacked.items()]
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    parts.append(b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, root + 1))
    parts.append(b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (root + 1, len(pages), kids))
    parts.append(b"trailer\n<</Size %d/Root %d 0 R>>\n%%%%EOF\n" % (root + 2, root))
    return b"".join(parts)


def _unpacked(body: bytes, room: int) -> dict[int, bytes]:
    """Return the objects of an object stream by number, as far as they can be unpacked."""
    data, count, first = DATA.search(body), COUNT.search(body), FIRST.search(body)
    if data is None or count is None or first is None or room <= 0:
        return {}
    try:
        text = zlib.decompressobj().decompress(data[1], room) if b"/FlateDecode" in body[: data.start()] else data[1]
    except zlib.error:
        return {}
    start = int(first[1])
    return dict(
        _objects(text, [int(word) for word in text[:start].split() if word.isdigit()][: 2 * int(count[1])], start)
    )


def _objects(text: bytes, head: list[int], start: int) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each object; `head` has a number and an offset for each."""
    offsets = [*head[3::2], len(text) - start]
    for number, offset, end in zip(head[::2], head[1::2], offsets, strict=False):
        yield number, text[start + offset : start + end]
