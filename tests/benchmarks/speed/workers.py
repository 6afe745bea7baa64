"""Throughput and politeness of workers that share one PostgreSQL store.

python -m tests.benchmarks.speed.workers                       # 40 hosts of 10 documents; 1, 2, 4 and 8 workers
python -m tests.benchmarks.speed.workers --hosts 10 --workers 2 4

The server, PostgreSQL and all workers run on this machine, so that throughput grows until its cores are busy. The
workers are there before there is work, as on machines of their own: starting one takes more CPU than a hundred made
pages. For each number of workers: documents a second from the first request to the last, the share of the cores that
the workers were busy, the CPU that they took to start and then for each document, how many documents were asked for
twice, how many requests to a host overlapped, and the shortest pause between two requests to one host (the delay is .1
seconds).
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from models.database.store import open_store, upgrade
from pipeline.run.machines.tickets import make_queue
from tests.conftest import serve_postgres
from tests.pipeline.run.machines.test_workers import Server
from tests.pipeline.workplace import Workplace, toml

DELAY = 0.1
SECONDS = 900
SETTLED_SECONDS = 3
"""After which a worker that has opened its queues has started its reading process, too."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--documents", type=int, default=10, help="of each host")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    asked = parser.parse_args()
    print("workers  documents/s  cores busy  start, s  ms a document  asked twice  overlaps  shortest pause")
    with serve_postgres() as address:
        for number, workers in enumerate(asked.workers):
            _create(address, f"bench{number}")
            database = address.replace("/postgres?", f"/bench{number}?")
            print(_measured(database, asked.hosts, asked.documents, workers), flush=True)


def _create(address: str, name: str) -> None:
    import psycopg

    with psycopg.connect(address.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())


def _measured(database: str, hosts: int, documents: int, workers: int) -> str:
    upgrade(database, base=Path())
    store = open_store(database, base=Path())
    make_queue(store)
    store.close()
    server = Server(documents)
    names = [f"h{number}.test" for number in range(hosts)]
    threading.Thread(target=server.http.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        tables = {
            "store": {"database": database},
            "http": {
                "contact": "a@b.example",
                "delay_seconds": DELAY,
                "allow_addresses": ["127.0.0.1"],
                "resolve": dict.fromkeys(names, server.address),
            },
            "extract": {"workers": 1},
            "sources": {
                name.partition(".")[0]: {"start": f"http://{name}/first/library", "exclude": "*/first/other/*"}
                for name in names
            },
        }
        places = []
        for number in range(workers):
            place = Path(folder) / str(number)
            place.mkdir()
            (place / "config.toml").write_text(toml(tables), "utf-8")
            places.append(Workplace(place))
        running = [place.start("worker", "--quiet") for place in places]
        _wait_until(lambda: _workers(database) == workers)
        time.sleep(SETTLED_SECONDS)
        started = sum(map(_cpu, running))
        _end(places[0].start("run", "--enqueue", "--quiet"))
        _wait_until(lambda: _is_done(database, hosts))
        used = sum(map(_cpu, running)) - started
        for worker in running:
            worker.send_signal(signal.SIGTERM)
            _end(worker, 128 + signal.SIGTERM)
    server.http.shutdown()
    server.http.server_close()
    first = min(began for _, _, began, _ in server.log)
    seconds = max(ended for _, _, _, ended in server.log) - first
    found = server.documents()
    pauses = [
        later[0] - earlier[1]
        for name in names
        for earlier, later in pairwise(sorted((began, ended) for host, _, began, ended in server.log if host == name))
    ]
    twice = sum(count - 1 for count in found.values())
    overlaps = sum(pause < 0 for pause in pauses)
    return (
        f"{workers:7}  {len(found) / seconds:11.1f}  {used / seconds / (os.cpu_count() or 1):10.0%}  {started:8.1f}  "
        f"{1000 * used / len(found):13.1f}  {twice:11}  {overlaps:8}  {min(pauses):12.3f} s"
        + (f"  ONLY {len(found)} FOUND" if len(found) != hosts * documents else "")
    )


def _cpu(process: subprocess.Popen[str]) -> float:
    """Return the seconds of CPU that a process and its children have taken."""
    found, ticks = [process.pid], 0
    while found:
        number = found.pop()
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
            for task in Path(f"/proc/{number}/task").iterdir():
                found += map(int, (task / "children").read_text("ascii").split())
    return ticks / os.sysconf("SC_CLK_TCK")


def _workers(database: str) -> int:
    """Return how many workers have both of their queues open."""
    return _asked(database, "SELECT count(*) / 2 FROM procrastinate_workers")


def _is_done(database: str, runs: int) -> bool:
    return _asked(database, "SELECT count(*) FROM run WHERE status <> 'running'") == runs


def _asked(database: str, query: str) -> int:
    store = open_store(database, base=Path())
    try:
        with store.read() as connection:
            return int(connection.exec_driver_sql(query).scalar_one())
    finally:
        store.close()


def _wait_until(found: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not found():
        if time.monotonic() > deadline:
            raise SystemExit(f"the workers are not done after {SECONDS} s")
        time.sleep(0.3)


def _end(process: subprocess.Popen[str], code: int = 0) -> None:
    out, err = process.communicate(timeout=SECONDS)
    if process.returncode != code:
        raise SystemExit(f"a worker ended with {process.returncode} after {time.monotonic():.0f} s:\n{out}{err}")


if __name__ == "__main__":
    main()
