"""The main text of a page: which elements carry it, and how it reads as plain text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapers.html.dom import Dom

if TYPE_CHECKING:
    from lxml.html import HtmlElement

APART = frozenset("script style noscript template svg nav header footer aside form button select iframe head".split())
BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li tr pre blockquote dt dd figcaption td div section article main".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """What of a page is content."""

    body: str
    """Plain text: paragraphs parted by a blank line, headings, list items and table rows on own lines; NFC."""
    elements: tuple[HtmlElement, ...] = ()
    """The elements that hold the chosen text, in document order."""

    def contains(self, element: HtmlElement) -> bool:
        """Return whether the element is, holds, or lies in a chosen one."""
        chosen = set(self.elements)
        return element in chosen or any(a in chosen for a in element.iterancestors())

    @property
    def first(self) -> HtmlElement | None:
        """The element of the first content block."""
        return self.elements[0] if self.elements else None


def read(dom: Dom) -> MainText:
    """Return the main text of a page; its body is empty where nothing is likely to be content."""
    lines: list[str] = []
    elements: list[HtmlElement] = []
    for element in dom.root.iter("p", "h1", "h2", "h3", "h4", "li", "pre", "blockquote", "tr"):
        if any(a.tag in APART for a in element.iterancestors()):
            continue
        if text := " ".join(element.text_content().split()):
            lines.append(text)
            elements.append(element)
    return MainText(body=unicodedata.normalize("NFC", "\n\n".join(lines)), elements=tuple(elements))
