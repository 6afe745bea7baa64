"""`ingest run` and `ingest rerun`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import (
    ConfigFile,
    Json,
    Quiet,
    SourceNames,
    check_target,
    choose_config,
    day,
    opened,
    period,
    read_config,
)
from pipeline.commands.running.runner import ingest
from pipeline.commands.terminal.console import print_json, print_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.run.incremental import Incremental
    from pipeline.run.report import Report
    from pipeline.run.rerun import Rerun

Enqueue = Annotated[bool, typer.Option("--enqueue", help="Leave it to the workers, and do not wait.")]
Wait = Annotated[
    bool, typer.Option("--wait", help="Wait for a source that another run holds, instead of ending with 75.")
]
Names = Annotated[list[str] | None, typer.Argument(help="Sources; all that are enabled, if none is named.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")]
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write a report as JSON.", metavar="FILE")]
MOST = 1_000
"""Documents, and failures, of a run that a report names."""
LogFile = Annotated[Path | None, typer.Option("--log", help="Append a log of JSON lines.", metavar="FILE")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(run)
    app.command()(rerun)


def run(
    names: Names = None,
    config: ConfigFile = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many new documents a source.")] = None,
    since: Annotated[str | None, typer.Option(help="Only documents published since then.", metavar="DATE")] = None,
    full: Annotated[bool, typer.Option("--full", help="Ask for every known document, due or not.")] = False,
    dry_run: DryRun = False,
    enqueue: Enqueue = False,
    wait: Wait = False,
    quiet: Quiet = False,
    as_json: Json = False,
    log: LogFile = None,
    report: ReportFile = None,
) -> int:
    """Find what is new, ask again for what is due, and load it."""
    from pipeline.config import check_contact
    from pipeline.run.incremental import Incremental

    choose_config(config)
    settings = read_config()
    task = Incremental(full=full, limit=limit, since=day(since, "--since"))
    _prepare(report, log, dry_run=dry_run)
    _check_wait(wait, enqueue=enqueue, dry_run=dry_run)
    if dry_run:
        from pipeline.commands.running.dry_run import rehearse

        return rehearse(settings, names or [], task, quiet=quiet, as_json=as_json)
    check_contact(settings, names or [])
    if enqueue:
        with opened(settings, write=True) as store:
            _enqueue(store, list(settings.chosen(names or [])), task, quiet=quiet)
        return 0

    def work() -> tuple[int, list[Report]]:
        with opened(settings, write=True) as store:
            return ingest(settings, store, names or [], task, quiet=quiet, wait=wait)

    return _reported(work, settings, report, as_json=as_json)


def _enqueue(store: Store, names: list[str], task: Incremental | Rerun, *, quiet: bool) -> None:
    """Ask the workers of a store for a run of each source."""
    import asyncio

    from pipeline.ledger.shared import Order, request
    from pipeline.run.machines.tickets import Tickets
    from pipeline.run.machines.worker import check_store
    from pipeline.run.settings import utc_now

    order = Order(command=task.command, options=task.given())

    async def enqueue() -> None:
        async with Tickets(store) as tickets:
            for name in names:
                with store.begin() as connection:
                    fresh = request(connection, name, order, utc_now())
                await tickets.for_source(name)
                if not quiet:
                    print_message(f"{name}: {'handed to the workers' if fresh else 'waits for a worker already'}")

    check_store(store)
    asyncio.run(enqueue())


def rerun(
    config: ConfigFile = None,
    source: SourceNames = None,
    since: Annotated[str | None, typer.Option(help="Fetched on this day or later.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Fetched on this day or earlier.", metavar="DATE")] = None,
    url: Annotated[list[str] | None, typer.Option("--url", help="Only this address.", metavar="URL")] = None,
    kind: Annotated[str | None, typer.Option(help="Only documents of this kind.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only what could not be read.")] = False,
    stage: Annotated[str, typer.Option(help="extract (read the bytes again) or normalise.")] = "extract",
    fetch: Annotated[bool, typer.Option("--fetch", help="From the network instead of the archive.")] = False,
    dry_run: DryRun = False,
    enqueue: Enqueue = False,
    wait: Wait = False,
    quiet: Quiet = False,
    as_json: Json = False,
    log: LogFile = None,
    report: ReportFile = None,
) -> int:
    """Read documents again with today's code and configuration, from the archive."""
    from models.errors import ConfigError
    from pipeline.run.rerun import Rerun, with_known_sources

    choose_config(config)
    if stage not in ("extract", "normalise"):
        raise ConfigError(f"--stage {stage!r}: must be extract or normalise")
    settings = read_config()
    first, last = period(since, until)
    task = Rerun(
        since=first,
        until=last,
        urls=tuple(url or ()),
        kind=kind,
        failed=failed,
        fetch=fetch,
        stage="normalise" if stage == "normalise" else "extract",
    )
    _prepare(report, log, dry_run=dry_run)
    _check_wait(wait, enqueue=enqueue, dry_run=dry_run)
    if dry_run:
        from pipeline.commands.running.dry_run import rehearse_on

        with opened(settings) as store:
            whole, names = with_known_sources(settings, store, source or [], task)
            brief = bool(task.urls) and not fetch
            return rehearse_on(store, whole, names, task, quiet=quiet, as_json=as_json, brief=brief)
    if enqueue:
        with opened(settings, write=True) as store:
            names = with_known_sources(settings, store, source or [], task)[1]
            for name in names:
                if name not in settings.sources:
                    raise ConfigError(
                        f"source {name} is not configured any more, so that workers cannot read it; leave out --enqueue"
                    )
            _enqueue(store, names, task, quiet=quiet)
        return 0

    def work() -> tuple[int, list[Report]]:
        with opened(settings, write=True) as store:
            whole, names = with_known_sources(settings, store, source or [], task)
            return ingest(whole, store, names, task, quiet=quiet, wait=wait)

    return _reported(work, settings, report, as_json=as_json)


def _prepare(report: Path | None, log: Path | None, *, dry_run: bool) -> None:
    """Begin the log; raises ConfigError for a report or log that cannot be written."""
    from models.errors import ConfigError

    if report is not None and dry_run:
        raise ConfigError("--report: a dry run has none, as nothing of it stays; --json prints what would change")
    if report is not None:
        check_target(report, "--report ")
    if log is not None:
        from pipeline.commands.terminal.logs import write_log

        write_log(log)


def _check_wait(wait: bool, *, enqueue: bool, dry_run: bool) -> None:
    """Raise ConfigError where nothing runs here that could wait."""
    from models.errors import ConfigError

    if wait and (enqueue or dry_run):
        other = "--enqueue" if enqueue else "--dry-run"
        raise ConfigError(f"--wait: nothing is waited for with {other}; leave out one of the two")


def _reported(
    work: Callable[[], tuple[int, list[Report]]], config: Config, report: Path | None, *, as_json: bool
) -> int:
    """Do the work and report it: to the report's file, to the configured command if something is wrong, as JSON."""
    from models.errors import IngestError
    from pipeline.commands.terminal.notify import notify, write_report
    from pipeline.holdings.queries import run_outcome
    from pipeline.run.report import report_record

    try:
        code, reports = work()
    except IngestError as error:
        failed = {"exit_code": error.exit_code, "error": str(error), "sources": []}
        if report is not None:
            write_report(report, failed)
        notify(config.notify.command, failed)
        raise
    sources = [report_record(one) for one in reports]
    if report is not None or (code and config.notify.command):
        with opened(config) as store, store.read() as connection:
            whole = [
                {**record, **run_outcome(connection, one.run_key, MOST)}
                for record, one in zip(sources, reports, strict=True)
            ]
        summary = {"exit_code": code, "sources": whole}
        if report is not None:
            write_report(report, summary)
        if code:
            notify(config.notify.command, summary)
    if as_json:
        print_json(sources)
    if config.alerts and reports:
        _tell_alerts(config)
    return code


def _tell_alerts(config: Config) -> None:
    """Write the feeds of the alerts, and say what is new for them; nothing is said where nothing is new."""
    from pipeline.commands.alerts import digest_lines, told

    with opened(config) as store:
        digests = told(config, store)
    for line in digest_lines(digests, quiet=True):
        print_message(line)
