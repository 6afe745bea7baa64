"""Where else documents are listed: behind "View all", in frames, where a page refreshes to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scrapers.discovery.listing.facts import common_ancestor
from scrapers.discovery.listing.words import ALL_WORDS, HEADINGS, UNFOLD_ALL, UNFOLD_WORDS
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, identity, same_site

LEVELS = 3
"""How many elements around a list have their neighbours searched for a link to the whole of it."""
FOLLOWING = 3
"""How many neighbours after the list, and after each element around it, are searched."""
MOST_TEXT = 60
MOST_FRAMES = 25
MOST_FOLDED = 60
REFRESH = re.compile(r"\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?\s*([^'\"\s][^'\"]*)", re.IGNORECASE)
"""`content` of a refresh: the seconds, and the address (HTML standard, "shared declarative refresh steps")."""
MOST_SECONDS = 30
"""A page that refreshes later than that is one to be read."""


def whole_list(dom: Dom, documents: Collection[str]) -> str | None:
    """Return the address behind a link such as "View all publications" beside a page's list; None without one.

    Args:
        dom: the page.
        documents: the identities of the documents that it lists.
    """
    anchors = [
        a for a in dom.tagged("a") if (url := absolute(dom.base_url, a.get("href"))) and identity(url) in documents
    ]
    known = {identity(dom.url), *documents}
    for beside in _beside(anchors) if anchors else ():
        for anchor in beside.iter("a"):
            url = absolute(dom.base_url, anchor.get("href"))
            if url is None or not same_site(url, dom.url) or identity(url) in known:
                continue
            text = beginning(anchor, MOST_TEXT + 1).strip()
            if len(text) <= MOST_TEXT and ALL_WORDS.match(text):
                return url
    return None


def unfolded(dom: Dom) -> tuple[str, ...]:
    """Return the addresses at which a page shows what it has folded up: all of it if there is such a link.

    `Expand All`, or an arrow beside each year whose picture is called "Show details for 2023".
    """
    own = urlsplit(identity(dom.url)).path
    found: dict[str, None] = {}
    for anchor in dom.tagged("a"):
        said = " ".join((beginning(anchor, MOST_TEXT), anchor.get("title") or "", anchor.get("aria-label") or ""))
        said = " ".join((said, *(image.get("alt") or "" for image in anchor.iter("img")))).strip()
        all_of_it = UNFOLD_ALL.match(said) is not None
        url = absolute(dom.base_url, anchor.get("href")) if all_of_it or UNFOLD_WORDS.match(said) else None
        if url and urlsplit(key := identity(url)).path == own and key != identity(dom.url):
            if all_of_it:
                return (url,)
            found[url] = None
    return tuple(found)[:MOST_FOLDED]


def _beside(anchors: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Yield what follows a list up to the next heading, and what stands before it, within the elements around it."""
    common = common_ancestor(anchors)
    last = next((e for e in (anchors[-1], *anchors[-1].iterancestors()) if e.getparent() is common), common)
    if last is not common:
        yield from _after(last)
    element: etree._Element | None = common
    for _ in range(LEVELS):
        if element is None or element.tag in ("main", "body", "html"):
            return
        yield from _after(element)
        before = element.getprevious()
        if before is not None and isinstance(before.tag, str):
            yield before
        element = element.getparent()


def _after(element: etree._Element) -> Iterator[etree._Element]:
    for sibling in islice(element.itersiblings(), FOLLOWING):
        if sibling.tag in HEADINGS:
            return
        if isinstance(sibling.tag, str):
            yield sibling


def shown_within(dom: Dom) -> tuple[str, ...]:
    """Return the addresses of what a page shows in place of itself: its frames, or where it refreshes to at once."""
    for meta in dom.tagged("meta"):
        match = REFRESH.match(meta.get("content") or "")
        if (meta.get("http-equiv") or "").lower() == "refresh" and match and int(match[1]) <= MOST_SECONDS:
            return tuple(_elsewhere(dom, [match[2]]))
    return tuple(_elsewhere(dom, [frame.get("src") for frame in dom.tagged("frame", "iframe")]))


def _elsewhere(dom: Dom, addresses: Sequence[str | None]) -> Iterator[str]:
    """Yield these addresses where they are other pages of the same site, each once."""
    found = dict.fromkeys(absolute(dom.base_url, address) for address in addresses if address)
    for url in islice(filter(None, found), MOST_FRAMES):
        if same_site(url, dom.url) and identity(url) != identity(dom.url):
            yield url
