"""When to fetch a document again, from how long it has stayed the same and how often it changed; pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sqrt

DAY = timedelta(days=1)

SLACK = timedelta(hours=2)
"""Taken off each wait: a daily run starts earlier in the day than the run before reached this document."""

UNDATED = 30.0
"""Days for which a document without a date counts as unchanged when it is first seen."""

SPREAD = 0.3
"""Share by which a wait may be shortened, so that documents first seen together are not always fetched together."""


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
    """Return when to fetch again, one day to `revisit_days` from now.

    The wait that minimises `requests + rate of change * delay` is one over the square root of the rate of change. The
    rate is estimated as a sum: half a change over the time for which the document has stayed the same, as young
    documents change and old ones do not; and the changes seen over the time for which it was watched, as some never
    stop changing.

    Args:
        now: The present time.
        unchanged_since: When its content was last found changed, or else first seen.
        revisit_days: The longest wait.
        published: Its date of publication, whole or partial; it may have stayed the same since then.
        watched_since: When it was first seen.
        changes: How often its content was found changed since then.
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
