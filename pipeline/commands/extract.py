"""`ingest extract` and `ingest accept`: what a page or file says, without the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands import options
from pipeline.commands.options import DEFAULT, ConfigFile, SourceName, choose_config, read_config
from pipeline.commands.terminal.console import print_data, print_json, print_json_line, print_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.config import Config
    from pipeline.fetch.client import Client
    from scrapers.base import Page, Rules


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(extract)
    app.command()(accept)


Url = Annotated[str | None, typer.Option("--url", help="The address of FILE: links are resolved against it.")]


def extract(
    what: Annotated[str | None, typer.Argument(metavar="FILE|URL|-", help="A page or PDF; - is stdin.")] = None,
    batch: Annotated[
        str | None, typer.Option(help="Read many: a JSON line each, with id, path, url.", metavar="LIST.jsonl")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes for --batch; 0 is one a core.")] = 0,
    url: Url = None,
    source: SourceName = None,
    config: ConfigFile = None,
) -> int:
    """Print what one page or PDF says, as JSON; nothing is stored."""
    import asyncio

    from models.errors import ConfigError, PageError

    choose_config(config)
    settings = _settings(config)
    rules = _rules(settings, source)
    if (what is None) == (batch is None):
        raise ConfigError("extract: name a FILE, a URL or - (stdin), or give --batch LIST.jsonl")
    if batch is not None:
        return asyncio.run(_batch(settings, rules, batch, jobs))
    assert what is not None
    try:
        record = asyncio.run(_one(settings, rules, what, url))
    except PageError as error:
        print_message(f"{what}: {error.reason}")
        return error.exit_code
    print_json(record)
    return 0


def _settings(path: Path | None) -> Config:
    """Return the configuration; where there is none, the defaults do."""
    from pipeline.config import parse

    if path is None and not options.is_chosen() and not DEFAULT.exists():
        return parse({}, Path.cwd(), "defaults")
    return read_config(path)


def _rules(config: Config, source: str | None) -> Rules:
    from scrapers.base import Rules

    if source is None:
        return Rules(pdf=True, ocr=config.extract.ocr)
    return config.chosen([source])[source].rules(source, config.extract)


async def _one(config: Config, rules: Rules, what: str, url: str | None) -> Any:
    from pipeline.run.settings import open_client, open_readers
    from scrapers.record import extracted_record, from_record

    async with open_readers(config, workers=1) as readers:
        if what.startswith(("http://", "https://")):
            async with open_client(config, readers) as client:
                page = await _fetched(client, what)
        else:
            page = _opened(what, url)
        extracted = from_record(await readers.document(page, rules))
    return extracted_record(page.final_url if page.final_url.startswith("http") else url, extracted)


async def _fetched(client: Client, url: str) -> Page:
    from models.errors import FetchError
    from scrapers.base import Request

    page = (await client.fetch(Request(url=url))).page
    if page is None:
        raise FetchError(url, "the server says that nothing has changed, though nothing was asked before")
    return page


def _opened(what: str, url: str | None) -> Page:
    import sys

    from models.errors import ConfigError
    from pipeline.extract.worker import page_of

    try:
        content = sys.stdin.buffer.read() if what == "-" else Path(what).read_bytes()
    except OSError as error:
        raise ConfigError(f"{what}: cannot be read: {error.strerror}") from error
    return page_of(content, url or ("" if what == "-" else Path(what).absolute().as_uri()))


async def _batch(config: Config, rules: Rules, batch: str, jobs: int) -> int:
    """Read the listed files, starting in the list's order; each line is written as soon as it is ready."""
    import asyncio
    import itertools
    import json

    from models.errors import PageError
    from pipeline.extract import worker
    from pipeline.extract.pool import MANY
    from pipeline.run.settings import open_readers

    failed = 0
    async with open_readers(config, workers=jobs) as readers:
        room = asyncio.Semaphore(4 * readers.workers)

        async def one(item: dict[str, Any], path: Path) -> None:
            nonlocal failed
            try:
                line = await readers.call(worker.line, str(path), path, item, rules)
            except PageError as error:
                failed += 1
                line = json.dumps({**_carried(item), "error": error.reason}, ensure_ascii=False)
            finally:
                room.release()
            print_json_line(line)

        items = _items(batch)
        # A program that writes to our stdin may wait for each answer.
        first = [] if batch == "-" else list(itertools.islice(items, MANY))
        readers.expect(len(first))
        following = itertools.chain(first, items)
        async with asyncio.TaskGroup() as group:
            while (found := await asyncio.to_thread(next, following, None)) is not None:
                item, path = found
                await room.acquire()
                group.create_task(one(item, path))
    return 3 if failed else 0


def _carried(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "path"}


def _items(batch: str) -> Iterator[tuple[dict[str, Any], Path]]:
    """Return the list's lines with the path of each; relative ones are relative to the list's folder."""
    import json
    import sys

    from models.errors import ConfigError

    folder = Path() if batch == "-" else Path(batch).parent
    try:
        with open(sys.stdin.fileno() if batch == "-" else batch, encoding="utf-8", closefd=batch != "-") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    item = json.loads(line)
                    path = Path(item["path"])
                except (ValueError, KeyError, TypeError):
                    raise ConfigError(f"{batch}, line {number}: not a JSON object with a path") from None
                beside = folder / path
                yield item, path if not beside.exists() and path.exists() else beside
    except OSError as error:
        raise ConfigError(f"{batch}: cannot be read: {error.strerror}") from error


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
    settings = _settings(config)
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
        return await _fetched(client, url)
