"""`ingest worker`: one of several processes that do the work of one PostgreSQL store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Quiet, choose_config, opened, read_config
from pipeline.commands.terminal.console import print_message

AT_ONCE = 32


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(worker)


def worker(
    config: ConfigFile = None,
    until_idle: Annotated[bool, typer.Option("--until-idle", help="End when nothing is left to do.")] = False,
    at_once: Annotated[int, typer.Option(min=1, help="Hosts and sources to work on at once.")] = AT_ONCE,
    quiet: Quiet = False,
    log: Annotated[Path | None, typer.Option("--log", help="Append a log of JSON lines.", metavar="FILE")] = None,
) -> int:
    """Do the work that `ingest run` hands out, beside other workers on this machine and on others."""
    import asyncio

    from pipeline.commands.running.runner import until_signal
    from pipeline.commands.terminal.progress import progress
    from pipeline.config import check_contact
    from pipeline.run.machines.worker import check_store, work

    choose_config(config)
    settings = read_config()
    check_contact(settings, [])
    if log is not None:
        from pipeline.commands.terminal.logs import write_log

        write_log(log)
    with opened(settings, write=True) as store:
        check_store(store)

        async def serve() -> None:
            with progress(quiet=quiet, file=settings.file, bars=False) as shown:
                await work(settings, store, shown, at_once=at_once, until_idle=until_idle)

        if signal := asyncio.run(until_signal(serve()))[1]:
            print_message("stopped; what was begun here is taken up by the other workers, or by the next one")
            return 128 + signal
    return 0
