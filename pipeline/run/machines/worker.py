"""`ingest worker`: one of several processes, on one machine or many, that do the work of one PostgreSQL store."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from models.errors import ConfigError, IngestError, LeaseLost
from pipeline.ledger import shared as ledger
from pipeline.ledger.leases import HeldLease, Leases
from pipeline.ledger.schedule import ask_for_due
from pipeline.ledger.shared import Order
from pipeline.run.incremental import Incremental
from pipeline.run.machines.host import Begun, tell_once, work_on
from pipeline.run.machines.lead import Lead
from pipeline.run.machines.tasks import task_of
from pipeline.run.machines.tickets import FAULTS, MOST_AT_ONCE, Tickets, has_ticket, waiting
from pipeline.run.run import open_shared, run_source
from pipeline.run.settings import source_http

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.run.report import Progress
    from pipeline.run.task import Shared

log = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
SWEEPER = "sweep"
"""The lease of the worker that hands out missing tickets."""

IDLE_SWEEPS = 3
"""Looks at a store without work after which a worker ends that is to work until idle."""


def check_store(store: Store) -> None:
    """Raise ConfigError for a store that several machines cannot share."""
    if not store.leased:
        raise ConfigError(
            f"{store.name}: workers need a PostgreSQL store. Copy this one with `ingest db move {store.name} "
            "postgresql+psycopg://user@host/name`, and name that as [store] database"
        )


async def work(config: Config, store: Store, progress: Progress, *, at_once: int, until_idle: bool) -> None:
    """Work until cancelled, or until nothing is left to do.

    Args:
        config: Its sources are worked on; others are left to machines that have them.
        store: A PostgreSQL store with a queue.
        progress: Receives the report of each source that this worker leads.
        at_once: Hosts and sources that it works on at once.
        until_idle: End when no run is under way and no ticket waits.
    """
    check_store(store)
    async with open_shared(config, store, progress, fetches=True) as shared:
        worker = _Worker(config, store, shared)
        async with worker.tickets, asyncio.TaskGroup() as group:
            tickets = group.create_task(worker.tickets.work(at_once))
            await worker.sweep(until_idle)
            tickets.cancel()


class _Worker:
    def __init__(self, config: Config, store: Store, shared: Shared) -> None:
        assert isinstance(shared.locks, Leases)
        self._config, self._store, self._shared, self._leases = config, store, shared, shared.locks
        self._begun: Begun = set()
        self._busy = 0
        """How many tickets this worker works on."""
        self.tickets = Tickets(store, self._on_host, self._on_source)

    async def _on_host(self, name: str) -> None:
        left = False
        with self._at_work():
            try:
                left = await work_on(self._shared, self._leases, name, self._begun)
            except* IngestError as group:
                log.warning("host %s: %s", name, group.exceptions[0])
        if left:
            await self.tickets.for_hosts([name])

    async def _on_source(self, name: str) -> None:
        source = self._config.sources.get(name)
        if source is None:
            tell_once(f"source {name}: this machine's configuration lacks it; others lead it")
            return
        with self._at_work():
            try:
                order = (await self._shared.transactions.read(ledger.without_run)).get(name)
                if order is None:
                    return  # a ticket that was doubled, or late: another process leads or has led the run
                shared = replace(self._shared, lead=Lead(self.tickets.for_hosts, self._begun).read)
                await run_source(shared, task_of(order), name, source, source_http(name, source))
            except* IngestError as group:
                log.warning("source %s: %s", name, group.exceptions[0])

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1

    async def sweep(self, until_idle: bool) -> None:
        """Hand out missing tickets each second, unless another worker does; return when idle, if asked to."""
        held: HeldLease | None = None
        idle = 0
        while not until_idle or idle < IDLE_SWEEPS:
            try:
                await asyncio.to_thread(self._leases.bury)
                await self._meet_schedules()
                if held is None:
                    held = await asyncio.to_thread(self._leases.take, SWEEPER)
                if held is not None:
                    held.check_here()
                    await self._hand_out()
                idle = idle + 1 if until_idle and await self._is_idle() else 0
            except (IngestError, *FAULTS) as error:
                log.warning("the sweep failed, and is tried again: %s", error)
                idle = 0
                if isinstance(error, LeaseLost) and held is not None:
                    await asyncio.to_thread(self._leases.release, held)  # else it is kept, and nobody sweeps
                    held = None
            await asyncio.sleep(SWEEP_SECONDS)

    async def _meet_schedules(self) -> None:
        """Ask for the runs that are due by schedule. Each worker does, as each may have sources of its own."""
        if schedules := self._config.schedules:
            order = Order(command=Incremental.command, options=Incremental().given())
            ask = partial(ask_for_due, schedules=schedules, order=order)
            for name in await self._shared.transactions.write(ask):
                log.info("source %s: a run is due by its schedule", name)
                await self.tickets.for_source(name)

    async def _hand_out(self) -> None:
        await self.tickets.bury()
        read = self._shared.transactions.read
        await self.tickets.for_hosts(await read(partial(ledger.hosts_to_take, limit=MOST_AT_ONCE, unless=has_ticket)))
        for name in await read(ledger.without_run):
            await self.tickets.for_source(name)

    async def _is_idle(self) -> bool:
        own = list(self._config.sources)  # runs of others it could not end
        if self._busy or await asyncio.to_thread(partial(waiting, self._store, own)):
            return False
        work = (ledger.is_anything_open, ledger.under_way, ledger.is_requested)
        return not any([await self._shared.transactions.read(partial(look, sources=own)) for look in work])
