"""A page as the lines that a person sees, in order: the ground on which labels and text order can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = frozenset(
    "head script style noscript template svg symbol canvas iframe object select option datalist textarea".split()  # noqa: SIM905
)
"""What a browser shows no text of, or none that was written for the page."""
FURNITURE = frozenset(["nav", "footer"])
FURNITURE_ROLES = frozenset(["navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"])
INLINE = frozenset(
    (  # noqa: SIM905 - a list of words, one a line, would fill a screen
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike"
        " strong sub sup time tt u var wbr nobr ruby rb rt rp img input"
    ).split()
)
"""Everything else begins a new line, elements that HTML does not know too."""
CONTAINERS = frozenset(["div", "section", "article", "main", "header", "body", "center", "form"])
HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link of a line: as written, with the part of its text that stands in this line."""

    href: str
    text: str
    language: str | None = None
    """Its `hreflang`."""
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """One line of a page."""

    text: str
    pieces: tuple[str, ...]
    """Its text as the inline elements part it, blanks kept: a label and its value may stand in two."""
    children: tuple[str, ...] = ()
    """The texts of the block's inline children, where the block has no text of its own beside them."""
    element: HtmlElement
    """The block that the line stands in."""
    anchors: tuple[Anchor, ...] = ()
    heading: int = 0
    """1 to 6 inside a heading."""
    row: HtmlElement | None = None
    """The row of the table that the line is in."""
    item: HtmlElement | None = None
    """The list item that the line is in."""
    apart: bool = False
    """Whether it stands in an `aside`, a caption or a button, where no main text is."""

    @property
    def only_links(self) -> bool:
        """Whether links make up all of the text but a few marks."""
        linked = sum(len(anchor.text) for anchor in self.anchors)
        return bool(self.anchors) and len(self.text) - linked <= 2 + 2 * len(self.anchors)


@dataclass(slots=True)
class _Open:
    """The line that is being gathered."""

    pieces: list[str] = field(default_factory=list)
    owners: list[HtmlElement] = field(default_factory=list)
    """The element that each piece stands in."""
    anchors: list[tuple[HtmlElement, list[str]]] = field(default_factory=list)


def lines_of(root: HtmlElement) -> list[Line]:
    """Return the lines of a page in document order, without what is hidden, navigation and footer."""
    lines: list[Line] = []
    for line in _lines(root):
        before = lines[-1] if lines else None
        if before and line.heading and line.element is before.element:  # one heading, broken by <br>
            lines[-1] = replace(
                before,
                text=f"{before.text} {line.text}",
                pieces=(*before.pieces, " ", *line.pieces),
                anchors=before.anchors + line.anchors,
            )
        else:
            lines.append(line)
    return lines


def split_up(line: Line) -> list[Line]:
    """Return a line for each child of a block that holds nothing but inline elements, as if they were blocks."""
    if len(line.children) < 2 or line.heading or line.anchors or line.element.tag not in CONTAINERS:
        return [line]
    return [replace(line, text=text, pieces=(text,), children=()) for text in line.children]


def _lines(root: HtmlElement) -> Iterator[Line]:
    body = root.find("body")
    start = root if body is None else body
    line = _Open()
    links: list[HtmlElement] = []  # open ones, innermost last
    walk = etree.iterwalk(start, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            continue
        block = element.tag not in INLINE
        if event == "start":
            if element is not start and _skipped(element):
                if block:
                    yield from _finished(line, _block_of(element.getparent(), start))
                walk.skip_subtree()
                continue
            if block:
                yield from _finished(line, _block_of(element.getparent() if element is not start else element, start))
            if element.tag == "a" and element.get("href"):
                links.append(element)
            _add(line, element.text, element, links)
        else:
            if block:
                yield from _finished(line, element if element.tag != "br" else _block_of(element.getparent(), start))
            if links and links[-1] is element:
                links.pop()
            if element is not start:
                _add(line, element.tail, element.getparent(), links)
    yield from _finished(line, start)


def _add(line: _Open, text: str | None, owner: HtmlElement, links: list[HtmlElement]) -> None:
    if not text:
        return
    line.pieces.append(text)
    line.owners.append(owner)
    if links and text.strip():
        if not line.anchors or line.anchors[-1][0] is not links[-1]:
            line.anchors.append((links[-1], []))
        line.anchors[-1][1].append(text)


def _finished(line: _Open, block: HtmlElement) -> Iterator[Line]:
    """Yield the line that ends here, if it has text, and begin another."""
    text = clean_line("".join(line.pieces))
    if text:
        around: dict[str, HtmlElement] = {}
        for ancestor in (block, *block.iterancestors()):
            around.setdefault(str(ancestor.tag), ancestor)  # the innermost of its kind
        headings = [level for tag, level in HEADINGS.items() if tag in around]
        yield Line(
            text=text,
            pieces=tuple(line.pieces),
            children=_children(line, block),
            element=block,
            anchors=tuple(
                Anchor(
                    href=link.get("href") or "",
                    text=clean_line("".join(texts)),
                    language=link.get("hreflang") or link.get("lang"),
                    media_type=link.get("type"),
                )
                for link, texts in line.anchors
            ),
            heading=max(headings, default=0),
            row=around.get("tr"),
            item=around.get("li"),
            apart=any(tag in around for tag in ("aside", "figcaption", "button")),
        )
    line.pieces, line.owners, line.anchors = [], [], []


def _children(line: _Open, block: HtmlElement) -> tuple[str, ...]:
    texts: list[str] = []
    before: HtmlElement | None = None
    for piece, owner in zip(line.pieces, line.owners, strict=True):
        if owner is block:
            if piece.strip():
                return ()
            before = None
            continue
        child = owner
        while (parent := child.getparent()) is not None and parent is not block:
            child = parent
        if child is before:
            texts[-1] += piece
        else:
            texts.append(piece)
        before = child
    return tuple(clean for text in texts if (clean := clean_line(text)))


def _block_of(element: HtmlElement | None, start: HtmlElement) -> HtmlElement:
    while element is not None and element is not start and element.tag in INLINE:
        element = element.getparent()
    return start if element is None else element


def _skipped(element: HtmlElement) -> bool:
    if element.tag in UNSEEN or element.tag in FURNITURE or element.get("role") in FURNITURE_ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style
