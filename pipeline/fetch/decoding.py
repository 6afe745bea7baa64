"""Undo content encodings piece by piece, so that output can be limited, and check that the end was reached."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, Protocol

PIECE = 1 << 16
"""Bytes of output of one step, or little more: a bomb is unpacked a piece at a time, up to the caller's limit."""
MOST_STACKED = 3
# Servers put character sets and other words here; they are ignored, as browsers do.
_NOTHING = {"", "identity", "none", "binary", "7bit", "8bit", "utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"}


class Damaged(ValueError):
    """The bytes are not what the encoding allows."""


class Cut(Damaged):
    """The bytes stop before the end of the encoding."""


class Unknown(ValueError):
    """An encoding that we did not ask for and cannot undo."""


class _Coding(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...

    def finish(self) -> None: ...


class _Gzip:
    """RFC 1952: one member or several; bytes after the last that are no member are ignored, as browsers do."""

    def __init__(self) -> None:
        self._member: zlib._Decompress | None = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = self._started or bool(data)
        data = self._waiting + data
        self._waiting = b""
        while data:
            if self._member is None:
                if len(data) < 2:
                    self._waiting = data
                    return
                if data[:2] != b"\x1f\x8b":
                    return
                self._member = zlib.decompressobj(wbits=31)
            try:
                yield self._member.decompress(data, PIECE)
            except zlib.error as error:
                raise Damaged("the gzip content is damaged") from error
            if self._member.eof:
                data = self._member.unused_data
                self._member = None
            else:
                data = self._member.unconsumed_tail

    def finish(self) -> None:
        if self._started and self._member is not None:
            raise Cut("the gzip content stops before its end")


class _Deflate:
    """RFC 1950, and the bare RFC 1951 that some servers send under the same name."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._waiting = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._waiting + data
        if self._stream is None:
            if len(data) < 2:
                self._waiting = data
                return
            wrapped = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
            self._stream = zlib.decompressobj(wbits=15 if wrapped else -15)
        self._waiting = b""
        while data and not self._stream.eof:
            try:
                yield self._stream.decompress(data, PIECE)
            except zlib.error as error:
                raise Damaged("the deflate content is damaged") from error
            data = self._stream.unconsumed_tail

    def finish(self) -> None:
        if self._waiting or (self._stream is not None and not self._stream.eof):
            raise Cut("the deflate content stops before its end")


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        import brotli

        self._stream = brotli.Decompressor()
        self._error: type[Exception] = brotli.error
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = self._started or bool(data)
        if self._stream.is_finished():
            return
        try:
            piece = self._stream.process(data, output_buffer_limit=PIECE)
            yield piece
            # The stream accepts more input before all of its output was taken: only an empty piece means that it was.
            while not self._stream.is_finished() and (piece or not self._stream.can_accept_more_data()):
                piece = self._stream.process(b"", output_buffer_limit=PIECE)
                yield piece
        except self._error as error:
            raise Damaged("the brotli content is damaged") from error

    def finish(self) -> None:
        if self._started and not self._stream.is_finished():
            raise Cut("the brotli content stops before its end")


class _Zstd:
    """RFC 8878: one frame or several; a window over 8 MB is refused, as RFC 9659 asks."""

    def __init__(self) -> None:
        library = _zstd_library()
        if library is None:
            raise Unknown("the content is encoded as zstd: the extra `zstd` reads it (pip install ...[zstd])")
        self._library = library
        self._options = {library.DecompressionParameter.window_log_max: 23}
        self._frame: Any = None
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = self._started or bool(data)
        while data:
            if self._frame is None:
                self._frame = self._library.ZstdDecompressor(options=self._options)
            try:
                yield self._frame.decompress(data, PIECE)
                while not self._frame.eof and not self._frame.needs_input:
                    yield self._frame.decompress(b"", PIECE)
            except self._library.ZstdError as error:
                raise Damaged("the zstd content is damaged") from error
            data = b""
            if self._frame.eof:
                data, self._frame = self._frame.unused_data, None

    def finish(self) -> None:
        if self._started and self._frame is not None:
            raise Cut("the zstd content stops before its end")


@cache
def _zstd_library() -> Any:
    """Return the module that reads zstd: the standard library's, its backport, or None where neither is there."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


_CODINGS: dict[str, type[_Gzip] | type[_Deflate] | type[_Brotli] | type[_Zstd]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


def accepted() -> str:
    """Return the value of Accept-Encoding: the encodings that can be undone here."""
    return "gzip, deflate, br, zstd" if _zstd_library() is not None else "gzip, deflate, br"


class Decoder:
    """Undoes the `Content-Encoding` of an answer, outermost first (RFC 9110, 8.4).

    `feed` may raise Damaged, `finish` Cut; an encoding that we cannot undo raises Unknown at once.
    """

    def __init__(self, content_encoding: str) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")]
        names = [name for name in names if name not in _NOTHING]
        if len(names) > MOST_STACKED:
            raise Unknown(f"the content is encoded {len(names)} times over")
        for name in names:
            if name not in _CODINGS:
                raise Unknown(f"the content is encoded as {name[:40]!r}, which was not asked for")
        self._codings: list[_Coding] = [_CODINGS[name]() for name in reversed(names)]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what these bytes decode to, in pieces of about 64 KiB (empty ones among them, to let others work)."""
        yield from self._through(0, data)

    def _through(self, level: int, data: bytes) -> Iterator[bytes]:
        if level == len(self._codings):
            yield data
            return
        for piece in self._codings[level].feed(data):
            yield from self._through(level + 1, piece)

    def finish(self) -> None:
        """Raise Cut unless every encoding has reached its end."""
        for coding in self._codings:
            coding.finish()
