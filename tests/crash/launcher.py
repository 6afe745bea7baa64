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
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.crash import warm
from tests.crash.fork_server import ForkServer
from tests.crash.steps import Steps


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


def temporary_of(folder: Path) -> Path:
    """Return where the commands run in a folder keep temporary files: a short path, as sockets are among them."""
    return Path(tempfile.gettempdir()) / f"c{sha256(str(folder).encode()).hexdigest()[:10]}"


class Launcher:
    """The warm process: it has imported everything and forks for each command.

    Args:
        shim: a library made by `tests.crash.shim`: then each system call that writes is a step, not only what Python
            is told of.
    """

    def __init__(self, shim: Path | None = None) -> None:
        self._temporary: set[Path] = set()
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "COLUMNS": "120"}
        if shim is not None:
            environment |= {"LD_PRELOAD": str(shim), "CRASH_SHIM": str(shim)}
        self._process = subprocess.Popen(
            [sys.executable, *NO_LEAK_WARNINGS, "-m", "tests.crash.launcher"],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process, and remove what its commands left in their temporary folders."""
        if self._process.poll() is None:
            self._process.communicate()
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
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
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


@cache
def shared() -> Launcher:
    """Return the one launcher of this test process, which ends with it."""
    launcher = Launcher()
    atexit.register(launcher.close)
    return launcher


def _command(order: dict[str, Any], steps: Steps) -> None:
    """Do what was ordered, in this fork, as `ingest` would."""
    folder = Path(order["folder"])
    temporary = Path(order["temporary"])
    temporary.mkdir(exist_ok=True)
    os.environ["TMPDIR"] = str(temporary)
    tempfile.tempdir = None
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # else it would share the pipe by which the orders come
    os.close(nothing)
    for name, number in (("out", 1), ("err", 2)):
        descriptor = os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.update(order.get("environment", {}))
    if machine := order.get("machine"):
        socket.gethostname = lambda: machine
    ForkServer().stand_in()
    steps.arm(order["kill_at"], os.environ.get("CRASH_SHIM"))
    if stop := order.get("stop"):
        steps.stop(*stop)
    arguments: Sequence[str] = order["arguments"]
    if arguments[0] == "upgrade-with":  # what `ingest db upgrade` of a later version does
        from models.database.store import upgrade

        upgrade(arguments[1], base=folder, migrations=Path(arguments[2]))
        return
    from multiprocessing import util

    from pipeline.cli import main

    # As in a process of its own, where the command begins before this is imported.
    atexit.unregister(util._exit_function)  # type: ignore[attr-defined]
    sys.argv = ["ingest", *arguments]
    try:
        main()
    finally:
        atexit.register(util._exit_function)  # type: ignore[attr-defined]


def _child(order: dict[str, Any], steps: Steps) -> None:
    code = 99
    try:
        _command(order, steps)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(pid: int, kill_after: float | None) -> int:
    timer = None
    if kill_after is not None:
        timer = threading.Timer(kill_after, os.kill, (pid, signal.SIGKILL))
        timer.start()
    _, status = os.waitpid(pid, 0)
    if timer is not None:
        timer.cancel()
        timer.join()  # no thread may be left when the next command is forked
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Fork for each order that comes on stdin."""
    warm.load()
    for number, line in enumerate(sys.stdin):
        print(json.dumps(_done(json.loads(line), number)), flush=True)


def _done(order: dict[str, Any], number: int) -> dict[str, Any]:
    """Carry out an order and return the answer."""
    if order["kind"] == "ended":
        pid, status = os.waitpid(order["pid"], os.WNOHANG)
        return {"code": os.waitstatus_to_exitcode(status) if pid else None}
    folder = Path(order["folder"])
    said_in = {name: folder.parent / f"{folder.name}.{number}.{name}" for name in ("out", "err")}
    for name, path in said_in.items():
        path.write_bytes(b"")  # even of what is killed before it can say anything
        order[name] = str(path)
    steps = Steps()
    pid = os.fork()
    if not pid:
        _child(order, steps)
    if order["kind"] == "start":
        return {"pid": pid, "out": order["out"], "err": order["err"]}
    code = _wait(pid, order["kill_after"])
    count, last = steps.read()
    said = {}
    for name, path in said_in.items():
        said[name] = path.read_text("utf-8", "replace")
        path.unlink()
    return {"code": code, "steps": count, "last": last, **said}


if __name__ == "__main__":
    main()
