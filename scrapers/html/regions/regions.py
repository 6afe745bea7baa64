"""Which parts of a page are its document's own, and which are others': teasers, comments, people, events, furniture.

A title, name or day that stands in another's region is never this document's, however typical it looks; and such a
region's text is no part of the body. Regions are recognised by structure, by repetition, by the headings of sections,
by links to other documents, by roles and names of elements, and by what a browser would hide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrapers.html.blocks import ARTICLE, ASIDE, DIALOG, FOOTER, HEADER, HIDDEN, NAV, NOSCRIPT, Blocks
from scrapers.html.regions import repeats
from scrapers.html.regions.heading import heading_block, headlines, page_titles
from scrapers.html.regions.tree import Tree
from scrapers.html.regions.words import Region, class_of, heading_of, is_own_section, named_at_start

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.dom import Dom
    from scrapers.html.metadata import Declared
    from scrapers.html.scan import Scan

MOST = 0.5
"""An element with more than this share of the page's prose is not taken for another's because of its name."""
ZONE = 12
"""Blocks that the lines about a document take at most, after its heading ..."""
AHEAD = 5
"""... and before it."""
LINE = 200
"""Greatest width of a line about a document."""
BOX = 300
"""Greatest width of the words in a box that asks for an address."""
DAY = 30
"""Most characters of a day, or of what introduces it, beside a link."""
_FILE = re.compile(r"\b(?:pdf|docx?|xlsx?|[kmg]b)\b", re.IGNORECASE)
_BY_FLAG = (
    (HIDDEN, Region.HIDDEN),
    (NOSCRIPT, Region.HIDDEN),
    (DIALOG, Region.DIALOG),
    (NAV, Region.FURNITURE),
    (FOOTER, Region.FURNITURE),
    (ASIDE, Region.ASIDE),
)
_TOLD_BY_FLAG = HIDDEN | NOSCRIPT | DIALOG | NAV | FOOTER | ASIDE | HEADER


class Regions:
    """The region of each part of a page."""

    def __init__(self, dom: Dom, page: Blocks, metadata: Declared, seen: Scan) -> None:
        self.tree = Tree(page, seen)
        self.page = page
        self.titles = page_titles(dom, metadata) + headlines(metadata)
        self.heading = heading_block(self.tree, self.titles, dom.url)
        """The block that is the document's heading, or -1."""
        around = self.tree.ancestors(page.owners[self.heading]) if self.heading >= 0 else []
        self._own = frozenset(around)
        self._marks: dict[int, Region] = {}
        self._headed: set[int] = set()
        """The nodes of sections whose heading says that they are another's."""
        self._by_name()
        self.zone = self._heading_zone()
        """The blocks of the document's heading and of the lines about it: the first, and the one behind the last."""
        self._sections()
        self._subscriptions(dom)
        self._repeats()
        self._links()
        self.nodes = self._settled()
        """The region of each node."""

    def of(self, element: HtmlElement | None) -> Region:
        """Return the region that an element stands in."""
        node = self.tree.node_of(element)
        return self.nodes[node] if node >= 0 else Region.OWN

    def admits(self, element: HtmlElement | None, *, labelled: bool = False) -> bool:
        """Return whether what stands in an element may be a value of the document.

        In a side column only what is labelled may be.
        """
        region = self.of(element)
        return region is Region.OWN or (labelled and region is Region.ASIDE)

    def of_block(self, number: int) -> Region:
        """Return the region that a block stands in."""
        return self.nodes[self.page.owners[number]]

    def is_headed(self, number: int) -> bool:
        """Return whether a block stands in a section whose heading says that it is another's."""
        return not self._headed.isdisjoint(self.tree.ancestors(self.page.owners[number]))

    def beside_heading(self, element: HtmlElement | None) -> bool:
        """Return whether an element stands among the lines about the document, beside its heading."""
        node = self.tree.node_of(element)
        if node < 0 or self.nodes[node] not in (Region.OWN, Region.ASIDE):
            return False
        first, last = self.zone
        start = self.tree.starts[node]
        return first <= start < last and self.tree.ends[node] <= last + 1

    def around_heading(self) -> Iterator[range]:
        """Yield the blocks of each element that holds the document's heading, from the inside out."""
        if self.heading >= 0:
            for node in self.tree.ancestors(self.page.owners[self.heading]):
                yield range(self.tree.starts[node], self.tree.ends[node])

    def offers_files(self, element: HtmlElement | None) -> bool:
        """Return whether an element stands in a box that is headed as one of files (`Downloads`)."""
        tree = self.tree
        return any(
            is_own_section(self.page.texts[tree.starts[node]])
            for node in tree.ancestors(tree.node_of(element))
            if node not in self._own and tree.starts[node] < tree.ends[node]
        )

    def in_prose(self, element: HtmlElement | None) -> bool:
        """Return whether an element stands in a paragraph of sentences."""
        tree, node = self.tree, self.tree.node_of(element)
        return node >= 0 and any(
            tree.is_prose[number]
            for number in range(tree.starts[node], tree.ends[node])
            if self.page.owners[number] == node
        )

    def _mark(self, node: int, region: Region) -> None:
        """Say that a node is of a region, unless the document's heading lies in it."""
        if node < 0 or node in self._own:
            return
        self._marks[node] = max(region, self._marks.get(node, Region.OWN))

    def _apart(self, items: list[int]) -> list[int]:
        """Return those of alike items that are more than the lines about the document.

        These stand in the heading's zone, without sentences; a list that begins there and goes on in the same shape is
        none of them.
        """
        tree = self.tree
        after = {item for item in items if tree.starts[item] >= self.zone[1] or tree.prose_size(item) > 0}
        shapes = {repeats.shape(tree, item) for item in after}
        return [item for item in items if item in after or repeats.shape(tree, item) in shapes]

    def _mark_all(self, nodes: list[int], region: Region) -> None:
        for node in nodes:
            self._mark(node, region)

    def _by_name(self) -> None:
        """Mark the elements whose tag, role, attributes or class names tell their region."""
        tree, flags, parents = self.tree, self.page.node_flags, self.page.node_parents
        prose = tree.prose[-1]
        borne = {name for node in self._own for name in tree.keys[node].split()}
        for node, key in enumerate(tree.keys):
            parent = parents[node]
            new = flags[node] & ~(flags[parent] if parent >= 0 else 0)
            region = None
            if new & _TOLD_BY_FLAG:
                region = next((region for flag, region in _BY_FLAG if new & flag), None)
                if new & FOOTER and parent >= 0 and flags[parent] & ARTICLE and region == Region.FURNITURE:
                    region = None  # of its article: it may say who wrote it
                elif region is None and new & HEADER and not flags[node] & ARTICLE and self.heading >= 0:
                    region = Region.FURNITURE
            if region is None and key:
                # A name that the elements around the heading bear as well is the site builder's: `elementor-widget`.
                others = key if borne.isdisjoint(key.split()) else " ".join(n for n in key.split() if n not in borne)
                region = class_of(others)
                if region is Region.FURNITURE and "foot" in key.lower() and tree.prose[tree.ends[node]] < MOST * prose:
                    region = None  # the document's text comes after it: it is the foot of a heading, as of TYPO3's news
            if region is None or node in self._own or (region is Region.RELATED and not tree.linked_size(node)):
                continue
            if tree.prose_size(node) > MOST * prose and prose:
                continue
            self._mark(node, region)

    def _heading_zone(self) -> tuple[int, int]:
        """Return the blocks of the document's heading and of the lines about it, as a range."""
        tree, page = self.tree, self.page
        if self.heading < 0:
            return 0, 0
        first = self.heading
        links = 0
        for number in range(self.heading - 1, max(-1, self.heading - 1 - AHEAD), -1):
            if tree.widths[number] > LINE or self._marked(page.owners[number]) or tree.is_prose[number]:
                break
            links = links + 1 if 2 * page.linked[number] > len(page.texts[number]) else 0
            if links > 1:
                break
            first = number
        last, prose = self.heading + 1, 0
        while last < len(page.texts) and last - self.heading <= ZONE:
            if tree.is_prose[last]:
                prose += 1
                if prose > 1:
                    break
            elif page.levels[last] and page.levels[last] <= 3 and prose:
                break
            last += 1
        return first, last

    def _marked(self, node: int) -> bool:
        """Return whether a node lies in a part that is marked as another's."""
        return any(self._marks.get(n, Region.OWN) > Region.ASIDE for n in self.tree.ancestors(node))

    def _sections(self) -> None:
        """Mark the sections whose heading names another's region, and the lines that begin with such words."""
        page = self.page
        for number, text in enumerate(page.texts):
            if number == self.heading or len(text) > 400:
                continue
            node = page.owners[number]
            level = page.levels[number]
            region = heading_of(text)
            if region is not None:
                if level or self._heads(number):
                    self._section(number, node, level or 4, region)
                elif (region is Region.PAGER and page.linked[number]) or (
                    region is Region.FURNITURE and text[-1] in "?？"
                ):
                    self._mark(node, region)
            elif page.linked[number] >= 4 and self.tree.ends[node] - self.tree.starts[node] == 1:
                region = named_at_start(text, linked=page.linked[number] / len(text))
                if region in (Region.RELATED, Region.PAGER):
                    self._mark(node, region)

    def _heads(self, number: int) -> bool:
        """Return whether a short text that is no heading stands over links or days as one."""
        page, tree = self.page, self.tree
        if 2 * page.linked[number] > len(page.texts[number]) or number + 1 >= len(page.texts):
            return False
        node = page.owners[number]
        after = tree.parents[node]
        held = range(number + 1, min(number + 3, len(page.texts)))
        return any(page.links[n] for n in held) or (after >= 0 and tree.days[after] > 0)

    def _section(self, number: int, node: int, level: int, region: Region) -> None:
        """Mark the element that a heading is the first text of, or else what follows the heading in its element.

        A section of related documents links them: "Recommendations" over a list without a link is the document's own.
        """
        tree, parents = self.tree, self.page.node_parents
        top = node
        while parents[top] >= 0 and parents[top] not in self._own and tree.starts[parents[top]] == number:
            top = parents[top]
        dated = region is Region.FURNITURE and tree.days[top] > 0  # what a bar shares or tags has no day
        whole = tree.ends[top] > number + 1 and top not in self._own and not dated
        if whole and tree.prose_size(top) <= MOST * tree.prose[-1]:
            if region is not Region.RELATED or tree.linked_size(top):
                self._mark_headed([top], region)
            return
        if dated:
            top = node
        if (parent := parents[top]) < 0:
            return
        siblings = tree.children[parent]
        section = []
        for sibling in siblings[siblings.index(top) + 1 :]:
            begin, end = tree.starts[sibling], tree.ends[sibling]
            if begin == end:
                continue
            if sibling in self._own or self._is_heading(begin, level) or self._goes_on(sibling, region):
                break
            if region is Region.FURNITURE and tree.days[sibling]:
                break
            section.append(sibling)
        if region is not Region.RELATED or any(map(tree.linked_size, [top, *section])):
            self._mark_headed([top, *section], region)

    def _mark_headed(self, nodes: list[int], region: Region) -> None:
        self._mark_all(nodes, region)
        self._headed.update(nodes)

    def _is_heading(self, number: int, level: int) -> bool:
        """Return whether a block heads a section of the same or a higher level."""
        own = self.page.levels[number]
        return 0 < own <= level and 2 * self.page.linked[number] <= len(self.page.texts[number])

    def _goes_on(self, node: int, region: Region) -> bool:
        """Return whether the document's own text goes on after a box within it: with sentences, and no link first."""
        tree = self.tree
        if region is Region.COMMENTS:
            return False
        return tree.is_prose[tree.starts[node]] or (
            region is not Region.RELATED and 2 * tree.prose_size(node) > tree.size(node)
        )

    def _subscriptions(self, dom: Dom) -> None:
        """Mark the boxes that ask for a reader's address: a field for it with the few words around, in any language."""
        tree = self.tree
        for entry in dom.tagged("input"):
            if (entry.get("type") or "").lower() != "email":
                continue
            form = next(entry.iterancestors("form"), None)
            box = tree.node_of(entry if form is None else form)
            inside = tree.size(box) if box >= 0 else 0
            while box >= 0 and tree.size(box) == inside:
                box = tree.parents[box]
            if box >= 0 and tree.size(box) <= BOX and not (tree.prose_size(box) or tree.days[box] or tree.bylines[box]):
                self._mark(box, Region.FURNITURE)

    def _repeats(self) -> None:
        """Mark alike parts that each name another document or have a day."""
        tree = self.tree
        prose = tree.prose[-1]
        for parent, items in repeats.groups(tree):
            others = [item for item in items if item not in self._own]
            if not others:
                continue
            consists = sum(tree.prose_size(item) for item in others) > MOST * prose
            # The first post of a thread is the document.
            own = others[0] if consists and tree.starts[others[0]] < self.zone[1] else -1
            if repeats.teasers(tree, others):
                quoted = tree.tags[others[0]] == "blockquote"
                region = Region.DATED if quoted else Region.POSTS if consists else Region.RELATED
                self._mark_all([item for item in others if item != own], region)
            elif tree.days[parent] > 1 and repeats.dated(tree, apart := self._apart(others)):
                self._mark_all([item for item in apart if item != own], Region.DATED)
            if tree.tags[parent] == "dl" and repeats.split_pairs(tree, parent):
                self._mark(parent, Region.RELATED)
        for node, tag in enumerate(tree.tags):
            if tag == "table" and repeats.is_calendar(tree, node):
                self._mark(node, Region.EVENTS)
            elif tag == "article" and self.heading >= 0 and node not in self._own and self._is_second(node):
                self._mark(node, Region.RELATED)

    def _is_second(self, node: int) -> bool:
        """Return whether an article is another than the document: headed by a link, or after the document's own."""
        tree = self.tree
        if tree.prose_size(node) > MOST * tree.prose[-1]:
            return False
        levels = self.page.levels
        return repeats.is_teaser(tree, node) or (
            levels[self.heading] == 1
            and any(tree.tags[above] == "article" for above in self._own)
            and 1 in levels[tree.starts[node] : tree.ends[node]]
        )

    def _links(self) -> None:
        """Mark lines before the heading or behind the first paragraph that link another document beside a day."""
        tree, page = self.tree, self.page
        first = next((number for number in range(*self.zone) if tree.is_prose[number]), self.zone[1])
        for number in (*range(self.heading), *range(first, len(page.texts))):
            text, linked = page.texts[number], page.linked[number]
            wide = tree.widths[number] * linked // len(text)
            if (
                wide >= repeats.TITLE
                and linked <= len(text) < LINE
                and linked + DAY > len(text)
                and not _FILE.search(text)
            ):
                node = page.owners[number]
                if tree.days[node] and tree.ends[node] - tree.starts[node] == 1 and repeats.leads_on(tree, node):
                    self._mark(node, Region.RELATED)

    def _settled(self) -> list[Region]:
        """Return the region of each node: its own mark, or what it lies in."""
        regions: list[Region] = []
        for node, parent in enumerate(self.page.node_parents):
            above = regions[parent] if parent >= 0 and node not in self._own else Region.OWN
            regions.append(max(above, self._marks.get(node, Region.OWN)))
        return regions
