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
    open_page,
    rules_of,
    settings_or_defaults,
    write_batch,
)
from pipeline.commands.options import ConfigFile, SourceName, choose_config
from pipeline.commands.terminal.console import print_data, print_json, print_message

if TYPE_CHECKING:
    from pipeline.config import Config
    from scrapers.base import Page, Rules


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
    import asyncio

    from models.errors import ConfigError, PageError

    choose_config(config)
    settings = settings_or_defaults(config)
    rules = rules_of(settings, source)
    if (what is None) == (batch is None):
        raise ConfigError("extract: name a FILE, a URL or - (stdin), or give --batch LIST.jsonl")
    if batch is not None:
        from pipeline.extract import worker

        return asyncio.run(write_batch(settings, rules, batch, jobs, worker.line))
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
    from scrapers.record import extracted_record, from_record

    async with open_readers(config, workers=1) as readers:
        if what.startswith(("http://", "https://")):
            async with open_client(config, readers) as client:
                page = await fetch_page(client, what)
        else:
            page = open_page(what, url)
        extracted = from_record(await readers.document(page, rules))
    return extracted_record(page.final_url if page.final_url.startswith("http") else url, extracted)


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
    if all_pages:
        for slug in folder.slugs():
            folder.write(slug, folder.page(slug), folder.rules(slug, settings))
            print_message(f"{slug}: read again")
        return 0
    assert url is not None
    page = asyncio.run(_live(settings, url))
    slug = folder.slug(source or folder.source_of(url, settings), url)
    folder.write(slug, page, folder.rules(slug, settings))
    print_data(folder.folder / slug)
    return 0


async def _live(config: Config, url: str) -> Page:
    """Return a page as its site answers today."""
    from pipeline.run.settings import open_client, open_readers

    async with open_readers(config, workers=1) as readers, open_client(config, readers) as client:
        return await fetch_page(client, url)
