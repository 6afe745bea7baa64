"""Read an archive of many documents again, and ask a site on which nothing changed for all that is known of it.

python -m tests.benchmarks.speed.rerun                      # rerun --dry-run over 500 documents, run --full over 200
python -m tests.benchmarks.speed.rerun --documents 10000 --site 1000

The archive is filled with made pages of about 20 kB, each read once in this process: the CPU time of that is
"extraction alone", and what it says is loaded. `ingest rerun --dry-run` must then find no difference, write nothing
(every file's hash is compared), show progress on its terminal, and take at most 20 % more CPU a document in all of its
processes together. The memory is that of the largest process, and of all together (PSS: shared pages counted once).
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import pty
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from models.database.store import open_store
from models.statuses import RunStatus
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.extract.version import code_basis, reader_version
from pipeline.extract.worker import Shipment, document
from pipeline.fetch.settings import Fetched
from pipeline.ledger import addresses, runs
from pipeline.ledger.due import Due, Result
from pipeline.ledger.transactions import Transactions
from pipeline.ledger.writer import Writer
from pipeline.load.publish import publish
from scrapers.base import Link, Page
from tests.pipeline.workplace import INGEST, toml
from tests.sites import documents

HOST = "scale.test"
CONTENT = (
    "document",
    "revision",
    "revision_author",
    "provenance",
    "document_alias",
    "attachment",
    "capture",
    "payload",
)
PER_PAGE = 50


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=500, help="in the archive that is read again")
    parser.add_argument("--site", type=int, default=200, help="on the site that does not change")
    options = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as folder:
        if options.documents:
            good &= read_again(Path(folder), options.documents)
    with tempfile.TemporaryDirectory() as folder:
        if options.site:
            good &= ask_again(Path(folder), options.site)
    return 0 if good else 1


def made_page(number: int) -> bytes:
    """Return a page as sites have them: menus, a text of twenty paragraphs, related items, a footer."""
    item = documents.document(number)
    menu = "".join(f"<li><a href='/topics/{n}'>Topic {n} and its places</a></li>" for n in range(60))
    text = "".join(f"<p>{escape(words)} ({part}.{number})</p>" for part in range(8) for words in item.paragraphs)
    related = "".join(f"<li><a href='/d/{other}'>Another report, number {other}</a></li>" for other in range(20))
    return (
        f"<!DOCTYPE html><html lang='{item.language}'><head><meta charset='utf-8'><title>{escape(item.title)} | Scale"
        f"</title></head><body><header><a href='/'>Scale</a><nav><ul>{menu}</ul></nav></header><main><article><h1>"
        f"{escape(item.title)}</h1><p class='meta'>Author: {escape(', '.join(item.authors))}</p><p class='meta'>"
        f"PublishedAs on: {item.date}</p>{text}</article></main><section class='related'><ul>{related}</ul>"
        f"</section><footer><ul>{menu}</ul></footer></body></html>"
    ).encode()


def read_again(folder: Path, count: int) -> bool:
    """Measure `rerun --dry-run` over an archive; print figures and return whether they are good."""
    source = {"start": f"http://{HOST}/", "follow": "h3 a"}
    tables = {"http": {"resolve": {HOST: "127.0.0.1:1"}, "contact": "x@example.org"}, "sources": {"scale": source}}
    (folder / "config.toml").write_text(toml(tables), "utf-8")
    size, alone = asyncio.run(fill(folder, count))
    before = hashes(folder)
    measured = Measured([*INGEST, "rerun", "--dry-run"], folder)
    untouched = hashes(folder) == before
    share = measured.cpu / alone - 1
    print(f"rerun --dry-run over {count} archived pages of {size / count / 1000:.0f} kB")
    print(f"  ended with {measured.code}: {measured.out.splitlines()[0] if measured.out else measured.terminal[-300:]}")
    print(f"  progress shown: {measured.shown(count)} counts on the terminal, the last {measured.last(count)}")
    print(f"  files unchanged: {untouched}")
    print(f"  memory: largest process {measured.largest / 1e6:.0f} MB, all together {measured.together / 1e6:.0f} MB")
    print(f"  CPU a document: {measured.cpu / count * 1000:.1f} ms, extraction alone {alone / count * 1000:.1f} ms,")
    print(f"  {share:+.1%}; {measured.seconds:.0f} s in all", flush=True)
    unchanged = measured.out.startswith("0 documents would differ")
    return measured.code == 0 and untouched and unchanged and measured.together < 300e6 and share <= 0.2


async def fill(folder: Path, count: int) -> tuple[int, float]:
    """Archive and load that many pages; return their size and the CPU time that reading them took."""
    config = load(folder / "config.toml")
    rules = config.sources["scale"].rules("scale", config.extract)
    store = open_store(config.store.database, base=config.base)
    now = datetime.now(UTC)
    with store.begin() as connection:
        run = runs.start(connection, "scale", config.sources["scale"].model_dump(mode="json"), "run", {}, now)
        links = [Link(url=f"http://{HOST}/d/{number}", text="") for number in range(count)]
        addresses.add_links(connection, run.source_id, links, "document", now)
        due = addresses.due(connection, run, now, full=True)
    size, cpu = 0, 0.0
    version = reader_version(rules)
    with Archive(config.archive, software="benchmark") as archive:
        async with (
            Transactions(store) as transactions,
            Writer(transactions, archive, lambda: datetime.now(UTC)) as writer,
        ):

            async def keep(item: Due) -> None:
                nonlocal size, cpu
                page = archived(item)
                size += len(page.content)
                began = time.process_time()
                reading = document(Shipment(page=page), rules)
                cpu += time.process_time() - began
                fetched = Fetched(url=page.url, final_url=page.final_url, page=page, status=200)
                result = Result(due=item, fetched=fetched, reading=reading)
                await writer.put(run, result, reader_version=version, revisit_days=30)

            document(Shipment(page=archived(due[0])), rules)  # what is loaded once is no cost of a document
            for at in range(0, len(due), 50):
                await asyncio.gather(*(keep(item) for item in due[at : at + 50]))
    publish(store, run, revisit_days=30, now=lambda: datetime.now(UTC), basis=code_basis(rules))
    with store.begin() as connection:
        runs.finish(connection, run, RunStatus.DONE, {}, [], datetime.now(UTC))
    store.close()
    return size, cpu


def archived(item: Due) -> Page:
    content = made_page(int(item.request.url.rpartition("/")[2]) + 1)
    return Page(
        url=item.request.url,
        final_url=item.request.url,
        media_type="text/html",
        content=content,
        retrieved_at=datetime.now(UTC),
        sha256=hashlib.sha256(content).hexdigest(),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )


def hashes(folder: Path) -> dict[str, str]:
    """Return each file's hash; SQLite's index of readers (-shm) and its empty log are none of the content."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if not path.name.endswith("-shm") and path.stat().st_size:
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


class Measured:
    """A command with a terminal for its messages: what it said, and what all of its processes took."""

    def __init__(self, command: list[str], folder: Path) -> None:
        terminal, theirs = pty.openpty()
        self.terminal, self.out = "", ""
        self._cpu: dict[int, float] = {}
        self.largest = self.together = 0
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=theirs, text=True, start_new_session=True
        )
        os.close(theirs)
        readers = [
            threading.Thread(target=self._listen, args=(terminal,)),
            threading.Thread(target=self._read, args=(process,)),
        ]
        for reader in readers:
            reader.start()
        while process.poll() is None:
            self._look(process.pid)
            time.sleep(0.25)
        for reader in readers:
            reader.join(5)
        own = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._cpu[process.pid] = max(self._cpu.get(process.pid, 0), own.ru_utime + own.ru_stime)
        self.code, self.seconds = process.returncode, time.monotonic() - began
        self.cpu = sum(self._cpu.values())

    def shown(self, total: int) -> int:
        """Return how many different counts out of the total the terminal showed."""
        return len(set(re.findall(rf"(\d+)/{total}\b", self.terminal)))

    def last(self, total: int) -> str:
        counts = re.findall(rf"\d+/{total}\b", self.terminal)
        return counts[-1] if counts else "none"

    def _listen(self, terminal: int) -> None:
        while True:
            try:
                piece = os.read(terminal, 1 << 16)
            except OSError:  # the other end is closed
                return
            self.terminal = self.terminal[-1_000_000:] + piece.decode("utf-8", "replace")

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.out = process.stdout.read()

    def _look(self, session: int) -> None:
        """Note what every process of the session has taken by now; one that ends is counted as last seen."""
        ticks, together = os.sysconf("SC_CLK_TCK"), 0
        for path in Path("/proc").glob("[0-9]*"):
            try:
                fields = (path / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) != session:
                    continue
                memory = dict(
                    line.split(":", 1) for line in (path / "smaps_rollup").read_text().split("\n")[1:] if ":" in line
                )
            except (OSError, ValueError):
                continue  # it has ended
            self._cpu[int(path.name)] = (int(fields[11]) + int(fields[12])) / ticks
            self.largest = max(self.largest, int(memory["Rss"].split()[0]) * 1024)
            together += int(memory["Pss"].split()[0]) * 1024
        self.together = max(self.together, together)


def ask_again(folder: Path, count: int) -> bool:
    """Run a source, then again with --full; print figures of the second time and return whether they are good."""
    with Unchanging(count) as site:
        source = {"start": f"http://{HOST}/list/1", "follow": "h3 a", "next_page": "a.next"}
        http = {"resolve": {HOST: site.address}, "contact": "x@example.org", "delay_seconds": 0.0}
        (folder / "config.toml").write_text(toml({"http": http, "sources": {"scale": source}}), "utf-8")
        subprocess.run([*INGEST, "run", "--quiet"], cwd=folder, check=True)
        before = content(folder)
        site.forget()
        done = subprocess.run([*INGEST, "run", "--full", "--json", "--quiet"], cwd=folder, stdout=subprocess.PIPE)
        report = json.loads(done.stdout)[0]
        same = content(folder) == before
    asked = [one for one in site.asked if one[0].startswith("/d/")]
    others = [one for one in site.asked if not one[0].startswith("/d/")]
    conditional, body = sum(one[1] for one in asked), sum(one[2] for one in asked)
    print(f"run --full over an unchanged site of {count} documents: ended with {done.returncode}")
    print(f"  documents: {len(asked)} requests, {conditional} of them conditional, {body} bytes of body")
    print(f"  robots.txt and listing: {len(others)} requests, {sum(one[2] for one in others)} bytes of body")
    print(f"  {report['not_modified']} not modified, {report['new']} new, {report['changed']} changed")
    print(f"  tables of content unchanged: {same}", flush=True)
    return done.returncode == 0 and same and len(asked) == conditional == count and not body


def content(folder: Path) -> dict[str, str]:
    """Return a hash of every table that holds content."""
    with closing(sqlite3.connect(folder / "data" / "ingest.db")) as connection:
        return {
            table: hashlib.sha256(repr(connection.execute(f"SELECT * FROM {table}").fetchall()).encode()).hexdigest()
            for table in CONTENT
        }


class Unchanging:
    """A site of made pages, with validators; it notes what it was asked: path, whether conditionally, bytes sent."""

    def __init__(self, count: int) -> None:
        self.asked: list[tuple[str, bool, int]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                content = owner.answer(self.path, count)
                etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"' if content else ""
                validator = self.headers.get("If-None-Match")
                unchanged = bool(etag) and validator == etag
                body = b"" if unchanged else content
                owner.asked.append((self.path, validator is not None, len(body)))
                self.send_response(304 if unchanged else 200 if content else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if etag:
                    self.send_header("ETag", etag)
                if not unchanged:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Unchanging:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        self.asked.clear()

    def answer(self, path: str, count: int) -> bytes:
        kind, _, number = path.strip("/").partition("/")
        if kind == "d":
            return made_page(int(number) + 1)
        if kind != "list":
            return b""
        first = (int(number) - 1) * PER_PAGE
        cards = "".join(f"<h3><a href='/d/{n}'>Report {n}</a></h3>" for n in range(first, min(first + PER_PAGE, count)))
        onward = f"<a class='next' href='/list/{int(number) + 1}'>Next</a>" if first + PER_PAGE < count else ""
        return f"<html><body><h1>All reports</h1>{cards}{onward}</body></html>".encode()


if __name__ == "__main__":
    sys.exit(main())
