"""Runs: opened under the lock of their source, closed with status, counts and reasons."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, update

from models.ledger import Failure, Run, RunRequest, Source
from models.statuses import RunStatus
from models.upsert import is_rehearsed, upsert
from models.web import Staged
from pipeline import VERSION
from pipeline.ledger.lock import UNFENCED, Fence


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A run under way."""

    run_id: int
    run_key: str
    source_id: int
    source: str
    since: datetime
    """When this run, or the interrupted run that it resumes, started: addresses requested since then are left out."""
    resumed: str | None
    """The key of the interrupted run whose results it took over."""
    state: dict[str, Any]
    """What discovery resumes from."""
    fence: Fence = UNFENCED
    """Checked first in each transaction that writes for this run."""
    judges: bool = False
    """Whether the results that it took over must be judged before loading; those of interrupted imports need not."""


_has_staged = exists().where(Staged.run_id == Run.id)
"""A run whose listing failed leaves the results that it had taken over to the next run."""


def start(
    connection: Connection,
    source: str,
    config: dict[str, Any],
    command: str,
    options: dict[str, Any],
    now: datetime,
    fence: Fence = UNFENCED,
) -> Started:
    """Open a run of a source whose lock the caller holds; take over what interrupted and held runs have staged."""
    fence.check(connection)
    _meet_request(connection, source, command, options)
    source_id, state = _source(connection, source, config, now)
    # Their rows are locked first: what another machine is about to stage for one of them is then seen here, or refused.
    dead = connection.execute(
        select(Run.id, Run.run_key, Run.status, Run.command, Run.started_at, Run.options)
        .where(Run.source_id == source_id)
        .where(
            or_(Run.status.in_((RunStatus.RUNNING, RunStatus.HELD)), and_(Run.status == RunStatus.FAILED, _has_staged))
        )
        .order_by(Run.id)
        .with_for_update()
    ).all()
    since, resumed = now, None
    for run in dead:
        resumed = run.run_key
        if run.status is RunStatus.RUNNING:
            began = run.options.get("resumed_since")
            since = min(since, datetime.fromisoformat(began) if began else run.started_at)
    if resumed:
        options = {**options, "resumes": resumed, "resumed_since": since.isoformat()}
    run_key = f"{now:%Y%m%dT%H%M%SZ}-{source}-{secrets.token_hex(3)}"
    run_id = connection.execute(
        insert(Run)
        .values(
            run_key=run_key,
            source_id=source_id,
            command=command,
            status=RunStatus.RUNNING,
            options=options,
            counts={},
            reasons=[],
            version=VERSION,
            started_at=now,
        )
        .returning(Run.id)
    ).scalar_one()
    if dead:
        ids = [run.id for run in dead]
        connection.execute(update(Staged).where(Staged.run_id.in_(ids)).values(run_id=run_id))
        killed = [run.id for run in dead if run.status is RunStatus.RUNNING]
        connection.execute(update(Failure).where(Failure.run_id.in_(killed)).values(run_id=run_id))
        for old, new in ((RunStatus.RUNNING, RunStatus.INTERRUPTED), (RunStatus.HELD, RunStatus.SUPERSEDED)):
            ended = update(Run).where(Run.id.in_(ids), Run.status == old)
            connection.execute(ended.values(status=new, finished_at=func.coalesce(Run.finished_at, now)))
    return Started(
        run_id=run_id,
        run_key=run_key,
        source_id=source_id,
        source=source,
        since=since,
        resumed=resumed,
        state=dict(state),
        fence=fence,
        judges=any(
            run.status is RunStatus.HELD or (run.status is RunStatus.RUNNING and run.command != "import")
            for run in dead
        ),
    )


def _source(connection: Connection, source: str, config: dict[str, Any], now: datetime) -> tuple[int, dict[str, Any]]:
    """Return id and state of a source's row, which is added for a new source and updated to its configuration.

    A dry run leaves the row of a known source alone: in PostgreSQL it would lock it to its own end, and hold up every
    run of that source.
    """
    row = select(Source.id, Source.state, Source.config).where(Source.name == source)
    found = connection.execute(row).one_or_none()
    if found is None:
        added = {"name": source, "config": config, "state": {}, "created_at": now}
        upsert(connection, Source, [added], key=["name"])
        found = connection.execute(row).one()
    if found.config != config and not is_rehearsed(connection):
        connection.execute(update(Source).where(Source.id == found.id).values(config=config))
    return found.id, found.state


def _meet_request(connection: Connection, source: str, command: str, options: dict[str, Any]) -> None:
    """Remove the request for a run of a source if it asked for one with these options."""
    this = (RunRequest.source == source, RunRequest.command == command)
    asked = connection.execute(select(RunRequest.options).where(*this)).scalar_one_or_none()
    if asked is not None and asked.items() <= options.items():
        connection.execute(delete(RunRequest).where(*this))


def finish(
    connection: Connection, run: Started, status: RunStatus, counts: dict[str, int], reasons: list[str], now: datetime
) -> None:
    """Close a run."""
    connection.execute(
        update(Run).where(Run.id == run.run_id).values(status=status, counts=counts, reasons=reasons, finished_at=now)
    )


def save_state(connection: Connection, source_id: int, state: dict[str, Any]) -> None:
    """Store what discovery resumes from. A dry run does not, for the reason that `_source` tells."""
    if not is_rehearsed(connection):
        connection.execute(update(Source).where(Source.id == source_id).values(state=state))
