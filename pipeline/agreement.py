"""Do two readings tell of one document? Asked where an address alone is no proof. Pure."""

from __future__ import annotations

from functools import lru_cache

from models.words import words
from pipeline.content import Content

SHINGLE = 4
"""Words that stand together: enough to tell texts on one subject apart."""

MOST_WORDS = 4_000
"""Of a text that are compared."""

TWINS, MOVED = 0.8, 0.5
"""Share of shingles in common: of twins beside each other, and of a page before and after it moved."""

FEW_WORDS = 12
"""Texts shorter than this are compared letter by letter."""


def twins(one: Content, other: Content) -> bool:
    """Return whether title and text agree so well that two addresses hold one document."""
    if one.is_file or other.is_file or not one.title or _folded(one.title) != _folded(other.title or ""):
        return False
    return likeness(one.body, other.body) >= TWINS


def moved(one: Content, other: Content) -> bool:
    """Return whether nothing speaks against one document that left its address for another, with a redirect behind it.

    A site that is down for a day may send every address to one notice: there neither title nor text agrees.
    """
    if one.is_file != other.is_file:
        return False
    if one.title and other.title and _folded(one.title) == _folded(other.title):
        return True
    if one.body and other.body:
        return likeness(one.body, other.body) >= MOVED
    return not (one.title and other.title)


def likeness(one: str | None, other: str | None) -> float:
    """Return the share of word groups that two texts have in common, 0 to 1."""
    if (one or "") == (other or ""):
        return 1.0
    if not one or not other:
        return 0.0
    left, right = _shingles(one), _shingles(other)
    if not left or not right:
        return 1.0 if words(one) == words(other) else 0.0
    return len(left & right) / len(left | right)


@lru_cache(maxsize=256)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    cut = words(text[: MOST_WORDS * 12])[:MOST_WORDS]
    if len(cut) < FEW_WORDS:
        return frozenset()
    return frozenset(tuple(cut[at : at + SHINGLE]) for at in range(len(cut) - SHINGLE + 1))


def _folded(title: str) -> list[str]:
    return words(title)
