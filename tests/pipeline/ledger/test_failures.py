"""Failures: counted up, tried ever more seldom, removed once all goes well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from models.ledger import Failure
from models.statuses import FailureStage
from pipeline.ledger import addresses, runs
from pipeline.ledger.failures import MAX_ATTEMPTS, fail, fail_source, failures_of, mend, next_retry
from scrapers.base import Link
from tests.made import new_store

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADDRESS = "https://acme.test/1"


@pytest.mark.parametrize(
    ("attempts", "retry_after", "wait"),
    [
        (1, None, HOUR),
        (2, None, 2 * HOUR),
        (MAX_ATTEMPTS - 1, None, 64 * HOUR),
        (MAX_ATTEMPTS, None, None),
        (MAX_ATTEMPTS + 5, 60.0, None),
        (1, 86_400.0, DAY),
        (5, 60.0, 16 * HOUR),  # the site asks for less than we would wait anyway
        (1, 1e12, 30 * DAY),  # nobody puts us off for ever
    ],
)
def test_the_next_try(attempts: int, retry_after: float | None, wait: timedelta | None) -> None:
    assert next_retry(NOW, attempts, retry_after) == (None if wait is None else NOW + wait)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    store = new_store(tmp_path / "x.db")
    with store.begin() as connection:
        yield connection
    store.close()


def test_the_same_failure_again_counts_up_and_keeps_its_first_day(connection: Connection) -> None:
    first = runs.start(connection, "acme", {}, "run", {}, NOW)
    fail(connection, first, FailureStage.FETCH, ADDRESS, "refused", 1, NOW + HOUR, NOW)
    second = runs.start(connection, "acme", {}, "run", {}, NOW + DAY)
    fail(connection, second, FailureStage.FETCH, ADDRESS, "no answer", 2, None, NOW + DAY)
    fail(connection, second, FailureStage.EXTRACT, ADDRESS, "damaged", 1, None, NOW + DAY)
    rows = connection.execute(select(Failure.__table__).order_by(Failure.stage)).all()
    assert [(row.stage, row.attempts, row.reason) for row in rows] == [
        ("extract", 1, "damaged"),
        (FailureStage.FETCH, 2, "no answer"),
    ]
    assert (rows[1].first_at, rows[1].last_at, rows[1].run_id) == (NOW, NOW + DAY, second.run_id)
    assert failures_of(connection, second) == 2


def test_what_goes_well_has_no_failures_whatever_the_stage(connection: Connection) -> None:
    run = runs.start(connection, "acme", {}, "run", {}, NOW)
    other = runs.start(connection, "other", {}, "run", {}, NOW)
    addresses.add_links(connection, run.source_id, [Link(url=ADDRESS)], "document", NOW)
    for one in (run, other):
        fail(connection, one, FailureStage.FETCH, ADDRESS, "refused", 1, None, NOW)
    fail(connection, run, FailureStage.EXTRACT, ADDRESS, "damaged", 1, None, NOW)
    fail(connection, run, FailureStage.FETCH, f"{ADDRESS}0", "refused", 1, None, NOW)
    mend(connection, run.source_id, [ADDRESS])
    left = connection.execute(select(Failure.source_id, Failure.subject).order_by(Failure.source_id)).all()
    assert [tuple(row) for row in left] == [(run.source_id, f"{ADDRESS}0"), (other.source_id, ADDRESS)]


def test_a_listing_s_failures_are_counted_over_runs_and_removed_when_it_is_well(connection: Connection) -> None:
    run = runs.start(connection, "acme", {}, "run", {}, NOW)
    for _ in range(3):
        fail_source(connection, run, ADDRESS, ["page 2 cannot be read", "the total is 40"], NOW)
    row = connection.execute(select(Failure.stage, Failure.attempts, Failure.reason)).one()
    assert tuple(row) == ("discover", 3, "page 2 cannot be read; the total is 40")
    fail_source(connection, run, ADDRESS, [], NOW)
    assert connection.execute(select(Failure.id)).all() == []
    fail_source(connection, run, ADDRESS, [], NOW)  # a listing that was well stays so
