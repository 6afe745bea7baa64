"""Counts the CPU time of a command and of every process that it starts, those that outlive their parent included."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a command took: seconds of CPU of all of its processes, and of wall time; megabytes of the largest."""

    cpu: float
    wall: float
    largest_mb: float


def taken(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Taken:
    """Run a command to its end and return what it took; raises SystemExit with its messages where it fails.

    A process whose parent has ended is inherited by the one that counts (Linux), which waits for it: the children of a
    fork server would not be counted otherwise.
    """
    done = subprocess.run(
        [sys.executable, "-m", __name__, *command],
        cwd=folder,
        env=_environment(environment or {}),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return Taken(**json.loads(done.stdout.splitlines()[-1]))


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a command: modules are compiled once, as where a user has installed them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.getcwd(), **changes}


def main() -> None:
    """Run the command that the arguments name; print what it took as JSON."""
    import resource
    import time

    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise SystemExit("this system cannot hand down orphaned processes; Linux can")
    began = time.monotonic()
    code = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode
    wall = time.monotonic() - began
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "largest_mb": used.ru_maxrss / 1024}))
    raise SystemExit(code)


if __name__ == "__main__":
    main()
