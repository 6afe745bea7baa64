"""Parts of a page that come again and again, each with a link to another document or with a day: teasers, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrapers.html.metadata import text_of
from scrapers.html.regions.tree import width
from scrapers.values.authors import kind_of
from scrapers.values.dates import find_dates
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from scrapers.html.regions.tree import Tree

ITEM = 1500
"""Width of text that an item has at most; what is longer is a chapter."""
TITLE = 12
"""Linked words of this width or more may be a document's title."""
SHORT = 4
"""Characters of a link that is one of alike items of a link and a day each."""
BESIDE = 25
"""Most characters of a day."""
LONG = 200
"""Characters of a link that are looked at."""
DAY = 40
"""Characters of a link that may be a day and an hour ..."""
CLOCK = 10
"""... and those of the hour and what stands around it."""
SHARE = 0.6
"""Share of the items that must look like teasers."""
_DAYS = re.compile(r"^\D{0,3}(?:[12]?\d|3[01])\D{0,2}$")


def groups(tree: Tree) -> Iterator[tuple[int, list[int]]]:
    """Yield alike children: (parent, children of one tag and name that have text), two at least."""
    for parent, children in enumerate(tree.children):
        if len(children) < 2:
            continue
        alike: dict[tuple[str, str], list[int]] = {}
        for child in children:
            if tree.starts[child] < tree.ends[child]:
                alike.setdefault((tree.tags[child], _name(tree.keys[child])), []).append(child)
        for items in alike.values():
            if len(items) > 1:
                yield parent, items


def _name(key: str) -> str:
    """Return the first class of a name without numbers: `post-12 odd` and `post-13 even` are alike."""
    return key.split(" ", 1)[0].rstrip("0123456789") if key and "=" not in key[:6] else ""


def is_teaser(tree: Tree, node: int) -> bool:
    """Return whether an item names another document: a heading that is a link, or linked words beside a day."""
    page = tree.page
    if tree.size(node) > ITEM:
        return False
    headed = False
    linked = 0
    for number in range(tree.starts[node], tree.ends[node]):
        text, share = page.texts[number], page.linked[number]
        if 2 * share > len(text) or (share >= SHORT and len(text) - share <= BESIDE):
            # What is a link and a day and nothing else is a teaser, however short the title.
            bare = TITLE if share >= SHORT and len(text) - share <= BESIDE else 0
            linked = max(linked, bare, width(text) * share // len(text))
            headed |= bool(page.levels[number]) and 2 * share > len(text)
    return headed or (linked >= TITLE and tree.days[node] > 0)


def teasers(tree: Tree, items: list[int]) -> bool:
    """Return whether alike items are teasers of other documents."""
    return sum(is_teaser(tree, item) for item in items) >= max(2, SHARE * len(items))


def leads_on(tree: Tree, node: int) -> bool:
    """Return whether a line links another document: words that are neither a day nor somebody's name.

    The lines about a document have links too: its day as its address, its author, its sections.
    """
    if tree.bylines[node]:
        return False
    words = (clean_line(text_of(link, LONG)) for link in tree.page.node_elements[node].iter("a"))
    return any(width(text) >= TITLE and not _is_day(text) and kind_of(text) != "person" for text in words)


def _is_day(text: str) -> bool:
    found = next(find_dates(text), None) if len(text) <= DAY else None
    return found is not None and len(text) - len(found.raw) <= CLOCK


def shape(tree: Tree, node: int) -> tuple[str, ...]:
    """Return what an item consists of: the tags of its parts."""
    return tuple(dict.fromkeys(tree.tags[child] for child in tree.children[node]))


def dated(tree: Tree, items: list[int]) -> bool:
    """Return whether each of some alike items has a day."""
    return sum(tree.days[item] > 0 and tree.size(item) <= ITEM for item in items) >= max(2, SHARE * len(items))


def is_calendar(tree: Tree, node: int) -> bool:
    """Return whether a table's cells are the days of a month."""
    texts = tree.page.texts[tree.starts[node] : tree.ends[node]]
    return len(texts) >= 15 and sum(bool(_DAYS.match(text)) for text in texts) > 0.6 * len(texts)


def split_pairs(tree: Tree, node: int) -> bool:
    """Return whether a definition list names other documents: terms that are links, with days beside them."""
    terms = [child for child in tree.children[node] if tree.tags[child] == "dt" and tree.linked_size(child) >= TITLE]
    return len(terms) >= 2 and tree.days[node] >= len(terms)
