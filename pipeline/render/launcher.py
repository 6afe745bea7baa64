"""Start a browser that cannot reach the network and does not outlive the run.

    python launcher.py PID_FILE RUN MEGABYTES PROGRAM ...

This file is run by itself, as the program that Playwright takes for the browser; it imports nothing of the project.

- In a network namespace of its own, without any interface, where the kernel allows that (network_namespaces(7)).
- In a process namespace of its own: when its first process ends, the kernel ends all others (pid_namespaces(7)).
- Not as root, and in Chromium's own sandbox where the kernel allows that.
- Ended when the process RUN, which asked for it, has ended in whatever way, when this process has, or when the
  browser's processes together hold more than MEGABYTES of memory.

The id of this process and the folder of the browser's files are written to PID_FILE.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
END_WITH_PARENT = 1
NOBODY = 65534
LARGEST_FILE = 256 << 20
PLACES = ("/tmp", "/var/tmp", "/dev/shm")
WATCH_EVERY = 500
"""Milliseconds between two looks at the memory."""
ENDED_FOR_MEMORY = 77
"""The exit code when the browser held too much memory."""

_libc = ctypes.CDLL(None, use_errno=True)


def main(pid_file: Path, run: int, megabytes: int, command: list[str]) -> int:
    """Run the browser until it ends, its run has ended, or it holds too much memory; return the exit code."""
    _libc.prctl(END_WITH_PARENT, signal.SIGKILL)
    folder = _folder() if os.getuid() == 0 else None
    pid_file.write_text(f"{os.getpid()} {folder or ''}")
    _isolate()
    browser = os.fork()
    if browser == 0:
        _become_browser(command, folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.closerange(3, 5)  # the pipe by which the browser is driven is the browser's alone
    try:
        return _watch(browser, os.pidfd_open(run), megabytes << 20)
    finally:
        for process in _with_children(browser):
            _end(process)
        if folder is not None:  # Playwright may end this process before that is done; then the run does it
            shutil.rmtree(folder, ignore_errors=True)


def _folder() -> str:
    """Make a folder that another user than root can reach: the temporary one may lie behind closed folders."""
    open_to_all = (place for place in PLACES if os.path.isdir(place) and os.stat(place).st_mode & 0o002)
    folder = tempfile.mkdtemp(prefix="ingest-browser-", dir=next(open_to_all, None))
    os.chown(folder, NOBODY, NOBODY)
    return folder


def isolates() -> bool:
    """Return whether the kernel gives the browser a network and a numbering of processes of its own."""
    return _allows(_isolate)


def _isolate() -> bool:
    """Enter new namespaces for the network and for processes begun from now on; return whether the kernel allows it."""
    if _libc.unshare(NEW_NETWORK | NEW_PROCESSES) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(NEW_USER | NEW_NETWORK | NEW_PROCESSES) != 0:
        return False
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def _become_browser(command: list[str], folder: str | None) -> None:
    _libc.prctl(END_WITH_PARENT, signal.SIGKILL)
    os.setpgid(0, 0)
    if folder is not None:
        os.environ.update(TMPDIR=folder, HOME=folder)
        profile = f"--user-data-dir={folder}"
        command = [profile if argument.startswith("--user-data-dir=") else argument for argument in command]
        os.chdir(folder)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        _libc.prctl(END_WITH_PARENT, signal.SIGKILL)  # a change of user takes it back
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    if not _allows(lambda: _libc.unshare(NEW_USER) == 0):
        command = [*command, "--no-sandbox"]
    os.execv(command[0], command)


def _allows(attempt: Callable[[], bool]) -> bool:
    """Return whether an attempt succeeds, made in a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit(0 if attempt() else 1)
    return os.waitpid(child, 0)[1] == 0


def _watch(browser: int, run: int, most: int) -> int:
    ended = os.pidfd_open(browser)
    poll = select.poll()
    for descriptor in (ended, run):
        poll.register(descriptor, select.POLLIN)
    while True:
        happened = {descriptor for descriptor, _ in poll.poll(WATCH_EVERY)}
        if ended in happened:
            return os.waitstatus_to_exitcode(os.waitpid(browser, 0)[1]) & 0xFF
        too_large = sum(map(_memory, _with_children(browser))) > most
        if run in happened or too_large:
            return ENDED_FOR_MEMORY if too_large else 1


def _with_children(process: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    waiting = [process]
    while waiting:
        one = waiting.pop()
        yield one
        try:
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue  # it has ended


def _memory(process: int) -> int:
    """Return the bytes that a process holds and shares with no other."""
    try:
        _, resident, shared = Path(f"/proc/{process}/statm").read_text().split()[:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * resource.getpagesize()


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
