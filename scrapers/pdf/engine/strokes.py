"""The straight lines that a page draws: what tables are ruled with."""

from __future__ import annotations

import ctypes
from typing import Any

MAX_OBJECTS, MAX_EDGES, MAX_SEGMENTS = 6000, 2000, 400
THIN = 3.0
"""Points: a box no thicker is a line."""

Edge = tuple[float, float, float, float]


def edges_of(page: Any, leaf: Any) -> list[Edge]:
    """Return the page's horizontal and vertical lines, sides of boxes included, as left, top, right, bottom."""
    import pypdfium2.raw as pdfium

    edges: list[Edge] = []
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(thing, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if right - left > 0.95 * leaf.width and top - bottom > 0.95 * leaf.height:
            continue  # the paper itself
        if min(right - left, top - bottom) <= THIN:
            edges.append((left, bottom, right, top))
            continue
        count = pdfium.FPDFPath_CountSegments(thing)
        if count <= 6:
            edges += _box(left, bottom, right, top)
        elif count <= MAX_SEGMENTS:
            edges += _segments(thing, count)
        if len(edges) > MAX_EDGES:
            return []  # a drawing, no table
    x, y = leaf.origin
    return [_upright((a - x, b - y, c - x, d - y), leaf.turn, leaf.width, leaf.height) for a, b, c, d in edges]


def _box(left: float, bottom: float, right: float, top: float) -> list[Edge]:
    return [
        (left, bottom, right, bottom),
        (left, top, right, top),
        (left, bottom, left, top),
        (right, bottom, right, top),
    ]


def _segments(thing: Any, count: int) -> list[Edge]:
    """Return the straight segments of a path of many."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    edges: list[Edge] = []
    last = start = (0.0, 0.0)
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(thing, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            edges.append(_line(last, point))
        if pdfium.FPDFPathSegment_GetClose(segment):
            edges.append(_line(point, start))
        last = point
    return [edge for edge in edges if min(edge[2] - edge[0], edge[3] - edge[1]) <= THIN]


def _line(a: tuple[float, float], b: tuple[float, float]) -> Edge:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _upright(edge: Edge, rotation: int, width: float, height: float) -> Edge:
    """Return a line in user space from the top left corner of the page as it is read."""
    left, bottom, right, top = edge
    if rotation == 90:
        return bottom, left, top, right
    if rotation == 180:
        return width - right, bottom, width - left, top
    if rotation == 270:
        return width - top, height - right, width - bottom, height - left
    return left, height - top, right, height - bottom
