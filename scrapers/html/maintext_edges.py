"""A choice of blocks made whole: no paragraph missing among its like, nothing that stands before the text."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from scrapers.values.dates import find_dates
from scrapers.values.labels import field_of, label_at_start

if TYPE_CHECKING:
    from scrapers.html.blocks import Blocks

AFTER = 2
"""How many times as much text must follow the heading as stands before it: banners are short, introductions too."""
LINE = 220
"""Characters that a line of author and date has at most."""
CONSENT = re.compile("cookie|consent|gdpr|onetrust|ccpa")
BOX = 0.3
"""Of a page's text a notice has less than this; what has more is a page about cookies."""
PARAGRAPH = 40
"""Characters that a paragraph has at least."""
SHARE = 0.6
"""How much of the paragraphs side by side must be chosen for the others to be content as well."""
DATE = 60
"""Characters that a line with a date alone has at most."""
MENU = 0.2
"""Where less of the text than this is links, lines of links before its first sentence are a menu's."""
BYLINE = frozenset(["authors", "date_published", "date_modified"])


def asks_consent(page: Blocks) -> list[int]:
    """Return the blocks of cookie notices: small boxes, without the page's heading, that bear such a name."""
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
    """Return the chosen blocks with the paragraphs that stand among them in one element, and the code after them.

    Blocks are judged one by one, and of a thousand paragraphs some look odd; a document must not lose them.
    """
    side_by_side: dict[int, list[int]] = {}
    for number, node in enumerate(page.owners):
        length = len(page.texts[number])
        if page.node_tags[node] == "p" and length >= PARAGRAPH and 2 * page.linked[number] < length:
            side_by_side.setdefault(page.node_parents[node], []).append(number)
    chosen = set(kept)
    for paragraphs in side_by_side.values():
        if len(paragraphs) > 2 and not chosen.issuperset(paragraphs):
            held = sum(len(page.texts[number]) for number in paragraphs if number in chosen)
            if held >= SHARE * sum(len(page.texts[number]) for number in paragraphs):
                chosen.update(paragraphs)
    for number, node in enumerate(page.owners):
        if page.node_tags[node] == "pre" and number - 1 in chosen:
            chosen.add(number)
    return sorted(chosen)


def trimmed(page: Blocks, kept: list[int]) -> list[int]:
    """Return the chosen blocks without those that stand before the text."""
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
        menu = menu and page.linked[number] >= 0.8 * len(text) and not page.levels[number]
        if menu or _is_byline(page, number, following):
            out.remove(number)
    return out


def _is_byline(page: Blocks, number: int, following: int) -> bool:
    """Return whether a block tells of author or date only, or is the label of a date that follows."""
    text = page.texts[number]
    said = label_at_start(text)
    if said and said[0] in BYLINE:
        return not page.levels[number] if said[2] else following >= 0 and _is_date(page.texts[following])
    return not page.levels[number] and _is_date(text)


def _is_date(text: str) -> bool:
    """Return whether a line is a date and nothing else, but for its label."""
    found = next(find_dates(text), None) if len(text) <= DATE else None
    if found is None or text[found.end :].strip(" ."):
        return False
    label = text[: found.start].strip()
    return not label or field_of(label) in BYLINE
