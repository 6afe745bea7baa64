"""Whether a source is well, and its figures for Prometheus."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.holdings.health import health_of, openmetrics, used

NOW = datetime(2026, 3, 10, 4, 15, tzinfo=UTC)


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat().replace("+00:00", "Z")


def source(**changes: Any) -> dict[str, Any]:
    """Return the record of a source whose run of last night was good."""
    run = {"status": "done", "counts": {"requested": 4, "failed": 0}, "reasons": [], "started_at": ago(1)}
    return {
        "source": "acme",
        "configured": True,
        "enabled": True,
        "documents": 12,
        "gone": 1,
        "failures": 2,
        "next_due_at": ago(-1),
        "last_good_at": ago(1),
        "streak": 0,
        "held": None,
        "holder": None,
        **changes,
        "last_run": {**run, **changes["last_run"]} if changes.get("last_run") else changes.get("last_run", run),
    }


@pytest.mark.parametrize(
    ("changes", "word", "well"),
    [
        ({}, "well", True),
        ({"last_good_at": ago(2.9)}, "well", True),
        ({"last_good_at": ago(3.1)}, "stale", False),
        ({"last_good_at": None}, "stale", False),
        ({"last_good_at": ago(40), "enabled": False}, "stale", True),
        ({"last_run": {"status": "failed", "reasons": ["404"]}, "streak": 2}, "FAILED (2 in a row)", False),
        ({"last_run": {"status": "failed", "reasons": ["404"]}, "streak": 2, "enabled": False}, "FAILED (2", True),
        ({"last_run": {"status": "held", "reasons": ["half is missing"]}, "held": "run-1"}, "HELD BACK", False),
        ({"last_run": {"status": "running"}}, "interrupted", True),
        ({"last_run": {"status": "running"}, "last_good_at": ago(9)}, "stale", False),
        ({"last_run": {"status": "running"}, "last_good_at": ago(9), "holder": "process 1"}, "running", True),
        ({"last_run": {"counts": {"requested": 4, "failed": 4}}}, "ALL FAILED", False),
        ({"last_run": None, "last_good_at": None}, "never run", False),
        ({"last_run": None, "last_good_at": None, "enabled": False}, "never run", True),
        ({"configured": False, "enabled": False}, "not configured", True),
    ],
)
def test_a_source_is_well_or_not(changes: dict[str, Any], word: str, well: bool) -> None:
    health = health_of(source(**changes), NOW)
    assert health.word.startswith(word)
    assert health.well is well


def test_a_source_that_nobody_uses_is_told_apart() -> None:
    unused = source(last_run=None, documents=0, enabled=False)
    assert not used(unused)
    assert used({**unused, "enabled": True})
    assert used({**unused, "documents": 1})


def test_the_figures_are_text_that_prometheus_reads() -> None:
    held = source(source="other", held="run-2", last_run=None, last_good_at=None)
    text = openmetrics([source(), held], NOW)
    lines = text.splitlines()
    assert lines[-1] == "# EOF"
    kinds = [re.fullmatch(r"# TYPE (ingest_source_[a-z_]+) gauge", line) for line in lines]
    names = [kind[1] for kind in kinds if kind]
    assert len(names) == len(set(names)) >= 9
    samples = [re.fullmatch(r'(ingest_source_[a-z_]+)\{source="([a-z]+)"\} (-?\d+)', line) for line in lines]
    figures = {(found[1], found[2]): int(found[3]) for found in samples if found}
    assert len(figures) == len([line for line in lines if not line.startswith("#")])
    assert figures["ingest_source_documents", "acme"] == 12
    assert figures["ingest_source_well", "acme"] == 1
    assert figures["ingest_source_held", "other"] == 1
    assert figures["ingest_source_last_good_run_timestamp_seconds", "acme"] == int(NOW.timestamp()) - 86400
    assert ("ingest_source_last_run_timestamp_seconds", "other") not in figures
