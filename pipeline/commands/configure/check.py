"""`ingest check` and `ingest db`: check configuration, store and sources; upgrade the store's schema."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, choose_config, read_config
from pipeline.commands.terminal.console import print_data, print_message

Names = Annotated[list[str] | None, typer.Argument(help="Sources; all that are enabled, if none is named.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(check)
    database = typer.Typer(help="The store's schema.", no_args_is_help=True)
    database.command()(upgrade)
    app.add_typer(database, name="db")


def check(
    names: Names = None,
    config: ConfigFile = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no site; look at configuration and store.")] = False,
) -> int:
    """Tell whether configuration, store, robots and selectors are sound; nothing is written."""
    import asyncio

    from pipeline.run.check import check_sources, check_store

    choose_config(config)
    settings = read_config()
    chosen = settings.chosen(names or [])
    print_data(f"configuration: sound, {len(chosen)} of {len(settings.sources)} sources chosen")
    findings = [check_store(settings)]
    if not offline and chosen:
        from pipeline.config import check_contact

        check_contact(settings, list(chosen))
        findings += asyncio.run(check_sources(settings, chosen))
    for finding in findings:
        (print_data if finding.sound else print_message)(f"{finding.subject}: {finding.words}")
    return 0 if all(finding.sound for finding in findings) else 3


def upgrade(config: ConfigFile = None) -> int:
    """Bring the store to today's schema; an SQLite file is copied first."""
    from models.database.store import upgrade as upgrade_store

    choose_config(config)
    settings = read_config()
    changed = upgrade_store(settings.store.database, base=settings.base)
    print_data("the store was brought to today's schema" if changed else "the store is of today's schema already")
    return 0
