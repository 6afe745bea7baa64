"""Tells whether two wordings are forms of one name: inflected, shortened to a part of it, or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Sequence

ARTICLES = frozenset(
    re.findall(r"\w+", "the la le les el los las il lo gli der die das den dem des de het l o a os as")
)
SMALL = ARTICLES | frozenset(
    re.findall(r"\w+", "of for and on to in du et pour del y e do da dos das di für und van voor")
)
"""Words whose letters no abbreviation has."""

SHORTEST = 4
"""Letters that a word keeps in all its cases."""

ENDING = 3
"""Letters by which the cases of a word may differ at its end."""


def without_article(words: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without the article before it."""
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def same_word(a: str, b: str) -> bool:
    """Return whether two words are one, but for the endings of cases (`Verein`, `Vereins`; `spolek`, `spolku`)."""
    if a == b:
        return True
    shared = max(SHORTEST, max(len(a), len(b)) - ENDING)
    return len(a) >= shared and len(b) >= shared and a[:shared] == b[:shared]


def within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether the words of a name stand in another in their order, in whatever case."""
    span = len(short)
    return bool(short) and any(
        all(map(same_word, short, long[start : start + span])) for start in range(len(long) - span + 1)
    )


def abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether one word is made of the first letters of a name's words, small words left out or not."""
    if len(short) != 1 or len(short[0]) < 3 or len(long) < 3:
        return False
    telling = [word for word in long if word not in SMALL]
    return short[0] in ("".join(word[0] for word in long), "".join(word[0] for word in telling))
