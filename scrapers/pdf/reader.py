"""Reads a PDF: its text page by page, its tables, and who wrote what when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from models.errors import UnreadablePdf
from scrapers.base import Extracted, Found, Page, Rules
from scrapers.pdf.byline import authors_of, publisher_of
from scrapers.pdf.dating import date_of
from scrapers.pdf.declared import Declared, declared_by
from scrapers.pdf.document import opened, page_count
from scrapers.pdf.front import FIRST, LAST, Front, FrontPage, front_page
from scrapers.pdf.layout import lines_of
from scrapers.pdf.leaf import Fragment, Leaf, read_leaf
from scrapers.pdf.paragraphs import Paragraph, body_of, body_size_of, flow, paragraphs_of
from scrapers.pdf.running import sheets_of
from scrapers.pdf.title import flat, title_of
from scrapers.values.identifiers import find_identifiers
from scrapers.values.language import language_of
from scrapers.values.text import drop_invisible

__all__ = ["page_count", "read"]

FOLIO = re.compile(r"^\s*\d+\b|\b\d+\s*$")
"""A page's number at either end of a running head."""

CLOSELY = 3
"""First pages on which raised characters are told apart: names bear the marks of affiliations there."""


def read(page: Page, rules: Rules, pages: range | None = None) -> Extracted:
    """Return what a PDF says, or raise UnreadablePdf.

    Args:
        page: the answer, its bytes a PDF.
        rules: how the source is read (`ocr`, `creation_date`, `date_order`, `language`).
        pages: the pages to read, counted from 0; all of them where None.
    """
    with opened(page.content, page.final_url) as document:
        reading = _Reading(document, pages)
        paragraphs = flow(reading.paragraphs())
        declared = declared_by(document, page.content)
    body = drop_invisible(body_of(paragraphs))
    if not body:
        raise UnreadablePdf(page.final_url, "no text on any page: the file is a scan and needs OCR")
    return _extracted(reading.front(declared, page.final_url), body, rules)


class _Reading:
    """One pass over the pages: the text of all, and what the front needs of the first and last."""

    def __init__(self, document: Any, pages: range | None) -> None:
        self.document = document
        count = len(document)
        self.numbers = range(count) if pages is None else range(max(0, pages.start), min(pages.stop, count))
        self.sizes: Counter[float] = Counter()
        self.fronts: list[FrontPage] = []
        self.heads: Counter[str] = Counter()
        self.printed: dict[str, str] = {}

    def paragraphs(self) -> Iterator[list[Paragraph]]:
        """Give each page's paragraphs, and keep what the front needs."""
        for sheet in sheets_of(self._leaves()):
            self.sizes += body_size_of(sheet.lines)
            number = sheet.leaf.number - 1
            if number < self.numbers.start + FIRST or number >= self.numbers.stop - LAST:
                self.fronts.append(front_page(sheet))
            for line in sheet.running if len(self.heads) < 2000 else ():
                text = FOLIO.sub("", line.text).strip(" |·•–-\t")
                key = " ".join(flat(text))
                self.heads[key] += 1
                self.printed.setdefault(key, text)
            yield paragraphs_of(sheet.lines, sheet.leaf.number, self._body_size())

    def front(self, declared: Declared, url: str) -> Front:
        """Return the document's front."""
        name = PurePosixPath(unquote(urlsplit(url).path)).stem
        running = {head: self.printed[head] for head, times in self.heads.items() if times > 1 and len(head) > 3}
        return Front(self.fronts, declared, self._body_size(), running, name)

    def _leaves(self) -> Iterable[tuple[Leaf, list[Fragment]]]:
        for number in self.numbers:
            leaf = read_leaf(self.document, number, close=number < CLOSELY)
            lines = lines_of(leaf)
            leaf.fragments = []
            yield leaf, lines

    def _body_size(self) -> float:
        return self.sizes.most_common(1)[0][0] if self.sizes else 10.0


def _extracted(front: Front, body: str, rules: Rules) -> Extracted:
    language = language_of(body, hint=rules.language or front.declared.language or None)
    title, titles = title_of(front)
    authors, namings = authors_of(front, title)
    date, datings = date_of(front, title, rules, (language,) if language else ())
    runners_up = {"title": tuple(titles), "authors": tuple(namings), "date_published": tuple(datings)}
    return Extracted(
        media_type="application/pdf",
        title=Found(value=title.text, raw=title.raw, origin=title.origin, place=title.place) if title else None,
        authors=authors.found() if authors else None,
        date_published=date,
        language=Found(value=language, raw=language, origin="pdf:text") if language else None,
        publisher=publisher_of(front, title),
        identifiers=_identifiers(front),
        body=Found(value=body, raw="", origin="pdf:text"),
        runners_up={field: found for field, found in runners_up.items() if found},
    )


def _identifiers(front: Front) -> Found[Mapping[str, str]] | None:
    """Return the document's own identifiers: from its first two pages and imprint, then from its properties."""
    pages = {page.number: page for page in [*front.opening(2), *front.imprints()]}
    printed = "\n".join(page.text for page in pages.values())
    found = find_identifiers(printed)
    origin = "pdf:front-matter"
    if not found:
        printed = f"{front.declared.xmp_identifiers} {front.declared.subject}"
        found, origin = find_identifiers(printed), "pdf:xmp"
    return Found(value=found, raw="; ".join(found.values()), origin=origin) if found else None
