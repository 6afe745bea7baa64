"""What a leader does where nobody takes up the work of its run, and what counts as a try of an address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import leases
from models.database.store import Store, open_store
from models.statuses import RunStatus
from pipeline.ledger import addresses, runs
from pipeline.ledger import shared as ledger
from pipeline.ledger.due import Due
from pipeline.run.incremental import Incremental
from pipeline.run.machines.lead import Lead
from pipeline.run.machines.tickets import has_ticket
from pipeline.run.run import run_sources
from scrapers.base import Link, Request
from tests.made import day, opened
from tests.pipeline.run.in_process import Quiet, configured
from tests.pipeline.run.machines.test_workers import DOCUMENTS, Server, server, shared_store

__all__ = ["server", "shared_store"]


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    store = opened(postgres_url, with_source=False)
    yield store
    store.close()


def test_a_leader_fetches_what_no_worker_takes_up(
    server: Server, store: Store, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where no worker has the source in its configuration: the run stayed open for ever."""
    monkeypatch.setattr("pipeline.run.machines.lead.UNTAKEN", 0.0)
    called: list[str] = []

    async def nobody(hosts: list[str]) -> None:
        called.extend(hosts)

    config = configured(
        tmp_path,
        {
            "store": {"database": postgres_url},
            "http": {"resolve": {"one.test": server.address}},
            "sources": {"one": {"start": "http://one.test/first/library", "exclude": "*/first/other/*"}},
        },
    )
    own = open_store(postgres_url, base=tmp_path)
    (report,) = asyncio.run(run_sources(config, own, [], Incremental(), Quiet(), Lead(nobody).read))
    own.close()
    assert called == ["one.test"]
    assert report.status is RunStatus.DONE, report.reasons
    assert (report.requested, report.published.new) == (DOCUMENTS, DOCUMENTS)
    assert set(server.documents().values()) == {1}


def begun(store: Store, run: runs.Started, *, again: tuple[int, ...] = ()) -> tuple[int, int]:
    """Return how many addresses are begun, and how many given up."""
    with store.begin() as connection:
        due, given_up = ledger.begin(connection, run.run_id, "acme.test", 10, again=again)
    return len(due), len(given_up)


def test_an_address_is_given_up_for_the_processes_that_ended_over_it_alone(store: Store) -> None:
    url = "http://acme.test/a"
    with store.begin() as connection:
        run = runs.start(connection, "acme", {}, "run", {}, day(0))
        addresses.add_links(connection, run.source_id, [Link(url=url)], "document", day(0))
    with store.read() as connection:
        (key,) = (row.url_id for row in addresses.due(connection, run, day(0), full=False))
    with store.begin() as connection:
        ledger.open_up(connection, run.run_id, [Due(url_id=key, request=Request(url=url))])
    assert begun(store, run) == (1, 0)
    for _ in range(2 * ledger.MOST_TRIES):  # the process lives: the database could not be reached
        assert begun(store, run, again=(key,)) == (1, 0)
    for _ in range(ledger.MOST_TRIES - 1):
        assert begun(store, run) == (1, 0)
    assert begun(store, run) == (0, 1)


def test_a_worker_is_idle_where_it_can_do_nothing(store: Store) -> None:
    with store.begin() as connection:
        run = runs.start(connection, "acme", {}, "run", {"shared": True}, day(0))
    with store.read() as connection:
        assert ledger.under_way(connection, ["acme", "other"]) == [run.run_key]
        assert ledger.under_way(connection, ["other"]) == ledger.under_way(connection, []) == []
        assert ledger.open_hosts(connection, sources=["other"]) == {}
        assert not ledger.is_anything_open(connection, sources=["other"])


def test_a_sweep_looks_at_some_hosts_without_worker_and_ticket(shared_store: str) -> None:
    """However many hosts there are: each second one worker looks, and hands out so many tickets at most."""
    hosts = [f"h{number}.test" for number in range(6)]
    store = open_store(shared_store)
    with store.begin() as connection:
        run = runs.start(connection, "acme", {}, "run", {"shared": True}, day(0))
        links = [Link(url=f"http://{host}/") for host in hosts]
        addresses.add_links(connection, run.source_id, links, "document", day(0))
        for name in (leases.source_lease("acme"), leases.host_lease("h1.test")):
            assert leases.take(connection, name, holder="other", about="another process", seconds=60)
        connection.exec_driver_sql(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock) VALUES ('q', 'host', 'host:h2.test')"
        )
    with store.begin() as connection:
        ledger.open_up(connection, run.run_id, addresses.due(connection, run, day(0), full=False))
    with store.read() as connection:
        assert ledger.is_anything_open(connection)
        assert ledger.hosts_to_take(connection) == [host for host in hosts if host != "h1.test"]
        assert ledger.hosts_to_take(connection, unless=has_ticket, limit=3) == ["h0.test", "h3.test", "h4.test"]
    store.close()
