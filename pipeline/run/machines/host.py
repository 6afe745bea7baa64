"""Work on one host, or one archive file: take its lease, fetch (or read) and stage open addresses, give it back."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from sqlalchemy import update

from models.errors import ConfigError, LeaseLost
from models.leases import host_lease
from models.statuses import FailureStage
from models.web import Url
from pipeline.ledger import failures
from pipeline.ledger import shared as ledger
from pipeline.ledger.due import FromArchive
from pipeline.ledger.runs import Started
from pipeline.ledger.shared import Counts
from pipeline.run.answers import ArchiveAnswers, SiteAnswers
from pipeline.run.incremental import Incremental
from pipeline.run.machines.tasks import task_of
from pipeline.run.reading import read_here
from pipeline.run.report import Report
from pipeline.run.settings import source_http
from pipeline.run.task import Batch, Shared, SourceRun

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from pipeline.ledger.due import Due, Result
    from pipeline.ledger.leases import HeldLease, Leases
    from pipeline.ledger.shared import OpenRun, Order
    from pipeline.run.answers import Answers

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Open addresses that a process begins together; after its loss, these are begun again."""

TURN_SECONDS = 60.0
"""Seconds of work on a host after which another process may take it."""


Begun = set[tuple[int, int]]
"""Addresses, as (run, address), that this process has begun and not stored: a fault of the database came between."""


@dataclass(frozen=True, slots=True)
class _HostFence:
    """The lease of a host, and the run that its addresses belong to."""

    held: HeldLease
    run: Started

    def check(self, connection: Connection) -> None:
        """Raise LeaseLost where the host's lease was lost, or where the run was taken over or has ended."""
        self.held.check(connection)
        ledger.check_under_way(connection, self.run)

    def check_here(self) -> None:
        """Raise LeaseLost where the host's lease could not be renewed."""
        self.held.check_here()


async def work_on(shared: Shared, leases: Leases, host: str, begun: Begun) -> bool:
    """Work on a host for a while, unless another process does; return whether it has open addresses left.

    `begun` is kept from call to call.
    """
    held = await shared.transactions.call(partial(leases.take, host_lease(host)))
    if held is None:
        return False
    try:
        end = time.monotonic() + TURN_SECONDS
        while time.monotonic() < end:
            if not await _work_on_runs(shared, leases.process, held, host, begun):
                return False
        return True
    except* LeaseLost as group:
        log.warning("host %s: %s", host, group.exceptions[0])
    finally:
        await shared.transactions.call(partial(leases.release, held))
    return False


async def _work_on_runs(shared: Shared, process: str, held: HeldLease, host: str, begun: Begun) -> bool:
    """Fetch and stage some addresses of each run; return whether there were any."""
    worked = False
    for row in await shared.transactions.read(partial(ledger.runs_of, host=host)):
        run = _source_run(shared, held, row)
        if run is None:
            continue
        again = {url_id for run_id, url_id in begun if run_id == row.run_id}
        begin = partial(_begin, run=run.started, order=row.order, host=host, again=again)
        due, given_up = await run.write(begin)
        if given_up:
            await run.write(partial(_give_up, run=run.started, addresses=given_up, now=shared.now()))
        if due:
            answers = _answers(run, due)
            under_way = {(row.run_id, item.url_id) for item in due}
            begun |= under_way
            await read_here(run, Batch(due=due, answers=answers), stored=partial(_stored, run=run, process=process))
            begun -= under_way
        worked = worked or bool(due or given_up)
    return worked


def _begin(
    connection: Connection, *, run: Started, order: Order, host: str, again: set[int]
) -> tuple[list[Due], list[tuple[int, str]]]:
    """Return what to do next of a run on a host, and the addresses to give up, as (id, URL)."""
    taken, given_up = ledger.begin(connection, run.run_id, host, AT_ONCE, again=again)
    due = task_of(order).again(connection, run, taken)
    for url_id in set(taken) - {item.url_id for item in due}:  # it was forgotten, or is gone, since it was chosen
        ledger.close(connection, run.run_id, url_id)
    return due, given_up


def _answers(run: SourceRun, due: list[Due]) -> Answers:
    shared = run.shared
    if isinstance(due[0].where, FromArchive):
        return ArchiveAnswers(shared.transactions, shared.archive, due)
    assert shared.client is not None
    return SiteAnswers(shared.client, run.http, run.started.fence)


@cache
def tell_once(words: str) -> None:
    """Log a warning, the first time that this process has it to say."""
    log.warning(words)


def _source_run(shared: Shared, held: HeldLease, row: OpenRun) -> SourceRun | None:
    """Return a run that another process leads; None where this process's configuration lacks its source."""
    source = shared.config.sources.get(row.source)
    if source is None:
        tell_once(f"source {row.source}: this machine's configuration lacks it; others fetch it")
        return None
    try:
        http = source_http(row.source, source)
    except ConfigError as error:
        tell_once(f"source {row.source}: {error}; others fetch it")
        return None
    started = Started(
        run_id=row.run_id,
        run_key=row.run_key,
        source_id=row.source_id,
        source=row.source,
        since=shared.now(),
        resumed=row.order.options.get("resumes"),
        state={},
    )
    started = replace(started, fence=_HostFence(held, started))
    return SourceRun(
        shared=shared,
        started=started,
        source=source,
        rules=source.rules(row.source, shared.config.extract),
        http=http,
        report=Report(source=row.source),
        since=row.order.options.get("since") if row.order.command == Incremental.command else None,
    )


def _stored(connection: Connection, result: Result, files: list[Due], *, run: SourceRun, process: str) -> list[Due]:
    """Close the address of a stored result, add the files of its page as open addresses, and count the result."""
    if result.fetched is None and result.error is None:
        return files  # a landing page, whose file this process asks for next
    run_id = run.started.run_id
    ledger.close(connection, run_id, result.due.url_id)
    ledger.open_up(connection, run_id, files)
    not_modified = result.fetched is not None and result.fetched.not_modified
    done = Counts(requested=1, not_modified=int(not_modified), unchanged=int(result.unchanged))
    ledger.count(connection, run_id, process, done)
    return []


def _give_up(connection: Connection, *, run: Started, addresses: list[tuple[int, str]], now: datetime) -> None:
    for url_id, url in addresses:
        reason = f"{ledger.MOST_TRIES} processes ended while they worked on it"
        failures.fail(connection, run, FailureStage.FETCH, url, reason, 1, failures.next_retry(now, 1, None), now)
        connection.execute(update(Url).where(Url.id == url_id).values(requested_at=now))
        ledger.close(connection, run.run_id, url_id)
