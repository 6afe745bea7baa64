from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.ledger.revisit import next_due
from tests.benchmarks.simulation.revisit import RULES, lives, simulate

NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def days(same: float, longest: float = 30, **more: object) -> float:
    return (next_due(NOW, NOW - same * DAY, longest, **more) - NOW) / DAY  # type: ignore[arg-type]


@pytest.mark.parametrize("same", [0, 0.5, 10, 400, 40_000])
@pytest.mark.parametrize("changes", [0, 1, 1_000])
@pytest.mark.parametrize("key", [0, 1, 77, 10**9])
@pytest.mark.parametrize("longest", [1, 7, 30])
def test_it_is_asked_for_within_its_bounds(same: float, changes: int, key: int, longest: float) -> None:
    # Two hours less than a day: tomorrow's run may start a little earlier in the day than this moment is.
    assert 0.9 < days(same, longest, changes=changes, key=key) <= longest


def test_the_longer_it_has_stayed_the_same_the_longer_it_is_left_alone() -> None:
    waits = [days(same, changes=1, watched_since=NOW - 300 * DAY) for same in (0, 2, 10, 40, 200)]
    assert waits == sorted(waits)
    assert waits[0] < 2 < 10 < waits[-1]


def test_an_old_document_met_for_the_first_time_is_not_taken_for_a_young_one() -> None:
    young = days(0, published="2026-05-30")
    undated = days(0)
    old = days(0, published="2019")
    assert young < 3 < undated < 10 < 29 < old


@pytest.mark.parametrize("published", ["2019", "2019-05", "2019-05-23", None])
def test_a_date_may_be_of_any_precision(published: str | None) -> None:
    assert days(0, published=published) > 5


def test_a_date_in_the_future_is_no_evidence() -> None:
    assert days(10, published="2030-01-01") == pytest.approx(days(10, published="2026-05-22"), abs=0.1)


def test_what_keeps_changing_is_asked_for_often_however_old() -> None:
    assert days(60, published="2009", changes=40, watched_since=NOW - 400 * DAY) < 4
    assert days(60, published="2009", changes=1, watched_since=NOW - 400 * DAY) > 8


def test_what_was_met_together_is_not_asked_for_together_ever_after() -> None:
    waits = [round(days(400, published="2015", key=key)) for key in range(1_000)]
    assert max(waits.count(wait) for wait in set(waits)) < 200


@pytest.mark.parametrize("seed", [1, 2])
def test_it_finds_changes_sooner_than_a_fixed_time_with_a_tenth_of_the_requests_of_every_day(seed: int) -> None:
    documents = lives(400, random.Random(seed))
    daily, fixed, ours = (simulate(documents, RULES[name]) for name in ("every day", "every 30 days", list(RULES)[-1]))
    assert ours.requests < daily.requests / 10
    assert ours.delay < fixed.delay / 3
    assert ours.found > fixed.found
    assert ours.busiest < 400 / 4
