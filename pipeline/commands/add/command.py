"""`ingest add`: look at a site and propose the configuration that would ingest it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from pipeline.commands.options import ConfigFile, choose_config, config_path, read_config
from pipeline.commands.terminal.console import print_data, print_message

if TYPE_CHECKING:
    from pipeline.config import Config


class _WithExamples(TyperCommand):
    """A command whose `--example` takes all words up to the next option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Join the words of each example into one, which `add` splits again."""
        joined: list[str] = []
        words: list[str] | None = None
        for word in args:
            word, _, value = word.partition("=") if word.startswith("--example=") else (word, "", "")
            if word == "--example":
                joined += [word, ""]
                words = [value] if value else []
            elif words is not None and (not words or re.match(r"\w+=", word)):
                words.append(word)
            else:
                words = None
                joined.append(word)
            if words:
                joined[-1] = "\n".join(words)
        return super().parse_args(ctx, joined)


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(cls=_WithExamples)(add)


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The site, or better its list of documents.")],
    write: Annotated[bool, typer.Option("--write", help="Append the block to the configuration.")] = False,
    name: Annotated[str | None, typer.Option("--name", help="What to call the source.", metavar="NAME")] = None,
    example: Annotated[
        list[str] | None,
        typer.Option("--example", help="A document and its right values.", metavar="URL title=... author=... date=..."),
    ] = None,
    config: ConfigFile = None,
) -> int:
    """Look at a site and print the configuration block that would ingest it, with a sample of what it finds."""
    import asyncio

    from models.errors import ConfigError, PageError, SourceError
    from pipeline.commands.add.block import block, report
    from pipeline.commands.add.examples import read_example
    from pipeline.commands.add.propose import propose
    from pipeline.config_file import append_source

    choose_config(config)
    settings = read_config()
    examples = [read_example(words.split("\n")) for words in example or ()]
    _check(settings, url, name if write else None)
    try:
        proposal = asyncio.run(propose(settings, url, name, examples))
    except (SourceError, PageError) as error:
        print_message(f"{getattr(error, 'url', url)}: {error}" if isinstance(error, PageError) else error)
        return 1
    if proposal.name in settings.sources:
        taken = f"there is a source {proposal.name!r} already; choose another with --name"
        if write:
            raise ConfigError(taken)
        print_message(taken)
    print_data(report(proposal))
    if write:
        append_source(config_path(), proposal.name, block(proposal.name, proposal.keys))
        print_message(f"{proposal.name} was added to {config_path()}")
    return 3 if len(proposal.samples) == 0 else 0


def _check(config: Config, url: str, name: str | None) -> None:
    """Raise ConfigError, before any request, for a wrong address, a name that is taken, or a missing contact."""
    from models.errors import ConfigError
    from pipeline.commands.add.block import name_of
    from pipeline.config import check_contact, parse

    if name is not None and name in config.sources:
        raise ConfigError(f"there is a source {name!r} already; choose another with --name")
    label = name or name_of(url, ())
    source = parse({"sources": {label: {"start": url}}}, config.base, "add").sources[label]
    check_contact(config.model_copy(update={"sources": {label: source}}), [label])
