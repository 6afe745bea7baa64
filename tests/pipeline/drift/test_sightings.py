"""Stored statistics and history: which runs count, and what of them comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from models.database.store import Store
from models.ledger import FieldStatistic, Run
from models.statuses import RunStatus
from pipeline.drift.chances import Count
from pipeline.drift.sightings import RUNS, gone, history, unchanged, write
from pipeline.drift.tallies import Tallies, Tally
from pipeline.load.load import publish
from tests.made import day, made, opened

SOURCE = 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(str(tmp_path / "ingest.db"))
    yield store
    store.close()


def run(store: Store, number: int, status: RunStatus = RunStatus.DONE, tallies: Tallies | None = None) -> int:
    with store.begin() as connection:
        about = {"source_id": SOURCE, "command": "run", "version": "1", "started_at": day(number)}
        values = {**about, "run_key": f"r{number}", "status": status}
        made_run = connection.execute(insert(Run).values(**values).returning(Run.id)).scalar_one()
        write(connection, made_run, {("page", "title"): tally()} if tallies is None else tallies)
    return int(made_run)


def tally(missing: int = 1) -> Tally:
    return Tally(documents=20, filled=20 - missing, odd={"missing": Count(missing, 20)}, selector="h1")


def past(store: Store, before: int = 10_000) -> list[int]:
    with store.read() as connection:
        return [one.run_id for one in history(connection, SOURCE, before=before)]


def test_loaded_runs_are_history_oldest_first(store: Store) -> None:
    done, accepted = run(store, 1), run(store, 2, RunStatus.ACCEPTED)
    for number, status in enumerate(set(RunStatus) - {RunStatus.DONE, RunStatus.ACCEPTED}, 3):
        run(store, number, status)
    run(store, 20, tallies={})  # it has no figures: nothing was judged
    last = run(store, 21)
    assert past(store) == [done, accepted, last]
    assert past(store, before=last) == [done, accepted]


def test_the_last_runs_count(store: Store) -> None:
    runs = [run(store, number) for number in range(RUNS + 3)]
    assert past(store) == runs[3:]


def test_figures_come_back(store: Store) -> None:
    run(store, 1, tallies={("page", "title"): tally(missing=3), ("file", "body"): tally(missing=0)})
    with store.read() as connection:
        (one,) = history(connection, SOURCE, before=10_000)
    title = one.tallies["page", "title"]
    assert (title.documents, title.filled, title.odd, title.selector) == (20, 17, {"missing": Count(3, 20)}, "h1")
    assert set(one.tallies) == {("page", "title"), ("file", "body")}


def test_what_a_person_accepted_is_usual_from_then_on(store: Store) -> None:
    lost = Tally(documents=20, filled=0, odd={"lost": Count(20, 20), "missing": Count(0, 5)})
    run(store, 1, RunStatus.ACCEPTED, {("page", "authors"): lost})
    with store.read() as connection:
        (one,) = history(connection, SOURCE, before=10_000)
    assert one.accepted
    assert one.tallies["page", "authors"].odd["missing"] == Count(20, 25)


def test_written_again_they_are_replaced(store: Store) -> None:
    number = run(store, 1)
    with store.begin() as connection:
        write(connection, number, {("page", "body"): tally()})
        rows = connection.execute(select(FieldStatistic.field).where(FieldStatistic.run_id == number))
        assert [row.field for row in rows] == ["body"]


def test_a_run_without_requests_has_nothing_gone_or_unchanged(store: Store) -> None:
    number = run(store, 1)
    with store.begin() as connection:
        publish(connection, [made("https://acme.org/one")], run_id=None, now=day(0))
        assert gone(connection, [number]) == {}
        assert unchanged(connection, [number]) == Counter()
