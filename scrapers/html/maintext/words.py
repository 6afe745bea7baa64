"""Words as buckets of hashed vocabularies: of blocks' texts, of elements' names."""

from __future__ import annotations

import re
from itertools import pairwise
from zlib import crc32

BUCKETS = 1 << 17
"""Of each vocabulary: few enough of them bear a weight that a word never seen in training hardly ever meets one."""
WORDS = 16
"""Of a block as many words are looked at, from its beginning."""
REMEMBERED = 50_000
"""Words, and names, whose buckets are kept at hand."""
WORD = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def bucket(word: str) -> int:
    """Return a word's bucket."""
    return crc32(word.encode("utf-8", "replace")) % BUCKETS


class _Remembered(dict[str, int]):
    """The buckets of words of one sort, reckoned when first asked for."""

    def __init__(self, sort: str) -> None:
        super().__init__()
        self._sort = sort

    def __missing__(self, word: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        number = self[word] = bucket(self._sort + word)
        return number


_of_text = _Remembered("w:")
_of_tag = _Remembered("t:")
_of_part = _Remembered("p:")
_of_page = _Remembered("k:")


class _Names(dict[str, tuple[list[int], list[int]]]):
    """Of classes and ids the buckets for the element that bears one, and those for the page on which it stands."""

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
    """Return the names that an element bears: its classes, id, role."""
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


def word_buckets(text: str) -> list[int]:
    """Return the buckets of a block's first words; of a short one, of its pairs of words and of the whole besides."""
    words = WORD.findall(text[:160].lower())[:WORDS]
    found = [_of_text[word] for word in set(words)]
    if len(text) <= 80:
        found += [bucket(f"w:{one} {other}") for one, other in set(pairwise(words))]
        found.append(bucket("w:=" + " ".join(words)))
    return found
