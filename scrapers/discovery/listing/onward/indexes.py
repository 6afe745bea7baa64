"""Pages that list lists: years, topics, issues of a journal. What the pages behind the links list tells them apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scrapers.base import Index, Link, Rules
from scrapers.discovery.listing.documents import unlikely_links
from scrapers.discovery.listing.facts import is_particular
from scrapers.discovery.listing.onward.division import names_part
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, identity, same_site

MOST_BELOW = 25
"""A page with more links below its own address is a list of documents, not of lists."""
MOST = 60
"""The same where a few of the pages behind the links are read first."""
MOST_PLACES = 20
MOST_FURNITURE = 0.3
"""How much like a menu the links to lists of documents may be, by `facts.WEIGHTS`."""
PARAGRAPH = 80
"""The fewest letters of a paragraph; what is shorter is a line about the list, or a part of it."""


def index_of(links: Sequence[Link], here: str) -> Index | None:
    """Return how it is told whether a page's links lead to lists; None where they lead to documents.

    They are few, none is a file, and none has a date beside it. Where their addresses lie below the page's own and are
    not those of one document among many, each is looked into; else two of them are, and then perhaps the others.
    """
    if not 2 <= len(links) <= MOST or any(
        link.rel == "attachment" or "date_published" in link.claims for link in links
    ):
        return None
    below = urlsplit(identity(here)).path.rstrip("/") + "/"
    lie_below = below != "/" and all(
        urlsplit(identity(link.url)).path.startswith(below) and not is_particular(link.url) for link in links
    )
    if all(names_part(link.text) for link in links) or (lie_below and len(links) <= MOST_BELOW):
        return "each"
    return "some" if all(same_site(link.url, here) for link in links) else None


def index_links(dom: Dom, rules: Rules) -> tuple[Link, ...]:
    """Return the links of a page without documents that may lead to lists: years or letters, or else no menu's."""
    for links, furniture in islice(unlikely_links(dom, rules), MOST_PLACES):
        pages = [link for link in links if link.rel == "link" and same_site(link.url, dom.url)]
        if 2 <= len(pages) <= MOST and (furniture <= MOST_FURNITURE or all(names_part(link.text) for link in pages)):
            return tuple(pages)
    return ()


def own_text(dom: Dom, links: Collection[Link]) -> int:
    """Return how many letters stand in paragraphs that belong to no entry of the page's list.

    A document's page has many of them; that of a list has an introduction at most.
    """
    listed = {identity(link.url) for link in links}
    holders: dict[etree._Element, set[str]] = {}
    for anchor in dom.tagged("a"):
        url = absolute(dom.base_url, anchor.get("href"))
        if url is not None and (key := identity(url)) in listed:
            for around in (anchor, *anchor.iterancestors()):
                holders.setdefault(around, set()).add(key)
    cards = {element for element, keys in holders.items() if len(keys) == 1}
    return sum(
        len(text)
        for paragraph in dom.tagged("p")
        if cards.isdisjoint((paragraph, paragraph.getparent(), paragraph.getprevious()))
        and len(text := beginning(paragraph, 2000)) >= PARAGRAPH
    )
