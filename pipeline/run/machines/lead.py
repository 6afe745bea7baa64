"""Lead a run whose addresses all processes fetch: open them up, wait until none is left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.ledger import shared as ledger
from pipeline.ledger.due import FromImport
from pipeline.ledger.leases import Leases
from pipeline.ledger.shared import Counts
from pipeline.run.machines.host import Begun, work_on
from pipeline.run.reading import read_here

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.run.task import Batch, SourceRun

UNTAKEN = 1 / 3
"""The share of a lease's time for which a host with work is left to other processes."""

POLL_SECONDS = 0.5
"""Seconds between the first two looks of a run's leader at its progress; each further pause is a tenth longer."""

MOST_POLL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Look:
    """The progress of a run."""

    open: dict[str, int]
    """The hosts with open addresses, and how many."""
    untaken: list[str]
    """Those of them on which no process works."""
    done: Counts


class Lead:
    """Reads a batch by all processes that work on its hosts.

    A host that no process takes up for a third of a lease's time is worked on by this one: the others may all be busy,
    or lack the source in their configuration.

    Args:
        call: Called with the hosts that have work, so that free processes take it up at once.
        begun: What this process has begun, as `work_on` keeps it.
    """

    def __init__(self, call: Callable[[list[str]], Awaitable[None]], begun: Begun | None = None) -> None:
        self._call = call
        self._begun = set() if begun is None else begun

    async def read(self, run: SourceRun, batch: Batch) -> None:
        """Return when every address of the batch is staged or failed, and the files that its pages link."""
        if any(isinstance(due.where, FromImport) for due in batch.due):
            await read_here(run, batch)
            return
        run_id, source, progress = run.started.run_id, run.started.source, run.shared.progress
        read = run.shared.transactions.read

        def open_up(connection: Connection) -> None:
            ledger.drop_ended(connection, run.started.source_id)
            ledger.open_up(connection, run_id, batch.due)

        def look(connection: Connection) -> _Look:
            return _Look(
                open=ledger.open_hosts(connection, run_id),
                untaken=ledger.hosts_to_take(connection, run_id),
                done=ledger.counted(connection, run_id),
            )

        await run.write(open_up)
        progress.planned(source, run.planned or len(batch.due))
        before = now = await read(look)
        await self._call(list(now.open))
        since: dict[str, float] = {}
        pause = POLL_SECONDS
        while now.open:
            run.started.fence.check_here()
            await asyncio.sleep(pause)
            pause = min(1.1 * pause, MOST_POLL_SECONDS)
            now = await read(look)
            fetched = (now.done - before.done).requested
            progress.fetched(source, fetched, fetched + sum(now.open.values()))
            await self._take_up(run, now.untaken, since)
        done = now.done - before.done
        run.report.requested += done.requested
        run.report.not_modified += done.not_modified
        run.report.unchanged += done.unchanged

    async def _take_up(self, run: SourceRun, hosts: list[str], since: dict[str, float]) -> None:
        """Work on the host that was left alone for longest, if that is too long.

        `hosts` are those that are left alone now; `since` is kept from call to call.
        """
        now = asyncio.get_running_loop().time()
        for host in set(since) - set(hosts):
            del since[host]
        for host in hosts:
            since.setdefault(host, now)
        longest = min(since, key=lambda host: since[host], default=None)
        patience = UNTAKEN * run.shared.config.workers.lease_seconds
        if longest is not None and now - since[longest] >= patience:
            del since[longest]
            assert isinstance(run.shared.locks, Leases)
            await work_on(run.shared, run.shared.locks, longest, self._begun)
