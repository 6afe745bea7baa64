"""Leases: who may work on a source or a host, where several machines share one PostgreSQL store.

A lease is a row: its holder, an epoch that grows with each holder, and the moment until which it is held. All moments
are the database's, so that no machine's clock decides. A holder renews its lease; when it stops, another takes over.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, tuple_, update
from sqlalchemy.sql.functions import Function

from models.errors import LeaseLost
from models.ledger import Lease
from models.upsert import upsert


@dataclass(frozen=True, slots=True)
class Grant:
    """A lease as it was given to a holder."""

    name: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn of one request to a host."""

    host: str
    until: datetime
    """When it ends by itself, by the database's clock."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a lease."""

    holder: str
    about: str
    since: datetime
    live: bool
    """Whether it is held until a moment that has not come yet."""


def take(connection: Connection, name: str, *, holder: str, about: str, seconds: float) -> Grant | None:
    """Take a lease that nobody holds now; return None where somebody does.

    Args:
        connection: A transaction; the lease is taken when it is committed.
        name: `source:acme`, `host:example.org`.
        holder: The process, by a name that no other process has.
        about: The holder, described for a person.
        seconds: How long it is held without being renewed.
    """
    upsert(connection, Lease, [{"name": name, "epoch": 0}], key=["name"])
    free = or_(Lease.holder.is_(None), Lease.until < _now())
    taken = (
        update(Lease)
        .where(Lease.name == name, free)
        .values(holder=holder, about=about, epoch=Lease.epoch + 1, since=_now(), until=_now() + _interval(seconds))
        .returning(Lease.epoch)
    )
    epoch = connection.execute(taken).scalar_one_or_none()
    return None if epoch is None else Grant(name, epoch)


def renew(connection: Connection, holder: str, grants: list[Grant], seconds: float) -> set[Grant]:
    """Hold leases for that many seconds from now; return those that the holder still had."""
    renewed = (
        update(Lease)
        .where(Lease.holder == holder, _any_of(grants), Lease.until > _now())
        .values(until=_now() + _interval(seconds))
        .returning(Lease.name, Lease.epoch)
    )
    return {Grant(row.name, row.epoch) for row in connection.execute(renewed)}


def release(connection: Connection, holder: str, grant: Grant) -> None:
    """Give a lease back; nothing happens where another has taken it over."""
    connection.execute(
        update(Lease).where(Lease.holder == holder, _any_of([grant])).values(holder=None, until=None, about=None)
    )


def fence(connection: Connection, holder: str, grant: Grant) -> None:
    """Raise LeaseLost unless the lease is held, and let nobody take it before the caller's transaction ends.

    Every transaction with effects begins with this call.
    """
    held = select(Lease.epoch).where(Lease.holder == holder, _any_of([grant]), Lease.until > _now())
    if connection.execute(held.with_for_update(read=True)).first() is None:
        raise LeaseLost(f"{grant.name}: the lease was lost, and another process may have taken it over")


def holding(connection: Connection, name: str) -> Holding | None:
    """Return who holds a lease, or held it last without giving it back; None where nobody does."""
    row = connection.execute(
        select(Lease.holder, Lease.about, Lease.since, (Lease.until > _now()).label("live")).where(
            Lease.name == name, Lease.holder.is_not(None)
        )
    ).one_or_none()
    return None if row is None else Holding(row.holder, row.about, row.since, row.live)


def held_by(connection: Connection, beginning: str) -> list[tuple[str, str]]:
    """Return the leases, as (name, holder), whose holder's name begins with `beginning`."""
    query = select(Lease.name, Lease.holder).where(Lease.holder.startswith(beginning, autoescape=True))
    return [(row.name, row.holder) for row in connection.execute(query)]


def expire(connection: Connection, name: str, holder: str) -> None:
    """Free the lease of a holder that is known to be dead."""
    connection.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(holder=None, until=None))


def take_turn(connection: Connection, host: str, *, seconds: float) -> Turn | float:
    """Take a host's turn for one request, for that many seconds at most; or return the seconds until it is free.

    Every request to the host needs its turn, whether or not the sender holds the host's lease.
    """
    name = host_lease(host)
    upsert(connection, Lease, [{"name": name, "epoch": 0}], key=["name"])
    free = or_(Lease.not_before.is_(None), Lease.not_before <= _now())
    taken = update(Lease).where(Lease.name == name, free).values(not_before=_now() + _interval(seconds))
    until = connection.execute(taken.returning(Lease.not_before)).scalar_one_or_none()
    if until is not None:
        return Turn(host, until)
    left = func.extract("epoch", Lease.not_before - _now())
    return max(float(connection.execute(select(left).where(Lease.name == name)).scalar_one()), 0.001)


def end_turn(connection: Connection, turn: Turn, *, delay: float) -> None:
    """Let the next request to a host begin `delay` seconds from now; nothing happens where the turn ended before."""
    held = (Lease.name == host_lease(turn.host), Lease.not_before == turn.until)
    connection.execute(update(Lease).where(*held).values(not_before=_now() + _interval(delay)))


def pause(connection: Connection, host: str, *, seconds: float) -> None:
    """Stop all requests to a host for that many seconds; a longer pause that was asked for before stays."""
    name = host_lease(host)
    upsert(connection, Lease, [{"name": name, "epoch": 0}], key=["name"])
    later = func.greatest(Lease.not_before, _now() + _interval(seconds))
    connection.execute(update(Lease).where(Lease.name == name).values(not_before=later))


def source_lease(source: str) -> str:
    """Return the name of a source's lease."""
    return f"source:{source}"


def host_lease(host: str) -> str:
    """Return the name of the lease of a host, as `pipeline.fetch.pacing.host_of` names it."""
    return f"host:{host}"


def is_live(name: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the SQL condition that the lease of that name is held now, for use in other statements."""
    return exists().where(Lease.name == name, Lease.holder.is_not(None), Lease.until > _now())


def live(connection: Connection, names: Collection[str]) -> set[str]:
    """Return which of the leases are held now."""
    held = select(Lease.name).where(Lease.name.in_(names), Lease.holder.is_not(None), Lease.until > _now())
    return set(connection.scalars(held))


def now(connection: Connection) -> datetime:
    """Return the database's time, in UTC."""
    found: datetime = connection.execute(select(_now())).scalar_one()
    return found.astimezone(UTC)


def _any_of(grants: list[Grant]) -> Any:
    if len(grants) == 1:
        return and_(Lease.name == grants[0].name, Lease.epoch == grants[0].epoch)
    return tuple_(Lease.name, Lease.epoch).in_([(grant.name, grant.epoch) for grant in grants])


def _now() -> Function[Any]:
    return func.clock_timestamp()


def _interval(seconds: float) -> Function[Any]:
    return func.make_interval(0, 0, 0, 0, 0, 0, seconds)
