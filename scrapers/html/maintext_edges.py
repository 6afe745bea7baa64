"""Where the main text begins: not before the page's heading, and not with its line of author and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapers.values.labels import label_at_start

if TYPE_CHECKING:
    from scrapers.html.blocks import Blocks

AFTER = 2
"""How many times as much text must follow the heading as stands before it: banners are short, introductions too."""
LINE = 220
"""Characters that a line of author and date has at most."""
BYLINE = frozenset(["authors", "date_published", "date_modified"])


def trimmed(page: Blocks, kept: list[int]) -> list[int]:
    """Return the chosen blocks without those that stand before the text."""
    heading = next((number for number, level in enumerate(page.levels) if level == 1), -1)
    before = sum(len(page.texts[number]) for number in kept if number < heading)
    if before and sum(len(page.texts[number]) for number in kept if number >= heading) >= AFTER * before:
        kept = [number for number in kept if number >= heading]
    out = list(kept)
    for number in kept:
        text = page.texts[number]
        if len(text) > LINE:
            break
        said = label_at_start(text)
        if said and said[0] in BYLINE and said[2] and not page.levels[number]:
            out.remove(number)
    return out
