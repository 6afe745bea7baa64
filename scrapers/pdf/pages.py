"""One pass over the pages: read by pdfium, by the second engine where that lost the text, pictures by OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from scrapers.base import Rules, Table
from scrapers.pdf.engine.fallback_engine import SecondEngineError, second_leaf, second_opened
from scrapers.pdf.engine.ocr import LATE, Tesseract
from scrapers.pdf.engine.page import PdfPage, TextRun, read_leaf
from scrapers.pdf.fields.title.wording import is_beside
from scrapers.pdf.layout.layout import lines_of
from scrapers.pdf.layout.tables import tables_on
from scrapers.values.language import language_of

MAX_PAGES = 20_000
MAX_CHARACTERS = 30_000_000
MAX_FAILING = 200
"""Pages in a row that cannot be read, after which the rest is taken to be missing (a lying page count)."""

MAX_SECOND = 60
"""Pages of one document that the second engine may read, fifty times as slow as the first."""

CLOSELY = 2
"""First pages on which raised characters are told apart: there, marks of affiliations are raised beside names."""

MAX_TABLES = 2000

FEW = 20
"""Characters that a page number or a stamp on a scan has; a page that is a picture with more of them has its text."""

CELLS = re.compile(r"\s*[\t|•·]\s*")

VOWELS = "aeiouyAEIOUYáéíóúäöüàèåøæęąõãâêîôû"


class Pages:
    """The pages as lines in reading order, one at a time; what went wrong is in `notes`."""

    def __init__(self, document: Any, content: bytes, numbers: range, rules: Rules, language: str | None) -> None:
        self.document = document
        self.content = content
        self.numbers = numbers
        self.rules = rules
        self.ocr = Tesseract(rules.language or language)
        self.recognised: list[int] = []
        self.failed: list[int] = []
        self.pictures: list[int] = []
        self.textless: list[int] = []
        self.late: list[int] = []
        self.unmapped: list[int] = []
        self.second: list[int] = []
        self.notes: list[str] = []
        if b"%%EOF" not in content[-2048:]:
            self.notes.append("the file is cut off or has no proper end: something may be missing")
        self.tables: list[Table] = []
        self._stack = ExitStack()
        self._other: Any = None
        self._sample = ""

    def __iter__(self) -> Iterator[tuple[PdfPage, list[TextRun]]]:
        """Give each page that could be read, with its lines."""
        characters = failing = 0
        with self._stack:
            for number in self.numbers[:MAX_PAGES]:
                leaf = self._leaf(number)
                failing = 0 if leaf else failing + 1
                if failing >= MAX_FAILING:
                    del self.failed[-failing:]
                    self.notes.append(f"reading ended at page {number + 1}: {failing} pages in a row cannot be read")
                    return
                if leaf is None:
                    continue
                characters += leaf.characters
                if characters > MAX_CHARACTERS:
                    self.notes.append(
                        f"cut before page {number + 1}: the text is longer than {MAX_CHARACTERS:,} characters"
                    )
                    return
                lines = lines_of(leaf)
                if leaf.words and len(self.tables) < MAX_TABLES:
                    leaf.lines = lines
                    found, lines = tables_on(leaf, lines)
                    self.tables += [table.table(leaf.number) for table in found]
                leaf.fragments, leaf.words, leaf.edges = [], [], []
                if len(self._sample) < 3000:
                    self._sample += " ".join(line.text for line in lines) + "\n"
                yield leaf, lines
        if len(self.numbers) > MAX_PAGES:
            self.notes.append(f"cut after {MAX_PAGES:,} pages of {len(self.numbers):,}")

    def said(self) -> tuple[str, ...]:
        """Return what a person should know about the reading."""
        notes = list(self.notes)
        for numbers, what in (
            (self.failed, "could not be read: damaged"),
            (self.unmapped, "without text: the file does not say which letters it draws; needs OCR"),
            (self.pictures, "without text: a picture, needs OCR"),
            (self.textless, "without text: a picture, in which OCR finds none"),
            (self.late, f"without text: a picture, for which OCR took {LATE}"),
            (self.second, "read by the second engine"),
            (self.recognised, "read by OCR"),
        ):
            if numbers:
                notes.append(f"{named(numbers)} {what}")
        if (self.pictures or self.unmapped) and (wanting := self.wanting()):
            notes.append(wanting)
        if self.recognised and (missing := self.ocr.substituted()):
            notes.append(missing)
        return tuple(notes)

    def wanting(self) -> str | None:
        """Return why pictures were not read, or None."""
        return "OCR is off" if self.rules.ocr == "off" else self.ocr.wanting()

    def _leaf(self, number: int) -> PdfPage | None:
        import pypdfium2

        try:
            leaf = read_leaf(self.document, number, close=number < CLOSELY, tables=self.rules.tables)
        except (pypdfium2.PdfiumError, MemoryError):
            other = self._by_second(number)
            if other is None:
                self.failed.append(number + 1)
            return other
        if leaf.characters >= FEW or (leaf.characters and not leaf.pictured):
            if not _garbled(leaf):
                return self._with_picture(leaf, number) if number == 0 and leaf.pictured else leaf
            better = self._by_second(number) or self._by_ocr(number)
            if better is None:
                self.unmapped.append(number + 1)
            return better or (leaf if leaf.lost < 0.5 * leaf.characters else None)
        if leaf.drawn and not leaf.characters and (better := self._by_second(number)):
            return better
        if leaf.pictured or leaf.drawn:
            wanting = self.wanting()
            better = self._by_ocr(number)
            if better is None and leaf.pictured and not wanting:
                (self.late if self.ocr.late else self.textless).append(number + 1)
            elif better is None:
                (self.pictures if leaf.pictured else self.unmapped).append(number + 1)
            return better or leaf
        return leaf

    def _with_picture(self, cover: PdfPage, number: int) -> PdfPage:
        """Return a cover with what OCR reads in its picture, where no line that is printed upon it may be a title."""
        printed = [part for fragment in cover.fragments for part in CELLS.split(fragment.text)]
        if cover.turn or cover.mirrored or not all(map(is_beside, printed)) or self.wanting():
            return cover
        seen = self._by_ocr(number)
        if seen is not None and (round(seen.width), round(seen.height)) == (round(cover.width), round(cover.height)):
            drawn = [fragment for fragment in seen.fragments if not any(_overlap(fragment, p) for p in cover.fragments)]
            cover.fragments = drawn + cover.fragments
            cover.characters += sum(len(fragment.text.replace(" ", "")) for fragment in drawn)
        return cover

    def _by_second(self, number: int) -> PdfPage | None:
        if len(self.second) >= MAX_SECOND or self._other is False:
            return None
        if self._other is None:
            try:
                self._other = self._stack.enter_context(second_opened(self.content))
            except SecondEngineError:
                self._other = False
                return None
        leaf = second_leaf(self._other, number)
        if leaf is None or _garbled(leaf):
            return None
        self.second.append(number + 1)
        return leaf

    def _by_ocr(self, number: int) -> PdfPage | None:
        import pypdfium2

        if self.wanting():
            return None
        if self.ocr.language is None and len(self._sample) > 200:
            self.ocr.language = language_of(self._sample)
            if self.wanting():
                return None
        try:
            leaf = self.ocr.read(self.document, number)
        except (pypdfium2.PdfiumError, MemoryError):
            return None
        if leaf is not None:
            self.recognised.append(number + 1)
        return leaf


def _overlap(one: TextRun, other: TextRun) -> bool:
    """Return whether two lines stand at one place."""
    return min(one.right, other.right) > max(one.left, other.left) and min(one.bottom, other.bottom) > max(
        one.top, other.top
    )


def _garbled(leaf: PdfPage) -> bool:
    """Return whether the text is not what a person sees: letters lost, or so few vowels that it is a cipher."""
    if leaf.lost > 5 and leaf.lost > 0.2 * leaf.characters:
        return True
    text = "".join(fragment.text for fragment in leaf.fragments[:40])
    if not text.isascii() or len(text) < 400:
        return False
    letters = sum(map(str.isalpha, text))
    return letters > 0.4 * len(text) and sum(map(text.count, VOWELS[:12])) < 0.1 * letters


def named(numbers: list[int]) -> str:
    """Return page numbers for a person: `page 3`, `pages 3-5, 9`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    shown = ", ".join("-".join(map(str, span)) for span in spans[:12]) + (" ..." if len(spans) > 12 else "")
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
