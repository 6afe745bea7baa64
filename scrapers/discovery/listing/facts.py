"""What speaks for and against a group of links leading to documents, and how much each fact weighs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from scrapers.discovery.listing.anchors import Anchor
from scrapers.discovery.listing.chrome import furniture_around
from scrapers.discovery.listing.titles import weight
from scrapers.discovery.listing.words import DATE_NEAR, HEADINGS, INLINE
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.html.regions.words import Region, heading_of
from scrapers.values.authors import kind_of
from scrapers.values.suffixes import suffix_of

REACH = 15
"""How many elements around a link a card may reach."""
MAX_BESIDE = 60
MAX_CARD = 600
MAX_FOLLOWING = 3
TERMS = HEADINGS | {"dt"}
"""What heads a card whose other parts follow it as siblings."""
MAX_HEADING = 60
MAX_FOLDER = 24
BOX = 4
"""How many elements around a list its box's heading may stand."""
OTHERS = frozenset({Region.RELATED, Region.EVENTS, Region.PEOPLE, Region.COMMENTS})
YEAR = re.compile(r"(?:19|20)\d\d")

WEIGHTS = {
    "base": -1.8,
    "many": 1.1,  # of the logarithm of how many
    "file": 3.9,  # of how likely files they are, the mean
    "dated": 1.5,
    "rich": 0.8,  # more than the link stands in the card
    "heading": 1.0,
    "main": 0.6,
    "fair": 0.4,
    "long": 0.9,  # as long as a title is
    "short": -0.8,
    "tiny": -1.8,
    "same": -0.3,  # most say the same: `Read more`
    "furniture": -4.8,  # of how surely they stand in it
    "aside": -2.8,  # addresses of topics, people, the listing in another view
    "elsewhere": -2.1,  # on another site
    "below": 0.5,  # below the listing's own address
    "beside title": 0.6,  # of the share of the page's links that stand apart from them and the heading
    "boxed": -1.0,  # in a box headed `Most read`, `Events`
    "particular": 0.2,  # addresses of one of many: a long name, a number
    "people": -0.8,  # names of people
    "year": -1.0,  # years alone
}
"""What each fact adds to the log-odds that a group's links lead to documents."""


class Facts:
    """The facts of a page's groups of links."""

    def __init__(self, anchors: Sequence[Anchor], dom: Dom) -> None:
        self._root = dom.root
        self._below = urlsplit(dom.url).path.rstrip("/").lower() + "/"
        self._furniture: dict[etree._Element, float] = {}
        self._links: dict[etree._Element, int] = {}
        for anchor in anchors:
            for element in anchor.element.iterancestors():
                self._links[element] = self._links.get(element, 0) + 1
        self._title = next(dom.root.iter("h1"), None)

    def of(self, anchors: Sequence[Anchor], *, is_file: bool) -> dict[str, float]:
        """Return the facts by the names of `WEIGHTS`, each from 0 to 1, except `many`."""
        texts: dict[str, str] = {}
        for anchor in anchors:
            texts[anchor.key] = max(texts.get(anchor.key, ""), anchor.text, key=len)
        mean = sum(min(weight(text), 80) for text in texts.values()) / len(texts)
        sample = anchors[:: max(len(anchors) // 8, 1)][:8]
        holders = holders_of(anchors)
        # Around a single link a card has no bounds.
        cards = [card_of(anchor, holders) if len(texts) > 1 else anchor.element for anchor in sample]
        bodies = [_text_of_card(card, holders) for card in cards]
        near = [" ".join((body, *_beside(card))) for card, body in zip(cards, bodies, strict=True)]
        container = container_of(anchors)
        facts = {
            "many": math.log(min(len(texts), 60)),
            "file": share(anchor.file for anchor in anchors),
            "dated": float(share(_is_dated(card, text) for card, text in zip(cards, near, strict=True)) > 0.5),
            "rich": float(share(len(b) > len(a.text) + 12 for a, b in zip(sample, bodies, strict=True)) > 0.5),
            "heading": float(in_heading(anchors[0].element)),
            "main": float(any(ancestor.tag == "main" for ancestor in anchors[0].element.iterancestors())),
            "furniture": share(furniture_around(anchor.element, self._furniture) for anchor in sample),
            "aside": share(anchor.aside for anchor in anchors),
            "below": share(urlsplit(anchor.url).path.lower().startswith(self._below) for anchor in sample)
            if self._below != "/"
            else 0.0,
            "beside title": self._beside_title(container),
            "boxed": float(self._is_boxed(container)),
        }
        if not is_file:
            facts["elsewhere"] = share(not anchor.own_site for anchor in anchors)
            facts["same"] = float(len(texts) > 2 and 2 * len(set(texts.values())) < len(texts))
            facts["particular"] = share(is_particular(anchor.url) for anchor in sample)
            facts["people"] = share(kind_of(anchor.text) == "person" for anchor in sample)
            facts["year"] = share(YEAR.fullmatch(anchor.text) is not None for anchor in sample)
            facts |= {
                "tiny": float(mean < 4),
                "short": float(4 <= mean < 14),
                "fair": float(14 <= mean < 25),
                "long": float(mean >= 25),
            }
        return facts

    def _beside_title(self, container: etree._Element) -> float:
        """Return how much of the page's links stand apart from what holds both a group and the page's heading."""
        if self._title is None:
            return 0.0
        around = {self._title, *self._title.iterancestors()}
        common = next(e for e in (container, *container.iterancestors()) if e in around)
        return 1 - self._links.get(common, 0) / max(self._links.get(self._root, 0), 1)

    def _is_boxed(self, container: etree._Element) -> bool:
        """Return whether a group stands in a box whose heading names something else: popular, related, events."""
        element: etree._Element | None = container
        for _ in range(BOX):
            if element is None or element.tag in ("body", "main"):
                return False
            before = element.getprevious()
            if before is not None and isinstance(before.tag, str):
                text = beginning(before, MAX_HEADING + 1)
                if before.tag in HEADINGS and before.tag != "h1":
                    return heading_of(text) in OTHERS
                if text and len(text) <= MAX_HEADING and next(before.iter("a"), None) is None:
                    return heading_of(text) in OTHERS
            element = element.getparent()
        return False


def score_of(facts: Mapping[str, float]) -> float:
    """Return the log-odds that links with these facts lead to documents."""
    return WEIGHTS["base"] + sum(WEIGHTS[name] * value for name, value in facts.items())


def shape_of(url: str) -> tuple[str, ...]:
    """Return what the addresses of one kind of document share: host, folders, suffix, names of the query."""
    parts = urlsplit(url)
    folders = [_folder(step.lower()) for step in parts.path.strip("/").split("/")[:-1]]
    names = sorted(name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return (parts.netloc.lower(), *folders, suffix_of(url), *names)


def _folder(name: str) -> str:
    """Return a folder of an address, without what tells one document's from another's: numbers, long names."""
    return "*" if len(name) > MAX_FOLDER or name.count("-") > 2 else re.sub(r"\d+", "#", name)


def is_particular(url: str) -> bool:
    """Return whether an address looks like one of many documents: a long name, a number, a suffix."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    words = [word for word in re.split(r"[-_+.]|%20", last) if word]
    numbered = any(value.isdigit() and len(value) > 1 for _, value in parse_qsl(parts.query))
    return len(words) > 3 or sum(map(str.isdigit, last)) > 1 or numbered or bool(suffix_of(url)) or len(last) > 40


def container_of(anchors: Sequence[Anchor]) -> etree._Element:
    """Return the smallest element around some links, or the link itself where there is only one."""
    return common_ancestor([anchor.element for anchor in anchors])


def common_ancestor(elements: Sequence[etree._Element]) -> etree._Element:
    """Return the smallest element that holds all of some elements, or is the only one."""
    common = elements[0]
    for element in elements[1:]:
        around = {element, *element.iterancestors()}
        common = next(e for e in (common, *common.iterancestors()) if e in around)
    return common


def card_of(anchor: Anchor, holders: dict[etree._Element, set[str]]) -> etree._Element:
    """Return the largest element around a link that holds no other document of its group."""
    card = anchor.element
    for element in islice(anchor.element.iterancestors(), REACH):
        if len(holders.get(element, ())) > 1 or element.tag in ("body", "main", "html"):
            break
        card = element
    return card


def holders_of(anchors: Iterable[Anchor]) -> dict[etree._Element, set[str]]:
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


def _text_of_card(card: etree._Element, holders: dict[etree._Element, set[str]]) -> str:
    """Return the beginning of a card's text, and of what follows a heading or a term up to the next card."""
    if card.tag in INLINE:
        return _line_around(card)
    text = beginning(card, MAX_CARD)
    sibling = card.getnext() if card.tag in TERMS else None
    for _ in range(MAX_FOLLOWING):
        if sibling is None or sibling in holders or sibling.tag in TERMS:
            break
        if isinstance(sibling.tag, str):
            text = f"{text} {beginning(sibling, MAX_CARD)}"
        sibling = sibling.getnext()
    return text


def _line_around(element: etree._Element) -> str:
    """Return the text of a line in which an inline element stands: from the break or block before it to the next."""
    parts = [beginning(element, MAX_CARD)]
    before, after = element, element
    for _ in range(MAX_FOLLOWING):
        previous, parent = before.getprevious(), before.getparent()
        parts.insert(0, ((previous.tail if previous is not None else parent.text if parent is not None else "") or ""))
        if previous is None or previous.tag not in INLINE - {"a"}:
            break
        parts.insert(0, beginning(previous, MAX_BESIDE))
        before = previous
    for _ in range(MAX_FOLLOWING):
        parts.append(after.tail or "")
        following = after.getnext()
        if following is None or following.tag not in INLINE - {"a"}:
            break
        parts.append(beginning(following, MAX_BESIDE))
        after = following
    return " ".join(" ".join(parts).split())[:MAX_CARD]


def _beside(card: etree._Element) -> Iterator[str]:
    """Yield the short texts before and after a card: a `<dt>` before its `<dd>`, a line after a heading."""
    for sibling in (card.getprevious(), card.getnext()):
        if sibling is not None and isinstance(sibling.tag, str) and next(sibling.iter("a"), None) is None:
            text = beginning(sibling, MAX_BESIDE)
            yield text if len(text) < MAX_BESIDE else ""


def _is_dated(card: etree._Element, body: str) -> bool:
    return next(card.iter("time"), None) is not None or DATE_NEAR.search(body) is not None


def share(values: Iterable[float]) -> float:
    """Return the mean of some values; 0 of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
