from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from models.database.store import Store, open_store, upgrade
from models.errors import StoreError
from models.ledger import Source
from models.migrations import FOLDER, VERSION_TABLE, revisions
from tests.crash.launcher import shared
from tests.made import MOMENT, opened

HEAD = revisions(FOLDER)[-1]
NEXT = f"""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{HEAD}"
def upgrade():
    op.add_column("source", sa.Column("added", sa.String()))
    op.execute("UPDATE source SET added = 'yes'")
"""


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The schema's history with one revision more."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_next.py").write_text(NEXT)
    return folder


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder with a store that we may read but not write to; root becomes nobody, whom rights concern.

    Nobody may not be able to enter the folder of the code: what is read while a store is opened, the schema's history,
    lies beside the store.
    """
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(FOLDER, folder / "history", ignore=shutil.ignore_patterns("__pycache__"))
    opened(str(folder / "ingest.db")).close()
    folder.chmod(0o555)
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def content(path: Path) -> bytes:
    return path.read_bytes()


def refused(path: Path, *, write: bool = True, migrations: Path = FOLDER) -> str:
    """Return what is said; the file is left as it was."""
    before = content(path) if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        open_store(str(path), base=Path(), write=write, migrations=migrations, busy_seconds=0.2)
    assert (content(path) if path.is_file() else None) == before
    said = str(caught.value)
    assert str(path) in said or str(path.parent) in said
    assert len(said) < 400
    return said


def sources(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(Source.name)).scalars())


def add(store: Store, name: str) -> None:
    with store.begin() as connection:
        connection.execute(insert(Source).values(name=name, config={}, state={}, created_at=MOMENT))


class TestSqlite:
    def test_the_first_command_makes_it(self, tmp_path: Path) -> None:
        store = open_store("data/ingest.db", base=tmp_path)
        assert store.path == tmp_path / "data" / "ingest.db"
        assert store.upgraded
        add(store, "acme")
        store.close()
        again = open_store("data/ingest.db", base=tmp_path)
        assert not again.upgraded
        assert sources(again) == ["acme"]
        with again.read() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        again.close()
        assert [path.name for path in (tmp_path / "data").iterdir()] == ["ingest.db"]

    def test_reading_makes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "none" / "ingest.db"
        with pytest.raises(StoreError, match="no store at"):
            open_store(str(path), base=Path(), write=False)
        assert not path.parent.exists()

    def test_an_empty_file_is_new(self, tmp_path: Path) -> None:
        path = tmp_path / "ingest.db"
        path.touch()
        open_store(str(path), base=Path()).close()
        assert path.stat().st_size > 0

    def test_what_is_no_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_text("Dear diary " * 100)
        assert "no SQLite database" in refused(path)

    def test_a_foreign_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE moz_places (id INTEGER)")
        connection.close()
        assert "moz_places" in refused(path)
        assert "moz_places" in refused(path, write=False)

    def test_an_emptied_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "ingest.db"
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE gone (id INTEGER)")
        connection.execute("DROP TABLE gone")
        connection.close()
        assert "not a new one" in refused(path)

    def test_a_newer_one_is_refused(self, tmp_path: Path, newer: Path) -> None:
        path = tmp_path / "ingest.db"
        open_store(str(path), base=Path(), migrations=newer).close()
        assert "newer version" in refused(path)

    @pytest.mark.parametrize("damage", ["cut", "middle"])
    def test_a_damaged_one_is_refused(self, tmp_path: Path, damage: str) -> None:
        path = tmp_path / "ingest.db"
        opened(str(path)).close()
        whole = content(path)
        path.write_bytes(whole[:-5000] if damage == "cut" else whole[:200] + b"\xff" * 4000 + whole[4200:])
        assert "damaged" in refused(path)

    def test_a_locked_one_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "ingest.db"
        opened(str(path)).close()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        store = open_store(str(path), base=Path(), busy_seconds=0.1)
        with pytest.raises(StoreError, match="locked by another program"):
            add(store, "acme")
        store.close()
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.close()

    def test_a_folder_and_a_store_in_memory_are_refused(self, tmp_path: Path) -> None:
        assert "not a file" in refused(tmp_path)
        with pytest.raises(StoreError, match="in memory"):
            open_store(":memory:", base=tmp_path)

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreError, match="cannot be made"):
            open_store("file/data/ingest.db", base=tmp_path)

    def test_a_full_disk_is_told_and_nothing_is_kept(self, tmp_path: Path) -> None:
        store = opened(str(tmp_path / "ingest.db"))

        def fill() -> None:
            with store.begin() as connection:
                connection.execute(insert(Source).values(name="half", config={}, state={}, created_at=MOMENT))
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
                config = {"x": "y" * 100_000}
                connection.execute(insert(Source).values(name="big", config=config, state={}, created_at=MOMENT))

        with pytest.raises(StoreError, match="disk is full"):
            fill()
        assert sources(store) == ["acme"]
        store.close()

    def test_a_mistake_of_ours_is_no_trouble_of_the_store(self, tmp_path: Path) -> None:
        from sqlalchemy.exc import IntegrityError

        store = opened(str(tmp_path / "ingest.db"))
        with pytest.raises(IntegrityError):
            add(store, "acme")
        store.close()

    def test_it_can_be_read_where_it_cannot_be_written(self, closed_folder: Path) -> None:
        path, history = closed_folder / "ingest.db", closed_folder / "history"
        store = open_store(str(path), base=Path(), write=False, migrations=history)
        assert sources(store) == ["acme"]
        store.close()
        assert "cannot be written to" in refused(path, migrations=history)
        assert "cannot be written to" in refused(closed_folder / "new.db", migrations=history)

    def test_an_older_one_is_migrated_and_backed_up(self, tmp_path: Path, newer: Path) -> None:
        path = tmp_path / "ingest.db"
        opened(str(path)).close()
        with pytest.raises(StoreError, match="ingest db upgrade"):
            open_store(str(path), base=Path(), write=False, migrations=newer)
        store = open_store(str(path), base=Path(), migrations=newer)
        with store.read() as connection:
            assert connection.exec_driver_sql("SELECT name, added FROM source").one() == ("acme", "yes")
        store.close()
        backup = open_store(str(tmp_path / f"ingest.db.schema-{HEAD}.bak"), base=Path(), write=False)
        assert sources(backup) == ["acme"]
        backup.close()


class TestPostgres:
    def test_it_is_made_only_when_asked(self, empty_postgres: str) -> None:
        with pytest.raises(StoreError, match="ingest db upgrade"):
            open_store(empty_postgres, base=Path())
        assert upgrade(empty_postgres, base=Path())
        assert not upgrade(empty_postgres, base=Path())
        open_store(empty_postgres, base=Path()).close()

    def test_an_older_one_says_so(self, empty_postgres: str, newer: Path) -> None:
        upgrade(empty_postgres, base=Path())
        with pytest.raises(StoreError, match="older version"):
            open_store(empty_postgres, base=Path(), migrations=newer)
        assert upgrade(empty_postgres, base=Path(), migrations=newer)
        with pytest.raises(StoreError, match="newer version"):
            open_store(empty_postgres, base=Path())

    def test_a_foreign_one_is_refused(self, empty_postgres: str) -> None:
        import psycopg

        with psycopg.connect(empty_postgres.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE TABLE wp_posts (id INTEGER)")
        with pytest.raises(StoreError, match="wp_posts"):
            upgrade(empty_postgres, base=Path())

    def test_no_secret_is_told(self, free_port: int) -> None:
        url = f"postgresql://me:hunter2@127.0.0.1:{free_port}/x?password=hunter3"
        with pytest.raises(StoreError, match="cannot be reached") as caught:
            open_store(url, base=Path())
        assert "hunter" not in str(caught.value)

    @pytest.mark.parametrize("url", ["mysql://x/y", "http://acme.org/", "postgresql://[", "://"])
    def test_other_addresses_are_refused(self, url: str) -> None:
        with pytest.raises(StoreError):
            open_store(url, base=Path())


def test_the_view_of_a_reader_does_not_change(store_url: str) -> None:
    store = opened(store_url)
    with store.read() as connection:
        assert connection.execute(select(Source.name)).scalars().all() == ["acme"]
        add(store, "other")
        assert connection.execute(select(Source.name)).scalars().all() == ["acme"]
    assert sorted(sources(store)) == ["acme", "other"]
    store.close()


def test_an_error_undoes_the_whole_batch(store_url: str) -> None:
    store = opened(store_url)

    def half() -> None:
        with store.begin() as connection:
            connection.execute(insert(Source).values(name="half", config={}, state={}, created_at=MOMENT))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert sources(store) == ["acme"]
    store.close()


def test_naming_the_store_costs_no_import_of_sqlalchemy() -> None:
    check = "import sys, models.database.store, models.errors; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check]).returncode == 0


def test_two_processes_make_one_store(tmp_path: Path) -> None:
    path = tmp_path / "ingest.db"
    processes = [shared().start(tmp_path, "upgrade-with", str(path), str(FOLDER)) for _ in range(2)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 2
    assert sources(open_store(str(path), base=Path(), write=False)) == []


def test_a_kill_while_it_is_made_or_migrated_does_no_harm(tmp_path: Path, newer: Path) -> None:
    # Once of each here; `tests.benchmarks.simulation.crashes` kills at every write.
    old = tmp_path / "before.db"
    opened(str(old)).close()
    for name, before in (("new", None), ("old", old)):
        path, whole = tmp_path / f"{name}.db", tmp_path / f"{name}-whole.db"
        if before is not None:
            shutil.copy(before, path)
            shutil.copy(before, whole)
        # The first command writes the bytecode of the migrations as well, so that it takes more steps than the second.
        steps = shared().run(tmp_path, "upgrade-with", str(whole), str(newer)).steps
        assert shared().run(tmp_path, "upgrade-with", str(path), str(newer), kill_at=steps // 2).killed
        store = open_store(str(path), base=Path(), migrations=newer)
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar() == "9999"
        assert sources(store) == (["acme"] if before else [])
        store.close()
        left = {item.name for item in tmp_path.glob(f"{name}.db*")}
        assert left <= {path.name, f"{path.name}.schema-{HEAD}.bak"}
    assert revisions(newer)[-2:] == [HEAD, "9999"]
