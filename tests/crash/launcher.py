"""Commands of `ingest` in forks of one warm process, killed at their n-th write or after a time.

    outcome = shared().run(folder, "run")                 # outcome.steps: that many writes it took
    outcome = shared().run(folder, "run", kill_at=17)     # outcome.killed, outcome.last: what it was about to do
    worker = shared().start(folder, "worker")             # beside the test, like a subprocess.Popen
    worker = shared().start(folder, "worker", stop=(17, ["url"]))  # stopped (SIGSTOP) before that write

Importing all that a run needs takes longer than most of the runs of the tests; a fork has it already.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended."""

    code: int
    """Its exit code; negative: the signal."""
    steps: int
    """Writes that it got to."""
    last: str
    """The last of them."""
    out: str
    err: str

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


NO_LEAK_WARNINGS = ("-W", "ignore::UserWarning:multiprocessing.resource_tracker")
"""A killed command leaves semaphores; the resource tracker removes them when the warm process ends, and would warn."""

SHARED = "TESTS_WARM_PROCESS"
"""The variable of the environment that gives the address of the warm process of all test processes."""


def temporary_of(folder: Path) -> Path:
    """Return where the commands run in a folder keep temporary files: a short path, as sockets are among them."""
    return Path(tempfile.gettempdir()) / f"c{sha256(str(folder).encode()).hexdigest()[:10]}"


class WarmProcess:
    """`tests.crash.warm_process`, which ends with the process that made it.

    Args:
        shim: a library made by `tests.crash.shim`: then each system call that writes is a step, not only what Python
            is told of.
    """

    def __init__(self, shim: Path | None = None) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="ingest-warm-"))
        self.address = str(self._folder / "orders")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.address)
        self._listener.listen()
        self._environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "COLUMNS": "120"}
        if shim is not None:
            self._environment |= {"LD_PRELOAD": str(shim), "CRASH_SHIM": str(shim)}
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()
        self._starter = threading.Thread(target=self._start_when_asked, daemon=True)
        self._starter.start()

    def _start_when_asked(self) -> None:
        select.select([self._listener], [], [])
        if not self._ended.is_set():
            descriptor = self._listener.fileno()
            self._process = subprocess.Popen(
                [sys.executable, *NO_LEAK_WARNINGS, "-m", "tests.crash.warm_process", str(descriptor)],
                cwd=Path(__file__).parents[2],
                env=self._environment,
                stdin=subprocess.PIPE,
                pass_fds=[descriptor],
            )

    def close(self) -> None:
        """End the warm process, if a client has started it."""
        self._ended.set()
        if self._starter.is_alive():
            self._listener.shutdown(socket.SHUT_RDWR)
            self._starter.join()
        if self._process is not None:
            self._process.communicate()
        self._listener.close()
        shutil.rmtree(self._folder)


class Launcher:
    """A client of a warm process.

    Args:
        address: Of the warm process; it is started by its first client.
    """

    def __init__(self, address: str) -> None:
        self._temporary: set[Path] = set()
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(address)
        self._lines = self._connection.makefile("rw", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session, and remove what its commands left in their temporary folders."""
        self._lines.close()
        self._connection.close()
        for folder in self._temporary:
            shutil.rmtree(folder, ignore_errors=True)

    def run(
        self, folder: Path, *arguments: str, kill_at: int | None = None, kill_after: float | None = None
    ) -> Outcome:
        """Run a command in a folder, killed before its n-th write or after that many seconds if it gets so far."""
        return Outcome(**self._answer("run", folder, arguments, kill_at=kill_at, kill_after=kill_after))

    def start(
        self,
        folder: Path,
        *arguments: str,
        stop: tuple[int, Sequence[str]] | None = None,
        machine: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Started:
        """Start a command in a folder, beside others.

        Args:
            folder: Its working directory.
            arguments: What follows `ingest`.
            stop: Before the n-th of its writes that contain one of these words it is stopped, until it gets a SIGCONT.
            machine: The name of the machine that it takes itself to run on; by default this one's.
            environment: Further variables of its environment.
        """
        order = {"kill_at": None, "stop": stop, "machine": machine, "environment": dict(environment or {})}
        answer = self._answer("start", folder, arguments, **order)
        return Started(self, answer["pid"], Path(answer["out"]), Path(answer["err"]))

    def ended(self, pid: int) -> int | None:
        """Return the exit code of a command that was started, None while it goes on; to be asked till it has ended."""
        code = self._answered({"kind": "ended", "pid": pid})["code"]
        return None if code is None else int(code)

    def _answer(self, kind: str, folder: Path, arguments: Sequence[str], **order: object) -> dict[str, Any]:
        temporary = temporary_of(folder)
        self._temporary.add(temporary)
        return self._answered(
            {"kind": kind, "folder": str(folder), "temporary": str(temporary), "arguments": arguments, **order}
        )

    def _answered(self, order: dict[str, object]) -> dict[str, Any]:
        self._lines.write(json.dumps(order) + "\n")
        self._lines.flush()
        answer: dict[str, Any] = json.loads(self._lines.readline())
        return answer


class Started:
    """A command that goes on beside the test; to be used like `subprocess.Popen`."""

    def __init__(self, launcher: Launcher, pid: int, out: Path, err: Path) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._launcher = launcher
        self._out, self._err = out, err

    def poll(self) -> int | None:
        """Return the exit code, or None while it goes on."""
        if self.returncode is None:
            self.returncode = self._launcher.ended(self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Return the exit code when it has ended; TimeoutExpired if that takes longer than that many seconds."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("ingest", timeout)
            time.sleep(0.02)
        return code

    def communicate(self, timeout: float = 60) -> tuple[str, str]:
        """Return what it printed, when it has ended."""
        self.wait(timeout)
        return self._out.read_text("utf-8"), self._err.read_text("utf-8")

    def send_signal(self, number: int) -> None:
        """Send it a signal; nothing if it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    @property
    def is_stopped(self) -> bool:
        """Whether it is stopped by a signal, and not ended."""
        try:
            return Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "T"
        except FileNotFoundError:
            return False

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


@contextmanager
def own_launcher(shim: Path | None = None) -> Iterator[Launcher]:
    """Yield a client of a warm process of its own for the block."""
    process = WarmProcess(shim)
    try:
        with Launcher(process.address) as client:
            yield client
    finally:
        process.close()


@cache
def shared() -> Launcher:
    """Return the one client of this test process, which ends with it."""
    address = os.environ.get(SHARED)
    if address is None:
        process = WarmProcess()
        atexit.register(process.close)
        address = process.address
    client = Launcher(address)
    atexit.register(client.close)
    return client
