"""Sources and runs: what needs a person on top, then each source with what its fields usually are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models.statuses import RunStatus
from pipeline.desk.figures import Filled, failures_by_reason, fill_rates, overdue, run_documents, run_requests
from pipeline.holdings.queries import one_run, runs_list, source_health
from scrapers.record import Record

if TYPE_CHECKING:
    from models.database.store import Store

SHOWN = ("title", "authors", "date_published", "body")
"""The fields that the list of sources follows."""
FALLEN = 0.2
"""By how much a field's share may lie under its usual one before it is pointed out."""


def all_sources(store: Store, configured: Sequence[str]) -> dict[str, Any]:
    """Return what the page of sources shows."""
    with store.read() as connection:
        health = source_health(connection, list(configured))
        late = overdue(connection, datetime.now(UTC))
        rates = {source["source"]: _main(fill_rates(connection, source["source"])) for source in health}
        runs = runs_list(connection, limit=12)
    return {
        "health": health,
        "needs": [need for one in health for need in _needs(one, late)],
        "rates": rates,
        "runs": runs,
    }


def one_source(store: Store, name: str, configured: Sequence[str]) -> dict[str, Any] | None:
    """Return what the page of a source shows, or None where there is none of that name."""
    with store.read() as connection:
        health = next((one for one in source_health(connection, list(configured)) if one["source"] == name), None)
        if health is None:
            return None
        late = overdue(connection, datetime.now(UTC))
        return {
            "source": health,
            "needs": _needs(health, late),
            "rates": fill_rates(connection, name),
            "failures": failures_by_reason(connection, name),
            "runs": runs_list(connection, source=name, limit=40),
            "fallen": FALLEN,
        }


def one_run_view(store: Store, what: str) -> dict[str, Any] | None:
    """Return what the page of a run shows, or None where there is none."""
    with store.read() as connection:
        run = one_run(connection, what)
        if run is None:
            return None
        return {
            "run": run,
            "documents": run_documents(connection, run["id"]),
            "requests": run_requests(connection, run["id"]),
        }


def _main(rates: list[Filled]) -> list[Filled]:
    """Return the fields that the list follows: of pages, or of files where there are no pages."""
    media = "page" if any(rate.media == "page" for rate in rates) else "file"
    known = {rate.field: rate for rate in rates if rate.media == media}
    return [known[name] for name in SHOWN if name in known]


def _needs(source: Record, late: dict[str, int]) -> list[dict[str, Any]]:
    """Return why a source needs a person, each with the command that helps."""
    name, last, needs = source["source"], source["last_run"], []
    if source["held"]:
        reasons = last["reasons"] if last else []
        needs.append(
            {
                "source": name, "what": "held back", "why": reasons,
                "commands": [f"ingest runs {source['held']} --accept", f"ingest runs {source['held']} --reject"],
                "run": source["held"],
            }
        )  # fmt: skip
    if last and last["status"] == RunStatus.FAILED:
        needs.append(
            {
                "source": name, "what": f"failed {source['streak']} times in a row", "why": last["reasons"],
                "commands": [f"ingest check {name}"], "run": last["run_key"],
            }
        )  # fmt: skip
    if late.get(name):
        why = [f"{late[name]:,} addresses have been due for more than a week"]
        needs.append(
            {"source": name, "what": "overdue", "why": why, "commands": [f"ingest run {name}"], "run": None}
        )  # fmt: skip
    return needs
