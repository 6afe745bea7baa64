"""The flow over captured pages: archive, extract, normalise, load, as in a run; what was fetched is a file's to say.

Each capture goes into our own archive, with the file and offset it came from, so that `rerun` and `show` find it there.
A capture that the store holds already (its address and moment) is passed over: importing twice writes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, delete, exists, func, select

from models.errors import FetchError, Locked
from models.ledger import Failure, Forgotten, Run, Source
from models.statuses import FailureStage, RunStatus
from models.upsert import chunks
from models.web import Capture, Url
from pipeline import VERSION
from pipeline.archive import Archive
from pipeline.archive.replay import captured_page
from pipeline.drift.judge import judge
from pipeline.extract.pool import Readers, sweep
from pipeline.extract.version import code_basis, reader_version
from pipeline.fetch.settings import Fetched, SourceHttp
from pipeline.ledger import addresses, failures, runs
from pipeline.ledger.due import Due, Result
from pipeline.ledger.lock import hold
from pipeline.ledger.writer import Writer, repair
from pipeline.load.publish import PublishCounts, publish
from pipeline.run.crawl import Crawl
from pipeline.run.importing.captures import Captured, Earlier, Failed, captures, survey
from pipeline.run.report import Progress, Report
from pipeline.run.settings import open_readers, utc_now
from scrapers.base import Link, Page, Request
from scrapers.values.addresses import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.config import Source as SourceTable
    from pipeline.run.importing.inputs import Input
    from scrapers.base import Rules

log = logging.getLogger(__name__)

BATCH_ITEMS, BATCH_BYTES = 200, 64_000_000
"""Captures that are in memory at once."""
MOST_EARLIER = 20


class _Client:
    """Answers with the pages of one batch."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}

    async def fetch(self, request: Request, *, overrides: SourceHttp | None = None) -> Fetched:
        page = self.pages.pop(request.url)
        return Fetched(url=page.url, final_url=page.final_url, page=page, status=page.status)


@dataclass(slots=True, kw_only=True)
class _Import:
    """One import on its way."""

    store: Store
    readers: Readers
    writer: Writer
    run: runs.Started
    rules: Rules
    revisit_days: float
    files: frozenset[str]
    """Their names."""
    report: Report
    progress: Progress
    now: Callable[[], datetime]
    staged: set[int] = field(default_factory=set)
    """Addresses that have a result which is not published yet."""

    def fail(self, failed: Failed) -> None:
        """Record what could not be taken out of its file, and name it."""
        if len(self.report.reasons) < 20:
            self.report.reasons.append(f"{failed.subject}: {failed.reason}")
        with self.store.begin() as connection:
            failures.fail(connection, self.run, FailureStage.FETCH, failed.subject, failed.reason, 1, None, self.now())

    def mend(self) -> None:
        """Remove the failures of these files that this import did not meet again."""
        query = select(Failure.id, Failure.subject).where(
            Failure.source_id == self.run.source_id,
            Failure.stage == FailureStage.FETCH,
            Failure.run_id != self.run.run_id,
        )
        with self.store.begin() as connection:
            rows = connection.execute(query).all()
            mended = [row.id for row in rows if row.subject.partition(" (")[0].rpartition(" at ")[0] in self.files]
            for some in chunks(mended, 500):
                connection.execute(delete(Failure).where(Failure.id.in_(some)))

    async def through(self, found: AsyncIterator[Captured | Failed], *, judged: bool) -> None:
        """Load what an interrupted run left, then all that is found; whatever happens, the ledger tells of it."""
        status = RunStatus.INTERRUPTED
        try:
            held: tuple[str, ...] = ()
            if judged:
                with self.store.begin() as connection:
                    held = judge(connection, self.run, self.rules, None).held
            if held:
                status, self.report.reasons = RunStatus.HELD, list(held)
                return
            self.publish()
            await self.load(found)
            self.publish()
            self.mend()
            status = RunStatus.DONE
        finally:
            self.report.status = status
            with self.store.begin() as connection:
                self.report.failed = failures.failures_of(connection, self.run)
                status = (
                    RunStatus.RUNNING if status is RunStatus.INTERRUPTED else status
                )  # the next run takes its results over
                runs.finish(connection, self.run, status, self.report.counts(), self.report.reasons, self.now())

    async def load(self, found: AsyncIterator[Captured | Failed]) -> None:
        """Take captures through the flow, a batch at a time."""
        batch: list[Captured] = []
        async for item in found:
            if isinstance(item, Failed):
                self.fail(item)
                continue
            batch.append(item)
            if len(batch) >= BATCH_ITEMS or sum(len(one.page.content) for one in batch) >= BATCH_BYTES:
                await self._batch(batch)
                batch = []
        await self._batch(batch)

    async def _batch(self, batch: list[Captured]) -> None:
        """Read and keep a batch; of one address one capture at a time, the older ones published before the newer."""
        while batch:
            round_: dict[str, Captured] = {}
            later = []
            for item in batch:
                if round_.setdefault(item.url, item) is not item:
                    later.append(item)
            await self._round(round_)
            batch = later

    async def _round(self, items: dict[str, Captured]) -> None:
        with self.store.begin() as connection:
            _add(connection, self.run, items.values(), self.now())
            known = {row.url: row for row in connection.execute(_known(items))}
            held = {(row.url, row.retrieved_at) for row in connection.execute(_held(items))}
        fresh = {url: item for url, item in items.items() if (url, item.page.retrieved_at) not in held}
        if any(known[url].id in self.staged for url in fresh):
            self.publish()
        client = _Client()
        client.pages = {url: item.page for url, item in fresh.items()}
        newest = {
            url: known[url].newest is None or item.page.retrieved_at >= known[url].newest for url, item in fresh.items()
        }
        version = reader_version(self.rules)

        async def keep(result: Result) -> list[Due]:
            self.report.requested += 1
            self.progress.done(self.report.source, replace(result, files=()))
            if result.reading is not None:
                self.staged.add(result.due.url_id)
            return await self.writer.put(
                self.run,
                result,
                reader_version=version,
                revisit_days=self.revisit_days,
                keep=newest[result.due.request.url],
            )

        crawl = Crawl(
            self.rules,
            client,
            self.readers,
            SourceHttp(),
            keep,
            in_memory=asyncio.Semaphore(BATCH_ITEMS),
        )
        await crawl.work([_due(known[url].id, item) for url, item in fresh.items()])

    def publish(self) -> None:
        """Load what is staged."""
        own = None if self.run.resumed else code_basis(self.rules)
        loaded = publish(self.store, self.run, revisit_days=self.revisit_days, now=self.now, basis=own)
        total = self.report.published
        for name in PublishCounts.__slots__:
            setattr(total, name, getattr(total, name) + getattr(loaded, name))
        self.staged.clear()


def _due(url_id: int, item: Captured) -> Due:
    state = {"imported_from": item.name, "imported_offset": str(item.offset)}
    return Due(url_id=url_id, request=Request(url=item.url, state=state))


def _add(connection: Connection, run: runs.Started, items: Iterable[Captured], now: datetime) -> None:
    """Make the addresses known, as pages or as files."""
    for expect, is_file in (("document", False), ("file", True)):
        links = [Link(url=item.url) for item in items if (item.page.media_type == "application/pdf") is is_file]
        addresses.add_links(connection, run.source_id, links, expect, now, listed=False)


def _known(urls: Iterable[str]) -> Select[int, str, datetime]:
    """Return the addresses that may be kept, with the moment of their newest capture."""
    return (
        select(Url.id, Url.url, func.max(Capture.retrieved_at).label("newest"))
        .outerjoin(Capture, Capture.url_id == Url.id)
        .where(Url.url.in_(list(urls)))
        .where(~exists().where(Forgotten.identity == Url.identity))
        .group_by(Url.id, Url.url)
    )


def _held(urls: Iterable[str]) -> Select[str, datetime]:
    """Return the captures that the store holds of some addresses."""
    return select(Url.url, Capture.retrieved_at).join(Capture, Capture.url_id == Url.id).where(Url.url.in_(list(urls)))


def _earlier(store: Store, folder: Path) -> Earlier:
    """Return what tells the pages that the archive holds of an address."""

    def pages(url: str) -> Iterator[Page]:
        try:
            address = canonical(url)
        except ValueError:
            return
        query = select(Capture.id).join(Url, Url.id == Capture.url_id).where(Url.url == address)
        with store.read() as connection:
            ids = list(connection.scalars(query.order_by(Capture.retrieved_at.desc()).limit(MOST_EARLIER)))
        for capture_id in ids:
            with suppress(FetchError):  # damaged: then it is not the one
                yield captured_page(store, folder, capture_id)

    return pages


async def import_captures(
    config: Config, store: Store, inputs: list[Input], name: str, source: SourceTable, progress: Progress
) -> list[Report]:
    """Import files into one source; return its report. A source that is not configured is read generically."""
    folder = config.archive
    for line in repair(store, folder):
        log.warning("archive: %s", line)
    sweep(folder)
    report = Report(source=name)
    began = asyncio.get_running_loop().time()
    try:
        with hold(folder / "locks", name):
            async with AsyncExitStack() as stack:
                readers = await stack.enter_async_context(open_readers(config, spool=folder))
                archive = stack.enter_context(Archive(folder, software=f"ingest/{VERSION}"))
                writer = await stack.enter_async_context(Writer(store, archive, utc_now))
                known = await asyncio.to_thread(survey, inputs)
                report.discovered = known.candidates
                progress.planned(name, known.candidates)
                with store.begin() as connection:
                    judged = _waits_to_be_judged(connection, name)
                    given = {"files": [item.name for item in inputs][:100]}
                    run = runs.start(connection, name, source.model_dump(mode="json"), "import", given, utc_now())
                report.run_key = run.run_key
                work = _Import(
                    store=store,
                    readers=readers,
                    writer=writer,
                    run=run,
                    rules=source.rules(name, config.extract),
                    revisit_days=source.revisit_days,
                    files=frozenset(item.name for item in inputs),
                    report=report,
                    progress=progress,
                    now=utc_now,
                )
                found = captures(
                    inputs, known, readers, _earlier(store, folder), source=name, max_bytes=config.http.max_bytes
                )
                await work.through(found, judged=judged)
    except Locked as error:
        report.status, report.reasons = RunStatus.LOCKED, [str(error)]
    report.seconds = asyncio.get_running_loop().time() - began
    progress.finished(report)
    return [report]


def _waits_to_be_judged(connection: Connection, source: str) -> bool:
    """Return whether a run of the source left results that an import must not let in unseen."""
    query = (
        select(Run.id)
        .join(Source, Source.id == Run.source_id)
        .where(Source.name == source)
        .where((Run.status == RunStatus.HELD) | ((Run.status == RunStatus.RUNNING) & (Run.command != "import")))
    )
    return connection.execute(query.limit(1)).first() is not None
