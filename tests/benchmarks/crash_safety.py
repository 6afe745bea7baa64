"""Kill commands at random moments and at every write of a small run, run them again, and look for any difference.

python -m tests.benchmarks.crash_safety                       # 50 random kills, and one at every write of every stage
python -m tests.benchmarks.crash_safety --stride 10           # at every tenth write only
python -m tests.benchmarks.crash_safety --postgresql --stage run --stage forget

A write is a system call that changes a file (write, pwrite, fsync, ftruncate, rename, unlink, mkdir, open to create):
the archive's, SQLite's own and all others. One that is killed has done the half of its bytes. Without a C compiler, and
on PostgreSQL also, a write is what Python is told of: files, SQL statements that write, commits.

After each kill the plain command is run again. Then the export and the number of rows must be those of an undisturbed
run, `PRAGMA integrity_check` and `ingest archive verify` clean, no file may be left in the data folder, beside the
export or in the folder for temporary files, and no address whose answer was committed may have been asked for twice.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.crash.launcher import Launcher
from tests.crash.shim import build
from tests.crash.stages import STAGES, Bench, Stage, killed, ordinary, served


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=None, help="of the random kills; printed")
    parser.add_argument("--random", type=int, default=50, help="so many kills at random moments")
    parser.add_argument("--stride", type=int, default=1, help="kill at every n-th write; 0: at none")
    parser.add_argument("--stage", action="append", choices=[stage.name for stage in STAGES], help="only this one")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of our own instead of SQLite")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    stages = [stage for stage in STAGES if not options.stage or stage.name in options.stage]
    if options.postgresql:
        stages = [stage for stage in stages if stage.name not in ("migrate", "backup")]  # pg_dump's and the server's
    print(f"seed {seed}, {'PostgreSQL' if options.postgresql else 'SQLite'}", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shim = None if options.postgresql else build(folder)
        print("a write is " + ("a system call" if shim else "what Python is told of"), flush=True)
        database = stack.enter_context(databases()) if options.postgresql else None
        launcher = stack.enter_context(Launcher(shim))
        bench = Bench(folder, launcher, stack.enter_context(served()), database)
        return prove(bench, stages, random.Random(seed), stride=options.stride, moments=options.random)


def prove(bench: Bench, stages: list[Stage], chance: random.Random, *, stride: int, moments: int) -> int:
    """Kill and compare; print a line a stage; return 1 where anything differed."""
    wrong = kills = 0
    print(f"{'stage':20} {'writes':>6} {'killed at a write':>18} {'at a moment':>12} {'wrong':>6} {'seconds':>8}")
    for number, stage in enumerate(stages):
        began = time.monotonic()
        expected, writes, usual = ordinary(bench, stage)
        points = list(range(1 + chance.randrange(stride), writes + 1, stride)) if stride else []
        times = moments // len(stages) + (number < moments % len(stages))
        at_write = at_moment = bad = 0
        for trial in trials(points, usual, chance):
            if "kill_after" in trial and at_moment == times:
                break
            outcome, faults = killed(bench, stage, expected, **trial)
            at_write += outcome.killed and "kill_at" in trial
            at_moment += outcome.killed and "kill_after" in trial
            bad += bool(faults)
            if faults:
                print(f"  {stage.name} {trial} (before or in {outcome.last!r}):", *faults, sep="\n    ", flush=True)
        wrong, kills = wrong + bad, kills + at_write + at_moment
        seconds = time.monotonic() - began
        print(f"{stage.name:20} {writes:6} {at_write:18} {at_moment:12} {bad:6} {seconds:8.0f}", flush=True)
    print(f"{kills} kills, {wrong} with a difference or a corruption")
    return 1 if wrong else 0


def trials(points: list[int], seconds: float, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield a kill for each write, then kills at random moments of the time that the command takes, without end."""
    yield from ({"kill_at": point} for point in points)
    while True:
        yield {"kill_after": chance.uniform(0, seconds)}


@contextmanager
def databases() -> Iterator[Callable[[str | None], str]]:
    """Start a PostgreSQL of our own; yield what makes a database in it, new or as a copy of another."""
    from sqlalchemy import create_engine, make_url, text

    from tests.conftest import serve_postgres

    with serve_postgres() as server:

        def make(template: str | None) -> str:
            name = f"crash_{uuid.uuid4().hex}"
            engine = create_engine(server, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                copied = f" TEMPLATE {make_url(template).database}" if template else ""
                connection.execute(text(f"CREATE DATABASE {name}{copied}"))
            engine.dispose()
            return make_url(server).set(database=name).render_as_string(hide_password=False)

        yield make


if __name__ == "__main__":
    sys.exit(main())
