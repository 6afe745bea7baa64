"""Reading again: what is chosen, what differs, and which changes of a site make a revision."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from models.database.store import open_store
from models.statuses import FailureStage
from models.web import Capture, Url
from pipeline.commands.demo.server import SampleServer
from pipeline.commands.demo.site import Answer, Site, redirect
from pipeline.ledger import addresses, failures, runs
from pipeline.ledger.due import FromArchive, FromSite
from pipeline.run.rerun import Rerun
from tests.crash.stages import ADDED, EDITED, PAGES, SOURCE, WITHDRAWN, Bench, Stage, page, small_site

AT_FIRST = Stage(name="rerun", command=("rerun",))
MENDED = Stage(name="rerun", command=("rerun",), selector=True)
LATER = Stage(name="run --full", command=("run", "--full"), site="later")
DRY = Stage(name="rerun --dry-run", command=("rerun", "--dry-run"), selector=True)


def url(slug: str) -> str:
    return f"http://reports.test{page(slug)}"


def rows(folder: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "data" / "ingest.db")) as connection:
        return connection.execute(statement).fetchall()


def shown(bench: Bench, folder: Path, what: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(bench.run(folder, "show", what, "--json").out)
    return record


def hashes(folder: Path) -> dict[str, str]:
    """Return what every file holds; SQLite's shared index of readers is none of the store."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm"))]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_each_choice_takes_what_it_names(bench: Bench) -> None:
    folder = bench.place(AT_FIRST)
    store = open_store("data/ingest.db", base=folder)
    old = datetime.now(UTC) - timedelta(days=40)
    with store.begin() as connection:
        run = runs.start(connection, SOURCE, {}, "rerun", {}, datetime.now(UTC))
        in_march = connection.execute(Url.__table__.select().where(Url.url == url(EDITED))).one()
        connection.execute(update(Capture).where(Capture.url_id == in_march.id).values(retrieved_at=old))
        failures.fail(connection, run, FailureStage.EXTRACT, url(WITHDRAWN), "made to fail", 1, None, old)

        def chosen(**selection: Any) -> set[str]:
            return {due.request.url.rpartition("/")[2] for due in Rerun(**selection).due(connection, run)}

        everything = {*PAGES, "cold-kitchens.pdf"}
        assert chosen() == everything
        assert chosen(until=f"{old:%Y-%m-%d}") == {EDITED}
        assert chosen(since=f"{old:%Y-%m-%d}") == everything
        assert chosen(since=f"{old + timedelta(days=1):%Y-%m-%d}") == everything - {EDITED}
        assert chosen(since=f"{old:%Y-%m}", until=f"{old:%Y-%m}") == {EDITED}
        assert chosen(until="1999") == set()
        assert chosen(urls=(url(WITHDRAWN) + "?utm_source=mail",)) == {WITHDRAWN}
        assert chosen(failed=True) == {WITHDRAWN}
        assert chosen(kind="no such kind") == set()
        assert chosen(failed=True, until="1999") == set()
        assert all(isinstance(due.where, FromArchive) for due in Rerun().due(connection, run))
        assert all(isinstance(due.where, FromSite) for due in Rerun(fetch=True).due(connection, run))
        connection.rollback()
    store.close()
    bench.drop(folder)


def test_an_unknown_source_address_or_day_is_named(bench: Bench) -> None:
    folder = bench.place(AT_FIRST)
    for arguments, word in (
        (("--source", "nobody"), "nobody"),
        (("--url", "http://reports.test/nowhere"), "nowhere"),
        (("--since", "May"), "May"),
        (("--stage", "load"), "load"),
    ):
        said = bench.run(folder, "rerun", *arguments)
        assert said.code == 2
        assert word in said.err
    bench.drop(folder)


def test_a_dry_run_prints_old_and_new_with_their_origins_and_writes_nothing(bench: Bench) -> None:
    folder = bench.place(DRY)
    before = hashes(folder)
    said = bench.run(folder, *DRY.command)
    assert said.code == 0
    assert said.out.startswith("3 documents would differ\n  title ")
    assert "3 changed" in said.out.splitlines()[1]
    assert url(EDITED) in said.out
    assert "[selector:aside h2" in said.out
    assert "[meta:citation_title]" in said.out
    changes = [json.loads(line) for line in bench.run(folder, *DRY.command, "--json").out.splitlines()]
    assert {change["field"] for change in changes} == {"title"}
    assert {change["new_origin"].partition(":")[0] for change in changes} == {"selector"}
    one = bench.run(folder, *DRY.command, "--url", url(EDITED))
    assert one.out.startswith("1 document would differ")
    assert hashes(folder) == before
    bench.drop(folder)


def test_a_mended_selector_makes_new_revisions_and_the_old_ones_stay(bench: Bench) -> None:
    folder = bench.place(MENDED)
    old = {row[0]: row for row in rows(folder, "SELECT id, title, body, reader_version FROM revision")}
    assert bench.run(folder, "rerun").code == 0
    now = {row[0]: row for row in rows(folder, "SELECT id, title, body, reader_version FROM revision")}
    assert old.items() <= now.items()
    record = shown(bench, folder, url(EDITED))
    assert record["revision"] == 2
    first, second = record["revisions"]
    assert first["reader_version"] != second["reader_version"]
    assert first["title"] != second["title"] == record["title"]
    assert record["origins"]["title"].startswith("selector:")

    said = bench.run(folder, "show", url(EDITED), "--diff", "1", "2")
    assert f"- {first['title']}   [meta:citation_title]" in said.out
    assert bench.run(folder, "show", url(EDITED), "--diff", "1", "3").code == 2
    raw = bench.run(folder, "show", url(EDITED), "--raw")
    assert raw.out.encode() == small_site(later=False).answer("reports.test", page(EDITED)).content

    counts = rows(folder, "SELECT count(*) FROM revision")
    for stage in ("extract", "normalise"):
        assert bench.run(folder, "rerun", "--stage", stage).code == 0
    assert rows(folder, "SELECT count(*) FROM revision") == counts
    bench.drop(folder)


def everything(folder: Path) -> dict[str, list[Any]]:
    """Return all rows but the ledger's, in which every run is entered."""
    tables = [row[0] for row in rows(folder, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: rows(folder, f'SELECT * FROM "{name}"') for name in tables if name not in ("run", "sqlite_sequence")}


def test_what_reads_as_it_was_published_is_not_loaded_again(bench: Bench) -> None:
    folder = bench.place(AT_FIRST)
    before = everything(folder)
    (report,) = json.loads(bench.run(folder, "rerun", "--json").out)
    assert (report["requested"], report["unchanged"], report["changed"]) == (4, 4, 0)
    assert everything(folder) == before
    bench.drop(folder)


def change(folder: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(folder / "data" / "ingest.db")) as connection:
        connection.execute(statement, values)
        connection.commit()


def test_what_else_a_document_is_made_from_is_looked_at_too(bench: Bench) -> None:
    folder = bench.place(AT_FIRST)
    before = everything(folder)
    change(folder, "UPDATE capture SET read_as = 'by other code'")
    assert bench.run(folder, "rerun").code == 0
    assert everything(folder) == before

    said = {"publisher": {"value": "The Press", "raw": "The Press", "origin": "feed:publisher"}}
    change(folder, "UPDATE url SET said = ? WHERE url = ?", json.dumps(said), url(EDITED))
    shown = bench.run(folder, "rerun", "--dry-run").out
    assert shown.startswith("1 document would differ\n  publisher ")
    assert "The Press   [feed:publisher]" in shown
    bench.drop(folder)


def test_all_is_read_to_the_end_where_something_was_left_or_had_failed(bench: Bench) -> None:
    folder = bench.place(AT_FIRST)
    store = open_store("data/ingest.db", base=folder)
    with store.begin() as connection:
        run = runs.start(connection, SOURCE, {}, "rerun", {}, datetime.now(UTC))
        assert {due.published is not None for due in Rerun().due(connection, run)} == {True}
        failures.fail(connection, run, FailureStage.EXTRACT, url(EDITED), "made to fail", 1, None, datetime.now(UTC))
        failed = {due.request.url for due in Rerun().due(connection, run) if due.published is None}
        assert failed == {url(EDITED)}
        next_run = runs.start(connection, SOURCE, {}, "rerun", {}, datetime.now(UTC))
        assert {due.published for due in Rerun().due(connection, next_run)} == {None}
        assert {due.published for due in Rerun(fetch=True).due(connection, run)} == {None}
        connection.rollback()
    store.close()
    bench.drop(folder)


def test_fetched_again_an_edit_is_a_revision_and_what_is_gone_keeps_its_text(bench: Bench) -> None:
    folder = bench.place(LATER)
    assert bench.run(folder, "rerun", "--fetch").code == 0
    assert shown(bench, folder, url(EDITED))["revision"] == 2
    gone = shown(bench, folder, url(WITHDRAWN))
    assert gone["status"] == "gone"
    assert gone["body"]
    assert gone["gone_at"].startswith(f"{datetime.now(UTC):%Y-%m}")
    assert f"gone since {gone['gone_at'][:10]}" in bench.run(folder, "show", url(WITHDRAWN)).out
    edit = bench.run(folder, "show", url(EDITED), "--diff", "1", "2").out
    assert "The count was done again." in edit
    assert "would" not in edit
    assert "say the same" in bench.run(folder, "show", url(EDITED), "--diff", "2", "2").out
    assert bench.run(folder, "show", url(ADDED)).code == 2  # a rerun finds nothing new
    bench.drop(folder)


class Nervous(Site):
    """A site whose pages differ with every request, in all but what they say."""

    def __init__(self, origin: Site) -> None:
        super().__init__(origin.documents)
        self.broken, self.asked = [], 0

    def answer(self, host: str, target: str) -> Answer:
        answer = super().answer(host, target)
        if b"</body>" not in answer.content:
            return answer
        self.asked += 1
        noise = (
            f'<div class="cookie-banner"><p>We use cookies. Offer {self.asked} ends today.</p></div>'
            f'<form><input type="hidden" name="csrf" value="{self.asked:032x}"></form>'
            f'<footer><p class="clock">Page made at 10:{self.asked:02}, in 0.{self.asked} s</p></footer></body>'
        )
        return Answer(content=answer.content.replace(b"</body>", noise.encode()), media_type=answer.media_type)


class Moved(Site):
    """The site after a redesign: every page at a new address, the old ones redirect."""

    def __init__(self, origin: Site) -> None:
        super().__init__(origin.documents)
        self.broken = []

    def answer(self, host: str, target: str) -> Answer:
        if target.startswith("/publications/"):
            return redirect(target.replace("/publications/", "/library/"))
        answer = super().answer(host, target.replace("/library/", "/publications/"))
        if answer.media_type == "application/pdf":
            return answer
        return Answer(
            status=answer.status,
            content=answer.content.replace(b"/publications/", b"/library/"),
            media_type=answer.media_type,
        )


@pytest.fixture
def run_on(bench: Bench) -> Iterator[Any]:
    """Run the first store's source, asking for all, on another site."""
    folder = bench.place(AT_FIRST)

    def run(site: Site) -> Path:
        with SampleServer(site, port=0) as server:
            text = (folder / "config.toml").read_text("utf-8")
            lines = [line for line in text.split("\n") if not line.startswith("resolve = ")]
            hosts = ", ".join(f'"{host}" = "{address}"' for host, address in server.resolve.items())
            lines.insert(lines.index("[http]") + 1, f"resolve = {{ {hosts} }}")
            (folder / "config.toml").write_text("\n".join(lines), "utf-8")
            assert bench.run(folder, "run", "--full").code == 0
        return folder

    yield run
    bench.drop(folder)


def test_clocks_tokens_and_banners_make_no_revision(run_on: Any) -> None:
    site = Nervous(small_site(later=False))
    folder = run_on(site)
    before = rows(folder, "SELECT max(number), count(*) FROM revision")
    captured = rows(folder, "SELECT count(*) FROM capture")[0][0]
    run_on(site)
    assert rows(folder, "SELECT max(number), count(*) FROM revision") == before
    assert rows(folder, "SELECT count(*) FROM capture")[0][0] == captured + 3  # the bytes are kept all the same


def test_a_redesign_makes_aliases_not_duplicates(bench: Bench, run_on: Any) -> None:
    folder = run_on(Moved(small_site(later=False)))
    assert rows(folder, "SELECT count(*) FROM document WHERE merged_into_id IS NULL") == [(4,)]
    old, new = url(EDITED), url(EDITED).replace("publications", "library")
    assert shown(bench, folder, old)["id"] == shown(bench, folder, new)["id"]
    assert len(bench.content(folder, AT_FIRST)["records"]) == 4
    assert not rows(folder, "SELECT 1 FROM document WHERE status = 'gone' AND merged_into_id IS NULL")


def test_what_a_clock_that_went_wrong_put_off_is_asked_for_soon(bench: Bench) -> None:
    folder = bench.place(AT_FIRST)
    store = open_store("data/ingest.db", base=folder)
    now = datetime.now(UTC)
    with store.begin() as connection:
        assert addresses.due(connection, runs.start(connection, SOURCE, {}, "run", {}, now), now, full=False) == []
        ahead = now + timedelta(days=2000)
        connection.execute(update(Url).values(requested_at=ahead, due_at=ahead + timedelta(days=1)))
        run = runs.start(connection, SOURCE, {}, "run", {}, now)
        assert len(addresses.due(connection, run, now, full=False)) == 4
        assert addresses.not_ahead(ahead.isoformat(), now) is None
        assert addresses.not_ahead((now - timedelta(days=1)).isoformat(), now) is not None
        connection.rollback()
    store.close()
    bench.drop(folder)
