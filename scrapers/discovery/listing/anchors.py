"""The links of a page that may lead to documents, with what each shows of its target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import etree

from scrapers.base import Rules
from scrapers.discovery.base import is_file
from scrapers.discovery.listing.calls import Calls
from scrapers.discovery.listing.titles import names_recording
from scrapers.discovery.listing.words import (
    ASIDE_PATHS,
    DOWNLOAD_ADDRESS,
    FORMAT_TEXT,
    HEADINGS,
    NO_DOCUMENT_HOSTS,
    VIEW_QUERY,
)
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.html.links import pressed
from scrapers.values.addresses import absolute, identity, matches, same_site
from scrapers.values.suffixes import DOCUMENTS, NOT_DOCUMENTS, suffix_of
from scrapers.values.text import clean_line

MAX_ANCHORS = 20_000
WEB_PAGE = re.compile(r"\.(?:html?|xhtml|shtml)\Z", re.IGNORECASE)
MAX_TEXT = 500
FILE = 0.6
"""Likelihood of being a file from which a link counts as one."""
CUT = re.compile(r"\s*(?:\.{2,}|…+)\Z")
"""How a text ends that is cut short."""
CLICKED = ("onclick", "data-href", "data-url", "data-link", "data-file")
"""Attributes of what a script makes a link of."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Anchor:
    """A link that may lead to a document."""

    element: etree._Element
    url: str
    key: str
    """The identity of the address in lower case: what two links of one page to one document share."""
    text: str
    """What the link says: its heading, its text, or what it is labelled with."""
    file: float
    """How likely the target is a file, of what the link itself shows: 1 for a suffix, 0.6 for words like `download`."""
    own_site: bool
    aside: bool
    """Whether the address is of what sites have beside documents (`/tags/`), or the listing in another view."""


def anchors_of(dom: Dom, rules: Rules) -> list[Anchor]:
    """Return the page's links that may lead to documents, in the page's order."""
    here = identity(dom.url).lower()
    found = []
    for element in islice(dom.root.iter("a", "area"), MAX_ANCHORS):
        url = absolute(dom.base_url, element.get("href"))
        if url is None or not may_be_document(url, rules):
            continue
        anchor = anchor_of(element, url, dom)
        if anchor.key != here:
            found.append(anchor)
    return found


def unrecorded_anchors(dom: Dom, rules: Rules) -> list[Anchor]:
    """Return these links without those that say no more than that there is a film or a sound."""
    return [anchor for anchor in anchors_of(dom, rules) if anchor.file == 1 or not names_recording(anchor.text)]


def pressed_anchors(dom: Dom, rules: Rules) -> list[Anchor]:
    """Return what leads on when it is clicked and is no link: rows and cards with an address for a script."""
    here = identity(dom.url).lower()
    found = []
    calls = Calls(dom)
    for element in islice((e for e in dom.elements if any(map(e.get, CLICKED)) or _calls(e)), MAX_ANCHORS):
        url = absolute(dom.base_url, calls.address(element) or pressed(element))
        if url is not None and may_be_document(url, rules) and (anchor := anchor_of(element, url, dom)).key != here:
            found.append(anchor)
    return found


def _calls(element: etree._Element) -> bool:
    return (element.get("href") or "").lower().startswith("javascript:")


def anchor_of(element: etree._Element, url: str, dom: Dom) -> Anchor:
    """Return a link of a page with what it shows of its target."""
    key = identity(url)
    file = file_likelihood(element, url)
    aside = file < 1 and _is_aside(url, key, identity(dom.url))
    return Anchor(
        element=element,
        url=url,
        key=key.lower(),
        text=text_of_link(element),
        file=0.0 if aside else file,
        own_site=same_site(url, dom.url),
        aside=aside,
    )


def may_be_document(url: str, rules: Rules) -> bool:
    """Return whether an address may be a document's: no image, script or video, no share button, within the globs."""
    parts = urlsplit(url)
    if suffix_of(url) in NOT_DOCUMENTS or NO_DOCUMENT_HOSTS.search(parts.netloc):
        return False
    if rules.include and not matches(url, rules.include):
        return False
    return not (rules.exclude and matches(url, rules.exclude)) and (parts.path not in ("", "/") or bool(parts.query))


def file_likelihood(element: etree._Element, url: str) -> float:
    """Return how surely a link leads to a file: by suffix, stated type, words of the address, format in its text."""
    if is_file(url) or "pdf" in (element.get("type") or "").lower() or element.get("download") is not None:
        return 1.0
    parts = urlsplit(url)
    if WEB_PAGE.search(parts.path):
        return 0.0
    if any(suffix_of(value) in DOCUMENTS or value.lower() == "pdf" for _, value in parse_qsl(parts.query)):
        return 1.0
    parent = element.getparent()
    classes = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}".lower()
    if DOWNLOAD_ADDRESS.search(unquote(f"{parts.path}?{parts.query}")) or "application-pdf" in classes:
        return 0.6
    return 0.6 if FORMAT_TEXT.search(_shown(element)) else 0.0


def text_of_link(element: etree._Element) -> str:
    """Return what a link says: the heading within it where it wraps a whole card, its text, or its label."""
    heading = next((e for e in islice(element.iter(), 50) if e.tag in HEADINGS), None)
    shown = clean_line(beginning(heading if heading is not None else element, MAX_TEXT))
    return uncut(shown, element) or clean_line(
        element.get("title") or element.get("aria-label") or element.get("alt") or _alternative(element)
    )


def uncut(shown: str, element: etree._Element) -> str:
    """Return the text of a link; where it is cut short (`Report on the ...`), the whole of it from the link's title."""
    if not (cut := CUT.search(shown)):
        return shown
    whole = clean_line(element.get("title") or element.get("aria-label") or "")
    return whole if len(whole) > cut.start() and whole.startswith(shown[: cut.start()]) else shown


def _shown(element: etree._Element) -> str:
    """Return what a link shows of its target's format: its text, title and images, and the few letters after it."""
    return " ".join(
        (beginning(element, 120), element.get("title") or "", _alternative(element), (element.tail or "")[:40])
    )


def _alternative(element: etree._Element) -> str:
    images: Iterator[str] = (image.get("alt") or "" for image in islice(element.iter("img"), 3))
    return next((text for text in images if text.strip()), "")


def _is_aside(url: str, key: str, here: str) -> bool:
    path, _, query = key.partition("?")
    if path == here.partition("?")[0]:
        # The same listing, filtered or on another page; other parameters may name documents.
        names = {name.lower() for name, _ in parse_qsl(query, keep_blank_values=True)}
        return all(VIEW_QUERY.search(name) for name in names)
    return ASIDE_PATHS.search(urlsplit(url).path) is not None
