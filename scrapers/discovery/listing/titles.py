"""Which texts of a listing can be a document's title."""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.discovery.listing.words import (
    AROUND_RECORDINGS,
    BESIDE_DAYS,
    DATE_NEAR,
    FORMAT_NOTE,
    RECORDINGS,
    VIEW_WORDS,
)
from scrapers.values.month_names import month_named

NUMBERED = re.compile(r"(?i)\b(?:no|nr|n°)\b\.?|#|\S*\d\S*")
"""Numbers and codes, with the word before them."""
WORD = re.compile(r"[^\W\d_]+[34]?")
"""A word; with the figure of `mp3`."""


@lru_cache(maxsize=1024)
def is_title(text: str) -> bool:
    """Return whether a text can be a title: not `View` or `PDF`, no date alone, no size, no label, no `Video`."""
    bare = text.strip(" -–—|•·,;:.()[]»›>\"'")
    if len(bare) < 2 or VIEW_WORDS.fullmatch(bare) or names_recording(bare) or not any(map(str.isalnum, bare)):
        return False
    named = NUMBERED.sub(" ", bare).strip()
    if named and VIEW_WORDS.fullmatch(named):
        return False  # `View Opinion No. 17-0017`
    without_date = DATE_NEAR.sub("", bare)
    return sum(map(str.isalpha, without_date)) > 2 or is_code(bare)


def names_recording(text: str) -> bool:
    """Return whether a text says no more than that there is a film or a sound: `Audio`, `Watch the recording`."""
    words = set(WORD.findall(text.lower()))
    return not words.isdisjoint(RECORDINGS) and words <= RECORDINGS | AROUND_RECORDINGS


def is_day_alone(text: str) -> bool:
    """Return whether a text names a day, a month or a time, and nothing else: `June`, `Tue, 17 Feb at 3 p.m.`"""
    words = [word for word in WORD.findall(text.lower()) if word not in BESIDE_DAYS]
    return bool(words) and all(month_named(word, ()) is not None for word in words)


def is_code(text: str) -> bool:
    """Return whether a text is a number or a code: `22-0065/NA`, `SC20642`."""
    words = text.split()
    digits = sum(any(map(str.isdigit, word)) for word in words)
    return bool(words) and 2 * digits >= len(words) and len(words) < 4 and not DATE_NEAR.fullmatch(text)


def weight(text: str) -> float:
    """Return a text's length in Latin letters: a Chinese, Japanese or Korean character tells as much as three."""
    return sum(3.0 if "\u2e80" <= c <= "\ud7ff" or "\uf900" <= c <= "\ufaff" else 1.0 for c in text[:300])


def bare_title(text: str) -> str:
    """Return a title without what stands behind it about its file's format and size, and without marks around it."""
    return FORMAT_NOTE.sub("", text).strip(" -–—|•·,;:»›>\t")
