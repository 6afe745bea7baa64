"""Whether two readings are of one document, where an address alone is no proof. Pure."""

from __future__ import annotations

from models.search.likeness import likeness
from models.search.words import words
from pipeline.load.content import Content

TWINS, MOVED = 0.8, 0.5
"""Least likeness of the texts of twins, and of a page before and after it moved."""


def twins(one: Content, other: Content) -> bool:
    """Return whether title and text agree so well that two addresses hold one document."""
    if one.is_file or other.is_file or not one.title or _folded(one.title) != _folded(other.title or ""):
        return False
    return likeness(one.body, other.body) >= TWINS


def moved(one: Content, other: Content) -> bool:
    """Return whether the content of two addresses, one of which redirects to the other, may be one document's.

    A site that is down for a day may redirect every address to one notice: there neither title nor text agrees.
    """
    if one.is_file != other.is_file:
        return False
    if one.title and other.title and _folded(one.title) == _folded(other.title):
        return True
    if one.body and other.body:
        return likeness(one.body, other.body) >= MOVED
    return not (one.title and other.title)


def _folded(title: str) -> list[str]:
    return words(title)
