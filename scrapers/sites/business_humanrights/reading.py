"""A page of either generation, taken apart: what stands around the title, the text, and what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.html.dom import Dom
from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.header import Header, read_header
from scrapers.sites.business_humanrights.languages import shown_in
from scrapers.sites.business_humanrights.lines import Line, lines_of, split_up
from scrapers.sites.business_humanrights.marks import ends, marks_of
from scrapers.sites.business_humanrights.title import title_at

BANNER_LINES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page's lines, sorted."""

    header: Header
    body: tuple[Line, ...]
    """The candidates for text, before what belongs to the frame is dropped from their end."""
    after: tuple[Line, ...]
    """The lines from the first that ends the text (`Timeline`, `Latest news`)."""
    notices: tuple[tuple[str, Line], ...]
    """`languages` or `redirect`, and the line whose links matter."""
    shown_in: str | None
    """The language in which the page is displayed for lack of a translation."""


def read(dom: Dom) -> Reading:
    """Return the page's parts."""
    lines = without_banner(
        [part for line in lines_of(dom.root) for part in ([line] if marks_of(line) else split_up(line))]
    )
    at = title_at(lines, dom)
    header, start = read_header(lines, at)
    end = next((i for i in range(start, len(lines)) if ends(lines[i])), len(lines))
    notices = tuple((mark.what, part) for i in range(end) for mark in marks_of(lines[i]) for part in _notice(lines, i))
    shown = next((code for line in lines[: max(start, 1) + 3] if (code := shown_in(line.text))), None)
    return Reading(
        header=header, body=tuple(lines[start:end]), after=tuple(lines[end:]), notices=notices, shown_in=shown
    )


def _notice(lines: Sequence[Line], i: int) -> Sequence[Line]:
    """Return the lines of a notice: its links may stand in the line after its words."""
    return (
        lines[i : i + 2]
        if i + 1 < len(lines) and lines[i + 1].only_links and not lines[i].anchors
        else lines[i : i + 1]
    )


def without_banner(lines: list[Line]) -> list[Line]:
    """Return the lines without the donation or platform box, from its `hide message` or heading to its last line."""
    kept: list[Line] = []
    i = 0
    while i < len(lines):
        length = _banner_length(lines[i : i + BANNER_LINES])
        if not length:
            kept.append(lines[i])
        i += length or 1
    return kept


def _banner_length(lines: Sequence[Line]) -> int:
    """Return how many lines a box takes that begins with the first of them; 0 where none begins."""
    edge, opening = words.pattern("banner_edge"), words.pattern("banner_opening")
    first = lines[0].text
    if not (edge.search(first) or opening.search(first)):
        return 0
    if _signs(first) and len(first) > 60 and edge.search(first):
        return 1  # the whole box in one line
    said = 1
    for k, line in enumerate(lines[1:], 1):
        if line.heading == 1 and not opening.search(line.text):
            break
        if edge.search(line.text):
            return k + 1
        if _signs(line.text) or opening.search(line.text):
            said = k + 1
    return said


def _signs(text: str) -> bool:
    return words.pattern("banner_words").search(text) is not None
