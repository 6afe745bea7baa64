"""Reads a PDF: its text page by page, its tables, and who wrote what when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from models.errors import UnreadablePdf
from scrapers.base import Extracted, Found, Page, Rules
from scrapers.pdf.document import opened, page_count
from scrapers.pdf.layout import lines_of
from scrapers.pdf.leaf import Fragment, Leaf, read_leaf
from scrapers.pdf.paragraphs import Paragraph, body_of, body_size_of, flow, paragraphs_of
from scrapers.pdf.running import sheets_of

__all__ = ["page_count", "read"]


def read(page: Page, rules: Rules, pages: range | None = None) -> Extracted:
    """Return what a PDF says, or raise UnreadablePdf.

    Args:
        page: the answer, its bytes a PDF.
        rules: how the source is read (`ocr`, `creation_date`, `date_order`, `language`).
        pages: the pages to read, counted from 0; all of them where None.
    """
    with opened(page.content, page.final_url) as document:
        numbers = range(len(document)) if pages is None else range(pages.start, min(pages.stop, len(document)))
        paragraphs = flow(_paragraphs(_leaves(document, numbers)))
    body = body_of(paragraphs)
    if not body:
        raise UnreadablePdf(page.final_url, "no text on any page: the file is a scan and needs OCR")
    return Extracted(media_type="application/pdf", body=Found(value=body, raw="", origin="pdf:text"))


def _leaves(document: Any, numbers: Iterable[int]) -> Iterator[tuple[Leaf, list[Fragment]]]:
    for number in numbers:
        leaf = read_leaf(document, number)
        lines = lines_of(leaf)
        leaf.fragments = []
        yield leaf, lines


def _paragraphs(leaves: Iterable[tuple[Leaf, list[Fragment]]]) -> Iterator[list[Paragraph]]:
    sizes: Counter[float] = Counter()
    for sheet in sheets_of(leaves):
        sizes += body_size_of(sheet.lines)
        body_size = sizes.most_common(1)[0][0] if sizes else 10.0
        yield paragraphs_of(sheet.lines, sheet.leaf.number, body_size)
