"""Measure how the choices and look-ups that each command begins with grow with the store.

    python -m tests.benchmarks.speed.growth [--sizes 1000 10000 30000] [--database URL]

Stores are made row by row (`tests.made_store`), so that no page is read. Printed are the least CPU milliseconds of
three rounds (with `--database`, of wall time: the server's CPU is its own), and the exponent between the smallest and
the largest store: 1 is linear, 0 does not grow. `--database` names an empty PostgreSQL database: give one size then.
"""

from __future__ import annotations

import argparse
import math
import platform
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from models.database.store import Store, open_store, upgrade
from models.search.search import search
from pipeline.holdings import queries
from pipeline.ledger import addresses, runs
from pipeline.load.publish import in_order
from pipeline.run.rerun import Rerun
from tests.made import new_store
from tests.made_store import NOW, SOURCE, fill, url_of

ROUNDS = 3
RUN = runs.Started(
    run_id=11, run_key="under-way", source_id=1, source=SOURCE, since=NOW, resumed=None, state={}, judges=False
)
CHOICES: dict[str, Callable[[Connection], Any]] = {
    "run: what is due, nothing": lambda c: addresses.due_by_host(c, RUN, NOW, full=False),
    "run: order of loading": lambda c: in_order(c, RUN),
    "rerun --since, nothing": lambda c: Rerun(since="2026-05-30").due(c, RUN),
    "rerun --failed, nothing": lambda c: Rerun(failed=True).due(c, RUN),
    "rerun --url": lambda c: Rerun(urls=(url_of(5),)).due(c, RUN),
    "status": lambda c: queries.source_health(c),
    "runs": lambda c: queries.runs_list(c),
    "show": lambda c: queries.one_document(c, url_of(5)),
    "search, a rare word": lambda c: search(c, "number17"),
    "search, a word of all": lambda c: search(c, "marin"),
    "search, that of an author": lambda c: search(c, "marin", author="Author 17"),
}


def measured(store: Store) -> dict[str, float]:
    """Return the milliseconds of each choice."""
    clock = time.process_time if store.dialect == "sqlite" else time.perf_counter
    found: dict[str, float] = {}
    for name, choice in CHOICES.items():
        for _ in range(ROUNDS):
            with store.read() as connection:
                began = clock()
                choice(connection)
                found[name] = min(found.get(name, math.inf), (clock() - began) * 1000)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 30_000])
    parser.add_argument("--database")
    given = parser.parse_args()
    table: dict[int, dict[str, float]] = {}
    for size in given.sizes:
        with TemporaryDirectory() as folder:
            if given.database:
                upgrade(given.database, base=Path())
                store = open_store(given.database, base=Path())
            else:
                store = new_store(Path(folder) / "made.db")
            fill(store, size, staged=size // 10)
            table[size] = measured(store)
            store.close()
    print(f"{platform.machine()}, Python {platform.python_version()}; milliseconds by documents")
    print(f"{'':28}" + "".join(f"{size:>10,}" for size in table) + "  exponent")
    smallest, largest = min(table), max(table)
    for name in CHOICES:
        figures = "".join(f"{table[size][name]:10.1f}" for size in table)
        growth = math.log(table[largest][name] / table[smallest][name]) if largest > smallest else math.nan
        print(f"{name:28}{figures}{growth / max(math.log(largest / smallest), 1e-9):10.2f}")


if __name__ == "__main__":
    main()
