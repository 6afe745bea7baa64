"""From staged results to documents: normalise and load in batches, pages before the files that borrow from them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, case, delete, select, update

from models.errors import PageError
from models.statuses import FailureStage, Outcome, UrlStatus
from models.upsert import chunks, table_of, update_rows
from models.web import Capture, Staged, Url
from pipeline.extract.version import fingerprint
from pipeline.ledger import failures, runs
from pipeline.ledger.addresses import evidence
from pipeline.ledger.revisit import next_due
from pipeline.ledger.transactions import repeated
from pipeline.load import load, normalise
from pipeline.load.normalise import Document
from scrapers.record import from_record, values_from_record
from scrapers.sniff.mediatype import PAGES
from scrapers.values.addresses import canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.database.store import Store


COLUMNS = (
    Staged.id.label("staged_id"),
    Staged.outcome,
    Staged.reading,
    Staged.reader_version,
    Staged.etag,
    Staged.last_modified,
    Staged.capture_id,
    Url.id.label("url_id"),
    Url.url,
    Url.identity,
    Url.claims,
    Url.attempts,
    Url.status,
    Url.last_capture_id,
    Url.changed_at,
    Url.first_seen_at,
    Capture.url.label("captured_url"),
    Capture.final_url,
    Capture.redirects,
    Capture.retrieved_at,
    Capture.read_as,
)


@dataclass(slots=True)
class PublishCounts:
    """How many documents a run, or a batch of it, loaded."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0

    def add(self, batch: PublishCounts) -> None:
        """Add the counts of a batch, once it is committed."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(batch, name))


def publish(
    store: Store, run: runs.Started, *, revisit_days: float, now: Callable[[], datetime], basis: str | None = None
) -> PublishCounts:
    """Load all staged results of a run, a batch a transaction; return the counts."""
    published = PublishCounts()
    with store.read() as connection:
        waiting = in_order(connection, run)
    for batch in chunks(waiting):
        load_batch = partial(publish_batch, run=run, batch=batch, revisit_days=revisit_days, now=now(), basis=basis)
        published.add(repeated(store, load_batch))
    return published


def in_order(connection: Connection, run: runs.Started) -> array[int]:
    """Return the ids of a run's staged results, pages before files, then by address: an interruption changes nothing.

    They are sorted once: sorting the rest before each batch would take time that grows with the square of the run.
    """
    is_file = case((Capture.media_type.in_(PAGES), 0), else_=1)
    query = (
        select(Staged.id)
        .join(Url, Url.id == Staged.url_id)
        .outerjoin(Capture, Capture.id == Staged.capture_id)
        .where(Staged.run_id == run.run_id)
        .order_by(is_file, Url.url)
    )
    return array("q", connection.scalars(query))


def publish_batch(
    connection: Connection,
    run: runs.Started,
    batch: list[int],
    *,
    revisit_days: float,
    now: datetime,
    basis: str | None = None,
) -> PublishCounts:
    """Load a batch of a run's staged results, delete these, and return the counts.

    Args:
        connection: An open transaction that writes.
        run: The run whose results are loaded.
        batch: The ids of the staged results, at most `BATCH`.
        revisit_days: The longest wait, in days, until a document is fetched again.
        now: The present time.
        basis: The `code_basis` of the readings (`pipeline.extract.version`); None where some are another run's.
    """
    run.fence.check(connection)
    by_id = {row.staged_id: row for row in connection.execute(_rows(batch))}
    rows = [by_id[key] for key in batch if key in by_id]
    published = PublishCounts()
    documents = _load(connection, run, rows, published, revisit_days, now)
    if basis is not None:
        _note_fingerprints(connection, documents, basis)
    connection.execute(delete(Staged).where(Staged.id.in_(batch)))
    return published


def _rows(batch: list[int]) -> Any:
    return (
        select(*COLUMNS)
        .join(Url, Url.id == Staged.url_id)
        .outerjoin(Capture, Capture.id == Staged.capture_id)
        .where(Staged.id.in_(batch))
    )


def _load(
    connection: Connection,
    run: runs.Started,
    rows: list[Row[Any]] | Any,
    published: PublishCounts,
    revisit_days: float,
    now: datetime,
) -> list[Row[Any]]:
    documents = list(_normalised(connection, run, rows, published, now))
    outcome = load.publish(connection, [document for _, document in documents], run_id=run.run_id, now=now)
    published.new += len(outcome.new)
    published.changed += len(outcome.changed)
    published.unchanged += len(outcome.unchanged)
    known = evidence(connection, [row.identity for row, _ in documents])
    loaded: list[dict[str, Any]] = []
    for row, document in documents:
        if row.last_capture_id == row.capture_id and row.status is UrlStatus.LIVE:
            continue  # read again from the archive: nothing new is known of the address
        published_on, changes = known.get(row.identity, (None, 0))
        differs = outcome.ids[document.canonical_url] in outcome.written
        changed_at = now if differs else row.changed_at or row.first_seen_at
        due_at = next_due(
            now,
            changed_at,
            revisit_days,
            published=published_on,
            watched_since=row.first_seen_at,
            changes=changes,
            key=row.url_id,
        )
        loaded.append(
            {
                "id": row.url_id,
                "etag": row.etag,
                "last_modified": row.last_modified,
                "last_capture_id": row.capture_id,
                "status": UrlStatus.LIVE,
                "attempts": 0,
                "changed_at": changed_at,
                "due_at": due_at,
            }
        )
    update_rows(connection, Url, loaded)
    lost: list[dict[str, Any]] = []
    gone = [row for row in rows if row.outcome is Outcome.GONE]
    published.gone += len(load.mark_gone(connection, [row.url for row in gone], now))
    for row in gone:
        changed_at = row.changed_at if row.status is UrlStatus.GONE and row.changed_at else now
        due_at = next_due(now, changed_at, revisit_days, key=row.url_id)
        lost.append(
            {
                "id": row.url_id,
                "status": UrlStatus.GONE,
                "changed_at": changed_at,
                "due_at": due_at,
                "etag": None,
                "last_modified": None,
            }
        )
    update_rows(connection, Url, lost)
    return [row for row, _ in documents]


def _note_fingerprints(connection: Connection, rows: list[Row[Any]], basis: str) -> None:
    """Store the fingerprint of what each capture was published from, for a rerun to compare its reading with."""
    digests = [(row, fingerprint(basis, row.claims, row.reading)) for row in rows if row.capture_id is not None]
    changed = [{"key": row.capture_id, "digest": now} for row, now in digests if row.read_as != now]
    if changed:
        capture = table_of(Capture)
        statement = update(capture).where(capture.c.id == bindparam("key"))
        connection.execute(statement.values(read_as=bindparam("digest")), changed)


def _normalised(
    connection: Connection, run: runs.Started, rows: Any, published: PublishCounts, now: datetime
) -> Iterator[tuple[Row[Any], Document]]:
    for row in rows:
        if row.outcome is not Outcome.DOCUMENT:
            continue
        redirects = [*row.redirects, *([row.captured_url] if canonical(row.captured_url) != row.url else [])]
        try:
            yield (
                row,
                normalise.document(
                    from_record(row.reading),
                    values_from_record(row.claims),
                    source_id=run.source_id,
                    url=row.url,
                    redirects=tuple(redirects),
                    final_url=row.final_url,
                    capture_id=row.capture_id,
                    reader_version=row.reader_version,
                    retrieved_at=row.retrieved_at,
                ),
            )
        except PageError as error:
            published.failed += 1
            attempts = row.attempts + 1
            retry = failures.next_retry(now, attempts, None)
            failures.fail(connection, run, FailureStage.NORMALISE, row.url, error.reason, attempts, retry, now)
            changes = {"status": UrlStatus.FAILED, "attempts": attempts, "due_at": retry}
            connection.execute(update(Url).where(Url.id == row.url_id).values(**changes))
