"""`ingest links`: what a listing, feed, sitemap or API answer leads to, without the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.inputs import (
    Batch,
    Jobs,
    Url,
    fetch_page,
    open_page,
    rules_of,
    settings_or_defaults,
    write_batch,
)
from pipeline.commands.options import ConfigFile, SourceName, choose_config
from pipeline.commands.terminal.console import print_json, print_message

if TYPE_CHECKING:
    from pipeline.config import Config
    from scrapers.base import Rules


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(links)


def links(
    what: Annotated[
        str | None, typer.Argument(metavar="FILE|URL|-", help="A listing, feed, sitemap or API answer; - is stdin.")
    ] = None,
    batch: Batch = None,
    jobs: Jobs = 0,
    url: Url = None,
    source: SourceName = None,
    config: ConfigFile = None,
) -> int:
    """Print which documents a listing, feed, sitemap or API answer leads to and what it says of each, as JSON."""
    import asyncio

    from models.errors import ConfigError, PageError

    choose_config(config)
    settings = settings_or_defaults(config)
    rules = rules_of(settings, source)
    if (what is None) == (batch is None):
        raise ConfigError("links: name a FILE, a URL or - (stdin), or give --batch LIST.jsonl")
    if batch is not None:
        from pipeline.extract import worker

        return asyncio.run(write_batch(settings, rules, batch, jobs, worker.links_line))
    assert what is not None
    try:
        record = asyncio.run(_one(settings, rules, what, url))
    except PageError as error:
        print_message(f"{what}: {error.reason}")
        return error.exit_code
    print_json(record)
    return 0


async def _one(config: Config, rules: Rules, what: str, url: str | None) -> Any:
    from pipeline.run.settings import open_client, open_readers

    async with open_readers(config, workers=1) as readers:
        if what.startswith(("http://", "https://")):
            async with open_client(config, readers) as client:
                page = await fetch_page(client, what)
        else:
            page = open_page(what, url)
        record = await readers.links(page, rules)
    return {**record, "url": page.final_url if page.final_url.startswith("http") else url}
