"""One round of `machines`: two workers on one database, a fault at a chosen write of the first, and what came of it."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from models.database.store import Store, open_store
from models.document import Revision
from models.errors import IngestError
from models.ledger import Lease, Run, Source
from models.statuses import RunStatus
from models.web import OpenAddress
from pipeline.run.machines.tickets import HOSTS, SOURCES
from tests.benchmarks.simulation.faults import Fault, Link
from tests.benchmarks.simulation.shared_sites import CENTRES, SHARED_FILE, Sites, place
from tests.crash.launcher import Started

LEASE_SECONDS = 8.0
MOST_SECONDS = 600
"""After which a worker is taken to hang."""

STAGES: dict[str, tuple[int, tuple[str, ...]]] = {
    "discover": (6, ("INSERT INTO url", "INSERT INTO claim", "UPDATE source")),
    "share out": (8, ("open_address",)),
    "archive": (16, ("fsync", "write ")),
    "store": (16, ("INTO capture", "INTO payload", "INTO staged", "fetch_attempt", "run_part", "UPDATE url")),
    "publish": (16, ("document", "revision", "provenance", "search")),
    "begin or end": (4, ("INSERT INTO run", "UPDATE run ", "run_request")),
    "lease or turn": (60, ("lease",)),
}
"""At which of its writes the first worker stops: at one of the first so many that contain one of these words, or at the
commit after it."""

QUEUES = len((HOSTS, SOURCES))

NEVER = "never"
"""The stage of a round in which the first worker did not get to its write, as the other has done the work."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What a single machine with SQLite makes of the same sites."""

    documents: list[dict[str, Any]]
    asked: Counter[tuple[str, str]]
    """How often it asks for each document."""


@dataclass(slots=True)
class Outcome:
    """What came of a round."""

    wrong: list[str] = field(default_factory=list)
    """In words; nothing where all is as it must be."""
    stage: str = "from the start"
    lost: int = 0
    """Documents that a single machine has, and this store has not."""
    twice: int = 0
    """Documents with a second revision, although none has changed."""
    asked_twice: int = 0
    taken_up: float = 0.0
    """Seconds until others held what the first worker had held when the fault came, where it is out of action."""
    pause: float = 0.0
    """The longest time without a request to one of the hosts."""
    seconds: float = 0.0


class Round:
    """Two workers at work on one database.

    Args:
        database: The address of a store with a queue, new.
        folder: For their configurations, empty.
        sites: What they fetch.
        link: A link to the database, in the folder `link`.
        seed: Decides at which stage the fault comes, and at which of its writes.
    """

    def __init__(self, database: str, folder: Path, sites: Sites, link: Link, seed: int) -> None:
        self.database, self.folder, self.sites, self.link = database, folder, sites, link
        self.seed, self.random = seed, random.Random(seed)
        self.lease_seconds = LEASE_SECONDS
        self.workers: list[Started] = []
        self.restarted: subprocess.Popen[bytes] | None = None
        """The server of the database, where a fault has ended the first one."""

    def start(self, machine: str, *, linked: bool = False, **how: Any) -> None:
        """Start a worker that ends when it is idle, on a machine of that name."""
        where = self.folder / f"worker{len(list(self.folder.glob('worker*')))}"
        host, folder = self.database.split("host=")[1], self.link.folder
        database = self.database.replace(host, str(folder)) if linked else self.database
        worker = place(where, self.sites, database, lease_seconds=self.lease_seconds)
        options = ("--at-once", "8", "--until-idle", "--quiet", "--log", "worker.jsonl")
        self.workers.append(worker.beside("worker", *options, machine=machine, **how))

    def sql(self, statement: str) -> None:
        """Execute a statement on the database."""
        with _store(self.database) as store, store.begin() as connection:
            connection.exec_driver_sql(statement)

    def play(self, fault: Fault, alone: Alone, environment: dict[str, str]) -> Outcome:
        """Play the round; `environment` is what the first worker's has beyond the usual."""
        began, outcome = time.monotonic(), Outcome()
        first = place(self.folder / "first", self.sites, self.database, lease_seconds=self.lease_seconds)
        first.ingest("run", "--enqueue", "--quiet")
        stop = None
        if fault.befall is not None:
            outcome.stage = list(STAGES)[self.seed % len(STAGES)]
            most, words = STAGES[outcome.stage]
            stop = (self.random.randint(1, most), words)
        try:
            # One after the other, so that the first leads some of the runs.
            self._start_and_wait("one", linked=fault.linked, stop=stop, environment=environment)
            self._start_and_wait("other")
            if fault.befall is not None and self._reached(outcome):
                with self._watched(outcome) if fault.loses_worker else _nothing():
                    fault.befall(self)
                    self._end(outcome)
            else:
                self._end(outcome)
        finally:
            for worker in self.workers:
                worker.kill()
        outcome.seconds = time.monotonic() - began
        if outcome.wrong:
            return outcome
        self._examine(outcome, first.documents(), alone)
        verified = first.ingest("archive", "verify", "--quiet", code=None)
        if verified.returncode:
            outcome.wrong.append(f"the archive: {verified.stdout}{verified.stderr}")
        return outcome

    def _start_and_wait(self, machine: str, **how: Any) -> None:
        """Start a worker; return when it has opened the store and reads its queues, or has stopped itself or ended.

        From then on a worker outlives a fault of the database. One that still opens the store ends with an error.
        """
        deadline = time.monotonic() + MOST_SECONDS
        with _store(self.database) as store:
            ready = _queues_read(store) + QUEUES
            self.start(machine, **how)
            worker = self.workers[-1]
            while _queues_read(store) < ready and not worker.is_stopped and worker.poll() is None:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"the worker on machine {machine} does not read its queues")
                time.sleep(0.1)

    def _reached(self, outcome: Outcome) -> bool:
        """Wait until the first worker has stopped itself; return False if it has ended before."""
        worker, deadline = self.workers[0], time.monotonic() + MOST_SECONDS
        while not worker.is_stopped:
            if worker.poll() is not None or time.monotonic() > deadline:
                outcome.stage = NEVER
                return False
            time.sleep(0.1)
        return True

    def _end(self, outcome: Outcome) -> None:
        try:
            for worker in self.workers:
                out, err = worker.communicate(timeout=MOST_SECONDS)
                if worker.returncode:
                    outcome.wrong.append(f"a worker ended with {worker.returncode}: {out}{err[-600:]}")
        except subprocess.TimeoutExpired:
            outcome.wrong.append(f"a worker works still after {MOST_SECONDS} s")

    @contextmanager
    def _watched(self, outcome: Outcome) -> Iterator[None]:
        """Note after how long others hold what the first worker holds now, as far as there is work for it."""
        began, ended = time.monotonic(), threading.Event()
        with _store(self.database) as store:
            mine = _held_by(store, self.workers[0].pid)

            def watch() -> None:
                while not ended.is_set() and _waits(store, mine):
                    time.sleep(0.2)
                outcome.taken_up = time.monotonic() - began if mine else 0.0

            watcher = threading.Thread(target=watch)
            watcher.start()
            try:
                yield
            finally:
                ended.set()
                watcher.join()

    def _examine(self, outcome: Outcome, shared: list[dict[str, Any]], alone: Alone) -> None:
        outcome.asked_twice = (self.sites.documents() - alone.asked).total()
        outcome.pause = self.sites.longest_pause()
        outcome.wrong += self.sites.impolite()[:3]
        with _store(self.database) as store, store.read() as connection:
            query = select(Source.name.label("source"), Run.status, Run.reasons).join(Source).order_by(Run.id)
            runs = connection.execute(query).all()
            left = connection.execute(select(func.count()).select_from(OpenAddress)).scalar_one()
            second = select(func.count()).select_from(Revision).where(Revision.number > 1)
            outcome.twice = connection.execute(second).scalar_one()
        last = {run.source: run.status for run in runs}
        taken_over = {run.status for run in runs} - {RunStatus.DONE} <= {RunStatus.INTERRUPTED}
        if len(last) != len(CENTRES) or set(last.values()) != {RunStatus.DONE} or not taken_over or left:
            told = "; ".join(f"{run.source} {run.status}" + "".join(f" ({why})" for why in run.reasons) for run in runs)
            outcome.wrong.append(f"{told}; {left} addresses are open")
        if outcome.twice:
            outcome.wrong.append(f"{outcome.twice} documents have a second revision")
        theirs = {record["canonical_url"] for record in alone.documents}
        outcome.lost = len(theirs - {record["canonical_url"] for record in shared})
        if differs := difference(shared, alone.documents):
            outcome.wrong.append(differs)


def difference(shared: list[dict[str, Any]], alone: list[dict[str, Any]]) -> str | None:
    """Return in words the first difference between two exports, or None.

    A file that several sources link belongs to the one that loads it first, on a single machine as well.
    """
    theirs = {record["canonical_url"]: record for record in alone}
    ours = {record["canonical_url"] for record in shared}
    if lacking := theirs.keys() - ours:
        return f"{len(lacking)} documents are lost, {min(lacking)} among them"
    if more := ours - theirs.keys():
        return f"one machine has not loaded {len(more)} documents, {min(more)} among them"
    for record in shared:
        other = theirs[record["canonical_url"]]
        may_differ = {"source"} if record["canonical_url"] == SHARED_FILE else set()
        if fields := [name for name in other.keys() - may_differ if record.get(name) != other[name]]:
            values = f"{record.get(fields[0])!r} in place of {other[fields[0]]!r}"
            return f"{record['canonical_url']} differs in {', '.join(fields)}: {values}"
    return None


WAITS = """
SELECT count(*) FROM lease WHERE name = %(name)s AND epoch = %(epoch)s AND (
    name = 'sweep'
    OR EXISTS (SELECT 1 FROM open_address JOIN run ON run.id = run_id
               WHERE run.status = 'running' AND 'host:' || host = name)
    OR EXISTS (SELECT 1 FROM run JOIN source ON source.id = source_id
               WHERE run.status = 'running' AND 'source:' || source.name = lease.name)
    OR EXISTS (SELECT 1 FROM run_request WHERE 'source:' || source = name))
"""


def _queues_read(store: Store) -> int:
    """Return how many queues were ever begun to be read: each worker reads two (`pipeline.run.machines.tickets`)."""
    with store.read() as connection:
        read = connection.exec_driver_sql("SELECT pg_sequence_last_value('procrastinate_workers_id_seq')")
        return read.scalar_one() or 0


def _held_by(store: Store, pid: int) -> list[dict[str, Any]]:
    """Return the leases that a process holds, by name and epoch."""
    with store.read() as connection:
        query = select(Lease.name, Lease.epoch).where(Lease.holder.contains(f"/{pid}/"))
        return [{"name": row.name, "epoch": row.epoch} for row in connection.execute(query)]


def _waits(store: Store, leases: list[dict[str, Any]]) -> bool:
    """Return whether work waits for one of these leases to be taken by another process."""
    try:
        with store.read() as connection:
            return any(connection.exec_driver_sql(WAITS, lease).scalar_one() for lease in leases)
    except IngestError:
        return True


@contextmanager
def _store(database: str) -> Iterator[Store]:
    store = open_store(database, base=Path())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
