"""Run an ingestion for a command: progress, interruption, report, exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.commands.terminal.console import print_message

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.run.report import Report
    from pipeline.run.task import Task


def ingest(
    config: Config, store: Store, names: list[str], task: Task, *, quiet: bool, kept: bool = True, wait: bool = False
) -> tuple[int, list[Report]]:
    """Run a task for the named sources until its end, SIGINT or SIGTERM; return the exit code and the reports.

    Where workers share the store, they fetch what a run finds due, or read what a rerun has chosen, and this process
    leads the run. With `wait`, the run of a source that another one holds begins when that has ended.
    `kept` is False for a rehearsal, whose ledger nobody can look at afterwards.
    """
    import asyncio

    from pipeline.commands.terminal.progress import progress
    from pipeline.config import check_contact
    from pipeline.run.run import run_sources
    from pipeline.run.task import Shareable

    if task.fetches:
        check_contact(config, names)
    led = isinstance(task, Shareable) and _has_workers(store)

    async def work() -> list[Report]:
        with progress(quiet=quiet, file=config.file if kept else None) as shown:
            if not led:
                return await run_sources(config, store, names, task, shown, waits=wait)
            from pipeline.run.machines.lead import Lead
            from pipeline.run.machines.tickets import Tickets

            async with Tickets(store) as tickets:
                return await run_sources(config, store, names, task, shown, Lead(tickets.for_hosts).read, waits=wait)

    reports, signal = asyncio.run(until_signal(work()))
    if signal:
        print_message(
            "stopped waiting; the workers go on, and load what they find"
            if led
            else "interrupted; what was fetched is kept, and the next run goes on from here"
        )
        return 128 + signal, []
    assert reports is not None
    if not quiet and not reports:
        print_message("there is nothing to do: the configuration enables no source; `ingest add URL --write` makes one")
    return ended(config, store, reports), reports


def ended(config: Config, store: Store, reports: list[Report]) -> int:
    """Return the exit code of a run: at least 3 where archive files could not be put on object storage, and say so."""
    from pipeline.ledger.remote_files import waiting
    from pipeline.run.report import exit_code

    code = exit_code(reports)
    url = config.store.remote_archive
    left = waiting(store, config.archive) if url and not store.rehearsal else 0
    if not left:
        return code
    print_message(
        f"archive: {left} finished file{'' if left == 1 else 's'} could not be put on {url}, left in {config.archive}; "
        "the next run tries again"
    )
    return code or 3


def _has_workers(store: Store) -> bool:
    if not store.leased:
        return False
    from pipeline.run.machines.tickets import workers

    return workers(store) > 0


async def until_signal(work: Coroutine[Any, Any, T]) -> tuple[T | None, int]:
    """Do the work until SIGINT or SIGTERM; return its result and 0, or None and the number of the signal."""
    import asyncio
    import signal

    received: list[int] = []
    task = asyncio.ensure_future(work)

    def stop(number: int) -> None:
        received.append(number)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    try:
        return await task, 0
    except asyncio.CancelledError:
        if not received:
            raise
        return None, received[0]
