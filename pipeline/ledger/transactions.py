"""The transactions of a run, one after the other in a thread of their own.

The event loop goes on meanwhile: while one source is published, the answers to the requests of another are received.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from models.errors import Conflict

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from models.database.store import Store

T = TypeVar("T")


TRIES = 3
"""How often a transaction is tried that the server cancels in favour of another one."""

REST_SECONDS = 0.05
"""Seconds before the second try, and twice that before the third."""


def repeated(store: Store, work: Callable[[Connection], T]) -> T:
    """Return work(connection), called in a transaction that writes; again where the server cancelled it.

    Raises StoreError where that happened `TRIES` times.
    """
    for tried in range(1, TRIES):
        try:
            with store.begin() as connection:
                return work(connection)
        except Conflict:
            time.sleep(REST_SECONDS * tried)
    with store.begin() as connection:
        return work(connection)


class Transactions:
    """An async context manager; leaving it waits for the transaction that is under way.

    A transaction whose caller is cancelled while it runs goes on to its end: it is committed whole, or not at all.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="transactions")

    async def __aenter__(self) -> Transactions:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drain()
        self._thread.shutdown()

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Return work(connection), called in a transaction: committed at its end, rolled back on an error.

        The work is called again where the server cancelled the transaction, so it must count nothing twice.
        """
        return await self.call(lambda: repeated(self.store, work))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Return work(connection), called in a transaction that sees one snapshot and writes nothing."""

        def transaction() -> T:
            with self.store.read() as connection:
                return work(connection)

        return await self.call(transaction)

    async def call(self, function: Callable[[], T]) -> T:
        """Return function(), called in the thread of the transactions; it opens its own."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    async def drain(self) -> None:
        """Return when every transaction that was begun has ended."""
        await self.call(lambda: None)
