"""The row of each document: all that a listing's page says about it, in pieces.

A document's row is what stands around its link and around no other document's: a table's row, a card, a list item, the
lines up to the next. What heads several rows (a day, a year, the name of a meeting) belongs to each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from lxml import etree

from scrapers.discovery.listing.anchors import Anchor
from scrapers.discovery.listing.facts import shape_of
from scrapers.discovery.listing.rows.items import LOWEST, MANY, SHORT, Item, parting, rank_of, rank_of_link, shared_end
from scrapers.discovery.listing.rows.pieces import UNSEEN, Piece, pieces_within
from scrapers.discovery.listing.rows.tables import SECTIONS, Cell, cells_of
from scrapers.discovery.listing.titles import is_title
from scrapers.discovery.listing.words import HEADINGS, INLINE
from scrapers.discovery.xml import beginning
from scrapers.values.text import clean_line

MAX_PIECES = 80
MAX_CONTEXT = 20
"""Pieces of what heads a row, the nearest first."""
MAX_ITEMS = 50_000
MAX_FILES = 6
"""Most files of one item of a list."""
OFTEN, OFTEN_SHARE = 2, 0.15
"""A text is no title if more links than this have it, and a larger share of all links."""


@dataclass(slots=True, eq=False)
class Row:
    """What a page says around one document."""

    anchors: list[Anchor]
    pieces: list[Piece]
    shared: bool = False
    """Whether other documents stand in the same row."""


def rows_of_documents(root: etree._Element, anchors: Sequence[Anchor]) -> dict[str, Row]:
    """Return the row of each document by its identity, in the page's order."""
    return _Reading(anchors).rows(root)


class _Reading:
    """One page's rows."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self.at: dict[etree._Element, Anchor] = {anchor.element: anchor for anchor in anchors}
        self.by_key: dict[str, list[Anchor]] = {}
        self.holds: dict[etree._Element, str] = {}
        self.cells: dict[etree._Element, list[Cell]] = {}
        self.texts = Counter(text for text, _ in {(anchor.text, anchor.key) for anchor in anchors})
        self.often = max(OFTEN, OFTEN_SHARE * len({anchor.key for anchor in anchors}))
        for anchor in anchors:
            self.by_key.setdefault(anchor.key, []).append(anchor)
            for element in (anchor.element, *anchor.element.iterancestors()):
                held = self.holds.get(element)
                if held is not None and held != anchor.key:
                    if held == MANY:
                        break
                    self.holds[element] = MANY
                else:
                    self.holds[element] = anchor.key
        self.found: dict[str, Row] = {}

    def rows(self, root: etree._Element) -> dict[str, Row]:
        waiting: list[tuple[Item, list[Piece], bool]] = [(Item([root], root, self.holds.get(root)), [], False)]
        while waiting:
            item, context, repeated = waiting.pop()
            waiting.extend(reversed(self._divide(item, context, repeated)))
        return {key: self.found[key] for key in self.by_key if key in self.found}

    def _divide(self, item: Item, context: list[Piece], repeated: bool) -> list[tuple[Item, list[Piece], bool]]:
        """Note the row of an item with one document; return the parts of one with several, each with what heads it."""
        if item.key != MANY:
            self._note(item.nodes, item.key, context)
            return []
        if item.element is None or (item.element.tag == "tr" and self._is_one_row(item.element)):
            self._share(item, context)
            return []
        if repeated and self._is_one_item(item.element):
            self._share(item, context)
            return []
        items = self._joined(self._items(item.element))
        holding = [part for part in items if part.key is not None]
        if not holding:  # the documents stand where no text is read: in a `noscript`, a frame, a menu of a form
            return []
        if len(holding) == 1 and holding[0].element is None:
            self._share(item, context)
            return []
        order = {id(one): n for n, one in enumerate(items)}
        further = []
        headed: list[Item] | None = None
        around: list[Piece] = []
        for part, heads, beside in self._sequence(items, repeated):
            if heads != headed:
                headed, around = heads, self._context(heads, context)
            if part.key == MANY or len(holding) == 1:
                near = [replace(piece, level=1) for other in beside for piece in self._pieces(other.nodes)]
                again = sum(other.shape == part.shape for other in holding) > 1
                further.append((part, near + around, again or (repeated and len(holding) == 1)))
            else:
                row = sorted([part, *beside], key=lambda one: order[id(one)])
                self._note([node for one in row for node in one.nodes], part.key, around)
        return further

    def _context(self, heads: Sequence[Item], context: Sequence[Piece]) -> list[Piece]:
        """Return the pieces of the headings above an item, and then of what heads these."""
        above = [replace(piece, level=2 + n) for n, head in enumerate(heads) for piece in self._pieces(head.nodes)]
        return (above + [replace(piece, level=piece.level + 2) for piece in context])[:MAX_CONTEXT]

    def _note(self, nodes: Iterable[etree._Element | str], key: str | None, context: list[Piece]) -> None:
        if key is None or key == MANY:
            return
        pieces = self._pieces(nodes)
        row = self.found.get(key)
        # The same document again: what says more of it is its row.
        if row is None or len(pieces) > len([piece for piece in row.pieces if piece.level == 0]):
            self.found[key] = Row(self.by_key[key], [*pieces, *context])

    def _share(self, item: Item, context: list[Piece]) -> None:
        """Note the rows of documents that stand in one: what is not a link to any of them is said of each."""
        pieces = self._pieces(item.nodes)
        others = [replace(piece, level=1) for piece in pieces if self._anchor_of(piece) is None]
        anchors = self._within(item)
        titles = [
            (replace(piece, level=1), a) for piece in pieces if self._is_titled(a := self._anchor_of(piece)) and a
        ]
        for anchor in anchors:
            own = [p for p in pieces if (a := self._anchor_of(p)) is not None and a.key == anchor.key]
            named = []
            if not self._is_titled(anchor):
                # What names a row is its first link, or one of another kind: a file further on names itself alone.
                kind = shape_of(anchor.url)
                named = [piece for piece, a in titles if a is anchors[0] or shape_of(a.url) != kind]
            self.found.setdefault(
                anchor.key, Row(self.by_key[anchor.key], [*own, *named, *others, *context], shared=True)
            )

    def _within(self, item: Item) -> list[Anchor]:
        """Return the links to documents in an item, in order."""
        links = [link for node in item.nodes if not isinstance(node, str) for link in node.iter("a")]
        return [self.at[link] for link in links if link in self.at]

    def _is_titled(self, anchor: Anchor | None) -> bool:
        """Return whether a link says a title of its own, and not what stands in row after row (`Minutes`)."""
        return anchor is not None and is_title(anchor.text) and self.texts[anchor.text] <= self.often

    def _is_one_item(self, element: etree._Element) -> bool:
        """Return whether the documents within an element are the page and the files of one item of a list.

        A heading for each of several documents makes them several items, even if all their links say `View`.
        """
        links = self._within(Item([element], element))
        keys = {link.key for link in links}
        headings = Counter(heading.tag for heading in element.iter(*HEADINGS))
        if len(keys) > 1 and headings and max(headings.values()) >= len(keys):
            return False
        return len(keys) <= MAX_FILES and len({link.key for link in links if self._is_titled(link)}) <= 1

    def _anchor_of(self, piece: Piece) -> Anchor | None:
        return self.at.get(piece.link) if piece.link is not None else None

    def _is_one_row(self, row: etree._Element) -> bool:
        """Return whether the documents of a table's row are the files of one item, and not a grid of items."""
        cells = list(row.iterchildren("td", "th"))
        holding = [cell for cell in cells if cell in self.holds]
        if any(self.holds[cell] == MANY and self._nests(cell) for cell in holding):
            return False
        other = [cell for cell in cells if cell not in self.holds and beginning(cell, 20)]
        return bool(other) or len(holding) == 1

    def _nests(self, cell: etree._Element) -> bool:
        """Return whether blocks within a cell hold documents of their own: then it lays out a page."""
        blocks = [e for e in cell.iter("table", "tr", "p", "div", "li", *HEADINGS) if e is not cell and e in self.holds]
        return any(e.tag == "table" for e in blocks) or len(blocks) > 8

    def _items(self, element: etree._Element) -> list[Item]:
        """Return an element's blocks and lines in their order; wrappers that only style are looked through."""
        if element.tag == "table":
            self.cells |= cells_of(element)
        items: list[Item] = []
        line: list[etree._Element | str] = []

        def end_line() -> None:
            if line:
                items.append(self._item(list(line), None))
                line.clear()

        def walk(around: etree._Element) -> None:
            if around.text and around.text.strip():
                line.append(around.text)
            for child in around:
                tag = child.tag
                if not isinstance(tag, str) or (tag in UNSEEN and child not in self.holds):
                    pass
                elif tag == "br":
                    if line:
                        end_line()
                    else:
                        items.append(Item([]))
                elif tag in SECTIONS or (tag in INLINE and tag != "a" and _wraps_blocks(child)):
                    end_line()
                    walk(child)
                    end_line()
                elif tag in INLINE or tag in ("img", "input", "label", "time"):
                    if self._is_card(child) and any(self._is_card(other) for other in line):
                        end_line()
                    line.append(child)
                else:
                    end_line()
                    items.append(self._item([child], child))
                if child.tail and child.tail.strip():
                    line.append(child.tail)

        walk(element)
        end_line()
        return items[:MAX_ITEMS]

    def _is_card(self, node: etree._Element | str) -> bool:
        """Return whether a link to a document wraps blocks: it is a row, though others stand in one line with it."""
        return not isinstance(node, str) and node in self.at and _wraps_blocks(node)

    def _item(self, nodes: list[etree._Element | str], element: etree._Element | None) -> Item:
        keys = {self.holds[node] for node in nodes if not isinstance(node, str) and node in self.holds}
        key = None if not keys else keys.pop() if len(keys) == 1 else MANY
        text = "" if key else clean_line(" ".join(n if isinstance(n, str) else beginning(n, SHORT) for n in nodes))
        item = Item(nodes, element, key, text=text)
        item.rank = rank_of(item)
        return item

    def _joined(self, items: list[Item]) -> list[Item]:
        """Return the items, those of one row joined: the link of a title and, further on, that of its file.

        `<h3><a>Title</a></h3> <p>Filed 3 May</p> <p><a>View</a></p>`: links without a title follow one with a title.
        """
        joined: list[Item] = []
        opened: Item | None = None  # the row that a title's link began
        gap: list[Item] = []
        rows = 0
        for item in items:
            links = self._within(item) if item.key is not None else []
            titled = any(self._is_titled(link) for link in links)
            if not links:
                gap.append(item)
                if item.is_rule or (item.rank and opened is not None and item.rank <= rank_of_link(opened)):
                    opened = None
                continue
            if opened is not None and (not titled or item.key == opened.key):
                nodes = [node for part in (*gap, item) for node in part.nodes]
                key = opened.key if item.key == opened.key else MANY
                joined[-1] = opened = Item([*opened.nodes, *nodes], opened.element, key)
                rows += 1
            else:
                joined += [*gap, item]
                begins = titled and item.key != MANY and rank_of_link(item) < LOWEST
                opened = item if begins else None
            gap = []
        for item in joined:
            item.element = item.element if len(item.nodes) == 1 else None
        return [*joined, *gap] if rows > 1 else items

    def _sequence(self, items: list[Item], repeated: bool) -> Iterator[tuple[Item, list[Item], list[Item]]]:
        """Yield each item that holds documents, the headings above it, the nearest first, and what belongs to it."""
        holding = [n for n, item in enumerate(items) if item.key is not None]
        beside: dict[int, list[Item]] = {n: [] for n in holding}
        floor = min((rank_of_link(items[n]) for n in holding), default=9)
        for item in items:
            if item.rank > floor:  # beneath documents in headings nothing lesser heads the next
                item.rank = 0
        first, last = holding[0], holding[-1]
        lead = shared_end([item.shape for item in items[:first]], items, holding)
        trails = bool(items[last + 1 :]) and not items[last + 1].rank
        for before, after in pairwise(holding):
            gap = list(range(before + 1, after))
            cut = parting(items, gap, lead, trails)
            beside[before] += [items[n] for n in gap[:cut] if items[n].text and not items[n].rank]
            beside[after] += [items[n] for n in gap[cut:] if items[n].text and not items[n].rank]
        if len(holding) == 1:
            if repeated:
                beside[first] += [i for i in items if i.key is None and i.text and not i.rank and len(i.text) < SHORT]
        else:
            beside[first][:0] = [i for i in items[max(first - lead, 0) : first] if i.text and not i.rank]
            gap_after = min((after - before - 1 for before, after in pairwise(holding)), default=0)
            tail = items[last + 1 : last + 1 + max(gap_after - lead, 0)]
            for item in tail:
                if item.rank or not item.nodes or item.is_rule:
                    break
                if item.text:
                    beside[last].append(item)
        heads: dict[int, Item] = {}
        for n, item in enumerate(items):
            if item.rank and item.key is None:
                heads = {rank: head for rank, head in heads.items() if rank < item.rank}
                heads[item.rank] = item
            elif item.key is not None:
                yield item, [heads[rank] for rank in sorted(heads, reverse=True)], beside[n]
                following = next((items[after] for after in holding if after > n), None)
                if item.key != MANY and following is not None and following.key == MANY:
                    heads[LOWEST] = item  # `<p>3 May 2019: <a>Summaries</a></p>` heads the list after it

    def _pieces(self, nodes: Iterable[etree._Element | str]) -> list[Piece]:
        found: list[Piece] = []
        numbered: dict[str, int] = {}
        for node in nodes:
            if len(found) >= MAX_PIECES:
                break
            if isinstance(node, str):
                if text := clean_line(node):
                    number = numbered["text"] = numbered.get("text", -1) + 1
                    found.append(Piece(text=text, slot=f"text#{number}"))
                continue
            if node.tag == "tr":
                if node not in self.cells:
                    table = next(node.iterancestors("table"), None)
                    self.cells |= cells_of(table) if table is not None else {}
                for cell in self.cells.get(node, ()):
                    parts = pieces_within(cell.element, numbered, before=f"{cell.column} ", label=cell.heading)
                    found += islice(parts, MAX_PIECES)
                if node in self.cells:
                    continue
            found += islice(pieces_within(node, numbered), MAX_PIECES)
        return found[:MAX_PIECES]


def _wraps_blocks(element: etree._Element) -> bool:
    """Return whether an element that should stand in a line holds breaks or blocks."""
    return any(
        isinstance(e.tag, str) and (e.tag == "br" or e.tag not in INLINE | UNSEEN | {"img", "input", "time"})
        for e in islice(element.iterdescendants(), 200)
    )
