"""Adds test sites with `ingest add`, uses what it prints as printed, and compares what `ingest run` then finds.

    python -m tests.benchmarks.quality.add              # the eight mechanisms, then eight layouts made at random
    python -m tests.benchmarks.quality.add 40           # ... then forty layouts
    python -m tests.benchmarks.quality.add 40 1001      # ... those of the seeds from 1001 on

Right is a site of which 60 of 60 documents are found, and nothing else, with title and date right on 58 or more.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.pipeline.commands.add.adding import Outcome, add_and_run
from tests.sites import EIGHT
from tests.sites.layouts_documents import VariedSite

SEEDS = 8
COLUMNS = f"{'site':<14}{'found':>6}{'else':>6}{'title':>7}{'date':>6}{'authors':>9}{'asked':>7}  {'':<6}"


def show(name: str, outcome: Outcome) -> None:
    """Print a row."""
    right = "right" if outcome.is_right else "WRONG"
    print(
        f"{name:<14}{outcome.found:>6}{outcome.others:>6}{outcome.titles:>7}{outcome.dates:>6}{outcome.authors:>9}"
        f"{outcome.asked:>7}  {right:<6} {' / '.join(outcome.block[1:])}",
        flush=True,
    )


def main() -> None:
    """Print both tables."""
    print(COLUMNS)
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in EIGHT:
            outcomes.append(add_and_run(kind(), Path(folder) / kind.mechanism))
            show(kind.mechanism, outcomes[-1])
        print(f"\n{COLUMNS}")
        seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
        first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
        right = 0
        for seed in range(first, first + seeds):
            outcome = add_and_run(VariedSite(seed), Path(folder) / str(seed))
            outcomes.append(outcome)
            show(f"seed {seed}", outcome)
            right += outcome.is_right
        print(f"{right} of {seeds} layouts right")
    print(f"\n{'sure':>10}{'sites':>7}{'right':>8}   of title, authors and date")
    for least, most in ((0, 60), (60, 80), (80, 90), (90, 96), (96, 101)):
        rates = [
            rate / outcome.count
            for outcome in outcomes
            for sure, rate in zip(outcome.sure, (outcome.titles, outcome.authors, outcome.dates), strict=True)
            if least <= sure < most
        ]
        if rates:
            print(f"{least:>4} to {most - 1:>3}{len(rates):>7}{sum(rates) / len(rates):>8.0%}")


if __name__ == "__main__":
    main()
