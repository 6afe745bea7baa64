"""The writes of a command, counted in memory that it shares with the test; at the chosen one it is killed."""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import struct
import sys
from collections.abc import Callable, Sequence
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
SIZE = 4096
NEVER = 1 << 40


class Steps:
    """The count of writes, in memory that parent and child share."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, SIZE)
        self._pid = 0
        self._at = NEVER
        self._stop_at = NEVER
        self._stop_words: Sequence[str] = ()

    def arm(self, kill_at: int | None, shim: str | None) -> None:
        """Count from now on, in this process, which is killed at a write."""
        self._pid = os.getpid()
        self._at = kill_at or NEVER
        if shim is not None:
            address = ctypes.addressof(ctypes.c_char.from_buffer(self._shared))
            ctypes.CDLL(shim).crash_arm(ctypes.c_void_p(address), ctypes.c_long(self._at))
            return
        sys.addaudithook(self._audit)
        self._wrap("fsync", lambda *_: None)
        self._wrap("write", lambda descriptor, content: os.pwrite(descriptor, b"", 0))
        self._listen()

    def stop(self, at: int, words: Sequence[str]) -> None:
        """Stop this process before the n-th of the writes that contain one of these words."""
        self._stop_at, self._stop_words = at, words

    def step(self, what: str, torn: Callable[[], object] | None = None) -> None:
        """Count a write; at the chosen one do the half of it and die, or stop until a signal to go on."""
        if os.getpid() != self._pid:
            return
        count = self.read()[0] + 1
        self._shared[:SIZE] = struct.pack("q", count) + what.encode()[:1000].ljust(SIZE - 8, b"\0")
        if count == self._at:
            if torn is not None:
                torn()
            os.kill(os.getpid(), signal.SIGKILL)
        if any(word in what for word in self._stop_words):
            self._stop_at -= 1
            if not self._stop_at:
                os.kill(os.getpid(), signal.SIGSTOP)

    def read(self) -> tuple[int, str]:
        """Return the count and the last write."""
        return struct.unpack_from("q", self._shared)[0], self._shared[8:].partition(b"\0")[0].decode("utf-8", "replace")

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if flags & WRITING and not str(path).startswith(("/dev/", "/proc/")):
                self.step(f"open {path}")
        elif event in ("os.rename", "os.remove", "os.truncate", "os.mkdir", "os.rmdir"):
            self.step(f"{event} {arguments[0]}")

    def _wrap(self, name: str, torn: Callable[..., object]) -> None:
        real = getattr(os, name)

        def wrapped(descriptor: int, *arguments: Any) -> Any:
            if name == "write" and not os.path.isfile(f"/proc/self/fd/{descriptor}"):
                return real(descriptor, *arguments)  # a pipe
            half = None
            if arguments:
                half = lambda: real(descriptor, bytes(arguments[0])[: len(arguments[0]) // 2])  # noqa: E731
            self.step(f"{name} {descriptor}", half)
            return real(descriptor, *arguments)

        setattr(os, name, wrapped)

    def _listen(self) -> None:
        """Count each statement that writes, and each commit, before it is done."""
        from sqlalchemy import Engine, event

        @event.listens_for(Engine, "before_cursor_execute")
        def _statement(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.split(maxsplit=1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"):
                connection.info["written"] = statement
                self.step(statement)

        @event.listens_for(Engine, "commit")
        def _commit(connection: Any) -> None:
            self.step(f"COMMIT after {connection.info.pop('written', 'no statement that writes')}")
