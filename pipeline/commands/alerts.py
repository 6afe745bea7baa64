"""`ingest alerts` and `ingest new`: what came in or changed since the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, Quiet, choose_config, opened, read_config
from pipeline.commands.terminal.console import print_data, print_json, print_message

if TYPE_CHECKING:
    from pathlib import Path

    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.desk.news import Digest

MARKS = "alerts.json"
"""The file, in the archive's folder, that keeps which revisions have been reported."""


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(alerts)
    app.command()(new)


def alerts(config: ConfigFile = None, quiet: Quiet = False, as_json: Json = False) -> int:
    """Tell what is new for each alert of the configuration, and write their feeds."""
    from models.errors import ConfigError

    choose_config(config)
    settings = read_config()
    if not settings.alerts:
        raise ConfigError('no alert is configured; add [alerts.NAME] with query = "..." to the configuration')
    with opened(settings) as store:
        digests = told(settings, store)
    if as_json:
        print_json([{"alert": one.name, "documents": one.news} for one in digests])
    else:
        for line in digest_lines(digests, quiet=quiet):
            print_data(line)
    return 0


def told(settings: Config, store: Store) -> list[Digest]:
    """Write the feeds of all alerts, move their marks, call the configured command; return what there is to tell."""
    from pipeline.commands.terminal.notify import notify
    from pipeline.desk.news import Marks, alert

    marks = Marks(settings.archive / MARKS)
    digests = []
    with store.read() as connection:
        for name, wanted in settings.alerts.items():
            feed: Path | None = settings.base / wanted.feed if wanted.feed else None
            digests.append(alert(connection, name, wanted.query, feed, marks))
    marks.save()
    if news := [{"alert": one.name, "documents": one.news} for one in digests if one.news]:
        notify(settings.notify.command, {"exit_code": 0, "sources": [], "alerts": news})
    return digests


def digest_lines(digests: list[Digest], *, quiet: bool) -> list[str]:
    """Return the digests as lines; `quiet` leaves out those that have nothing to tell."""
    lines = []
    for one in digests:
        if one.begun and not quiet:
            lines.append(f"{one.name}: begins to watch; {one.matching:,} documents match already")
        elif one.news:
            lines += [f"{one.name}: {len(one.news):,} new or changed", *one.lines]
        elif not quiet and not one.begun:
            lines.append(f"{one.name}: nothing new")
    return lines


def new(
    query: Annotated[list[str] | None, typer.Argument(help="Only what this query finds.", metavar="QUERY")] = None,
    config: ConfigFile = None,
    keep: Annotated[bool, typer.Option("--keep", help="Report the same documents again next time.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="The most that are printed.")] = 100,
    as_json: Json = False,
) -> int:
    """Print what came in or changed since this was last asked."""
    from models.search.search import checked
    from pipeline.desk.news import Marks, last_revision, lines, records, since

    choose_config(config)
    settings = read_config()
    asked = checked(" ".join(query or []))
    key = f"new {asked.text}".strip()
    marks = Marks(settings.archive / MARKS)
    with opened(settings) as store, store.read() as connection:
        last = last_revision(connection)
        found = since(connection, asked.tree, int(marks.held.get(key, {}).get("mark", 0)))
        shown = records(connection, found[:limit])
    for note in asked.notes:
        print_message(note.text)
    if as_json:
        print_json(shown)
    else:
        for line in (line for record in shown for line in lines(record)):
            print_data(line)
        if len(found) > limit:
            print_message(f"{len(found):,} documents; the last {limit} are shown (--limit shows more)")
        elif not found:
            print_message("nothing new")
    if not keep:
        marks.held[key] = {"mark": last}
        marks.save()
    return 0
