"""Reading in child processes with limits on time and memory: whatever a page does to its reader, the run goes on.

A task is a plain function of `scrapers`, named by `pipeline.extract.worker`; large content goes by path, not by pipe.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import multiprocessing
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from models.errors import ExtractError, PageError, ReadersLost
from pipeline.extract import worker
from pipeline.extract.version import PublishedAs
from scrapers.base import Listing, Page, Request, Rules

if TYPE_CHECKING:
    from pipeline.fetch.robots_txt import Robots
    from scrapers.record import ReadingRecord, Record

T = TypeVar("T")
log = logging.getLogger(__name__)

BY_PATH = 1_000_000
"""Bytes from which content is handed over as a file."""


PRELOAD = ["pipeline.extract.worker", "scrapers.scraper", "scrapers.html.reader"]
"""Modules that every reading process needs and that load quickly."""

MANY = 200
"""Documents from which it is worth loading everything once, before the reading processes are forked."""

SPLIT = 16
"""Pages in the first part of a PDF that stopped its reader: title, authors and dates stand on its first pages."""
MOST_PAGES = 100_000
MOST_TRIES = 12


PAUSES = (0.0, 1.0)
"""Seconds before each try to restart a broken pool."""
LOOK_AGAIN = 1.0
"""Seconds between checks, by a call that waits for its result, that its pool still works."""
STALLED = 60.0
"""Seconds in which calls wait and none runs, after which the pool counts as broken."""


class Stopped(ExtractError):
    """The reading process was ended, or ended by itself, before it had read the document."""


class Readers:
    """A pool of limited processes; an async context manager.

    Args:
        workers: how many processes; 0 is one a core.
        max_seconds: for one task, from its start.
        max_memory_mb: for one process.
        spool: a folder for large content passed by path, made when needed; `sweep` removes what dead processes left.
    """

    def __init__(self, *, workers: int = 0, max_seconds: float = 60, max_memory_mb: int = 512, spool: Path) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.max_seconds = max_seconds
        self.max_memory_mb = max_memory_mb
        self._spool = spool
        self._names = itertools.count()
        self._pool: ProcessPool | None = None
        self._repair = asyncio.Lock()
        self._lost: ReadersLost | None = None
        self._calls: set[ProcessFuture[Any]] = set()
        self._alive_at = 0.0
        self._context = multiprocessing.get_context("forkserver")

    async def __aenter__(self) -> Readers:
        self._context.set_forkserver_preload(PRELOAD)  # loaded once and shared
        self._pool = self._new_pool(self.workers)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._pool is not None
        await _end(self._pool)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _new_pool(self, workers: int) -> ProcessPool:
        return ProcessPool(
            max_workers=workers,
            max_tasks=1000,  # a fresh process now and then: what native libraries leak stays bounded
            initializer=worker.limit,
            initargs=(self.max_memory_mb,),
            context=self._context,
        )

    def expect(self, documents: int) -> None:
        """Announce how many documents will be read, before the first; for many, preload all that reading needs."""
        if documents >= MANY:
            self._context.set_forkserver_preload([*PRELOAD, "pipeline.extract.preload"])

    @property
    def _folder(self) -> Path:
        return self._spool / f"spool-{os.getpid()}"

    async def document(self, page: Page, rules: Rules) -> ReadingRecord:
        """Return the reading of a page or file; raises ExtractError with the reason."""
        return await self._with_content(
            page, lambda content: self._whole(content, rules, self.call(worker.document, page.url, content, rules))
        )

    async def again(self, page: Page, rules: Rules, basis: str, published: PublishedAs) -> ReadingRecord | None:
        """Return the reading, or None where it has the fingerprint of what was published."""
        return await self._with_content(
            page,
            lambda content: self._whole(
                content, rules, self.call(worker.again, page.url, content, rules, basis, published)
            ),
        )

    async def _whole(self, content: worker.Shipment, rules: Rules, whole: Awaitable[T]) -> T | ReadingRecord:
        """Return the result of `whole`, or, for a PDF that stops its reader, a reading of the pages that work."""
        url = content.page.url
        try:
            return await whole
        except Stopped as error:
            if content.page.media_type != "application/pdf":
                raise
            return await in_halves(lambda pages: self.call(worker.document, url, content, rules, pages), error)

    async def listing(self, page: Page, request: Request, rules: Rules) -> Listing:
        """Return the links of a listing, feed, sitemap or API answer."""
        return await self._with_content(
            page, lambda content: self.call(worker.listing, page.url, content, request, rules)
        )

    async def links(self, page: Page, rules: Rules) -> Record:
        """Return what a listing, feed, sitemap or API answer leads to, as `ingest links` prints it."""
        return await self._with_content(page, lambda content: self.call(worker.links, page.url, content, rules))

    async def forward(self, page: Page) -> str | None:
        """Return the address to which a page forwards by a refresh or a script, or None."""
        return await self._with_content(page, lambda content: self.call(worker.forward, page.url, content))

    async def robots(self, content: bytes) -> Robots:
        """Return the rules of a robots.txt."""
        return await self.call(worker.robots, "robots.txt", content)

    async def _with_content(self, page: Page, read: Callable[[worker.Shipment], Awaitable[T]]) -> T:
        if len(page.content) < BY_PATH:
            return await read(worker.Shipment(page=page))
        with self.spare() as path:
            path.write_bytes(page.content)
            return await read(worker.Shipment.by_path(page, path))

    @contextmanager
    def spare(self) -> Iterator[Path]:
        """Yield a free path in the spool; the file is removed after the block."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / str(next(self._names))
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    async def call(self, function: Callable[..., T], url: str, *arguments: object) -> T:
        """Return function(*arguments), run in a reading process.

        Raises the PageError that the function raises; ExtractError for any other error and for the end of its process;
        ReadersLost where no reading process can be started.
        """
        assert self._pool is not None
        pool = self._pool
        try:
            return await self._outcome(pool, function, url, arguments)
        except BrokenProcessPool:
            return await self._apart(pool, function, url, arguments)

    async def _apart(
        self, broken: ProcessPool, function: Callable[..., T], url: str, arguments: tuple[object, ...]
    ) -> T:
        """Replace a broken pool, and repeat the call, which may have broken it, in a pool of its own."""
        async with self._repair:  # other calls that were lost with the pool wait
            await self._replace(broken)
            alone = self._new_pool(1)
            try:
                return await self._outcome(alone, function, url, arguments)
            except BrokenProcessPool as error:
                raise Stopped(url, "its reading breaks the exchange with the reading processes") from error
            finally:
                await _end(alone)

    async def _replace(self, broken: ProcessPool) -> None:
        """Replace a broken pool; raises ReadersLost where the processes of the new one end, too."""
        if self._lost is not None:
            raise self._lost
        if self._pool is not broken:
            return
        log.warning("the reading processes broke down and are started anew")
        for pause in PAUSES:
            await asyncio.sleep(pause)
            await _end(self._pool)
            self._pool = self._new_pool(self.workers)
            try:
                return await self._outcome(self._pool, worker.answer, "", ())
            except (BrokenProcessPool, ExtractError) as error:
                reason = error
        self._lost = ReadersLost(
            f"reading processes cannot be started: {reason.__cause__ or reason}; is there memory and room for "
            f"processes, and is [extract] max_memory_mb = {self.max_memory_mb} enough and allowed (ulimit -d)?"
        )
        raise self._lost

    async def _outcome(
        self, pool: ProcessPool, function: Callable[..., T], url: str, arguments: tuple[object, ...]
    ) -> T:
        """Return the result of a call or raise the errors of `call`; BrokenProcessPool where the pool is lost."""
        try:
            future = pool.schedule(function, args=list(arguments), timeout=self.max_seconds)
        except RuntimeError as error:
            raise BrokenProcessPool(str(error)) from error
        try:
            return await self._result(pool, future)
        except BrokenProcessPool:
            raise
        except (TimeoutError, FutureTimeoutError):
            raise Stopped(url, f"reading it took longer than {self.max_seconds:g} s and was stopped") from None
        except ProcessExpired as error:
            how = _how(error)
            raise Stopped(url, f"the process that read it ended ({how}): it is damaged, or built to do that") from error
        except MemoryError:
            raise Stopped(url, f"reading it took more than {self.max_memory_mb} MB and was stopped") from None
        except PageError as error:
            raise _named(error, url) from error
        except Exception as error:
            # A bug that unusual content reveals: the document is recorded as failed, the log holds the traceback.
            log.error("reader failed on %s", url, exc_info=error)
            raise ExtractError(url, f"the reader failed on it: {type(error).__name__}: {error}") from error

    async def _result(self, pool: ProcessPool, future: ProcessFuture[T]) -> T:
        """Return a call's result; raises BrokenProcessPool where none will come.

        None comes where a thread of the pool has died, or a process died between taking a task and reporting it.
        """
        waiting = asyncio.wrap_future(future)
        self._calls.add(future)
        self._alive_at = time.monotonic()
        try:
            while not (await asyncio.wait([waiting], timeout=LOOK_AGAIN))[0]:
                if not pool.active:
                    raise BrokenProcessPool("a thread of the pool ended")
                if any(call.running() for call in self._calls):
                    self._alive_at = time.monotonic()
                elif time.monotonic() - self._alive_at > STALLED:
                    raise BrokenProcessPool("no process takes up the calls that wait")
        finally:
            self._calls.discard(future)
            waiting.cancel()
        return waiting.result()


async def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    await asyncio.to_thread(pool.join, 10)


async def in_halves(read: Callable[[range], Awaitable[ReadingRecord]], whole: Stopped) -> ReadingRecord:
    """Return what can be read of a PDF that stopped its reader, by bisection in at most `MOST_TRIES` readings.

    The notes name the pages that cannot be read; raises the error `whole` where no page can.
    """
    halves = [range(0, SPLIT), range(SPLIT, MOST_PAGES)]
    parts: dict[int, ReadingRecord] = {}
    notes = []
    tries = 0
    while halves:
        pages = halves.pop(0)
        tries += 1
        try:
            if tries > MOST_TRIES:
                raise Stopped(whole.url, "too many of its pages stop their reader")
            parts[pages.start] = await read(pages)
        except Stopped as error:
            if len(pages) > 1 and tries < MOST_TRIES:
                middle = min(pages.start + len(pages) // 2, pages.start + SPLIT)
                halves = [range(pages.start, middle), range(middle, pages.stop), *halves]
            else:
                notes.append(f"{_pages(pages)}: {error.reason}")
        except ExtractError:
            continue  # no such pages, or none with text among them
    if not parts:
        raise whole
    return _joined([parts[start] for start in sorted(parts)], begins=0 in parts, notes=notes)


def _joined(parts: list[ReadingRecord], *, begins: bool, notes: list[str]) -> ReadingRecord:
    """Return one reading for the parts of a file; `begins` says whether its first page is among them.

    Only its first page states a report's own title, authors and dates; those on a later page are of something else.
    """
    first = parts[0]
    values = dict(first["values"])
    if not begins:
        values = {name: found for name, found in values.items() if name in ("body", "language")}
    if texts := [part["values"]["body"] for part in parts if "body" in part["values"]]:
        values["body"] = {**texts[0], "value": "\n\n".join(text["value"] for text in texts)}
    return {
        **first,
        "values": values,
        "links": [link for part in parts for link in part["links"]],
        "tables": [table for part in parts for table in part["tables"]],
        "notes": [*(note for part in parts for note in part["notes"]), *notes],
    }


def _pages(pages: range) -> str:
    last = "the end" if pages.stop == MOST_PAGES else str(pages.stop)
    return f"page {pages.stop}" if len(pages) == 1 else f"pages {pages.start + 1} to {last}"


def _how(error: ProcessExpired) -> str:
    code = getattr(error, "exitcode", 0) or 0
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _named(error: PageError, url: str) -> PageError:
    """Return the error with the requested address in place of the reader's."""
    error.url = url
    return error


def sweep(spool: Path) -> None:
    """Remove what killed processes left in the spool."""
    for folder in spool.glob("spool-*"):
        pid = folder.name.removeprefix("spool-")
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
