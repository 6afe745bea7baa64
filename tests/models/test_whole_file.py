"""A file is there whole or as it was: after an error, beside another writer, after a killed one, through a link."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from models.errors import StoreError
from models.whole_file import whole_file


def test_it_takes_the_place_of_the_old_one_only_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", "utf-8")
    with whole_file(file) as part:
        part.write_text("new", "utf-8")
        assert file.read_text("utf-8") == "old"
    assert file.read_text("utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_after_an_error_the_old_one_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", "utf-8")
    with pytest.raises(UnicodeEncodeError), whole_file(file) as part:
        part.write_text("new and \ud800", "utf-8")
    assert file.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_a_killed_writer_left_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".a.txt.part").write_text("left over, and long", "utf-8")
    with whole_file(tmp_path / "a.txt") as part:
        assert part.read_bytes() == b""
        part.write_text("new", "utf-8")
    assert (tmp_path / "a.txt").read_text("utf-8") == "new"


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with (tmp_path / ".a.txt.part").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another process writes to"), whole_file(tmp_path / "a.txt"):
            pass


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "there" / "b.txt")
    with whole_file(link) as part:
        part.write_text("new", "utf-8")
    assert link.is_symlink()
    assert (tmp_path / "there" / "b.txt").read_text("utf-8") == "new"
