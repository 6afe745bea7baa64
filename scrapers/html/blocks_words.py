"""Words as buckets of hashed vocabularies: of blocks' texts, of elements' names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

BUCKETS = 1 << 17
"""Of each vocabulary: few enough of them bear a weight that a word never seen in training hardly ever meets one."""
WORDS = 16
"""Of a block as many words are looked at, from its beginning."""
REMEMBERED = 100_000
"""Words whose buckets are kept at hand."""
WORD = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def bucket(word: str) -> int:
    """Return a word's bucket."""
    return crc32(word.encode("utf-8", "replace")) % BUCKETS


class _Remembered(dict[str, int]):
    """Buckets of words in texts, reckoned when first asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        number = self[word] = bucket("w:" + word)
        return number


_of_text = _Remembered()


@lru_cache(maxsize=20_000)
def _of_name(part: str) -> int:
    return bucket("p:" + part)


@lru_cache(maxsize=20_000)
def page_bucket(part: str) -> int:
    """Return the bucket of a name's part, of the page on which it stands."""
    return bucket("k:" + part)


@lru_cache(maxsize=50_000)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the words that a class or an id is made of."""
    return tuple([part.lower() for part in NAME.findall(name[:60])])


@lru_cache(maxsize=50_000)
def _buckets_of_name(name: str) -> tuple[int, ...]:
    whole = name.rstrip("0123456789")[:40].lower()
    return (bucket(f"c:{whole}"), *[_of_name(part) for part in name_parts(name)[:6] if len(part) > 1])


@lru_cache(maxsize=50_000)
def name_buckets(tag: str, key: str) -> tuple[int, ...]:
    """Return the buckets of the words in an element's name: its tag, classes, id, role."""
    found = {bucket(f"t:{tag}")}
    for name in key.split(None, 10)[:10]:
        found.update(_buckets_of_name(name))
    return tuple(found)


def word_buckets(text: str) -> list[int]:
    """Return the buckets of a block's first words; of a short one, of its pairs of words and of the whole besides."""
    words = WORD.findall(text[:160].lower())[:WORDS]
    found = set(words)
    if len(text) <= 80:
        found.update(map(" ".join, pairwise(words)))
        found.add("=" + " ".join(words))
    return list(map(_of_text.__getitem__, found))
