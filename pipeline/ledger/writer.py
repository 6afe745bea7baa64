"""The one writer: it appends to the archive, syncs, then commits; a batch at a time, whole or not at all.

A crash before the commit leaves only bytes beyond the committed length, which the next run cuts off.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from models.errors import Gone, LeaseLost, PageError, TemporaryFetchError
from models.statuses import Outcome, UrlStatus
from models.upsert import upsert
from models.web import Capture, FetchAttempt, Payload, Staged, Url, WarcFile
from pipeline.archive import Archive, Stored
from pipeline.ledger import addresses, failures, runs
from pipeline.ledger.addresses import evidence
from pipeline.ledger.due import Due, FromArchive, FromImport, FromSite, Result
from pipeline.ledger.revisit import next_due

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from models.database.store import Store
    from pipeline.fetch.settings import Fetched
    from pipeline.ledger.transactions import Transactions
    from scrapers.base import Page

BATCH_ITEMS = 50
BATCH_BYTES = 32_000_000
BATCH_SECONDS = 0.25


@dataclass(slots=True, kw_only=True)
class Item:
    """A result on its way into the store."""

    run: runs.Started
    result: Result
    reader_version: str
    revisit_days: float
    keep: bool
    """Whether a document is staged; False for one that `--since` excludes, whose bytes are archived all the same."""
    stored: asyncio.Future[list[Due]]
    after: Callable[[Connection, Result, list[Due]], list[Due]] | None = None
    """Called in the transaction with the files to fetch next; returns those that this process fetches."""

    @property
    def asked(self) -> bool:
        """Whether the answer comes from the site: only then do schedule and status of the address change."""
        return isinstance(self.result.due.where, FromSite)

    @property
    def page(self) -> Page | None:
        """The answer, where one came."""
        return self.result.fetched.page if self.result.fetched is not None else None

    @property
    def archived(self) -> bool:
        """Whether to archive the answer; one from our own archive is not archived again."""
        return self.page is not None and not isinstance(self.result.due.where, FromArchive)

    @property
    def size(self) -> int:
        """How many bytes it holds in memory."""
        return len(self.page.content) if self.page is not None else 0


class Writer:
    """Stores the results of all sources of this process; an async context manager."""

    def __init__(self, transactions: Transactions, archive: Archive, now: Callable[[], datetime]) -> None:
        self._transactions, self._archive, self._now = transactions, archive, now
        self._queue: asyncio.Queue[Item] = asyncio.Queue(2 * BATCH_ITEMS)
        self._stored: dict[str, Stored] = {}
        """Payloads that the current batch has archived and not yet committed, by SHA-256."""

    async def __aenter__(self) -> Writer:
        self._task = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])
        await self._transactions.drain()  # a commit under way writes to the archive, which is closed next

    async def put(
        self,
        run: runs.Started,
        result: Result,
        *,
        reader_version: str,
        revisit_days: float,
        keep: bool = True,
        stored: Callable[[Connection, Result, list[Due]], list[Due]] | None = None,
    ) -> list[Due]:
        """Store a result durably and return the files to fetch next; after StoreError nothing of it is stored.

        `stored` is called in the same transaction with these files, and what it returns is returned in their place.
        """
        done: asyncio.Future[list[Due]] = asyncio.get_running_loop().create_future()
        await self._queue.put(
            Item(
                run=run,
                result=result,
                reader_version=reader_version,
                revisit_days=revisit_days,
                keep=keep,
                stored=done,
                after=stored,
            )
        )
        return await done

    async def _work(self) -> None:
        while True:
            batch = [await self._queue.get()]
            try:
                async with asyncio.timeout(BATCH_SECONDS):
                    while len(batch) < BATCH_ITEMS and sum(item.size for item in batch) < BATCH_BYTES:
                        batch.append(await self._queue.get())
            except TimeoutError:
                pass
            try:
                files = await self._transactions.call(partial(self._commit, batch))
            except Exception as error:  # raised again in each waiting caller
                for item in batch:
                    if not item.stored.done():
                        item.stored.set_exception(error)
            else:
                for item, due in zip(batch, files, strict=True):
                    if item.stored.done():
                        continue
                    if isinstance(due, LeaseLost):
                        item.stored.set_exception(due)
                    else:
                        item.stored.set_result(due)

    def _commit(self, batch: list[Item]) -> list[list[Due] | LeaseLost]:
        """Return for each item the files to fetch next; LeaseLost for those of a run that was taken over."""
        now = self._now()
        if any(item.archived for item in batch) and (begun := self._archive.ready()):
            with self._transactions.store.begin() as connection:
                _files(connection, begun)
        with self._transactions.store.begin() as connection:
            self._stored = {}
            lost = _lost(connection, batch)
            captures = [None if item.run.run_id in lost else self._archived(connection, item) for item in batch]
            lengths = self._archive.sync()
            files = _files(connection, lengths, {place.file for pair in captures if pair for place in pair})
            return [
                lost.get(item.run.run_id) or _keep_whole(connection, item, capture, files, now)
                for item, capture in zip(batch, captures, strict=True)
            ]

    def _archived(self, connection: Connection, item: Item) -> tuple[Stored, Stored] | None:
        """Append an answer to the archive; return the place of its record and that of its payload."""
        fetched = item.result.fetched
        if fetched is None or fetched.page is None or not item.archived:
            return None
        sha256 = fetched.page.sha256
        content = self._stored.get(sha256) or _payload(connection, sha256)
        stored = self._archive.append(fetched, duplicate_of=content)
        self._stored[sha256] = content or stored
        return stored, self._stored[sha256]


def _lost(connection: Connection, batch: list[Item]) -> dict[int, LeaseLost]:
    """Return the runs of a batch, by id, that another process may have taken over: nothing of theirs is stored."""
    lost = {}
    for run in {item.run.run_id: item.run for item in batch}.values():
        try:
            run.fence.check(connection)
        except LeaseLost as error:
            lost[run.run_id] = error
    return lost


def _payload(connection: Connection, sha256: str) -> Stored | None:
    row = connection.execute(
        select(WarcFile.name, Payload.offset, Payload.length).join(WarcFile).where(Payload.sha256 == sha256)
    ).one_or_none()
    return None if row is None else Stored(file=row.name, offset=row.offset, length=row.length)


def _files(connection: Connection, lengths: dict[str, int], also: Collection[str] = ()) -> dict[str, int]:
    """Store the committed lengths; return the ids of these files and of others that are asked for, by name."""
    wanted = sorted({*lengths, *also})
    rows = [{"name": name, "committed_length": length} for name, length in sorted(lengths.items())]
    upsert(connection, WarcFile, rows, key=["name"], update=["committed_length"])
    return {
        row.name: row.id
        for row in connection.execute(select(WarcFile.name, WarcFile.id).where(WarcFile.name.in_(wanted)))
    }


def _keep_whole(
    connection: Connection, item: Item, capture: tuple[Stored, Stored] | None, files: dict[str, int], now: datetime
) -> list[Due]:
    """Store one result, then what its caller stores with it."""
    due = _keep(connection, item, capture, files, now)
    return due if item.after is None else item.after(connection, item.result, due)


def _keep(
    connection: Connection, item: Item, capture: tuple[Stored, Stored] | None, files: dict[str, int], now: datetime
) -> list[Due]:
    run, result = item.run, item.result
    url_id = result.due.url_id
    _attempts(connection, item)
    capture_id = where.capture_id if isinstance(where := result.due.where, FromArchive) else None
    changes: dict[str, Any] = {"requested_at": now} if item.asked else {}
    if capture is not None:
        assert result.fetched is not None
        capture_id = _capture(connection, item, result.fetched, capture, files)
    if result.error is not None:
        changes |= _failed(connection, item, result.error, capture_id, now)
    elif result.reading is not None and item.keep:
        _stage(connection, item, Outcome.DOCUMENT, capture_id, now)
        failures.mend(connection, run.source_id, url_id)
    elif result.fetched is not None and result.fetched.not_modified:
        changes |= {"due_at": _due_again(connection, url_id, item.revisit_days, now), "attempts": 0}
    if changes:
        connection.execute(update(Url).where(Url.id == url_id).values(**changes))
    if not result.files or not item.keep:
        return []
    addresses.add_links(connection, run.source_id, result.files, "file", now)
    if not item.asked:
        return []  # files that archived or imported pages link are fetched by the next run
    return addresses.files_due(connection, run, [link.url for link in result.files])


def _due_again(connection: Connection, url_id: int, revisit_days: float, now: datetime) -> datetime:
    """Return when to fetch an address again that has not changed."""
    columns = (Url.identity, Url.changed_at, Url.first_seen_at)
    known = connection.execute(select(*columns).where(Url.id == url_id)).one()
    published, changes = evidence(connection, [known.identity]).get(known.identity, (None, 0))
    return next_due(
        now,
        known.changed_at or known.first_seen_at,
        revisit_days,
        published=published,
        watched_since=known.first_seen_at,
        changes=changes,
        key=url_id,
    )


def _attempts(connection: Connection, item: Item) -> None:
    result = item.result
    attempts = result.fetched.attempts if result.fetched is not None else getattr(result.error, "attempts", ())
    before = where.attempts if isinstance(where := result.due.where, FromSite) else 0
    rows = [
        {
            "run_id": item.run.run_id,
            "url_id": result.due.url_id,
            "attempt": before + attempt.number,
            "conditional": bool(result.due.request.etag or result.due.request.last_modified),
            "status": attempt.status,
            "error": attempt.error,
            "started_at": attempt.started_at,
            "seconds": attempt.seconds,
        }
        for attempt in attempts
    ]
    upsert(connection, FetchAttempt, rows, key=["run_id", "url_id", "attempt"])


def _capture(
    connection: Connection, item: Item, fetched: Fetched, stored: tuple[Stored, Stored], files: dict[str, int]
) -> int:
    page = fetched.page
    assert page is not None
    record, content = stored
    payload = {
        "sha256": page.sha256,
        "size": len(page.content),
        "media_type": page.media_type,
        "warc_file_id": files[content.file],
        "offset": content.offset,
        "length": content.length,
    }
    upsert(connection, Payload, [payload], key=["sha256"])
    where = item.result.due.where
    landing = where.landing if isinstance(where, FromSite) else None
    imported = where if isinstance(where, FromImport) else None
    capture_id: int = connection.execute(
        insert(Capture)
        .values(
            url_id=item.result.due.url_id,
            run_id=item.run.run_id,
            url=landing or page.url,
            final_url=page.final_url,
            redirects=[*([page.url] if landing else []), *page.redirects],
            status=page.status,
            headers=[list(header) for header in page.headers],
            media_type=page.media_type,
            retrieved_at=page.retrieved_at,
            payload_sha256=page.sha256,
            warc_file_id=files[record.file],
            offset=record.offset,
            length=record.length,
            imported_from=imported.file if imported else None,
            imported_offset=imported.offset if imported else None,
        )
        .returning(Capture.id)
    ).scalar_one()
    return capture_id


def _failed(
    connection: Connection, item: Item, error: PageError, capture_id: int | None, now: datetime
) -> dict[str, Any]:
    """Record a failure, or stage a gone page to be judged as documents are; return the changes to its address."""
    url = connection.execute(select(Url).where(Url.id == item.result.due.url_id).with_only_columns(*COLUMNS)).one()
    attempts = url.attempts + 1
    retry_after = error.retry_after if isinstance(error, TemporaryFetchError) else None
    retry = failures.next_retry(now, attempts, retry_after) if item.asked else url.due_at
    if isinstance(error, Gone) and url.status in (UrlStatus.LIVE, UrlStatus.GONE):
        _stage(connection, item, Outcome.GONE, capture_id, now)
        return {"attempts": attempts, "due_at": retry}
    failures.fail(connection, item.run, item.result.stage, url.url, error.reason, attempts, retry, now)
    if not item.asked:
        return {}
    return {
        "attempts": attempts,
        "due_at": retry,
        **({} if url.status is UrlStatus.LIVE else {"status": UrlStatus.FAILED}),
    }


COLUMNS = (Url.url, Url.attempts, Url.status, Url.due_at)


def _stage(connection: Connection, item: Item, outcome: Outcome, capture_id: int | None, now: datetime) -> None:
    page = item.page
    row = {
        "run_id": item.run.run_id,
        "url_id": item.result.due.url_id,
        "capture_id": capture_id,
        "outcome": outcome,
        "stage": item.result.stage if item.result.error else None,
        "reason": item.result.error.reason if item.result.error else None,
        "reading": item.result.reading,
        "reader_version": item.reader_version,
        "etag": page.header("etag") if page is not None else None,
        "last_modified": page.header("last-modified") if page is not None else None,
        "staged_at": now,
    }
    key = ["run_id", "url_id"]
    connection.execute(delete(Staged).where(Staged.url_id == row["url_id"], Staged.run_id != row["run_id"]))
    upsert(connection, Staged, [row], key=key, update=[column for column in row if column not in key])


def repair(store: Store, folder: Path) -> list[str]:
    """Cut the archive's files back to their committed lengths after a crash; return one line for each change."""

    def committed() -> dict[str, int]:
        with store.read() as connection:
            rows = connection.execute(select(WarcFile.name, WarcFile.committed_length))
            return {row.name: row.committed_length for row in rows}

    return Archive.repair(folder, committed)
