"""A page's characters as pdfium has them, asked for many at a time: a report has 100,000, and each call counts.

pdfium has no calls for many characters at once, so `map` drives those for one, without a line of Python between two.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

JOINER = 0x2060
"""Stands, until the text is cut, in the place of the second half of a character beyond the first 65,536."""

FORCE_BOLD = 0x40000
"""The flag of a font descriptor (ISO 32000, table 121)."""

AT_ONCE = 4096
NAME = 64
"""Bytes of a font's name that are looked at."""


class _Calls(NamedTuple):
    """pdfium's functions, and rows of memory with a pointer to each for what they give."""

    box: Any
    code: Any
    size: Any
    matrix: Any
    font: Any
    thing: Any
    numbers: Any
    """A row for each box (four numbers) or matrix (six)."""
    number_rows: list[ctypes.c_void_p]
    names: Any
    """A row for each font's name and flags."""
    name_rows: list[ctypes.c_void_p]
    flag_rows: list[ctypes.c_void_p]


@cache
def _calls() -> _Calls:
    """Return the functions without declared arguments, and the memory: nothing is converted or made in a call."""
    import numpy as np
    import pypdfium2.raw as pdfium

    def bare(function: Any, gives: Any) -> Any:
        # These functions are over in an instant: they keep the interpreter's lock.
        return ctypes.PYFUNCTYPE(gives)(ctypes.cast(function, ctypes.c_void_p).value or 0)

    def rows(array: Any, offset: int = 0) -> list[ctypes.c_void_p]:
        first, step = array.ctypes.data + offset, array.strides[0]
        return list(map(ctypes.c_void_p, range(first, first + len(array) * step, step)))

    numbers = np.zeros((AT_ONCE, 6), np.float32)
    names = np.zeros((AT_ONCE, NAME + 4), np.uint8)
    return _Calls(
        box=bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int),
        code=bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint),
        size=bare(pdfium.FPDFText_GetFontSize, ctypes.c_double),
        matrix=bare(pdfium.FPDFText_GetMatrix, ctypes.c_int),
        font=bare(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong),
        thing=bare(pdfium.FPDFText_GetTextObject, ctypes.c_size_t),
        numbers=numbers,
        number_rows=rows(numbers),
        names=names,
        name_rows=rows(names),
        flag_rows=rows(names, NAME),
    )


class Glyphs:
    """The characters of one open page. Not for several threads: neither is pdfium."""

    def __init__(self, textpage: Any, count: int) -> None:
        self.handle = ctypes.cast(textpage.raw, ctypes.c_void_p)
        self.count = count

    def codes(self) -> Any:
        """Return the code of each as an array: in one call where that keeps the places, else one by one."""
        import numpy as np
        import pypdfium2.raw as pdfium

        count = self.count
        buffer = np.zeros(count + 1, np.uint16)
        room = buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
        written = pdfium.FPDFText_GetText(ctypes.cast(self.handle, pdfium.FPDF_TEXTPAGE), 0, count, room)
        codes = buffer[:count].astype(np.uint32)
        if written == count + 1 and not (codes - 0xD800 < 0x800).any():
            return codes
        codes = np.fromiter(map(_calls().code, repeat(self.handle), range(count)), np.uint32, count)
        high = np.flatnonzero((codes[:-1] - 0xD800 < 0x400) & (codes[1:] - 0xDC00 < 0x400))
        codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + (codes[high + 1] - 0xDC00)
        codes[high + 1] = JOINER
        codes[(codes > 0x10FFFF) | (codes - 0xD800 < 0x800)] = 0xFFFD
        return codes

    def boxes(self, places: list[int]) -> Any:
        """Return left, top, right, bottom of the characters at those places, in the page's own units with y up."""
        return self._numbers(_calls().box, places)[:, :4]

    def matrices(self, places: list[int]) -> Any:
        """Return the matrix (a, b, c, d, e, f) of each."""
        return self._numbers(_calls().matrix, places)

    def sizes(self, places: list[int]) -> Any:
        """Return the size of each as shown, in points."""
        return self._shown(places, self.matrices(places))

    def things(self, places: list[int]) -> Any:
        """Return for each which object of the page draws it, as a number."""
        import numpy as np

        return np.fromiter(map(_calls().thing, repeat(self.handle), places), np.uint64, len(places))

    def fonts(self, places: list[int]) -> tuple[list[float], list[bool], list[int]]:
        """Return size, boldness and angle of each."""
        import numpy as np

        matrices = self.matrices(places)
        sizes = np.round(self._shown(places, matrices), 1).tolist()
        angles = [0] * len(places)
        for number in np.flatnonzero((matrices[:, 1] != 0) | (matrices[:, 0] < 0)).tolist():
            angles[number] = angle_of(*matrices[number, :2].tolist())
        return sizes, self.bold(places), angles

    def _shown(self, places: list[int], matrices: Any) -> Any:
        import numpy as np

        sizes = np.fromiter(map(_calls().size, repeat(self.handle), places), np.float64, len(places))
        return sizes * np.hypot(matrices[:, 2], matrices[:, 3])

    def bold(self, places: list[int]) -> list[bool]:
        """Return whether each is set in a bold font."""
        calls, known, found = _calls(), dict[bytes, bool](), []
        for start in range(0, len(places), AT_ONCE):
            some = places[start : start + AT_ONCE]
            calls.names[: len(some)] = 0
            deque(map(calls.font, repeat(self.handle), some, calls.name_rows, repeat(NAME), calls.flag_rows), maxlen=0)
            raw = calls.names[: len(some)].tobytes()
            for place in range(0, len(raw), NAME + 4):
                font = raw[place : place + NAME + 4]
                if font not in known:
                    known[font] = _is_bold(font)
                found.append(known[font])
        return found

    def _numbers(self, call: Any, places: list[int]) -> Any:
        import numpy as np

        calls = _calls()
        if len(places) <= AT_ONCE:
            return self._filled(calls, call, places)
        stretches = [places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE)]
        return np.concatenate([self._filled(calls, call, some) for some in stretches])

    def _filled(self, calls: _Calls, call: Any, places: list[int]) -> Any:
        calls.numbers[: len(places)] = 0
        # The empty queue drives the calls; each writes one row.
        deque(map(call, repeat(self.handle), places, calls.number_rows), maxlen=0)
        return calls.numbers[: len(places)].copy()


def angle_of(a: float, b: float) -> int:
    """Return the angle of text with that matrix, in quarters of a turn; 45 for anything oblique."""
    if not b and a >= 0:
        return 0
    degrees = math.degrees(math.atan2(b, a)) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) < 5 else 45


def _is_bold(font: bytes) -> bool:
    name = font[:NAME].lower()
    flags = int.from_bytes(font[NAME:], "little")
    return b"bold" in name or b"black" in name or b"heavy" in name or bool(flags & FORCE_BOLD)
