"""`ingest init`: write a commented configuration, or set the contact of one that is there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, choose_config, config_path
from pipeline.commands.terminal.console import ask, print_message

STARTER = Path(__file__).with_name("starter.toml")
"""The configuration that is written: every key with its default, and some sources, none of them enabled."""


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(init)


def init(
    contact: Annotated[
        str | None,
        typer.Option("--contact", help="Your e-mail or web address; the sites that are asked see it.", metavar="WHO"),
    ] = None,
    config: ConfigFile = None,
) -> int:
    """Write a commented config.toml with no source enabled; where there is one, set its contact."""
    from models.errors import ConfigError
    from pipeline.commands.configure.config_file import set_key
    from pipeline.config import command_for

    choose_config(config)
    path = config_path()
    if path.exists():
        if not contact:
            raise ConfigError(f"{path} is there already and was left as it is; --contact WHO sets its contact")
        set_key(path, ("http",), "contact", contact)
        print_message(f"{path}: http.contact is {contact} now")
        return 0
    if contact is None:
        contact = ask("Your e-mail or web address, for the keepers of the sites (empty: later): ", _fault) or ""
    write(path, contact)
    print_message(f"{path} was written; no source is enabled yet")
    if not contact:
        print_message(f"Before the first site: {command_for('init --contact you@example.org', str(path))}")
    print_message(f"Next: {command_for('add https://the-site.example/publications --write', str(path))}")
    return 0


def write(path: Path, contact: str) -> None:
    """Write the starter configuration with a contact; raises ConfigError for a wrong contact or an unwritable path."""
    import tomllib

    from models.errors import ConfigError
    from models.whole_file import whole_file
    from pipeline.commands.configure.config_file import with_key
    from pipeline.config import parse

    text = with_key(STARTER.read_text("utf-8"), ("http",), "contact", contact)
    parse(tomllib.loads(text), path.absolute().parent, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as part:
            part.write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror or error}") from error


def _fault(contact: str) -> str | None:
    """Return what is wrong with a contact, or None."""
    from models.errors import ConfigError
    from pipeline.config import parse

    try:
        parse({"http": {"contact": contact}}, Path(), "contact")
    except ConfigError as error:
        return str(error)
    return None
