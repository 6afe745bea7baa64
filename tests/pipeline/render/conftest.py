"""One browser for all tests of a process that make pages, and pages to be made."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from pipeline.fetch.client import Client
from pipeline.fetch.settings import Fetched, HttpSettings, SourceHttp
from pipeline.render.browser import Browser
from pipeline.render.client import RenderingClient
from pipeline.render.settings import RenderSettings
from scrapers.base import Request
from tests.sites.server import NOT_FOUND, Answer, Site, serve

LIMITS = RenderSettings(max_seconds=60, max_requests=20, max_rounds=6)


class Pages(Site):
    """Answers as the test says, by path; keeps what was asked."""

    count = 0

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, Answer] = {}

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        return self.answers.get(path, NOT_FOUND)

    def posted(self, path: str, form: Mapping[str, str]) -> Answer:
        return self.answers.get(path, NOT_FOUND)

    @property
    def paths(self) -> list[str]:
        """What was asked but for robots.txt, in order."""
        return [path for path in self.asked if path != "/robots.txt"]


HTTP = HttpSettings(
    user_agent="resource-centre-ingest/0.1",
    delay_seconds=0,
    retries=0,
    timeout_seconds=5,
    allow_addresses=("127.0.0.1",),
)


class Maker:
    """Makes pages with one browser."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.browser = Browser(LIMITS, HTTP.user_agent)

    def fetch(
        self, *urls: str, expect: str = "document", limits: RenderSettings = LIMITS, **overrides: Any
    ) -> list[Fetched]:
        """Return pages as the browser makes them for one client, one after the other."""

        async def work() -> list[Fetched]:
            client = RenderingClient(replace(HTTP, resolve=self.resolve), limits, browser=self.browser)
            source = SourceHttp(render=True, **overrides)
            try:
                return [await client.fetch(Request(url=url, expect=expect), overrides=source) for url in urls]
            finally:
                await Client.aclose(client)  # the browser is the next test's too

        return self.runner.run(work())

    def text(self, url: str, **options: Any) -> str:
        """Return a page's markup."""
        page = self.fetch(url, **options)[0].page
        assert page is not None
        return page.content.decode()

    resolve: Mapping[str, str] = MappingProxyType({})

    def close(self) -> None:
        self.runner.run(self.browser.aclose())
        self.runner.close()


@pytest.fixture(scope="session")
def maker() -> Iterator[Maker]:
    maker = Maker()
    yield maker
    maker.close()


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serve(Pages()) as site:
        yield site


def shell(script: str, body: str = "", head: str = "") -> Answer:
    """Return a page with a script."""
    return Answer(f"<!DOCTYPE html><html><head>{head}</head><body>{body}<script>{script}</script></body></html>")


def processes_of(run: int) -> list[int]:
    """Return the processes that a process has begun, and those that they have."""
    found, waiting = [], [run]
    while waiting:
        one = waiting.pop()
        with suppress(OSError):  # a process or a thread that has ended
            for task in Path(f"/proc/{one}/task").iterdir():
                with suppress(OSError):
                    children = [int(child) for child in (task / "children").read_text().split()]
                    found += children
                    waiting += children
    return found
