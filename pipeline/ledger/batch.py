"""The rows of a batch of results: one statement a table, rows in the order of keys, so that writers do not deadlock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select

from models.errors import Gone, PageError, TemporaryFetchError
from models.statuses import Outcome, UrlStatus
from models.upsert import Row, chunks, update_rows, upsert
from models.web import Capture, FetchAttempt, Payload, Staged, Url
from pipeline.ledger import addresses, failures, runs
from pipeline.ledger.addresses import evidence
from pipeline.ledger.due import Due, FromArchive, FromImport, FromSite, Result
from pipeline.ledger.revisit import next_due

if TYPE_CHECKING:
    from pipeline.archive import Stored
    from scrapers.base import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A result on its way into the store."""

    run: runs.Started
    result: Result
    reader_version: str
    revisit_days: float
    keep: bool
    """Whether a document is staged; False for one that `--since` excludes, whose bytes are archived all the same."""
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
    def staged(self) -> bool:
        """Whether a document waits to be judged and loaded."""
        return self.result.error is None and self.result.reading is not None and self.keep

    @property
    def size(self) -> int:
        """How many bytes it holds in memory."""
        fetched = self.result.fetched
        if fetched is None:
            return 0
        pages = (fetched.page, fetched.answer, *(asked.page for asked in fetched.asked_by_scripts))
        return sum(len(page.content) for page in pages if page is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer lies in the archive: its record, and the record of its payload; with the ids of their files."""

    record: Stored
    content: Stored
    files: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Address:
    """An address as it is stored, then as the batch changes it."""

    id: int
    url: str
    identity: str
    status: UrlStatus
    attempts: int
    first_seen_at: datetime
    changed_at: datetime | None
    requested_at: datetime | None
    due_at: datetime | None

    def row(self) -> dict[str, Any]:
        """Return what the batch may change of it."""
        names = ("id", "status", "attempts", "requested_at", "due_at")
        return {name: getattr(self, name) for name in names}


def keep(
    connection: Connection, items: Sequence[Item], places: Sequence[Place | None], now: datetime
) -> list[list[Due]]:
    """Write the rows of a batch; return for each item the files to fetch next.

    Args:
        connection: An open transaction that writes; the batch is stored whole or not at all.
        items: The results, in the order in which they came.
        places: Where the answer of each lies, if it was archived.
        now: The present time.
    """
    _attempts(connection, items)
    captures = _captures(connection, items, places)
    known = _addresses(connection, {item.result.due.url_id for item in items})
    before = dict(known)
    refreshed = evidence(connection, {known[key].identity for item in items if (key := _not_modified(item))})
    staged: list[dict[str, Any]] = []
    failed: list[Row] = []
    mended: dict[int, set[str]] = {}
    for item, capture_id in zip(items, captures, strict=True):
        address = known[item.result.due.url_id]
        if item.asked:
            address = replace(address, requested_at=now)
        if item.result.error is not None:
            address, gone, failure = _failed(item, item.result.error, address, now)
            staged += [_staged(item, Outcome.GONE, capture_id, now)] if gone else []
            if failure is not None:
                failed.append(failure)
                mended.get(item.run.source_id, set()).discard(address.url)
        elif item.staged:
            staged.append(_staged(item, Outcome.DOCUMENT, capture_id, now))
            mended.setdefault(item.run.source_id, set()).add(address.url)
        elif _not_modified(item):
            published, changes = refreshed.get(address.identity, (None, 0))
            address = replace(address, due_at=_due_again(item, address, published, changes, now), attempts=0)
        known[address.id] = address
    _stage(connection, staged)
    failures.fail_rows(connection, failed)
    for source_id, subjects in sorted(mended.items()):
        failures.mend(connection, source_id, subjects)
    update_rows(connection, Url, [known[key].row() for key in sorted(known) if known[key] != before[key]])
    return [
        files if item.after is None else item.after(connection, item.result, files)
        for item, files in zip(items, _files(connection, items, now), strict=True)
    ]


def _attempts(connection: Connection, items: Sequence[Item]) -> None:
    rows = {}
    for item in items:
        result = item.result
        attempts = result.fetched.attempts if result.fetched is not None else getattr(result.error, "attempts", ())
        before = where.attempts if isinstance(where := result.due.where, FromSite) else 0
        for attempt in attempts:
            key = (item.run.run_id, result.due.url_id, before + attempt.number)
            rows[key] = {
                "run_id": item.run.run_id,
                "url_id": result.due.url_id,
                "attempt": before + attempt.number,
                "conditional": bool(result.due.request.etag or result.due.request.last_modified),
                "status": attempt.status,
                "error": attempt.error,
                "started_at": attempt.started_at,
                "seconds": attempt.seconds,
            }
    upsert(connection, FetchAttempt, [rows[key] for key in sorted(rows)], key=["run_id", "url_id", "attempt"])


def _captures(connection: Connection, items: Sequence[Item], places: Sequence[Place | None]) -> list[int | None]:
    """Write payloads and captures; return the id of each item's capture, that of an answer from our archive too."""
    pairs = [(item, place) for item, place in zip(items, places, strict=True) if place is not None]
    payloads = {_page(item).sha256: _payload_row(_page(item), place) for item, place in pairs}
    upsert(connection, Payload, [payloads[key] for key in sorted(payloads)], key=["sha256"])
    written = iter(
        connection.scalars(
            insert(Capture).returning(Capture.id, sort_by_parameter_order=True),
            [_capture_row(item, place) for item, place in pairs],
        ).all()
        if pairs
        else ()
    )
    ids: list[int | None] = []
    for item, place in zip(items, places, strict=True):
        where = item.result.due.where
        ids.append(next(written) if place is not None else where.capture_id if isinstance(where, FromArchive) else None)
    return ids


def _page(item: Item) -> Page:
    assert item.page is not None
    return item.page


def _payload_row(page: Page, place: Place) -> dict[str, Any]:
    return {
        "sha256": page.sha256,
        "size": len(page.content),
        "media_type": page.media_type,
        "warc_file_id": place.files[place.content.file],
        "offset": place.content.offset,
        "length": place.content.length,
    }


def _capture_row(item: Item, place: Place) -> dict[str, Any]:
    page, where = _page(item), item.result.due.where
    landing = where.landing if isinstance(where, FromSite) else None
    imported = where if isinstance(where, FromImport) else None
    return {
        "url_id": item.result.due.url_id,
        "run_id": item.run.run_id,
        "url": landing or page.url,
        "final_url": page.final_url,
        "redirects": [*([page.url] if landing else []), *page.redirects],
        "status": page.status,
        "headers": [list(header) for header in page.headers],
        "media_type": page.media_type,
        "retrieved_at": page.retrieved_at,
        "payload_sha256": page.sha256,
        "warc_file_id": place.files[place.record.file],
        "offset": place.record.offset,
        "length": place.record.length,
        "imported_from": imported.file if imported else None,
        "imported_offset": imported.offset if imported else None,
    }


COLUMNS = tuple(getattr(Url, name) for name in _Address.__dataclass_fields__)


def _addresses(connection: Connection, ids: set[int]) -> dict[int, _Address]:
    found = {}
    for some in chunks(sorted(ids)):
        for row in connection.execute(select(Url).where(Url.id.in_(some)).with_only_columns(*COLUMNS)):
            found[row.id] = _Address(*row)
    return found


def _not_modified(item: Item) -> int | None:
    """Return the address of an item that is unchanged since it was last fetched (304)."""
    fetched = item.result.fetched
    unchanged = item.result.error is None and not item.staged and fetched is not None and fetched.not_modified
    return item.result.due.url_id if unchanged else None


def _due_again(item: Item, address: _Address, published: str | None, changes: int, now: datetime) -> datetime:
    """Return when to fetch an address again that has not changed."""
    return next_due(
        now,
        address.changed_at or address.first_seen_at,
        item.revisit_days,
        published=published,
        watched_since=address.first_seen_at,
        changes=changes,
        key=address.id,
    )


def _failed(item: Item, error: PageError, address: _Address, now: datetime) -> tuple[_Address, bool, Row | None]:
    """Return the address after a failure, whether it is to be judged as gone, and if not, the row of the failure."""
    attempts = address.attempts + 1
    retry_after = error.retry_after if isinstance(error, TemporaryFetchError) else None
    retry = failures.next_retry(now, attempts, retry_after) if item.asked else address.due_at
    if isinstance(error, Gone) and address.status in (UrlStatus.LIVE, UrlStatus.GONE):
        return replace(address, attempts=attempts, due_at=retry), True, None
    failure = failures.failure_row(item.run, item.result.stage, address.url, error.reason, attempts, retry, now)
    if not item.asked:
        return address, False, failure
    status = address.status if address.status is UrlStatus.LIVE else UrlStatus.FAILED
    return replace(address, attempts=attempts, due_at=retry, status=status), False, failure


def _staged(item: Item, outcome: Outcome, capture_id: int | None, now: datetime) -> dict[str, Any]:
    page, error = item.page, item.result.error
    return {
        "run_id": item.run.run_id,
        "url_id": item.result.due.url_id,
        "capture_id": capture_id,
        "outcome": outcome,
        "stage": item.result.stage if error else None,
        "reason": error.reason if error else None,
        "reading": item.result.reading,
        "reader_version": item.reader_version,
        "etag": page.header("etag") if page is not None else None,
        "last_modified": page.header("last-modified") if page is not None else None,
        "staged_at": now,
    }


def _stage(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Stage results in place of any that an earlier run has left for the same addresses."""
    by_key = {(row["run_id"], row["url_id"]): row for row in rows}
    for run_id in sorted({row["run_id"] for row in rows}):
        urls = sorted(url_id for run, url_id in by_key if run == run_id)
        connection.execute(delete(Staged).where(Staged.url_id.in_(urls), Staged.run_id != run_id))
    key = ["run_id", "url_id"]
    columns = [column for column in rows[0] if column not in key] if rows else []
    upsert(connection, Staged, [by_key[one] for one in sorted(by_key)], key=key, update=columns)


def _files(connection: Connection, items: Sequence[Item], now: datetime) -> list[list[Due]]:
    """Add the files that pages link; return for each item those to fetch next, each file once.

    Files that archived or imported pages link are fetched by the next run.
    """
    linking = [item for item in items if item.result.files and item.keep]
    links = {link.url: (link, item) for item in reversed(linking) for link in item.result.files}
    for source_id in sorted({item.run.source_id for item in linking}):
        own = [link for link, item in links.values() if item.run.source_id == source_id]
        addresses.add_links(connection, source_id, own, "file", now)
    due: dict[int, list[Due]] = {id(item): [] for item in items}
    for run in {item.run.run_id: item.run for item in linking if item.asked}.values():
        asking = [item for item in linking if item.asked and item.run.run_id == run.run_id]
        first = {link.url: item for item in reversed(asking) for link in item.result.files}
        for one in addresses.files_due(connection, run, list(first)):
            due[id(first.get(one.request.url) or asking[0])].append(one)
    return [due[id(item)] for item in items]
