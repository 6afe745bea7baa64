"""The front of a document: the blocks of lines on its first pages, its imprint, and what its properties say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scrapers.pdf.engine.page import TextRun
from scrapers.pdf.fields.declared import Declared
from scrapers.pdf.fields.mentions import Mentions, abbreviated
from scrapers.pdf.fields.words import CITED, CITING, IMPRINT
from scrapers.pdf.layout.running_heads import Sheet

FIRST, LAST = 6, 2
"""How many pages are looked at from the front, and from the end, where an imprint may stand."""

SAMPLE = 60_000
"""Characters of the text in which common words are looked for."""

MENTIONED = 40_000
"""Characters of the text in which mentions of names are counted."""

MAX_LINES = 90
"""Lines of a page whose neighbours are looked for."""

WORD = re.compile(r"[^\W_]+")
SITE = re.compile(r"\S+@\S+|https?://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/\S+")
"""Addresses of sites and of mail: their words are no words of the text."""

SPACED = re.compile(r"(?:\b\w ){3,}\w\b")


@dataclass
class Block:
    """Lines that belong together: a title, an author line, a paragraph. Whole before it is asked for anything."""

    lines: list[TextRun]
    page: int
    running: bool = False
    mirrored: float = 0.0
    """The width of a page that is read from the right."""

    @cached_property
    def text(self) -> str:
        """Return the lines as one."""
        return joined([line.text for line in self.lines])

    @cached_property
    def plain(self) -> str:
        """Return the lines as one, without raised characters; cells of a row are parted by tabs."""
        if not any(line.row for line in self.lines):
            return joined([line.plain or line.text for line in self.lines])
        return "\t".join(joined([cell]) for line in self.lines for cell in (line.plain or line.text).split("\t"))

    @cached_property
    def words(self) -> list[str]:
        """Return the words, folded."""
        return flat(self.text)

    @cached_property
    def letters(self) -> int:
        """Return how many letters it has."""
        return sum(map(str.isalpha, self.text))

    @cached_property
    def dense(self) -> int:
        """Return how many of its letters are Chinese, Japanese or Korean, each as much as half a word."""
        return 0 if self.text.isascii() else sum("\u3000" < c < "\uff00" for c in self.text)

    @cached_property
    def size(self) -> float:
        """Return the size of the largest line."""
        return max(line.size for line in self.lines)

    @cached_property
    def bold(self) -> bool:
        """Return whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @cached_property
    def top(self) -> float:
        """Return the upper edge."""
        return min(line.top for line in self.lines)

    @cached_property
    def bottom(self) -> float:
        """Return the lower edge."""
        return max(line.bottom for line in self.lines)

    @cached_property
    def left(self) -> float:
        """Return the left edge."""
        return min(line.left for line in self.lines)

    @cached_property
    def right(self) -> float:
        """Return the right edge."""
        return max(line.right for line in self.lines)

    @property
    def place(self) -> str:
        """Return page and box, for a person to find it."""
        left, right = (
            (self.mirrored - self.right, self.mirrored - self.left) if self.mirrored else (self.left, self.right)
        )
        return f"p{self.page} {left:.0f},{self.top:.0f},{right:.0f},{self.bottom:.0f}"


@dataclass
class FrontPage:
    """One page of the front."""

    number: int
    width: float
    height: float
    mirrored: bool = False
    """Whether x runs from right to left."""
    body_size: float = 10.0
    """The size of the document's running text."""
    blocks: list[Block] = field(default_factory=list)
    running: list[Block] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[FrontLine]:
        """Return the lines of the blocks, each with the line that stands under it."""
        lines = [
            FrontLine(run, block, self) for block in self.blocks for run in block.lines if not run.angle and run.text
        ]
        for line in lines[:MAX_LINES]:
            line.below = line.nearest(lines[:MAX_LINES])
            if line.below is not None and line.below.above is None:
                line.below.above = line
        return lines

    @cached_property
    def text(self) -> str:
        """Return all lines of the page, running heads included."""
        return "\n".join(line.text for block in self.running + self.blocks for line in block.lines)

    @cached_property
    def folded(self) -> str:
        """Return the same in lower case."""
        return self.text.casefold()


@dataclass(eq=False)
class FrontLine:
    """A line of a page of the front, with its neighbours as they stand on the paper, not as the file draws them."""

    run: TextRun
    block: Block
    page: FrontPage
    above: FrontLine | None = None
    below: FrontLine | None = None

    @cached_property
    def text(self) -> str:
        """Return the text, letters that were set apart closed up."""
        return joined([self.run.text])

    @cached_property
    def plain(self) -> str:
        """Return the text without raised characters; the cells of a row are parted by tabs."""
        return "\t".join(joined([cell]) for cell in (self.run.plain or self.run.text).split("\t"))

    @cached_property
    def prose(self) -> bool:
        """Return whether the line is part of a paragraph of running text."""
        block = self.block
        if block.bold or block.size > 1.15 * self.page.body_size or block.text.isupper():
            return False
        weight = block.letters + 2 * block.dense
        return len(block.lines) > 2 and weight > 180 and weight > 36 * len(block.lines)

    def gap(self, below: FrontLine) -> float:
        """Return the distance to a line under this one, in heights of the larger of the two."""
        return (below.run.top - self.run.bottom) / max(self.run.size, below.run.size, 1.0)

    def nearest(self, lines: Sequence[FrontLine]) -> FrontLine | None:
        """Return the nearest line that stands under this one and in its column."""
        best: FrontLine | None = None
        left, right, floor = self.run.left, self.run.right, self.run.bottom - 0.5 * self.run.height
        for other in lines:
            run = other.run
            if other is self or run.top < floor or run.top <= self.run.top:
                continue
            if best is not None and run.top >= best.run.top:
                continue
            if min(right, run.right) - max(left, run.left) > 0 or abs(left - run.left) < 6:
                best = other
        return best


@dataclass
class Front:
    """What title, authors and date are looked for in."""

    pages: list[FrontPage]
    """The first pages, then the last."""
    declared: Declared
    body_size: float
    running: dict[str, str]
    """The running heads of the whole document: folded, and as printed."""
    name: str = ""
    """The file's name, as its address has it."""
    host: str = ""
    """The name of the site that the file came from, without its ending (`example` of `www.example.org`)."""
    latest: str = "9999"
    """The last day that a document may bear which was fetched when this one was."""
    body: str = ""
    """The text of the document, or its beginning."""

    def __post_init__(self) -> None:
        """Tell the pages the size of the running text."""
        for page in self.pages:
            page.body_size = self.body_size

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return the words that the text has in small letters: common words rather than names."""
        return frozenset(word for word in WORD.findall(SITE.sub(" ", self.body[:SAMPLE])) if word.islower())

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Return the names that the text gives an abbreviation, by their abbreviations."""
        return abbreviated(self.body[:SAMPLE])

    @cached_property
    def mentions(self) -> Mentions:
        """Return how the beginning of the text writes names."""
        return Mentions(SITE.sub(" ", self.body[:MENTIONED]))

    def opening(self, count: int) -> list[FrontPage]:
        """Return the first pages that hold text, within the first four."""
        return [page for page in self.pages if page.blocks and page.number <= max(4, count)][:count]

    @cached_property
    def citations(self) -> list[str]:
        """Return what the document says that it should be cited as."""
        return [text for page in self.pages for text in _cited(page)]

    @cached_property
    def imprints(self) -> list[FrontPage]:
        """Return the pages on which rights, publisher and numbers are printed."""
        found = []
        for page in self.pages:
            marks = sum(mark in page.folded for mark in IMPRINT)
            if marks >= 2 or (marks and len(page.text) < 2500):
                found.append(page)
        return found


def flat(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return WORD.findall(text.casefold())


def _cited(page: FrontPage) -> list[str]:
    if not any(mark in page.folded for mark in CITING):
        return []
    found = []
    for number, block in enumerate(page.blocks):
        match = CITED.match(block.text) or (CITED.search(block.text) if len(block.text) < 900 else None)
        if not match:
            continue
        text = block.text[match.end() :]
        if len(text) < 20 and number + 1 < len(page.blocks):
            text = page.blocks[number + 1].text
        if 20 < len(text) < 900:
            found.append(text)
    return found


def joined(lines: Sequence[str]) -> str:
    """Return lines as one, broken words mended, letters that were set apart (`R E P O R T`) closed up."""
    text = ""
    for line in lines:
        line = " ".join(line.split())
        if text[-1:] in "-\u2010\u00ad" and text[-2:-1].isalpha() and line[:1].islower():
            text = text[:-1] + ("-" if text[-1] == "-" and _compound(text) else "") + line
        elif text and line and "\u3000" < text[-1] < "\uff00" and "\u3000" < line[0] < "\uff00":
            text += line
        else:
            text = f"{text} {line}" if text else line
    if SPACED.search(text):
        text = SPACED.sub(lambda match: match.group().replace(" ", ""), text)
    return text.strip()


def _compound(text: str) -> bool:
    """Return whether the last word looks like the first part of a compound (`Government-to-`)."""
    return "-" in text.rsplit(" ", 1)[-1][:-1]


def front_page(sheet: Sheet) -> FrontPage:
    """Return a page's lines in blocks."""
    page = FrontPage(sheet.leaf.number, sheet.leaf.width, sheet.leaf.height, sheet.leaf.mirrored)
    mirrored = page.width if sheet.leaf.mirrored else 0.0
    page.running = [Block([line], page.number, running=True, mirrored=mirrored) for line in sheet.running]
    running = {id(line) for line in sheet.running}
    for line in sheet.leaf.lines or sheet.lines:
        if id(line) in running:
            continue
        if page.blocks and _belongs(page.blocks[-1].lines[-1], line):
            page.blocks[-1].lines.append(line)
        else:
            page.blocks.append(Block([line], page.number, mirrored=mirrored))
    return page


def _belongs(above: TextRun, line: TextRun) -> bool:
    if above.row or line.row or above.angle != line.angle:
        return False
    if abs(above.size - line.size) > 0.06 * max(above.size, line.size) or above.bold != line.bold:
        return False
    gap = line.top - above.bottom
    if not -0.6 * above.height < gap < 0.55 * above.height or line.top <= above.top:
        return False
    return min(above.right, line.right) - max(above.left, line.left) > 0 or abs(above.left - line.left) < 4
