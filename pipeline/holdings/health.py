"""Whether a source is well, judged from its runs: for `ingest status`, for monitors, and as figures for Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from models.statuses import RunStatus
from scrapers.record import Record

STALE_AFTER = timedelta(days=3)
"""A source without a good run for this long is stale, if it is run every night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is to be said of a source."""

    word: str
    well: bool
    reasons: tuple[str, ...] = ()


def health_of(source: Record, now: datetime, stale_after: timedelta = STALE_AFTER) -> Health:
    """Return the health of a source.

    Args:
        source: A record of `queries.source_health`, with `enabled` and `holder` (who runs it now).
        now: The present time.
        stale_after: For how long a source may be without a good run.
    """
    health = _judged(source, now, stale_after)
    return health if source["enabled"] else replace(health, well=True)  # nobody expects a disabled source to be well


def _judged(source: Record, now: datetime, stale_after: timedelta) -> Health:
    last, good = source["last_run"], source["last_good_at"]
    if not source["configured"]:
        return Health(word="not configured", well=True)
    if last is None:
        return Health(word="never run", well=False)
    if source["held"]:
        return Health(word="HELD BACK", well=False, reasons=tuple(last["reasons"]))
    if source["holder"]:
        return Health(word="running", well=True)
    if last["status"] == RunStatus.FAILED:
        return Health(word=f"FAILED ({source['streak']} in a row)", well=False, reasons=tuple(last["reasons"]))
    counts = last["counts"]
    if counts.get("failed", 0) >= counts.get("requested", 0) > 0:
        return Health(word="ALL FAILED", well=False, reasons=(f"all {counts['requested']} requests failed",))
    if good is None or now - datetime.fromisoformat(good) > stale_after:
        since = f"no good run since {good[:16].replace('T', ' ')} UTC" if good else "no good run yet"
        return Health(word="stale", well=False, reasons=(since,))
    if last["status"] == RunStatus.RUNNING:
        return Health(word="interrupted", well=True, reasons=("its last run was cut short; the next goes on from it",))
    return Health(word="well", well=True)


def used(source: Record) -> bool:
    """Return whether there is anything to say of a source: it is enabled, or something is held of it."""
    return bool(source["enabled"] or source["last_run"] or source["documents"])


GAUGES: tuple[tuple[str, str, Callable[[Record], Any]], ...] = (
    ("documents", "Documents that are live.", lambda source: source["documents"]),
    ("documents_gone", "Documents that their site has removed.", lambda source: source["gone"]),
    ("failures", "Addresses that failed and are still tried.", lambda source: source["failures"]),
    ("enabled", "Whether it takes part in plain runs.", lambda source: int(source["enabled"])),
    ("held", "Whether a run waits for a verdict.", lambda source: int(source["held"] is not None)),
    ("bad_runs", "Runs that failed or were held since the last good one.", lambda source: source["streak"]),
    ("last_run_timestamp_seconds", "When its last run began.", lambda source: _seconds(_begun(source))),
    ("last_good_run_timestamp_seconds", "When its last good run ended.", lambda s: _seconds(s["last_good_at"])),
    ("next_due_timestamp_seconds", "When a document is due next.", lambda source: _seconds(source["next_due_at"])),
)
"""The figures of a source, each with its help; what is None is left out."""


def openmetrics(sources: Iterable[Record], now: datetime, stale_after: timedelta = STALE_AFTER) -> str:
    """Return the figures of sources in the text format of OpenMetrics 1.0, which Prometheus reads as well."""
    sources = list(sources)
    gauges = (
        *GAUGES,
        ("well", "Whether `ingest status --check` finds no fault.", lambda s: int(health_of(s, now, stale_after).well)),
    )
    lines = []
    for name, told, value in gauges:
        lines += [f"# TYPE ingest_source_{name} gauge", f"# HELP ingest_source_{name} {told}"]
        figures = [(source["source"], value(source)) for source in sources]
        lines += [f'ingest_source_{name}{{source="{label}"}} {found}' for label, found in figures if found is not None]
    return "\n".join([*lines, "# EOF"])


def _begun(source: Record) -> str | None:
    return None if source["last_run"] is None else str(source["last_run"]["started_at"])


def _seconds(moment: str | None) -> int | None:
    return None if moment is None else int(datetime.fromisoformat(moment).timestamp())
