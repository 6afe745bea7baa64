"""What may befall two workers that share a store: each fault of `machines`, and what it needs from the start."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.crash.launcher import Started

LATE = 1 / 2
"""How much later than it was handed out a late ticket comes, in leases: longer than a leader waits before it fetches
itself."""


class Around(Protocol):
    """What a fault may touch."""

    database: str
    lease_seconds: float
    workers: list[Started]
    """The first is stopped by a SIGSTOP when the fault comes."""
    random: random.Random
    restarted: subprocess.Popen[bytes] | None
    """The server of the database, where a fault has ended the first one."""
    link: Link

    def start(self, machine: str) -> None:
        """Start another worker, on a machine of that name; the first runs on `one`."""

    def sql(self, statement: str) -> None:
        """Execute a statement on the database."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, and what the first worker needs from its start."""

    befall: Callable[[Around], None] | None
    """Called when the first worker has stopped at one of its writes; None for what is wrong from the start."""
    clock_days: int = 0
    """How wrong its clock is: by so many days ahead in one half of the rounds, behind in the other."""
    loses_worker: bool = False
    """Whether it is out of action for longer than a lease, so that others take up its work."""
    repeats: bool = False
    """Whether documents may be asked for twice: what it had asked for and could not store."""
    linked: bool = False
    """Whether it reaches the database by a link that can be cut."""


class Link:
    """A Unix socket that forwards to the one of a database, until it is cut: then nothing goes either way, in silence.

    Args:
        folder: Where the socket is to be.
        target: The folder of the database's socket.
    """

    NAME = ".s.PGSQL.5432"

    def __init__(self, folder: Path, target: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._target = str(target / self.NAME)
        self._whole = threading.Event()
        self._whole.set()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / self.NAME))
        self._listener.listen(50)
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Hold back what is sent from now on."""
        self._whole.clear()

    def mend(self) -> None:
        """Deliver what was held back, and go on."""
        self._whole.set()

    def close(self) -> None:
        """Take no more connections."""
        self._whole.set()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(self._target)
                except OSError:
                    client.close()
                    continue
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._forward, args=(one, other), daemon=True).start()

    def _forward(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._whole.wait()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def link(folder: Path, target: Path) -> Iterator[Link]:
    """Yield a link to a database for the block."""
    made = Link(folder, target)
    try:
        yield made
    finally:
        made.close()


CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static time_t wrong(void) { const char *days = getenv("CLOCK_DAYS"); return days ? 86400 * atol(days) : 0; }

int clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = REAL(clock_gettime)(clock, now);
    if (!failed && clock == CLOCK_REALTIME) now->tv_sec += wrong();
    return failed;
}
time_t time(time_t *now) {
    time_t found = REAL(time)(NULL) + wrong();
    if (now) *now = found;
    return found;
}
"""
"""A library that shows its process a wrong time of day."""


def clock(folder: Path) -> dict[str, str]:
    """Return the environment in which a process and its children see the time of day wrong by CLOCK_DAYS.

    Raises RuntimeError without a C compiler.
    """
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise RuntimeError("a wrong clock needs a C compiler; name other faults by --fault")
    source, library = folder / "clock.c", folder / "clock.so"
    source.write_text(CLOCK, "ascii")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library)}


def kill(around: Around) -> None:
    """A worker is killed; another one is started, in half of the rounds on another machine."""
    around.workers.pop(0).kill()
    around.start(around.random.choice(("one", "third")))


def pause(around: Around) -> None:
    """A worker is stopped for longer than a lease, then goes on."""
    time.sleep(around.lease_seconds * around.random.uniform(1.1, 1.8))
    around.workers[0].send_signal(signal.SIGCONT)


def cut(around: Around) -> None:
    """A worker's link to the database is cut for longer than a lease, then mended."""
    around.link.cut()
    around.workers[0].send_signal(signal.SIGCONT)
    time.sleep(around.lease_seconds * around.random.uniform(1.1, 1.8))
    around.link.mend()


def restart(around: Around) -> None:
    """The database is ended at once, and started again."""
    data = Path(around.database.split("host=")[1]) / "data"
    number = (data / "postmaster.pid").read_text().split()[0]
    process = Path("/proc") / number
    command = process.joinpath("cmdline").read_bytes().split(b"\0")[:-1]
    owner = process.stat().st_uid
    os.kill(int(number), signal.SIGQUIT)
    while process.joinpath("cmdline").exists() and process.joinpath("cmdline").read_bytes():
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
    identity: dict[str, Any] = {"user": owner, "group": owner, "extra_groups": []} if os.geteuid() == 0 else {}
    log = (data.parent / "log").open("ab")
    around.restarted = subprocess.Popen(
        command, stdout=log, stderr=log, cwd=data.parent, env={"LC_ALL": "C.UTF-8", "TZ": "UTC"}, **identity
    )
    around.workers[0].send_signal(signal.SIGCONT)


def lost(around: Around) -> None:
    """Tickets are deleted, ten times."""
    _to_tickets(around, "DELETE FROM procrastinate_jobs WHERE status = 'todo'")


def doubled(around: Around) -> None:
    """Tickets lose the lock that keeps them single, ten times."""
    _to_tickets(around, "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE status = 'todo'")


def late(around: Around) -> None:
    """Tickets are kept back, ten times: those of hosts and sources whose work is done by then come all the same."""
    later = f"clock_timestamp() + interval '{LATE * around.lease_seconds} seconds'"
    _to_tickets(around, f"UPDATE procrastinate_jobs SET scheduled_at = {later} WHERE status = 'todo'")


def _to_tickets(around: Around, statement: str) -> None:
    around.workers[0].send_signal(signal.SIGCONT)
    for _ in range(10):
        around.sql(statement)
        time.sleep(0.2)


FAULTS: dict[str, Fault] = {
    "kill": Fault(kill, loses_worker=True, repeats=True),
    "pause": Fault(pause, loses_worker=True, repeats=True),
    "cut": Fault(cut, linked=True, loses_worker=True, repeats=True),
    "restart": Fault(restart, repeats=True),
    "clock": Fault(None, clock_days=1),
    "lost": Fault(lost),
    "doubled": Fault(doubled),
    "late": Fault(late),
}
