"""What the documents of a made source are usually like, and the words and names that they are made of."""

from __future__ import annotations

import random
from dataclasses import dataclass

WORDS = [
    "river",
    "ministry",
    "report",
    "water",
    "mining",
    "women",
    "court",
    "labour",
    "climate",
    "school",
    "union",
    "port",
]
TEXT = " ".join(f"{a} {b} {c}" for a in WORDS for b in WORDS for c in WORDS)

FIRST = ["Ana", "Bo", "Carla", "Dina", "Efe", "Farid", "Gita", "Hans", "Ines", "Jun", "Kofi", "Lena", "Mara", "Noor"]
LAST = ["Abara", "Bondo", "Cruz", "Diallo", "Engel", "Flores", "Garber", "Haddad", "Ito", "Jansen", "Kimani", "Lopez"]


@dataclass
class Habits:
    """How a source is: drawn anew for each, so that no test may rely on one of them."""

    dates: float
    authors: float
    attachments: float
    descriptions: float
    languages: tuple[float, str]
    own_voice: float
    """Share of documents by the house itself."""
    people: int
    length: float
    spread: float
    daily: float
    """New documents a run."""
    series: float
    """How often a run's new documents are a series: one author, one day, no file."""
    late: int
    """Up to how many days after its date a document appears."""
    selectors: dict[str, float]
    """By field with a selector: on how many pages it matches."""
    paged: bool
    """Whether an ordinary run reads the listing only as far as it is new."""


def habits(rng: random.Random, size: int) -> Habits:
    named = rng.sample(["title", "authors", "date_published"], rng.choice([1, 2, 3]))
    usual = {"title": (0.97, 1.0), "authors": (0.7, 1.0), "date_published": (0.85, 1.0)}
    return Habits(
        dates=rng.uniform(0.85, 1.0),
        authors=rng.uniform(0.6, 1.0),
        attachments=rng.choice([0.0, rng.uniform(0.35, 1.0), rng.uniform(0.6, 1.0)]),
        descriptions=rng.choice([0.0, 0.5, 1.0]),
        languages=(rng.choice([0.0, 0.0, 0.1, 0.3]), rng.choice(["es", "fr", "ar"])),
        own_voice=rng.choice([0.0, 0.1, 0.4]),
        people=rng.choice([3, 10, 60]),
        length=rng.uniform(1_200, 5_000),
        spread=rng.uniform(0.3, 0.9),
        daily=min(rng.choice([0.5, 1, 2, 6, 20]), size / 15),
        series=rng.choice([0.0, 0.05, 0.1]),
        late=rng.choice([0, 2, 10, 60]),
        selectors={name: rng.uniform(*usual[name]) for name in named},
        paged=rng.random() < 0.5,
    )
