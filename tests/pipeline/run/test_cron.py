"""What cron lives by: locks, schedules caught up once, health, reports, notices, logs; silence when all is well."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from models.database.store import open_store
from models.errors import Locked
from models.web import Url
from pipeline.commands.terminal.logs import KEPT, MAX_BYTES
from pipeline.ledger.lock import FileLocks
from tests.crash.stages import EDITED, PAGES, SOURCE, Bench, Stage, page

RUN = Stage(name="run", command=("run",))
LATER = Stage(name="run", command=("run",), site="later")
NOTICE = "import json, sys; json.dump(json.load(sys.stdin), open('notice.json', 'w'))"


@pytest.fixture
def folder(bench: Bench) -> Iterator[Path]:
    """A place where one run was done."""
    folder = bench.place(RUN)
    yield folder
    bench.drop(folder)


def add_to_config(folder: Path, text: str) -> None:
    path = folder / "config.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def break_site(folder: Path) -> None:
    """Have the site's address lead nowhere."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = folder / "config.toml"
    lines = path.read_text("utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("resolve = "))
    lines[at] = f'resolve = {{ "reports.test" = "127.0.0.1:{port}" }}\nretries = 0'
    path.write_text("\n".join(lines), "utf-8")


def shift(folder: Path, days: float) -> None:
    """Let so much time pass: all that was due by then is due."""
    store = open_store("data/ingest.db", base=folder)
    with store.begin() as connection:
        for row in connection.execute(select(Url.id, Url.due_at, Url.requested_at)).all():
            earlier = {
                name: getattr(row, name) - timedelta(days=days)
                for name in ("due_at", "requested_at")
                if getattr(row, name)
            }
            connection.execute(update(Url).where(Url.id == row.id).values(**earlier))
    store.close()


def health(bench: Bench, folder: Path) -> dict[str, Any]:
    (source,) = json.loads(bench.run(folder, "status", "--json").out)
    assert isinstance(source, dict)
    return source


def test_a_stale_lock_and_holder_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "acme.lock").touch()
    stale = {"pid": 999999, "host": "elsewhere", "since": "2020-01-01", "command": "run"}
    (tmp_path / "acme.holder").write_text(json.dumps(stale), "utf-8")
    with FileLocks(tmp_path).hold("acme"):
        with pytest.raises(Locked, match=f"process {os.getpid()} on .* since"), FileLocks(tmp_path).hold("acme"):
            pass
        with FileLocks(tmp_path).hold("other"):
            pass
    assert not (tmp_path / "acme.holder").exists()
    with FileLocks(tmp_path).hold("acme"):
        pass


def test_a_holder_s_torn_file_is_no_fault(tmp_path: Path) -> None:
    with FileLocks(tmp_path).hold("acme"):
        for torn in ("", '{"pid": 1', "[]", '"words"', "null"):
            (tmp_path / "acme.holder").write_text(torn, "utf-8")
            with pytest.raises(Locked, match="has not said who it is"), FileLocks(tmp_path).hold("acme"):
                pass


def test_a_missed_schedule_is_caught_up_once(bench: Bench, folder: Path) -> None:
    bench.asked(RUN)
    bench.run(folder, "run", "--quiet")
    assert not {url for url in bench.asked(RUN) if page("") in url}  # nothing is due on the same day
    shift(folder, 31)
    first = bench.run(folder, "run", "--json")
    assert json.loads(first.out)[0]["not_modified"] == len(PAGES) + 1
    server = bench.server(RUN)
    assert all(server.requests["reports.test", page(slug)] == 1 for slug in PAGES)
    bench.asked(RUN)
    bench.run(folder, "run")
    assert not {url for url in bench.asked(RUN) if page("") in url}


def test_what_is_gone_is_told_once_and_asked_for_ever_more_seldom(bench: Bench) -> None:
    folder = bench.place(LATER)
    shift(folder, 31)
    assert json.loads(bench.run(folder, "run", "--json").out)[0]["gone"] == 1
    gone = "SELECT due_at FROM url WHERE status = 'gone'"
    waits = []
    for _ in range(2):
        shift(folder, 31)
        said = bench.run(folder, "run", "--quiet")
        assert (said.code, said.err, said.out) == (0, "", "")
        with closing(sqlite3.connect(folder / "data" / "ingest.db")) as connection:
            ((due,),) = connection.execute(gone).fetchall()
            waits.append(datetime.fromisoformat(due).replace(tzinfo=UTC) - datetime.now(UTC))
            connection.execute("UPDATE url SET changed_at = datetime(changed_at, '-50 days') WHERE status = 'gone'")
            connection.commit()
    assert waits[0] < waits[1]
    bench.drop(folder)


def test_quiet_says_nothing_when_all_is_well(bench: Bench, folder: Path) -> None:
    for command in (
        ("run",),
        ("run", "--full"),
        ("rerun",),
        ("archive", "verify"),
        ("export", "out.csv"),
        ("backup", "kept"),
    ):
        said = bench.run(folder, *command, "--quiet")
        assert (said.code, said.out, said.err) == (0, "", ""), command


def test_status_tells_the_last_good_run_the_streak_and_what_is_next(bench: Bench, folder: Path) -> None:
    well = health(bench, folder)
    assert (well["streak"], well["held"], well["documents"]) == (0, None, len(PAGES) + 1)
    assert well["last_good_at"]
    assert well["next_due_at"] > well["last_good_at"]
    break_site(folder)
    for streak in (1, 2):
        said = bench.run(folder, "run", "--quiet")
        assert said.code == 1
        assert "FAILED" in said.err
        ill = health(bench, folder)
        assert (ill["streak"], ill["last_good_at"]) == (streak, well["last_good_at"])
        assert ill["documents"] == well["documents"]  # nothing is inferred from a site that cannot be reached
    assert "FAILED (2 in a row)" in bench.run(folder, "status").out
    assert bench.run(folder, "rerun").code == 0
    assert (
        "FAILED (2 in a row)" in bench.run(folder, "status").out
    )  # reading the archive again says nothing of the site


def test_status_tells_a_run_that_goes_on_from_one_that_was_cut_short(bench: Bench, folder: Path) -> None:
    assert "well" in bench.run(folder, "status").out
    with FileLocks(folder / "data" / "archive" / "locks").hold(SOURCE):
        said = bench.run(folder, "status").out
        assert "running" in said
        assert f"{SOURCE}: held by process {os.getpid()} on " in said
    bench.run(folder, "run", "--full", kill_at=20)
    assert "interrupted" in bench.run(folder, "status").out
    with closing(sqlite3.connect(folder / "data" / "ingest.db")) as connection:
        connection.execute("""UPDATE run SET status = 'done', counts = '{"requested": 4, "failed": 4}'""")
        connection.commit()
    assert "ALL FAILED" in bench.run(folder, "status").out


def test_a_failure_is_told_to_the_command_and_to_the_report(bench: Bench, folder: Path) -> None:
    add_to_config(folder, f"[notify]\ncommand = {json.dumps([sys.executable, '-c', NOTICE])}\n")
    assert bench.run(folder, "run", "--report", "report.json").code == 0
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["exit_code"] == 0
    assert report["sources"][0]["status"] == "done"
    assert (report["sources"][0]["documents"], report["sources"][0]["failures"]) == ([], [])
    assert not (folder / "notice.json").exists()  # there was nothing to tell

    break_site(folder)
    assert bench.run(folder, "run", "--report", "report.json").code == 1
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["exit_code"] == 1
    assert report["sources"][0]["reasons"]
    assert report["sources"][0]["failures"][0]["reason"]
    assert json.loads((folder / "notice.json").read_text("utf-8")) == report
    assert not list(folder.glob("*.part")) + list(folder.glob(".*.part"))


def test_a_rerun_tells_in_the_same_way(bench: Bench, folder: Path) -> None:
    add_to_config(folder, f"[notify]\ncommand = {json.dumps([sys.executable, '-c', NOTICE])}\n")
    assert bench.run(folder, "rerun", "--report", "report.json").code == 0
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert (report["sources"][0]["status"], report["sources"][0]["unchanged"]) == ("done", len(PAGES) + 1)
    assert not (folder / "notice.json").exists()
    for path in (folder / "data" / "archive").glob("*.gz"):
        path.write_bytes(b"")
    assert bench.run(folder, "rerun", "--report", "report.json").code == 3
    assert json.loads((folder / "notice.json").read_text("utf-8"))["exit_code"] == 3


def test_a_store_that_cannot_be_used_is_reported_too(bench: Bench, folder: Path) -> None:
    add_to_config(folder, f"[notify]\ncommand = {json.dumps([sys.executable, '-c', NOTICE])}\n")
    (folder / "data" / "ingest.db").write_bytes(b"no database at all" * 100)
    said = bench.run(folder, "run", "--report", "report.json", "--quiet")
    assert said.code == 1
    assert "no SQLite database" in json.loads((folder / "notice.json").read_text("utf-8"))["error"]
    assert "no SQLite database" in json.loads((folder / "report.json").read_text("utf-8"))["error"]


def test_a_notice_that_fails_changes_nothing(bench: Bench, folder: Path) -> None:
    add_to_config(folder, '[notify]\ncommand = ["/no/such/program"]\n')
    break_site(folder)
    said = bench.run(folder, "run", "--quiet")
    assert said.code == 1
    assert "notify.command" in said.err


def test_the_log_is_lines_of_json_and_rotates(bench: Bench, folder: Path) -> None:
    log = folder / "logs" / "ingest.log"
    log.parent.mkdir()
    log.write_text("x" * (MAX_BYTES - 10) + "\n", "utf-8")
    break_site(folder)
    assert bench.run(folder, "run", "--log", str(log), "--quiet").code == 1
    assert log.with_name("ingest.log.1").stat().st_size == MAX_BYTES - 9
    entries = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert entries
    assert all({"at", "level", "logger", "message"} <= entry.keys() for entry in entries)
    assert any(SOURCE in entry["message"] for entry in entries)
    assert KEPT == 5


def test_a_clock_set_back_harms_nothing(bench: Bench, folder: Path) -> None:
    shift(folder, -400)  # the run before was done by a clock that is more than a year ahead
    done = json.loads(bench.run(folder, "run", "--json").out)[0]
    assert (done["status"], done["not_modified"], done["changed"]) == ("done", len(PAGES) + 1, 0)
    bench.asked(RUN)
    bench.run(folder, "run")
    assert f"http://reports.test{page(EDITED)}" not in bench.asked(RUN)
