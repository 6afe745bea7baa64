"""Pacing of requests to a host: a limit on those in flight, and a delay between an answer and the next request.

One process keeps the pace by itself; processes that share a PostgreSQL store keep it in the store
(`pipeline.fetch.turns`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

import httpx


class Clock:
    """The time and sleep, in one place, so that tests need not wait."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let that many seconds pass."""
        await asyncio.sleep(seconds)


class Yielder:
    """Lets other tasks run when work has gone on for a millisecond without waiting."""

    _WHILE = 0.001

    def __init__(self) -> None:
        self._since = time.monotonic()

    async def take(self) -> None:
        """Return at once, or after other tasks have run."""
        if time.monotonic() - self._since > self._WHILE:
            await asyncio.sleep(0)
            self._since = time.monotonic()


class Turns(Protocol):
    """What keeps requests to a host apart."""

    def turn(self, name: str, delay: float) -> AbstractAsyncContextManager[None]:
        """Wait for the host's turn; the next one comes `delay` seconds after this one has ended."""

    async def pause(self, name: str, seconds: float) -> None:
        """Send nothing to the host for that many seconds (its Retry-After)."""


def host_of(url: httpx.URL | str) -> str:
    """Return the name under which a host's requests are kept apart: in punycode, with the port where it is unusual."""
    url = httpx.URL(url)
    host = url.raw_host.decode("ascii").lower().rstrip(".")
    return host if url.port in (None, 80, 443) else f"{host}:{url.port}"


class _Host:
    def __init__(self, at_once: int) -> None:
        self.slots = asyncio.Semaphore(at_once)
        self.not_before = 0.0


class Pacing:
    """Paces each host by itself: no host waits for another."""

    def __init__(self, at_once: int, clock: Clock) -> None:
        self._at_once = at_once
        self._clock = clock
        self._hosts: dict[str, _Host] = {}

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self._at_once))

    @asynccontextmanager
    async def turn(self, name: str, delay: float) -> AsyncIterator[None]:
        """Wait for the host's turn; the next one comes `delay` seconds after this one has ended."""
        host = self._host(name)
        async with host.slots:
            while (wait := host.not_before - self._clock.monotonic()) > 0:
                await self._clock.sleep(wait)
            try:
                yield
            finally:
                host.not_before = max(host.not_before, self._clock.monotonic() + delay)

    async def pause(self, name: str, seconds: float) -> None:
        """Send nothing to the host for that many seconds (its Retry-After)."""
        host = self._host(name)
        host.not_before = max(host.not_before, self._clock.monotonic() + seconds)
