"""A page of a PDF as a picture, with the places of words on it."""

from __future__ import annotations

import io
from ctypes import byref, c_int
from dataclasses import dataclass
from typing import Any

from scrapers.pdf.engine.document import opened

WIDTH = 1_000
"""Pixels across."""
TALLEST = 3_000
MOST_BOXES = 200

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as it is shown, turned as its /Rotate says."""

    png: bytes
    width: int
    height: int
    scale: float
    """Pixels a point, for places that are given in points from the upper left corner."""
    pages: int
    """Pages of the whole file."""
    boxes: tuple[Box, ...] = ()


def picture(content: bytes, number: int, words: tuple[str, ...] = ()) -> Picture:
    """Return a page, 1 the first, with the boxes of words; a number beyond the file is its last page's.

    Raises UnreadablePdf.
    """
    with opened(content, "") as document:
        pages = len(document)
        page = document[max(1, min(number, pages)) - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
        bitmap = page.render(scale=scale)
        image = bitmap.to_pil()
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG")
        size = image.size
        boxes = tuple(_boxes(page, words, size)) if words else ()
        return Picture(png=out.getvalue(), width=size[0], height=size[1], scale=scale, pages=pages, boxes=boxes)


def _boxes(page: Any, words: tuple[str, ...], size: tuple[int, int]) -> list[Box]:
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    found: list[Box] = []

    def device(x: float, y: float) -> tuple[int, int]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, x, y, byref(across), byref(down))
        return across.value, down.value

    for word in words:
        searcher = textpage.search(word, match_whole_word=False)
        while len(found) < MOST_BOXES and (hit := searcher.get_next()) is not None:
            for at in range(textpage.count_rects(*hit)):
                left, bottom, right, top = textpage.get_rect(at)
                one, two = device(left, bottom), device(right, top)
                found.append((min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])))
    return found
