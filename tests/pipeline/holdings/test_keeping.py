"""Keeping what is kept: verify, prune, back up while a run goes on, forget."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.document import Provenance
from pipeline.archive import Archive
from pipeline.commands.demo.config import configuration
from pipeline.commands.demo.server import SampleServer
from pipeline.holdings.forget import files_of, forget
from pipeline.holdings.queries import one_document
from pipeline.load.load import publish
from tests.crash.launcher import shared
from tests.crash.stages import EDITED, PAGES, SOURCE, Bench, Stage, page, small_site
from tests.made import day, made, opened, text
from tests.pipeline.workplace import lines, toml

HELD = Stage(name="accept", command=("runs", "1", "--accept"), store="held", site="alike")
FIRST = Stage(name="forget", command=("forget",))
LATER = Stage(name="prune", command=("archive", "prune"), store="later", site="later")
WORDS = (b"Home-based workers stitch", b"uncounted", b"Uncounted", b"middleman", b"diallo", b"Diallo")
"""Of one page, and of no other; lower case as they are indexed."""


def rows(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def warc(folder: Path) -> Path:
    (file,) = (folder / "data" / "archive").glob("*.warc.gz")
    return file


def test_verify_names_each_fault(bench: Bench) -> None:
    folder = bench.place(FIRST)
    file = warc(folder)
    whole = file.read_bytes()
    assert "every record is whole" in bench.run(folder, "archive", "verify").out
    assert bench.run(folder, "archive", "verify", "--quiet").out == ""

    file.write_bytes(whole + b"torn")
    said = bench.run(folder, "archive", "verify")
    assert (said.code, "torn tail of 4 bytes" in said.err) == (3, True)

    (offset,) = rows(folder / "data" / "ingest.db", "SELECT offset FROM payload ORDER BY offset LIMIT 1")[0]
    file.write_bytes(
        whole[: offset + 40] + bytes(byte ^ 255 for byte in whole[offset + 40 : offset + 44]) + whole[offset + 44 :]
    )
    said = bench.run(folder, "archive", "verify")
    assert said.code == 3
    assert f"{file.name} at {offset}" in said.err

    file.write_bytes(whole[:-100])
    assert "100 of its" in bench.run(folder, "archive", "verify").err
    file.unlink()
    said = bench.run(folder, "archive", "verify")
    assert (said.code, f"{file.name}: is missing" in said.err) == (3, True)
    bench.drop(folder)


def test_prune_keeps_what_current_revisions_need(bench: Bench) -> None:
    folder = bench.place(LATER)
    database = folder / "data" / "ingest.db"
    needed = (
        "SELECT count(*) FROM document JOIN revision ON revision.document_id = document.id"
        " AND revision.number = document.revision WHERE capture_id IS NOT NULL"
    )
    before, captures = rows(database, needed), rows(database, "SELECT count(*) FROM capture")[0][0]
    assert bench.run(folder, "archive", "prune", "--before", "2001-01-01").out.startswith("0 captures dropped, 0 bytes")
    said = bench.run(folder, "archive", "prune", "--before", "2100")
    assert said.code == 0
    assert rows(database, "SELECT count(*) FROM capture")[0][0] < captures
    assert rows(database, needed) == before
    assert rows(database, "SELECT count(*) FROM revision WHERE number = 1 AND capture_id IS NULL")[0][0] == 1
    assert bench.run(folder, "archive", "verify").code == 0
    assert bench.run(folder, "rerun", "--dry-run").out.startswith("0 documents would differ")
    assert bench.run(folder, "archive", "prune", "--before", "soon").code == 2
    bench.drop(folder)


def test_forget_leaves_no_byte_and_the_address_stays_refused(bench: Bench) -> None:
    folder = bench.place(FIRST)
    address = f"http://reports.test{page(EDITED)}"
    before = everything(folder)
    assert all(word in before for word in WORDS)
    said = bench.run(folder, "forget", f"{address}?utm_source=mail", "--reason", "asked by the author")
    assert said.code == 0
    bench.run(folder, "export", "out.jsonl")
    after = everything(folder).replace(address[7:].encode(), b"")  # but for the address that is refused
    assert not [word for word in WORDS if word in after]
    assert EDITED not in (folder / "out.jsonl").read_text("utf-8")
    assert len(lines(folder / "out.jsonl")) == len(PAGES)  # two pages and the file
    assert bench.run(folder, "show", address).code == 2
    assert bench.run(folder, "search", "stitch").out == ""
    bench.asked(FIRST)
    for _ in range(2):
        assert bench.run(folder, "run", "--full").code == 0  # the listing names it again
        assert address not in bench.asked(FIRST)
    assert bench.run(folder, "show", address).code == 2
    assert bench.run(folder, "forget", address).code == 0
    assert bench.run(folder, "forget", "http://reports.test/nowhere").code == 2
    assert bench.run(folder, "archive", "verify").code == 0
    assert rows(folder / "data" / "ingest.db", "SELECT reason FROM forgotten") == [("asked by the author",)]
    bench.drop(folder)


def test_forget_takes_back_what_a_page_lent_its_file(tmp_path: Path, store_url: str) -> None:
    landing, file, title = "https://acme.org/report", "https://acme.org/report.pdf", "Who Lends a Title"
    store = opened(store_url)
    for number, document in enumerate(
        (
            made(landing, title=title, body=text("water"), date="2019-05", files=[(file, "Download")]),
            made(file, title=None, body=text("steel"), media_type="application/pdf"),
        )
    ):
        with store.begin() as connection:
            publish(connection, [document], run_id=None, now=day(number))
    with Archive(tmp_path, software="test") as archive:
        with store.read() as connection:
            assert files_of(connection, landing) == [file]
            assert files_of(connection, file) == files_of(connection, "https://acme.org/nowhere") == []
        forget(store, archive, tmp_path, landing, reason="", now=day(3))
    with store.read() as connection:
        record = one_document(connection, file)
        assert record is not None
        assert (record["title"], record["date_published"], record["landing_page"]) == (None, None, None)
        assert [revision["number"] for revision in record["revisions"]] == [2]
        assert not connection.execute(select(Provenance).where(Provenance.raw == title)).all()
    store.close()


def everything(folder: Path) -> bytes:
    """Return all bytes of store and archive, records unpacked."""
    found = [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz"]
    return b"".join([*found, *(gzip.decompress(path.read_bytes()) for path in folder.rglob("*.gz"))])


@pytest.mark.nightly
def test_a_backup_made_while_a_run_goes_on_is_whole(tmp_path: Path) -> None:
    with SampleServer(small_site(later=False), port=0) as server:
        folder = tmp_path / "place"
        folder.mkdir()
        tables = configuration(server.resolve)
        tables["http"] |= {"delay_seconds": 0.3}
        tables |= {"sources": {SOURCE: tables["sources"][SOURCE]}, "extract": {"ocr": "off", "workers": 1}}
        (folder / "config.toml").write_text(toml(tables), "utf-8")
        launcher = shared()
        assert launcher.run(folder, "backup", "kept").code == 0  # before there is anything
        run = launcher.start(folder, "run")
        made = 0
        while run.poll() is None:
            assert launcher.run(folder, "backup", "kept").code == 0
            made += 1
        assert made
        launcher.run(folder, "backup", "kept")
    assert rows(folder / "kept" / "ingest.db", "PRAGMA integrity_check") == [("ok",)]
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copytree(folder / "kept", restored / "data")
    shutil.copy(folder / "config.toml", restored)
    assert launcher.run(restored, "archive", "verify").code == 0
    exports = []
    for place in (folder, restored):
        launcher.run(place, "export", "out.jsonl")
        exports.append((place / "out.jsonl").read_bytes())
    assert exports[0] == exports[1]
    assert not list((folder / "kept").rglob("*.part"))


def test_a_backup_restored_by_copying_is_the_store_and_archive_of_that_moment(bench: Bench) -> None:
    folder = bench.place(FIRST)
    data = folder / "data"
    bench.run(folder, "export", "before.jsonl")
    assert bench.run(folder, "backup", "copy").code == 0
    for log in data.glob("ingest.db*"):
        log.unlink()
    for broken in (lambda: None, lambda: (data / "ingest.db").write_bytes(b"")):
        broken()
        for command in ("run", "status", "search river", "export x.jsonl", "rerun --dry-run", "check --offline"):
            said = bench.run(folder, *command.split())
            assert said.code in (1, 3)
            assert "the store was lost" in said.err
            assert "cp BACKUP/ingest.db" in said.err
            assert "import " in said.err
    shutil.copytree(folder / "copy", data, dirs_exist_ok=True)
    assert bench.run(folder, "archive", "verify").code == 0
    bench.run(folder, "export", "after.jsonl")
    assert (folder / "after.jsonl").read_bytes() == (folder / "before.jsonl").read_bytes()
    bench.asked(FIRST)
    assert bench.run(folder, "run", "--quiet").code == 0
    bench.drop(folder)


@pytest.mark.parametrize(("stage", "code"), [(FIRST, 0), pytest.param(HELD, 4, marks=pytest.mark.nightly)])
def test_a_lost_store_is_made_anew_out_of_its_archive(bench: Bench, stage: Stage, code: int) -> None:
    """With its sources, and what was held back is held back again."""
    folder = bench.place(stage)
    old = [path.name for path in (folder / "data" / "archive").glob("*.warc.gz")]
    (folder / "data" / "ingest.db").rename(folder / "lost.db")
    said = bench.run(folder, "import", "data/archive")
    assert said.code == code, said.err
    assert f"{SOURCE}: {'HELD BACK' if code else 'done'}" in said.err
    archive = folder / "data" / "archive"
    assert {path.name for path in archive.glob("*.restored")} == {f"{name}.restored" for name in old}
    assert "archive verify" in said.err
    assert bench.run(folder, "import", "data/archive").code == code, "again: what the store knows stays"
    assert bench.run(folder, "archive", "verify").code == 0
    after = [json.loads(line) for line in _exported(bench, folder)]
    (folder / "lost.db").replace(folder / "data" / "ingest.db")
    before = [json.loads(line) for line in _exported(bench, folder)]
    differing = ("id", "retrieved_at", "first_seen_at")
    assert [{k: v for k, v in one.items() if k not in differing} for one in after] == [
        {k: v for k, v in one.items() if k not in differing} for one in before
    ]
    assert bool(before) is not bool(code)
    bench.drop(folder)


def _exported(bench: Bench, folder: Path) -> list[str]:
    assert bench.run(folder, "export", "x.jsonl", "--quiet").code == 0
    return lines(folder / "x.jsonl")
