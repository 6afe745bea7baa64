"""The words of a fragment as they are printed: hyphens, accents that are drawn apart, raised marks of footnotes."""

from __future__ import annotations

import re
from typing import Any

from scrapers.pdf.engine.accents import composed
from scrapers.pdf.engine.glyphs import JOINER, Glyphs

HYPHENS = (2, 0xFFFE)
"""What pdfium puts where a line ends in a hyphen and the word goes on."""

MARKED_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{3,4}(?!\d)")
"""Five or six figures that begin as a year does."""

MARKS = 1 / 3
"""Where no more than this share of a line's characters is large, the others are letters rather than raised marks."""


def wording(glyphs: Glyphs, text: str, first: int, last: int) -> str:
    """Return the text between two characters as it is printed."""
    words = text[first : last + 1]
    if not words.isprintable():
        words = printable(words)
    if MARKED_YEAR.search(words) and len(words) == last + 1 - first:
        words = _marks_apart(glyphs, words, first)
    return composed(words)


def _marks_apart(glyphs: Glyphs, words: str, first: int) -> str:
    """Part the mark of a footnote from the year that it stands at (`1998` and a raised `12`)."""
    for match in reversed(list(MARKED_YEAR.finditer(words))):
        sizes = glyphs.sizes(list(range(first + match.start(), first + match.end())))
        if sizes[4:].max() < 0.85 * sizes[:4].min():
            place = match.start() + 4
            words = f"{words[:place]} {words[place:]}"
    return words


def raised_characters(glyphs: Glyphs, firsts: Any, lasts: Any, starts: Any, ends: Any) -> dict[int, Any]:
    """Return for the fragments that have raised characters, by number, which characters of theirs are not.

    Words are given by their first and last characters, fragments by their first and last words.
    """
    import numpy as np

    # What one object draws has one size: characters are asked for one by one only where two objects draw a word.
    things, others = glyphs.things(firsts.tolist()), glyphs.things(lasts.tolist())
    unlike, first, which = np.unique(things, return_index=True, return_inverse=True)
    sizes = glyphs.sizes(firsts[first].tolist())[which] if len(unlike) else np.zeros(0)
    smallest, largest = sizes.copy(), sizes.copy()
    mixed = {}
    for word in np.flatnonzero(things != others).tolist():
        own = mixed[word] = glyphs.sizes(list(range(firsts[word], lasts[word] + 1)))
        smallest[word], largest[word] = own.min(), own.max()
    most = np.maximum.reduceat(largest, starts)
    found = {}
    for number in np.flatnonzero(np.minimum.reduceat(smallest, starts) < 0.8 * most).tolist():
        begin = int(firsts[starts[number]])
        kept = np.ones(int(lasts[ends[number]]) + 1 - begin, np.bool_)
        for word in range(starts[number], ends[number] + 1):
            own = mixed.get(word, sizes[word])
            kept[firsts[word] - begin : lasts[word] + 1 - begin] = (own >= 0.8 * most[number]) | (own == 0)
        if kept.mean() > MARKS:  # else the smaller ones are small capitals
            found[number] = kept
    return found


def without_raised(words: str, text: str, kept: Any) -> str:
    """Return a fragment's words without its raised characters; `kept` says of each of its text whether it stays."""
    if kept is None:
        return words
    return printable("".join(c if keep or c.isspace() else " " for c, keep in zip(text, kept, strict=True)))


def printable(words: str) -> str:
    """Return words without control characters, their white space as blanks, hyphens of all kinds as one."""
    for code in HYPHENS:
        words = words.replace(chr(code), "-")
    # A soft hyphen that is drawn is a hyphen: at the end of a line it may break a word.
    words = words.replace(chr(JOINER), "")
    if "\xad" in words:
        words = (words[:-1] + "\u2010" if words.endswith("\xad") else words).replace("\xad", "-")
    return "".join(" " if c.isspace() else c for c in words if c >= " " or c.isspace()).replace("\x7f", "").strip()
