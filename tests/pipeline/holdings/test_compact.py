"""`prune`: old captures go with their bytes; what a revision or an address still needs stays readable."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, update

from models.web import Capture, Payload, Url, WarcFile
from pipeline.archive import Archive
from pipeline.holdings.compact import Freed, compact, prune
from pipeline.holdings.verify import verify
from tests.made import day
from tests.pipeline.holdings.archived import SITE, capture, captured, warc_files

OLD = {"/one": b"<h1>One as it was</h1>" * 300, "/two": b"<h1>Two</h1>" * 300}
NEW = {"/one": b"<h1>One as it is</h1>" * 300}


def pruned(store: object, folder: Path, before: int) -> Freed:
    with Archive(folder / "archive", software="test") as archive:
        return prune(store, archive, folder / "archive", day(before))  # type: ignore[arg-type]


def test_what_nothing_needs_goes_and_the_rest_is_whole(tmp_path: Path) -> None:
    store = captured(tmp_path, OLD)
    capture(store, tmp_path / "archive", NEW, at=day(5))
    size = sum(file.stat().st_size for file in warc_files(tmp_path))
    freed = pruned(store, tmp_path, 3)
    assert freed.captures == 1
    assert freed.bytes > 0
    with store.read() as connection:
        left = connection.execute(select(Capture.url, Capture.retrieved_at).order_by(Capture.url, Capture.id)).all()
        assert [(row.url, row.retrieved_at) for row in left] == [(f"{SITE}/one", day(5)), (f"{SITE}/two", day(0))]
        assert len(connection.scalars(select(Payload.sha256)).all()) == 2
        rows = connection.execute(select(WarcFile.name, WarcFile.committed_length))
        files = {row.name: row.committed_length for row in rows}
    assert {file.name: file.stat().st_size for file in warc_files(tmp_path)} == files
    assert sum(files.values()) < size
    assert verify(store, tmp_path / "archive") == []
    store.close()


def test_an_address_needs_its_last_capture_however_old(tmp_path: Path) -> None:
    store = captured(tmp_path, OLD)
    assert pruned(store, tmp_path, 99) == Freed(captures=0, bytes=0)
    with store.begin() as connection:
        connection.execute(update(Url).values(last_capture_id=None))
    assert pruned(store, tmp_path, 0).captures == 0
    assert pruned(store, tmp_path, 99).captures == 2
    assert warc_files(tmp_path) == []
    store.close()


def test_bytes_that_a_newer_capture_shares_stay(tmp_path: Path) -> None:
    store = captured(tmp_path, OLD)
    capture(store, tmp_path / "archive", OLD, at=day(5))
    assert pruned(store, tmp_path, 3).captures == 2
    assert verify(store, tmp_path / "archive") == []
    store.close()


def test_what_a_kill_left_emptied_is_removed(tmp_path: Path) -> None:
    store = captured(tmp_path, OLD)
    left = tmp_path / "archive" / "left.warc.gz"
    left.write_bytes(b"copied already")
    with store.begin() as connection:
        connection.execute(WarcFile.__table__.insert().values(name=left.name, committed_length=0))  # type: ignore[attr-defined]
    with Archive(tmp_path / "archive", software="test") as archive:
        assert compact(store, archive, tmp_path / "archive") == 0
    assert not left.exists()
    with store.read() as connection:
        assert left.name not in connection.scalars(select(WarcFile.name)).all()
    store.close()
