"""Two machines with one PostgreSQL store: the second run of a source ends with 75, a lost run has no effect."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from models.database.store import open_store
from models.ledger import Lease, Run
from models.statuses import RunStatus
from models.web import Staged
from pipeline.config import Config
from pipeline.ledger.leases import Leases
from pipeline.run.incremental import Incremental
from pipeline.run.report import exit_code
from pipeline.run.run import run_sources
from tests.pipeline.run import in_process
from tests.pipeline.run.in_process import configured, documents, run
from tests.sites.keyed import KeyedSite
from tests.sites.server import serve


class Small(KeyedSite):
    """Six documents."""

    count = 6
    per_page = 3


@pytest.fixture
def config(tmp_path: Path, postgres_url: str) -> Iterator[Config]:
    with serve(Small()) as site:
        http = {"resolve": {"one.test": site.url.removeprefix("http://")}}
        sources = {"one": {"start": "http://one.test/first/library", "exclude": "*/first/other/*"}}
        yield configured(tmp_path, {"store": {"database": postgres_url}, "http": http, "sources": sources})


def test_the_second_run_of_a_source_ends_at_once(config: Config) -> None:
    store = open_store(config.store.database, base=config.base)
    with Leases(store) as elsewhere:
        with elsewhere.hold("one"):
            refused = run(config)["one"]
        assert (refused.status, exit_code([refused])) == (RunStatus.LOCKED, 75)
        assert "another run holds it" in refused.reasons[0]
        assert exit_code(list(run(config).values())) == 0
    store.close()
    assert len(documents(config)["one"]) == 6


def test_the_second_run_of_a_source_waits_if_asked_to(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.run.LOOK_AGAIN", 0.05)
    store = open_store(config.store.database, base=config.base)
    told: list[str] = []
    elsewhere = Leases(store)
    held = ExitStack()
    held.enter_context(elsewhere)
    held.enter_context(elsewhere.hold("one"))

    class Waiting(in_process.Quiet):
        def waits(self, source: str, why: str) -> None:
            told.append(why)
            held.close()

    (report,) = asyncio.run(run_sources(config, store, [], Incremental(), Waiting(), waits=True))
    assert (report.status, exit_code([report]), report.published.new) == (RunStatus.DONE, 0, 6)
    assert len(told) == 1
    assert "source one: another run holds it: process" in told[0]
    store.close()


def test_a_run_that_was_taken_over_stores_nothing_more_and_loses_nothing(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(config.store.database, base=config.base)

    class TakenOver(in_process.Quiet):
        """Another machine takes the source over once four answers have come."""

        answers = 0

        def done(self, source: str, result: object) -> None:
            self.answers += 1
            if self.answers == 4:
                with store.begin() as connection:
                    connection.execute(update(Lease).values(holder="elsewhere/1/1/x", epoch=Lease.epoch + 1))

    monkeypatch.setattr(in_process, "Quiet", TakenOver)
    lost = run(config)["one"]
    assert (lost.status, exit_code([lost])) == (RunStatus.LOCKED, 75)
    assert "the lease was lost" in lost.reasons[0]

    def ledger() -> list[Any]:
        with store.read() as connection:
            staged = select(func.count()).select_from(Staged).scalar_subquery()
            return [tuple(row) for row in connection.execute(select(Run.status, staged).order_by(Run.id))]

    ((status, staged),) = ledger()
    assert status is RunStatus.RUNNING, "the next run takes it over"
    assert staged <= 4
    with store.begin() as connection:
        connection.execute(update(Lease).values(until=func.clock_timestamp()))
    monkeypatch.undo()
    assert run(config)["one"].status is RunStatus.DONE
    assert ledger() == [(RunStatus.INTERRUPTED, 0), (RunStatus.DONE, 0)]
    assert len(documents(config)["one"]) == 6
    store.close()
