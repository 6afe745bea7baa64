"""`verify` has a line for each fault of the archive, which names file or address, and none where all is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from models.web import Payload
from pipeline.holdings.verify import verify
from tests.made import day
from tests.pipeline.holdings.archived import SITE, capture, captured, warc_files

PAGES = {"/one": b"<h1>One</h1>" * 200, "/two": b"<h1>Two</h1>" * 200}


def test_a_whole_archive_has_no_fault_and_every_record_is_counted(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    steps: list[tuple[int, int]] = []
    assert verify(store, tmp_path / "archive", lambda done, total: steps.append((done, total))) == []
    assert steps == [(1, 2), (2, 2)]
    store.close()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda whole: whole + b"torn", "has a torn tail of 4 bytes; the next run cuts it"),
        (lambda whole: whole[:-100], "100 of its"),
    ],
)
def test_a_file_of_another_length_is_named(tmp_path: Path, change: object, words: str) -> None:
    store = captured(tmp_path, PAGES)
    (file,) = warc_files(tmp_path)
    assert callable(change)
    file.write_bytes(change(file.read_bytes()))
    first = verify(store, tmp_path / "archive")[0]
    assert first.startswith(f"{file.name}: ")
    assert words in first
    store.close()


def test_a_missing_file_and_the_pages_that_are_lost_with_it_are_named(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    (file,) = warc_files(tmp_path)
    file.unlink()
    faults = verify(store, tmp_path / "archive")
    assert faults[0] == f"{file.name}: is missing"
    assert [fault.split(": ")[0] for fault in faults[1:]] == [f"{SITE}/one", f"{SITE}/two"]
    store.close()


def test_a_flipped_byte_costs_one_page(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    (file,) = warc_files(tmp_path)
    with store.read() as connection:
        offset = connection.scalars(select(Payload.offset).order_by(Payload.offset)).first()
    assert offset is not None
    whole = bytearray(file.read_bytes())
    whole[offset + 60] ^= 0xFF
    file.write_bytes(whole)
    (fault,) = verify(store, tmp_path / "archive")
    assert fault.startswith(f"{SITE}/one: ")
    store.close()


def test_equal_bytes_that_were_stored_once_are_read_for_each_capture(tmp_path: Path) -> None:
    store = captured(tmp_path, PAGES)
    capture(store, tmp_path / "archive", PAGES, at=day(1))
    assert verify(store, tmp_path / "archive") == []
    store.close()
