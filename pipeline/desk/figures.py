"""How sources and runs went: fill rates of fields over runs, failures by reason, what a run brought and lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from models.document import Document, Revision
from models.ledger import Failure, FieldStatistic, Run, Source
from models.statuses import DocumentStatus, RunStatus
from models.upsert import table_of
from models.web import FetchAttempt, Url
from scrapers.record import Record

RUNS = 30
"""Runs over which a fill rate is followed."""

LISTED = 200
"""Documents of a run that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The share of documents that had a field, run by run, the oldest first."""

    field: str
    media: str
    shares: tuple[float, ...]

    @property
    def usual(self) -> float:
        """The median of the runs before the last; of the only one, its own."""
        before = sorted(self.shares[:-1] or self.shares)
        return before[len(before) // 2]

    @property
    def last(self) -> float:
        """The share in the last run."""
        return self.shares[-1]


def fill_rates(connection: Connection, source: str) -> list[Filled]:
    """Return the fill rates of a source's fields over its last runs that were loaded or held."""
    run, statistic, origin = table_of(Run), table_of(FieldStatistic), table_of(Source)
    judged = (RunStatus.DONE, RunStatus.HELD, RunStatus.ACCEPTED, RunStatus.REJECTED, RunStatus.SUPERSEDED)
    runs = connection.execute(
        select(run.c.id)
        .join(origin, origin.c.id == run.c.source_id)
        .where(origin.c.name == source, run.c.status.in_(judged))
        .order_by(run.c.id.desc())
        .limit(RUNS)
    ).scalars()
    rows = connection.execute(
        select(statistic)
        .where(statistic.c.run_id.in_(list(runs)), statistic.c.documents > 0)
        .order_by(statistic.c.run_id)
    )
    shares: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        shares.setdefault((row.media, row.field), []).append(row.filled / row.documents)
    return [
        Filled(field=field, media=media, shares=tuple(each)) for (media, field), each in sorted(shares.items()) if each
    ]


def failures_by_reason(connection: Connection, source: str | None = None) -> list[Record]:
    """Return the failures grouped by stage and reason (numbers and addresses aside), the most frequent first."""
    failure, origin = table_of(Failure), table_of(Source)
    statement = select(
        failure.c.stage, failure.c.reason, failure.c.subject, failure.c.last_at, failure.c.next_retry_at
    ).join(origin, origin.c.id == failure.c.source_id)
    if source is not None:
        statement = statement.where(origin.c.name == source)
    groups: dict[tuple[str, str], Record] = {}
    for row in connection.execute(statement.order_by(failure.c.last_at.desc()).limit(20_000)):
        key = (row.stage, re.sub(r"https?://\S+|\d+", "…", row.reason))
        group = groups.setdefault(
            key, {"stage": row.stage, "reason": row.reason, "count": 0, "last_at": row.last_at, "urls": []}
        )
        group["count"] += 1
        if len(group["urls"]) < 5:
            group["urls"].append(row.subject)
    return sorted(groups.values(), key=lambda one: -one["count"])


def run_documents(connection: Connection, run_id: int) -> dict[str, list[Record]]:
    """Return what a run brought, changed and lost: at most `LISTED` documents each, with id, title and address."""
    run, document, revision = table_of(Run), table_of(Document), table_of(Revision)
    row = connection.execute(select(run).where(run.c.id == run_id)).one()
    columns = (document.c.id, document.c.canonical_url, revision.c.title, revision.c.number)
    written = (
        select(*columns)
        .join(document, document.c.id == revision.c.document_id)
        .where(revision.c.run_id == run_id, document.c.merged_into_id.is_(None))
        .order_by(document.c.canonical_url)
        .limit(LISTED)
    )
    lost = (
        select(*columns)
        .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .where(
            document.c.source_id == row.source_id,
            document.c.status == DocumentStatus.GONE,
            document.c.merged_into_id.is_(None),
            document.c.gone_at >= row.started_at,
        )
        .order_by(document.c.canonical_url)
        .limit(LISTED)
    )
    if row.finished_at is not None:
        lost = lost.where(document.c.gone_at <= row.finished_at)
    return {
        "brought": _documents(connection, written.where(revision.c.number == 1)),
        "changed": _documents(connection, written.where(revision.c.number > 1)),
        "lost": _documents(connection, lost),
    }


def _documents(connection: Connection, statement: Any) -> list[Record]:
    return [
        {"id": row.id, "url": row.canonical_url, "title": row.title, "revision": row.number}
        for row in connection.execute(statement)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The requests of a run: how many, how many failed, and when each began, in seconds after the first."""

    total: int
    failed: int
    seconds: float
    """The mean time of one."""
    at: tuple[float, ...]


def run_requests(connection: Connection, run_id: int) -> Requests | None:
    """Return the requests of a run, or None where it made none."""
    attempt = table_of(FetchAttempt)
    rows = connection.execute(
        select(attempt.c.started_at, attempt.c.seconds, attempt.c.error)
        .where(attempt.c.run_id == run_id)
        .order_by(attempt.c.started_at)
        .limit(50_000)
    ).all()
    if not rows:
        return None
    first: datetime = rows[0].started_at
    return Requests(
        total=len(rows),
        failed=sum(row.error is not None for row in rows),
        seconds=sum(row.seconds for row in rows) / len(rows),
        at=tuple((row.started_at - first).total_seconds() for row in rows),
    )


def overdue(connection: Connection, now: datetime) -> dict[str, int]:
    """Return how many addresses of each source are due for more than a week."""
    from datetime import timedelta

    url, origin = table_of(Url), table_of(Source)
    rows = connection.execute(
        select(origin.c.name, func.count())
        .join(url, url.c.source_id == origin.c.id)
        .where(url.c.due_at < now - timedelta(days=7))
        .group_by(origin.c.name)
    )
    return {row[0]: row[1] for row in rows}
