"""`ingest archive verify, archive prune, backup, forget`: maintenance of store and archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Quiet, choose_config, day, opened, read_config
from pipeline.commands.terminal.console import print_data, print_message
from pipeline.commands.terminal.help import Commands


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    archive = Commands(help="The WARC files that hold every answer.")
    archive.command()(verify)
    archive.command()(prune)
    app.add_typer(archive, name="archive")
    app.command()(backup)
    app.command()(forget)


def verify(config: ConfigFile = None, quiet: Quiet = False) -> int:
    """Read every archived record again: places, lengths, hashes, torn tails."""
    from pipeline.commands.terminal.progress import counting
    from pipeline.holdings.verify import verify as verify_archive

    choose_config(config)
    settings = read_config()
    with opened(settings) as store, counting("records", quiet=quiet) as progress:
        faults = verify_archive(store, settings.archive, progress)
    for fault in faults:
        print_message(fault)
    if not quiet:
        print_data(
            f"{settings.archive}: {len(faults)} faults" if faults else f"{settings.archive}: every record is whole"
        )
    return 3 if faults else 0


def prune(
    before: Annotated[str, typer.Option(help="Drop what was fetched before this day.", metavar="DATE")],
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> int:
    """Drop old captures and the record of old requests; what a current revision needs stays."""
    from datetime import UTC, date, datetime, time

    from pipeline import VERSION
    from pipeline.archive import Archive
    from pipeline.holdings.compact import prune as prune_archive
    from pipeline.ledger import writer

    choose_config(config)
    settings = read_config()
    first = date.fromisoformat(((day(before, "--before") or "") + "-01-01")[:10])
    with opened(settings, write=True) as store, Archive(settings.archive, software=f"ingest/{VERSION}") as archive:
        writer.repair(store, settings.archive)
        freed = prune_archive(store, archive, settings.archive, datetime.combine(first, time(), UTC))
    if not quiet:
        print_data(f"{freed.captures} captures dropped, {freed.bytes} bytes freed")
    return 0


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; what is there already is not copied again.")],
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> int:
    """Copy store and archive as they are at one moment, also while a run goes on."""
    from pipeline.holdings.backup import back_up

    choose_config(config)
    settings = read_config()
    with opened(settings) as store:
        written = back_up(store, settings.archive, folder)
    if not quiet:
        print_data(f"{folder}: {len(written)} files written")
    return 0


def forget(
    url: Annotated[str, typer.Argument(metavar="URL", help="Any address of the document.")],
    reason: Annotated[str, typer.Option(help="Why, for the record.")] = "",
    with_files: Annotated[bool, typer.Option("--with-files", help="And the files that only this page links.")] = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> int:
    """Take a document down from store, archive and exports to come; its addresses stay refused."""
    import shlex

    from pipeline import VERSION
    from pipeline.archive import Archive
    from pipeline.holdings.forget import files_of
    from pipeline.holdings.forget import forget as forget_document
    from pipeline.ledger import writer
    from pipeline.run.settings import utc_now

    choose_config(config)
    settings = read_config()
    with opened(settings, write=True) as store, Archive(settings.archive, software=f"ingest/{VERSION}") as archive:
        writer.repair(store, settings.archive)
        with store.read() as connection:
            own = files_of(connection, url)
        taken = [url, *own] if with_files else [url]
        for address in taken:
            freed = forget_document(store, archive, settings.archive, address, reason=reason, now=utc_now())
            if not quiet:
                print_data(f"{address}: forgotten; {freed.captures} captures dropped, {freed.bytes} bytes freed")
    for address in [] if with_files else own:
        print_message(f"its file stays: `ingest forget {shlex.quote(address)}` takes it down too")
    return 0
