"""A person's verdict on a held run: accept loads its results, reject drops them and fetches the addresses again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from models.errors import ConfigError
from models.ledger import Run, Source
from models.statuses import RunStatus
from models.upsert import chunks
from models.web import Staged, Url
from pipeline.ledger.lock import Fence, Locks
from pipeline.ledger.runs import Started
from pipeline.load import publish

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from models.database.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A held run."""

    run: Started
    config: dict[str, Any]
    counts: dict[str, Any]


def accept(store: Store, run_key: str, *, locks: Locks, now: Callable[[], datetime]) -> publish.PublishCounts:
    """Load the staged results of a held run and make its statistics part of the source's history; return the counts.

    If interrupted, the run stays held, and accepting it again loads the rest. Raises ConfigError for a run that is not
    held, Locked while another run of the source is under way.

    Args:
        store: The store of the run.
        run_key: The key of the run.
        locks: The locks of the store's sources.
        now: The clock.
    """
    with locks.hold(_source(store, run_key)) as fence:
        with store.read() as connection:
            held = _held(connection, run_key, fence)
        published = publish.publish(store, held.run, revisit_days=held.config.get("revisit_days", 30), now=now)
        with store.begin() as connection:
            fence.check(connection)
            counts = {**held.counts, **asdict(published)}
            counts["failed"] = held.counts.get("failed", 0) + published.failed
            _close(connection, held.run, status=RunStatus.ACCEPTED, counts=counts)
    return published


def reject(store: Store, run_key: str, *, locks: Locks, now: Callable[[], datetime]) -> int:
    """Drop the staged results of a held run and make their addresses due, without validators; return how many.

    The captured bytes stay in the archive. Raises ConfigError for a run that is not held, Locked while another run of
    the source is under way.
    """
    with locks.hold(_source(store, run_key)) as fence, store.begin() as connection:
        fence.check(connection)
        held = _held(connection, run_key, fence)
        addresses = list(connection.scalars(select(Staged.url_id).where(Staged.run_id == held.run.run_id)))
        for batch in chunks(addresses):
            again = {"etag": None, "last_modified": None, "due_at": now()}
            connection.execute(update(Url).where(Url.id.in_(batch)).values(**again))
        connection.execute(delete(Staged).where(Staged.run_id == held.run.run_id))
        _close(connection, held.run, status=RunStatus.REJECTED, counts=held.counts)
    return len(addresses)


def _source(store: Store, run_key: str) -> str:
    """Return the name of the run's source; raises ConfigError for an unknown run."""
    with store.read() as connection:
        query = select(Source.name).join(Run, Run.source_id == Source.id).where(Run.run_key == run_key)
        name = connection.scalars(query).one_or_none()
    if name is None:
        raise ConfigError(f"there is no run {run_key!r}; `ingest runs` lists them")
    return name


def _held(connection: Connection, run_key: str, fence: Fence) -> _Held:
    query = select(Run.__table__, Source.name, Source.config, Source.state).join(Source, Source.id == Run.source_id)
    row = connection.execute(query.where(Run.run_key == run_key)).one()
    if row.status is not RunStatus.HELD:
        held = (
            select(Run.run_key)
            .where(Run.source_id == row.source_id, Run.status == RunStatus.HELD)
            .order_by(Run.id.desc())
        )
        other = connection.scalars(held.limit(1)).first()
        hint = f"; what is held back of {row.name} is run {other}" if other else f"; nothing of {row.name} is held back"
        raise ConfigError(f"run {run_key} is {row.status}, not held{hint}")
    run = Started(
        run_id=row.id,
        run_key=row.run_key,
        source_id=row.source_id,
        source=row.name,
        since=row.started_at,
        resumed=None,
        state=dict(row.state),
        fence=fence,
    )
    return _Held(run=run, config=row.config, counts=row.counts)


def _close(connection: Connection, run: Started, *, status: str, counts: dict[str, Any]) -> None:
    connection.execute(update(Run).where(Run.id == run.run_id).values(status=status, counts=counts))
