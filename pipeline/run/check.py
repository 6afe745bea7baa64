"""Check the store, and each source's start, robots.txt and selectors. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import IngestError, PageError, StoreError
from pipeline.holdings.lost import check_not_lost
from scrapers.base import Page, Request
from scrapers.fields import FIELDS, why_ignored
from scrapers.record import from_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.config import Config, Source
    from pipeline.extract.pool import Readers
    from pipeline.fetch.client import Client

SAMPLE = 3
"""Documents that are read of each source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of a check: its subject, whether that is sound, and a sentence."""

    subject: str
    sound: bool
    words: str


def check_store(config: Config) -> Finding:
    """Return a finding on whether the store can be used, without creating or changing it."""
    from models.database.store import open_store, sqlite_path

    path = sqlite_path(config.store.database, config.base)
    try:
        check_not_lost(config)
        if path is not None and not path.exists():
            return Finding(subject="store", sound=True, words=f"{path} is not there yet; the first run makes it")
        store = open_store(config.store.database, base=config.base, write=False)
    except StoreError as error:
        return Finding(subject="store", sound=False, words=str(error))
    name = store.name
    store.close()
    return Finding(subject="store", sound=True, words=f"{name} is sound")


def check_browser(config: Config, sources: Mapping[str, Source]) -> list[Finding]:
    """Return a finding on what the sources with `render` need of this machine; none where there is no such source."""
    from pipeline.render.installed import chromium, missing

    names = [name for name, source in sources.items() if source.render]
    if not names:
        return []
    lack = missing(config.render.chromium)
    words = lack or f"{chromium(config.render.chromium)} makes the pages of {', '.join(names)}"
    return [Finding(subject="browser", sound=lack is None, words=words)]


async def check_sources(config: Config, sources: Mapping[str, Source]) -> list[Finding]:
    """Return a finding for each source, one after the other."""
    from pipeline.run.settings import open_client, open_readers

    async with open_readers(config, workers=1) as readers, open_client(config, readers) as client:
        return [await _check(config, name, source, client, readers) for name, source in sources.items()]


async def _check(config: Config, name: str, source: Source, client: Client, readers: Readers) -> Finding:
    from pipeline.discover.discover import discover
    from pipeline.run.settings import source_http

    rules = source.rules(name, config.extract)
    http = source_http(name, source)

    async def fetch(request: Request) -> Page | None:
        return (await client.fetch(request, overrides=http)).page

    try:
        listed = await discover(source.rules(name, config.extract, max_pages=1), fetch=fetch, read=readers.listing)
    except IngestError as error:
        return Finding(subject=name, sound=False, words=str(error))
    selected = {field: key for field, key in FIELDS.selected.items() if getattr(source, key)}
    missed: dict[str, list[str]] = {key: [] for key in selected.values()}
    failed = []
    for link in listed.links[:SAMPLE]:
        try:
            page = await fetch(Request(url=link.url))
            assert page is not None
            extracted = from_record(await readers.document(page, rules))
        except PageError as error:
            failed.append(f"{link.url}: {error.reason}")
            continue
        values = extracted.found()
        for field, key in selected.items():
            if field not in values or not values[field].origin.startswith("selector:"):
                missed[key].append(why_ignored(extracted.notes, key, getattr(source, key)))
    read = min(SAMPLE, len(listed.links)) - len(failed)
    lines = [f"{len(listed.links)} documents on the first page ({listed.mechanism}), {read} read", *failed]
    lines += [_of_selector(key, getattr(source, key), reasons, read) for key, reasons in missed.items() if reasons]
    sound = bool(read) and all(len(reasons) < read for reasons in missed.values())
    return Finding(subject=name, sound=sound, words="\n  ".join(lines))


def _of_selector(key: str, css: str, reasons: list[str], read: int) -> str:
    """Return in words that a selector gave no value on some of the pages that were read, for these reasons."""
    if told := next(filter(None, reasons), ""):
        return f"{key} was ignored on {len(reasons)} of {read}: {css!r} {told}"
    where = "none of them" if len(reasons) == read else f"{read - len(reasons)} of {read}"
    return f"{key} matched on {where}: {css!r}"
