"""Workers that share one PostgreSQL store, and what may befall them: nothing is lost, nothing is loaded twice.

python -m tests.benchmarks.simulation.machines                          # every fault, 20 seeds: 50 minutes
python -m tests.benchmarks.simulation.machines --fault kill --seeds 5 --first 10

In each round two workers of two machines fetch three resource centres, a host of files and one to which documents have
moved, from a server on loopback. The seed chooses a stage (in turn) and a write of the first worker there (a row, a
commit, a record of the archive); before it, the worker stops, and the fault comes:

    kill      it is killed, and another one is started, on the same machine or on another
    pause     it stays stopped for longer than a lease, then goes on
    cut       its link to the database is cut for longer than a lease, in silence, then mended
    restart   the database is ended at once, and started again
    lost      tickets are deleted, ten times
    doubled   tickets lose the lock that keeps them single, ten times
    late      tickets come after the work is done, ten times
    clock     nothing then: the worker's clock is a day ahead, or a day behind, from the start

A round is good if all workers end by themselves, the last run of each source is done and those before it were taken
over, no address is left open, every document has one revision, no two requests to a host overlap or come closer
together than the delay, the archive is whole, and the export is that of one machine with SQLite.

Printed are for each fault: the rounds that were not good; documents lost, loaded twice and asked for twice (which a
lost worker or database may cause); the longest time until others held what the first worker had held, and the longest
time without a request to a host, both in leases; and how many rounds were disturbed at each stage. Each round has a
line on stderr.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from models.database.store import open_store, upgrade
from pipeline.run.machines.tickets import make_queue
from tests.benchmarks.simulation.faults import FAULTS, clock, link
from tests.benchmarks.simulation.rounds import LEASE_SECONDS, NEVER, STAGES, Alone, Outcome, Round
from tests.benchmarks.simulation.shared_sites import place, served
from tests.conftest import serve_postgres
from tests.crash.launcher import shared

TEMPLATE = "template"
"""The database that those of all rounds are copies of."""

TRIES = 4
HEAD = "fault    rounds  not good  lost  loaded twice  asked twice  taken up  longest pause  seconds  stages"


class Matrix:
    """What all rounds share.

    Args:
        server: The address of a PostgreSQL server's first database.
        folder: For the folders of the rounds.
    """

    def __init__(self, server: str, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._restarted: subprocess.Popen[bytes] | None = None
        # By default a commit is written before it is acknowledged. The server of the tests writes it later, and would
        # forget commits that workers rely on when it is ended at once.
        self._execute("ALTER ROLE ALL SET synchronous_commit = on")
        self._execute(f"CREATE DATABASE {TEMPLATE}")
        store = self._database(TEMPLATE)
        upgrade(store, base=Path())
        opened = open_store(store, base=Path())
        make_queue(opened)
        opened.close()
        self._alone = self._read_alone()

    def played(self, name: str, seed: int) -> Outcome:
        """Play a round; again, with another write, where the first worker did not get to the one that was chosen."""
        for again in range(TRIES):
            outcome = self._played(name, seed + again * len(STAGES) * 1000)
            if outcome.stage != NEVER or outcome.wrong:
                break
        return outcome

    def _played(self, name: str, seed: int) -> Outcome:
        fault = FAULTS[name]
        folder = self._folder / f"{name}{seed}"
        folder.mkdir()
        environment = {"CLOCK_DAYS": str(fault.clock_days * (-1) ** seed)} if fault.clock_days else {}
        with self._copy(f"{name}{seed}") as database, served() as sites:
            sockets = Path(database.split("host=")[1])
            with link(folder / "link", sockets) as linked:
                around = Round(database, folder, sites, linked, seed)
                outcome = around.play(fault, self._alone, environment)
            self._restarted = around.restarted or self._restarted
        if outcome.asked_twice and not fault.repeats:
            outcome.wrong.append(f"{outcome.asked_twice} documents were asked for twice")
        return outcome

    def close(self) -> None:
        """End the server, where a fault has started it."""
        if self._restarted is not None:
            self._restarted.send_signal(signal.SIGQUIT)
            self._restarted.wait()

    def _read_alone(self) -> Alone:
        with served() as sites:
            alone = place(self._folder / "alone", sites, "data/ingest.db", lease_seconds=LEASE_SECONDS)
            alone.ingest("run", "--quiet")
            return Alone(alone.documents(), sites.documents())

    @contextmanager
    def _copy(self, name: str) -> Iterator[str]:
        self._execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        yield self._database(name)
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _database(self, name: str) -> str:
        return self._server.replace("/postgres?", f"/{name}?")

    def _execute(self, statement: str) -> None:
        address = self._server.replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


def main() -> int:
    """Play the rounds; print a line for each fault and return whether all were good."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fault", choices=FAULTS, action="append")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    given = parser.parse_args()
    print(HEAD, flush=True)
    bad = 0
    with tempfile.TemporaryDirectory() as folder, serve_postgres() as server:
        if "clock" in (given.fault or FAULTS):
            os.environ |= clock(Path(folder))
        matrix = Matrix(server, Path(folder))
        for name in given.fault or FAULTS:
            outcomes: dict[int, Outcome] = {}
            for seed in range(given.first, given.first + given.seeds):
                outcomes[seed] = outcome = matrix.played(name, seed)
                told = "; ".join(outcome.wrong) or "good"
                print(f"{name} {seed}, {outcome.stage}, {outcome.seconds:.0f} s: {told}", file=sys.stderr, flush=True)
            print(_line(name, list(outcomes.values())), flush=True)
            bad += sum(bool(outcome.wrong) for outcome in outcomes.values())
        matrix.close()
    shared().close()
    used, rounds = os.times(), given.seeds * len(given.fault or FAULTS)
    cpu = used.user + used.system + used.children_user + used.children_system
    print(f"{cpu:.0f} s of CPU, {cpu / rounds:.1f} s a round")
    return 1 if bad else 0


def _line(name: str, outcomes: list[Outcome]) -> str:
    wrong = sum(bool(outcome.wrong) for outcome in outcomes)
    lost, twice, asked = (sum(getattr(o, which) for o in outcomes) for which in ("lost", "twice", "asked_twice"))
    taken = f"{max(outcome.taken_up for outcome in outcomes) / LEASE_SECONDS:.2f}" if FAULTS[name].loses_worker else "-"
    pause = max(outcome.pause for outcome in outcomes) / LEASE_SECONDS
    seconds = max(outcome.seconds for outcome in outcomes)
    stages = ", ".join(f"{stage} {count}" for stage, count in Counter(o.stage for o in outcomes).most_common())
    return (
        f"{name:8} {len(outcomes):6} {wrong:9} {lost:5} {twice:13} {asked:12} {taken:>9} {pause:14.2f} {seconds:8.0f}"
        f"  {stages}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
