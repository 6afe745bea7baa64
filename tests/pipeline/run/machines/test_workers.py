"""Workers share a store: all is fetched once, politely over all processes, whatever worker is lost on the way."""

from __future__ import annotations

import json
import re
import signal
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from models.database.store import open_store
from models.ledger import Run
from models.statuses import RunStatus
from models.web import OpenAddress
from pipeline.run.machines.tickets import make_queue
from tests.crash.launcher import Started
from tests.pipeline.workplace import Workplace
from tests.sites.keyed import KeyedSite

HOSTS = ("one.test", "two.test", "three.test")
DOCUMENTS = 6
DELAY = 0.05
SECONDS = 120
"""After which a worker is taken to hang."""


class Small(KeyedSite):
    """A few documents, on three pages of its listing."""

    def __init__(self, count: int) -> None:
        self.count, self.per_page = count, -(-count // 3)
        super().__init__()


class Server:
    """Some hosts on one port; logs each request with its host, its path, its begin and its end."""

    def __init__(self, documents: int = DOCUMENTS) -> None:
        self.log: list[tuple[str, str, float, float]] = []
        self.site = Small(documents)
        self.hold = threading.Event()
        """While it is not set, documents are not answered for."""
        self.hold.set()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                began = time.monotonic()
                parts = urlsplit(self.path)
                if "/d/" in parts.path:
                    server.hold.wait(4)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                answer = server.site.answer(parts.path, query)
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                server.log.append((self.headers["Host"], self.path, began, time.monotonic()))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(BrokenPipeError, ConnectionResetError):  # the client may have been killed
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        socketserver.TCPServer.allow_reuse_address = True
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.http.server_address[1]}"

    def documents(self) -> Counter[tuple[str, str]]:
        """Return how often each document was asked for."""
        return Counter((host, path) for host, path, _, _ in self.log if "/d/" in path)

    def check_politeness(self) -> None:
        """Fail where two requests to a host overlapped, or came closer together than the delay."""
        for host in HOSTS:
            times = sorted((began, ended) for name, _, began, ended in self.log if name == host)
            gaps = [later[0] - earlier[1] for earlier, later in pairwise(times)]
            assert all(gap >= DELAY * 0.95 for gap in gaps), (host, min(gaps))


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, daemon=True)
    thread.start()
    yield server
    server.hold.set()
    server.http.shutdown()
    server.http.server_close()


def place(folder: Path, server: Server, database: str) -> Workplace:
    folder.mkdir()
    return Workplace(
        folder,
        {
            "store": {"database": database},
            "http": {
                "contact": "a@b.example",
                "delay_seconds": DELAY,
                "allow_addresses": ["127.0.0.1"],
                "resolve": dict.fromkeys(HOSTS, server.address),
                "retries": 0,
                "timeout_seconds": 10,
            },
            "extract": {"workers": 1},
            "sources": {
                name.partition(".")[0]: {"start": f"http://{name}/first/library", "exclude": "*/first/other/*"}
                for name in HOSTS
            },
        },
    )


@pytest.fixture
def shared_store(postgres_url: str) -> str:
    store = open_store(postgres_url, base=Path())
    make_queue(store)
    with store.begin() as connection:
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")
    store.close()
    return postgres_url


@contextmanager
def working(places: list[Workplace], *options: str) -> Iterator[list[Started]]:
    workers = [place.beside("worker", "--at-once", "8", "--log", "worker.jsonl", *options) for place in places]
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.poll() is None:
                worker.kill()
            worker.communicate()


def ended(worker: Started, code: int = 0) -> None:
    out, err = worker.communicate(timeout=SECONDS)
    assert worker.returncode == code, out + err
    assert "Traceback" not in err, err


def runs(database: str) -> list[tuple[Any, ...]]:
    store = open_store(database, base=Path())
    with store.read() as connection:
        found = [tuple(row) for row in connection.execute(select(Run.status, Run.counts).order_by(Run.id))]
        assert connection.execute(select(OpenAddress)).all() == []
    store.close()
    return found


def wait_until(found: Any) -> None:
    deadline = time.monotonic() + SECONDS
    while not found():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def test_two_workers_do_all_once_and_politely(server: Server, shared_store: str, tmp_path: Path) -> None:
    one, other = (place(tmp_path / name, server, shared_store) for name in ("one", "other"))
    told = one.ingest("run", "--enqueue").stderr
    assert "one: handed to the workers" in told
    assert "one: waits for a worker already" in one.ingest("run", "--enqueue", "one").stderr
    with working([one, other], "--until-idle") as workers:
        for worker in workers:
            ended(worker)
    server.check_politeness()
    assert set(server.documents().values()) == {1}
    assert len(server.documents()) == len(HOSTS) * DOCUMENTS
    assert [(status, counts["requested"], counts["new"]) for status, counts in runs(shared_store)] == [
        (RunStatus.DONE, DOCUMENTS, DOCUMENTS)
    ] * len(HOSTS)
    alone = place(tmp_path / "alone", server, "data/ingest.db")
    alone.ingest("run", "--quiet")
    assert one.documents() == alone.documents()


def test_a_run_beside_workers_leads_and_waits(server: Server, shared_store: str, tmp_path: Path) -> None:
    one, other = (place(tmp_path / name, server, shared_store) for name in ("one", "other"))
    with working([other]) as (worker,):
        wait_until(lambda: _workers(shared_store))
        reports = json.loads(one.ingest("run", "two", "--json").stdout)
        assert [(report["status"], report["requested"], report["new"]) for report in reports] == [
            ("done", DOCUMENTS, DOCUMENTS)
        ]
        assert not list((one.folder / "data" / "archive").glob("*.warc.gz")), "the worker archives what it fetches"
        worker.send_signal(signal.SIGTERM)
        ended(worker, 128 + signal.SIGTERM)
    assert set(server.documents().values()) == {1}


@pytest.mark.nightly
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_lost_or_stopped_worker_had_begun_is_taken_up(
    server: Server, shared_store: str, tmp_path: Path, end: signal.Signals
) -> None:
    one, other = (place(tmp_path / name, server, shared_store) for name in ("one", "other"))
    server.hold.clear()
    one.ingest("run", "--enqueue")
    with working([one]) as (worker,):
        wait_until(lambda: len([entry for entry in server.log if "library" in entry[1]]) >= len(HOSTS))
        wait_until(lambda: _leases(shared_store))
        told = other.ingest("status").stdout
        assert re.search(r"workers: 1; \d+ addresses of \d hosts are open", told), told
        assert re.search(r"\.test: 6 open, worked on by process \d+ on .* since", told), told
        worker.send_signal(end)
        worker.wait(SECONDS)
        assert worker.returncode == (-end if end is signal.SIGKILL else 128 + end)
    server.hold.set()
    with working([other], "--until-idle") as (worker,):
        ended(worker)
    assert len(server.documents()) == len(HOSTS) * DOCUMENTS
    assert {status for status, _ in runs(shared_store)} <= {RunStatus.DONE, RunStatus.INTERRUPTED}
    alone = place(tmp_path / "alone", server, "data/ingest.db")
    alone.ingest("run", "--quiet")
    assert other.documents() == alone.documents()


def test_what_compose_and_systemd_call_is_what_there_is(server: Server, shared_store: str, tmp_path: Path) -> None:
    """The commands of the deployment's documents, run without containers: one after the other, and two workers."""
    docs = Path(__file__).parents[4] / "docs"
    services = r"^  (\w+):\n(?:    [^\n]*\n)*?    command: (\[.*\])$"
    called = dict(re.findall(services, (docs / "compose.yaml").read_text("utf-8"), re.M))
    assert set(called) == {"worker", "upgrade", "nightly"}
    units = re.findall(r"ExecStart=\S+/ingest (.*)", (docs / "machines.md").read_text("utf-8"))
    assert [unit.split()[0] for unit in units] == ["worker", "run"]
    one = place(tmp_path / "one", server, shared_store)
    one.ingest(*json.loads(called["upgrade"]))
    one.ingest(*json.loads(called["nightly"]), "one")
    workers = [one.beside(*json.loads(called["worker"]), "--until-idle") for _ in range(2)]
    for worker in workers:
        ended(worker)
    assert len(server.documents()) == DOCUMENTS
    assert [line.split()[0] for line in one.ingest(*units[1].split(), "one").stderr.splitlines()] == ["one:"]


@pytest.mark.nightly
def test_a_lost_ticket_loses_no_run_and_a_doubled_one_adds_none(
    server: Server, shared_store: str, tmp_path: Path
) -> None:
    one = place(tmp_path / "one", server, shared_store)
    one.ingest("run", "--enqueue", "one", "two")
    assert "one: a run is asked for; no worker has begun it" in one.ingest("status").stdout
    store = open_store(shared_store, base=Path())
    with store.begin() as connection:
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs WHERE args->>'name' = 'one'")
        connection.exec_driver_sql(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " SELECT queue_name, task_name, args FROM procrastinate_jobs, generate_series(1, 3)"
        )
    store.close()
    with working([one], "--until-idle") as (worker,):
        ended(worker)
    assert set(server.documents().values()) == {1}
    assert len(server.documents()) == 2 * DOCUMENTS
    assert [status for status, _ in runs(shared_store)] == [RunStatus.DONE] * 2
    assert "asked for" not in one.ingest("status").stdout


def test_workers_need_postgresql(server: Server, tmp_path: Path) -> None:
    alone = place(tmp_path / "alone", server, "data/ingest.db")
    for command in (("worker",), ("run", "--enqueue")):
        assert "workers need a PostgreSQL store" in alone.ingest(*command, code=2).stderr


def _workers(database: str) -> int:
    from pipeline.run.machines.tickets import workers

    store = open_store(database, base=Path())
    try:
        return workers(store)
    finally:
        store.close()


def _leases(database: str) -> bool:
    from models import leases

    store = open_store(database, base=Path())
    try:
        with store.read() as connection:
            return bool(leases.live(connection, [leases.host_lease(host) for host in HOSTS]))
    finally:
        store.close()
