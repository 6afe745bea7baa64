"""What a lease costs while 100, 1,000 and 10,000 hosts have one due address each: none of it may grow with the hosts.

python -m tests.benchmarks.speed.hosts
python -m tests.benchmarks.speed.hosts --hosts 100 10000 --plans     # and how PostgreSQL goes about it

Printed are milliseconds of wall time, the least and the median of 200 calls, on a PostgreSQL of our own: to take the
lease of a host (claim), to begin a transaction under it (fence), to renew 32 leases, to find the next addresses of a
host (begin), to give the lease back; then, of the worker that sweeps, to look whether it is idle, and for the hosts
that have no ticket (at most 500 of them are handed out a second).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from models import leases
from models.database.store import Store, open_store, upgrade
from models.leases import Grant
from pipeline.ledger import shared as ledger
from pipeline.run.machines import tickets
from tests.conftest import serve_postgres

CALLS = 200
HELD = 32
"""Leases that a worker renews together."""
SECONDS = 3600.0
HOLDER = {"holder": "machine/1/x", "about": "a benchmark"}

FILL = """
INSERT INTO source (id, name, config, state, created_at) VALUES (1, 'many', '{}', '{}', now());
INSERT INTO run (id, run_key, source_id, command, status, options, counts, reasons, version, started_at)
    VALUES (1, 'one', 1, 'run', 'running', '{"shared": true}', '{}', '[]', '1', now());
INSERT INTO url (id, url, identity, source_id, expect, said, status, attempts, first_seen_at)
    SELECT n, 'http://h' || n || '.test/a', 'h' || n || '.test/a', 1, 'document', '{}', 'new', 0, now()
    FROM generate_series(1, {hosts}) AS n;
INSERT INTO open_address (run_id, url_id, host, tries)
    SELECT 1, n, 'h' || n || '.test', 0 FROM generate_series(1, {hosts}) AS n;
INSERT INTO lease (name, epoch, holder, about, since, until)
    VALUES ('source:many', 1, 'leader', 'a leader', now(), now() + interval '1 day');
INSERT INTO lease (name, epoch) SELECT 'host:h' || n || '.test', 1 FROM generate_series(1, {hosts}) AS n;
ANALYZE
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--plans", action="store_true", help="print the plan of each statement, once")
    asked = parser.parse_args()
    columns: dict[int, dict[str, list[float]]] = {}
    for hosts in asked.hosts:
        with serve_postgres() as address:
            upgrade(address, base=Path())
            store = open_store(address, base=Path())
            tickets.make_queue(store)
            _fill(store, hosts)
            columns[hosts] = _measured(store, hosts)
            if asked.plans and hosts == asked.hosts[-1]:
                _explain(store, hosts)
            store.close()
    print("ms      " + "".join(f"{hosts:>16,}" for hosts in asked.hosts))
    for what in columns[asked.hosts[0]]:
        seconds = [columns[hosts][what] for hosts in asked.hosts]
        print(f"{what:8}" + "".join(f"{1e3 * min(one):8.2f}{1e3 * statistics.median(one):8.2f}" for one in seconds))


def _fill(store: Store, hosts: int) -> None:
    for statement in FILL.replace("{hosts}", str(hosts)).split(";"):
        with store.begin() as connection:
            connection.exec_driver_sql(statement)


def _measured(store: Store, hosts: int) -> dict[str, list[float]]:
    """Return the seconds of each call of each step."""
    names = [f"h{1 + number * hosts // (CALLS + HELD)}.test" for number in range(CALLS + HELD)]
    names = list(dict.fromkeys(names))
    held = [grant for name in names[:HELD] if (grant := _in(store, partial(_take, name=name))) is not None]
    seconds: dict[str, list[float]] = {}
    for number in range(CALLS):
        name = names[HELD + number % (len(names) - HELD)]
        steps: dict[str, Callable[[Connection], object]] = {"claim": partial(_take, name=name)}
        taken = _timed(store, seconds, steps)
        assert isinstance(taken, Grant)
        steps = {
            "fence": partial(leases.fence, holder=HOLDER["holder"], grant=taken),
            "renew": partial(leases.renew, holder=HOLDER["holder"], grants=held, seconds=SECONDS),
            "begin": partial(ledger.begin, run_id=1, host=name, most=20),
            "release": partial(leases.release, holder=HOLDER["holder"], grant=taken),
        }
        if number < CALLS // 10:
            steps["idle"] = ledger.is_anything_open
            steps["sweep"] = partial(ledger.hosts_to_take, limit=tickets.MOST_AT_ONCE, unless=tickets.has_ticket)
        _timed(store, seconds, steps)
    return seconds


def _take(connection: Connection, *, name: str) -> Grant | None:
    return leases.take(connection, leases.host_lease(name), seconds=SECONDS, **HOLDER)


def _in(store: Store, work: Callable[[Connection], Grant | None]) -> Grant | None:
    with store.begin() as connection:
        return work(connection)


def _timed(store: Store, seconds: dict[str, list[float]], steps: dict[str, Callable[[Connection], object]]) -> object:
    """Do each step in a transaction of its own, note its time, and return what the last one gave."""
    given: object = None
    for what, step in steps.items():
        began = time.perf_counter()
        with store.begin() as connection:
            given = step(connection)
        seconds.setdefault(what, []).append(time.perf_counter() - began)
    return given


def _explain(store: Store, hosts: int) -> None:
    """Print the plan of each statement of the steps."""

    def explain(connection: Connection, cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if not statement.startswith("EXPLAIN"):
            print("\n" + " ".join(statement.split()))
            plan = connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", parameters)
            print(*(f"    {row[0]}" for row in plan), sep="\n")

    name = f"h{hosts}.test"
    with store.begin() as connection:
        event.listen(connection, "before_cursor_execute", explain)
        grant = _take(connection, name=name)
        assert grant is not None
        leases.fence(connection, HOLDER["holder"], grant)
        leases.renew(connection, HOLDER["holder"], [grant], SECONDS)
        ledger.begin(connection, 1, name, 20)
        leases.release(connection, HOLDER["holder"], grant)
        ledger.is_anything_open(connection)
        ledger.hosts_to_take(connection, limit=tickets.MOST_AT_ONCE, unless=tickets.has_ticket)


if __name__ == "__main__":
    main()
