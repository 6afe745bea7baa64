"""Which links of a listing lead to its documents, where no selector says so.

The links are grouped by where they stand: the names and classes of the elements around each. A listing repeats one
such place once for every document; of the places that repeat, the one whose links read like titles wins. Which it was
travels with the request for the next page, so that a last page with one document is read as the others were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scrapers.base import Link, Rules
from scrapers.discovery.base import admitted, is_file
from scrapers.discovery.listing.words import ASIDE_PATHS, CARD_SPECIFIC, CARD_WORDS, CHROME_WORDS
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, identity

MAX_ANCHORS = 20_000
LEVELS = 5
"""How many elements around a link make its place."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CHROME = frozenset({"nav", "footer", "aside", "form", "dialog", "template", "noscript", "select"})
CHROME_ROLES = frozenset({"navigation", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"})
DATE_NEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")


@dataclass(slots=True)
class _Place:
    """The links that stand in the same kind of place."""

    anchors: list[tuple[etree._Element, str]] = field(default_factory=list)

    @property
    def urls(self) -> list[str]:
        return list(dict.fromkeys(url for _, url in self.anchors))


def document_links(dom: Dom, rules: Rules, places: Collection[str] = ()) -> tuple[list[Link], tuple[str, ...]]:
    """Return the links to documents, and the places where they stand; only those at `places`, if any are given."""
    groups = _places(dom, rules)
    chosen = [name for name in groups if name in places] if places else _chosen(groups, dom)
    at = {anchor: url for name in chosen for anchor, url in groups[name].anchors}
    links = [
        Link(url=at[anchor], text=_text(anchor), rel="attachment" if is_file(at[anchor]) else "link", origin="listing")
        for anchor in (dom.root.iter("a") if at else ())
        if anchor in at
    ]
    return links, tuple(chosen)


def _places(dom: Dom, rules: Rules) -> dict[str, _Place]:
    """Return the links that may lead to documents by the places where they stand."""
    here = identity(dom.url)
    groups: dict[str, _Place] = {}
    outside: dict[etree._Element, bool] = {}
    for anchor in islice(dom.root.iter("a"), MAX_ANCHORS):
        url = absolute(dom.base_url, anchor.get("href"))
        if url is None or not admitted(url, rules, dom.url) or _is_chrome(anchor, outside):
            continue
        path = urlsplit(url).path
        if path == "/" or identity(url) == here or (ASIDE_PATHS.search(path) and not is_file(url)):
            continue
        if identity(url).partition("?")[0] == here.partition("?")[0] and not is_file(url):
            continue  # the same listing, filtered or on another page
        groups.setdefault(_place(anchor, url), _Place()).anchors.append((anchor, url))
    return groups


def _is_chrome(element: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Return whether an element stands in navigation, a footer, a sidebar or the like."""
    trail: list[etree._Element] = []
    current: etree._Element | None = element
    answer = False
    while current is not None:
        if current in known:
            answer = known[current]
            break
        trail.append(current)
        if current is not element and _marks_chrome(current):
            answer = True
            break
        current = current.getparent()
    known.update(dict.fromkeys(trail, answer))
    return answer


def _marks_chrome(element: etree._Element) -> bool:
    tag = element.tag
    if tag in ("body", "html", "main", "article"):
        return False
    if tag in CHROME or (element.get("role") or "").lower() in CHROME_ROLES:
        # Old sites wrap the whole page into one form.
        return tag != "form" or sum(1 for _ in element.iter("a")) < 40
    if tag == "header":
        return all(ancestor.tag not in ("article", "li", "main", "section") for ancestor in element.iterancestors())
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return CHROME_WORDS.search(names) is not None and CARD_WORDS.search(names) is None


def _place(anchor: etree._Element, url: str) -> str:
    """Return where a link stands: the elements around it with their classes, but for what tells cards apart."""
    parts = ["file" if is_file(url) else "page"]
    element: etree._Element | None = anchor
    for _ in range(LEVELS):
        if element is None or element.tag in ("body", "html", "main"):
            break
        parts.append(f"{element.tag}.{_classes(element.get('class') or '')}")
        element = element.getparent()
    return " ".join(parts)


@lru_cache(maxsize=4096)
def _classes(text: str) -> str:
    """Return the classes that do not tell one card from the next: no numbers, no first and last, no terms of a post."""
    kept = {name for name in text.lower().split()[:20] if not CARD_SPECIFIC.search(name)}
    return ".".join(sorted(kept))


def _chosen(groups: dict[str, _Place], dom: Dom) -> list[str]:
    """Return the places whose links lead to documents: the best, and those that are much like it."""
    times = Counter(url for place in groups.values() for url in place.urls)
    scores = {name: _score(place) for name, place in groups.items()}
    for name, place in groups.items():
        # A card often leads to its document more than once: by picture, title and "read more".
        if 2 * sum(times[url] > 1 for url in place.urls) > len(place.urls):
            scores[name] *= 1.5
    best = max(scores, key=lambda name: scores[name], default=None)
    if best is None or scores[best] <= 0:
        return []
    chosen = [best]
    shape = _shape(groups[best].urls)
    own = set(groups[best].urls)
    cards = _cards(groups[best])
    for name in sorted(groups, key=lambda name: -scores[name]):
        place = groups[name]
        if name == best or scores[name] <= 0 or set(place.urls) <= own:
            continue
        if any(anchor_card in cards for anchor, _ in place.anchors for anchor_card in _around(anchor)):
            continue  # a further link in the same cards: the file, an author, a topic
        heading = all(_heading(anchor) for anchor, _ in place.anchors)
        alike = _shape(place.urls) == shape and shape != ("",)
        if (heading and alike) or (scores[name] >= 0.6 * scores[best] and alike):
            chosen.append(name)
            own.update(place.urls)
            cards |= _cards(place)
    return chosen


def _score(place: _Place) -> float:
    """Return how much a place looks like that of a listing's documents."""
    urls = place.urls
    texts: dict[str, str] = {}
    for anchor, url in place.anchors:
        text = _text(anchor)
        texts[url] = text if len(text) > len(texts.get(url, "")) else texts.get(url, "")
    lengths = [_weight(text) for text in texts.values()]
    mean = sum(lengths) / len(lengths)
    anchor = place.anchors[0][0]
    heading = _heading(anchor)
    distinct = len(set(texts.values())) / len(texts)
    score = min(len(urls), 60) ** 0.7
    score *= 0.15 if mean < 4 else 0.5 if mean < 14 else 1.0 if mean < 25 else 1.5
    score *= 0.4 if len(urls) < 0.5 * len(place.anchors) else 1.0
    score *= 2.0 if heading else 1.0
    score *= 0.5 if distinct < 0.5 else 1.0
    score *= 1.4 if any(_is_card(ancestor) for ancestor in anchor.iterancestors()) else 1.0
    score *= 1.4 if _dated(place) else 1.0
    score *= 1.2 if any(ancestor.tag == "main" for ancestor in anchor.iterancestors()) else 1.0
    if len(urls) < 2 and not heading:
        score *= 0.3
    return score if score > 0.25 else 0.0


def _weight(text: str) -> float:
    """Return a text's length in Latin letters: a Chinese, Japanese or Korean character tells as much as three."""
    return sum(3.0 if "\u2e80" <= c <= "\ud7ff" or "\uf900" <= c <= "\ufaff" else 1.0 for c in text[:300])


def _text(anchor: etree._Element) -> str:
    """Return what a link says, or the heading within it where it wraps a whole card."""
    inner = next((element for element in islice(anchor.iter(), 50) if element.tag in HEADINGS), None)
    return (
        beginning(inner if inner is not None else anchor, 500)
        or (anchor.get("title") or anchor.get("aria-label") or "").strip()
    )


def _heading(anchor: etree._Element) -> bool:
    """Return whether a link stands in a heading, or wraps one."""
    ancestors = (element.tag for element in islice(anchor.iterancestors(), 4))
    return any(tag in HEADINGS for tag in ancestors) or any(
        e.tag in HEADINGS for e in islice(anchor.iterdescendants(), 50)
    )


def _is_card(element: etree._Element) -> bool:
    if element.tag in ("article", "li", "tr", "dt", "dd"):
        return True
    return (
        element.tag not in ("body", "html", "main")
        and CARD_WORDS.search((element.get("class") or "").lower()) is not None
    )


def _cards(place: _Place) -> set[etree._Element]:
    """Return around each link the largest element that holds no other document of the same place."""
    counts: dict[etree._Element, set[str]] = {}
    for anchor, url in place.anchors:
        for element in (anchor, *_around(anchor)):
            counts.setdefault(element, set()).add(url)
    cards: set[etree._Element] = set()
    for anchor, _ in place.anchors:
        card = anchor
        for element in _around(anchor):
            if len(counts[element]) > 1 or element.tag in ("body", "main", "html"):
                break
            card = element
        cards.add(card)
    return cards


def _around(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements around one, as far as a card may reach."""
    return islice(element.iterancestors(), 3 * LEVELS)


def _dated(place: _Place) -> bool:
    """Return whether most of the first cards hold a date."""
    sample = list(_cards(_Place(anchors=place.anchors[:6])))
    return sum(1 for card in sample if _has_date(card)) * 2 > len(sample)


def _has_date(card: etree._Element) -> bool:
    if next(card.iter("time"), None) is not None:
        return True
    return DATE_NEAR.search(beginning(card, 1000)) is not None


def _shape(urls: Sequence[str]) -> tuple[str, ...]:
    """Return the beginning that most of some addresses' paths share: their first segment, languages and years aside."""
    counts: dict[str, int] = {}
    for url in urls:
        segments = [s for s in urlsplit(url).path.split("/")[1:-1] if not re.fullmatch(r"[a-z]{2}(?:-\w+)?|\d+", s)]
        key = segments[0] if segments else ""
        counts[key] = counts.get(key, 0) + 1
    return (max(counts, key=lambda key: counts[key]),)
