"""The warm process: it has imported all that a command needs, and forks for each command that a client orders.

    python -m tests.crash.warm_process DESCRIPTOR     # that of a listening socket; it ends when its stdin does

Each client has a session, which is a fork as well: an order is a line of JSON, and so is its answer.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.crash import warm
from tests.crash.fork_server import ForkServer
from tests.crash.steps import Steps


def main() -> None:
    """Begin a session for each client that connects, until stdin ends."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    warm.load()
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        client, _ = listener.accept()
        if not os.fork():
            listener.close()
            _session(client)
        client.close()
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _session(client: socket.socket) -> None:
    """Carry out the orders of a client until it goes, then end this process."""
    code = 1
    try:
        with client, client.makefile("rw", encoding="utf-8") as orders:
            for number, line in enumerate(orders):
                orders.write(json.dumps(_done(json.loads(line), number, client)) + "\n")
                orders.flush()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _command(order: dict[str, Any], steps: Steps) -> None:
    """Do what was ordered, in this fork, as `ingest` would."""
    folder = Path(order["folder"])
    temporary = Path(order["temporary"])
    temporary.mkdir(exist_ok=True)
    os.environ["TMPDIR"] = str(temporary)
    tempfile.tempdir = None
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
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


def _done(order: dict[str, Any], number: int, client: socket.socket) -> dict[str, Any]:
    """Carry out an order and return the answer."""
    if order["kind"] == "ended":
        pid, status = os.waitpid(order["pid"], os.WNOHANG)
        return {"code": os.waitstatus_to_exitcode(status) if pid else None}
    folder = Path(order["folder"])
    said_in = {name: folder.parent / f"{folder.name}.{os.getpid()}-{number}.{name}" for name in ("out", "err")}
    for name, path in said_in.items():
        path.write_bytes(b"")  # even of what is killed before it can say anything
        order[name] = str(path)
    steps = Steps()
    pid = os.fork()
    if not pid:
        client.close()
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
