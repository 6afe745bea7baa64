"""The heading of a page's own document: the printed wording that is most like the title that the page declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapers.html import jsonld
from scrapers.html.blocks import ASIDE, DIALOG, FOOTER, HIDDEN, NAV
from scrapers.html.metadata import text_of, unescaped
from scrapers.html.regions.likeness import likeness, words_of
from scrapers.html.regions.words import Region, class_of, heading_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.dom import Dom
    from scrapers.html.metadata import Declared
    from scrapers.html.regions.tree import Tree

LONGEST = 300
LIKE = 0.5
"""Likeness to a declared title from which a wording is taken for the heading."""
SAME = 0.95
"""A heading that is this like to a declared title is the title even where it is a link to the site's first page."""
SHORT = 8
"""Fewest characters of a wording that stands in no heading."""
LEVELS = {1: 0.45, 2: 0.15, 3: 0.05, 0: -0.3}
"""What the level of a heading adds; 0 is no heading."""
APART = NAV | FOOTER | ASIDE | DIALOG | HIDDEN


def page_titles(dom: Dom, metadata: Declared) -> list[str]:
    """Return what a page's head declares as its title; the site's name may stand beside it."""
    found = [
        value
        for key in ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title", "parsely-title")
        for value in metadata.metas.get(key, ())[:1]
    ]
    element = next(iter(dom.tagged("title")), None)
    if element is not None:
        found.append(unescaped(text_of(element, LONGEST)))
    return found


def headlines(metadata: Declared) -> list[str]:
    """Return the headlines of the page's own nodes of JSON-LD."""
    return [unescaped(text) for node in metadata.graph.content[:4] for text in jsonld.strings(node.get("headline"))[:1]]


def heading_block(tree: Tree, titles: list[str], url: str) -> int:
    """Return the block that is the document's heading, or -1 where none seems to be."""
    wanted = [words for title in titles if (words := words_of(title))]
    whole = "\n".join(titles)
    page = tree.page
    first_h1 = next((number for number, level in enumerate(page.levels) if level == 1), -1)
    best, best_score = -1, 0.0
    for number, (text, level) in enumerate(zip(page.texts, page.levels, strict=True)):
        if len(text) > LONGEST or not (level or (len(text) > SHORT and text in whole)):
            continue
        own = words_of(text)
        alike = max((likeness(own, words) for words in wanted), default=0.0)
        linked = 2 * page.linked[number] > len(text)
        if alike < LIKE and level != 1 and (level != 2 or linked):
            continue
        score = alike + LEVELS.get(level, 0.0) - _against(tree, number) - 0.35 * linked + 0.05 * (number == first_h1)
        if score > best_score and not (linked and alike < SAME and _is_home(tree, number, url)):
            best, best_score = number, score
    return best


def leads_home(link: HtmlElement, url: str) -> bool:
    """Return whether a link on another page than the site's first leads to that."""
    try:
        page, target = urlsplit(url), urlsplit(urljoin(url, (link.get("href") or "#").strip()))
    except ValueError:
        return False
    if target.netloc != page.netloc or target.query or _FIRST_PAGE.fullmatch(page.path):
        return False
    return _FIRST_PAGE.fullmatch(target.path) is not None


_FIRST_PAGE = re.compile(r"/?(?:index\.\w+)?", re.IGNORECASE)


def _is_home(tree: Tree, number: int, url: str) -> bool:
    """Return whether a block is a link to the site's first page: its name."""
    links = list(tree.page.node_elements[tree.page.owners[number]].iter("a"))
    return len(links) == 1 and leads_home(links[0], url)


def _against(tree: Tree, number: int) -> float:
    """Return what speaks against a block as the document's heading: where it stands, and words of other sections."""
    page = tree.page
    node = page.owners[number]
    found = 0.8 if page.node_flags[node] & APART else 0.0
    if heading_of(page.texts[number]) is not None:
        found += 0.5
    if any(class_of(page.node_keys[n]) not in (None, Region.ASIDE) for n in tree.ancestors(node)[:3]):
        found += 0.3
    return found
