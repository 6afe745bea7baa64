"""A year of daily runs over a made source: what each way of asking again costs, and how late it sees changes.

python -m tests.benchmarks.simulation.revisit [--documents N] [--seed N]

A fifth of the documents appears in the course of the year, the others before. Half of them hardly ever change, one in
fifty changes every ten days for ever, the rest changes often while young and seldom later, each at its own pace. The
time `next_due` is the project's own; a change is found by the first request after it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from pipeline.ledger.revisit import next_due

START = datetime(2026, 1, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A document: when it appeared, and when it changed, in days from the start."""

    born: float
    dated: bool
    changes: tuple[float, ...]


@dataclass(slots=True)
class Seen:
    """What is known of a document when it has been asked for."""

    key: int
    now: datetime
    first_seen: datetime
    changed: datetime | None
    changes: int
    published: str | None


Rule = Callable[[Seen], datetime]


def lives(number: int, rng: random.Random) -> list[Life]:
    found = []
    for _ in range(number):
        born = rng.uniform(0, DAYS) if rng.random() < 0.2 else -rng.expovariate(1 / 900)
        changes = tuple(_changes(born, rng))
        found.append(Life(born=born, dated=rng.random() < 0.9, changes=changes))
    return found


def _changes(born: float, rng: random.Random) -> Iterator[float]:
    kind, pace = rng.random(), rng.lognormvariate(0, 0.8)

    def rate(age: float) -> float:
        if kind < 0.02:
            return 0.1
        return pace * (0.12 / (1 + age / 5) + 0.0006) if kind < 0.5 else 0.0001

    moment = max(born, 0.0)
    most = rate(moment - born)  # it only falls: candidates come at this rate, and are thinned out
    while (moment := moment + rng.expovariate(most)) < DAYS:
        if rng.random() < rate(moment - born) / most:
            yield moment


RULES: dict[str, Rule] = {
    "every day": lambda seen: seen.now + DAY - timedelta(hours=2),
    "every 15 days": lambda seen: seen.now + 15 * DAY - timedelta(hours=2),
    "every 30 days": lambda seen: seen.now + 30 * DAY - timedelta(hours=2),
    "a quarter of the time unchanged": lambda seen: (
        seen.now + min(max((seen.now - (seen.changed or seen.first_seen)) / 4, DAY), 30 * DAY) - timedelta(hours=2)
    ),
    "next_due (revisit_days = 30)": lambda seen: next_due(
        seen.now,
        seen.changed or seen.first_seen,
        30,
        published=seen.published,
        watched_since=seen.first_seen,
        changes=seen.changes,
        key=seen.key,
    ),
}


@dataclass(slots=True)
class Outcome:
    """What a year of one rule came to."""

    requests: int = 0
    changes: int = 0
    found: int = 0
    late: float = 0.0
    """Days between changes and their being found, or the year's end."""
    busiest: int = 0

    @property
    def delay(self) -> float:
        return self.late / max(self.changes, 1)


def simulate(documents: list[Life], rule: Rule) -> Outcome:
    """Run every day at four; the run comes to a document within half an hour."""
    outcome = Outcome()
    asked: Counter[int] = Counter()
    for key, life in enumerate(documents):
        day = max(ceil(life.born), 0)
        waiting = [change for change in life.changes if change > day]
        outcome.changes += len(waiting)
        moment = START + day * DAY + timedelta(minutes=key % 30)
        published = (START + life.born * DAY).date().isoformat() if life.dated else None
        seen = Seen(key=key, now=moment, first_seen=moment, changed=None, changes=0, published=published)
        while (day := ceil((rule(seen) - START) / DAY)) <= DAYS:
            asked[day] += 1
            seen.now = START + day * DAY + timedelta(minutes=key % 30)
            found = [change for change in waiting if change <= day]
            if found:
                outcome.found += len(found)
                outcome.late += sum(day - change for change in found)
                waiting = waiting[len(found) :]
                seen.changed, seen.changes = seen.now, seen.changes + 1
        outcome.late += sum(DAYS - change for change in waiting)
    outcome.requests, outcome.busiest = asked.total(), max(asked.values())
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    documents = lives(given.documents, random.Random(given.seed))
    heads = f"{'requests':>9} {'of all':>7} {'changes found':>15} {'mean delay':>11} {'busiest day':>12}"
    print(f"{'asked for again':34} {heads}")
    daily = 0
    for name, rule in RULES.items():
        outcome = simulate(documents, rule)
        daily = daily or outcome.requests
        found = f"{outcome.found:,} of {outcome.changes:,}"
        print(
            f"{name:34} {outcome.requests:>9,} {outcome.requests / daily:>7.1%} {found:>15} "
            f"{outcome.delay:>9.1f} d {outcome.busiest:>12,}"
        )
    print(f"seed {given.seed}, {given.documents:,} documents, {DAYS} daily runs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
