"""How surely a broken site is held back, and how often a sound one is: made sources, the real `judge` on a real store.

python -m tests.benchmarks.simulation.drift [--sources N] [--runs N] [--seed N] [--svg docs/drift.svg]

For each size, that many made sources with habits of their own are run from their first day on (`--runs` ordinary runs
over all sources of a size, every twelfth a full one); then each of them is broken in ten ways, one at a time.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks.simulation.drift_plot import plot
from tests.pipeline.drift.made_breaks import breakages
from tests.pipeline.drift.made_source import MadeSource, made_store

SIZES = (30, 100, 1_000)
PARTS = (3, 6, 12, 24)
"""Documents of a broken run that is not a full one: half new, half known."""
RIGHT = 0.95
FALSE = 0.01


def applies(kind: str, source: MadeSource) -> bool:
    """Whether a source can break in this way: there are no PDFs to lose where there were none."""
    return kind != "PDFs gone" or source.habits.attachments > 0


def simulate(
    sizes: tuple[int, ...], sources: int, runs: int, seed: int
) -> tuple[dict[tuple[str, str], tuple[int, int]], dict[int, tuple[int, int]], Counter[str]]:
    """Return how often each kind was caught, by size of source or of run, and the false alarms by size of source."""
    caught: Counter[tuple[str, str]] = Counter()
    broken: Counter[tuple[str, str]] = Counter()
    alarms: dict[int, tuple[int, int]] = {}
    told: Counter[str] = Counter()
    for size in sizes:
        false = ordinary = 0
        for number in range(sources):
            rng = random.Random(f"{seed} {size} {number}")
            with tempfile.TemporaryDirectory() as folder:
                source = MadeSource(made_store(Path(folder)), rng, size)
                for day in range(1 + runs // sources):
                    verdict = source.ordinary_run(full=day % 12 == 11)
                    ordinary += 1
                    false += bool(verdict.held)
                    told.update(verdict.held)
                for kind, breakage, listing in breakages(rng):
                    if not applies(kind, source):
                        continue
                    for documents in (None, *(PARTS if size == 100 else ())):
                        key = kind, f"{size}" if documents is None else f"{documents} of 100"
                        broken[key] += 1
                        caught[key] += bool(source.broken_run(breakage, listing=listing, documents=documents).held)
                source.store.close()
        alarms[size] = false, ordinary
    return {key: (caught[key], broken[key]) for key in broken}, alarms, told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=40, help="made sources of each size")
    parser.add_argument("--runs", type=int, default=1_000, help="ordinary runs of each size")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="documents of a source")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--svg", type=Path, help="where to draw the result")
    given = parser.parse_args()
    began = time.monotonic()
    caught, alarms, told = simulate(tuple(given.sizes), given.sources, given.runs, given.seed)
    columns = list(dict.fromkeys(column for _, column in caught))
    columns.sort(key=lambda column: (" of " not in column, int(column.split()[0])))
    kinds = list(dict.fromkeys(kind for kind, _ in caught))
    print(f"{'caught on the first run, of documents':40}", *(f"{column:>10}" for column in columns))
    for kind in kinds:
        shares = [caught[kind, column] for column in columns]
        print(f"{kind:40}", *(f"{good / of:>10.1%}" for good, of in shares))
    for size, (false, ordinary) in alarms.items():
        print(f"false alarms, {size} documents: {false} of {ordinary} ordinary runs ({false / ordinary:.2%})")
    for sentence in told:
        print(f"  {sentence.partition('; see')[0]}")
    print(f"seed {given.seed}, {given.sources} sources of each size, {time.monotonic() - began:.0f} s")
    if given.svg:
        given.svg.parent.mkdir(parents=True, exist_ok=True)
        given.svg.write_text(plot(kinds, columns, caught, alarms), "utf-8")
    whole = {key: counts for key, counts in caught.items() if " of " not in key[1]}
    sound = all(good / of >= RIGHT for good, of in whole.values())
    return 0 if sound and all(false / ordinary <= FALSE for false, ordinary in alarms.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
