"""Which links of a page lead to its documents: links are grouped by where they stand, and the groups are judged.

A listing repeats one place of its markup once for every document. Each group of links in one kind of place is judged
by facts (do they lead to files, stand beside dates, read like titles, stand in furniture); the best is chosen, and
beside it those that are documents by the same facts: a second list, a second file of each row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from lxml import etree

from scrapers.discovery.listing.anchors import FILE, Anchor
from scrapers.discovery.listing.facts import REACH, Facts, card_of, container_of, holders_of, score_of, shape_of, share
from scrapers.discovery.listing.tabs import in_other_panel
from scrapers.discovery.listing.titles import weight
from scrapers.discovery.listing.words import CARD_SPECIFIC, DATE_NEAR, INLINE, READ_ON
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom

LEVELS = 6
"""How many elements around a link make its place."""
PROSE = "prose"
"""A mark in the place of links in one paragraph with others."""
DATED = "dated"
"""A mark in the place of links in a list whose items give a day beside them."""
WEEK = 5
DAY_OF_MONTH = re.compile(r"(\d{1,2})(?!\d)")
SEVERAL = 3
"""With this many different links a paragraph is prose, or a row of page numbers."""
FIELDS = 3
"""A class that names a field of the cards stands in at least this many cards."""
REPEATED = frozenset({"li", "tr", "article", "dt", "dd", "p"})
FAR = 2.5
"""How much less likely than the best another group within the same list may be."""
FAR_IN_EACH = 3.5
"""The same where it has as many links as the best: one in each row."""
OUTSIDE = 3.0
"""How much less likely a second list may be, which stands elsewhere in the same column."""
LEAST = 1.2
"""How likely a further group must be, however likely the best."""
MOST_FILES = 6
"""The most files that have one landing page, in the mean of a list."""
FEW = 2
"""This many links elsewhere on the page, or fewer, are no second list."""
LISTED = 5
"""A list of at least this many documents may have one that is featured."""
SAME_COLUMN = 0.1
"""By how much two lists of one column may differ in the share of links that stand apart from them and the heading."""


@dataclass(slots=True, eq=False)
class _Places:
    """The places of a page's links, with what was found on the way."""

    root: etree._Element
    classes: dict[etree._Element, str] = field(default_factory=dict)
    alone: dict[str, Counter[etree._Element | None]] = field(default_factory=dict)
    """How often each class stands within each parent."""
    targets: dict[str, set[str]] = field(default_factory=dict)
    """The addresses of the links with each class."""
    shared: dict[tuple[etree._Element, str], Counter[str]] = field(default_factory=dict)
    numbers: dict[etree._Element, int] = field(default_factory=dict)
    links: dict[etree._Element, int] = field(default_factory=dict)
    dated: dict[etree._Element, bool] = field(default_factory=dict)

    def of(self, anchor: Anchor) -> str:
        """Return where a link stands: the elements around it with the classes that all cards share."""
        parts = ["file" if anchor.file >= FILE else "aside" if anchor.aside else "page"]
        if self._in_prose(anchor.element):
            parts.append(PROSE)
        if self._in_dated_list(anchor.element):
            parts.append(DATED)
        most = len(parts) + LEVELS
        element: etree._Element | None = anchor.element
        while element is not None and len(parts) < most and element.tag not in ("body", "html", "main"):
            if element.tag not in INLINE or element is anchor.element:
                parts.append(f"{element.tag}{self._column(element)}.{self._lasting(element)}")
            element = element.getparent()
        return " ".join(parts)

    def _in_prose(self, element: etree._Element) -> bool:
        """Return whether a link stands in a paragraph with several others: an introduction, an alphabet."""
        paragraph = next((e for e in islice(element.iterancestors(), LEVELS) if e.tag not in INLINE), None)
        if paragraph is None or paragraph.tag != "p":
            return False
        if paragraph not in self.links:
            self.links[paragraph] = len({link.get("href") for link in paragraph.iter("a")})
        return self.links[paragraph] >= SEVERAL

    def _in_dated_list(self, element: etree._Element) -> bool:
        """Return whether a link stands in a list of which most items give a day, or a year, beside their link.

        Menus are lists of the same markup, and would else share their place.
        """
        item = next(element.iterancestors("li"), None)
        around = item.getparent() if item is not None else None
        if around is None:
            return False
        if around not in self.dated:
            items = [one for one in islice(around.iterchildren("li"), 30) if next(one.iter("a"), None) is not None]
            self.dated[around] = share(DATE_NEAR.search(_beside_link(one)) is not None for one in items) > 0.5
        return self.dated[around]

    def _column(self, element: etree._Element) -> str:
        """Return the number of a cell in its row, where the row has several."""
        if element.tag not in ("td", "th"):
            return ""
        if element not in self.numbers:
            cells = list(next(element.iterancestors()).iterchildren("td", "th"))
            is_week = _is_week([beginning(cell, 10) for cell in cells])
            self.numbers |= {cell: 0 if is_week else number for number, cell in enumerate(cells)}
        return str(self.numbers[element])

    def _lasting(self, element: etree._Element) -> str:
        """Return the classes that do not tell one card from the next.

        Numbers, `first` and `last`, the terms of a post, and what less than half of the like elements beside it have
        are left out. The name of a field is kept: it stands once in each of several cards.
        """
        if element not in self.classes:
            names = [n for n in (element.get("class") or "").lower().split()[:20] if not CARD_SPECIFIC.search(n)]
            parent = element.getparent()
            if element.tag == "a":
                names = [name for name in names if self._is_of_several(name)]
            elif names and parent is not None:
                key = (parent, str(element.tag))
                if key not in self.shared:
                    like = [set((e.get("class") or "").lower().split()) for e in parent.iterchildren(element.tag)]
                    self.shared[key] = Counter(name for names in like for name in names)
                    self.shared[key][""] = len(like)
                counts = self.shared[key]
                size = counts[""]
                if size > 2 and (element.tag in REPEATED or counts.most_common(2)[1][1] == size):
                    names = [name for name in names if 2 * counts[name] > size or self._is_field(name, counts)]
            self.classes[element] = ".".join(sorted(names))
        return self.classes[element]

    def _is_of_several(self, name: str) -> bool:
        """Return whether links to several addresses have a class; if not, it names one document."""
        if not self.targets:
            for link in self.root.iter("a"):
                for one in (link.get("class") or "").lower().split()[:20]:
                    self.targets.setdefault(one, set()).add(link.get("href") or "")
        return len(self.targets.get(name, ())) > 1

    def _is_field(self, name: str, counts: Counter[str]) -> bool:
        """Return whether a class that stands once within its parent stands once within other parents as well."""
        if not self.alone:
            for element in self.root.iter("div", "span", "td", "li", "p"):
                parent = element.getparent()
                for one in set((element.get("class") or "").lower().split()[:20]):
                    self.alone.setdefault(one, Counter())[parent] += 1
        found = self.alone.get(name, Counter())
        return counts[name] == 1 and len(found) >= FIELDS and found.total() == len(found)


def _is_week(cells: Sequence[str]) -> bool:
    """Return whether a row's cells, by their beginnings, are a calendar's week: one day after the other, or empty."""
    days = [int(match[1]) if (match := DAY_OF_MONTH.match(text)) else None for text in cells if text]
    known = [day for day in days if day is not None]
    follow = all(after - before == 1 for before, after in pairwise(known))
    return len(cells) >= WEEK and len(known) == len(days) >= 2 and follow


def _beside_link(item: etree._Element) -> str:
    """Return the beginning of what an item of a list says beside its first link."""
    return beginning(item, 300).replace(beginning(next(item.iter("a")), 300), " ", 1)


@dataclass(slots=True, eq=False)
class Group:
    """The links that stand in the same kind of place."""

    place: str
    anchors: list[Anchor] = field(default_factory=list)
    facts: dict[str, float] = field(default_factory=dict)
    score: float = 0.0

    @property
    def is_file(self) -> bool:
        """Whether its links lead to files."""
        return self.place.startswith("file ")

    def keys(self) -> dict[str, None]:
        """Return the documents' identities in order."""
        return dict.fromkeys(anchor.key for anchor in self.anchors)


class Groups:
    """A page's links in groups, judged."""

    def __init__(self, anchors: Sequence[Anchor], dom: Dom) -> None:
        places = _Places(dom.root)
        facts = Facts(anchors, dom)
        self._order = {anchor: number for number, anchor in enumerate(anchors)}
        self.by_place: dict[str, Group] = {}
        for anchor in anchors:
            place = places.of(anchor)
            self.by_place.setdefault(place, Group(place)).anchors.append(anchor)
        for group in self.by_place.values():
            group.facts = facts.of(group.anchors, is_file=group.is_file)
            group.score = score_of(group.facts)

    def at(self, places: Collection[str]) -> list[Group]:
        """Return the groups at these places of an earlier page; a paragraph may hold fewer links here, or more."""
        if exact := [self.by_place[place] for place in places if place in self.by_place]:
            return exact
        plain = set(map(_plain, places))
        return [group for place, group in self.by_place.items() if _plain(place) in plain]

    def chosen(self, floor: float = 0.0) -> list[Group]:
        """Return the groups that lead to documents, the likeliest first; none where no score is above `floor`."""
        ranked = sorted(self.by_place.values(), key=lambda group: -group.score)
        if not ranked or ranked[0].score <= floor:
            return []
        best = ranked[0]
        chosen = [best]
        around = container_of(best.anchors)
        first, last = self._span(best)
        for group in ranked[1:]:
            kin = _same_but_for_kind(group, best) or _is_landing(group, best) or _is_featured(group, best)
            kin = kin or self._leads_in(group, best)
            if group.score < LEAST and not kin:
                continue
            inside = any(around in anchor.element.iterancestors() for anchor in group.anchors)
            between = inside and any(first < self._order[anchor] < last for anchor in group.anchors)
            if between:
                belongs = _is_of_the_list(group, best) and all(_goes_with(other, group) for other in chosen)
            else:
                belongs = self._is_second_list(group, best, inside=inside)
            if belongs:
                chosen.append(group)
        return chosen

    def _span(self, group: Group) -> tuple[int, int]:
        """Return the places of a group's first and last link among all of the page."""
        return self._order[group.anchors[0]], self._order[group.anchors[-1]]

    def _leads_in(self, group: Group, best: Group) -> bool:
        """Return whether a group shows the newest documents of a list above it, as cards: a box headed `Latest`.

        All have addresses of the same shape, none is in the list itself, and they stand in its column.
        """
        one, other = best.facts, group.facts
        before = self._order[group.anchors[-1]] < self._order[best.anchors[0]]
        alike = _alike(group, best) == len(group.anchors) and len(group.keys()) < len(best.keys())
        if not before or not alike or group.keys().keys() & best.keys().keys():
            return False
        beside = abs(one["beside title"] - other["beside title"]) > SAME_COLUMN or other["furniture"] > one["furniture"]
        return not beside and other["rich"] > 0 and other["dated"] >= one["dated"]

    def _is_second_list(self, group: Group, best: Group, *, inside: bool) -> bool:
        """Return whether links before or after a list are another list of documents, and not a box beside it.

        They stand in the same column, no box names them otherwise, and they look alike or their addresses do; or they
        are files with days, which menus and boxes of forms do not have.
        """
        one, other = best.facts, group.facts
        if self._leads_in(group, best):
            return True
        if other["boxed"]:
            return False
        if not _is_featured(group, best) and (
            best.score - group.score > OUTSIDE or (not inside and len(group.keys()) <= FEW)
        ):
            return False
        if group.is_file and other["dated"] and (not best.is_file or other["furniture"] <= one["furniture"]):
            return True
        if in_other_panel(best.anchors[0].element, group.anchors[0].element):
            return True
        if abs(one["beside title"] - other["beside title"]) > SAME_COLUMN or other["furniture"] > one["furniture"]:
            return False
        if one["dated"] and other["dated"] and one["heading"] and other["heading"]:
            return True
        return 2 * _alike(group, best) > len(group.anchors)


def _alike(group: Group, best: Group) -> int:
    """Return how many links of a group have addresses of the same shape as one of the best group's."""
    shapes = {shape_of(anchor.url) for anchor in best.anchors}
    return sum(shape_of(anchor.url) in shapes for anchor in group.anchors)


def _is_featured(group: Group, best: Group) -> bool:
    """Return whether a group is one document that a page shows larger than its list, with an address like theirs."""
    alone = len(group.keys()) == 1 and group.facts["heading"] > 0
    return alone and len(best.keys()) >= LISTED and _alike(group, best) == len(group.anchors)


def _is_of_the_list(group: Group, best: Group) -> bool:
    """Return whether links among those of the best group may be documents: files, the pages of files, or as likely."""
    if group.is_file or _is_landing(group, best) or _same_but_for_kind(group, best):
        return True
    count, others = len(group.keys()), len(best.keys())
    return best.score - group.score <= (FAR_IN_EACH if 10 * abs(count - others) <= others else FAR)


def _same_but_for_kind(group: Group, best: Group) -> bool:
    """Return whether pages stand just where the files of a list do: some of its documents have a page alone."""
    kind, _, place = _plain(group.place).partition(" ")
    return kind == "page" and best.is_file and place == _plain(best.place).partition(" ")[2]


def _plain(place: str) -> str:
    """Return a place without its marks: a paragraph may hold one link or many, a later page fewer days."""
    return place.replace(f" {PROSE} ", " ").replace(f" {DATED} ", " ")


def _is_landing(group: Group, files: Group) -> bool:
    """Return whether pages are landing pages of files beside them: only they have titles, or are called `Read more`."""
    if not files.is_file or _titled(files) or group.facts.get("elsewhere", 0.0) > 0.5:
        return False
    if len(group.keys()) * MOST_FILES < len(files.keys()):
        return False
    of_each = 2 * len(group.keys()) > len(files.keys())
    return _titled(group) or (of_each and all(READ_ON.match(anchor.text) for anchor in group.anchors))


def _goes_with(chosen: Group, group: Group) -> bool:
    """Return whether a further group leads to documents as well, beside one that was chosen."""
    if not _share_cards(chosen, group):
        return True
    if group.is_file:
        return True
    return _is_landing(group, chosen)  # else a docket, a topic


def _share_cards(one: Group, other: Group) -> bool:
    """Return whether two groups' links stand in the same cards."""
    for inner, outer in ((one, other), (other, one)):
        holders = holders_of(outer.anchors)
        cards = {card_of(anchor, holders) for anchor in outer.anchors}
        inside = sum(
            any(element in cards for element in islice(anchor.element.iterancestors(), REACH))
            for anchor in inner.anchors
        )
        if 2 * inside > len(inner.anchors):
            return True
    return False


def _titled(group: Group) -> bool:
    """Return whether a group's links say the titles of their documents: long enough, and not all the same."""
    texts = [anchor.text for anchor in group.anchors]
    return share(weight(text) >= 14 for text in texts) > 0.5 and 2 * len(set(texts)) > len(group.keys())
