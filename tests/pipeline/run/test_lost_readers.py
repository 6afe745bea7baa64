"""A machine on which no reading process can be started: every source fails with the reason, and the exit code is 1."""

from __future__ import annotations

from pathlib import Path

from pipeline.run.report import exit_code
from tests.pipeline.run.in_process import configured, run
from tests.sites.keyed import KeyedSite
from tests.sites.server import serve


def test_a_run_without_reading_processes_fails_with_the_reason(tmp_path: Path) -> None:
    with serve(KeyedSite()) as site:
        sources = {name: {"start": f"{site.url}/{name}/library"} for name in ("plain", "terse")}
        extract = {"workers": 1, "max_memory_mb": 2**50}  # more than any process may be given
        reports = run(configured(tmp_path, {"extract": extract, "sources": sources}))
    assert exit_code(list(reports.values())) == 1
    for report in reports.values():
        assert report.status == "failed"
        assert "reading processes cannot be started" in report.reasons[0]
