"""How like two wordings of a title are, in any script."""

from __future__ import annotations

import re

_WORD = re.compile(r"[\u2e80-\ud7ff]|[^\W_]+")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case; a Chinese or Japanese character is a word."""
    return frozenset(_WORD.findall(text.casefold()))


def likeness(own: frozenset[str], title: frozenset[str]) -> float:
    """Return how far a wording is a title, or most of it: 1 for the same; the title may also hold a site's name."""
    both = len(own & title)
    if not both:
        return 0.0
    return both / len(own) * (0.4 + 0.6 * both / len(title))
