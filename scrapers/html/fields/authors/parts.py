"""The parts of a line of names as its elements part them: list items, links, spans, lines broken by `br`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from scrapers.html.blocks import INLINE
from scrapers.html.metadata import text_of
from scrapers.html.scan import Spot
from scrapers.values.authors import is_name, kind_of
from scrapers.values.bylines import is_role
from scrapers.values.dates import find_dates
from scrapers.values.labels import field_of
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST = 60
"""Elements of a line of names that are looked at."""
LONGEST = 80
"""Characters of a name."""
_RAISED = frozenset(("sup", "sub"))
_SILENT = frozenset(("script", "style", "svg", "template", "noscript"))
_BETWEEN = re.compile(
    r"^(?:\s|[,;&|/·•，、；]|\b(?:by|and|und|et|y|e|i|и|with|von|par|por|di|door|av|af|oleh)\b)+"
    r"|(?:\s|[,;&|/·•，、；:：]|\b(?:and|und|et|y|e|i|и|with)\b)+$",
    re.IGNORECASE,
)


def line_of(element: HtmlElement, most: int = 240) -> str:
    """Return an element's text on one line, without raised marks such as those of affiliations."""
    return clean_line(" ".join(line for line, _ in _lines(element)))[:most]


def parts_of(element: HtmlElement) -> list[str]:
    """Return the names that an element's markup parts, in order; fewer than two say that it parts none.

    A day, or how long the reading takes, may stand beside names whose elements are of one sort.
    """
    lines = _lines(element)
    whole, inner = [line for line, _ in lines], [piece for _, pieces in lines for piece in pieces]
    for texts in (whole, inner):
        every = [name for piece in texts if (name := _BETWEEN.sub("", piece)) and not field_of(name)]
        names = [name for name in every if not _is_time(name)]
        if len(names) > 1 and all(map(_stands_alone, names)) and (names == every or _alike(element, names)):
            return list(dict.fromkeys(names))
    return []


_MINUTES = re.compile(r"[^\W\d_]*\s?\d{1,3}[\s-]?(?:min|мин|minut|分|분|دق|mnt|menit)[^\d]{0,20}", re.IGNORECASE)
"""How long it takes to read a text: `5 min read`."""


def _is_time(piece: str) -> bool:
    """Return whether a piece is a day, or says how long the reading takes."""
    found = next(find_dates(piece), None)
    return _MINUTES.fullmatch(piece) is not None or (found is not None and len(piece) - len(found.raw) < SMALL)


SMALL = 12
"""Characters beside a day in its element, fewer than these: those of an hour, a weekday, a mark."""


def _alike(element: HtmlElement, names: list[str]) -> bool:
    """Return whether names stand in elements of one sort: a section beside an author has another."""
    found = [node for node in element.iter(etree.Element) if clean_line(text_of(node, LONGEST)) in names]
    return len({(node.tag, node.get("class")) for node in found}) == 1 and len(found) == len(names)


def _stands_alone(name: str) -> bool:
    return len(name) <= LONGEST and is_name(name) and kind_of(name) == "person" and not is_role(name)


def name_in(element: HtmlElement) -> str:
    """Return the name that an element prints, without the role or the institution in an element behind it."""
    lines = _lines(element)
    pieces = [piece for line, pieces in lines for piece in (pieces if len(lines) == 1 else [line])]
    if len(pieces) > 1 and _stands_alone(pieces[0]) and all(map(_describes, pieces[1:])):
        return pieces[0]
    return line_of(element, LONGEST)


def _describes(piece: str) -> bool:
    """Return whether a piece says what a person does, or where."""
    piece = piece.strip(" ,·|–—-()")
    return not piece or is_role(piece.split(",")[0]) or kind_of(piece) == "organisation"


def _lines(element: HtmlElement) -> list[tuple[str, list[str]]]:
    """Return the lines of an element, each with the pieces into which inline elements part it."""
    lines: list[list[str]] = [[]]
    skip: HtmlElement | None = None
    for count, (event, node) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        if count > 2 * MOST:
            break
        if skip is not None:
            if event == "end" and node is skip:
                skip = None
                lines[-1].append(node.tail or "")
            continue
        if event == "start":
            if not isinstance(node.tag, str) or node.tag in _RAISED or node.tag in _SILENT:
                skip = node
                lines[-1].append("\0")
                continue
            if node.tag == "br" or (node.tag not in INLINE and node is not element):
                lines.append([])
            lines[-1].append(node.text or "")
        elif node is not element:
            if node.tag not in INLINE and node.tag != "br":
                lines.append([])
            lines[-1].append(node.tail or "")
    found = []
    for line in lines:
        raised = "".join(line).split("\0")
        # A name's marks stand between it and the comma that follows.
        text = clean_line("".join(part.lstrip() if part[:2].strip()[:1] in (",", ";") else part for part in raised))
        if text:
            found.append((text, [piece for part in line if (piece := clean_line(part.replace("\0", "")))]))
    return found


def follows_words(spot: Spot) -> bool:
    """Whether words other than a day stand before a bare `by` in its line: then it is part of a sentence."""
    before = clean_line((spot.element.text or "") + " ".join(text_of(e, 200) for e in _before(spot)))
    found = next(find_dates(before), None)
    rest = before if found is None else before[: found.start] + before[found.end :]
    return len(re.findall(r"[^\W\d_]{2,}", rest)) > 1


def _before(spot: Spot) -> list[HtmlElement]:
    """Return the elements before a text, up to the one that it follows."""
    found = []
    for child in spot.element:
        if isinstance(child.tag, str):
            found.append(child)
        if child is spot.before:
            break
    return found
