"""What `extract` and `links` read: a file, stdin, an address, or a list of files, with or without a configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands import options
from pipeline.commands.options import DEFAULT, read_config
from pipeline.commands.terminal.console import print_json, print_json_line, print_message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from pipeline.config import Config
    from pipeline.extract.pool import Readers
    from pipeline.fetch.client import Client
    from scrapers.base import Page, Rules

Batch = Annotated[
    str | None, typer.Option(help="Read many: a JSON line each, with id, path, url.", metavar="LIST.jsonl")
]
Jobs = Annotated[int, typer.Option(min=0, help="Processes for --batch; 0 is one a core.")]
Url = Annotated[str | None, typer.Option("--url", help="The address of FILE: links are resolved against it.")]


def settings_or_defaults(path: Path | None) -> Config:
    """Return the configuration, or the defaults where there is none."""
    from pipeline.config import parse

    if path is None and not options.is_chosen() and not DEFAULT.exists():
        return parse({}, Path.cwd(), "defaults")
    return read_config(path)


def rules_of(config: Config, source: str | None) -> Rules:
    """Return a source's rules, or generic ones without a source."""
    from scrapers.base import Rules

    if source is None:
        return Rules(pdf=True, ocr=config.extract.ocr)
    return config.chosen([source])[source].rules(source, config.extract)


async def fetch_page(client: Client, url: str, config: Config, source: str | None, *, expect: str = "document") -> Page:
    """Return the page at an address, fetched as a source says where one is named; raises PageError."""
    from models.errors import FetchError
    from pipeline.run.settings import source_http
    from scrapers.base import Request

    http = source_http(source, config.sources[source]) if source else None
    page = (await client.fetch(Request(url=url, expect=expect), overrides=http)).page
    if page is None:
        raise FetchError(url, "the answer is 304 Not Modified, though the request had no condition")
    return page


def open_page(what: str, url: str | None) -> Page:
    """Return the page in a file or on stdin (`-`), as if it had come from `url`; raises ConfigError."""
    import sys

    from models.errors import ConfigError
    from pipeline.extract.worker import page_of

    if "://" in what:
        raise ConfigError(f"{what}: only http and https addresses are fetched; else name a file")
    try:
        content = sys.stdin.buffer.read() if what == "-" else Path(what).read_bytes()
    except OSError as error:
        raise ConfigError(f"{what}: cannot be read: {error.strerror}") from error
    return page_of(content, url or ("" if what == "-" else Path(what).absolute().as_uri()))


async def write_batch(
    config: Config, rules: Rules, batch: str, jobs: int, line: Callable[[Path, dict[str, Any], Rules], str]
) -> int:
    """Print what `line` returns for each listed file, begun in order, as soon as it is ready; return the exit code."""
    import asyncio
    import itertools
    import json

    from models.errors import PageError
    from pipeline.extract.pool import MANY
    from pipeline.run.settings import open_readers

    failed = 0
    async with open_readers(config, workers=jobs) as readers:
        room = asyncio.Semaphore(4 * readers.workers)

        async def one(item: dict[str, Any], path: Path) -> None:
            nonlocal failed
            try:
                text = await readers.call(line, str(path), path, item, rules)
            except PageError as error:
                failed += 1
                text = json.dumps({**_carried(item), "error": error.reason}, ensure_ascii=False)
            finally:
                room.release()
            print_json_line(text)

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
    """Yield the list's items with their paths, which are relative to the list's folder; raises ConfigError."""
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


def print_one_or_batch(
    command: str,
    what: str | None,
    url: str | None,
    config: Config,
    rules: Rules,
    *,
    batch: str | None,
    jobs: int,
    line: Callable[..., str],
    read: Callable[[Readers, Page], Awaitable[dict[str, Any]]],
    expect: str = "document",
) -> int:
    """Print what one page gives as JSON, or a line for each of a batch; return the exit code.

    Args:
        command: Its name, for messages.
        what: A file, an address or `-`.
        url: The address that a file came from.
        config: The configuration.
        rules: How pages are read.
        batch: A list of files instead of `what`.
        jobs: Processes for the batch; 0 is one a core.
        line: Returns the JSON line of one item of the batch, in a reading process.
        read: Returns the record of one page.
        expect: What an address is expected to give, as in a `Request`.
    """
    import asyncio

    from models.errors import ConfigError, PageError

    if (what is None) == (batch is None):
        raise ConfigError(f"{command}: name a FILE, a URL or - (stdin), or give --batch LIST.jsonl")
    if batch is not None:
        return asyncio.run(write_batch(config, rules, batch, jobs, line))
    assert what is not None
    try:
        record = asyncio.run(_one(config, rules.source, what, url, expect, read))
    except PageError as error:
        print_message(f"{what}: {error.reason}")
        return error.exit_code
    print_json(record)
    return 0


async def _one(
    config: Config,
    source: str,
    what: str,
    url: str | None,
    expect: str,
    read: Callable[[Readers, Page], Awaitable[dict[str, Any]]],
) -> dict[str, Any]:
    from pipeline.run.settings import open_client, open_readers

    async with open_readers(config, workers=1) as readers:
        if what.startswith(("http://", "https://")):
            async with open_client(config, readers) as client:
                page = await fetch_page(client, what, config, source, expect=expect)
        else:
            page = open_page(what, url)
        record = await read(readers, page)
    return {**record, "url": page.final_url if page.final_url.startswith("http") else url}
