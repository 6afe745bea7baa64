"""Run an ingestion for a command: progress, interruption, report, exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.commands.terminal.console import print_message

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.run.report import Report
    from pipeline.run.task import Task


def ingest(config: Config, store: Store, names: list[str], task: Task, *, quiet: bool) -> tuple[int, list[Report]]:
    """Run a task for the named sources until its end, SIGINT or SIGTERM; return the exit code and the reports."""
    import asyncio
    import signal

    from pipeline.commands.terminal.progress import progress
    from pipeline.config import check_contact
    from pipeline.run.report import exit_code
    from pipeline.run.run import run_sources

    if task.fetches:
        check_contact(config, names)
    received: list[int] = []

    async def work() -> list[Report]:
        this = asyncio.current_task()
        assert this is not None
        loop = asyncio.get_running_loop()

        def stop(number: int) -> None:
            received.append(number)
            this.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop, number)
        with progress(quiet=quiet, file=config.file) as shown:
            return await run_sources(config, store, names, task, shown)

    try:
        reports = asyncio.run(work())
    except asyncio.CancelledError:
        if not received:
            raise
        print_message("interrupted; what was fetched is kept, and the next run goes on from here")
        return 128 + received[0], []
    if not quiet and not reports:
        print_message("there is nothing to do: the configuration enables no source; `ingest add URL` makes one")
    return exit_code(reports), reports
