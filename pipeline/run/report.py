"""The outcome of each source of a run (`Report`), the observer of a run (`Progress`), and the exit code."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Protocol

from models.statuses import RunStatus
from pipeline.ledger.due import Result
from pipeline.load.publish import PublishCounts

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Report:
    """The outcome of one source."""

    source: str
    run_key: str | None = None
    status: RunStatus = RunStatus.FAILED
    discovered: int = 0
    requested: int = 0
    not_modified: int = 0
    failed: int = 0
    first_failures: list[tuple[str, str]] = field(default_factory=list)
    """Some of the addresses that failed, each with its reason."""
    unchanged: int = 0
    """Documents whose new reading has the fingerprint of what was published."""
    published: PublishCounts = field(default_factory=PublishCounts)
    reasons: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, result: Result) -> None:
        """Count the result of one address."""
        self.requested += 1
        self.unchanged += result.unchanged
        self.not_modified += result.fetched is not None and result.fetched.not_modified
        if result.error is not None:
            log.info("%s of %s failed: %s", result.stage, result.due.request.url, result.error.reason)

    def counts(self) -> dict[str, int]:
        """Return the counts for the ledger."""
        loaded = self.published
        return {
            "discovered": self.discovered,
            "requested": self.requested,
            "not_modified": self.not_modified,
            "new": loaded.new,
            "changed": loaded.changed,
            "unchanged": self.unchanged + loaded.unchanged,
            "gone": loaded.gone,
            "failed": self.failed,
        }


class Progress(Protocol):
    """An observer of a run."""

    def discovered(self, source: str, found: int, total: int | None) -> None:
        """Receive the number of documents that a source has listed so far, and the stated total."""

    def planned(self, source: str, addresses: int) -> None:
        """Receive the number of addresses to process."""

    def done(self, source: str, result: Result) -> None:
        """Receive the result of each address."""

    def fetched(self, source: str, addresses: int, total: int) -> None:
        """Receive how many addresses all processes have fetched so far, where several share a run."""

    def waits(self, source: str, why: str) -> None:
        """Receive that a source is held by another run, which is waited for, and who that is."""

    def finished(self, report: Report) -> None:
        """Receive the report of each source."""


EXIT_CODES = {
    RunStatus.DONE: 0,
    RunStatus.FAILED: 3,
    RunStatus.HELD: 4,
    RunStatus.LOCKED: 75,
    RunStatus.INTERRUPTED: 130,
}
"""The statuses that a report may have, and the exit code for each."""


def exit_code(reports: list[Report]) -> int:
    """Return the exit code of a command for the reports of its sources."""
    if not reports:
        return 0
    if all(report.status is RunStatus.FAILED for report in reports):
        return 1
    return max(max(EXIT_CODES[report.status], 3 if report.failed else 0) for report in reports)


def report_record(report: Report) -> dict[str, object]:
    """Return a source's report as JSON."""
    return {
        "source": report.source,
        "run": report.run_key,
        "status": report.status,
        **report.counts(),
        "reasons": report.reasons,
        "seconds": round(report.seconds, 1),
    }
