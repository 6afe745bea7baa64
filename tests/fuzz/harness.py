"""Reads mutated files in a limited child process; what is looked for is an error of ours, or a reading without end.

A child that the limits end (or that a native library brings down) is counted and replaced, as the pipeline does.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from models.errors import PageError
from tests.pdfs.child import MEMORY_MB, SECONDS

Read = Callable[[bytes], object]


class Child:
    """A process that reads one file after another, and is replaced when it dies."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.process: BaseProcess | None = None
        self.pipe: Connection | None = None

    def read(self, content: bytes) -> str:
        """Return `text`, `failure`, `killed by ...`, `hang`, or the error that should not have been."""
        if self.process is None or self.pipe is None or not self.process.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            self.pipe, theirs = context.Pipe()
            self.process = context.Process(target=_serve, args=(theirs, self._read), daemon=True)
            self.process.start()
            theirs.close()
        try:
            self.pipe.send_bytes(content)
            if not self.pipe.poll(SECONDS):
                self.stop()
                return "hang"
            return str(self.pipe.recv())
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.process.join()
            code = self.process.exitcode or 0
            self.stop()
            return f"killed by {signal.Signals(-code).name}" if code < 0 else "killed by its limit of memory"

    def read_alone(self, content: bytes) -> str:
        """Return how a reading ends in a process that has read nothing else."""
        self.stop()
        return self.read(content)

    def stop(self) -> None:
        """End the process."""
        if self.process is not None and self.pipe is not None:
            self.process.kill()
            self.process.join()
            self.pipe.close()
        self.process = self.pipe = None


def _serve(pipe: Connection, read: Read) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            content = pipe.recv_bytes()
        except EOFError:
            return
        try:
            read(content)
            answer = "text"
        except PageError:
            answer = "failure"
        except MemoryError:
            return  # the limit: this process is spent
        except Exception as error:  # this is what is looked for
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
            answer = f"{type(error).__name__}: {str(error)[:200]} ({where})"
        pipe.send(answer)


def run(
    description: str | None,
    seeds: list[bytes],
    mutated: Callable[[list[bytes], random.Random], bytes],
    read: Read,
    suffix: str,
) -> None:
    """Mutate and read until the time is up, print what came of it, and exit with 1 where there are findings."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=5.0)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--keep", type=Path, help="where findings are saved")
    args = options.parse_args()
    child = Child(read)
    counts: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    end = time.monotonic() + 60 * args.minutes
    number = 0
    while time.monotonic() < end:
        content = mutated(seeds, random.Random(f"{args.seed} {number}"))
        outcome = child.read(content)
        if outcome.startswith("killed") and not child.read_alone(content).startswith("killed"):
            outcome = "killed after many others, not alone"
        counts[outcome] += 1
        if outcome not in ("text", "failure"):
            findings[outcome] += not outcome.startswith("killed")
            if counts[outcome] <= 10:
                print(f"run {number} of seed {args.seed}: {outcome}", flush=True)
                if args.keep:
                    args.keep.mkdir(parents=True, exist_ok=True)
                    (args.keep / f"{args.seed}-{number}{suffix}").write_bytes(content)
        number += 1
    child.stop()
    print(f"{number} files: " + ", ".join(f"{what} {count}" for what, count in counts.most_common()))
    sys.exit(1 if findings.total() else 0)
