"""Which button of a page shows more of its list, or the list's next page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scrapers.discovery.listing.words import (
    ARROWS,
    MORE_CLASS,
    MORE_WORDS,
    NEXT_CLASS,
    NEXT_WORDS,
    NOT_NEXT_CLASS,
    PAGER_CLASS,
)

Button = Mapping[str, str]
"""Its `text`, its `label` (what a screen reader says) and the `names` (classes, ids) around it."""


def next_button(buttons: Sequence[Button], page: int) -> int | None:
    """Return the index of the button to press on that page of a list, or None where none is for this."""
    ranked = [(rank, index) for rank, index in _ranked(buttons) if rank < 2 or buttons[index]["text"] == str(page + 1)]
    return min(ranked)[1] if ranked else None


def leading_on(buttons: Sequence[Button]) -> list[int]:
    """Return the indices of all buttons that lead on in a list."""
    return [index for _, index in _ranked(buttons)]


def _ranked(buttons: Sequence[Button]) -> Iterator[tuple[int, int]]:
    """Yield rank and index: 0 for a button that shows more, 1 for one to the next page, 2 for one with a number."""
    numbered = sum(button["text"].isdigit() for button in buttons) > 1
    for index, button in enumerate(buttons):
        names, texts = button["names"], [text.lower() for text in (button["text"], button["label"]) if text]
        if NOT_NEXT_CLASS.search(names):
            continue
        if any(map(MORE_WORDS.search, texts)) or MORE_CLASS.search(names):
            yield 0, index
        elif NEXT_WORDS.intersection(texts) or (
            (button["text"] in ARROWS or not button["text"]) and PAGER_CLASS.search(names) and NEXT_CLASS.search(names)
        ):
            yield 1, index
        elif button["text"].isdigit() and numbered and len(button["text"]) < 5:
            yield 2, index
