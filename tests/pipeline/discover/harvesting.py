"""Discovers a test site with a real HTTP client and the real readers, without the rest of the pipeline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import Any

import httpx

from models.errors import Attempt, FetchError, Forbidden, Gone, TemporaryFetchError
from pipeline.discover.discover import Discovery, discover
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import MECHANISMS
from scrapers.values.addresses import identity
from tests.page import page_of
from tests.sites import Site

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Store:
    """What is known of a source."""

    def __init__(self, found: Discovery | None = None) -> None:
        self.keys: set[str] = set()
        if found:
            self.add(found)

    def add(self, found: Discovery) -> None:
        self.keys |= {identity(link.url) for link in found.links}

    def unknown(self, links: Iterable[Link]) -> set[str]:
        return {identity(link.url) for link in links} - self.keys

    async def known(self, keys: Collection[str]) -> set[str]:
        return self.keys & set(keys)


def rules_of(site: Site, alone: bool = False, **keys: Any) -> Rules:
    """Return a site's three-line source, or its start address alone."""
    given: dict[str, Any] = {} if alone else dict(site.keys)
    if "follow" in given:
        given["follow"] = (given["follow"],)
    return Rules(**{"source": "test", "start": (site.url + site.start,), **given, **keys})


def harvest(
    site: Site, store: Store | None = None, *, alone: bool = False, rules: Rules | None = None, **run: Any
) -> Discovery:
    """Return what a site lists; `found` and `save_token` are plain functions here."""
    site.asked.clear()
    hooks: dict[str, Any] = {name: awaited(run.pop(name)) for name in ("found", "save_token") if name in run}

    async def go() -> Discovery:
        async with httpx.AsyncClient(verify=False) as client:
            return await discover(
                rules or rules_of(site, alone),
                fetch=fetcher(client),
                read=read,
                known=(store or Store()).known,
                **hooks,
                **run,
            )

    return asyncio.run(go())


def awaited(function: Callable[[Any], None]) -> Callable[[Any], Awaitable[None]]:
    async def call(argument: Any) -> None:
        function(argument)

    return call


async def read(page: Page, request: Request, rules: Rules) -> Listing:
    return MECHANISMS[request.expect].read(page, request, rules)


def fetcher(client: httpx.AsyncClient) -> Callable[[Request], Awaitable[Page]]:
    """Return a fetch that tells failures as the pipeline's own does."""

    async def fetch(request: Request) -> Page:
        form = None if request.form is None else dict(request.form)
        method = "GET" if form is None else "POST"
        answer = await client.request(method, request.url, data=form, follow_redirects=True)
        said = f"the answer is {answer.status_code}"
        if answer.status_code in (404, 410):
            raise Gone(request.url, said, answer.status_code)
        if answer.status_code in (401, 403):
            raise Forbidden(request.url, said)
        if answer.status_code == 429 or answer.status_code >= 500:
            pause = answer.headers.get("retry-after")
            raise TemporaryFetchError(request.url, said, float(pause) if pause else None)
        if answer.status_code != 200:
            error = FetchError(request.url, said)
            error.attempts = (Attempt(number=1, status=answer.status_code, error=said, started_at=NOW, seconds=0.0),)
            raise error
        return page_of(request.url, answer.content, str(answer.url), tuple(answer.headers.items()))

    return fetch
