"""Lead a run whose addresses all processes fetch: open them up, wait until none is left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from pipeline.ledger import shared as ledger
from pipeline.ledger.due import FromSite
from pipeline.run.reading import read_here

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.run.task import Batch, SourceRun

POLL_SECONDS = 0.5
"""Seconds between two looks of a run's leader at its progress."""


class Lead:
    """Reads a batch by all processes that work on its hosts.

    Args:
        call: Called with the hosts that have work, so that free processes take it up at once.
    """

    def __init__(self, call: Callable[[list[str]], Awaitable[None]]) -> None:
        self._call = call

    async def read(self, run: SourceRun, batch: Batch) -> None:
        """Return when every address of the batch is staged or failed, and the files that its pages link."""
        if not all(isinstance(due.where, FromSite) for due in batch.due):
            await read_here(run, batch)
            return
        run_id, source, progress = run.started.run_id, run.started.source, run.shared.progress
        read = run.shared.transactions.read
        open_hosts, counted = partial(ledger.open_hosts, run_id=run_id), partial(ledger.counted, run_id=run_id)

        def open_up(connection: Connection) -> None:
            ledger.drop_ended(connection, run.started.source_id)
            ledger.open_up(connection, run_id, batch.due)

        await run.write(open_up)
        progress.planned(source, run.planned or len(batch.due))
        requested, not_modified = await read(counted)
        hosts = await read(open_hosts)
        await self._call(list(hosts))
        while hosts:
            run.started.fence.check_here()
            await asyncio.sleep(POLL_SECONDS)
            hosts = await read(open_hosts)
            fetched = (await read(counted))[0] - requested
            progress.fetched(source, fetched, fetched + sum(hosts.values()))
        after = await read(counted)
        run.report.requested += after[0] - requested
        run.report.not_modified += after[1] - not_modified
