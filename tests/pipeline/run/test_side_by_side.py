"""Sources that run side by side do not feel each other's faults, nor the time that another one's loading takes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from models.database.store import open_store
from models.ledger import Run, Source
from models.statuses import RunStatus
from pipeline.config import Config
from pipeline.drift import judge as judging
from pipeline.run import run as flow
from pipeline.run.report import exit_code
from tests.pipeline.run.in_process import configured, documents, run
from tests.sites.keyed import KeyedSite
from tests.sites.server import Answer, serve

WAIT_SECONDS = 20
"""How long a thread waits for what must come; only a fault makes it wait that long."""


class TwoSources(KeyedSite):
    """Few documents of two sources: the first answers for them once the second is asked for one, and that one waits
    until the first is being loaded.
    """

    count = 4
    per_page = 2

    def __init__(self) -> None:
        super().__init__()
        self.loading = threading.Event()
        self.asked_again = threading.Event()
        """Set when the second source is asked for a document after the answer to the one before was received."""
        self.asked_once = threading.Event()

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path.startswith("/second/d/"):
            if self.asked_once.is_set():
                self.asked_again.set()
            self.asked_once.set()
            self.loading.wait(WAIT_SECONDS)
        elif path.startswith("/first/d/"):
            self.asked_once.wait(WAIT_SECONDS)
        return super().answer(path, query)


@pytest.fixture
def site() -> Iterator[TwoSources]:
    with serve(TwoSources()) as site:
        yield site


def two_sources(site: TwoSources, folder: Path) -> Config:
    address = site.url.removeprefix("http://")
    http = {"resolve": {"one.test": address, "other.test": address}}
    sources = {
        "one": {"start": "http://one.test/first/library", "exclude": "*/first/other/*"},
        "other": {"start": "http://other.test/second/library", "exclude": "*/second/other/*"},
    }
    return configured(folder, {"http": http, "sources": sources})


def ledger(config: Config) -> dict[str, tuple[RunStatus, list[str]]]:
    store = open_store(config.store.database, base=config.base)
    with store.read() as connection:
        rows = connection.execute(select(Source.name, Run.status, Run.reasons).join(Run, Run.source_id == Source.id))
        found = {row.name: (row.status, row.reasons) for row in rows}
    store.close()
    return found


def test_an_unforeseen_error_ends_its_own_source_alone(
    site: TwoSources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: Any, started: Any, *arguments: Any) -> judging.Verdict:
        if started.source == "one":
            raise KeyError("nobody thought of this")
        return judging.judge(connection, started, *arguments)

    site.loading.set()
    monkeypatch.setattr(flow, "judge", broken)
    config = two_sources(site, tmp_path)
    reports = run(config)
    assert [(name, report.status) for name, report in reports.items()] == [
        ("one", RunStatus.FAILED),
        ("other", RunStatus.DONE),
    ]
    assert exit_code(list(reports.values())) == 3
    assert "KeyError" in reports["one"].reasons[0]
    assert {name: len(held) for name, held in documents(config).items()} == {"other": 4}
    assert ledger(config) == {"one": (RunStatus.FAILED, reports["one"].reasons), "other": (RunStatus.DONE, [])}

    monkeypatch.undo()
    reports = run(config)  # what was read before the error is taken over
    assert {name: len(held) for name, held in documents(config).items()} == {"one": 4, "other": 4}


def test_requests_go_on_while_another_source_is_loaded(site: TwoSources, tmp_path: Path) -> None:
    went_on: list[bool] = []

    def wait_for_the_other(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO document ") and not went_on:
            site.loading.set()
            went_on.append(site.asked_again.wait(WAIT_SECONDS))

    config = two_sources(site, tmp_path)
    event.listen(Engine, "before_cursor_execute", wait_for_the_other)
    try:
        reports = run(config)
    finally:
        event.remove(Engine, "before_cursor_execute", wait_for_the_other)
    assert went_on == [True]
    assert {name: report.status for name, report in reports.items()} == dict.fromkeys(reports, RunStatus.DONE)
    assert {name: len(held) for name, held in documents(config).items()} == {"one": 4, "other": 4}
