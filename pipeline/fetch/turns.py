"""Turns of hosts among all processes that share a PostgreSQL store: never two requests to a host at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from models import leases
from models.leases import Turn

if TYPE_CHECKING:
    from models.database.store import Store

ASK_AGAIN_SECONDS = 0.25
"""The longest wait before asking again whether a host's turn is free: another process may end its request early."""


LATE = 0.1
"""The share of the longest request by which a request may begin later than its turn. After a longer time, in which the
process was stopped or cut off, another process may soon have the turn."""


class SharedTurns:
    """Keeps the turns in the store, by the database's clock.

    Args:
        store: A PostgreSQL store.
        longest: Seconds that a request may last: a process that ends during its request keeps the turn that long.
    """

    def __init__(self, store: Store, longest: float) -> None:
        self._store, self._longest = store, longest
        self._here: dict[str, asyncio.Lock] = {}
        """By host: lets one request of this process at a time ask for the turn."""

    @asynccontextmanager
    async def turn(self, name: str, delay: float) -> AsyncIterator[None]:
        """Wait for the host's turn; the next one comes `delay` seconds after this one has ended."""
        async with self._here.setdefault(name, asyncio.Lock()):
            turn = await self._granted(name, delay)
            try:
                yield
            finally:
                await asyncio.shield(asyncio.to_thread(self._end, turn, delay))

    async def pause(self, name: str, seconds: float) -> None:
        """Send nothing to the host for that many seconds (its Retry-After)."""
        await asyncio.to_thread(self._pause, name, seconds)

    async def _granted(self, name: str, delay: float) -> Turn:
        """Return the host's turn when it has come."""
        while True:
            asked = time.monotonic()
            answer = await self._ask(name, delay)
            if not isinstance(answer, Turn):
                await asyncio.sleep(min(answer, ASK_AGAIN_SECONDS))
            elif time.monotonic() - asked <= LATE * self._longest:
                return answer
            else:
                await asyncio.to_thread(self._end, answer, 0)

    async def _ask(self, name: str, delay: float) -> Turn | float:
        """Take the turn, or return the seconds until it is free; a cancelled task leaves none taken."""
        asking = asyncio.ensure_future(asyncio.to_thread(self._take, name))
        try:
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            if isinstance(turn := await asking, Turn):
                await asyncio.to_thread(self._end, turn, delay)
            raise

    def _take(self, name: str) -> Turn | float:
        with self._store.begin() as connection:
            return leases.take_turn(connection, name, seconds=(1 + LATE) * self._longest)

    def _end(self, turn: Turn, delay: float) -> None:
        with self._store.begin() as connection:
            leases.end_turn(connection, turn, delay=delay)

    def _pause(self, name: str, seconds: float) -> None:
        with self._store.begin() as connection:
            leases.pause(connection, name, seconds=seconds)
