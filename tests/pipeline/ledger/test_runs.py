"""Runs: what an interrupted, a held or a failed one leaves to the next."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from models.database.store import Store
from models.ledger import Failure, Run, Source
from models.statuses import FailureStage, RunStatus
from models.web import Staged, Url
from pipeline.ledger import failures, runs
from pipeline.ledger.runs import Started
from pipeline.ledger.shared import check_under_way
from tests.made import new_store, opened

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    store = new_store(tmp_path / "x.db")
    with store.begin() as connection:
        yield connection
    store.close()


def start(connection: Connection, now: datetime = NOW, **given: Any) -> Started:
    return runs.start(connection, "acme", given.get("config", {}), "run", {}, now)


def stage(connection: Connection, run: Started) -> None:
    """Have one result wait to be judged."""
    url_id = connection.execute(
        insert(Url)
        .values(
            url="https://acme.test/1", identity="acme.test/1", source_id=run.source_id, expect="document", status="new",
            attempts=0, first_seen_at=NOW, due_at=NOW, claims={},
        )
        .returning(Url.id)
    ).scalar_one()  # fmt: skip
    connection.execute(
        insert(Staged).values(
            run_id=run.run_id, url_id=url_id, outcome="document", reading={}, reader_version="1", staged_at=NOW
        )
    )


def statuses(connection: Connection) -> list[str]:
    return [str(status) for status in connection.scalars(select(Run.status).order_by(Run.id))]


def staged_with(connection: Connection) -> list[int]:
    return list(connection.scalars(select(Staged.run_id)))


def test_a_first_run_resumes_nothing(connection: Connection) -> None:
    run = start(connection)
    assert (run.since, run.resumed, run.state, run.source) == (NOW, None, {}, "acme")
    assert run.run_key.startswith("20260501T040000Z-acme-")
    assert statuses(connection) == ["running"]


def test_each_run_has_a_key_of_its_own(connection: Connection) -> None:
    assert start(connection).run_key != start(connection).run_key


def test_what_a_killed_run_had_read_and_failed_goes_over_to_the_next(connection: Connection) -> None:
    killed = start(connection)
    stage(connection, killed)
    failures.fail(connection, killed, FailureStage.FETCH, "https://acme.test/2", "refused", 1, None, NOW)
    run = start(connection, LATER)
    assert (run.resumed, run.since) == (killed.run_key, NOW)
    assert statuses(connection) == ["interrupted", "running"]
    assert staged_with(connection) == [run.run_id]
    assert failures.failures_of(connection, run) == 1


def test_what_another_machine_stores_while_its_run_is_taken_over_goes_over_too(postgres_url: str) -> None:
    """It was left with the run that had ended, and its address counted as asked for: the document was lost."""
    store = opened(postgres_url, with_source=False)

    def take_over() -> Started:
        with store.begin() as connection:
            return start(connection, LATER)

    with store.begin() as connection:
        first = start(connection)
    with ThreadPoolExecutor(1) as machine:
        with store.begin() as connection:
            check_under_way(connection, first)
            stage(connection, first)
            taking_over = machine.submit(take_over)
            while not _waits(store):
                time.sleep(0.01)
        second = taking_over.result()
    with store.read() as connection:
        assert staged_with(connection) == [second.run_id]
        assert statuses(connection) == [RunStatus.INTERRUPTED, RunStatus.RUNNING]
    store.close()


def _waits(store: Store) -> bool:
    with store.read() as connection:
        return bool(connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one())


def test_a_run_that_was_killed_twice_goes_on_from_the_first(connection: Connection) -> None:
    start(connection)
    start(connection, LATER)
    third = start(connection, LATER + timedelta(hours=3))
    assert third.since == NOW
    assert statuses(connection) == ["interrupted", "interrupted", "running"]


@pytest.mark.parametrize(
    ("status", "staged", "then", "since"),
    [
        ("held", True, "superseded", LATER),
        ("failed", True, "failed", LATER),
        ("failed", False, "failed", LATER),
        ("done", False, "done", LATER),
        ("accepted", False, "accepted", LATER),
        ("rejected", False, "rejected", LATER),
    ],
)
def test_what_is_left_of_a_run_that_ended(
    connection: Connection, status: str, staged: bool, then: str, since: datetime
) -> None:
    before = start(connection)
    if staged:
        stage(connection, before)
    runs.finish(connection, before, RunStatus(status), {}, [], NOW)
    run = start(connection, LATER)
    assert statuses(connection) == [then, "running"]
    assert run.since == since  # nothing that it had asked for counts as asked for by this one
    assert run.resumed == (before.run_key if staged else None)
    assert staged_with(connection) == ([run.run_id] if staged else [])


def test_the_failures_of_a_held_run_stay_its_own(connection: Connection) -> None:
    held = start(connection)
    failures.fail(connection, held, FailureStage.FETCH, "https://acme.test/2", "refused", 1, None, NOW)
    runs.finish(connection, held, RunStatus.HELD, {}, [], NOW)
    run = start(connection, LATER)
    assert failures.failures_of(connection, run) == 0
    assert connection.execute(select(Failure.run_id)).scalar() == held.run_id


def test_another_source_s_runs_are_not_touched(connection: Connection) -> None:
    runs.start(connection, "other", {}, "run", {}, NOW)
    assert start(connection, LATER).resumed is None
    assert statuses(connection) == ["running", "running"]


def test_a_source_keeps_its_state_and_takes_its_new_configuration(connection: Connection) -> None:
    run = start(connection, config={"follow": "a"})
    runs.save_state(connection, run.source_id, {"token": "page-3"})
    assert start(connection, LATER, config={"follow": "b"}).state == {"token": "page-3"}
    assert connection.execute(select(Source.config)).scalar() == {"follow": "b"}


def test_a_finished_run_says_what_came_of_it(connection: Connection) -> None:
    run = start(connection)
    runs.finish(connection, run, RunStatus.DONE, {"new": 3}, ["one listing failed"], LATER)
    row = connection.execute(select(Run.status, Run.counts, Run.reasons, Run.finished_at)).one()
    assert (str(row.status), row.counts, row.reasons) == ("done", {"new": 3}, ["one listing failed"])
    assert row.finished_at == LATER


def test_a_moment_at_which_an_earlier_run_ended_is_kept(connection: Connection) -> None:
    run = start(connection)
    connection.execute(update(Run).values(finished_at=NOW))
    start(connection, LATER)
    assert connection.execute(select(Run.finished_at).where(Run.id == run.run_id)).scalar() == NOW
