"""Turns of hosts among all processes that share a PostgreSQL store: never two requests to a host at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from models import leases

if TYPE_CHECKING:
    from models.database.store import Store

ASK_AGAIN_SECONDS = 0.25
"""The longest wait before asking again whether a host's turn is free: another process may end its request early."""


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
            while wait := await self._ask(name, delay):
                await asyncio.sleep(min(wait, ASK_AGAIN_SECONDS))
            try:
                yield
            finally:
                await asyncio.shield(asyncio.to_thread(self._end, name, delay))

    async def pause(self, name: str, seconds: float) -> None:
        """Send nothing to the host for that many seconds (its Retry-After)."""
        await asyncio.to_thread(self._pause, name, seconds)

    async def _ask(self, name: str, delay: float) -> float:
        """Take the turn and return 0, or return the seconds until it is free; a cancelled task leaves none taken."""
        asking = asyncio.ensure_future(asyncio.to_thread(self._take, name))
        try:
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            if not await asking:
                await asyncio.to_thread(self._end, name, delay)
            raise

    def _take(self, name: str) -> float:
        with self._store.begin() as connection:
            return leases.take_turn(connection, name, seconds=self._longest)

    def _end(self, name: str, delay: float) -> None:
        with self._store.begin() as connection:
            leases.end_turn(connection, name, delay=delay)

    def _pause(self, name: str, seconds: float) -> None:
        with self._store.begin() as connection:
            leases.pause(connection, name, seconds=seconds)
