"""The runs of text in a row, each with what is known of it from the markup around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from scrapers.discovery.listing.anchors import uncut
from scrapers.discovery.listing.words import CARD_SPECIFIC, HEADINGS, INLINE
from scrapers.discovery.xml import beginning
from scrapers.values.text import clean_line

UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "select", "button", "iframe"})
MAX_TEXT = 2000
LETTERS = 4
"""The fewest letters of a field."""
BOLD = frozenset({"b", "strong", "th"})
STEPS = frozenset({"a", "b", "strong"})
"""Inline elements that make a place of their own."""
STAMPS = frozenset({"datetime", "content", "data-order", "data-sort", "data-date", "data-value", "data-sort-value"})
"""Attributes in which pages repeat a value for machines."""
STAMP = re.compile(r"(?:1[89]|20)\d\d-?[01]\d")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A run of text in a row, of one cell or element."""

    text: str
    slot: str
    """Where in its row it stands: what it shares with its like in other rows."""
    label: str = ""
    """The heading of its column, or the word with a colon that all texts of its place begin with."""
    prefix: str = ""
    """That word with its colon, as printed, which was taken from the text."""
    names: str = ""
    """Classes and properties of the elements around it within the row."""
    heading: bool = False
    bold: bool = False
    link: etree._Element | None = None
    stamp: str = ""
    """A date that its element carries in an attribute (`datetime`, `content`, `data-order`)."""
    level: int = 0
    """0 in the document's own row, 1 in what it shares with the other files of the row, 2 and more in what heads it."""


def pieces_within(
    root: etree._Element, numbered: dict[str, int], *, before: str = "", label: str = ""
) -> Iterator[Piece]:
    """Yield the runs of text of an element, parted where blocks, links, bold or named elements begin and end.

    Args:
        root: the element.
        numbered: how many pieces of the row stand in each slot so far; a second one has a slot of its own.
        before: what the slots begin with.
        label: the heading of the column.
    """
    run: list[str] = []
    holder: list[etree._Element] = [root]

    def flush() -> Iterator[Piece]:
        text = clean_line("".join(run))[:MAX_TEXT]
        run.clear()
        element = holder[-1]
        stamp = _stamp(element)
        if text or (stamp and element.tag in ("time", "meta", "input")):
            slot, names, tags, link = _standing(element, root)
            text = uncut(text, link) if link is not None else text
            slot = before + slot
            number = numbered[slot] = numbered.get(slot, -1) + 1
            yield Piece(
                text=text,
                slot=f"{slot}#{number}",
                label=label,
                names=names,
                heading=bool(tags & HEADINGS),
                bold=bool(tags & BOLD),
                link=link,
                stamp=stamp,
            )

    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment" or not isinstance(element.tag, str):
            if event == "comment" and element.tail:
                run.append(element.tail)
            continue
        parts = _parts(element)
        if event == "start":
            if parts:
                yield from flush()
                holder.append(element)
            if not _hides(element):
                run.append(element.text or "")
        else:
            if parts:
                yield from flush()
                if len(holder) > 1:
                    holder.pop()
            if element is not root and not ((parent := element.getparent()) is not None and _hides(parent)):
                run.append(element.tail or "")
    yield from flush()


def _hides(element: etree._Element) -> bool:
    """Return whether an element's own text is none of the page's. The button in a heading, which opens it, says it."""
    if element.tag == "button":
        return not any(around.tag in HEADINGS for around in islice(element.iterancestors(), 2))
    return element.tag in UNSEEN


def _parts(element: etree._Element) -> bool:
    """Return whether an element's text stands apart from what is around it."""
    if element.tag in ("a", "time", "br", "input"):
        return True
    if element.tag in ("b", "strong"):
        return not any(around.tag == "a" or around.tag in HEADINGS for around in islice(element.iterancestors(), 3))
    return element.tag not in INLINE or bool(element.get("class") or element.get("itemprop")) or _abuts(element)


def _abuts(element: etree._Element) -> bool:
    """Return whether one `<span>` follows another without a blank: fields that only a style sets apart.

    `<span>Nov 5, 2024</span><span>2 min read</span>`; single letters are parts of a word.
    """
    if element.tag != "span":
        return False
    before, after = element.getprevious(), element.getnext()
    pairs = ((before, element), (element, after))
    return any(
        one is not None
        and other is not None
        and one.tag == other.tag == "span"
        and not one.tail
        and min(len(beginning(one, LETTERS)), len(beginning(other, LETTERS))) == LETTERS
        for one, other in pairs
    )


def _standing(element: etree._Element, root: etree._Element) -> tuple[str, str, set[str], etree._Element | None]:
    """Return where an element stands within a row: its slot, the names and tags around it, the link that it is in."""
    around = [element]
    while around[-1] is not root and (parent := around[-1].getparent()) is not None:
        around.append(parent)
    steps = []
    names = []
    for step in reversed(around):
        css, tag = step.get("class") or "", str(step.tag)
        classes = " ".join(c for c in css.lower().split()[:8] if not CARD_SPECIFIC.search(c)) if css else ""
        names.append(f"{css} {step.get('itemprop') or ''} {step.get('property') or ''}".lower())
        if tag not in INLINE or tag in STEPS or classes:
            steps.append(f"{tag}.{classes}" if classes and tag != "a" else tag)
    link = next((step for step in around if step.tag == "a"), None)
    if link is None:
        link = next((step for step in root.iterancestors() if step.tag == "a"), None)
    return "/".join(steps), " ".join(names), {str(step.tag) for step in around}, link


def _stamp(element: etree._Element) -> str:
    step: etree._Element | None = element
    for _ in range(3):
        if step is None:
            break
        for name, value in step.items():
            if name in STAMPS and STAMP.match(str(value)):
                return str(value)
        step = step.getparent()
    return ""
