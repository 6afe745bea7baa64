"""Kill commands at random moments and at every write of a small run, run them again, and look for any difference.

python -m tests.benchmarks.simulation.crashes              # 50 random kills, and one at every write of every stage
python -m tests.benchmarks.simulation.crashes --stride 10  # at every tenth write only
python -m tests.benchmarks.simulation.crashes --postgresql --stage run --stage forget
python -m tests.benchmarks.simulation.crashes --postgresql --stage run --random 0 --slice 3/20   # a twentieth

A write is a system call that changes a file (write, pwrite, fsync, ftruncate, rename, unlink, mkdir, open to create):
the archive's, SQLite's own and all others. One that is killed has done the half of its bytes. Without a C compiler, and
on PostgreSQL also, a write is what Python is told of: files, SQL statements that write, commits.

Most of the time is waiting, so `--jobs` processes kill side by side, each with folders, servers and undisturbed runs
of its own. After each kill the plain command is run again. Then the export and the number of rows must be those of an
undisturbed run, `PRAGMA integrity_check` and `ingest archive verify` clean, no file may be left in the data folder,
beside the export or in the folder for temporary files, and no address whose answer was committed may have been asked
for twice.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.crash.launcher import own_launcher
from tests.crash.shim import build
from tests.crash.stages import STAGES, Bench, killed, ordinary, served

MOST_TRIES = 50
"""Of hitting a command at a moment before it ends."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=None, help="of the random kills; printed")
    parser.add_argument("--random", type=int, default=50, help="that many kills at random moments")
    parser.add_argument("--stride", type=int, default=1, help="kill at every n-th write; 0: at none")
    parser.add_argument("--slice", default="1/1", metavar="K/N", help="of all those writes, the K-th of N parts")
    parser.add_argument("--stage", action="append", choices=[stage.name for stage in STAGES], help="only this one")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of our own instead of SQLite")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="processes that kill side by side")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    stages = [n for n, stage in enumerate(STAGES) if not options.stage or stage.name in options.stage]
    if options.postgresql:
        stages = [n for n in stages if STAGES[n].name not in ("migrate", "backup")]  # pg_dump's and the server's
    print(f"seed {seed}, {'PostgreSQL' if options.postgresql else 'SQLite'}", flush=True)
    with ProcessPoolExecutor(
        options.jobs, multiprocessing.get_context("spawn"), _start, (options.postgresql,)
    ) as workers:
        print("a write is " + ("a system call" if workers.submit(_shim).result() else "what Python is told of"))
        part, parts = map(int, options.slice.split("/"))
        chance = random.Random(seed)
        return prove(
            workers, stages, chance, stride=options.stride, moments=options.random, part=slice(part - 1, None, parts)
        )


_stack = ExitStack()
_bench: Bench


def _start(postgresql: bool) -> None:
    """Set up what a killing process needs; it is cleared away when the process ends."""
    global _bench
    folder = Path(_stack.enter_context(tempfile.TemporaryDirectory()))
    database = _stack.enter_context(databases()) if postgresql else None
    launcher = _stack.enter_context(own_launcher(None if postgresql else build(folder)))
    _bench = Bench(folder, launcher, _stack.enter_context(served()), database)
    multiprocessing.util.Finalize(None, _stack.close, exitpriority=10)


def _shim() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return build(Path(folder)) is not None


@cache
def _ordinary(stage: int) -> tuple[dict[str, Any], int, float]:
    return ordinary(_bench, STAGES[stage])


def _measured(stage: int) -> tuple[int, float]:
    """Return the writes and seconds of an undisturbed command."""
    return _ordinary(stage)[1:]


def _at_write(stage: int, point: int) -> tuple[bool, str, list[str]]:
    """Return whether the command was killed at a write, where, and what was wrong then."""
    outcome, faults = killed(_bench, STAGES[stage], _ordinary(stage)[0], kill_at=point)
    return outcome.killed, f"write {point}, before or in {outcome.last!r}", faults


def _at_moment(stage: int, seed: int) -> tuple[bool, str, list[str]]:
    """Likewise at a random moment; a command that ended before it is tried again."""
    chance = random.Random(seed)
    content, _, usual = _ordinary(stage)
    for _ in range(MOST_TRIES):
        moment = chance.uniform(0, usual)
        outcome, faults = killed(_bench, STAGES[stage], content, kill_after=moment)
        if outcome.killed or faults:
            break
    return outcome.killed, f"after {moment:.3f} s, before or in {outcome.last!r}", faults


def prove(
    workers: ProcessPoolExecutor, stages: list[int], chance: random.Random, *, stride: int, moments: int, part: slice
) -> int:
    """Kill and compare; print a line a stage; return 1 where anything differed."""
    wrong = kills = 0
    print(f"{'stage':20} {'writes':>6} {'killed at a write':>18} {'at a moment':>12} {'wrong':>6} {'seconds':>8}")
    for number, stage in enumerate(stages):
        began = time.monotonic()
        writes, _ = workers.submit(_measured, stage).result()
        points = list(range(1 + chance.randrange(stride), writes + 1, stride))[part] if stride else []
        times = moments // len(stages) + (number < moments % len(stages))
        at_write = [workers.submit(_at_write, stage, point) for point in points]
        at_moment = [workers.submit(_at_moment, stage, chance.randrange(2**32)) for _ in range(times)]
        told = [[future.result() for future in futures] for futures in (at_write, at_moment)]
        bad = [(where, faults) for _, where, faults in told[0] + told[1] if faults]
        for where, faults in bad:
            print(f"  {STAGES[stage].name} at {where}:", *faults, sep="\n    ", flush=True)
        counts = [sum(was_killed for was_killed, _, _ in outcomes) for outcomes in told]
        wrong, kills = wrong + len(bad), kills + sum(counts)
        seconds = time.monotonic() - began
        name = STAGES[stage].name
        print(f"{name:20} {writes:6} {counts[0]:18} {counts[1]:12} {len(bad):6} {seconds:8.0f}", flush=True)
    print(f"{kills} kills, {wrong} with a difference or a corruption")
    return 1 if wrong else 0


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
