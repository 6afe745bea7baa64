"""A server on loopback that misbehaves as it is told: what a fault sends is data, byte for byte.

Every fault is a host of its own (by the Host header), so that its robots.txt, its pace and its
connections are its own too. A client reaches them with `resolve = {"<host>": "127.0.0.1:<port>"}`.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wait:
    """Nothing, for that many seconds."""

    seconds: float


@dataclass(frozen=True)
class Drip:
    """Bytes one by one, with a pause after each."""

    data: bytes
    seconds: float = 0.05


@dataclass(frozen=True)
class Endless:
    """The same bytes over and over, until the client goes."""

    data: bytes


@dataclass(frozen=True)
class Close:
    """The end of the connection; a reset where `hard`."""

    hard: bool = False


Step = bytes | Wait | Drip | Endless | Close
Answer = bytes | tuple[Step, ...]
"""What is sent for one path; without a Close the connection stays open for a further request."""


def answer(
    content: bytes | str = b"",
    *headers: str,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    length: int | str | None = -1,
) -> bytes:
    """Return a whole answer; `length` None leaves Content-Length out, -1 states the true one."""
    body = content.encode("utf-8") if isinstance(content, str) else content
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length == -1 else length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


NO_RULES = answer("", status="404 Not Found")
NOT_FOUND = answer("nothing here", status="404 Not Found")


@dataclass(frozen=True, kw_only=True)
class Site:
    """The answers of one host: by path, in turn where there are several (the last one for good)."""

    paths: Mapping[str, Answer | list[Answer]]
    tls: bool = False


@dataclass
class Seen:
    """What a client did to one host."""

    requests: list[str] = field(default_factory=list)
    """The paths, in order."""
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    """The most requests that were in flight together."""
    in_flight: int = 0


class Server:
    """Serves sites by the name in the Host header; an async context manager."""

    def __init__(
        self, sites: Mapping[str, Site], *, address: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self._sites = sites
        self._address = address
        self._tls = tls
        self._turns: dict[tuple[str, str], int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.seen: dict[str, Seen] = {}
        self.port = port

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._connected, self._address, self.port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def resolve(self) -> dict[str, str]:
        """Names and where they lead, for the configuration."""
        return {name: f"{self._address}:{self.port}" for name in self._sites}

    def asked(self, host: str) -> list[str]:
        """Return the paths that were asked for on a host, in order."""
        return self.seen[host].requests if host in self.seen else []

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        first = True
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if length := re.search(rb"(?i)\r\ncontent-length: (\d+)", head):
                    head += await reader.readexactly(int(length[1]))
                if not await self._answer(head, writer, first):
                    return
                first = False
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort() if not writer.is_closing() else None

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter, first: bool) -> bool:
        """Send what the site says; False when the connection is over."""
        request_line, *lines = head.decode("latin-1").split("\r\n")
        path = request_line.split(" ")[1]
        host = next((line[5:].strip() for line in lines if line.lower().startswith("host:")), "").rpartition(":")[0]
        host = host or next((line[5:].strip() for line in lines if line.lower().startswith("host:")), "")
        seen = self.seen.setdefault(host, Seen())
        seen.requests.append(path)
        seen.heads.append(head)
        seen.connections += first
        paths = self._sites[host].paths if host in self._sites else {}
        given = paths.get(path, paths.get("*", NO_RULES if path == "/robots.txt" else NOT_FOUND))
        if isinstance(given, list):
            turn = self._turns.get((host, path), 0)
            self._turns[host, path] = turn + 1
            given = given[min(turn, len(given) - 1)]
        seen.in_flight += 1
        seen.at_once = max(seen.at_once, seen.in_flight)
        try:
            return await self._send(given, writer)
        finally:
            seen.in_flight -= 1

    async def _send(self, given: Answer, writer: asyncio.StreamWriter) -> bool:
        for step in (given,) if isinstance(given, bytes) else given:
            if isinstance(step, bytes):
                writer.write(step)
                await writer.drain()
            elif isinstance(step, Wait):
                await asyncio.sleep(step.seconds)
            elif isinstance(step, Drip):
                for at in range(len(step.data)):
                    writer.write(step.data[at : at + 1])
                    await writer.drain()
                    await asyncio.sleep(step.seconds)
            elif isinstance(step, Endless):
                while not writer.is_closing():
                    writer.write(step.data)
                    await writer.drain()
                    await asyncio.sleep(0)  # the client may live in the same loop
            else:
                if not step.hard:
                    with contextlib.suppress(ConnectionError):
                        writer.close()
                        await writer.wait_closed()
                return False
        return True
