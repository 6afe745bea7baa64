"""Content encodings: cut, damaged, stacked, unknown, and built to burst."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import brotli
from backports import zstd

from models.errors import FetchError, TemporaryFetchError, TooLarge
from tests.hostile.fault import DOCUMENT, Fault
from tests.hostile.server import answer

_BODY = DOCUMENT.encode()
_GZIP = gzip.compress(_BODY, mtime=0)
_BROTLI = brotli.compress(_BODY)
_ZLIB = zlib.compress(_BODY)
_RAW = zlib.compressobj(wbits=-15)
_BARE = _RAW.compress(_BODY) + _RAW.flush()


def _zeros(stream: Any) -> bytes:
    """Return 64 MiB of zeros as the stream encodes them, without holding them."""
    encode = getattr(stream, "compress", None) or stream.process
    end = getattr(stream, "finish", None) or stream.flush
    return b"".join([*(encode(bytes(1 << 20)) for _ in range(64)), end()])


_BOMB = _zeros(zlib.compressobj(1, wbits=31))


def _fine(name: str, content: bytes, encoding: str) -> Fault:
    return Fault(name=name, sends=answer(content, f"Content-Encoding: {encoding}"), error=None)


def _cut(name: str, content: bytes, encoding: str, kind: str) -> Fault:
    """The encoding stops early, though as many bytes came as were announced."""
    sends = answer(content, f"Content-Encoding: {encoding}")
    return Fault(
        name=name, sends=sends, error=TemporaryFetchError, reason=f"{kind} content stops before its end", tries=2
    )


def _bad(name: str, content: bytes, encoding: str, reason: str) -> Fault:
    sends = answer(content, f"Content-Encoding: {encoding}")
    return Fault(name=name, sends=sends, error=FetchError, reason=reason, tries=1)


FAULTS = (
    _cut("gzip-cut", _GZIP[:-20], "gzip", "gzip"),
    _cut("gzip-without-its-sum", _GZIP[:-8], "gzip", "gzip"),
    _cut("gzip-head-alone", _GZIP[:10], "gzip", "gzip"),
    _cut("gzip-one-byte-short", _GZIP[:-1], "gzip", "gzip"),
    _cut("deflate-cut", _ZLIB[:-6], "deflate", "deflate"),
    _cut("bare-deflate-cut", _BARE[:-6], "deflate", "deflate"),
    _cut("brotli-cut", _BROTLI[:-6], "br", "brotli"),
    _cut("zstd-cut", zstd.compress(_BODY)[:-6], "zstd", "zstd"),
    _cut("stacked-inner-cut", gzip.compress(_GZIP[:-20]), "gzip, gzip", "gzip"),
    _cut("stacked-outer-cut", gzip.compress(_GZIP)[:-9], "gzip, gzip", "gzip"),
    _cut("second-member-cut", _GZIP + _GZIP[:-30], "gzip", "gzip"),
    _bad("gzip-with-a-wrong-sum", _GZIP[:-8] + b"\x00\x01\x02\x03" + _GZIP[-4:], "gzip", "gzip content is damaged"),
    _bad("gzip-damaged-within", _GZIP[:60] + b"\xff" * 20 + _GZIP[80:], "gzip", "gzip content is damaged"),
    _bad("gzip-in-name-only", _BODY, "gzip", "gzip content is damaged"),
    _bad("deflate-in-name-only", b"\xff" * 500, "deflate", "deflate content is damaged"),
    _bad("brotli-in-name-only", b"\xff" * 500, "br", "brotli content is damaged"),
    _bad("zstd-in-name-only", b"\xff" * 500, "zstd", "zstd content is damaged"),
    _bad("encoding-made-up", _BODY, "rot13", "'rot13', which was not asked for"),
    _bad("encoded-nine-times", _BODY, ", ".join(["gzip"] * 9), "9 times over"),
    _bad("gzip-of-nothing", gzip.compress(b""), "gzip", "without any content"),
    Fault(
        name="gzip-bomb",
        sends=answer(_BOMB, "Content-Encoding: gzip"),
        error=TooLarge,
        reason="larger than",
        tries=1,
    ),
    Fault(
        name="gzip-bomb-in-a-gzip",
        sends=answer(gzip.compress(_BOMB), "Content-Encoding: gzip, gzip"),
        error=TooLarge,
        reason="larger than",
        tries=1,
    ),
    Fault(
        name="brotli-bomb",
        sends=answer(_zeros(brotli.Compressor(quality=1)), "Content-Encoding: br"),
        error=TooLarge,
        reason="larger than",
        tries=1,
    ),
    Fault(
        name="deflate-bomb",
        sends=answer(_zeros(zlib.compressobj(1)), "Content-Encoding: deflate"),
        error=TooLarge,
        reason="larger than",
        tries=1,
    ),
    _fine("gzip-of-many-empty-members", gzip.compress(b"") * 1000 + _GZIP, "gzip"),
    _fine("gzip-in-two-members", gzip.compress(_BODY[:500]) + gzip.compress(_BODY[500:]), "gzip"),
    _fine("gzip-and-rubbish-after", _GZIP + b"\r\n<!-- served by a cache -->", "gzip"),
    _fine("gzip-by-its-old-name", _GZIP, "X-GZIP"),
    _fine("deflate-wrapped", _ZLIB, "deflate"),
    _fine("deflate-bare", _BARE, "deflate"),
    _fine("brotli", _BROTLI, "br"),
    _fine("stacked-gzip-then-brotli", brotli.compress(_GZIP), "gzip, br"),
    _fine("character-set-as-encoding", _BODY, "utf-8"),
    _fine("identity", _BODY, "identity"),
)
