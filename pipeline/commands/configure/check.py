"""`ingest check` and `ingest db`: check configuration, store and sources; upgrade the store's schema or move it."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Quiet, choose_config, opened, read_config
from pipeline.commands.terminal.colours import BAD
from pipeline.commands.terminal.console import print_data, print_lines, print_message
from pipeline.commands.terminal.help import Commands

Names = Annotated[list[str] | None, typer.Argument(help="Sources; all that are enabled, if none is named.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(check)
    database = Commands(help="The store's schema and its place.")
    database.command()(upgrade)
    database.command()(move)
    app.add_typer(database, name="db")


def check(
    names: Names = None,
    config: ConfigFile = None,
    offline: Annotated[bool, typer.Option("--offline", help="Check configuration and store only.")] = False,
) -> int:
    """Tell whether configuration, store, robots and selectors are sound; nothing is written."""
    import asyncio

    from pipeline.run.check import check_browser, check_sources, check_store

    choose_config(config)
    settings = read_config()
    chosen = settings.chosen(names or [])
    print_data(f"configuration: sound, {len(chosen)} of {len(settings.sources)} sources chosen")
    findings = [check_store(settings), *check_browser(settings, chosen)]
    if not offline and chosen:
        from pipeline.config import check_contact

        check_contact(settings, list(chosen))
        findings += asyncio.run(check_sources(settings, chosen))
    for finding in findings:
        line = f"{finding.subject}: {finding.words}"
        if finding.sound:
            print_lines(line)
        else:
            print_message(line, {re.escape(f"{finding.subject}:"): BAD})
    return 0 if all(finding.sound for finding in findings) else 3


def upgrade(config: ConfigFile = None) -> int:
    """Bring the store to today's schema; an SQLite file is copied first."""
    from models.database.store import upgrade as upgrade_store

    choose_config(config)
    settings = read_config()
    changed = upgrade_store(settings.store.database, base=settings.base)
    with opened(settings) as store:
        if store.leased:
            from pipeline.run.machines.tickets import make_queue

            changed = make_queue(store) or changed
    print_data("the store was migrated to the newest schema" if changed else "the store has the newest schema already")
    return 0


Database = typer.Argument(help="A path (SQLite), or a URL such as postgresql+psycopg://user@host/name.")


def move(
    old: Annotated[str, Database],
    new: Annotated[str, Database],
    quiet: Quiet = False,
) -> int:
    """Copy a store into another database, and prove that both export the same; call it again after an interruption."""
    from models.database.store import open_store, sqlite_path
    from models.database.store import upgrade as upgrade_store
    from models.errors import ConfigError
    from pipeline.commands.terminal.progress import counting
    from pipeline.holdings.move import move as move_store

    with closing(open_store(old, base=Path.cwd(), write=False)) as source:
        if sqlite_path(new, Path.cwd()) == source.path or new == old:
            raise ConfigError(f"db move: {new} is the store itself; name another database")
        upgrade_store(new, base=Path.cwd())
        with closing(open_store(new, base=Path.cwd())) as target, counting("rows", quiet=quiet) as progress:
            moved = move_store(source, target, progress)
            name = target.name
    if not quiet:
        print_data(f"{name}: {moved.documents} documents in {moved.rows} rows; both stores export the same")
        print_data("Name it as [store] database in the configuration; the archive stays where it is.")
    return 0
