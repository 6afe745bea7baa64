"""Measure how whole commands grow with the store: CPU of all their processes, and the size of the largest.

    python -m tests.benchmarks.speed.commands [--sizes 2000 10000 30000] [--postgresql]

Stores are made row by row (`tests.made_store`), so that no page is read, and have no archive. Printed are seconds of
CPU (with `--postgresql` of wall time, as the server's CPU is its own) and megabytes, then the exponent between the
smallest and the largest store, of what a command takes beyond its start: 1 is linear, 0 does not grow.
"""

from __future__ import annotations

import argparse
import math
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from models.database.store import open_store, upgrade
from tests.benchmarks.speed.processes import Taken, taken
from tests.conftest import serve_postgres
from tests.made_store import SOURCE, fill, url_of
from tests.pipeline.workplace import INGEST, toml

COMMANDS: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "runs": ("runs",),
    "show": ("show", url_of(5)),
    "search, a rare word": ("search", "number17"),
    "search, a word of all": ("search", "marin"),
    "export, JSON lines": ("export", "all.jsonl"),
    "export, CSV": ("export", "all.csv"),
    "export, chosen": ("export", "some.jsonl", "--author", "Author 17"),
    "rerun, nothing chosen": ("rerun", "--failed", "--quiet"),
}


def measured(folder: Path, database: str, documents: int) -> dict[str, Taken]:
    """Return what each command takes on a new store of that size."""
    source = {"start": "https://made.test/", "enabled": True}
    tables = {"store": {"database": database}, "http": {"contact": "bench@example.org"}, "sources": {SOURCE: source}}
    (folder / "config.toml").write_text(toml(tables), "utf-8")
    upgrade(database, base=folder)
    store = open_store(database, base=folder)
    fill(store, documents)
    store.close()
    return {name: taken([*INGEST, *line], folder) for name, line in COMMANDS.items()}


@contextmanager
def databases(*, postgresql: bool) -> Iterator[list[str]]:
    """Yield the databases to use, one a size in turn: a file in each folder, or databases of one server."""
    if not postgresql:
        yield ["made.db"] * 9
        return
    import psycopg

    with serve_postgres() as address:
        urls = [address.replace("/postgres?", f"/made{number}?") for number in range(9)]
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
            for number in range(9):
                connection.execute(f"CREATE DATABASE made{number}".encode())
        yield urls


def growth(sizes: list[int], figures: list[float]) -> float:
    """Return the exponent with which a figure grows beyond that of the smallest store, from the last but one size on.

    Of three sizes a, b, c with the figures x, y, z it is log((z - x) / (y - x)) / log((c - a) / (b - a)); of two, the
    exponent of the figures themselves.
    """
    if len(sizes) < 2:
        return math.nan
    if len(sizes) == 2:
        return math.log(figures[1] / figures[0]) / math.log(sizes[1] / sizes[0])
    before, after = figures[-2] - figures[0], figures[-1] - figures[0]
    if before <= 0.02 or after <= 0.02:
        return 0.0
    return math.log(after / before) / math.log((sizes[-1] - sizes[0]) / (sizes[-2] - sizes[0]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 10_000, 30_000])
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    table: list[dict[str, Taken]] = []
    with databases(postgresql=given.postgresql) as urls:
        for size, database in zip(given.sizes, urls, strict=False):
            with TemporaryDirectory() as folder:
                table.append(measured(Path(folder), database, size))
    clock = "wall" if given.postgresql else "cpu"
    print(f"{platform.machine()}, Python {platform.python_version()}; seconds ({clock}) and MB by documents")
    print(f"{'':24}" + "".join(f"{size:>16,}" for size in given.sizes) + "  exponent of seconds, of MB")
    for name in table[0]:
        seconds = [getattr(column[name], clock) for column in table]
        sizes = [column[name].largest_mb for column in table]
        line = "".join(f"{second:9.2f} {size:4.0f} MB" for second, size in zip(seconds, sizes, strict=True))
        print(f"{name:24}{line}{growth(given.sizes, seconds):10.2f}{growth(given.sizes, sizes):8.2f}", flush=True)


if __name__ == "__main__":
    main()
