"""Read a plain, gzip or zstd file as a stream of unpacked bytes, whether or not each record is a member of its own.

WARC libraries accept a torn member as whole and stop at the first damaged one; here both are errors with their place,
and reading goes on at the next member.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from models.errors import ConfigError

PIECE = 1 << 16
_GZIP, _ZSTD, _DICTIONARY = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"
MOST_DICTIONARY = 32 << 20
_WINDOW_LOG_MAX = 27  # 128 MiB: the memory that a frame may need


class Damaged(ValueError):
    """The bytes are not what the packing allows."""


class Unpacker(Protocol):
    """The unpacker of one member or frame: the interface of zstd's decompressor, which zlib's nearly has."""

    @property
    def eof(self) -> bool:
        """Whether the member's end was reached."""

    @property
    def unused_data(self) -> bytes:
        """The bytes after the end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return up to that many bytes; what is left over is kept for the next call."""


class _Gzip:
    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._member.decompress(self._member.unconsumed_tail + data, max_length)

    @property
    def needs_input(self) -> bool:
        return not self._member.unconsumed_tail


class UnpackedStream:
    """The unpacked bytes of a file, read once from front to back, a piece at a time.

    Attributes:
        position: the offset of the next byte in the unpacked data.
        fault: why nothing follows the buffered bytes, where that is not the file's end.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._buffer = bytearray()
        self.position = 0
        self.fault: str | None = None
        self._starts: deque[tuple[int, int]] = deque()
        self._begun = 0
        """Offset in the file of the member that is being unpacked."""
        magic = file.read(4)
        file.seek(0)
        self._kind = _GZIP if magic[:3] == _GZIP else _ZSTD if magic in (_ZSTD, _DICTIONARY) else b""
        self._zstd: Any = _zstd(name) if self._kind == _ZSTD else None
        self._dictionary: Any = self._read_dictionary() if magic == _DICTIONARY else None
        self._pieces = self._unpacked(file.tell())

    @property
    def offset(self) -> int:
        """Offset of the next byte: in the file, if a member begins there or nothing is packed, else unpacked."""
        return next((place for at, place in self._starts if at == self.position), self.position)

    def boundary(self, start: int, end: int) -> int | None:
        """Return the first unpacked position after `start` and before `end` at which a buffered member begins."""
        return next((at for at, _ in self._starts if start < at < end), None)

    def fill(self, size: int) -> int:
        """Buffer that many bytes, fewer at the end or at a fault; return how many are buffered."""
        try:
            while len(self._buffer) < size and (piece := next(self._pieces, None)) is not None:
                self._buffer += piece
        except Damaged as error:
            self.fault = str(error)
        return len(self._buffer)

    def peek(self, size: int, ahead: int = 0) -> bytes:
        """Return `size` bytes after the next `ahead` ones, without consuming them."""
        self.fill(ahead + size)
        return bytes(memoryview(self._buffer)[ahead : ahead + size])

    def take(self, size: int) -> bytes:
        """Consume and return the next bytes, fewer at the end."""
        taken = self.peek(size)
        self._pass(len(taken))
        return taken

    def skip(self, size: int) -> int:
        """Consume that many bytes without keeping them; return how many there were."""
        passed = 0
        while passed < size and self.fill(1):
            step = min(len(self._buffer), size - passed)
            self._pass(step)
            passed += step
        return passed

    def _pass(self, size: int) -> None:
        del self._buffer[:size]
        self.position += size
        while self._starts and self._starts[0][0] < self.position:
            self._starts.popleft()

    def resume(self) -> bool:
        """Go from a damaged member to the next one that begins with a record; return whether there is one."""
        place = self._begun + 1
        while (found := self._find(self._kind, place)) is not None:
            self.fault = None
            self._pass(len(self._buffer))
            self._starts.clear()
            self._pieces = self._unpacked(found)
            if self.peek(5) == b"WARC/":
                return True
            place = found + 1
        self._pass(len(self._buffer))
        self._pieces = iter(())
        self.fault = None
        return False

    def _find(self, magic: bytes, place: int) -> int | None:
        """Return the next offset of `magic` in the file, or None."""
        self._file.seek(place)
        before = b""
        while piece := self._file.read(PIECE):
            found = (before + piece).find(magic)
            if found >= 0:
                return place - len(before) + found
            place += len(piece)
            before = (before + piece)[1 - len(magic) :]
        return None

    def _unpacked(self, place: int) -> Iterator[bytes]:
        self._file.seek(place)
        if not self._kind:
            while piece := self._file.read(PIECE):
                yield piece
            return
        waiting = b""
        while waiting or (waiting := self._file.read(PIECE)):
            waiting = waiting.lstrip(b"\0") if self._kind == _GZIP else waiting  # tapes were padded with zeros
            if not waiting:
                continue
            self._begun = self._file.tell() - len(waiting)
            self._starts.append((self.position + len(self._buffer), self._begun))
            unpacker = self._member()
            while not unpacker.eof:
                try:
                    piece = unpacker.decompress(waiting, PIECE)
                except self._errors as error:
                    raise Damaged("the packed bytes are damaged") from error
                waiting = b""
                if piece:
                    yield piece
                if not unpacker.eof and unpacker.needs_input and not (waiting := self._file.read(PIECE)):
                    raise Damaged("the file ends within the record")
            waiting = unpacker.unused_data

    def _member(self) -> Any:
        if self._kind == _GZIP:
            return _Gzip()
        options = {self._zstd.DecompressionParameter.window_log_max: _WINDOW_LOG_MAX}
        return self._zstd.ZstdDecompressor(zstd_dict=self._dictionary, options=options)

    @property
    def _errors(self) -> tuple[type[Exception], ...]:
        return (zlib.error,) if self._zstd is None else (self._zstd.ZstdError,)

    def _read_dictionary(self) -> Any:
        """Return the dictionary of a `.warc.zst`, which stands in a skippable frame before the first record."""
        self._file.seek(4)
        size = int.from_bytes(self._file.read(4), "little")
        if size > MOST_DICTIONARY:
            raise Damaged(f"its dictionary claims {size} bytes")
        data = self._file.read(size)
        try:
            if data[:4] == _ZSTD:
                data = self._zstd.ZstdDecompressor().decompress(data, MOST_DICTIONARY)
            return self._zstd.ZstdDict(data)
        except (self._zstd.ZstdError, ValueError) as error:
            raise Damaged("its dictionary is damaged") from error


def _zstd(name: str) -> Any:
    """Return the module that unpacks zstd: Python's own from 3.14 on."""
    from importlib import import_module

    for module in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(module)
        except ImportError:
            continue
    raise ConfigError(
        f"{name}: is packed with zstd; install the extra `zstd` (pip install 'resource-centre-ingest[zstd]')"
    )


def open_tape(path: Path) -> BinaryIO:
    """Open an archive file for reading; raises ConfigError."""
    try:
        return path.open("rb")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
