from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from models.database.store import open_store
from models.document import Document, Revision
from models.errors import ConfigError, Locked
from models.ledger import Run
from models.web import Staged, Url
from pipeline.drift.judge import judge
from pipeline.drift.sightings import history
from pipeline.drift.verdicts import accept, reject
from pipeline.ledger.lock import FileLocks
from tests.pipeline.drift.made_breaks import titles_alike
from tests.pipeline.drift.made_source import MadeSource


@pytest.fixture
def site(tmp_path: Path, store_url: str) -> Iterator[MadeSource]:
    """A source before its first run."""
    store = open_store(store_url, base=tmp_path)
    yield MadeSource(store, random.Random(5), 30)
    store.close()


def held_run(site: MadeSource) -> str:
    with site.store.begin() as connection:
        run = site.open(connection)
        site.stage(connection, run, site.new(), titles_alike)
        connection.execute(update(Url).values(etag='"old"', due_at=None))
        assert judge(connection, run, site.rules, site.listing()).held
        site.close(connection, run, "held")
    return run.run_key


def count(site: MadeSource, model: type) -> int:
    with site.store.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(model)) or 0)


def status(site: MadeSource, run_key: str) -> str:
    with site.store.read() as connection:
        return connection.scalars(select(Run.status).where(Run.run_key == run_key)).one()


def test_an_accepted_run_is_loaded_as_it_is_and_becomes_history(site: MadeSource, tmp_path: Path) -> None:
    key = held_run(site)
    assert count(site, Document) == 0
    published = accept(site.store, key, locks=FileLocks(tmp_path / "locks"), now=lambda: site.now)
    assert (published.new, published.failed) == (30, 0)
    assert (count(site, Document), count(site, Revision), count(site, Staged)) == (30, 30, 0)
    with site.store.read() as connection:
        run = connection.execute(select(Run.id, Run.status, Run.counts)).one()
        assert (run.status, run.counts["new"]) == ("accepted", 30)
        (past,) = history(connection, site.source_id, before=run.id + 1)
        assert past.accepted
        assert connection.scalars(select(Url.status).distinct()).all() == ["live"]


def test_a_rejected_run_is_dropped_and_its_addresses_are_asked_for_again(site: MadeSource, tmp_path: Path) -> None:
    key = held_run(site)
    site.now += timedelta(hours=1)
    assert reject(site.store, key, locks=FileLocks(tmp_path / "locks"), now=lambda: site.now) == 30
    assert (count(site, Document), count(site, Staged)) == (0, 0)
    assert status(site, key) == "rejected"
    with site.store.read() as connection:
        assert connection.execute(select(Url.etag, Url.due_at).distinct()).all() == [(None, site.now)]
        assert history(connection, site.source_id, before=10**6) == []


def test_what_is_not_held_can_be_neither_accepted_nor_rejected(site: MadeSource, tmp_path: Path) -> None:
    key = held_run(site)
    reject(site.store, key, locks=FileLocks(tmp_path), now=lambda: site.now)
    with pytest.raises(ConfigError, match="is rejected, not held; nothing of made is held back"):
        accept(site.store, key, locks=FileLocks(tmp_path), now=lambda: site.now)
    other = held_run(site)
    with pytest.raises(ConfigError, match=f"what is held back of made is run {other}"):
        reject(site.store, key, locks=FileLocks(tmp_path), now=lambda: site.now)
    with pytest.raises(ConfigError, match="there is no run 'nonsense'"):
        accept(site.store, "nonsense", locks=FileLocks(tmp_path), now=lambda: site.now)


@pytest.mark.parametrize("decide", [accept, reject])
def test_nothing_is_decided_while_the_source_is_at_work(site: MadeSource, tmp_path: Path, decide: object) -> None:
    key = held_run(site)
    with FileLocks(tmp_path).hold("made"), pytest.raises(Locked):
        decide(site.store, key, locks=FileLocks(tmp_path), now=lambda: site.now)  # type: ignore[operator]
    assert status(site, key) == "held"
