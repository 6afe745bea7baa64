from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from models.database.store import Store, open_store
from models.errors import StoreError
from models.statuses import RunStatus
from pipeline.config import parse
from pipeline.ledger import runs
from pipeline.load import load
from pipeline.run.rehearsal import rehearsal
from pipeline.run.run import open_shared
from tests.made import day, made, new_store, opened
from tests.made import text as words
from tests.made_store import fill
from tests.pipeline.holdings.archived import captured, warc_files
from tests.pipeline.run.in_process import Quiet

ADDRESS = "https://made.test/rehearsed"


@pytest.fixture
def filled(store_url: str) -> Iterator[Store]:
    store = opened(store_url, with_source=False)
    fill(store, 20)
    yield store
    store.close()


def documents(store: Store) -> int:
    with store.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM document")).scalar_one())


def publish(store: Store) -> None:
    with store.begin() as connection:
        load.publish(connection, [made(ADDRESS, body=words("river"))], run_id=None, now=day(1))


@pytest.mark.parametrize("brief", [False, True])
def test_what_is_rehearsed_is_seen_in_the_rehearsal_alone(filled: Store, brief: bool) -> None:
    with rehearsal(filled, brief=brief) as rehearsed:
        publish(rehearsed)
        assert documents(rehearsed) == 21
        assert documents(filled) == 20
    assert documents(filled) == 20


def test_a_dry_run_leaves_the_archive_as_it_is(tmp_path: Path) -> None:
    """Another run may have committed more than the copy of the store knows."""
    config = parse({"store": {"database": "ingest.db", "archive": "archive"}}, tmp_path, "config.toml")

    async def look(copy: Store) -> None:
        async with open_shared(config, copy, Quiet(), fetches=False):
            pass

    with closing(captured(tmp_path, {"/one": b"<h1>One</h1>"})) as store, rehearsal(store) as copy:
        (file,) = warc_files(tmp_path)
        file.write_bytes(file.read_bytes() + b"committed since")
        before = file.read_bytes()
        asyncio.run(look(copy))
    assert (warc_files(tmp_path), file.read_bytes()) == ([file], before)


def test_a_brief_rehearsal_copies_nothing_and_leaves_every_byte(tmp_path: Path) -> None:
    own = new_store(tmp_path / "own.db")
    fill(own, 20)
    own.close()
    before = (tmp_path / "own.db").read_bytes()
    store = open_store("own.db", base=tmp_path, write=False)
    other = open_store("own.db", base=tmp_path, busy_seconds=0.1)
    with rehearsal(store, brief=True) as rehearsed:
        publish(rehearsed)
        assert not (tmp_path / "own.db-wal").stat().st_size
        with pytest.raises(StoreError), other.begin():
            pass  # it holds the store itself
    with other.begin():
        pass
    other.close()
    store.close()
    assert (tmp_path / "own.db").read_bytes() == before


def test_a_rehearsal_that_may_take_long_lets_others_write(tmp_path: Path) -> None:
    own = new_store(tmp_path / "own.db")
    fill(own, 20, staged=5)  # results of an earlier run wait, and would be loaded as well
    for brief in (True, False):
        with rehearsal(own, brief=brief) as rehearsed:
            publish(rehearsed)
            with own.begin() as connection:
                connection.execute(text("UPDATE source SET name = 'renamed'"))
    own.close()


def test_a_rehearsal_on_postgresql_lets_others_publish(postgres_url: str) -> None:
    store = opened(postgres_url)
    with rehearsal(store) as rehearsed:
        publish(rehearsed)
        with store.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
            load.publish(connection, [made("https://made.test/other", body=words("lake"))], run_id=None, now=day(1))
    store.close()


def test_a_rehearsal_on_postgresql_lets_the_sources_own_run_begin(postgres_url: str) -> None:
    store = opened(postgres_url)
    with store.begin() as connection:
        ended = runs.start(connection, "made", {"start": "/a"}, "run", {}, day(1))
        runs.finish(connection, ended, RunStatus.DONE, {}, [], day(1))
    with rehearsal(store) as rehearsed:
        with rehearsed.begin() as connection:
            tried = runs.start(connection, "made", {"start": "/b"}, "run", {}, day(2))
            runs.save_state(connection, tried.source_id, {"since": "2026"})
        with store.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
            again = runs.start(connection, "made", {"start": "/c"}, "run", {}, day(3))
            runs.save_state(connection, again.source_id, {"since": "2025"})
    with store.read() as connection:
        row = connection.execute(text("SELECT config, state FROM source WHERE name = 'made'")).one()
    store.close()
    assert (row.config, row.state) == ({"start": "/c"}, {"since": "2025"})
