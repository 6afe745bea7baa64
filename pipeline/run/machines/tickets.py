"""Tickets: messages on a queue in the store that a source or host may have work, so that a free process looks at once.

A ticket decides nothing: leases say who works, rows say what is to be done. A ticket that is lost, late or doubled does
no harm, as a sweep each second hands out what is missing. The queue is that of Procrastinate.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from sqlalchemy import ColumnElement, column, exists, literal_column, table, text

from models.errors import StoreError
from models.leases import host_lease, source_lease

if TYPE_CHECKING:
    from models.database.store import Store

log = logging.getLogger(__name__)

HOSTS, SOURCES = "ingest hosts", "ingest sources"
"""Two queues, each with its own slots in a worker: who leads a run waits for hosts, and may not take up their slots."""
SILENT_SECONDS = 30.0
"""Seconds without a sign of life after which a worker is taken to be dead, and its tickets are removed."""

STOP_SECONDS = 2.0
"""Seconds that a worker that is told to stop waits for its work in hand; others take up the rest."""

CONNECT_SECONDS = 3.0
"""Seconds that each use of the queue waits for the database. A worker that is told to stop while the database is gone
waits for some of them, one after the other."""

MOST_AT_ONCE = 500
"""Tickets that one sweep hands out."""

FAULTS = (ProcrastinateException, psycopg.Error, OSError)
"""The errors of the queue where the database cannot be reached."""


class Tickets:
    """An async context manager: the queue of one store.

    Args:
        store: A PostgreSQL store.
        on_host: Does the work of a host.
        on_source: Leads a run of a source.
    """

    def __init__(
        self,
        store: Store,
        on_host: Callable[[str], Awaitable[None]] | None = None,
        on_source: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._store = store
        url = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connector = PsycopgConnector(conninfo=url, min_size=1, max_size=2, timeout=CONNECT_SECONDS)
        self._app = App(connector=connector)
        if on_host is not None:
            self._app.task(queue=HOSTS, name="host")(on_host)
        if on_source is not None:
            self._app.task(queue=SOURCES, name="source")(on_source)

    async def __aenter__(self) -> Tickets:
        _check_ready(self._store)
        await self._app.open_async()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._app.close_async()

    async def for_hosts(self, hosts: Collection[str]) -> None:
        """Ask free processes to look at hosts; a host with a waiting ticket gets no second one.

        Where the queue cannot be reached, nothing is raised: the sweep hands out what is missing.
        """
        try:
            for host in list(hosts)[:MOST_AT_ONCE]:
                with suppress(AlreadyEnqueued):
                    lock = host_lease(host)
                    await self._app.configure_task("host", queue=HOSTS, queueing_lock=lock).defer_async(name=host)
        except FAULTS as error:
            log.warning("tickets could not be handed out, and are missing for now: %s", error)

    async def for_source(self, source: str) -> None:
        """Ask a free process to lead a run of a source; a source with a waiting ticket gets no second one.

        Where the queue cannot be reached, nothing is raised: the sweep hands out what is missing.
        """
        task = self._app.configure_task("source", queue=SOURCES, queueing_lock=source_lease(source))
        try:
            with suppress(AlreadyEnqueued):
                await task.defer_async(name=source)
        except FAULTS as error:
            log.warning("tickets could not be handed out, and are missing for now: %s", error)

    async def bury(self) -> None:
        """Remove the tickets of processes that were lost: the work is found by the sweep."""
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
            log.warning("the ticket %s of a lost process is removed", job.queueing_lock)
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)

    async def work(self, at_once: int) -> None:
        """Work on that many hosts and lead that many sources at once, until cancelled."""
        async with asyncio.TaskGroup() as group:
            for queue in (HOSTS, SOURCES):
                group.create_task(self._work(queue, at_once))

    async def _work(self, queue: str, at_once: int) -> None:
        """Work on a queue; a fault of it or of the database ends nothing."""
        while True:
            try:
                await self._app.run_worker_async(
                    queues=[queue],
                    concurrency=at_once,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=STOP_SECONDS,
                    fetch_job_polling_interval=1.0,
                    stalled_worker_timeout=SILENT_SECONDS,
                )
            except FAULTS as error:
                log.warning("the queue cannot be read, and is tried again: %s", error)
            await asyncio.sleep(1)


_JOB = table("procrastinate_jobs", column("queueing_lock"), column("status"))


def has_ticket(lease: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the SQL condition that a ticket waits for the host or source of that lease."""
    return exists().where(_JOB.c.queueing_lock == lease, _JOB.c.status == literal_column("'todo'"))


def waiting(store: Store, sources: Sequence[str] | None = None) -> int:
    """Return how many tickets wait; with `sources`, those of hosts and of these sources."""
    statement = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
    if sources is None:
        return _number(store, statement)
    return _number(store, f"{statement} AND (task_name = 'host' OR args->>'name' = ANY(:sources))", sources=sources)


def workers(store: Store) -> int:
    """Return how many workers have given a sign of life lately; 0 where the store has no queue."""
    if not _has_queue(store):
        return 0
    lately = f"last_heartbeat > clock_timestamp() - interval '{SILENT_SECONDS} seconds'"
    shown = _number(store, f"SELECT count(*) FROM procrastinate_workers WHERE {lately}")
    return -(-shown // len((HOSTS, SOURCES)))


def make_queue(store: Store) -> bool:
    """Create the queue's tables beside the store's; return whether they were missing."""
    if _has_queue(store):
        return False
    with store.begin() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        raw.execute(SchemaManager.get_schema())
    return True


def _check_ready(store: Store) -> None:
    if not _has_queue(store):
        raise StoreError(f"{store.name} has no queue for workers yet; run `ingest db upgrade` first")


def _has_queue(store: Store) -> bool:
    return bool(_number(store, "SELECT count(*) FROM pg_tables WHERE tablename = 'procrastinate_jobs'"))


def _number(store: Store, statement: str, **values: object) -> int:
    with store.read() as connection:
        return int(connection.execute(text(statement), values).scalar_one())
