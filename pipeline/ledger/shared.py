"""The open addresses of runs that several processes share, and what each process has done; PostgreSQL only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from models import leases
from models.errors import LeaseLost
from models.ledger import Run, RunPart, RunRequest, Source
from models.statuses import RunStatus
from models.upsert import chunks, upsert
from models.web import Capture, OpenAddress, Url, WarcFile
from pipeline.fetch.pacing import host_of
from pipeline.ledger.due import Due, FromArchive
from pipeline.ledger.runs import Started

MOST_TRIES = 3
"""An address is a failure once this many processes have ended while they worked on it."""


_LED = leases.is_live(func.concat(leases.source_lease(""), Source.name))
"""Whether a process leads the run: without one, the next leader opens its addresses up anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a run does: its command, `run` or `rerun`, and the options of it."""

    command: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """A run under way that has open addresses on a host."""

    run_id: int
    run_key: str
    source_id: int
    source: str
    order: Order


def request(connection: Connection, source: str, order: Order, now: datetime) -> bool:
    """Ask for a run of a source; return False if one is asked for already, whose options then stay as they are."""
    row = {"source": source, "command": order.command, "options": order.options, "requested_at": now}
    this = (RunRequest.source == source, RunRequest.command == order.command)
    known = connection.execute(select(RunRequest.source).where(*this)).first()
    upsert(connection, RunRequest, [row], key=["source", "command"])
    return known is None


def is_requested(connection: Connection, sources: Collection[str]) -> bool:
    """Return whether a run of one of these sources is asked for, whether or not it can begin now."""
    query = select(RunRequest.source).where(RunRequest.source.in_(sources)).limit(1)
    return connection.execute(query).first() is not None


def requested(connection: Connection) -> dict[str, Order]:
    """Return, by source, the first of the runs that are asked for, unless a process holds the source now."""
    query = select(RunRequest).order_by(RunRequest.requested_at, RunRequest.source, RunRequest.command)
    found: dict[str, Order] = {}
    for row in connection.execute(query.with_only_columns(*_ORDER)):
        found.setdefault(row.source, Order(command=row.command, options=row.options))
    held = leases.live(connection, [leases.source_lease(name) for name in found])
    return {name: order for name, order in found.items() if leases.source_lease(name) not in held}


_ORDER = (RunRequest.source, RunRequest.command, RunRequest.options)


def without_run(connection: Connection) -> dict[str, Order]:
    """Return, by source, the runs that some process has to lead: begun and left alone, or asked for."""
    return requested(connection) | without_leader(connection)


IN_FILE = "file:"
"""What begins the name of an archive file where an open address is said to be, in place of a host: no host has it."""


def open_up(connection: Connection, run_id: int, due: Collection[Due]) -> None:
    """Add addresses, to be fetched by whichever process works on their hosts, or read again out of archive files."""
    files = _files(connection, [item.where.capture_id for item in due if isinstance(item.where, FromArchive)])
    rows: list[dict[str, Any]] = [
        {"run_id": run_id, "url_id": item.url_id, "host": _place(item, files), "tries": 0}
        for item in sorted(due, key=lambda item: item.url_id)
    ]
    for some in chunks(rows):
        upsert(connection, OpenAddress, some, key=["run_id", "url_id"])


def _place(item: Due, files: Mapping[int, str]) -> str:
    """Return the host that an address is fetched from, or the archive file that it is read again from."""
    if isinstance(item.where, FromArchive):
        return IN_FILE + files[item.where.capture_id]
    return host_of(item.request.url)


def _files(connection: Connection, captures: Collection[int]) -> dict[int, str]:
    """Return the archive file of each capture."""
    query = select(Capture.id, WarcFile.name).join(WarcFile, WarcFile.id == Capture.warc_file_id)
    return {
        row.id: row.name for some in chunks(captures) for row in connection.execute(query.where(Capture.id.in_(some)))
    }


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
    query = select(OpenAddress.host, func.count()).where(_open(run_id, sources))
    query = query.group_by(OpenAddress.host).order_by(OpenAddress.host)
    return {row[0]: row[1] for row in connection.execute(query)}


def is_anything_open(connection: Connection, sources: Collection[str] | None = None) -> bool:
    """Return whether runs under way have open addresses; with `sources`, the runs of these alone."""
    return connection.execute(select(OpenAddress.url_id).where(_open(None, sources)).limit(1)).first() is not None


def _open(run_id: int | None, sources: Collection[str] | None = None) -> ColumnElement[bool]:
    """Return the condition that an address is open for a run; without one, for any that is under way and led."""
    if run_id is not None:
        return OpenAddress.run_id == run_id
    led = select(Run.id).join(Source, Source.id == Run.source_id).where(Run.status == RunStatus.RUNNING, _LED)
    if sources is not None:
        led = led.where(Source.name.in_(sources))
    return OpenAddress.run_id.in_(led)


def runs_of(connection: Connection, host: str) -> list[OpenRun]:
    """Return the runs under way that have open addresses on a host, the oldest first."""
    query = (
        select(Run.id, Run.run_key, Run.command, Run.options, Source.id.label("source_id"), Source.name)
        .join(Source, Source.id == Run.source_id)
        .where(Run.status == RunStatus.RUNNING, _LED)
        .where(Run.id.in_(select(OpenAddress.run_id).where(OpenAddress.host == host)))
        .order_by(Run.id)
    )
    return [
        OpenRun(
            run_id=row.id,
            run_key=row.run_key,
            source_id=row.source_id,
            source=row.name,
            order=Order(command=row.command, options=row.options),
        )
        for row in connection.execute(query)
    ]


def begin(
    connection: Connection, run_id: int, host: str, most: int, *, again: Collection[int] = ()
) -> tuple[list[int], list[tuple[int, str]]]:
    """Return the next open addresses of a run on a host, and those that too many processes have begun, as (id, URL).

    `again` holds the ids of addresses that this process has begun before and could not store as the database failed;
    beginning them again does not count as a try.
    """
    query = (
        select(Url.id, Url.url, OpenAddress.tries)
        .join(OpenAddress, OpenAddress.url_id == Url.id)
        .where(OpenAddress.run_id == run_id, OpenAddress.host == host)
        .order_by(Url.url)
        .limit(most)
    )
    rows = connection.execute(query).all()
    ids = [row.id for row in rows if row.id not in again]
    begun = update(OpenAddress).where(OpenAddress.run_id == run_id, OpenAddress.url_id.in_(ids))
    connection.execute(begun.values(tries=OpenAddress.tries + 1))
    taken = [row.id for row in rows if row.tries < MOST_TRIES or row.id in again]
    return taken, [(row.id, row.url) for row in rows if row.id not in taken]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many addresses processes have asked for, or read again, and how many of these had not changed."""

    requested: int = 0
    not_modified: int = 0
    unchanged: int = 0

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) - getattr(other, name) for name in COUNTED))


COUNTED = tuple(Counts.__dataclass_fields__)


def count(connection: Connection, run_id: int, process: str, done: Counts) -> None:
    """Add to what a process has done for a run."""
    upsert(connection, RunPart, [{"run_id": run_id, "process": process}], key=["run_id", "process"])
    added = {name: getattr(RunPart, name) + getattr(done, name) for name in COUNTED}
    connection.execute(update(RunPart).where(RunPart.run_id == run_id, RunPart.process == process).values(added))


def counted(connection: Connection, run_id: int) -> Counts:
    """Return what all processes have done for a run."""
    sums = [func.coalesce(func.sum(getattr(RunPart, name)), 0) for name in COUNTED]
    return Counts(*map(int, connection.execute(select(*sums).where(RunPart.run_id == run_id)).one()))


def without_leader(connection: Connection) -> dict[str, Order]:
    """Return, by source, the shared runs under way whose source nobody holds: their leader was lost."""
    query = (
        select(Source.name, Run.command, Run.options)
        .join(Source, Source.id == Run.source_id)
        .where(Run.status == RunStatus.RUNNING)
        .order_by(Run.id)
    )
    shared = {
        row.name: Order(command=row.command, options=row.options)
        for row in connection.execute(query)
        if row.options.get("shared")
    }
    led = leases.live(connection, [leases.source_lease(name) for name in shared])
    return {name: order for name, order in shared.items() if leases.source_lease(name) not in led}


def under_way(connection: Connection, sources: Collection[str]) -> list[str]:
    """Return the keys of the shared runs of some sources that have not ended."""
    query = select(Run.run_key, Run.options).join(Source, Source.id == Run.source_id).order_by(Run.id)
    query = query.where(Run.status == RunStatus.RUNNING, Source.name.in_(sources))
    return [row.run_key for row in connection.execute(query) if row.options.get("shared")]


def hosts_to_take(
    connection: Connection,
    run_id: int | None = None,
    *,
    limit: int | None = None,
    unless: Callable[[ColumnElement[str]], ColumnElement[bool]] = leases.is_live,
) -> list[str]:
    """Return the hosts with open addresses that nobody works on, of one run or of all that are under way.

    Args:
        connection: A transaction.
        run_id: The run; None for all.
        limit: Return this many at most.
        unless: Returns the condition, given the name of a host's lease, under which a host is left out as well.
    """
    lease = func.concat(leases.host_lease(""), OpenAddress.host)
    query = select(OpenAddress.host).distinct().where(_open(run_id), ~leases.is_live(lease), ~unless(lease))
    return list(connection.scalars(query.order_by(OpenAddress.host).limit(limit)))


def check_under_way(connection: Connection, run: Started) -> None:
    """Raise LeaseLost where a run was taken over by another one, or ended; it stays as it is until the commit."""
    query = select(Run.id).where(Run.id == run.run_id, Run.status == RunStatus.RUNNING)
    if connection.execute(query.with_for_update(read=True)).first() is None:
        raise LeaseLost(f"run {run.run_key}: it was taken over by a later run, or has ended")
