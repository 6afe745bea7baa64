"""Tell what a wording is like: the name of a person, of a body, of a place, or none of these, by its letters.

Runs of two to five letters are counted, and each adds what was learned of it from public lists of names in many
languages (`tests.training.train_naming` says which). No list ships, and no name decides by standing in one:
`naming.npz` holds a weight a kind for each bucket of such runs. The choosers take the answer as a fact among others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

KINDS = ("person", "body", "place", "phrase")

LONGEST = 5
"""Letters of the longest runs that are counted, of two letters the shortest; the space around words is a letter."""

BUCKETS = 1 << 15
"""Runs share buckets by their hash, so the table stays small."""

LEAST = -6.0
"""The logarithm below which a probability says no more."""

MOST_LETTERS = 160
"""Of a wording; the rest is not looked at."""

BETWEEN = re.compile(r"[^\w'’.]+")
PRIME = np.uint32(0x01000193)
END = "\n"

Numbers = NDArray[np.intp]
Table = NDArray[np.float32]


def runs(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return the buckets of all runs of letters, and for each the place of the text that it is of."""
    folded = [f" {BETWEEN.sub(' ', text[:MOST_LETTERS].casefold()).strip()} " for text in texts]
    letters = np.frombuffer((END.join(folded) + END).encode("utf-32-le"), "<u4")
    ends = letters == ord(END)
    place = np.cumsum(ends) - ends
    last = np.flatnonzero(ends)[place]
    at = np.arange(len(letters))
    buckets, of = [], []
    mixed = letters * PRIME
    for length in range(2, LONGEST + 1):
        mixed = (mixed[:-1] ^ letters[length - 1 :]) * PRIME
        inside = at[: len(mixed)] + length <= last[: len(mixed)]
        # The upper half of a product depends on all letters, the lower on the last ones most.
        buckets.append(((mixed ^ (mixed >> np.uint32(15))) % np.uint32(BUCKETS))[inside])
        of.append(place[: len(mixed)][inside])
    return np.concatenate(buckets).astype(np.intp), np.concatenate(of).astype(np.intp)


def likely(texts: Sequence[str], weights: Table, bias: Table) -> Table:
    """Return for each text the logarithms of the probabilities that it is of each kind."""
    buckets, of = runs(texts)
    count = np.bincount(of, minlength=len(texts))
    sums = np.stack([np.bincount(of, weights[buckets, kind], minlength=len(texts)) for kind in range(len(KINDS))], 1)
    odds = sums / np.sqrt(np.maximum(count, 1))[:, None] + bias
    odds -= odds.max(axis=1, keepdims=True)
    logs = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
    return np.asarray(np.maximum(logs, LEAST), np.float32)


def liken(texts: Sequence[str]) -> list[dict[str, float]]:
    """Return for each text what it is like: a fact a kind (`like-person`), the logarithm of its probability."""
    if not texts:
        return []
    weights, bias = _table()
    found = likely(texts, weights, bias).round(3).tolist()
    return [{f"like-{kind}": value for kind, value in zip(KINDS, row, strict=True)} for row in found]


@lru_cache(maxsize=1)
def _table() -> tuple[Table, Table]:
    """Return the weight of each bucket for each kind, and what is added for each kind."""
    held = np.load(BytesIO(files("scrapers.choice").joinpath("naming.npz").read_bytes()))
    return held["weights"].astype(np.float32) * held["step"], held["bias"]
