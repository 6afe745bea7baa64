"""`ingest add`: look at a site and propose the configuration that would ingest it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.options import ConfigFile, choose_config, config_path, read_config
from pipeline.commands.terminal.console import print_data, print_message
from pipeline.commands.terminal.help import Command

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from pipeline.commands.add.block import Proposal
    from pipeline.config import Config


class _WithExamples(Command):
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
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The site, or better its list of documents; https:// may be left out.")
    ],
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
    from models.whole_file import writable
    from pipeline.commands.add.block import block, report
    from pipeline.commands.add.examples import read_example
    from pipeline.commands.add.propose import propose
    from pipeline.commands.configure.config_file import append_source
    from pipeline.config import command_for

    choose_config(config)
    settings = read_config()
    examples = [read_example(words.split("\n")) for words in example or ()]
    addresses = candidates(url)
    if write and not writable(config_path()):
        raise ConfigError(f"{config_path()}: cannot be written; without --write the block is printed")
    _check(settings, addresses[0], name, write=write)
    try:
        proposal = asyncio.run(_first(propose, settings, addresses, name, examples))
    except (SourceError, PageError) as error:
        print_message(f"{getattr(error, 'url', url)}: {error}" if isinstance(error, PageError) else error)
        return 1
    _check_start(settings, proposal.keys["start"])
    if proposal.name in settings.sources:
        taken = f"there is a source {proposal.name!r} already; choose another with --name"
        if write:
            raise ConfigError(taken)
        print_message(taken)
    print_data(report(proposal))
    if write:
        append_source(config_path(), proposal.name, block(proposal.name, proposal.keys))
        print_message(f"\n{proposal.name} was added to {config_path()}. Next:")
        for words in (f"run {proposal.name} --limit 50", f"export {proposal.name}.csv --source {proposal.name}"):
            print_message(f"  {command_for(words, str(config_path()))}")
    return 3 if len(proposal.samples) == 0 else 0


def candidates(url: str) -> list[str]:
    """Return the addresses to try for what a person typed; raises ConfigError for what can be none."""
    from urllib.parse import urlsplit

    from models.errors import ConfigError

    whole = url if re.match(r"https?://", url, re.IGNORECASE) else f"//{url}"
    try:
        parts = urlsplit(whole)
        host, secret = parts.hostname or "", parts.username or parts.password
        port = parts.port
    except ValueError:
        host, secret, port = "", None, None
    if secret is not None:
        raise ConfigError(
            f"an address with a user's name or password, for {host}: leave them out, and name them in `headers` of the "
            "source, which may refer to environment variables"
        )
    if whole == url and host and port != 0:
        return [url]
    if "://" in url or port == 0 or not re.fullmatch(r"localhost|[^\s.]+(\.[^\s.]+)+", host):
        raise ConfigError(f"{url!r} is no address of a site; write it as https://acme.example/publications")
    return [f"https://{url}", f"http://{url}"]


async def _first(
    propose: Callable[..., Awaitable[Proposal]], settings: Config, addresses: list[str], *arguments: Any
) -> Proposal:
    """Return the proposal for the first address that answers at all; without a scheme, https comes before http."""
    from models.errors import FetchError, Forbidden, Gone

    for url in addresses[:-1]:
        try:
            return await propose(settings, url, *arguments)
        except FetchError as error:
            if isinstance(error, Forbidden | Gone):
                raise
            print_message(f"{url}: {error}; trying http")
    return await propose(settings, addresses[-1], *arguments)


def _check(config: Config, url: str, name: str | None, *, write: bool) -> None:
    """Raise ConfigError, before any request, for an address or a name that is taken, or a missing contact."""
    from models.errors import ConfigError
    from pipeline.commands.add.block import name_of
    from pipeline.config import check_contact, check_name, parse

    if write and name is not None and name in config.sources:
        raise ConfigError(f"there is a source {name!r} already; choose another with --name")
    label = check_name(name, "--name") if name else name_of(url, ())
    source = parse({"sources": {label: {"start": url}}}, config.base, "add").sources[label]
    _check_start(config, source.start)
    check_contact(config.model_copy(update={"sources": {label: source}}), [label])


def _check_start(config: Config, start: Sequence[str]) -> None:
    """Raise ConfigError where a source starts there already."""
    from models.errors import ConfigError
    from pipeline.config import command_for
    from scrapers.values.addresses import identity

    ours = {identity(url) for url in start}
    for name, source in config.sources.items():
        if ours & {identity(url) for url in source.start}:
            words = f"run {name}" if source.enabled else f"source enable {name}"
            raise ConfigError(
                f"{config.file}: the source {name!r} starts there already; `{command_for(words, config.file)}`"
                + (" runs it" if source.enabled else " has it run")
            )
