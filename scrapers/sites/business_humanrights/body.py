"""The text of a page, out of the lines between its title and the first word that ends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.lines import Line
from scrapers.sites.business_humanrights.marks import SAYS, SENTENCE, is_prose, marks_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONG_LINK_TEXT = 110
CHROME_LINE = 500


def text_lines(lines: Sequence[Line], title: Line | None) -> list[Line]:
    """Return the lines that are the page's own text."""
    kept = [line for line in lines if not _around_text(line)]
    prose = [i for i, line in enumerate(kept) if is_prose(line)]
    if not prose:
        return [line for line in kept if not line.only_links]
    frame = _shared(title.element if title else kept[prose[0]].element, kept[prose[0]].element)
    last = prose[-1]
    ending = [line for line in kept[last + 1 :] if _goes_on(line, kept[last])]
    while ending and ending[-1].heading:
        ending.pop()
    inside = [
        line
        for line in kept[: last + 1] + ending
        if frame is None or line.element is frame or frame in line.element.iterancestors()
    ]
    return inside


def _around_text(line: Line) -> bool:
    """Return whether a line belongs to the frame and not to the text, wherever it stands."""
    if line.apart or (words.pattern("chrome").search(line.text) and len(line.text) <= CHROME_LINE and not line.heading):
        return True
    if _link_line(line):
        return True
    marks = marks_of(line)
    return bool(marks) and all(mark.what not in SAYS and mark.what not in ("credit", "unknown") for mark in marks)


def _link_line(line: Line) -> bool:
    """Return whether a line is a button: `Download attachment`, `Read the full post here`."""
    text = line.text
    if len(text) > LONG_LINK_TEXT or not (
        words.pattern("download").search(text) or words.pattern("outside").search(text)
    ):
        return False
    return bool(line.anchors) or not SENTENCE.search(text)


def _goes_on(line: Line, prose: Line) -> bool:
    """Return whether a short line after the last sentence belongs to the text: a list's item, a line beside it."""
    if line.only_links:
        return False
    above = prose.element.getparent()
    if line.item is not None or line.row is not None:
        return above is not None and above in line.element.iterancestors()
    return line.element is prose.element or line.element.getparent() is above or bool(line.heading)


def _shared(one: HtmlElement, other: HtmlElement) -> HtmlElement | None:
    around = {one, *one.iterancestors()}
    return next((element for element in (other, *other.iterancestors()) if element in around), None)


def as_text(lines: Sequence[Line]) -> str:
    """Return paragraphs parted by a blank line; a list's items and a table's rows each on a line of its own."""
    blocks: list[str] = []
    before: Line | None = None
    for line in lines:
        text = _own_text(line)
        if before is not None and line.row is not None and line.row is before.row:
            blocks[-1] += f" | {text}"
        elif before is not None and _same_block(before, line):
            blocks[-1] += f"\n{text}"
        elif text:
            blocks.append(text)
        else:
            continue
        before = line
    return "\n\n".join(blocks)


def _same_block(before: Line, line: Line) -> bool:
    if line.element is before.element and line.element.tag not in ("div", "section", "article", "main", "body", "td"):
        return True  # parted by <br>
    if line.row is not None and before.row is not None:
        return line.row.getparent() is before.row.getparent()
    return line.item is not None and before.item is not None and line.item.getparent() is before.item.getparent()


def _own_text(line: Line) -> str:
    """Return a line's text, without a link at its end that leads to the whole post."""
    text = line.text
    if line.anchors and text.endswith(line.anchors[-1].text):
        label = line.anchors[-1].text
        if (
            len(label) <= LONG_LINK_TEXT
            and (words.pattern("outside").search(label) or words.pattern("download").search(label))
            and label != text
        ):
            return text.removesuffix(label).rstrip()
    return text
