"""Opens a PDF with pdfium and says, in words for a person, why one cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from models.errors import UnreadablePdf
from scrapers.pdf.engine.repair import repaired

PASSWORD, SECURITY = 4, 5
"""pdfium's error codes FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY."""


@contextmanager
def opened(content: bytes, url: str) -> Iterator[Any]:
    """Give the open document and close it after use.

    Raises:
        UnreadablePdf: not a PDF, empty, encrypted with a password, or damaged beyond reading.
    """
    import pypdfium2

    if not content.strip(b"\0 \t\r\n"):
        raise UnreadablePdf(url, "the file is empty")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        reason = _reason(content, getattr(error, "err_code", None))
        document = _mended(content) if reason.startswith("damaged") else None
        if document is None:
            raise UnreadablePdf(url, reason) from error
    try:
        if len(document) < 1:
            raise UnreadablePdf(url, "damaged: the file has no pages")
        yield document
    finally:
        document.close()


def _mended(content: bytes) -> Any:
    """Return the document of the pages that a damaged file still has, or None."""
    import pypdfium2

    mended = repaired(content)
    try:
        return pypdfium2.PdfDocument(mended) if mended else None
    except pypdfium2.PdfiumError:
        return None


def page_count(content: bytes, url: str = "") -> int:
    """Return the number of pages that the file really holds, or raise UnreadablePdf; no page is read."""
    with opened(content, url) as document:
        return len(document)


def _reason(content: bytes, code: int | None) -> str:
    if code == PASSWORD:
        return "encrypted: the file asks for a password"
    if code == SECURITY:
        return "encrypted in a way that cannot be read"
    head = content[:1024].lstrip().lower()
    if b"%pdf-" not in head:
        is_page = head.startswith((b"<!doctype", b"<html", b"<?xml", b"<head"))
        return "not a PDF but a web page" if is_page else "not a PDF: its first bytes are something else"
    if b"%%EOF" not in content[-2048:]:
        return "damaged: the file is cut off"
    return "damaged: no pages can be found in it"
