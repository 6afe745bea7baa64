"""Reads one page's characters with pdfium, in bulk, into fragments: stretches of text that stand on one line.

Coordinates are points from the top left corner of the page, turned so that most of its text is level; y runs down.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scrapers.pdf.engine.alphabet import recoded
from scrapers.pdf.engine.annotations import values_of
from scrapers.pdf.engine.glyphs import Glyphs, angle_of
from scrapers.pdf.engine.strokes import edges_of
from scrapers.pdf.engine.wording import HYPHENS, printable, raised_characters, without_raised, wording

MAX_CHARS = 200_000
"""Characters of one page that are read: a page of a newspaper has 30,000; more is a drawing or an attack."""

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]{2,3}")

LAM = 0x644
ALEFS = (0x622, 0x623, 0x625, 0x627)
"""Letters that one glyph often joins: lam, and alef with its marks."""

MAX_SIDE = 5_000_000
"""Points, more than a kilometre: pdfium keeps a bit for each, and so 256 MB for a page that lies about its size."""

SMALLEST = 0.1
"""Points: the size of text to which a file gives none. Sizes are compared by their ratios, so none may be 0."""

SLACK = 2.0
"""Points by which a text may stand over the edge of the page."""

PAPER = (0, 0, 595, 842)
"""What such a page is taken to be: A4."""

MANY = 4
"""On a page without text, this many texts without width are lost letters, not blanks."""


@dataclass(slots=True)
class TextRun:
    """A stretch of text on one line without a wide gap, and later (joined with others) a line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """The size of the font, in points as shown."""
    bold: bool = False
    angle: int = 0
    """Degrees, 0, 90, 180, 270, or 45 for anything oblique."""
    row: bool = False
    """A row of a table: its cells are parted by tabs."""
    plain: str = ""
    """The text without raised characters (marks of footnotes and affiliations), where it was read closely."""
    column: int = 0
    """Counts up where the reading goes on at another place of the page."""

    @property
    def height(self) -> float:
        """Return the height of the box."""
        return self.bottom - self.top


Word = tuple[str, float, float, float, float]
"""Text, left, top, right, bottom."""


@dataclass(slots=True)
class PdfPage:
    """One page as read: its fragments in the order in which the file draws them."""

    number: int
    """Counted from 1."""
    width: float
    height: float
    fragments: list[TextRun]
    words: list[Word] = field(default_factory=list)
    edges: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Straight lines (left, top, right, bottom), where tables are looked for."""
    lines: list[TextRun] = field(default_factory=list)
    """The lines as they were before tables took theirs."""
    turn: int = 0
    """The angle of most of its text in the file's own coordinates."""
    mirrored: bool = False
    """Whether x runs from right to left: on pages in Arabic, Hebrew and the like."""
    origin: tuple[float, float] = (0.0, 0.0)
    characters: int = 0
    counted: int = 0
    """Characters with their blanks."""
    lost: int = 0
    """Characters that the file draws without saying which they are."""
    pictured: bool = False
    """Whether a page without text is a picture."""
    drawn: bool = False
    """Whether a page without text draws some all the same, which was lost."""


def mirror(leaf: PdfPage) -> None:
    """Let x run from right to left, so that columns, indents and rows are read as on any other page."""
    leaf.mirrored = True
    for fragment in leaf.fragments:
        fragment.left, fragment.right = leaf.width - fragment.right, leaf.width - fragment.left
    leaf.words = [
        (text, leaf.width - right, top, leaf.width - left, bottom) for text, left, top, right, bottom in leaf.words
    ]
    leaf.edges = [(leaf.width - right, top, leaf.width - left, bottom) for left, top, right, bottom in leaf.edges]


def read_leaf(document: Any, index: int, close: bool = False, tables: bool = False) -> PdfPage:
    """Return the page of that index (from 0), everything of pdfium's closed again.

    `close` tells raised characters apart; `tables` keeps the words and straight lines of a page that may have tables.
    """
    page = document[index]
    if max(page.get_size()) > MAX_SIDE:
        page.set_mediabox(*PAPER)
        page.set_cropbox(*PAPER)
        page.close()
        page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            leaf = _fragments(page, textpage, index + 1, close, tables)
        finally:
            textpage.close()
        _write_values(page, leaf)
        if leaf.characters < 50:
            leaf.pictured, drawn = _drawn(page, leaf.width * leaf.height)
            leaf.drawn = drawn and not leaf.counted
        if tables and leaf.words:
            leaf.edges = edges_of(page, leaf)
        return leaf
    finally:
        page.close()


def _write_values(page: Any, leaf: PdfPage) -> None:
    """Put the values of form fields and the notes of free text among the fragments, each after its label."""
    if leaf.turn:
        return
    x, y = leaf.origin
    drawn = {fragment.text for fragment in leaf.fragments}
    for text, left, bottom, right, top in values_of(page):
        if text in drawn:
            continue  # the file draws it as well
        size = min(12.0, max(4.0, 0.7 * (top - bottom)))
        value = TextRun(text, left - x, leaf.height - top + y, right - x, leaf.height - bottom + y, size, plain=text)
        middle = (value.top + value.bottom) / 2
        beside = [
            number
            for number, label in enumerate(leaf.fragments)
            if label.top <= middle <= label.bottom and label.right <= value.left + 2
        ]
        under = [number for number, label in enumerate(leaf.fragments) if label.bottom <= middle]
        place = max(beside, key=lambda number: leaf.fragments[number].right) if beside else max(under, default=-1)
        leaf.fragments.insert(place + 1, value)
        leaf.characters += len(text.replace(" ", ""))
        leaf.counted += len(text)


def _drawn(page: Any, area: float) -> tuple[bool, bool]:
    """Return whether the page is a picture (a scan, or text turned into outlines), and whether it draws text at all."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_CountObjects(page.raw), 3000)
    paths, covered, texts = 0, 0.0, 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(count):
        thing = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        paths += kind == pdfium.FPDF_PAGEOBJ_PATH
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and texts < MANY:
            pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
            # A blank, which some programs set on every page, has no width; but nor has what pdfium finds no font for.
            texts += MANY if right.value > left.value else 1
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            # A scan may be one picture or many strips.
            pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
            covered += (right.value - left.value) * (top.value - bottom.value)
    return covered > 0.3 * area or paths > 60, texts >= MANY


def _fragments(page: Any, textpage: Any, place: int, close: bool, tables: bool) -> PdfPage:
    """Return the page with its fragments; `close` and `tables` as in `read_leaf`."""
    import numpy as np

    width, height = page.get_size()
    leaf = PdfPage(number=place, width=width, height=height, fragments=[])
    leaf.counted = count = max(0, min(textpage.count_chars(), MAX_CHARS))
    if not count:
        return leaf
    glyphs = Glyphs(textpage, count)
    codes = _in_logical_order(glyphs, glyphs.codes())
    text = recoded(codes.astype("<u4").tobytes().decode("utf-32-le"))
    firsts, lasts = _words(leaf, codes)
    if not len(firsts):
        return leaf
    _set_sheet(leaf, page, _usual_angle(glyphs, firsts))
    sides = _sides(leaf, glyphs, firsts, lasts)
    lines = np.cumsum((codes == 10) | (codes == 13))[firsts]
    starts = _starts(sides, lines, right_to_left=RIGHT_TO_LEFT.search(text) is not None)
    if tables and len(starts) > 3:
        spans = zip(firsts.tolist(), lasts.tolist(), strict=True)
        boxes = zip(*(side.tolist() for side in sides), strict=True)
        leaf.words = [(printable(text[a : b + 1]), *box) for (a, b), box in zip(spans, boxes, strict=True)]
    ends = np.append(starts[1:], len(firsts)) - 1
    raised = raised_characters(glyphs, firsts, lasts, starts, ends) if close else {}
    stretches = _stretches(glyphs, sides, starts, firsts[starts].tolist(), lasts[ends].tolist())
    for number, (box, first, last, font) in enumerate(stretches):
        if not _is_shown(leaf, box):
            continue
        words = wording(glyphs, text, first, last)
        if words:
            run = _run(leaf, words, box, font)
            if close:
                run.plain = without_raised(words, text[first : last + 1], raised.get(number))
            leaf.fragments.append(run)
    return leaf


def _words(leaf: PdfPage, codes: Any) -> tuple[Any, Any]:
    """Return the places of the first and the last character of each word; count the page's characters.

    Boxes are asked for at these alone, as pdfium leaves no gap within a word.
    """
    import numpy as np

    hyphen = (codes == HYPHENS[0]) | (codes == HYPHENS[1])
    unknown = (codes < 32) & (codes != 9) & (codes != 10) & (codes != 13) & ~hyphen
    blank = ((codes <= 32) & ~hyphen) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200A)) | (codes == 0x3000)
    leaf.lost = int((unknown | (codes == 0xFFFD) | ((codes >= 0xE000) & (codes < 0xF000))).sum())
    leaf.characters = len(codes) - int(blank.sum()) + int(unknown.sum())
    edge = np.ones(1, np.bool_)
    firsts = np.flatnonzero(~blank & np.concatenate((edge, (blank | hyphen)[:-1])))
    lasts = np.flatnonzero(~blank & (hyphen | np.concatenate((blank[1:], edge))))
    return firsts, lasts


def _set_sheet(leaf: PdfPage, page: Any, turn: int) -> None:
    """Set the size, the origin and the turn of the part of the sheet that is shown."""
    leaf.turn = turn
    low_left, low_bottom, high_right, high_top = page.get_bbox()
    leaf.width, leaf.height = abs(high_right - low_left), abs(high_top - low_bottom)
    if turn in (90, 270):
        leaf.width, leaf.height = leaf.height, leaf.width
    leaf.origin = min(low_left, high_right), min(low_bottom, high_top)


def _sides(leaf: PdfPage, glyphs: Glyphs, firsts: Any, lasts: Any) -> tuple[Any, Any, Any, Any]:
    """Return left, top, right, bottom of the words."""
    import numpy as np

    boxes = glyphs.boxes(firsts.tolist()), glyphs.boxes(lasts.tolist())
    for places in boxes:
        places -= np.array([*leaf.origin, *leaf.origin], np.float32)
    return _upright(boxes, leaf.turn, leaf.width, leaf.height)


def _starts(sides: tuple[Any, Any, Any, Any], lines: Any, *, right_to_left: bool) -> Any:
    """Return the numbers of the words that begin a fragment: after a line's end, a wide gap, or on another height.

    `lines` are the numbers of the words' lines, by the line ends that pdfium puts into the text.
    """
    import numpy as np

    left, top, right, bottom = sides
    tall = np.maximum(bottom - top, 0.1)
    shared = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    gap = np.maximum(left[1:] - right[:-1], left[:-1] - right[1:])
    smaller, larger = np.minimum(tall[1:], tall[:-1]), np.maximum(tall[1:], tall[:-1])
    far = gap > larger
    if right_to_left and far.any():
        far &= _really_apart(left.tolist(), right.tolist(), tall.tolist(), lines.tolist())
    broken = (np.diff(lines) > 0) | (shared < 0.3 * smaller) | far
    return np.concatenate(([0], np.flatnonzero(broken) + 1))


Box = tuple[float, float, float, float]
Font = tuple[float, bool, int]
"""Size, whether bold, angle."""


def _stretches(
    glyphs: Glyphs, sides: tuple[Any, Any, Any, Any], starts: Any, begun: list[int], ended: list[int]
) -> Iterator[tuple[Box, int, int, Font]]:
    """Yield box, first and last character, and font of the fragments, which begin at the words `starts`."""
    import numpy as np

    left, top, right, bottom = sides
    boxes = zip(
        np.minimum.reduceat(left, starts).tolist(),
        np.minimum.reduceat(top, starts).tolist(),
        np.maximum.reduceat(right, starts).tolist(),
        np.maximum.reduceat(bottom, starts).tolist(),
        strict=True,
    )
    sizes, heavy, angles = glyphs.fonts(begun)
    # A line is bold where its last character is, too: `Summary. The first words of a text` is none.
    begins = [number for number, bold in enumerate(heavy) if bold]
    for number, still in zip(begins, glyphs.bold([ended[number] for number in begins]), strict=True):
        heavy[number] = still
    return zip(boxes, begun, ended, zip(sizes, heavy, angles, strict=True), strict=True)


def _is_shown(leaf: PdfPage, box: Box) -> bool:
    """Whether a fragment stands on the part of the sheet that is shown, or over its edge."""
    across = box[2] >= -SLACK and box[0] <= leaf.width + SLACK
    return across and box[3] >= -SLACK and box[1] <= leaf.height + SLACK


def _run(leaf: PdfPage, words: str, box: Box, font: Font) -> TextRun:
    size, bold, angle = font
    size = max(size or box[3] - box[1], SMALLEST)
    return TextRun(words, *box, size, bold, angle if angle == 45 else (angle - leaf.turn) % 360)


def _in_logical_order(glyphs: Glyphs, codes: Any) -> Any:
    """Return the codes with each lam-alef in order: where one glyph stands for both letters, lam comes first."""
    import numpy as np

    pairs = np.flatnonzero((codes[1:] == LAM) & np.isin(codes[:-1], ALEFS))
    if not len(pairs):
        return codes
    first, second = glyphs.boxes(pairs.tolist()), glyphs.boxes((pairs + 1).tolist())
    one_glyph = pairs[(np.abs(first - second) < 0.05).all(axis=1)]
    codes = codes.copy()
    codes[one_glyph + 1] = codes[one_glyph]
    codes[one_glyph] = LAM
    return codes


def _really_apart(lefts: list[float], rights: list[float], tall: list[float], lines: list[int]) -> Any:
    """Return for each two words that follow each other whether an empty stretch of their line lies between them.

    In a line from right to left, numbers and words in Latin letters stand in another order than they are read.
    """
    import numpy as np

    apart = np.zeros(len(lefts) - 1, np.bool_)
    start = 0
    for end in range(1, len(lefts) + 1):
        if end < len(lefts) and lines[end] == lines[start]:
            continue
        reach, gaps = -1e9, []
        for place in sorted(range(start, end), key=lefts.__getitem__):
            if reach > -1e9 and lefts[place] - reach > tall[place]:
                gaps.append((reach + lefts[place]) / 2)
            reach = max(reach, rights[place])
        for place in range(start, end - 1) if gaps else ():
            low, high = sorted((lefts[place] + rights[place], lefts[place + 1] + rights[place + 1]))
            apart[place] = any(low / 2 < gap < high / 2 for gap in gaps)
        start = end
    return apart


def _usual_angle(glyphs: Glyphs, places: Any) -> int:
    """Return the angle, in quarters of a turn, of most of the page's text: pages are turned so that it is level."""
    sample = places[:: max(1, len(places) // 12)].tolist()
    angles = [angle for a, b, *_ in glyphs.matrices(sample).tolist() if (angle := angle_of(a, b)) != 45]
    return max(set(angles), key=angles.count) if angles else 0


def _upright(boxes: tuple[Any, Any], rotation: int, width: float, height: float) -> tuple[Any, Any, Any, Any]:
    """Return left, top, right, bottom of words, given their first and last characters' boxes, from the top left."""
    import numpy as np

    first, last = boxes
    left, right = np.minimum(first[:, 0], last[:, 0]), np.maximum(first[:, 2], last[:, 2])
    lower, upper = np.minimum(first[:, 3], last[:, 3]), np.maximum(first[:, 1], last[:, 1])
    if rotation == 90:
        return lower, left, upper, right
    if rotation == 180:
        return width - right, lower, width - left, upper
    if rotation == 270:
        return width - upper, height - right, width - lower, height - left
    return left, height - upper, right, height - lower
