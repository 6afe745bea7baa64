"""What is written upon a page rather than drawn on it: the values of form fields, and notes of free text."""

from __future__ import annotations

import ctypes
from typing import Any

MAX_ANNOTATIONS = 2000
MAX_LENGTH = 20_000

Value = tuple[str, float, float, float, float]
"""Text, left, bottom, right, top, in the file's own coordinates."""


def values_of(page: Any) -> list[Value]:
    """Return the values of a page's text and choice fields and its free text, each with its box."""
    import pypdfium2.raw as pdfium

    found: list[Value] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            hidden = pdfium.FPDFAnnot_GetFlags(annotation) & (
                pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
            )
            if hidden or kind not in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT):
                continue
            key = b"V" if kind == pdfium.FPDF_ANNOT_WIDGET else b"Contents"
            text = _string(annotation, key)
            # The value of a check box or a radio button is the name of a state, no text.
            if not text.strip() or (kind == pdfium.FPDF_ANNOT_WIDGET and _string(annotation, b"FT") == "Btn"):
                continue
            box = pdfium.FS_RECTF()
            if pdfium.FPDFAnnot_GetRect(annotation, box):
                found.append((" ".join(text.split()), box.left, box.bottom, box.right, box.top))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _string(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    if pdfium.FPDFAnnot_GetValueType(annotation, key) not in (pdfium.FPDF_OBJECT_STRING, pdfium.FPDF_OBJECT_NAME):
        return ""
    length = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), MAX_LENGTH)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "ignore")
