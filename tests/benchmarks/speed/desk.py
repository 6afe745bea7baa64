"""Measure how fast the desk answers over a large store.

    python -m tests.benchmarks.speed.desk [--documents 100000] [--database URL] [--store FILE]

The store is made row by row (`tests.made_store`); `--store` names an SQLite file that an earlier call kept there, or
where to keep it; `--database` names a PostgreSQL database, empty or filled by an earlier call. Printed are
milliseconds of the best of three answers: to the first byte, to the last hit, and whole; and those of the first
answer, when nothing is kept yet.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from models.database.store import Store, open_store, upgrade
from models.document import Document
from models.search import facets
from models.search.facets import Kept
from models.upsert import table_of
from pipeline.desk import documents, sources
from pipeline.desk.document import view
from pipeline.desk.documents import doubtful_page, list_page
from pipeline.desk.rendering import render
from tests.made import new_store
from tests.made_store import SOURCE, fill

ROUNDS = 3
QUERIES: Mapping[str, Mapping[str, str]] = {
    "search, nothing asked for": {},
    "search, a rare word": {"q": "number17"},
    "search, a word of all": {"q": "marin"},
    "search, a word of all, newest": {"q": "marin", "sort": "newest"},
    "search, a beginning": {"q": "num*"},
    "search, a year": {"q": "date:2019"},
    "search, a word and an author": {"q": 'marin author:"Author 17"'},
    "search, least sure first": {"sort": "doubtful"},
    "search, by title": {"sort": "title"},
    "search, page 300": {"q": "marin", "page": "300"},
}


def answers(store: Store) -> dict[str, Callable[[Kept], Iterator[str]]]:
    """Return what is asked: each yields the page in pieces."""

    def whole(make: Callable[[], str]) -> Callable[[Kept], Iterator[str]]:
        def pieces(_kept: Kept) -> Iterator[str]:
            yield make()

        return pieces

    def listed(asked: Mapping[str, str]) -> Callable[[Kept], Iterator[str]]:
        return lambda kept: list_page(store, asked, kept)

    return {
        "document": whole(lambda: str(view(store, "5", {}))),
        "sources": whole(lambda: render("sources.html", **sources.all_sources(store, [SOURCE]))),
        "one source": whole(lambda: render("source.html", **(sources.one_source(store, SOURCE, []) or {}))),
        "a run": whole(lambda: str(sources.one_run_view(store, "1"))),
        "least sure": lambda _kept: doubtful_page(store, {}),
        **{name: listed(asked) for name, asked in QUERIES.items()},
    }


def timed(pieces: Iterator[str], clock: Callable[[], float]) -> tuple[float, float, float]:
    """Return the milliseconds to the first piece, to the one with the hits, and to the last."""
    began = clock()
    moments = [(clock() - began, "</ol>" in piece) for piece in pieces]
    hits = next((moment for moment, last in moments if last), moments[-1][0])
    first, whole = moments[0][0], moments[-1][0]
    return first * 1000, hits * 1000, whole * 1000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--database")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--cpu", action="store_true", help="count this process's CPU time instead, on a busy machine")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "made.db"
        if given.database:
            upgrade(given.database, base=Path())
            store = open_store(given.database, base=Path())
        else:
            store = open_store(str(path), base=Path()) if path.exists() else new_store(path)
        with store.read() as connection:
            held = connection.execute(select(func.count()).select_from(table_of(Document))).scalar_one()
        if not held:
            fill(store, given.documents)
            with store.begin() as connection:
                connection.exec_driver_sql("ANALYZE")
        clock = time.process_time if given.cpu else time.perf_counter
        if given.cpu:  # no query is ended because others use the machine
            documents.SECONDS = facets.SLOWEST = 60.0
        print(f"{store.dialect}, {held or given.documents:,} documents; ms to first byte, last hit, end; first answer")
        for name, answer in answers(store).items():
            kept: Kept = {}
            each = [timed(answer(kept), clock) for _ in range(ROUNDS)]
            best = [min(column) for column in zip(*each, strict=True)]
            print(f"{name:32}" + "".join(f"{figure:9.1f}" for figure in best) + f"{math.ceil(each[0][2]):9}")
        store.close()


if __name__ == "__main__":
    main()
