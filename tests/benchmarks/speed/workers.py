"""Throughput and politeness of workers that share one PostgreSQL store.

python -m tests.benchmarks.speed.workers                       # 40 hosts of 10 documents; 1, 2, 4 and 8 workers
python -m tests.benchmarks.speed.workers --hosts 10 --workers 2 4

The server, PostgreSQL and all workers run on this machine, so that throughput grows until its cores are busy. For each
number of workers: documents a second from the first request to the last, the share of the cores that all processes
were busy, how many documents were asked for twice, how many requests to a host overlapped, and the shortest pause
between two requests to one host (the delay is .1 seconds).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

from models.database.store import open_store, upgrade
from pipeline.run.machines.tickets import make_queue
from tests.conftest import serve_postgres
from tests.pipeline.run.machines.test_workers import Server
from tests.pipeline.workplace import Workplace, toml

DELAY = 0.1
SECONDS = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--documents", type=int, default=10, help="of each host")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    asked = parser.parse_args()
    print("workers  documents/s  cores busy  asked twice  overlaps  shortest pause")
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
        _end(places[0].start("run", "--enqueue", "--quiet"))
        before = os.times()
        running = [place.start("worker", "--until-idle", "--quiet") for place in places]
        for worker in running:
            _end(worker)
        after = os.times()
    server.http.shutdown()
    server.http.server_close()
    first = min(began for _, _, began, _ in server.log)
    seconds = max(ended for _, _, _, ended in server.log) - first
    busy = (after.children_user + after.children_system - before.children_user - before.children_system) / seconds
    found = server.documents()
    pauses = [
        later[0] - earlier[1]
        for name in names
        for earlier, later in pairwise(sorted((began, ended) for host, _, began, ended in server.log if host == name))
    ]
    twice = sum(count - 1 for count in found.values())
    overlaps = sum(pause < 0 for pause in pauses)
    return (
        f"{workers:7}  {len(found) / seconds:11.1f}  {busy / (os.cpu_count() or 1):9.0%}  {twice:11}  {overlaps:8}  "
        f"{min(pauses):13.3f} s" + (f"  ONLY {len(found)} FOUND" if len(found) != hosts * documents else "")
    )


def _end(process: subprocess.Popen[str]) -> None:
    out, err = process.communicate(timeout=SECONDS)
    if process.returncode:
        raise SystemExit(f"a worker ended with {process.returncode} after {time.monotonic():.0f} s:\n{out}{err}")


if __name__ == "__main__":
    main()
