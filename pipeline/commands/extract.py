"""`ingest extract` and `ingest accept`: what a page or file says, without the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.inputs import (
    Batch,
    Jobs,
    Url,
    fetch_page,
    print_one_or_batch,
    rules_of,
    settings_or_defaults,
)
from pipeline.commands.options import ConfigFile, SourceName, choose_config
from pipeline.commands.terminal.console import print_data, print_message

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.extract.pool import Readers
    from scrapers.base import Page


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(extract)
    app.command()(accept)


def extract(
    what: Annotated[str | None, typer.Argument(metavar="FILE|URL|-", help="A page or PDF; - is stdin.")] = None,
    batch: Batch = None,
    jobs: Jobs = 0,
    url: Url = None,
    source: SourceName = None,
    config: ConfigFile = None,
) -> int:
    """Print what one page or PDF says, as JSON; nothing is stored."""
    from pipeline.extract import worker
    from scrapers.record import extracted_record, from_record

    choose_config(config)
    settings = settings_or_defaults(config)
    rules = rules_of(settings, source)

    async def read(readers: Readers, page: Page) -> dict[str, Any]:
        return extracted_record(None, from_record(await readers.document(page, rules)))

    return print_one_or_batch(
        "extract", what, url, settings, rules, batch=batch, jobs=jobs, line=worker.line, read=read
    )


def accept(
    url: Annotated[str | None, typer.Argument(metavar="URL", help="The page or PDF to save.")] = None,
    all_pages: Annotated[bool, typer.Option("--all", help="Read all saved pages again, without network.")] = False,
    corpus: Annotated[Path | None, typer.Option(help="Where saved pages lie.", metavar="DIR")] = None,
    source: SourceName = None,
    config: ConfigFile = None,
) -> int:
    """Save a page with what is extracted from it today; the difference (`git diff`) is what to review."""
    import asyncio

    from models.errors import ConfigError
    from pipeline.extract.corpus import Corpus

    choose_config(config)
    settings = settings_or_defaults(config)
    folder = Corpus(corpus or settings.base / "corpus")
    if (url is None) == (not all_pages):
        raise ConfigError("accept: name a URL, or give --all to read the saved pages again")
    if source is not None:
        settings.chosen([source])  # raises ConfigError where nobody knows it
    if all_pages:
        slugs = folder.slugs()
        if not slugs:
            raise ConfigError(f"{folder.folder}: no page is saved there; `ingest accept URL` saves one")
        for slug in slugs:
            folder.write(slug, folder.page(slug), folder.rules(slug, settings))
            print_message(f"{slug}: read again")
        return 0
    assert url is not None
    page = asyncio.run(_live(settings, url, source))
    slug = folder.slug(source or folder.source_of(url, settings), url)
    folder.write(slug, page, folder.rules(slug, settings))
    print_data(folder.folder / slug)
    return 0


async def _live(config: Config, url: str, source: str | None) -> Page:
    """Return a page as its site answers today."""
    from pipeline.run.settings import open_client, open_readers

    async with open_readers(config, workers=1) as readers, open_client(config, readers) as client:
        return await fetch_page(client, url, config, source)
