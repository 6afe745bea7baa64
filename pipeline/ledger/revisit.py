"""When a document is asked for again, out of how long it has stayed the same and how often it changed: pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sqrt

DAY = timedelta(days=1)

SLACK = timedelta(hours=2)
"""Taken off each wait: yesterday's run was later when it came to this document than today's is when it starts."""

UNDATED = 30.0
"""Days for which a document without a date is taken to have stayed the same when it is first seen."""

SPREAD = 0.3
"""By how much a wait may be shortened, so that what was first seen together is not asked for together ever after."""


def next_due(
    now: datetime,
    unchanged_since: datetime,
    revisit_days: float,
    *,
    published: str | None = None,
    watched_since: datetime | None = None,
    changes: int = 0,
    key: int = 0,
) -> datetime:
    """Return when to ask again, one day to `revisit_days` from now.

    Requests are spent where they find most: to keep `requests + rate of change * delay` low, the wait is one over the
    square root of that rate. Two things tell it: half a change in the time for which the document has stayed the same,
    as young documents change and old ones do not; and the changes seen in the time for which it was watched, as some
    never come to rest.

    Args:
        now: The moment.
        unchanged_since: When its content was last seen to differ; where it never was, when it was first seen.
        revisit_days: The longest wait.
        published: Its date of publication, whole or partial, since when it may have stayed the same.
        watched_since: When it was first seen.
        changes: How often its content was seen to differ since.
        key: Any number that differs from document to document.
    """
    if changes == 0:
        unchanged_since = min(unchanged_since, _began(published, unchanged_since))
    same = max((now - unchanged_since) / DAY, 0.0)
    watched = max((now - (watched_since or unchanged_since)) / DAY, 0.0)
    rate = 0.5 / (same + 1) + changes / (watched + 7)
    wait = min(max(1 / sqrt(rate), 1.0), revisit_days)
    wait = max(wait * (1 - SPREAD * (key * 0.6180339887498949 % 1)), 1.0)
    return now + wait * DAY - SLACK


def _began(published: str | None, first_seen: datetime) -> datetime:
    if not published:
        return first_seen - UNDATED * DAY
    return datetime.fromisoformat((published + "-01-01")[:10]).replace(tzinfo=UTC)
