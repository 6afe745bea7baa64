"""`ingest status, runs, show, search, export`: views of the store; only `runs --accept` and `--reject` write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import (
    AuthorName,
    ConfigFile,
    Json,
    Language,
    Quiet,
    Since,
    SourceName,
    SourceNames,
    Until,
    check_target,
    choose_config,
    day,
    opened,
    period,
    read_config,
)
from pipeline.commands.terminal.console import (
    print_bytes,
    print_data,
    print_json,
    print_lines,
    print_message,
    terminal_width,
)

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.config import Config


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    for command in (status, runs, show, search, export):
        app.command()(command)


def status(
    config: ConfigFile = None,
    as_json: Json = False,
    form: Annotated[str, typer.Option("--format", help="text, json, or openmetrics for Prometheus.")] = "text",
    check: Annotated[bool, typer.Option("--check", help="Exit 1 where one is stale, failed or held back.")] = False,
    stale_days: Annotated[
        float, typer.Option(min=0, max=36_500, help="Days without a good run until a source is stale.")
    ] = 3,
) -> int:
    """List the sources with their health and last run."""
    from datetime import timedelta

    from models.errors import ConfigError
    from pipeline.commands.terminal.status import COLOURS, check_lines, status_lines
    from pipeline.holdings.health import health_of, openmetrics
    from pipeline.holdings.queries import source_health
    from pipeline.ledger.leases import locks_of
    from pipeline.run.settings import utc_now

    if form not in ("text", "json", "openmetrics"):
        raise ConfigError(f"--format {form!r}: must be text, json or openmetrics")
    choose_config(config)
    settings = read_config()
    with opened(settings) as store, locks_of(store, settings.archive) as locks:
        with store.read() as connection:
            health = source_health(connection, list(settings.sources))
        for source in health:
            configured = settings.sources.get(source["source"])
            source["enabled"] = configured is not None and configured.enabled
            source["holder"] = locks.holder(source["source"])
        shared = _shared_work(store)
    now, stale_after = utc_now(), timedelta(days=stale_days)
    told = [(source, health_of(source, now, stale_after)) for source in health]
    lines, well = check_lines(told)
    if as_json or form == "json":
        print_json(health)
    elif form == "openmetrics":
        print_data(openmetrics(health, now, stale_after))
    elif check:
        print_data("\n".join(lines))
    else:
        print_lines("\n".join([*status_lines(told, terminal_width(), settings.file), *shared]), COLOURS)
    return 1 if check and not well else 0


def _shared_work(store: Store) -> list[str]:
    if not store.leased:
        return []
    from pipeline.run.machines.state import state_lines

    return state_lines(store)


def runs(
    run: Annotated[str | None, typer.Argument(metavar="ID", help="One run, whole.")] = None,
    config: ConfigFile = None,
    source: SourceName = None,
    limit: Annotated[int, typer.Option(min=1, help="How many of the latest runs.")] = 20,
    accept: Annotated[bool, typer.Option("--accept", help="Load the results of this held run.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Drop the results; the next run asks again.")] = False,
    as_json: Json = False,
) -> int:
    """Print the ledger of runs, or one run; accept or reject one that was held back."""
    from models.errors import ConfigError
    from models.statuses import RunStatus
    from pipeline.commands.terminal.formatting import RUN_COLOURS, RUNS_COLOURS, run_lines, runs_lines
    from pipeline.holdings.known import check_source
    from pipeline.holdings.queries import one_run, runs_list

    choose_config(config)
    if accept or reject:
        if run is None or accept == reject:
            raise ConfigError("runs: name one run with either --accept or --reject")
        return _decide(run, accept=accept)
    settings = read_config()
    with opened(settings) as store, store.read() as connection:
        if source is not None:
            check_source(connection, [source], settings.sources)
        if run is None:
            ledger = runs_list(connection, source=source, limit=limit)
            if as_json:
                print_json(ledger)
            else:
                print_lines("\n".join(runs_lines(ledger, terminal_width())), RUNS_COLOURS)
            return 0
        record = one_run(connection, run)
    if record is None:
        raise ConfigError(f"there is no run {run!r}; `ingest runs` lists them")
    if as_json:
        print_json(record)
    else:
        print_lines("\n".join(run_lines(record)), RUN_COLOURS)
        if record["status"] == RunStatus.HELD:
            _preview(settings, record["run_key"])
    return 0


def _preview(settings: Config, run_key: str) -> None:
    """Print what accepting a held run would change, and how that is done."""
    from pipeline.commands.terminal.changes import print_differences
    from pipeline.commands.terminal.formatting import held_lines
    from pipeline.holdings.difference import differences
    from pipeline.run.rehearsal import accept_in, rehearsal

    with opened(settings) as store, rehearsal(store) as copy:
        accept_in(copy, run_key)
        print_data("\nAccepting it would change:")
        print_differences(lambda: differences(store, copy), as_json=False)
    print_data("\n" + "\n".join(held_lines(run_key, settings.file)))


def _decide(run: str, *, accept: bool) -> int:
    from models.errors import ConfigError
    from pipeline.drift import verdicts
    from pipeline.holdings.queries import one_run
    from pipeline.ledger.leases import locks_of
    from pipeline.run.settings import utc_now

    settings = read_config()
    with opened(settings, write=True) as store, locks_of(store, settings.archive) as locks:
        with store.read() as connection:
            record = one_run(connection, run)
        if record is None:
            raise ConfigError(f"there is no run {run!r}; `ingest runs` lists them")
        if accept:
            loaded = verdicts.accept(store, record["run_key"], locks=locks, now=utc_now)
            print_data(
                f"accepted: {loaded.new} new, {loaded.changed} changed, {loaded.gone} gone, {loaded.failed} failed"
            )
        else:
            dropped = verdicts.reject(store, record["run_key"], locks=locks, now=utc_now)
            print_data(f"rejected: {dropped} results dropped; the next run asks for them again")
    return 0


def show(
    what: Annotated[str, typer.Argument(metavar="URL|ID", help="A document.")],
    config: ConfigFile = None,
    diff: Annotated[
        tuple[int, int] | None, typer.Option(help="What differs between two revisions.", metavar="N M")
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="The archived bytes, as they came.")] = False,
    text: Annotated[bool, typer.Option("--text", help="The whole text, not its beginning alone.")] = False,
    as_json: Json = False,
) -> int:
    """Print one document: fields with origins, revisions, attachments, the archived record."""
    from models.errors import ConfigError
    from pipeline.archive.replay import captured_page
    from pipeline.commands.terminal.changes import print_changes
    from pipeline.commands.terminal.formatting import DOCUMENT_COLOURS, document_lines
    from pipeline.holdings.difference import between
    from pipeline.holdings.queries import one_document

    choose_config(config)
    settings = read_config()
    with opened(settings) as store:
        with store.read() as connection:
            record = one_document(connection, what)
            if record is None:
                raise ConfigError(f"there is no document {what!r}; `ingest search` finds documents by their words")
            if diff is not None:
                known = {revision["number"] for revision in record["revisions"]}
                if missing := [number for number in diff if number not in known]:
                    raise ConfigError(f"{what}: there is no revision {missing[0]}; it has {len(known)}")
                changes = between(connection, record["id"], *diff)
                print_changes(changes, as_json=as_json)
                return 0
        if raw:
            if record["capture"] is None:
                raise ConfigError(f"{what}: its bytes are not in the archive any more")
            print_bytes(captured_page(store, settings.archive, record["capture"]["id"]).content)
            return 0
    if as_json:
        print_json(record)
    else:
        print_lines("\n".join(document_lines(record, whole=text, width=terminal_width())), DOCUMENT_COLOURS)
    return 0


def search(
    query: Annotated[
        list[str] | None,
        typer.Argument(
            help='Words; "a phrase", begin*, -without, OR, ( ), author:NAME, source: language: kind: format: status: '
            "origin: url: has: no: date:2019..2020 seen: changed: sure:<0.7. Without any, all documents.",
            metavar="QUERY",
        ),
    ] = None,
    config: ConfigFile = None,
    source: SourceNames = None,
    author: AuthorName = None,
    since: Since = None,
    until: Until = None,
    language: Language = None,
    sort: Annotated[
        str | None, typer.Option(help="best, newest, oldest, latest (stored), doubtful, title or address.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most that are printed.")] = 20,
    as_json: Json = False,
) -> int:
    """Search titles and texts, with the words found marked."""
    from models.errors import ConfigError
    from models.search.filters import Filters
    from models.search.matching import count as count_matches
    from models.search.search import SORTS, checked, hits, less, matching_ids
    from pipeline.commands.terminal.formatting import HIT_COLOURS, hit_lines, hit_record
    from pipeline.holdings.known import check_filters, described, undated

    choose_config(config)
    order = next((one for one in SORTS if one == sort), None)
    if sort is not None and order is None:
        raise ConfigError(f"--sort {sort!r}: must be one of {', '.join(SORTS)}")
    asked = checked(" ".join(query or []))
    first, last = period(since, until)
    filters = Filters(
        source=tuple(source or ()),
        author=author,
        since=first,
        until=last,
        language=language,
    )
    settings = read_config()
    with opened(settings) as store, store.read() as connection:
        check_filters(connection, filters, settings.sources)
        tree = filters.tree(asked.tree)
        ids = matching_ids(connection, tree, sort=order, limit=limit)
        found = hits(connection, ids, asked.tree)
        total = len(found) if len(found) < limit else count_matches(connection, tree)
        others = less(connection, asked) if not found else []
        dateless = undated(connection, filters, asked.tree)
    for note in asked.notes:
        print_message(note.text)
    if as_json:
        print_json([hit_record(hit) for hit in found])
    elif found:
        print_lines("\n".join(line for hit in found for line in hit_lines(hit, terminal_width())), HIT_COLOURS)
        if total > len(found):
            print_message(f"{total:,} documents; the first {len(found)} are shown (--limit shows more)")
    else:
        within = f" within {described(filters)}" if described(filters) else ""
        print_message((f"nothing found for {asked.text!r}" if asked.text else "the store holds no document") + within)
        for text, number in others:
            print_message(f"  {text!r} finds {number:,}")
    _tell_undated(dateless)
    return 0


def _tell_undated(count: int) -> None:
    if count:
        print_message(f"{count:,} document{'' if count == 1 else 's'} without a date left out (--since, --until)")


def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=".jsonl, .csv, .parquet, .xlsx, .bib, .ris, .csl.json, .ftm.json, .atom, .md.zip or .warc.gz.",
        ),
    ],
    config: ConfigFile = None,
    failures: Annotated[bool, typer.Option("--failures", help="What failed and why, instead of documents.")] = False,
    source: SourceNames = None,
    author: AuthorName = None,
    since: Since = None,
    until: Until = None,
    language: Language = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind.")] = None,
    query: Annotated[str | None, typer.Option(help="A query; only what `ingest search` finds for it.")] = None,
    seen_since: Annotated[str | None, typer.Option(help="First stored on this day or later.", metavar="DATE")] = None,
    changed_since: Annotated[
        str | None, typer.Option(help="New, changed or gone on this day or later.", metavar="DATE")
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Only these, in this order: title,date_published,url.", metavar="NAMES")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Mark a .csv as UTF-8, for Excel.")] = False,
    quiet: Quiet = False,
) -> int:
    """Write documents to a file, whole or not at all."""
    from models.errors import ConfigError
    from models.search.filters import Filters
    from models.search.matching import count as count_matches
    from models.search.search import checked
    from pipeline.holdings.export import export_captures, export_documents, export_failures
    from pipeline.holdings.known import check_filters, described, undated

    choose_config(config)
    settings = read_config()
    if not file.is_dir():  # its suffix is looked at first
        check_target(file, "")
    first, last = period(since, until)
    if failures:
        _check_failures(
            {
                "author": author,
                "since": first,
                "until": last,
                "language": language,
                "kind": kind,
                "query": query,
                "seen-since": seen_since,
                "changed-since": changed_since,
                "columns": columns,
            }
        )
    filters = Filters(
        source=tuple(source or ()),
        author=author,
        since=first,
        until=last,
        language=language,
        kind=kind,
        seen_since=day(seen_since, "--seen-since"),
        changed_since=day(changed_since, "--changed-since"),
        query=query,
    )
    chosen = tuple(name.strip() for name in columns.split(",")) if columns is not None else None
    with opened(settings) as store:
        with store.read() as connection:
            check_filters(connection, filters, settings.sources)
            asked = checked(query or "").tree
            dateless = 0 if failures else undated(connection, filters, asked)
            empty = not failures and not count_matches(connection, filters.tree(asked))
        if empty and file.exists() and file.stat().st_size:
            within = described(filters) or "the store"
            print_message(f"{file}: no document matches ({within}); the file was left as it was")
            return 0
        if not failures and file.name.lower().endswith(".warc.gz"):
            if columns is not None or bom:
                raise ConfigError(f"{file}: archived records are copied as they are, without --columns and --bom")
            count, without = export_captures(store, settings.archive, file, filters)
            if without:
                print_message(f"{without} documents have no archived record, and are not in {file}")
        elif failures:
            count = export_failures(store, file, filters.sources)
        else:
            count = export_documents(store, file, filters, columns=chosen, bom=bom)
    if not quiet:
        print_message(f"{file}: {count} {'failures' if failures else 'documents'}")
        _tell_undated(dateless)
    return 0


def _check_failures(filters: dict[str, str | None]) -> None:
    """Raise ConfigError for a filter that failures cannot have, as they have no documents."""
    from models.errors import ConfigError

    if given := [f"--{name}" for name, value in filters.items() if value is not None]:
        raise ConfigError(f"--failures: {', '.join(given)} choose among documents; of failures, --source alone does")
