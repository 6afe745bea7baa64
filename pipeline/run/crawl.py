"""Fetch and read the due addresses of one source: one queue a host, so that no host waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from models.errors import NotADocument, PageError
from models.statuses import FailureStage
from pipeline.extract.version import code_basis
from pipeline.ledger.due import Due, FromSite, Result
from scrapers.base import Link, Page, Request, Rules
from scrapers.record import ReadingRecord, link_from_record
from scrapers.sniff.mediatype import PAGES
from scrapers.values.addresses import matches, same_site
from scrapers.values.suffixes import NOT_READ, suffix_of

if TYPE_CHECKING:
    from pipeline.extract.pool import Readers
    from pipeline.fetch.settings import Fetched
    from pipeline.run.answers import Answers

LARGE = 1_000_000
"""Size in bytes from which an answer keeps its place in memory until it is stored."""

MAX_FILES = 200
"""Files that are fetched from one page: a page that links more is a listing, or a trap."""


def _is_landing(due: Due, page: Page) -> bool:
    """Return whether a web page came where a file was expected."""
    return due.request.expect == "file" and page.media_type in PAGES


class Crawl:
    """Processes addresses until none is left, those that `store` returns (a page's files) included.

    Args:
        store: stores a result durably and returns the addresses to process next.
        in_memory: limits how many answers of all sources wait to be read.
    """

    def __init__(
        self,
        rules: Rules,
        answers: Answers,
        readers: Readers,
        store: Callable[[Result], Awaitable[list[Due]]],
        *,
        in_memory: asyncio.Semaphore,
    ) -> None:
        self._rules, self._answers, self._readers = rules, answers, readers
        self._store, self._in_memory = store, in_memory
        self._queues: dict[str, asyncio.Queue[Due]] = {}
        self._hosts: list[asyncio.Task[None]] = []
        self._open = 0
        self._finished = asyncio.Event()

    async def work(self, due: Iterable[Due]) -> None:
        """Fetch, read and store every address, and those that `store` returns."""
        async with asyncio.TaskGroup() as self._group:
            self._add(due)
            if self._open:
                await self._finished.wait()
            for host in self._hosts:
                host.cancel()

    def _add(self, due: Iterable[Due]) -> None:
        for item in due:
            host = urlsplit(item.request.url).netloc
            if host not in self._queues:
                self._queues[host] = asyncio.Queue()
                self._hosts.append(self._group.create_task(self._host(self._queues[host])))
            self._open += 1
            self._queues[host].put_nowait(item)

    async def _host(self, queue: asyncio.Queue[Due]) -> None:
        """Fetch one address after another; each is read in its own task, for which the next fetch does not wait."""
        while True:
            due = await queue.get()
            try:
                fetched = await self._answers.answer(due)
            except PageError as error:
                await self._done(Result(due=due, error=error))
            else:
                await self._in_memory.acquire()
                self._group.create_task(self._read(due, fetched))

    async def _read(self, due: Due, fetched: Fetched) -> None:
        large = fetched.page is not None and len(fetched.page.content) > LARGE
        try:
            result = await self._result(due, fetched)
            if large:
                await self._done(result)
        finally:
            self._in_memory.release()
        if not large:  # the place in memory is free again while this waits for the writer's batch
            await self._done(result)

    async def _result(self, due: Due, fetched: Fetched) -> Result:
        page = fetched.page
        if page is None or (page.media_type == "application/pdf" and not self._rules.pdf):
            return Result(due=due, fetched=fetched)
        try:
            reading = await self._again_or_first(due, page)
        except PageError as error:
            if _is_landing(due, page):
                return await self._landing(due, fetched, page, (), error)
            return Result(due=due, fetched=fetched, error=error, stage=FailureStage.EXTRACT)
        if reading is None:
            return Result(due=due, fetched=fetched, unchanged=True)
        files = self._files(page, reading)
        if _is_landing(due, page):
            reason = "a web page came where a file was expected, and it does not lead to one"
            return await self._landing(due, fetched, page, files, NotADocument(due.request.url, reason))
        return Result(due=due, fetched=fetched, reading=reading, files=files)

    async def _again_or_first(self, due: Due, page: Page) -> ReadingRecord | None:
        if due.published is None:
            return await self._readers.document(page, self._rules)
        return await self._readers.again(page, self._rules, code_basis(self._rules), due.published)

    async def _landing(
        self, due: Due, fetched: Fetched, page: Page, files: tuple[Link, ...], error: PageError
    ) -> Result:
        """Follow one hop where a page stands between a link and its file; a second page is an error."""
        where = due.where
        first_hop = isinstance(where, FromSite) and where.landing is None
        if first_hop and (url := files[0].url if files else await self._forward(page)):
            behind = FromSite(landing=due.request.url, attempts=len(fetched.attempts))
            self._add([Due(url_id=due.url_id, request=Request(url=url, expect="file"), where=behind)])
            return Result(due=due)
        return Result(due=due, fetched=fetched, error=error, stage=FailureStage.EXTRACT)

    async def _forward(self, page: Page) -> str | None:
        try:
            url = await self._readers.forward(page)
        except PageError:
            return None  # the caller reports its own reason
        return url if url and self._may_follow(page, Link(url=url)) else None

    async def _done(self, result: Result) -> None:
        self._add(await self._store(result))
        self._open -= 1
        if not self._open:
            self._finished.set()

    def _files(self, page: Page, reading: ReadingRecord) -> tuple[Link, ...]:
        links = {
            link.url: link for record in reading["links"] if (link := link_from_record(record)).rel == "attachment"
        }
        allowed = (link for link in links.values() if self._may_follow(page, link))
        return tuple(replace(link, claims={}) for link, _ in zip(allowed, range(MAX_FILES), strict=False))

    def _may_follow(self, page: Page, link: Link) -> bool:
        parts = urlsplit(link.url)
        if parts.scheme not in ("http", "https") or suffix_of(link.url) in NOT_READ:
            return False
        if self._rules.exclude and matches(link.url, self._rules.exclude):
            return False
        host = (parts.hostname or "").lower()
        return same_site(link.url, page.final_url) or any(
            host == allowed or host.endswith(f".{allowed}") for allowed in map(str.lower, self._rules.file_hosts)
        )
