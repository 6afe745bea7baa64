"""Archive files on object storage: put when finished, read by range, brought back where something was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from models.database.store import Store
from models.errors import ConfigError, StoreError
from models.search.filters import Filters
from models.statuses import RunStatus
from models.web import Capture, Url, WarcFile
from pipeline.archive import Archive
from pipeline.archive.remote import storage
from pipeline.archive.replay import captured_page
from pipeline.commands.running.runner import ended
from pipeline.config import parse
from pipeline.holdings.backup import back_up
from pipeline.holdings.compact import prune
from pipeline.holdings.export.warc import export_captures
from pipeline.holdings.verify import verify
from pipeline.ledger.remote_files import put_finished, waiting
from pipeline.ledger.writer import repair
from pipeline.run.report import Report
from tests.made import day
from tests.pipeline.holdings.archived import capture, captured, warc_files
from tests.sites.objects import Objects, serving

URL = "s3://bucket/ingest/archive"
OLD = {"/one": b"<h1>One as it was</h1>" * 300, "/two": b"<h1>Two</h1>" * 300}
NEW = {"/one": b"<h1>One as it is</h1>" * 300}


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[Objects]:
    storage.cache_clear()
    with serving() as objects:
        for name, value in objects.environment.items():
            monkeypatch.setenv(name, value)
        yield objects
    storage.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = captured(tmp_path, OLD)
    yield store
    store.close()


def contents(store: Store, folder: Path) -> list[bytes]:
    """Return the content of every capture, in the order of their ids."""
    with store.read() as connection:
        ids = connection.scalars(select(Capture.id).order_by(Capture.id)).all()
    return [captured_page(store, folder / "archive", key).content for key in ids]


def places(store: Store) -> dict[str, str | None]:
    with store.read() as connection:
        return {row.name: row.remote for row in connection.execute(select(WarcFile.name, WarcFile.remote))}


def put(store: Store, folder: Path) -> int:
    return put_finished(store, folder / "archive", URL)


def set_file(store: Store, **values: Any) -> None:
    with store.begin() as connection:
        connection.execute(update(WarcFile).values(**values))


def test_a_finished_file_goes_there_and_is_read_by_range(objects: Objects, store: Store, tmp_path: Path) -> None:
    (file,) = warc_files(tmp_path)
    whole = file.read_bytes()
    assert put(store, tmp_path) == 1
    assert warc_files(tmp_path) == []
    assert objects.held == {f"/bucket/ingest/archive/{file.name}": whole}
    assert places(store) == {file.name: URL}
    objects.log.clear()
    assert contents(store, tmp_path) == list(OLD.values())
    assert len(objects.log) == 2
    assert all(part and part != f"bytes=0-{len(whole) - 1}" for _, _, part in objects.log)
    assert repair(store, tmp_path / "archive") == []
    assert put(store, tmp_path) == 0


def test_files_that_could_not_be_put_there_are_counted(objects: Objects, store: Store, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    assert waiting(store, archive) == 1
    put(store, tmp_path)
    assert waiting(store, archive) == 0
    capture(store, archive, NEW, at=day(1))
    (file,) = warc_files(tmp_path)
    with file.open("ab") as torn:
        torn.write(b"torn")
    assert waiting(store, archive) == 0, "the next run's repair comes first"
    repair(store, archive)
    assert waiting(store, archive) == 1


@pytest.mark.parametrize(("status", "code"), [(RunStatus.DONE, 3), (RunStatus.HELD, 4), (RunStatus.FAILED, 1)])
def test_a_bucket_that_cannot_be_reached_changes_the_exit_code(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], status: RunStatus, code: int
) -> None:
    config = parse({"store": {"remote_archive": URL, "archive": "archive"}}, tmp_path, "config.toml")
    assert ended(config, store, [Report(source="acme", status=status)]) == code
    assert f"1 finished file could not be put on {URL}, left in" in capsys.readouterr().err


def test_the_file_of_a_living_process_and_a_torn_one_stay(objects: Objects, store: Store, tmp_path: Path) -> None:
    (file,) = warc_files(tmp_path)
    file.write_bytes(file.read_bytes() + b"torn")
    with Archive(tmp_path / "archive", software="test") as archive:
        archive.ready()
        assert put(store, tmp_path) == 0
    assert objects.held == {}
    repair(store, tmp_path / "archive")
    assert put(store, tmp_path) == 1


def test_what_refers_to_a_file_there_is_read_from_there(objects: Objects, store: Store, tmp_path: Path) -> None:
    """A record without content of its own, in a file that lies here, of content that lies there."""
    assert put(store, tmp_path) == 1
    capture(store, tmp_path / "archive", NEW, at=day(1))
    assert contents(store, tmp_path) == [*OLD.values(), *NEW.values()]
    exported = tmp_path / "all.warc.gz"
    export_captures(store, tmp_path / "archive", exported, Filters())
    assert [one.name for one in warc_files(tmp_path)] == [name for name, url in places(store).items() if url is None]


def test_verify_reads_them_too_and_names_what_is_lost(objects: Objects, store: Store, tmp_path: Path) -> None:
    put(store, tmp_path)
    assert verify(store, tmp_path / "archive") == []
    ((name, whole),) = objects.held.items()
    objects.held[name] = whole[:-10]
    assert "10 of its" in verify(store, tmp_path / "archive")[0]
    del objects.held[name]
    faults = verify(store, tmp_path / "archive")
    assert faults[0].endswith(f"is missing from {URL}")
    assert len(faults) == 3


def teststorage_that_refuses_loses_nothing(objects: Objects, store: Store, tmp_path: Path) -> None:
    objects.down = True
    with pytest.raises(StoreError, match=r"s3://bucket/ingest/archive cannot be reached for ingest-.*"):
        put(store, tmp_path)
    assert contents(store, tmp_path) == list(OLD.values())
    objects.down = False
    assert put(store, tmp_path) == 1


@pytest.mark.parametrize("there", [True, False])
def test_a_crash_that_leaves_a_file_in_both_places_is_settled(
    there: bool, objects: Objects, store: Store, tmp_path: Path
) -> None:
    """Before it was removed here; or, as it was brought back, before the database was told that it is here."""
    (file,) = warc_files(tmp_path)
    whole = file.read_bytes()
    put(store, tmp_path)
    file.write_bytes(whole)
    if not there:
        objects.held.clear()
    assert repair(store, tmp_path / "archive") == []
    put(store, tmp_path)
    if not there:
        assert places(store) == {file.name: None}
        assert put(store, tmp_path) == 1
    assert contents(store, tmp_path) == list(OLD.values())
    assert warc_files(tmp_path) == []


def test_what_is_dropped_is_dropped_there_too(objects: Objects, store: Store, tmp_path: Path) -> None:
    put(store, tmp_path)
    capture(store, tmp_path / "archive", NEW, at=day(5))
    put(store, tmp_path)
    first, second = objects.held
    with Archive(tmp_path / "archive", software="test") as archive:
        assert prune(store, archive, tmp_path / "archive", day(3)).captures == 1
    assert list(objects.held) == [second], "the other file is left where it is"
    assert put(store, tmp_path) == 1
    assert first not in objects.held
    assert contents(store, tmp_path) == [OLD["/two"], NEW["/one"]]
    assert verify(store, tmp_path / "archive") == []


def test_a_file_that_waits_to_be_compacted_is_not_put_away(objects: Objects, store: Store, tmp_path: Path) -> None:
    set_file(store, stale=True)
    assert put(store, tmp_path) == 0
    with Archive(tmp_path / "archive", software="test") as archive:
        prune(store, archive, tmp_path / "archive", day(0))
    assert put(store, tmp_path) == 1


def test_a_backup_takes_what_lies_here(objects: Objects, store: Store, tmp_path: Path) -> None:
    put(store, tmp_path)
    capture(store, tmp_path / "archive", NEW, at=day(5))
    (file,) = warc_files(tmp_path)
    assert back_up(store, tmp_path / "archive", tmp_path / "backup") == ["ingest.db", f"archive/{file.name}"]


def test_a_folder_there_is_named_by_a_url() -> None:
    for wrong in ("bucket/folder", "s3://", "ftp://host/x"):
        with pytest.raises(ConfigError, match=r"remote_archive: .* is no folder on object storage"):
            parse({"store": {"remote_archive": wrong}}, Path(), "config.toml")
    assert parse({"store": {"remote_archive": URL}}, Path(), "config.toml").store.remote_archive == URL


def test_a_file_of_which_nothing_is_left_is_removed_there(objects: Objects, store: Store, tmp_path: Path) -> None:
    put(store, tmp_path)
    with store.begin() as connection:
        connection.execute(update(Url).values(last_capture_id=None))
    with Archive(tmp_path / "archive", software="test") as archive:
        assert prune(store, archive, tmp_path / "archive", day(99)).captures == 2
    assert objects.held == {}
    assert places(store) == {}
