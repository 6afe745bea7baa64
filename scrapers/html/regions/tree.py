"""A page's blocks as a tree that can be asked: how much text, how many links and days each element holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from scrapers.html.blocks import INLINE, PRE, Blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.scan import Scan

SENTENCES = 90
"""A block without links is prose from this many letters on; a wide one (Chinese, Japanese, Korean) counts for two."""
DAY = 80
"""Most characters of a text that is there for its day."""
_FULL = re.compile(r"\d[^\d]+\d|[年년]|[^\W\d_]{3}\.?,? \d{4}\s*$")
"""What a printed day or month has beside its year."""
_WIDE = re.compile("[\u2e80-\ud7ff]")


def width(text: str) -> int:
    """Return the length of a text, wide letters counted twice."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


class Tree:
    """The nodes of a page's blocks, with sums over what lies below each.

    A node's descendants have the numbers after its own up to `last`, and its blocks are a range as well.
    """

    def __init__(self, page: Blocks, seen: Scan) -> None:
        self.page = page
        self.parents, self.starts, self.ends = page.node_parents, page.node_starts, page.node_ends
        self.tags, self.keys, self.flags = page.node_tags, page.node_keys, page.node_flags
        self.numbers = {element: number for number, element in enumerate(page.node_elements)}
        self.widths = list(map(width, page.texts))
        self.text = [0, *accumulate(self.widths)]
        self.linked = [0, *accumulate(page.linked)]
        self.is_prose = [
            size >= SENTENCES and 2 * linked < len(text) and not page.node_flags[owner] & PRE
            for text, size, linked, owner in zip(page.texts, self.widths, page.linked, page.owners, strict=True)
        ]
        self.prose = [0, *accumulate(s if p else 0 for s, p in zip(self.widths, self.is_prose, strict=True))]
        below: defaultdict[int, list[int]] = defaultdict(list)
        for number, parent in enumerate(self.parents):
            below[parent].append(number)
        self.children: list[Sequence[int]] = [below.get(number, ()) for number in range(len(self.parents))]
        self.days = self._counted(
            [spot.element for spot in seen.dates if len(spot.text) <= DAY and _FULL.search(spot.text)]
            + [element for element, _ in seen.times]
        )
        """How many short texts with a day each node holds."""
        self.bylines = self._counted(
            [spot.element for spot, name, _, _ in seen.labels if name == "authors"]
            + [element for element, _ in seen.authors]
        )
        """How many texts each node holds that name an author, or seem to."""

    def node_of(self, element: HtmlElement | None) -> int:
        """Return the number of the node that an element is or lies in, or -1."""
        while element is not None:
            number = self.numbers.get(element)
            if number is not None:
                return number
            element = element.getparent()
        return -1

    def _counted(self, elements: list[HtmlElement]) -> list[int]:
        """Return for each node how many of the elements lie in it."""
        counts = [0] * len(self.parents)
        for element in elements:
            if (node := self.node_of(element)) >= 0:
                counts[node] += 1
        for number in range(len(counts) - 1, 0, -1):
            if (parent := self.parents[number]) >= 0:
                counts[parent] += counts[number]
        return counts

    def size(self, node: int) -> int:
        """Return the width of a node's text."""
        return self.text[self.ends[node]] - self.text[self.starts[node]]

    def linked_size(self, node: int) -> int:
        """Return how many characters of a node's text are links."""
        return self.linked[self.ends[node]] - self.linked[self.starts[node]]

    def prose_size(self, node: int) -> int:
        """Return the width of a node's prose."""
        return self.prose[self.ends[node]] - self.prose[self.starts[node]]

    def ancestors(self, node: int) -> list[int]:
        """Return a node and what it lies in, from the inside out."""
        found = []
        while node >= 0:
            found.append(node)
            node = self.parents[node]
        return found

    def block_of(self, element: HtmlElement) -> int:
        """Return the block in which an element's text begins, or -1 where it has none."""
        node = self.node_of(element)
        if node < 0 or self.starts[node] >= self.ends[node]:
            return -1
        return self.starts[node]


def is_inline(element: HtmlElement) -> bool:
    """Return whether an element parts no text."""
    return element.tag in INLINE
