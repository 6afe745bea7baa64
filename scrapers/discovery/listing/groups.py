"""Which links of a page lead to its documents: links are grouped by where they stand, and the groups are judged.

A listing repeats one place of its markup once for every document. Each group of links in one kind of place is judged
by facts (do they lead to files, stand beside dates, read like titles, stand in furniture); the best is chosen, and
beside it those that are documents by the same facts: a second list, a second file of each row.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from scrapers.discovery.listing.anchors import Anchor
from scrapers.discovery.listing.chrome import furniture_around
from scrapers.discovery.listing.titles import weight
from scrapers.discovery.listing.words import CARD_SPECIFIC, DATE_NEAR, HEADINGS, INLINE
from scrapers.discovery.xml import beginning

LEVELS = 6
"""How many elements around a link make its place."""
REACH = 15
"""How many elements around a link a card may reach."""
REPEATED = frozenset({"li", "tr", "article", "dt", "dd"})
FILE = 0.6
"""How likely a file a link must be to count as one."""
FAR = 3.5
"""How much less likely than the best another group of pages within the same list may be."""
OUTSIDE = 3.0
"""How much less likely a group of files may be where it stands elsewhere on the page: then it is a list of its own."""
PAGES_OUTSIDE = 1.5
"""The same of a group of pages: calendars, people and topics are lists as well."""
LEAST = 0.7
"""How likely a further group must be, however likely the best."""
MAX_BESIDE = 60
FEW = 2
"""So few links elsewhere on the page are no second list."""

WEIGHTS = {
    "base": -1.5,
    "many": 0.6,  # of the logarithm of how many
    "file": 4.0,  # of how likely files they are, the mean
    "dated": 2.0,
    "rich": 0.8,  # more than the link stands in the card
    "heading": 1.5,
    "main": 0.5,
    "fair": 0.6,  # as long as a title may be
    "long": 1.3,
    "short": -0.8,
    "tiny": -1.6,
    "same": -1.0,  # most say the same: `Read more`
    "furniture": -5.0,  # of how surely they stand in it
    "aside": -3.0,
    "elsewhere": -2.0,
}
"""What each fact adds to the log-odds that a group's links lead to documents."""


@dataclass(slots=True, eq=False)
class _Places:
    """The places of a page's links, with what was found on the way."""

    classes: dict[etree._Element, str] = field(default_factory=dict)
    shared: dict[tuple[etree._Element, str], Counter[str]] = field(default_factory=dict)
    numbers: dict[etree._Element, int] = field(default_factory=dict)

    def of(self, anchor: Anchor) -> str:
        """Return where a link stands: the elements around it with their classes, but for what tells cards apart."""
        parts = ["file" if anchor.file >= FILE else "page"]
        element: etree._Element | None = anchor.element
        while element is not None and len(parts) <= LEVELS and element.tag not in ("body", "html", "main"):
            if element.tag not in INLINE or element is anchor.element:
                parts.append(f"{element.tag}{self._column(element)}.{self._lasting(element)}")
            element = element.getparent()
        return " ".join(parts)

    def _column(self, element: etree._Element) -> str:
        """Return the number of a cell in its row, where the row has several."""
        if element.tag not in ("td", "th"):
            return ""
        if element not in self.numbers:
            for number, cell in enumerate(next(element.iterancestors()).iterchildren("td", "th")):
                self.numbers[cell] = number
        return str(self.numbers[element])

    def _lasting(self, element: etree._Element) -> str:
        """Return the classes that do not tell one card from the next.

        Left out are numbers, first and last, terms of a post, and what less than half of its like beside it bear.
        """
        if element not in self.classes:
            names = [n for n in (element.get("class") or "").lower().split()[:20] if not CARD_SPECIFIC.search(n)]
            parent = element.getparent()
            if names and parent is not None and element.tag != "a":
                key = (parent, str(element.tag))
                if key not in self.shared:
                    like = [set((e.get("class") or "").lower().split()) for e in parent.iterchildren(element.tag)]
                    self.shared[key] = Counter(name for names in like for name in names)
                    self.shared[key][""] = len(like)
                counts = self.shared[key]
                size = counts[""]
                if size > 2 and (element.tag in REPEATED or counts.most_common(2)[1][1] == size):
                    names = [name for name in names if 2 * counts[name] > size]
            self.classes[element] = ".".join(sorted(names))
        return self.classes[element]


@dataclass(slots=True, eq=False)
class Group:
    """The links that stand in the same kind of place."""

    place: str
    anchors: list[Anchor] = field(default_factory=list)
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

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        places = _Places()
        self._order = {anchor: number for number, anchor in enumerate(anchors)}
        self.by_place: dict[str, Group] = {}
        self._furniture: dict[etree._Element, float] = {}
        for anchor in anchors:
            place = places.of(anchor)
            self.by_place.setdefault(place, Group(place)).anchors.append(anchor)
        for group in self.by_place.values():
            group.score = self._judge(group)

    def chosen(self) -> list[Group]:
        """Return the groups that lead to documents, the likeliest first; none where no group is likely."""
        ranked = sorted(self.by_place.values(), key=lambda group: -group.score)
        if not ranked or ranked[0].score <= 0:
            return []
        chosen = [ranked[0]]
        around = _container(ranked[0])
        first, last = self._span(ranked[0])
        for group in ranked[1:]:
            if group.score < LEAST:
                break
            inside = any(around in anchor.element.iterancestors() for anchor in group.anchors)
            if inside and not group.is_file and not any(first < self._order[anchor] < last for anchor in group.anchors):
                continue  # before or after the list, in one column with it
            behind = ranked[0].score - group.score
            if not inside and (len(group.keys()) <= FEW or behind > (OUTSIDE if group.is_file else PAGES_OUTSIDE)):
                continue
            if not group.is_file and (behind > FAR if inside else self._is_lesser(group, ranked[0])):
                continue
            if all(_goes_with(other, group) for other in chosen):
                chosen.append(group)
        return chosen

    def _span(self, group: Group) -> tuple[int, int]:
        """Return the places of a group's first and last link among all of the page."""
        return self._order[group.anchors[0]], self._order[group.anchors[-1]]

    def _is_lesser(self, group: Group, best: Group) -> bool:
        """Return whether links of another list do not stand in headings as those of the best do: a calendar, a menu."""
        return in_heading(best.anchors[0].element) and not in_heading(group.anchors[0].element)

    def _judge(self, group: Group) -> float:
        """Return the log-odds that a group's links lead to documents."""
        facts = self.facts(group)
        return WEIGHTS["base"] + sum(WEIGHTS[name] * value for name, value in facts.items())

    def facts(self, group: Group) -> dict[str, float]:
        """Return what speaks for and against a group, by the names of `WEIGHTS`, each from 0 to 1 but for `many`."""
        anchors = group.anchors
        texts: dict[str, str] = {}
        for anchor in anchors:
            texts[anchor.key] = max(texts.get(anchor.key, ""), anchor.text, key=len)
        mean = sum(min(weight(text), 80) for text in texts.values()) / len(texts)
        sample = anchors[:: max(len(anchors) // 8, 1)][:8]
        holders = _holders(anchors)
        # Around a single link a card has no bounds.
        cards = [card_of(anchor, holders) if len(texts) > 1 else anchor.element for anchor in sample]
        bodies = [beginning(card, 600) for card in cards]
        near = [" ".join((body, *_beside(card))) for card, body in zip(cards, bodies, strict=True)]
        facts = {
            "many": math.log(min(len(texts), 60)),
            "file": _share(anchor.file for anchor in anchors),
            "dated": float(_share(_is_dated(card, text) for card, text in zip(cards, near, strict=True)) > 0.5),
            "rich": float(_share(len(b) > len(a.text) + 12 for a, b in zip(sample, bodies, strict=True)) > 0.5),
            "heading": float(in_heading(anchors[0].element)),
            "main": float(any(ancestor.tag == "main" for ancestor in anchors[0].element.iterancestors())),
            "furniture": _share(furniture_around(anchor.element, self._furniture) for anchor in sample),
            "aside": _share(anchor.aside for anchor in anchors),
        }
        if not group.is_file:
            facts["elsewhere"] = _share(not anchor.own_site for anchor in anchors)
            facts["same"] = float(len(texts) > 2 and 2 * len(set(texts.values())) < len(texts))
            facts |= {
                "tiny": float(mean < 4),
                "short": float(4 <= mean < 14),
                "fair": float(14 <= mean < 25),
                "long": float(mean >= 25),
            }
        return facts


def _container(group: Group) -> etree._Element:
    """Return the smallest element around a group's links, or the link itself where there is only one."""
    common = group.anchors[0].element
    for anchor in group.anchors[1:]:
        around = {anchor.element, *anchor.element.iterancestors()}
        common = next(e for e in (common, *common.iterancestors()) if e in around)
    return common


def _goes_with(chosen: Group, group: Group) -> bool:
    """Return whether a further group leads to documents as well, beside one that was chosen."""
    if not _share_cards(chosen, group):
        return True
    if group.is_file:
        return True
    # A page beside the file of the same card: its landing page where it bears the title, else a docket or a topic.
    return chosen.is_file and _titled(group) and not _titled(chosen)


def _share_cards(one: Group, other: Group) -> bool:
    """Return whether two groups' links stand in the same cards."""
    for inner, outer in ((one, other), (other, one)):
        holders = _holders(outer.anchors)
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
    return _share(weight(text) >= 14 for text in texts) > 0.5 and 2 * len(set(texts)) > len(group.keys())


def card_of(anchor: Anchor, holders: dict[etree._Element, set[str]]) -> etree._Element:
    """Return the largest element around a link that holds no other document of its group."""
    card = anchor.element
    for element in islice(anchor.element.iterancestors(), REACH):
        if len(holders.get(element, ())) > 1 or element.tag in ("body", "main", "html"):
            break
        card = element
    return card


def _holders(anchors: Iterable[Anchor]) -> dict[etree._Element, set[str]]:
    """Return which documents each element around some links holds."""
    holders: dict[etree._Element, set[str]] = {}
    for anchor in anchors:
        for element in (anchor.element, *islice(anchor.element.iterancestors(), REACH)):
            holders.setdefault(element, set()).add(anchor.key)
    return holders


def in_heading(element: etree._Element) -> bool:
    """Return whether a link stands in a heading, or wraps one."""
    around: Iterator[etree._Element] = islice(element.iterancestors(), 4)
    return any(e.tag in HEADINGS for e in around) or any(
        e.tag in HEADINGS for e in islice(element.iterdescendants(), 50)
    )


def _beside(card: etree._Element) -> Iterator[str]:
    """Yield the short texts before and after a card: a `<dt>` before its `<dd>`, a line after a heading."""
    for sibling in (card.getprevious(), card.getnext()):
        if sibling is not None and isinstance(sibling.tag, str) and next(sibling.iter("a"), None) is None:
            text = beginning(sibling, MAX_BESIDE)
            yield text if len(text) < MAX_BESIDE else ""


def _is_dated(card: etree._Element, body: str) -> bool:
    return next(card.iter("time"), None) is not None or DATE_NEAR.search(body) is not None


def _share(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
