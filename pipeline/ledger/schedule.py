"""Schedules: workers ask for a run of a source at its moments, once, however many workers there are.

A schedule is written in cron's notation and met by the database's clock, in UTC. Moments that passed while no worker
was there are met once, by the first that comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection, select, update

from models import leases
from models.ledger import Scheduled
from models.upsert import upsert
from pipeline.ledger.shared import Order, request

MINUTE = timedelta(minutes=1)


def ask_for_due(connection: Connection, schedules: Mapping[str, str], order: Order) -> list[str]:
    """Ask for a run of each source whose schedule has come to a moment since it was last met; return their names.

    A source that no worker has seen before is first run at its next moment.
    """
    now = leases.now(connection)
    met = {row.source: row.moment for row in connection.execute(select(Scheduled.source, Scheduled.moment))}
    minute = now.replace(second=0, microsecond=0)
    last = {source: last_moment(schedule, minute) for source, schedule in schedules.items()}
    fresh = [{"source": source, "moment": last[source]} for source in sorted(last.keys() - met.keys())]
    upsert(connection, Scheduled, fresh, key=["source"])
    asked = []
    for source in sorted(met.keys() & last.keys()):
        if met[source] < last[source] and _meet(connection, source, last[source]):
            request(connection, source, order, now)
            asked.append(source)
    return asked


def _meet(connection: Connection, source: str, moment: datetime) -> bool:
    """Mark a schedule as met; return False where another worker has done so: the later of two waits for the first."""
    own = update(Scheduled).where(Scheduled.source == source, Scheduled.moment < moment).values(moment=moment)
    return connection.execute(own).rowcount == 1


@lru_cache(maxsize=1000)
def last_moment(schedule: str, minute: datetime) -> datetime:
    """Return the last moment of a schedule at or before a full minute."""
    from croniter import croniter

    found: datetime = croniter(schedule, minute + MINUTE).get_prev(datetime)
    return found
