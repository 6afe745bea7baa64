"""Run an ingestion for a command: progress, interruption, report, exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.commands.terminal.console import print_message

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.run.report import Options, Progress, Report


def ingest(
    config: Config, store: Store, names: list[str], options: Options, *, quiet: bool
) -> tuple[int, list[Report]]:
    """Run the sources, interruptible; return the exit code and a report a source."""
    from pipeline.config import check_contact
    from pipeline.run.run import run_sources

    if options.selection is None or options.selection.fetch:
        check_contact(config, names)
    return interruptible(lambda shown: run_sources(config, store, names, options, shown), quiet=quiet)


def interruptible(
    run: Callable[[Progress], Coroutine[Any, Any, list[Report]]], *, quiet: bool
) -> tuple[int, list[Report]]:
    """Run to the end or to SIGINT or SIGTERM; return the exit code and a report a source."""
    import asyncio
    import signal

    from pipeline.commands.terminal.progress import progress
    from pipeline.run.report import exit_code

    received: list[int] = []

    async def work() -> list[Report]:
        task = asyncio.current_task()
        assert task is not None
        loop = asyncio.get_running_loop()

        def stop(number: int) -> None:
            received.append(number)
            task.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop, number)
        with progress(quiet=quiet) as shown:
            return await run(shown)

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
