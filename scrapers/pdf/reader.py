"""Reads a PDF: its text page by page, its tables, and who wrote what when."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from models.errors import UnreadablePdf
from scrapers.base import Found, Page, Rules
from scrapers.fields import Extracted
from scrapers.pdf.engine.document import opened, page_count
from scrapers.pdf.engine.fallback_engine import SecondEngineError, second_leaf, second_opened
from scrapers.pdf.engine.ocr import LATE
from scrapers.pdf.engine.page import PdfPage, TextRun
from scrapers.pdf.engine.stubs import stub
from scrapers.pdf.fields import fields
from scrapers.pdf.fields.declared import Declared, declared_by
from scrapers.pdf.fields.front import FIRST, LAST, Front, FrontPage, flat, front_page
from scrapers.pdf.layout.layout import lines_of
from scrapers.pdf.layout.paragraphs import Paragraph, body_of, body_size_of, flow, paragraphs_of
from scrapers.pdf.layout.running_heads import Sheet, sheets_of
from scrapers.pdf.pages import MAX_SECOND, Pages, named
from scrapers.values.addresses import registered_domain
from scrapers.values.identifiers import find_identifiers
from scrapers.values.language import language_of, normalised
from scrapers.values.text import drop_invisible

__all__ = ["front_of", "page_count", "read"]

FOLIO = re.compile(r"^\s*(?!(?:19|20)\d\d\b)\d+\b|\b(?!(?:19|20)\d\d\b)\d+\s*$")
"""A page's number at either end of a running head; what may be a year is part of its words."""

T = TypeVar("T")


def read(page: Page, rules: Rules, pages: range | None = None) -> Extracted:
    """Return what a PDF says, or raise UnreadablePdf.

    Args:
        page: the answer, its bytes a PDF.
        rules: how the source is read (`ocr`, `tables`, `creation_date`, `date_order`, `language`).
        pages: the pages to read, counted from 0; all of them where None.
    """
    try:
        with opened(page.content, page.final_url) as document:
            declared = declared_by(document, page.content)
            numbers = _within(pages, len(document))
            reading = _Reading(Pages(document, page.content, numbers, rules, normalised(declared.language)))
            return reading.extracted(declared, page, rules)
    except UnreadablePdf as refusal:
        if not refusal.reason.startswith("damaged"):
            raise
        return _read_by_second(page, rules, pages, refusal)


def front_of(page: Page, rules: Rules) -> Front:
    """Return the front of a PDF, for those who learn from it, or raise UnreadablePdf."""
    with opened(page.content, page.final_url) as document:
        declared = declared_by(document, page.content)
        pages = Pages(document, page.content, range(len(document)), rules, normalised(declared.language))
        return _Reading(pages).front(declared, page)


def _read_by_second(page: Page, rules: Rules, pages: range | None, refusal: UnreadablePdf) -> Extracted:
    """Return what the second engine reads of a file that pdfium refuses; else its refusal stands."""
    try:
        with second_opened(page.content) as document:
            leaves = (second_leaf(document, number) for number in _within(pages, len(document.pages))[:MAX_SECOND])
            reading = _Reading([(leaf, lines_of(leaf)) for leaf in leaves if leaf is not None])
    except SecondEngineError:
        raise refusal from None
    try:
        extracted = reading.extracted(Declared(), page, rules)
    except UnreadablePdf:
        raise refusal from None
    return replace(extracted, notes=(f"{refusal.reason}; read by the second engine", *extracted.notes))


def _within(pages: range | None, count: int) -> range:
    return range(count) if pages is None else range(max(0, pages.start), max(0, min(pages.stop, count)))


class _Reading:
    """One pass over the pages: the text of all, and what the front needs of the first and last."""

    def __init__(self, pages: Pages | list[tuple[PdfPage, list[TextRun]]]) -> None:
        self.pages = pages
        self.sizes: Counter[float] = Counter()
        self.first: list[FrontPage] = []
        self.last: deque[Sheet] = deque(maxlen=LAST)
        self.heads: Counter[str] = Counter()
        self.printed: dict[str, str] = {}

    def extracted(self, declared: Declared, page: Page, rules: Rules) -> Extracted:
        """Return what the file says."""
        front = self.front(declared, page)
        notes = self.pages.said() if isinstance(self.pages, Pages) else ()
        recognised = self.pages.recognised if isinstance(self.pages, Pages) else []
        tables = tuple(self.pages.tables) if isinstance(self.pages, Pages) else ()
        return replace(_extracted(front, recognised, rules), tables=tables, notes=notes)

    def front(self, declared: Declared, page: Page) -> Front:
        """Return the front of the document, with its text."""
        body = drop_invisible(body_of(flow(self._paragraphs())))
        if not any(character.isalnum() for character in body):
            raise UnreadablePdf(page.final_url, self._without_text())
        if isinstance(self.pages, Pages) and (reason := stub(self.pages.document, page.content, body)):
            raise UnreadablePdf(page.final_url, reason)
        name = PurePosixPath(unquote(urlsplit(page.final_url).path)).stem
        running = {head: self.printed[head] for head, times in self.heads.items() if times > 1 and len(head) > 3}
        pages = [*self.first, *map(front_page, self.last)]
        host = registered_domain(page.final_url).split(".")[0].replace("-", "")
        tomorrow = (page.retrieved_at + timedelta(days=1)).date().isoformat()
        return Front(pages, declared, self._body_size(), running, name, host=host, latest=tomorrow, body=body)

    def _paragraphs(self) -> Iterator[list[Paragraph]]:
        """Give each page's paragraphs, and keep what the front needs."""
        for sheet in sheets_of(self.pages):
            self.sizes += body_size_of(sheet.lines)
            if len(self.first) < FIRST:
                self.first.append(front_page(sheet))
            else:
                self.last.append(sheet)
            for line in sheet.running if len(self.heads) < 2000 else ():
                text = FOLIO.sub("", line.text).strip(" |·•–-\t")
                key = " ".join(flat(text))
                self.heads[key] += 1
                self.printed.setdefault(key, text)
            yield paragraphs_of(sheet.lines, sheet.leaf.number, self._body_size())

    def _body_size(self) -> float:
        return self.sizes.most_common(1)[0][0] if self.sizes else 10.0

    def _without_text(self) -> str:
        """Return why there is no text, and what would help."""
        if not isinstance(self.pages, Pages):
            return "no text on any page"
        why = f" ({wanting})" if (wanting := self.pages.wanting()) else ""
        if self.pages.unmapped:
            return f"the file does not say which letters it draws: needs OCR{why}"
        if self.pages.late:
            return f"no text on any page, only pictures, for which OCR took {LATE}"
        if self.pages.textless and not self.pages.pictures:
            return "no text on any page, only pictures in which OCR finds none"
        if self.pages.pictures:
            return f"no text on any page, only pictures: a scan, needs OCR{why}"
        if self.pages.failed:
            return f"damaged: {named(self.pages.failed)} could not be read"
        return "no text on any page: the pages are blank"


def _extracted(front: Front, recognised: list[int], rules: Rules) -> Extracted:
    body = front.body
    language = language_of(body, hint=rules.language or front.declared.language or None)
    said = fields.read(front, rules, (language,) if language else ())
    return Extracted(
        media_type="application/pdf",
        title=_marked(said.title, recognised),
        authors=_marked(said.authors, recognised),
        date_published=_marked(said.date_published, recognised),
        language=Found(value=language, raw=language, origin="pdf:text") if language else None,
        publisher=said.publisher,
        identifiers=_identifiers(front),
        body=Found(value=body, raw="", origin="pdf:ocr" if len(recognised) > len(front.pages) / 2 else "pdf:text"),
        runners_up={name: found for name, found in said.runners_up.items() if found},
    )


def _marked(found: Found[T] | None, recognised: list[int]) -> Found[T] | None:
    """Return a value with OCR as its origin where it stands on a page that was read so."""
    if found is None:
        return None
    page = int(found.place[1:].split()[0]) if found.place else 0
    return replace(found, origin="pdf:ocr") if page in recognised else found


def _identifiers(front: Front) -> Found[Mapping[str, str]] | None:
    """Return the document's own identifiers: from its first two pages and imprint, then from its properties."""
    pages = {page.number: page for page in [*front.opening(2), *front.imprints]}
    printed = "\n".join(page.text for page in pages.values())
    found = find_identifiers(printed)
    origin = "pdf:front-matter"
    if not found:
        printed = f"{front.declared.xmp_identifiers} {front.declared.subject}"
        found, origin = find_identifiers(printed), "pdf:xmp"
    return Found(value=found, raw="; ".join(found.values()), origin=origin) if found else None
