"""Measure loading beside raw inserts of the same rows: `executemany` on SQLite, COPY on PostgreSQL.

    python -m tests.benchmarks.speed.loading [--documents 1000] [--rounds 3]

Readings of made pages are loaded into a new store, a batch a transaction, as a run does. Then the rows of every table
that loading filled, the full-text index among them, are put raw into another new store with the same tables, keys and
indexes. The figure is raw seconds by ours: of CPU on SQLite, of wall time on PostgreSQL, whose server has its own CPU.
"""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from models.database.store import Store, open_store, upgrade
from models.document import (
    Attachment,
    Author,
    Document,
    DocumentAlias,
    DocumentClaim,
    Provenance,
    Revision,
    RevisionAuthor,
    TextMark,
)
from models.upsert import chunks, table_of
from pipeline.extract.worker import Shipment, document
from pipeline.load import load, normalise
from scrapers.base import Page, Rules
from scrapers.record import from_record
from tests.benchmarks.speed.library import SELECTORS, answers
from tests.conftest import serve_postgres
from tests.made import new_store

TABLES = [
    table_of(model).name
    for model in (
        Document,
        DocumentAlias,
        DocumentClaim,
        Revision,
        Author,
        RevisionAuthor,
        Provenance,
        TextMark,
        Attachment,
    )
]
HOST = "http://library.test"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def made(count: int) -> list[normalise.Document]:
    """Return the documents of a library's pages, read and normalised."""
    rules = Rules(**SELECTORS)
    return [
        normalise.document(
            from_record(document(Shipment(page=page), rules)),
            {},
            source_id=1,
            url=page.url,
            redirects=(),
            final_url=page.url,
            capture_id=None,
            reader_version="1",
            retrieved_at=NOW,
        )
        for page in (_page(path, content) for path, (_, content) in answers(count, 0).items() if path.startswith("/d/"))
    ]


def _page(path: str, content: bytes) -> Page:
    return Page(
        url=HOST + path,
        final_url=HOST + path,
        media_type="text/html",
        content=content,
        retrieved_at=NOW,
        sha256=hashlib.sha256(content).hexdigest(),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )


def loaded(store: Store, documents: Sequence[normalise.Document]) -> None:
    """Load documents, a batch a transaction."""
    for batch in chunks(documents):
        with store.begin() as connection:
            load.publish(connection, batch, run_id=None, now=NOW)


def on_sqlite(documents: Sequence[normalise.Document], folder: Path) -> float:
    """Return how much of the CPU time of our loading `executemany` takes for the same rows."""
    ours = new_store(folder / "ours.db")
    _source(ours)
    spent = _spent(lambda: loaded(ours, documents))
    ours.close()
    raw = new_store(folder / "raw.db")
    _source(raw)
    raw.close()
    with sqlite3.connect(folder / "ours.db") as held:
        rows = {name: held.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
        rows["search_index(rowid, title, body)"] = held.execute(
            "SELECT rowid, title, body FROM search_index"
        ).fetchall()
    target = sqlite3.connect(folder / "raw.db")
    target.execute("PRAGMA foreign_keys = ON")

    def put() -> None:
        with target:
            for name, some in rows.items():
                if some:
                    target.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(some[0]))})", some)

    share = _spent(put) / spent
    target.close()
    return share


def on_postgres(documents: Sequence[normalise.Document], address: str, number: int) -> float:
    """Return how much of the time of our loading COPY takes for the same rows; two databases are made on the server."""
    import psycopg

    urls = []
    for name in (f"ours{number}", f"raw{number}"):
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        urls.append(address.replace("/postgres?", f"/{name}?"))
        upgrade(urls[-1], base=Path())
        store = open_store(urls[-1], base=Path())
        _source(store)
        if name.startswith("ours"):
            spent = _spent(partial(loaded, store, documents), time.perf_counter)
        store.close()
    tables = [*TABLES, "search_index"]
    with psycopg.connect(urls[0].replace("+psycopg", "")) as held:
        rows = {}
        for name in tables:
            with held.cursor().copy(f"COPY {name} TO STDOUT".encode()) as copy:
                rows[name] = b"".join(copy)

    with psycopg.connect(urls[1].replace("+psycopg", "")) as target:

        def put() -> None:
            for name, some in rows.items():
                with target.cursor().copy(f"COPY {name} FROM STDIN".encode()) as copy:
                    copy.write(some)
            target.commit()

        return _spent(put, time.perf_counter) / spent


def _source(store: Store) -> None:
    with store.begin() as connection:
        connection.execute(
            text("INSERT INTO source (id, name, config, state, created_at) VALUES (1, 'made', '{}', '{}', :now)"),
            {"now": NOW.isoformat(sep=" ")},
        )


def _spent(work: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> float:
    began = clock()
    work()
    return clock() - began


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    documents = made(given.documents)
    shares: dict[str, list[float]] = {"executemany on SQLite": [], "COPY on PostgreSQL": []}
    with serve_postgres() as address:
        for number in range(given.rounds):
            with TemporaryDirectory() as folder:
                shares["executemany on SQLite"].append(on_sqlite(documents, Path(folder)))
            shares["COPY on PostgreSQL"].append(on_postgres(documents, address, number))
    for name, found in shares.items():
        print(f"loading {given.documents} documents beside {name}: {statistics.median(found):.2f}")


if __name__ == "__main__":
    main()
