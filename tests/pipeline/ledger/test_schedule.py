"""A run by schedule is asked for once at each of its moments, by whichever worker looks first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from models.database.store import Store
from models.errors import ConfigError
from models.ledger import RunRequest
from pipeline.config import parse
from pipeline.ledger.schedule import ask_for_due, last_moment
from pipeline.ledger.shared import Order
from tests.made import opened

RUN = Order(command="run", options={"full": False, "limit": None, "since": None})
HOURLY = {"acme": "0 * * * *"}


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    store = opened(postgres_url, with_source=False)
    yield store
    store.close()


def ask(store: Store, schedules: Mapping[str, str] = HOURLY) -> list[str]:
    with store.begin() as connection:
        return ask_for_due(connection, schedules, RUN)


def passed(store: Store, hours: int) -> None:
    """Have the schedules met last that many hours before they were."""
    with store.begin() as connection:
        connection.exec_driver_sql(f"UPDATE scheduled SET moment = moment - interval '{hours} hours'")


def requests(store: Store) -> list[tuple[str, str]]:
    with store.read() as connection:
        found = connection.execute(select(RunRequest.source, RunRequest.command))
        return [(row.source, row.command) for row in found]


@pytest.mark.parametrize(
    ("schedule", "at", "expected"),
    [
        ("30 2 * * *", "2026-03-01T02:29", "2026-02-28T02:30"),
        ("30 2 * * *", "2026-03-01T02:30", "2026-03-01T02:30"),
        ("*/15 * * * *", "2026-03-01T02:44", "2026-03-01T02:30"),
        ("0 6 * * mon", "2026-03-01T12:00", "2026-02-23T06:00"),
        ("0 0 1 * *", "2026-03-31T00:00", "2026-03-01T00:00"),
    ],
)
def test_the_last_moment_of_a_schedule(schedule: str, at: str, expected: str) -> None:
    assert last_moment(schedule, utc(at)) == utc(expected)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_moment_is_met_once_and_many_missed_ones_are_met_together(store: Store) -> None:
    assert ask(store) == []  # a source that is new is first run at its next moment
    assert ask(store) == []
    passed(store, 1)
    assert ask(store) == ["acme"]
    assert ask(store) == []
    assert requests(store) == [("acme", "run")]
    with store.begin() as connection:
        connection.execute(delete(RunRequest))  # it has begun
    passed(store, 50)
    assert ask(store) == ["acme"]
    assert ask(store) == []


def test_of_workers_that_look_at_once_one_asks(store: Store) -> None:
    assert ask(store) == []
    for _ in range(5):
        passed(store, 1)
        with ThreadPoolExecutor(6) as workers:
            asked = list(workers.map(lambda _: ask(store), range(6)))
        assert sorted(asked) == [[]] * 5 + [["acme"]]


def test_a_worker_leaves_alone_what_only_others_have(store: Store) -> None:
    both = {**HOURLY, "other": "0 * * * *"}
    assert ask(store, both) == []
    passed(store, 1)
    assert ask(store) == ["acme"]
    assert ask(store, both) == ["other"]


def configured(**tables: Any) -> dict[str, str]:
    source = {"start": "https://acme.test/"}
    sources = {name: source | keys for name, keys in tables.pop("sources").items()}
    return parse({**tables, "sources": sources}, Path(), "config.toml").schedules


def test_a_source_has_its_own_schedule_or_that_of_all() -> None:
    sources = {"own": {"schedule": "5 * * * *"}, "all": {}, "never": {"schedule": ""}, "off": {"enabled": False}}
    assert configured(sources=sources) == {"own": "5 * * * *"}
    assert configured(sources=sources, workers={"schedule": "30 2 * * *"}) == {"own": "5 * * * *", "all": "30 2 * * *"}


@pytest.mark.parametrize("wrong", ["nightly", "30 2 * *", "61 2 * * *", "30 2 * * * *", "@daily"])
def test_what_is_no_schedule_is_refused(wrong: str) -> None:
    with pytest.raises(ConfigError, match=r"sources\.acme\.schedule: .* is not in cron's notation"):
        configured(sources={"acme": {"schedule": wrong}})
