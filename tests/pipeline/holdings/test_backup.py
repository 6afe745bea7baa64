"""`back_up`: the copy is the store and the archive at one moment; what is there whole is not copied again."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.database.store import open_store
from models.errors import StoreError
from pipeline.holdings.backup import back_up
from pipeline.holdings.verify import verify
from tests.made import day
from tests.pipeline.holdings.archived import capture, captured, warc_files

PAGES = {"/one": b"<h1>One</h1>" * 50}


def test_the_copy_is_whole_by_itself(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    (file,) = warc_files(tmp_path)
    written = back_up(store, tmp_path / "archive", tmp_path / "copy")
    store.close()
    assert written == ["ingest.db", f"archive/{file.name}"]
    copy = open_store(str(tmp_path / "copy" / "ingest.db"), base=tmp_path)
    assert verify(copy, tmp_path / "copy" / "archive") == []
    copy.close()


def test_a_second_backup_copies_what_is_new(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    back_up(store, tmp_path / "archive", tmp_path / "copy")
    before = warc_files(tmp_path)
    capture(store, tmp_path / "archive", {"/two": b"<h1>Two</h1>"}, at=day(1))
    (new,) = set(warc_files(tmp_path)) - set(before)
    assert back_up(store, tmp_path / "archive", tmp_path / "copy") == ["ingest.db", f"archive/{new.name}"]
    store.close()


def test_only_committed_bytes_are_copied(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    (file,) = warc_files(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole + b"of a run that goes on")
    back_up(store, tmp_path / "archive", tmp_path / "copy")
    assert (tmp_path / "copy" / "archive" / file.name).read_bytes() == whole
    store.close()


def test_a_file_that_has_lost_bytes_ends_the_backup_with_its_name(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    (file,) = warc_files(tmp_path)
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(StoreError, match=rf"{file.name} has lost 10 of its \d+ bytes"):
        back_up(store, tmp_path / "archive", tmp_path / "copy")
    assert list((tmp_path / "copy" / "archive").iterdir()) == []
    store.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreError, match=r"the backup .*taken cannot be written"):
        back_up(store, tmp_path / "archive", tmp_path / "taken")
    store.close()
