"""Two processes that write to one PostgreSQL store at a time: nothing is lost, and nothing stored twice."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text

from models.database.store import Store, open_store
from models.errors import Conflict, StoreError
from models.web import Capture, Payload, Staged, WarcFile
from pipeline.archive import Archive
from pipeline.fetch.settings import Fetched
from pipeline.ledger import addresses, runs
from pipeline.ledger.due import Due, Result
from pipeline.ledger.transactions import TRIES, Transactions, repeated
from pipeline.ledger.writer import Writer
from scrapers.base import Link, Page
from tests.made_store import record_of

Stored = Callable[[Connection, Result, list[Due]], list[Due]]

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
PAGES = 120


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    store = open_store(postgres_url, base=Path())
    yield store
    store.close()


def same_pages(
    store: Store, source: str, folder: Path, numbers: list[int], salt: str, stored: Stored | None = None
) -> None:
    """Store the pages of a source in the order of the numbers; their bytes are those of any other of that salt."""

    async def work() -> None:
        with store.begin() as connection:
            run = runs.start(connection, source, {}, "run", {}, NOW)
            links = [Link(url=f"https://{source}.test/{number:03}") for number in numbers]
            addresses.add_links(connection, run.source_id, links, "document", NOW)
        with store.read() as connection:
            due = sorted(
                addresses.due(connection, run, NOW, full=False),
                key=lambda one: numbers.index(int(one.request.url.rpartition("/")[2])),
            )
        with Archive(folder, software="test") as archive:
            async with Transactions(store) as transactions, Writer(transactions, archive, lambda: NOW) as writer:

                async def put(number: int) -> None:
                    one = due[number]
                    content = f"{salt}{one.request.url.rpartition('/')[2]}".encode()
                    page = Page(
                        url=one.request.url,
                        final_url=one.request.url,
                        content=content,
                        media_type="text/html",
                        retrieved_at=NOW,
                        sha256=hashlib.sha256(content).hexdigest(),
                    )
                    fetched = Fetched(url=page.url, final_url=page.final_url, page=page, status=200)
                    result = Result(due=one, fetched=fetched, reading=record_of(number))  # type: ignore[arg-type]
                    await writer.put(run, result, reader_version="1", revisit_days=30, stored=stored)

                await asyncio.gather(*map(put, range(len(due))))

    asyncio.run(work())


def stored_by_two(store: Store, folder: Path, numbers: list[int], salt: str = "") -> None:
    """Store the same pages for two sources at once, in opposite order."""
    threads = [
        threading.Thread(target=same_pages, args=(store, f"{source}{salt}", folder / source, order, salt))
        for source, order in (("one", numbers), ("two", numbers[::-1]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def stored(store: Store) -> list[int]:
    """Return the numbers of staged results, captures and payloads."""
    with store.read() as connection:
        return [
            connection.execute(select(func.count()).select_from(model)).scalar_one()
            for model in (Staged, Capture, Payload)
        ]


def test_two_sources_with_the_same_bytes_in_opposite_order_are_both_stored_whole(store: Store, tmp_path: Path) -> None:
    stored_by_two(store, tmp_path, list(range(PAGES)))
    assert stored(store) == [2 * PAGES, 2 * PAGES, PAGES]


def test_a_transaction_that_met_another_one_is_repeated(store: Store) -> None:
    with store.begin() as connection:
        connection.execute(text("INSERT INTO forgotten VALUES ('a', '', '0', now()), ('b', '', '0', now())"))
    both_hold_one = threading.Barrier(2)
    tries: list[str] = []

    def add_to(first: str, then: str) -> None:
        met = False

        def work(connection: Connection) -> None:
            nonlocal met
            tries.append(first)
            add = text("UPDATE forgotten SET reason = reason::int + 1 WHERE identity = :key")
            connection.execute(add, {"key": first})
            if not met:
                met = True
                both_hold_one.wait()
            connection.execute(add, {"key": then})

        repeated(store, work)

    threads = [threading.Thread(target=add_to, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert list(connection.scalars(text("SELECT reason FROM forgotten"))) == ["2", "2"]
    assert len(tries) == 3


def test_a_transaction_that_is_ended_each_time_is_an_error(store: Store) -> None:
    tries = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"))

    with pytest.raises(Conflict):
        repeated(store, work)
    assert len(tries) == TRIES


def test_what_a_failed_commit_leaves_in_the_archive_is_cut_off_at_the_end(store: Store, tmp_path: Path) -> None:
    same_pages(store, "one", tmp_path, [0, 1], "")

    def end_the_connection(connection: Connection, _: Result, due: list[Due]) -> list[Due]:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return due

    with pytest.raises(StoreError):
        same_pages(store, "other", tmp_path, [2, 3], "", end_the_connection)
    with store.read() as connection:
        committed = {row.name: row.committed_length for row in connection.execute(select(WarcFile.__table__))}
    assert {path.name: path.stat().st_size for path in tmp_path.glob("*.warc.gz")} == committed
    assert len(committed) == 2
