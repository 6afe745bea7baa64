"""Finds running heads, footers and page numbers by comparing each page with those around it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scrapers.pdf.engine.page import PdfPage, TextRun

WINDOW = 4
"""Pages before and after that a page is compared with: heads alternate between left and right, and skip openings."""

ZONE = 0.16
"""The part of a page, from above and from below, in which heads and footers stand."""

NUMBER = re.compile(r"\d+")
ROMAN = re.compile(r"\b[ivxlc]+\b")
PAGE_OF = re.compile(
    r"(?:page|p\.|pag\.?|pagina|página|pág\.?|seite|side|sida|sivu|strona|str\.|oldal|страница|стр\.|сторінка|halaman|trang|sayfa|σελίδα"
    r"|صفحة|第)?\s*#\s*(?:页|頁|ページ|쪽)?\s*(?:of|/|de|von|sur|di|z|из|of the|van|av|\||共)\s*#\s*(?:页|頁|ページ)?",
    re.IGNORECASE,
)
HEADED = re.compile(
    r"[(\[]?\s*(?:article|art\.?|section|chapter|part|rule|clause|schedule|annex|appendix|§|artículo|capítulo|sección|artigo|seção"
    r"|chapitre|titre|kapitel|abschnitt|artikel|paragraf|articolo|capitolo|hoofdstuk|artykuł|rozdział|článek|článok|cikk|articolul|madde"
    r"|pasal|điều|άρθρο|статья|глава|раздел|стаття|розділ|مادة|المادة|第)\s*[(\[]?\s*#\s*[)\]]?\s*[.:]?(?:[条條章節节])?",
    re.IGNORECASE,
)
"""The numbered heading of a part: at the top of several pages it counts, and is no running head all the same."""

PLAIN_NUMBER = re.compile(
    r"[\[(|–—\-\s·•]*(?:page|p\.|pag\.|pág\.|página|seite|стр\.|第)?\s*#[\])|–—\-\s·•页頁]*", re.IGNORECASE
)


@dataclass(slots=True)
class Sheet:
    """A page's lines, parted into what belongs to the text and what runs along its edges."""

    leaf: PdfPage
    lines: list[TextRun]
    running: list[TextRun] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


@dataclass(slots=True)
class Edge:
    """A line near the top or the bottom of its page, as it is compared."""

    line: TextRun
    key: str
    numbers: tuple[int, ...]
    foot: bool
    place: float
    """The distance from the top of the page; of a foot from its bottom, of a line on its side from the left."""


def sheets_of(pages: Iterable[tuple[PdfPage, list[TextRun]]]) -> Iterator[Sheet]:
    """Give each page with its running lines taken out; no more than a few pages are held at a time."""
    around: deque[Sheet] = deque()
    known: set[tuple[str, bool, int]] = set()
    waiting: deque[Sheet] = deque()
    for leaf, lines in pages:
        sheet = Sheet(leaf, lines, edges=_edges(leaf, lines))
        around.append(sheet)
        waiting.append(sheet)
        if len(waiting) > WINDOW:
            yield _parted(waiting.popleft(), around, known)
        while len(around) > 2 * WINDOW + 1:
            around.popleft()
    while waiting:
        yield _parted(waiting.popleft(), around, known)


def _edges(leaf: PdfPage, lines: list[TextRun]) -> list[Edge]:
    ranked = sorted((line for line in lines if not line.angle), key=lambda line: line.top)
    found = [_edge(line, leaf, False) for line in lines if line.angle]
    for line in ranked[:6]:
        if line.bottom < ZONE * leaf.height:
            found.append(_edge(line, leaf, False))
    for line in ranked[-6:]:
        if line.top > (1 - ZONE) * leaf.height:
            found.append(_edge(line, leaf, True))
    return found


def _edge(line: TextRun, leaf: PdfPage, foot: bool) -> Edge:
    text = " ".join(line.text.casefold().split())
    numbers = tuple(int(n) for n in NUMBER.findall(text) if len(n) < 7)
    key = NUMBER.sub("#", text)
    if len(key) < 8 or "#" not in key:
        key = ROMAN.sub("#", key)
    place = line.left if line.angle else leaf.height - line.bottom if foot else line.top
    return Edge(line, key, numbers, foot, place)


def _parted(sheet: Sheet, around: Iterable[Sheet], known: set[tuple[str, bool, int]]) -> Sheet:
    others = [other for other in around if other is not sheet]
    running = []
    sizes = sorted(line.size for line in sheet.lines)
    for edge in sheet.edges:
        # A title that comes back as running head stays where it is printed large, on the first page.
        if (
            sheet.leaf.number == 1
            and not edge.numbers
            and edge.line.size >= max(sizes[-1], 1.2 * sizes[len(sizes) // 2])
        ):
            continue
        mark = (edge.key, edge.foot, round(edge.place / 12))
        if HEADED.match(edge.key) and not edge.foot:
            continue
        if mark in known or ((others or PAGE_OF.fullmatch(edge.key)) and _runs(edge, sheet, others)):
            running.append(edge.line)
            if edge.key.strip("# ") and not (edge.numbers and HEADED.match(edge.key)) and len(known) < 5000:
                known.add(mark)
    running = [line for line in running if _outermost(line, sheet, running)]
    if 2 * sum(len(line.text) for line in running) > sum(len(line.text) for line in sheet.lines) > 60:
        # A page that says the same as the next is a form or a notice, and no margin.
        numbers = {
            id(edge.line) for edge in sheet.edges if PAGE_OF.fullmatch(edge.key) or PLAIN_NUMBER.fullmatch(edge.key)
        }
        running = [line for line in running if id(line) in numbers]
    sheet.running = running
    taken = set(map(id, running))
    sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    sheet.edges = [edge for edge in sheet.edges if edge.key]
    return sheet


def _runs(edge: Edge, sheet: Sheet, others: Iterable[Sheet]) -> bool:
    """Return whether the line comes back on another page near by, its page number counted on."""
    if PAGE_OF.fullmatch(edge.key):
        return True
    for other in others:
        apart = other.leaf.number - sheet.leaf.number
        for twin in other.edges:
            if twin.foot != edge.foot or abs(twin.place - edge.place) > 6 or abs(twin.line.size - edge.line.size) > 1:
                continue
            counted = any(n + apart in twin.numbers for n in edge.numbers)
            if twin.key == edge.key:
                if not edge.numbers or counted or edge.numbers == twin.numbers:
                    return True
            elif counted and abs(apart) <= 2 and len(edge.line.text) < 120 and _numbered(edge, twin, apart):
                return True
    return False


def _numbered(edge: Edge, twin: Edge, apart: int) -> bool:
    """Return whether both lines begin or end with their page's number."""
    for place in (0, -1):
        mine, theirs = edge.line.text.split()[place], twin.line.text.split()[place]
        if mine.isdecimal() and theirs.isdecimal() and int(theirs) - int(mine) == apart:
            return True
    return False


def _outermost(line: TextRun, sheet: Sheet, running: list[TextRun]) -> bool:
    """Return whether nothing but running lines stands further out, so that no line is taken from within the text."""
    if line.angle:
        return True
    taken = set(map(id, running))
    if line.top > sheet.leaf.height / 2:
        further = [other for other in sheet.lines if other.top > line.bottom]
    else:
        further = [other for other in sheet.lines if other.bottom < line.top]
    return all(id(other) in taken or len(other.text) < 4 for other in further)
