"""Workers that share one PostgreSQL store, and what may befall them: nothing is lost, nothing is loaded twice.

python -m tests.benchmarks.simulation.machines                          # every fault, 5 seeds
python -m tests.benchmarks.simulation.machines --fault kill --seeds 20

In each round two workers fetch three hosts of a server on loopback; at a moment that the seed decides, one fault
befalls them:

    kill      a worker is killed and another one is started
    pause     a worker is stopped for longer than a lease, then goes on
    cut       a worker's link to the database is cut for longer than a lease, in silence, then mended
    restart   the database is ended at once, and started again
    clock     a worker's clock is a day ahead, or a day behind, from the start
    lost      tickets are deleted, ten times
    doubled   tickets lose the lock that keeps them single, ten times
    late      tickets come after the work is done, ten times

The round is good if all workers end by themselves, the last run of each source is done and those before it were taken
over, no address is left open, every document has one revision, and the export is that of one machine with SQLite.
Printed are the rounds that were not, the seconds, and how many documents were asked for twice, which a lost worker may
cause.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from models.database.store import open_store, upgrade
from models.document import Revision
from models.ledger import Run, Source
from models.statuses import RunStatus
from models.web import OpenAddress
from pipeline.run.machines.tickets import make_queue
from tests.benchmarks.simulation.faults import FAULTS, Link, clock, link
from tests.conftest import serve_postgres
from tests.pipeline.run.machines.test_workers import HOSTS, Server, place
from tests.pipeline.workplace import Workplace

MOST_SECONDS = 240
FAULT_WITHIN = (2.0, 7.0)
"""Seconds after the workers' start between which the fault comes."""


class Round:
    """Two workers at work on one database.

    Args:
        database: The address of a store with a queue, new.
        folder: For their configurations.
        server: The sites.
        link: A link to the database, in the folder `link`.
    """

    def __init__(self, database: str, folder: Path, server: Server, link: Link) -> None:
        self.database, self.folder, self.server, self.link = database, folder, server, link
        self.places = [place(folder / name, server, database) for name in ("one", "other", "third")]
        self.workers: list[subprocess.Popen[str]] = []
        self.restarted: subprocess.Popen[bytes] | None = None
        """The server of the database, where a fault has ended the first one."""

    def start(self, at: int) -> None:
        """Start a worker that ends when it is idle."""
        self.workers.append(self.places[at].start("worker", "--at-once", "8", "--until-idle", "--quiet"))

    def sql(self, statement: str) -> None:
        """Execute a statement on the database."""
        store = open_store(self.database, base=Path())
        with store.begin() as connection:
            connection.exec_driver_sql(statement)
        store.close()


def main() -> int:
    """Play the rounds; print a line for each fault and return whether all were good."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fault", choices=FAULTS, action="append")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    given = parser.parse_args()
    print("fault    rounds  not good  seconds  asked twice")
    bad = 0
    for name in given.fault or FAULTS:
        wrong: list[str] = []
        seconds, twice = [], 0
        for seed in range(given.first, given.first + given.seeds):
            began = time.monotonic()
            found, again = played(name, seed)
            seconds.append(time.monotonic() - began)
            twice += again
            wrong += [f"  seed {seed}: {found}"] if found else []
        print(f"{name:8} {given.seeds:6} {len(wrong):9} {max(seconds):8.0f} {twice:12}", *wrong, sep="\n", flush=True)
        bad += len(wrong)
    return 1 if bad else 0


def played(name: str, seed: int) -> tuple[str | None, int]:
    """Play a round; return what is wrong, or None, and how many documents were asked for more than once."""
    with (
        _server() as server,
        serve_postgres() as address,
        tempfile.TemporaryDirectory() as folder,
        ExitStack() as stack,
    ):
        upgrade(address, base=Path())
        store = open_store(address, base=Path())
        make_queue(store)
        store.close()
        sockets = Path(address.split("host=")[1])
        around = Round(address, Path(folder), server, stack.enter_context(link(Path(folder) / "link", sockets)))
        fault = FAULTS[name]
        around.places[1].start("run", "--enqueue", "--quiet").wait()
        if fault.clock_days:
            around.places[0].environment |= clock(Path(folder), fault.clock_days * (-1) ** seed)
        if fault.linked:
            linked = address.replace(str(sockets), str(Path(folder) / "link"))
            around.places[0] = place(Path(folder) / "linked", server, linked)
        around.start(0)
        around.start(1)
        time.sleep(random.Random(seed).uniform(*FAULT_WITHIN))
        fault.befall(around)
        try:
            for worker in around.workers:
                out, err = worker.communicate(timeout=MOST_SECONDS)
                if worker.returncode:
                    return f"a worker ended with {worker.returncode}: {out}{err[-600:]}", 0
        except subprocess.TimeoutExpired:
            return f"a worker works still after {MOST_SECONDS} s", 0
        finally:
            for worker in around.workers:
                worker.kill()
                worker.wait()
            if around.restarted is not None:
                stack.callback(_ended, around.restarted)
        twice = sum(count - 1 for count in server.documents().values())
        alone = place(Path(folder) / "alone", server, "data/ingest.db")
        return _wrong(around, alone), twice


def _wrong(around: Round, alone: Workplace) -> str | None:
    alone.start("run", "--quiet").wait()
    store = open_store(around.database, base=Path())
    with store.read() as connection:
        query = select(Source.name.label("source"), Run.status, Run.reasons).join(Source).order_by(Run.id)
        runs = connection.execute(query).all()
        left = connection.execute(select(func.count()).select_from(OpenAddress)).scalar_one()
        most = connection.execute(select(func.max(Revision.number))).scalar_one_or_none()
    store.close()
    last = {run.source: run.status for run in runs}
    taken_over = {run.status for run in runs} - {RunStatus.DONE} <= {RunStatus.INTERRUPTED}
    if len(last) != len(HOSTS) or set(last.values()) != {RunStatus.DONE} or not taken_over or left:
        told = "; ".join(f"{run.source} {run.status}" + "".join(f" ({why})" for why in run.reasons) for run in runs)
        return f"{told}; {left} addresses are open"
    if most != 1:
        return f"a document has {most} revisions"
    return _difference(around.places[1].documents(), alone.documents())


def _difference(shared: list[dict[str, Any]], alone: list[dict[str, Any]]) -> str | None:
    """Return in words the first difference between two exports, or None."""
    theirs = {record["canonical_url"]: record for record in alone}
    ours = {record["canonical_url"] for record in shared}
    if lacking := theirs.keys() - ours:
        return f"{len(lacking)} documents are lost, {min(lacking)} among them"
    if more := ours - theirs.keys():
        return f"one machine has not loaded {len(more)} documents, {min(more)} among them"
    for record in shared:
        other = theirs[record["canonical_url"]]
        if fields := [name for name in other if record.get(name) != other[name]]:
            values = f"{record.get(fields[0])!r} in place of {other[fields[0]]!r}"
            return f"{record['canonical_url']} differs in {', '.join(fields)}: {values}"
    return None


def _ended(database: subprocess.Popen[bytes]) -> None:
    database.send_signal(signal.SIGQUIT)
    database.wait()


@contextmanager
def _server() -> Iterator[Server]:
    server = Server(40)
    threading.Thread(target=server.http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()


if __name__ == "__main__":
    raise SystemExit(main())
