"""The open addresses of runs that several processes share, and what each process has done; PostgreSQL only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from models import leases
from models.errors import LeaseLost
from models.ledger import Run, RunPart, RunRequest, Source
from models.statuses import RunStatus
from models.upsert import chunks, upsert
from models.web import OpenAddress, Url
from pipeline.fetch.pacing import host_of
from pipeline.ledger.due import Due
from pipeline.ledger.runs import Started
from scrapers.base import Request

MOST_TRIES = 3
"""An address is a failure once this many processes have ended while they worked on it."""


_LED = leases.is_live(func.concat(leases.source_lease(""), Source.name))
"""Whether a process leads the run: without one, the next leader opens its addresses up anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """A run under way that has open addresses on a host."""

    run_id: int
    run_key: str
    source_id: int
    source: str
    options: dict[str, Any]


def request(connection: Connection, source: str, options: dict[str, Any], now: datetime) -> bool:
    """Ask for a run of a source; return False if one is asked for already, whose options then stay as they are."""
    known = connection.execute(select(RunRequest.source).where(RunRequest.source == source)).first()
    row = {"source": source, "options": options, "requested_at": now}
    upsert(connection, RunRequest, [row], key=["source"])
    return known is None


def requested(connection: Connection, sources: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
    """Return, by source, the options of the runs that are asked for, unless a process holds the source now.

    With `sources`, those of these sources alone.
    """
    query = select(RunRequest.source, RunRequest.options).order_by(RunRequest.requested_at, RunRequest.source)
    if sources is not None:
        query = query.where(RunRequest.source.in_(sources))
    found = {row.source: row.options for row in connection.execute(query)}
    held = leases.live(connection, [leases.source_lease(name) for name in found])
    return {name: options for name, options in found.items() if leases.source_lease(name) not in held}


def without_run(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return, by source, the options of the runs that some process has to lead: begun and left alone, or asked for."""
    return requested(connection) | without_leader(connection)


def open_up(connection: Connection, run_id: int, due: Collection[Due]) -> None:
    """Add addresses, to be fetched by whichever process works on their hosts."""
    rows: list[dict[str, Any]] = [
        {"run_id": run_id, "url_id": item.url_id, "host": host_of(item.request.url), "tries": 0}
        for item in sorted(due, key=lambda item: item.url_id)
    ]
    for some in chunks(rows):
        upsert(connection, OpenAddress, some, key=["run_id", "url_id"])


def close(connection: Connection, run_id: int, url_id: int) -> None:
    """Remove an address whose result is stored in the same transaction."""
    connection.execute(delete(OpenAddress).where(OpenAddress.run_id == run_id, OpenAddress.url_id == url_id))


def drop_ended(connection: Connection, source_id: int) -> None:
    """Remove the open addresses of a source's runs that were taken over or have ended."""
    ended = select(Run.id).where(Run.source_id == source_id, Run.status != RunStatus.RUNNING)
    connection.execute(delete(OpenAddress).where(OpenAddress.run_id.in_(ended)))


def open_hosts(
    connection: Connection, run_id: int | None = None, sources: Collection[str] | None = None
) -> dict[str, int]:
    """Return the hosts of open addresses and how many there are, of one run or of all that are under way.

    With `sources`, of the runs of these alone.
    """
    query = select(OpenAddress.host, func.count()).group_by(OpenAddress.host).order_by(OpenAddress.host)
    if run_id is not None:
        query = query.where(OpenAddress.run_id == run_id)
    else:
        led = Run.id == OpenAddress.run_id, Source.id == Run.source_id
        query = query.where(*led, Run.status == RunStatus.RUNNING, _LED)
        if sources is not None:
            query = query.where(Source.name.in_(sources))
    return {row[0]: row[1] for row in connection.execute(query)}


def runs_of(connection: Connection, host: str) -> list[OpenRun]:
    """Return the runs under way that have open addresses on a host, the oldest first."""
    query = (
        select(Run.id, Run.run_key, Run.options, Source.id.label("source_id"), Source.name)
        .join(Source, Source.id == Run.source_id)
        .where(Run.status == RunStatus.RUNNING, _LED)
        .where(Run.id.in_(select(OpenAddress.run_id).where(OpenAddress.host == host)))
        .order_by(Run.id)
    )
    return [
        OpenRun(run_id=row.id, run_key=row.run_key, source_id=row.source_id, source=row.name, options=row.options)
        for row in connection.execute(query)
    ]


def begin(
    connection: Connection, run_id: int, host: str, most: int, *, again: Collection[int] = ()
) -> tuple[list[Due], list[tuple[int, str]]]:
    """Return the next open addresses of a run on a host, and those that too many processes have begun, as (id, URL).

    `again` holds the ids of addresses that this process has begun before and could not store as the database failed;
    beginning them again does not count as a try.
    """
    query = (
        select(Url.id, Url.url, Url.expect, Url.etag, Url.last_modified, OpenAddress.tries)
        .join(OpenAddress, OpenAddress.url_id == Url.id)
        .where(OpenAddress.run_id == run_id, OpenAddress.host == host)
        .order_by(Url.url)
        .limit(most)
    )
    rows = connection.execute(query).all()
    ids = [row.id for row in rows if row.id not in again]
    begun = update(OpenAddress).where(OpenAddress.run_id == run_id, OpenAddress.url_id.in_(ids))
    connection.execute(begun.values(tries=OpenAddress.tries + 1))
    due = [
        Due(
            url_id=row.id,
            request=Request(url=row.url, expect=row.expect, etag=row.etag, last_modified=row.last_modified),
        )
        for row in rows
        if row.tries < MOST_TRIES or row.id in again
    ]
    taken = {item.url_id for item in due}
    return due, [(row.id, row.url) for row in rows if row.id not in taken]


def count(connection: Connection, run_id: int, process: str, *, requested: int, not_modified: int) -> None:
    """Add to what a process has done for a run."""
    row = {"run_id": run_id, "process": process, "requested": 0, "not_modified": 0}
    upsert(connection, RunPart, [row], key=["run_id", "process"])
    connection.execute(
        update(RunPart)
        .where(RunPart.run_id == run_id, RunPart.process == process)
        .values(requested=RunPart.requested + requested, not_modified=RunPart.not_modified + not_modified)
    )


def counted(connection: Connection, run_id: int) -> tuple[int, int]:
    """Return how many addresses all processes have requested for a run, and how many of them were not modified."""
    query = select(func.coalesce(func.sum(RunPart.requested), 0), func.coalesce(func.sum(RunPart.not_modified), 0))
    requested, not_modified = connection.execute(query.where(RunPart.run_id == run_id)).one()
    return int(requested), int(not_modified)


def without_leader(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return, by source, the options of shared runs under way whose source nobody holds: their leader was lost."""
    query = (
        select(Source.name, Run.options)
        .join(Source, Source.id == Run.source_id)
        .where(Run.status == RunStatus.RUNNING)
        .order_by(Run.id)
    )
    shared = {row.name: row.options for row in connection.execute(query) if row.options.get("shared")}
    led = leases.live(connection, [leases.source_lease(name) for name in shared])
    return {name: options for name, options in shared.items() if leases.source_lease(name) not in led}


def under_way(connection: Connection, sources: Collection[str]) -> list[str]:
    """Return the keys of the shared runs of some sources that have not ended."""
    query = select(Run.run_key, Run.options).join(Source, Source.id == Run.source_id).order_by(Run.id)
    query = query.where(Run.status == RunStatus.RUNNING, Source.name.in_(sources))
    return [row.run_key for row in connection.execute(query) if row.options.get("shared")]


def hosts_to_take(connection: Connection, run_id: int | None = None) -> list[str]:
    """Return the hosts with open addresses that nobody works on, of one run or of all that are under way."""
    hosts = list(open_hosts(connection, run_id))
    taken = leases.live(connection, [leases.host_lease(host) for host in hosts])
    return [host for host in hosts if leases.host_lease(host) not in taken]


def check_under_way(connection: Connection, run: Started) -> None:
    """Raise LeaseLost where a run was taken over by another one, or ended; it stays as it is until the commit."""
    query = select(Run.id).where(Run.id == run.run_id, Run.status == RunStatus.RUNNING)
    if connection.execute(query.with_for_update(read=True)).first() is None:
        raise LeaseLost(f"run {run.run_key}: it was taken over by a later run, or has ended")
