"""The desk's store: its counts are kept until it changes, and an exchanged or migrated store is noticed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.database.store import Store, open_store
from models.errors import StoreError
from models.search.facets import Counting, facets
from models.search.matching import Found, count
from models.search.query import parse
from pipeline.desk.documents import list_page
from pipeline.desk.holding import Holding
from pipeline.load.load import publish
from tests.made import day, made, opened


def put(store: Store, *names: str) -> None:
    documents = [made(f"https://acme.org/{name}", title=f"Report {name}", language="fr") for name in names]
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(0))


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = str(tmp_path / "ingest.db") if request.param == "sqlite" else request.getfixturevalue("postgres_searched")
    store = opened(url)
    if request.param == "sqlite":
        put(store, "one", "two")
    yield store
    store.close()


def test_counts_are_kept_until_the_store_changes(store: Store) -> None:
    holding = Holding(store)
    first = holding.kept()
    with store.read() as connection:
        list(facets(Counting(Found(connection), first), parse("")))
    assert first
    assert holding.kept() is first
    put(store, "three")
    assert holding.kept() == {}
    holding.close()


def test_a_page_shows_what_is_kept_and_counts_anew_after_a_change(tmp_path: Path) -> None:
    store = opened(str(tmp_path / "ingest.db"))
    put(store, "one", "two")
    holding = Holding(store)
    assert ">2</span>" in "".join(list_page(store, {}, holding.kept()))
    put(store, "three")
    assert ">3</span>" in "".join(list_page(store, {}, holding.kept()))
    holding.close()


def again(path: Path) -> Callable[[], Store]:
    return lambda: open_store(str(path), base=Path(), write=False)


def test_a_store_that_was_exchanged_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "ingest.db"
    with_one = opened(str(path))
    put(with_one, "one")
    with_one.close()
    other = opened(str(tmp_path / "other.db"))
    put(other, "one", "two", "three")
    other.close()
    holding = Holding(again(path)(), again(path))
    before = holding.store()
    holding.kept()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.replace(tmp_path / "other.db", path)
    assert holding.store() is not before
    with holding.store().read() as connection:
        assert count(connection, parse("").tree) == 3
    assert holding.kept() == {}
    holding.close()


def test_a_store_that_is_gone_or_newer_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ingest.db"
    opened(str(path)).close()
    holding = Holding(again(path)(), again(path))
    with holding.store().engine.connect():
        pass
    writer = opened(str(path), with_source=False)
    with writer.begin() as connection:
        connection.exec_driver_sql("UPDATE ingest_schema SET version_num = '9999'")
    with pytest.raises(StoreError, match="migrated to schema 9999"):
        holding.store()
    writer.close()
    path.unlink()
    with pytest.raises(StoreError, match="not there any more"):
        holding.store()
    holding.close()
