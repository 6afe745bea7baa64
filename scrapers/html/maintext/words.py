"""Words as buckets of hashed vocabularies: of blocks' texts, of elements' names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

BUCKETS = 1 << 17
"""Buckets of each vocabulary: so many that a word unseen in training hardly ever falls into one with a weight."""
SHORT = 80
"""Characters of a block that counts as a whole and by its pairs of words as well."""
WORDS = 16
"""Words at the beginning of a block that are looked at."""
REMEMBERED = 50_000
"""Words, and names, whose buckets are cached."""
WORD = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def bucket(word: str) -> int:
    """Return a word's bucket."""
    return crc32(word.encode("utf-8", "replace")) % BUCKETS


class _Remembered(dict[str, int]):
    """The buckets of one sort of words, each computed when it is first asked for."""

    def __init__(self, sort: str) -> None:
        super().__init__()
        self._sort = sort

    def __missing__(self, word: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        number = self[word] = bucket(self._sort + word)
        return number


class _Words(dict[str, tuple[int, int, bytes]]):
    """Words of texts: the bucket of each, the checksum of it as the first of a pair, and its bytes."""

    def __missing__(self, word: str) -> tuple[int, int, bytes]:
        if len(self) >= REMEMBERED:
            self.clear()
        encoded = word.encode("utf-8", "replace")
        found = self[word] = bucket(f"w:{word}"), crc32(b"w:%b " % encoded), encoded
        return found


_of_text = _Words()
_of_tag = _Remembered("t:")
_of_part = _Remembered("p:")
_of_page = _Remembered("k:")


class _Names(dict[str, tuple[list[int], list[int]]]):
    """The buckets of classes and ids: those for the element that has one, and those for its page."""

    def __missing__(self, name: str) -> tuple[list[int], list[int]]:
        if len(self) >= REMEMBERED:
            self.clear()
        parts = [part.lower() for part in NAME.findall(name[:60])]
        whole = name.rstrip("0123456789")[:40].lower()
        own = [bucket(f"c:{whole}"), *[_of_part[part] for part in parts[:6] if len(part) > 1]]
        found = self[name] = own, [_of_page[part] for part in parts]
        return found


_names = _Names()


def names_of(key: str) -> list[str]:
    """Return the names of an element: its classes, id, role."""
    return key.split(None, 10)[:10]


def name_buckets(tag: str, key: str) -> set[int]:
    """Return the buckets of the words in an element's tag and names."""
    found = {_of_tag[tag]}
    for name in names_of(key):
        found.update(_names[name][0])
    return found


def page_buckets(name: str) -> list[int]:
    """Return the buckets of the words in a name, for the page on which it stands."""
    return _names[name][1]


def word_buckets(text: str) -> Sequence[int]:
    """Return the buckets of a block's first words; for a short block also of its pairs of words and the whole."""
    return _short_buckets(text) if len(text) <= SHORT else [_of_text[word][0] for word in set(_first_words(text))]


def _first_words(text: str) -> list[str]:
    return WORD.findall(text[:160].lower())[:WORDS]


@lru_cache(maxsize=10_000)
def _short_buckets(text: str) -> Sequence[int]:
    """Return the buckets of a short block. They are kept, as the texts of menus recur on every page of a site."""
    words = _first_words(text)
    known = {word: _of_text[word] for word in words}
    pairs = (crc32(known[other][2], known[one][1]) % BUCKETS for one, other in set(pairwise(words)))
    return (*(own for own, _, _ in known.values()), *pairs, bucket("w:=" + " ".join(words)))
