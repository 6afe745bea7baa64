"""When a document is asked for again: pure, a moment out of what is known of it."""

from __future__ import annotations

from datetime import datetime, timedelta


def next_due(now: datetime, unchanged_since: datetime, revisit_days: float) -> datetime:
    """Return when to ask again: a quarter of the time for which it has stayed the same, one day to `revisit_days`."""
    wait = min(max((now - unchanged_since) / 4, timedelta(days=1)), timedelta(days=revisit_days))
    return now + wait
