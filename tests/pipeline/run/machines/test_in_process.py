"""What workers do of their own accord, or out of the archive, in this process: runs by schedule, shared reruns."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from models import leases
from models.database.store import Store, open_store
from models.ledger import Lease, Run, RunPart
from models.statuses import RunStatus
from models.web import OpenAddress
from pipeline.config import Config
from pipeline.ledger import shared as ledger
from pipeline.ledger.leases import Leases
from pipeline.ledger.shared import Order
from pipeline.run.incremental import Incremental
from pipeline.run.machines.host import work_on
from pipeline.run.machines.lead import Lead
from pipeline.run.machines.worker import work
from pipeline.run.rerun import Rerun
from pipeline.run.run import open_shared, run_source
from pipeline.run.settings import source_http, utc_now
from tests.pipeline.run.in_process import Quiet, configured, documents, run
from tests.pipeline.run.machines.test_workers import DOCUMENTS, Server, server, shared_store

__all__ = ["server", "shared_store"]


@pytest.fixture(autouse=True)
def _swift(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.machines.worker.SWEEP_SECONDS", 0.1)
    monkeypatch.setattr("pipeline.run.machines.lead.POLL_SECONDS", 0.05)


@pytest.fixture
def config(server: Server, shared_store: str, tmp_path: Path) -> Config:
    return library(tmp_path, server, shared_store)


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    store = open_store(config.store.database)
    yield store
    store.close()


def library(folder: Path, server: Server, database: str, **keys: str) -> Config:
    """Return a configuration with one source of a few documents, and further keys for it."""
    return configured(
        folder,
        {
            "store": {"database": database},
            "http": {"resolve": {"one.test": server.address}},
            "extract": {"workers": 1},
            "sources": {"one": {"start": "http://one.test/first/library", "exclude": "*/first/other/*", **keys}},
        },
    )


def worker(config: Config, store: Store) -> None:
    """Work until nothing is left to do."""
    asyncio.run(asyncio.wait_for(work(config, store, Quiet(), at_once=4, until_idle=True), 60))


def ledger_of(store: Store) -> list[tuple[str, RunStatus, int, int]]:
    with store.read() as connection:
        assert connection.execute(select(OpenAddress)).all() == []
        rows = connection.execute(select(Run.command, Run.status, Run.counts).order_by(Run.id))
        return [(row.command, row.status, row.counts["requested"], row.counts["unchanged"]) for row in rows]


def test_a_worker_runs_a_source_when_its_schedule_says_so(
    server: Server, shared_store: str, store: Store, tmp_path: Path
) -> None:
    daily = library(tmp_path, server, shared_store, schedule="30 2 * * *")
    with store.begin() as connection:
        connection.exec_driver_sql("INSERT INTO scheduled VALUES ('one', now() - interval '1 day')")
    worker(daily, store)
    assert ledger_of(store) == [("run", RunStatus.DONE, DOCUMENTS, 0)]
    assert set(server.documents().values()) == {1}


def test_a_worker_waits_for_a_source_that_a_dead_process_holds(server: Server, config: Config, store: Store) -> None:
    """As after a restart of the database: a lease could not be given back, and a run is asked for still."""
    name = leases.source_lease("one")
    dead = insert(Lease).values(name=name, holder="gone/1/x", epoch=1, until=utc_now() + timedelta(seconds=1.5))
    with store.begin() as connection:
        ledger.request(connection, "one", Order(command="run", options=Incremental().given()), utc_now())
        connection.execute(dead)
    worker(config, store)
    assert ledger_of(store) == [("run", RunStatus.DONE, DOCUMENTS, 0)]


def test_workers_read_again_what_a_rerun_has_chosen(
    server: Server, shared_store: str, config: Config, store: Store, tmp_path: Path
) -> None:
    """With the mended selector, as a plain rerun does; what has not changed since is read and left as it is."""
    run(config)
    before = documents(config)["one"]
    mended = library(tmp_path, server, shared_store, author="h1")
    expected = [record["title"] for record in before]
    for times in (1, 2):
        with store.begin() as connection:
            ledger.request(connection, "one", Order(command="rerun", options=Rerun().given()), utc_now())
        worker(mended, store)
        after = documents(mended)["one"]
        assert [record["author_raw"] for record in after] == expected != [record["author_raw"] for record in before]
        assert ledger_of(store)[times] == ("rerun", RunStatus.DONE, DOCUMENTS, DOCUMENTS if times == 2 else 0)
    with store.read() as connection:
        parts = connection.execute(select(RunPart.requested, RunPart.unchanged).order_by(RunPart.run_id)).all()
    assert [tuple(row) for row in parts] == [(DOCUMENTS, 0), (DOCUMENTS, DOCUMENTS)], "both by way of tickets"
    assert set(server.documents().values()) == {1}, "nothing is asked of the site again"


def test_a_host_whose_lease_ran_out_is_taken_over_and_nothing_is_loaded_twice(
    server: Server, config: Config, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """As where a process is stopped for longer than a lease: what it stores then is refused, and asked for again."""
    host, elsewhere = "one.test", open_store(config.store.database)

    async def called(_: list[str]) -> None: ...

    async def held() -> None:
        while not await asyncio.to_thread(is_held, store, host):
            await asyncio.sleep(0.05)

    async def both() -> None:
        source = config.sources["one"]
        async with (
            open_shared(config, store, Quiet(), fetches=True) as one,
            open_shared(config, elsewhere, Quiet(), fetches=True) as other,
            asyncio.TaskGroup() as group,
        ):
            assert isinstance(one.locks, Leases)
            assert isinstance(other.locks, Leases)
            leader = replace(one, lead=Lead(called).read)
            group.create_task(run_source(leader, Incremental(), "one", source, source_http("one", source)))
            while not await one.transactions.read(ledger.is_anything_open):
                await asyncio.sleep(0.05)
            server.hold.clear()
            stopped = group.create_task(work_on(one, one.locks, host, set()))
            await held()
            with store.begin() as connection:
                connection.exec_driver_sql("UPDATE lease SET until = now() - interval '1 s' WHERE name LIKE 'host:%%'")
            group.create_task(work_on(other, other.locks, host, set()))
            await held()
            server.hold.set()
            assert not await stopped

    asyncio.run(asyncio.wait_for(both(), 60))
    elsewhere.close()
    assert "the lease was lost" in caplog.text
    assert ledger_of(store) == [("run", RunStatus.DONE, DOCUMENTS, 0)]
    assert [record["revision"] for record in documents(config)["one"]] == [1] * DOCUMENTS
    assert set(server.documents().values()) <= {1, 2}


def is_held(store: Store, host: str) -> bool:
    with store.read() as connection:
        return bool(leases.live(connection, [leases.host_lease(host)]))
