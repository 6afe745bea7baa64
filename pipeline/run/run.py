"""The flow: discover, fetch, archive, extract, judge, load. One address can be followed from top to bottom here.

A run by cron, a rerun, an import and a list of addresses are the same flow over different tasks (`pipeline.run.task`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from models.errors import IngestError, LeaseLost, Locked, StoreError
from models.statuses import RunStatus
from models.upsert import chunks
from pipeline import VERSION
from pipeline.archive import Archive
from pipeline.drift.judge import Verdict, judge
from pipeline.drift.notices import refuse_notices
from pipeline.extract.pool import sweep
from pipeline.extract.version import code_basis
from pipeline.fetch.turns import SharedTurns
from pipeline.ledger import failures, runs
from pipeline.ledger.leases import locks_of
from pipeline.ledger.transactions import Transactions
from pipeline.ledger.writer import Writer, repair
from pipeline.load.copies import copies
from pipeline.load.publish import in_order, publish_batch
from pipeline.run.put_away import put_away
from pipeline.run.reading import read_here
from pipeline.run.report import Progress, Report
from pipeline.run.settings import open_client, open_readers, source_http, utc_now
from pipeline.run.task import Batch, Lead, Settle, Shared, SourceRun, Task

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from models.database.store import Store
    from pipeline.config import Config, Source
    from pipeline.fetch.settings import SourceHttp
    from pipeline.ledger.lock import Fence

log = logging.getLogger(__name__)

LOOK_AGAIN = 1.0
"""Seconds between two tries to take the lock of a source that another run holds."""

TOLD = 3
"""At its end a run reports this many of its failures with their reasons."""


async def run_sources(
    config: Config,
    store: Store,
    names: list[str],
    task: Task,
    progress: Progress,
    lead: Lead | None = None,
    *,
    waits: bool = False,
    clock: Callable[[], datetime] = utc_now,
) -> list[Report]:
    """Run a task for the named sources (by default all enabled ones) concurrently; return their reports in order.

    With `lead`, batches are read by all processes that share the store (`pipeline.run.machines`). With `waits`, the run
    of a source that another run holds begins when that has ended. `clock` gives the time for all that is due or
    recorded.

    A fault of one source ends that source alone. Raises ConfigError before any request, and StoreError where the store
    cannot be used, which ends all sources.
    """
    chosen = config.chosen(names)
    http = {name: source_http(name, source) for name, source in chosen.items()}
    async with (
        open_shared(config, store, progress, fetches=task.fetches, clock=clock) as opened,
        asyncio.TaskGroup() as group,
    ):
        shared = replace(opened, lead=lead, waits=waits)
        tasks = [group.create_task(run_source(shared, task, name, chosen[name], http[name])) for name in chosen]
    return [done.result() for done in tasks]


@asynccontextmanager
async def open_shared(
    config: Config, store: Store, progress: Progress, *, fetches: bool, clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[Shared]:
    """Repair the archive after killed runs, then open what all sources share. A dry run repairs nothing.

    Its copy of the store may be older than the archive's files: it would cut off what another run has committed since.
    """
    store = replace(store, most_idle_seconds=config.workers.lease_seconds)
    for line in [] if store.rehearsal else repair(store, config.archive):
        # Cutting off a torn tail is routine; of a loss a person must know.
        log.log(logging.INFO if "cut back" in line else logging.WARNING, "archive: %s", line)
    if not store.rehearsal:
        sweep(config.archive)
    async with AsyncExitStack() as stack:
        spool = None if store.rehearsal else config.archive
        readers = await stack.enter_async_context(open_readers(config, spool=spool))
        turns = SharedTurns(store, config.http.timeout_seconds) if store.leased else None
        client = await stack.enter_async_context(open_client(config, readers, turns)) if fetches else None
        await stack.enter_async_context(put_away(store, config))
        archive = stack.enter_context(Archive(config.archive, software=f"ingest/{VERSION}"))
        transactions = await stack.enter_async_context(Transactions(store))
        yield Shared(
            config=config,
            locks=stack.enter_context(locks_of(store, config.archive, config.workers.lease_seconds)),
            transactions=transactions,
            client=client,
            readers=readers,
            writer=await stack.enter_async_context(Writer(transactions, archive, clock)),
            lead=None,
            waits=False,
            in_memory=asyncio.Semaphore(2 * readers.workers + 2),
            progress=progress,
            now=clock,
        )


async def run_source(shared: Shared, task: Task, name: str, source: Source, http: SourceHttp) -> Report:
    """Run a task for one source under its lock; return its report. Raises StoreError only."""
    report = Report(source=name)
    began = asyncio.get_running_loop().time()
    try:
        with ExitStack() as held:
            fence = await _hold(shared, name, held)
            await _in_the_ledger(shared, task, name, source, http, report, fence)
    except Locked as error:
        report.status, report.reasons = RunStatus.LOCKED, [str(error)]
    report.seconds = asyncio.get_running_loop().time() - began
    shared.progress.finished(report)
    fields = {"run": report.run_key, "reasons": report.reasons, "seconds": round(report.seconds, 1), **report.counts()}
    log.info("source %s: %s", name, report.status, extra={"fields": fields})
    return report


async def _hold(shared: Shared, name: str, held: ExitStack) -> Fence:
    """Take a source's lock until the stack is closed. Raises Locked, unless another run is waited for."""
    told = ""
    while True:
        try:
            return held.enter_context(shared.locks.hold(name))
        except Locked as error:
            if not shared.waits:
                raise
            if told != str(error):
                told = str(error)
                shared.progress.waits(name, told)
        await asyncio.sleep(LOOK_AGAIN)


async def _in_the_ledger(
    shared: Shared, task: Task, name: str, source: Source, http: SourceHttp, report: Report, fence: Fence
) -> None:
    """Open the run in the ledger, run the task, and close the run with its status and reasons, whatever happens."""
    config = source.model_dump(mode="json")
    given = {**task.given(), **({"shared": True} if shared.lead is not None else {})}
    started = await shared.transactions.write(
        lambda connection: runs.start(connection, name, config, task.command, given, shared.now(), fence)
    )
    report.run_key = started.run_key
    status = RunStatus.INTERRUPTED
    try:
        rules = source.rules(name, shared.config.extract)
        run = SourceRun(shared=shared, started=started, source=source, rules=rules, http=http, report=report)
        status = RunStatus.DONE if await _flow(run, task) else RunStatus.HELD
    except* StoreError:
        raise
    except* LeaseLost as group:
        report.reasons += [str(error) for error in _leaves(group)]
    except* IngestError as group:
        status = RunStatus.FAILED
        report.reasons += [str(error) for error in _leaves(group)]
    except* Exception as group:
        status = RunStatus.FAILED
        log.error("source %s failed", name, exc_info=group)
        report.reasons += [
            f"{name}: an unforeseen error, {type(error).__name__}: {error}; `ingest run --log FILE` logs where it arose"
            for error in _leaves(group)
        ]
    finally:
        report.status = status
        start = source.start[0] if task.discovers else None
        await shared.transactions.write(partial(_close, started=started, start=start, report=report, now=shared.now()))


def _close(connection: Connection, *, started: runs.Started, start: str | None, report: Report, now: datetime) -> None:
    """Write to the ledger how a run ended, and whether the listing at `start` failed, where one was read.

    Raises LeaseLost where another process may have taken the run over.
    """
    started.fence.check(connection)
    if start is not None and report.status in (RunStatus.DONE, RunStatus.FAILED):
        failures.fail_source(connection, started, start, report.reasons, now)
    report.failed = failures.failures_of(connection, started)
    report.first_failures = failures.first_failures(connection, started, TOLD)
    # The next run takes over what an interrupted one has staged; it looks for runs with the status `running`.
    status = RunStatus.RUNNING if report.status is RunStatus.INTERRUPTED else report.status
    runs.finish(connection, started, status, report.counts(), report.reasons, now)


async def _flow(run: SourceRun, task: Task) -> bool:
    """Take a source's documents from its listing to the store; return False where the run is held."""
    run.listed = await task.discover(run)  # discover: pages of the listing, to addresses in the ledger
    async for step in task.steps(run):
        match step:
            case Batch():  # fetch, archive, extract: each due address, and the files that its page links, are staged
                await (run.shared.lead or read_here)(run, step)
            case Settle():  # judge, load: what is staged becomes documents, unless it is unusual for this source
                if step.judged and (held := await _held(run)):
                    run.report.reasons += held
                    return False
                await _load(run)
    if run.listed is not None and (told := await run.shared.transactions.read(partial(copies, run=run.started))):
        run.report.reasons.append(told)
    return True


async def _held(run: SourceRun) -> list[str]:
    def judged(connection: Connection) -> Verdict:
        if run.listed is not None:
            refuse_notices(connection, run.started, run.shared.now())
        return judge(connection, run.started, run.rules, run.listed)

    return list((await run.write(judged)).held)


async def _load(run: SourceRun) -> None:
    # The fingerprints of the readings are kept only where all of them are this run's own.
    basis = code_basis(run.rules) if run.reads and not run.started.resumed else None
    transactions = run.shared.transactions
    for batch in chunks(await transactions.read(partial(in_order, run=run.started))):
        load = partial(publish_batch, run=run.started, batch=batch, revisit_days=run.source.revisit_days, basis=basis)
        run.report.published.add(await transactions.write(partial(load, now=run.shared.now())))


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    """Return the errors of a group and of the groups in it."""
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]
