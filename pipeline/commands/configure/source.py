"""`ingest source`: the sources of the configuration and of the store: list, enable, disable, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, choose_config, config_path, opened, read_config
from pipeline.commands.terminal.console import ask, print_data, print_json, print_message, terminal_width
from pipeline.commands.terminal.help import Commands

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.holdings.remove import Held

Name = Annotated[str, typer.Argument(metavar="NAME", help="A source.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    source = Commands(help="The sources: list, enable, disable, remove.")
    source.command("list")(list_sources)
    for command in (enable, disable, remove):
        source.command()(command)
    app.add_typer(source, name="source")


def list_sources(config: ConfigFile = None, as_json: Json = False) -> int:
    """List the sources with where they start and how many documents are held of each."""
    from pipeline.commands.terminal.formatting import fitting
    from pipeline.holdings.queries import source_health

    choose_config(config)
    settings = read_config()
    with opened(settings) as store, store.read() as connection:
        health = source_health(connection, list(settings.sources))
    listed = []
    for held in health:
        configured = settings.sources.get(held["source"])
        state = "not configured" if configured is None else "enabled" if configured.enabled else "disabled"
        start = list(configured.start) if configured is not None else []
        listed.append({"source": held["source"], "state": state, "documents": held["documents"], "start": start})
    if as_json:
        print_json(listed)
    elif listed:
        head = ["source", "state", "documents", "start"]
        rows = [[item["source"], item["state"], item["documents"], " ".join(item["start"]) or None] for item in listed]
        print_data("\n".join(fitting(head, rows, terminal_width(), least=4)))
    else:
        print_message("no sources: `ingest add URL --write` makes one")
    return 0


def enable(name: Name, config: ConfigFile = None) -> int:
    """Have a source take part in `ingest run` again."""
    return _set_enabled(name, config, wanted=True)


def disable(name: Name, config: ConfigFile = None) -> int:
    """Leave a source out of `ingest run`; its documents stay, and `ingest run NAME` still runs it."""
    return _set_enabled(name, config, wanted=False)


def _set_enabled(name: str, config: ConfigFile, *, wanted: bool) -> int:
    from pipeline.commands.configure.config_file import set_key

    choose_config(config)
    settings = read_config()
    word = "enabled" if wanted else "disabled"
    if settings.chosen([name])[name].enabled is wanted:
        print_message(f"{name} is {word} already")
        return 0
    set_key(config_path(), ("sources", name), "enabled", wanted)
    print_message(f"{name} is {word}")
    return 0


def remove(
    name: Name,
    config: ConfigFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> int:
    """Remove a source from the configuration, and its documents from store and archive, after saying how many."""
    from models.errors import ConfigError
    from pipeline.commands.configure.config_file import remove_source

    choose_config(config)
    settings = read_config()
    held = _held(settings, name)
    if held is None:
        settings.chosen([name])  # raises ConfigError where nobody knows it
    else:
        counts = ", ".join(f"{count} {what}" for what, count in _counts(held).items())
        print_message(f"{name}: {counts}")
        if not yes:
            answer = ask("Remove all of that? This cannot be undone. [y/N] ", lambda _: None)
            if answer is None:
                raise ConfigError(f"source remove {name}: nobody can be asked here; --yes removes it without asking")
            if answer.lower() not in ("y", "yes"):
                print_message("nothing was removed")
                return 0
        _remove_held(settings, name)
    if name in settings.sources:
        remove_source(config_path(), name)
    print_message(f"{name} was removed")
    return 0


def _held(settings: Config, name: str) -> Held | None:
    from pipeline.holdings.remove import held_of

    with opened(settings) as store, store.read() as connection:
        return held_of(connection, name)


def _counts(held: Held) -> dict[str, int]:
    return {name: getattr(held, name) for name in ("documents", "captures", "failures", "runs")}


def _remove_held(settings: Config, name: str) -> None:
    from pipeline import VERSION
    from pipeline.archive import Archive
    from pipeline.holdings.remove import remove_source
    from pipeline.ledger import writer
    from pipeline.ledger.leases import locks_of
    from pipeline.run.settings import utc_now

    with (
        opened(settings, write=True) as store,
        locks_of(store, settings.archive) as locks,
        locks.hold(name),
        Archive(settings.archive, software=f"ingest/{VERSION}") as archive,
    ):
        writer.repair(store, settings.archive)
        remove_source(store, archive, settings.archive, name, now=utc_now())
