"""`ingest links`: what a listing, feed, sitemap or API answer leads to, without the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.inputs import (
    Batch,
    Jobs,
    Url,
    print_one_or_batch,
    rules_of,
    settings_or_defaults,
)
from pipeline.commands.options import ConfigFile, SourceName, choose_config

if TYPE_CHECKING:
    from pipeline.extract.pool import Readers
    from scrapers.base import Page


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
    from pipeline.extract import worker

    choose_config(config)
    settings = settings_or_defaults(config)
    rules = rules_of(settings, source)

    async def read(readers: Readers, page: Page) -> dict[str, Any]:
        return {**await readers.links(page, rules)}

    return print_one_or_batch(
        "links", what, url, settings, rules, batch=batch, jobs=jobs, line=worker.links_line, read=read, expect="listing"
    )
