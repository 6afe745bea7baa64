"""The stages of a small run: what each begins with, its command, and what must hold after it was killed and run again.

The site is a part of the bundled sample: three pages and a file, then as it stands after a page was edited, one
withdrawn and one added. Another one has ten pages under one title, which a run is held back for.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from pipeline.commands.demo.config import configuration
from pipeline.commands.demo.documents import documents
from pipeline.commands.demo.server import SampleServer
from pipeline.commands.demo.site import Site
from tests.crash.launcher import Launcher, Outcome, temporary_of
from tests.pipeline.workplace import lines, toml

SOURCE = "sample-reports"
PAGES = ("counting-the-uncounted", "a-year-of-cold-kitchens", "el-turno-de-la-luna")
ADDED, WITHDRAWN, EDITED = "le-sable-et-la-digue", "el-turno-de-la-luna", "counting-the-uncounted"
TABLES = (
    *("document", "revision", "document_alias", "attachment", "payload", "capture", "failure", "staged"),
    "text_mark",
)
SETTLED = re.compile(
    r"config\.toml|data/ingest\.db(-wal|-shm|\.schema-\w+\.bak)?|data/archive/ingest-[\w-]+\.warc\.gz|data/archive/locks/[\w-]+\.lock"
    r"|out\.(jsonl|csv|parquet)|kept/ingest\.db|kept/archive/ingest-[\w-]+\.warc\.gz|migrations/.*"
)
"""The files that may be there when all is done; -wal and -shm are parts of an SQLite store that was read."""

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{held}"
def upgrade():
    op.add_column("source", sa.Column("added", sa.String()))
    op.create_table("noted", sa.Column("id", sa.Integer, primary_key=True), sa.Column("words", sa.String()))
    op.execute("INSERT INTO noted (words) SELECT canonical_url FROM document")
    op.execute("UPDATE source SET added = 'yes'")
"""


def page(slug: str) -> str:
    return f"/publications/{slug}"


def small_site(*, later: bool) -> Site:
    """Return the site at first, or as it stands later."""
    known = {document.path: document for document in documents()}
    site = Site([known[page(slug)] for slug in PAGES])
    site.broken = []
    if later:
        site.add(known[page(ADDED)])
        site.remove(page(WITHDRAWN))
        site.change(page(EDITED), body="The count was done again.\n\nIt came to other figures than before.")
    return site


def alike_site() -> Site:
    """Return a site of which every page has one title."""
    pages = [document for document in documents() if document.path.startswith("/publications/")][:10]
    site = Site(pages)
    site.broken = []
    for document in pages:
        site.change(document.path, title="Publications of the Institute")
    return site


@contextmanager
def served() -> Iterator[dict[str, SampleServer]]:
    """Serve the sites side by side, by name."""
    sites = {"first": small_site(later=False), "later": small_site(later=True), "alike": alike_site()}
    with ExitStack() as stack:
        yield {name: stack.enter_context(SampleServer(site, port=0)) for name, site in sites.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One command of which every write is killed once."""

    name: str
    command: tuple[str, ...]
    store: str = "first"
    """What it begins with: nothing, first (one run was done), later (two), or held (one, which was held back)."""
    site: str = "first"
    again: tuple[str, ...] = ()
    """What ends what was cut short; the same command where empty."""
    ends: tuple[int, ...] = (0, 3)
    """What that may end with."""
    selector: bool = False
    """Whether the configuration names a title's selector by now."""

    @property
    def plain(self) -> tuple[str, ...]:
        return self.again or self.command


STAGES = (
    Stage(name="run", command=("run",), store="nothing"),
    Stage(name="run --full", command=("run", "--full"), site="later"),
    Stage(name="rerun", command=("rerun",), selector=True),
    Stage(name="rerun --dry-run", command=("rerun", "--dry-run"), selector=True),
    # 2: it was done before the kill
    Stage(name="accept", command=("runs", "1", "--accept"), store="held", site="alike", ends=(0, 2)),
    Stage(name="reject", command=("runs", "1", "--reject"), store="held", site="alike", ends=(0, 2)),
    Stage(name="migrate", command=("upgrade-with", "data/ingest.db", "migrations")),
    Stage(name="export .jsonl", command=("export", "out.jsonl")),
    Stage(name="export .csv", command=("export", "out.csv")),
    Stage(name="export .parquet", command=("export", "out.parquet")),
    Stage(name="backup", command=("backup", "kept")),
    Stage(name="forget", command=("forget", f"http://reports.test{page(EDITED)}")),
    Stage(name="prune", command=("archive", "prune", "--before", "2100"), store="later", site="later"),
)


class Bench:
    """Folders that begin alike, and what becomes of each.

    Args:
        folder: Where all of them are made.
        database: Makes the address of a new, empty database; None is SQLite.
    """

    def __init__(
        self,
        folder: Path,
        launcher: Launcher,
        servers: dict[str, SampleServer],
        database: Callable[[str | None], str] | None = None,
    ) -> None:
        self._folder, self._launcher, self._database = folder, launcher, database
        self._servers = servers
        self._begun: dict[str, Path] = {}
        self._addresses: dict[Path, str] = {}
        self._count = 0

    def place(self, stage: Stage) -> Path:
        """Return a new folder in which the stage can begin."""
        folder = self._new(self._beginning(stage.store))
        self._configure(folder, stage.site, selector=stage.selector)
        if stage.name == "migrate":
            _later_schema(folder / "migrations")
        return folder

    def run(self, folder: Path, *arguments: str, **kill: Any) -> Outcome:
        return self._launcher.run(folder, *arguments, **kill)

    def drop(self, folder: Path) -> None:
        """Remove a folder and what lies beside it."""
        shutil.rmtree(folder)
        for path in self._folder.glob(f"{folder.name}[.-]*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def server(self, stage: Stage) -> SampleServer:
        """Return what serves the stage's site."""
        return self._servers[stage.site]

    def asked(self, stage: Stage) -> set[str]:
        """Return the addresses that were asked for since the last time."""
        server = self.server(stage)
        urls = {f"http://{host}{target}" for host, target in server.requests}
        server.requests.clear()
        return urls

    def committed(self, folder: Path) -> set[str]:
        """Return the addresses whose answers a run that was cut short has committed."""
        asked = "SELECT url FROM url WHERE requested_at >= (SELECT min(started_at) FROM run WHERE status = 'running')"
        if folder in self._addresses:
            return {row[0] for row in self._query(folder, asked)}
        if not (folder / "data").exists():
            return set()
        copy = folder.with_name(f"{folder.name}-copy")  # looking at the store itself would heal it
        shutil.copytree(folder / "data", copy / "data", ignore=shutil.ignore_patterns("archive"))
        with closing(sqlite3.connect(copy / "data" / "ingest.db")) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'url'").fetchall():
                return set()
            return {row[0] for row in connection.execute(asked)}

    def faults(self, folder: Path) -> list[str]:
        """Return what is not as it must be, whatever the command was."""
        found = []
        if self._database is None:
            with closing(sqlite3.connect(folder / "data" / "ingest.db")) as connection:
                found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
                found += [f"foreign key of {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
        verified = self.run(folder, "archive", "verify")
        if verified.code and not (folder / "migrations").exists():  # its schema is newer than this code's
            found.append(f"archive verify: {verified.code} {verified.out} {verified.err}")
        left = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        found += [f"{name} is left" for name in left if not SETTLED.fullmatch(name)]
        found += [f"{path.name} is left" for path in temporary_of(folder).iterdir()]
        if (folder / "kept").exists():
            with closing(sqlite3.connect(folder / "kept" / "ingest.db")) as connection:
                found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
                for name, length in connection.execute("SELECT name, committed_length FROM warc_file"):
                    if (folder / "kept" / "archive" / name).stat().st_size < length:
                        found.append(f"the backup's {name} is short")
        return found

    def content(self, folder: Path, stage: Stage) -> dict[str, Any]:
        """Return all that two runs must have in common."""
        kept = {name: (folder / name).read_bytes() for name in stage.command if name.startswith("out.")}
        if stage.name == "migrate":
            return _whole(folder / "data")
        assert self.run(folder, "export", "out.jsonl").code == 0
        records = [json.loads(line) for line in lines(folder / "out.jsonl")]
        for record in records:
            for key in ("id", "retrieved_at", "first_seen_at"):
                del record[key]
        counts = {table: self._query(folder, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
        runs = self._query(folder, "SELECT count(*) FROM run WHERE status IN ('running', 'held')")[0][0]
        backup = sorted(path.name for path in (folder / "kept" / "archive").glob("*"))
        return {"records": records, "counts": counts, "running": runs, "kept": len(backup), **kept}

    def _query(self, folder: Path, statement: str) -> list[Any]:
        engine = create_engine(self._addresses.get(folder) or f"sqlite:///{folder / 'data' / 'ingest.db'}")
        try:
            with engine.connect() as connection:
                return list(connection.execute(text(statement)))
        finally:
            engine.dispose()

    def _beginning(self, store: str) -> Path:
        """Return the folder that every stage with this store begins as."""
        if store not in self._begun:
            before = {"nothing": None, "first": "nothing", "later": "first", "held": "nothing"}[store]
            folder = self._new(self._beginning(before) if before else None)
            if before:
                self._configure(folder, "alike" if store == "held" else store, selector=False)
                done = self.run(folder, "run", "--full")
                assert done.code in ((4,) if store == "held" else (0, 3)), done
            elif self._database is not None:
                (folder / "config.toml").write_text(toml({"store": {"database": self._addresses[folder]}}), "utf-8")
                assert self.run(folder, "db", "upgrade").code == 0
            self._begun[store] = folder
        return self._begun[store]

    def _new(self, origin: Path | None) -> Path:
        self._count += 1
        folder = self._folder / f"place{self._count}"
        if origin is None:
            folder.mkdir()
        else:
            shutil.copytree(origin, folder)
        if self._database is not None:
            self._addresses[folder] = self._database(self._addresses[origin] if origin else None)
        return folder

    def _configure(self, folder: Path, site: str, *, selector: bool) -> None:
        tables = configuration(self._servers[site].resolve)
        source = tables["sources"][SOURCE] | ({"title": "aside h2"} if selector else {})
        store = {"database": self._addresses[folder]} if folder in self._addresses else {}
        tables |= {"store": store, "sources": {SOURCE: source}, "extract": {"ocr": "off", "workers": 1}}
        # On PostgreSQL a host rests for this time after a process was killed, which may have been asking it.
        tables["http"] = tables["http"] | {"timeout_seconds": 3}
        (folder / "config.toml").write_text(toml(tables), "utf-8")


def _whole(folder: Path) -> dict[str, Any]:
    """Return every row of a store, and of the copy that was made before its schema was changed."""
    content: dict[str, Any] = {}
    for path in sorted(folder.glob("ingest.db*")):
        if path.name.endswith(("-wal", "-shm")):
            continue
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
            for name, statement in tables.fetchall():
                rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                content[f"{path.name}: {name}"] = (statement, sorted(map(repr, rows)))
    return content


def _later_schema(folder: Path) -> None:
    """Write the schema's history with one revision more."""
    from models.migrations import FOLDER, revisions

    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_next.py").write_text(NEXT.format(held=revisions(FOLDER)[-1]), "utf-8")


def ordinary(bench: Bench, stage: Stage) -> tuple[dict[str, Any], int, float]:
    """Return what an undisturbed command and its repetition leave, and the writes and seconds that it takes."""
    folder = bench.place(stage)
    began = time.monotonic()
    done = bench.run(folder, *stage.command)
    seconds = time.monotonic() - began
    assert done.code in (0, 3), done
    bench.run(folder, *stage.plain)
    content = bench.content(folder, stage)
    assert not (faults := bench.faults(folder)), faults
    bench.drop(folder)
    return content, done.steps, seconds


def killed(bench: Bench, stage: Stage, expected: dict[str, Any], **kill: Any) -> tuple[Outcome, list[str]]:
    """Kill the stage's command once, run it again, and return how it was killed and what is wrong then."""
    folder = bench.place(stage)
    outcome = bench.run(folder, *stage.command, **kill)
    bench.asked(stage)
    committed = bench.committed(folder) if outcome.killed and stage.command[0] == "run" else set()
    again = bench.run(folder, *stage.plain)
    faults = [f"asked for twice: {url}" for url in sorted(bench.asked(stage) & committed)]
    if again.code not in stage.ends:
        faults.append(f"the plain command ended with {again.code}: {again.out} {again.err}")
    content = bench.content(folder, stage)
    faults += [f"differs in {key}" for key in expected if content.get(key) != expected[key]]
    faults += bench.faults(folder)
    if not faults:
        bench.drop(folder)
    return outcome, faults
