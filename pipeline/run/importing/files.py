"""Import files that others captured: WARC files and saved pages take the place of a site's answers in the flow.

Each capture is archived with the file and offset that it came from, so that `rerun` and `show` find it. A capture whose
address and time the store holds already is skipped: importing twice writes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Connection, Row, Select, delete, exists, func, select

from models.errors import FetchError, SourceError
from models.ledger import Failure, Forgotten
from models.statuses import FailureStage
from models.upsert import chunks
from models.web import Capture, Url
from pipeline.archive.replay import captured_page
from pipeline.ledger import addresses, failures, runs
from pipeline.ledger.due import Due, FromImport
from pipeline.run.answers import ImportAnswers
from pipeline.run.importing.captures import Captured, Earlier, Failed, captures, survey
from pipeline.run.task import Batch, Settle, SourceRun
from scrapers.base import Link, Page, Request
from scrapers.values.addresses import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from models.database.store import Store
    from pipeline.run.importing.inputs import Input

BATCH_ITEMS, BATCH_BYTES = 200, 64_000_000
"""Captures that are in memory at once."""
MOST_EARLIER = 20
"""Stored captures of an address, the newest first, among which a revisit's reference is searched."""
MOST_REASONS = 20
"""Faults of the files that the report names; the ledger has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Loads the captures of files into one source."""

    inputs: tuple[Input, ...]
    restored: bool = False
    """Whether these are files of our own archive: then only the captures of this source are taken, and judged."""
    command: ClassVar[str] = "import"
    fetches: ClassVar[bool] = False
    discovers: ClassVar[bool] = False

    def given(self) -> dict[str, Any]:
        """Return the options that the ledger records."""
        return {"files": [item.name for item in self.inputs][:100], **({"restored": True} if self.restored else {})}

    async def discover(self, run: SourceRun) -> None:
        """Read no listing."""

    async def steps(self, run: SourceRun) -> AsyncIterator[Batch | Settle]:
        """Yield the step that loads what an interrupted run left, then the captures, batch by batch."""
        shared = run.shared
        if not self.restored:
            yield Settle(judged=run.started.judges)
        surveyed = await asyncio.to_thread(survey, self.inputs)
        run.planned = surveyed.candidates
        run.report.discovered = 0 if self.restored else surveyed.candidates
        found = captures(
            self.inputs,
            surveyed,
            shared.readers,
            _earlier(shared.transactions.store, shared.archive),
            source=run.started.source,
            max_bytes=shared.config.http.max_bytes,
        )
        if not self.restored and not surveyed.candidates:
            raise SourceError(f"{', '.join(item.name for item in self.inputs[:3])}: no page and no PDF is in it")
        staged: set[str] = set()
        """Addresses with a result that is not loaded yet: an older capture is loaded before a newer one is staged."""
        async for batch in _batches(run, self._own(found, run.started.source)):
            run.report.discovered += len(batch) if self.restored else 0
            fresh = await run.write(partial(_fresh, started=run.started, items=batch, now=shared.now()))
            if staged & fresh.keys() and not self.restored:
                yield Settle(judged=False)
                staged.clear()
            pages = {url: item.page for url, (item, _) in fresh.items()}
            yield Batch(due=[due for _, due in fresh.values()], answers=ImportAnswers(pages))
            staged |= fresh.keys()
        yield Settle(judged=self.restored)
        names = frozenset(item.name for item in self.inputs)
        await run.write(partial(_mend, started=run.started, files=names))

    async def _own(self, found: AsyncIterator[Captured | Failed], source: str) -> AsyncIterator[Captured | Failed]:
        """Yield the captures that this run takes."""
        async for item in found:
            if not self.restored or isinstance(item, Failed) or item.source == source:
                yield item


async def _batches(run: SourceRun, found: AsyncIterator[Captured | Failed]) -> AsyncIterator[dict[str, Captured]]:
    """Yield batches of captures by address, one of each address in a batch, in order; failures are recorded."""
    waiting: list[Captured] = []
    async for item in found:
        if isinstance(item, Failed):
            await _fail(run, item)
            continue
        waiting.append(item)
        if len(waiting) >= BATCH_ITEMS or sum(len(one.page.content) for one in waiting) >= BATCH_BYTES:
            for batch in _once_each(waiting):
                yield batch
            waiting = []
    for batch in _once_each(waiting):
        yield batch


def _once_each(captures: list[Captured]) -> Iterator[dict[str, Captured]]:
    """Yield the first capture of each address, then the second of those that have more, and so on."""
    while captures:
        batch: dict[str, Captured] = {}
        later = [item for item in captures if batch.setdefault(item.url, item) is not item]
        yield batch
        captures = later


async def _fail(run: SourceRun, failed: Failed) -> None:
    """Record a capture that cannot be imported, and name it in the report."""
    if len(run.report.reasons) < MOST_REASONS:
        run.report.reasons.append(f"{failed.subject}: {failed.reason}")
    now = run.shared.now()
    await run.write(
        lambda c: failures.fail(c, run.started, FailureStage.FETCH, failed.subject, failed.reason, 1, None, now)
    )


def _mend(connection: Connection, *, started: runs.Started, files: frozenset[str]) -> None:
    """Remove the failures of these files that did not recur in this import."""
    rows = connection.execute(
        select(Failure.id, Failure.subject).where(
            Failure.source_id == started.source_id,
            Failure.stage == FailureStage.FETCH,
            Failure.run_id != started.run_id,
        )
    )
    mended = [row.id for row in rows if row.subject.partition(" (")[0].rpartition(" at ")[0] in files]
    for some in chunks(mended):
        connection.execute(delete(Failure).where(Failure.id.in_(some)))


def _fresh(
    connection: Connection, *, started: runs.Started, items: dict[str, Captured], now: datetime
) -> dict[str, tuple[Captured, Due]]:
    """Add addresses, as pages or files; return by address the captures that the store does not hold, with their `Due`.

    Forgotten addresses are left out.
    """
    for expect, is_file in (("document", False), ("file", True)):
        links = [
            Link(url=item.url) for item in items.values() if (item.page.media_type == "application/pdf") is is_file
        ]
        addresses.add_links(connection, started.source_id, links, expect, now, listed=False)
    known = {row.url: row for row in connection.execute(_known(items))}
    held = {(row.url, row.retrieved_at) for row in connection.execute(_held(items))}
    return {
        url: (item, _due(known[url], item))
        for url, item in items.items()
        if url in known and (url, item.page.retrieved_at) not in held
    }


def _due(known: Row[int, str, datetime], item: Captured) -> Due:
    return Due(
        url_id=known.id,
        request=Request(url=item.url),
        where=FromImport(file=item.name, offset=item.offset),
        load=known.newest is None or item.page.retrieved_at >= known.newest,
    )


def _known(urls: Iterable[str]) -> Select[int, str, datetime]:
    """Return the select of the addresses that are not forgotten, with the time of their newest capture."""
    return (
        select(Url.id, Url.url, func.max(Capture.retrieved_at).label("newest"))
        .outerjoin(Capture, Capture.url_id == Url.id)
        .where(Url.url.in_(list(urls)))
        .where(~exists().where(Forgotten.identity == Url.identity))
        .group_by(Url.id, Url.url)
    )


def _held(urls: Iterable[str]) -> Select[str, datetime]:
    """Return the select of the stored captures of some addresses."""
    return select(Url.url, Capture.retrieved_at).join(Capture, Capture.url_id == Url.id).where(Url.url.in_(list(urls)))


def _earlier(store: Store, folder: Path) -> Earlier:
    """Return a function that yields the archived pages of an address, the newest first."""

    def pages(url: str) -> Iterator[Page]:
        try:
            address = canonical(url)
        except ValueError:
            return
        query = select(Capture.id).join(Url, Url.id == Capture.url_id).where(Url.url == address)
        with store.read() as connection:
            ids = list(connection.scalars(query.order_by(Capture.retrieved_at.desc()).limit(MOST_EARLIER)))
        for capture_id in ids:
            with suppress(FetchError):  # a damaged capture is skipped
                yield captured_page(store, folder, capture_id)

    return pages
