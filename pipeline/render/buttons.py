"""Which button of a page shows more of its list, or the list's next page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scrapers.discovery.listing.words import (
    ARROWS,
    MORE_CLASS,
    MORE_WORDS,
    NEXT_CLASS,
    NEXT_WORDS,
    NOT_NEXT_CLASS,
    PAGER_CLASS,
)


def next_button(buttons: Sequence[Mapping[str, str]]) -> int | None:
    """Return the index of the button to press, or None where none is for this.

    Args:
        buttons: of each its `text`, its `label` (what a screen reader says) and the `names` (classes, ids) around it.
    """
    ranked = [(rank, index) for index, button in enumerate(buttons) if (rank := _rank(button)) is not None]
    return min(ranked)[1] if ranked else None


def _rank(button: Mapping[str, str]) -> int | None:
    """Return 0 for a button that shows more, 1 for one that turns the page, None for any other."""
    names = button["names"]
    if NOT_NEXT_CLASS.search(names):
        return None
    texts = [text.lower() for text in (button["text"], button["label"]) if text]
    if any(map(MORE_WORDS.search, texts)) or MORE_CLASS.search(names):
        return 0
    if any(text in NEXT_WORDS for text in texts):
        return 1
    is_arrow = button["text"] in ARROWS or not button["text"]
    return 1 if is_arrow and PAGER_CLASS.search(names) and NEXT_CLASS.search(names) else None
