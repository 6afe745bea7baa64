"""A choice of blocks made whole: no paragraph missing among its like, nothing that stands before the text."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from scrapers.html.blocks import BUTTON, PRE
from scrapers.values.dates import find_dates
from scrapers.values.labels import field_of, label_at_start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapers.html.blocks import Blocks

AFTER = 2
"""Text before the heading is dropped only if this many times as much follows it: else it may be an introduction."""
LINE = 220
"""Most characters of a line of author and date."""
CONSENT = re.compile("cookie|consent|gdpr|onetrust|ccpa")
BOX = 0.3
"""A notice has less than this share of the page's text; with more, the page itself is about cookies."""
PARAGRAPH = 40
"""Fewest characters of a paragraph."""
SIDE_BY_SIDE = (2, 0.6)
"""If an element has more paragraphs than the first figure, and this share of their text was chosen, all are content."""
ONE_TEMPLATE = (40, 0.2)

"""The same for paragraphs and headings in elements of the same names.

A paragraph far from its heading looks less likely to be content, so only a part of a long document would be chosen.
"""
ONE_TABLE = (2, 0.8)
"""The same for the cells of a table: a number by itself hardly looks like content."""
LABELS = 2
"""Blocks, besides buttons, that may stand between code and the text around it: names of its language and its file."""
CAPTIONS = frozenset(["caption", "figcaption", "summary"])
CAPTION = 300
"""Most characters of a caption."""
DATE = 60
"""Most characters of a line with nothing but a date."""
MENU = 0.2
"""In a text with a smaller share of links than this, lines of links before the first sentence are a menu."""
LINKED = 0.8
"""Share of links in a line of links, whose marks between them do not count."""
_MARKS = re.compile(r"\s*[|·•›»/>–—-]+\s+|\s+")
RIGHTS = re.compile(
    r"^\W*(?:(?:copyright\W*)?(?:©|\(c\))|copyright\b)[^.]{0,60}\b(?:19|20)\d\d\b|\ball rights reserved\b",
    re.IGNORECASE,
)
"""How a line begins that says whose the rights are: `© 2021 River Watch`."""
BYLINE = frozenset(["authors", "date_published", "date_modified"])


def asks_consent(page: Blocks) -> list[int]:
    """Return the blocks of cookie notices: small boxes, without the page's heading, whose name is that of a notice."""
    keys = set(page.node_keys)
    if not CONSENT.search(" ".join(keys).lower()):
        return []
    notices = {key for key in keys if CONSENT.search(key.lower())}
    until = [0, *accumulate(map(len, page.texts))]
    found: set[int] = set()
    for key, begin, end in zip(page.node_keys, page.node_starts, page.node_ends, strict=True):
        small = begin < end and until[end] - until[begin] < BOX * until[-1]
        if small and key in notices and 1 not in page.levels[begin:end]:
            found.update(range(begin, end))
    return sorted(found)


def completed(page: Blocks, kept: list[int]) -> list[int]:
    """Return the chosen blocks with their like: paragraphs among them, cells of their tables, and the code beside them.

    Blocks are judged one by one, and of a thousand paragraphs some look odd; a document must not lose them.
    """
    chosen = set(kept)
    for groups, (many, share) in (
        (_side_by_side(page), SIDE_BY_SIDE),
        (_of_one_template(page), ONE_TEMPLATE),
        (_cells(page), ONE_TABLE),
    ):
        for group in groups:
            if len(group) > many and not chosen.issuperset(group):
                held = sum(len(page.texts[number]) for number in group if number in chosen)
                if held >= share * sum(len(page.texts[number]) for number in group):
                    chosen.update(group)
    chosen.update(_captions(page, chosen))
    return sorted(chosen.union(_code_beside(page, chosen)))


def _captions(page: Blocks, chosen: set[int]) -> Iterable[int]:
    """Return the blocks that name what was chosen: captions of its tables and figures, summaries of its details."""
    for number, node in enumerate(page.owners):
        if page.node_tags[node] in CAPTIONS and len(page.texts[number]) <= CAPTION and number not in chosen:
            holder = page.node_parents[node]
            around = range(page.node_starts[holder], page.node_ends[holder]) if holder >= 0 else range(0)
            if any(other in chosen for other in around):
                yield number


def _is_prose(page: Blocks, number: int) -> bool:
    """Return whether a block is long enough for a paragraph and mostly no link."""
    length = len(page.texts[number])
    return length >= PARAGRAPH and 2 * page.linked[number] < length


def _side_by_side(page: Blocks) -> Iterable[list[int]]:
    """Return the paragraphs in `p` by the element that holds them."""
    groups: dict[int, list[int]] = {}
    for number, node in enumerate(page.owners):
        if page.node_tags[node] == "p" and _is_prose(page, number):
            groups.setdefault(page.node_parents[node], []).append(number)
    return groups.values()


def _of_one_template(page: Blocks) -> Iterable[list[int]]:
    """Return paragraphs and headings by the tags and names of all that they lie in, whatever its numbers and ids."""
    blocks = [number for number in range(len(page.texts)) if page.levels[number] or _is_prose(page, number)]
    if len(blocks) <= ONE_TEMPLATE[0]:
        return ()
    around: set[int] = set()
    for number in blocks:
        node = page.owners[number]
        while node >= 0 and node not in around:
            around.add(node)
            node = page.node_parents[node]
    names = {key: _without_numbers(key) for key in {page.node_keys[node] for node in around}}
    numbers: dict[tuple[str, str, int], int] = {}
    paths = {-1: -1}
    for node in sorted(around):
        own = page.node_tags[node], names[page.node_keys[node]], paths[page.node_parents[node]]
        paths[node] = numbers.setdefault(own, len(numbers))
    groups: dict[int, list[int]] = {}
    for number in blocks:
        groups.setdefault(paths[page.owners[number]], []).append(number)
    return groups.values()


def _without_numbers(key: str) -> str:
    """Return the names of an element without its id and the numbers at their ends: `clause-12` is a clause."""
    return " ".join(name.rstrip("0123456789") for name in key.split() if not name.startswith("id="))


def _cells(page: Blocks) -> Iterable[list[int]]:
    """Return the cells by their table."""
    groups: dict[int, list[int]] = {}
    tables: list[int] = []
    for node, (tag, parent) in enumerate(zip(page.node_tags, page.node_parents, strict=True)):
        tables.append(node if tag == "table" else tables[parent] if parent >= 0 else -1)
    for number, node in enumerate(page.owners):
        if page.node_tags[node] in ("td", "th") and tables[node] >= 0:
            groups.setdefault(tables[node], []).append(number)
    return groups.values()


def _code_beside(page: Blocks, chosen: set[int]) -> set[int]:
    """Return the code that follows chosen text or stands within it; labels such as its language's name do not count."""
    flags = [page.node_flags[node] for node in page.owners]
    before = _distances(flags, chosen, range(len(flags)))
    after = _distances(flags, chosen, range(len(flags) - 1, -1, -1))
    return {
        number
        for number, own in enumerate(flags)
        if own & PRE and (not before[number] or max(before[number], after[number]) <= LABELS)
    }


def _distances(flags: list[int], chosen: set[int], order: range) -> list[int]:
    """Return how many blocks come, in this order, between a chosen one and each; code and buttons do not count."""
    distances = [0] * len(flags)
    since = len(flags)
    for number in order:
        if number in chosen:
            since = 0
        elif not flags[number] & (PRE | BUTTON):
            since += 1
        distances[number] = since
    return distances


def trimmed(page: Blocks, kept: list[int]) -> list[int]:
    """Return the chosen blocks without those that stand before the text, and without the notice of rights behind it."""
    heading = next((number for number, level in enumerate(page.levels) if level == 1), -1)
    before = sum(len(page.texts[number]) for number in kept if number < heading)
    if before and sum(len(page.texts[number]) for number in kept if number >= heading) >= AFTER * before:
        kept = [number for number in kept if number >= heading]
    out = list(kept)
    menu = sum(page.linked[number] for number in kept) < MENU * sum(len(page.texts[number]) for number in kept)
    for number, following in zip(kept, [*kept[1:], -1], strict=True):
        text = page.texts[number]
        if len(text) > LINE:
            break
        menu = menu and page.linked[number] >= LINKED * len(_MARKS.sub(" ", text)) and not page.levels[number]
        if menu or _is_byline(page, number, following):
            out.remove(number)
    while len(out) > 1 and not page.levels[out[-1]] and RIGHTS.search(page.texts[out[-1]][:LINE]):
        out.pop()
    return out


def _is_byline(page: Blocks, number: int, following: int) -> bool:
    """Return whether a block tells of author or date only, or is the label of a date that follows."""
    text = page.texts[number]
    label = label_at_start(text)
    if label and label[0] in BYLINE:
        return not page.levels[number] if label[2] else following >= 0 and _is_date(page.texts[following])
    return not page.levels[number] and _is_date(text)


def _is_date(text: str) -> bool:
    """Return whether a line is a date and nothing else, apart from a label."""
    found = next(find_dates(text), None) if len(text) <= DATE else None
    if found is None or text[found.end :].strip(" ."):
        return False
    label = text[: found.start].strip()
    return not label or field_of(label) in BYLINE
