"""Failures of documents and listings: recorded with reason and next try, removed on success."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select

from models.ledger import Failure
from models.statuses import FailureStage
from models.upsert import Row, chunks, upsert
from pipeline.ledger.runs import Started

MAX_ATTEMPTS = 8
"""Consecutive runs in which an address may fail; after that, only `--full` and `rerun --failed` fetch it."""


def next_retry(now: datetime, attempts: int, retry_after: float | None) -> datetime | None:
    """Return when to try a failed address again (an hour, doubling), or None past the ceiling on attempts."""
    if attempts >= MAX_ATTEMPTS:
        return None
    wait = timedelta(hours=2 ** (attempts - 1))
    if retry_after is not None:
        wait = max(wait, timedelta(seconds=min(retry_after, 30 * 86_400)))
    return now + wait


def fail(
    connection: Connection,
    run: Started,
    stage: FailureStage,
    subject: str,
    reason: str,
    attempts: int,
    next_retry_at: datetime | None,
    now: datetime,
) -> None:
    """Record a failure; one of the same stage and subject is updated."""
    fail_rows(connection, [failure_row(run, stage, subject, reason, attempts, next_retry_at, now)])


def failure_row(
    run: Started,
    stage: FailureStage,
    subject: str,
    reason: str,
    attempts: int,
    next_retry_at: datetime | None,
    now: datetime,
) -> Row:
    """Return the row of a failure."""
    return {
        "source_id": run.source_id,
        "run_id": run.run_id,
        "stage": stage,
        "subject": subject,
        "reason": reason,
        "attempts": attempts,
        "first_at": now,
        "last_at": now,
        "next_retry_at": next_retry_at,
    }


def fail_rows(connection: Connection, rows: list[Row]) -> None:
    """Record failures; ones of the same stage and subject are updated."""
    by_key = {(row["source_id"], row["stage"], row["subject"]): row for row in rows}
    upsert(
        connection,
        Failure,
        [by_key[key] for key in sorted(by_key)],
        key=["source_id", "stage", "subject"],
        update=["run_id", "reason", "attempts", "last_at", "next_retry_at"],
    )


def fail_source(connection: Connection, run: Started, address: str, reasons: list[str], now: datetime) -> None:
    """Record that a source's listing failed, or, without reasons, remove what earlier runs recorded of its pages."""
    own = (Failure.source_id == run.source_id, Failure.stage == FailureStage.DISCOVER)
    if reasons:
        before = connection.execute(select(Failure.attempts).where(*own, Failure.subject == address)).scalar()
        fail(connection, run, FailureStage.DISCOVER, address, "; ".join(reasons), (before or 0) + 1, None, now)
    else:
        mended = or_(Failure.subject == address, Failure.run_id.is_distinct_from(run.run_id))
        connection.execute(delete(Failure).where(*own, mended))


def mend(connection: Connection, source_id: int, urls: Iterable[str]) -> None:
    """Remove the failures of addresses that succeeded."""
    for some in chunks(sorted(urls)):
        connection.execute(delete(Failure).where(Failure.source_id == source_id, Failure.subject.in_(some)))


def failures_of(connection: Connection, run: Started) -> int:
    """Return how many addresses failed in this run."""
    query = select(func.count()).select_from(Failure).where(Failure.run_id == run.run_id)
    return connection.execute(query).scalar_one()


def first_failures(connection: Connection, run: Started, most: int) -> list[tuple[str, str]]:
    """Return the first addresses that failed in this run, each with its reason."""
    query = select(Failure.subject, Failure.reason).where(Failure.run_id == run.run_id).order_by(Failure.id).limit(most)
    return [(row.subject, row.reason) for row in connection.execute(query)]
