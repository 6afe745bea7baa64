"""Make a lost store anew out of our own archive: each of its files is imported as the run that wrote it.

The records name their sources. A process wrote its runs into a file of its own, whose name begins with the time: so the
files in order are the runs in order, and what was held back is held back again, as each is judged by those before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.statuses import RunStatus
from models.web import WarcFile
from pipeline.archive.files import alone
from pipeline.archive.record import SOURCE
from pipeline.run.importing.files import Files
from pipeline.run.importing.inputs import RESTORED
from pipeline.run.importing.records import WarcRecord, records
from pipeline.run.run import open_shared, run_source
from pipeline.run.settings import source_http, utc_now

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from models.database.store import Store
    from pipeline.config import Config, Source
    from pipeline.run.importing.inputs import Input
    from pipeline.run.report import Progress, Report

OURS = b"software: ingest/"
"""What the first record of a file of our own archive begins with."""


def is_ours(inputs: Sequence[Input]) -> bool:
    """Return whether all files are of an archive of this program, and name the sources of their answers."""
    return all(item.kind == "warc" and _is_ours(item) for item in inputs)


def _is_ours(item: Input) -> bool:
    first = next(records(item.path, lambda _: len(OURS), len(OURS)), None)
    return isinstance(first, WarcRecord) and first.block == OURS and bool(sources_of([item]))


def sources_of(inputs: Sequence[Input]) -> list[str]:
    """Return the names of the sources whose answers the files hold, in their order."""
    found = (record.get(SOURCE.lower()) for item in inputs for record in _heads(item))
    return list(dict.fromkeys(name for name in found if name))


def _heads(item: Input) -> Iterator[WarcRecord]:
    """Yield the records of a file without their blocks."""
    return (record for record in records(item.path, lambda _: 0, 0) if isinstance(record, WarcRecord))


async def restore(
    config: Config,
    store: Store,
    inputs: Sequence[Input],
    sources: dict[str, Source],
    progress: Progress,
    *,
    clock: Callable[[], datetime] = utc_now,
) -> list[Report]:
    """Import the files of an archive one after the other; return a report a source, which has the sums of its runs."""
    reports: dict[str, Report] = {}
    async with open_shared(config, store, _Silent(), fetches=False, clock=clock) as shared:
        for item in sorted(inputs, key=lambda one: one.path.name):
            for name in await asyncio.to_thread(sources_of, [item]):
                task = Files(inputs=(item,), restored=True)
                report = await run_source(shared, task, name, sources[name], source_http(name, sources[name]))
                reports[name] = _added(reports[name], report) if name in reports else report
    for report in reports.values():
        progress.finished(report)
    return list(reports.values())


def set_aside(store: Store, inputs: Sequence[Input]) -> list[Path]:
    """Rename the files that were archived anew, and return them under their new names; what the store knows stays."""
    with store.read() as connection:
        known = set(connection.scalars(select(WarcFile.name)))
    aside = []
    for item in inputs:
        with alone(item.path) as free:
            if free and item.path.name not in known:
                aside.append(item.path.rename(item.path.with_name(item.path.name + RESTORED)))
    return aside


def _added(before: Report, report: Report) -> Report:
    """Return the report of a source's last run with the figures of those before it."""
    report.published.add(before.published)
    failed = before.failed + report.failed
    failures = [*before.first_failures, *report.first_failures][: len(report.first_failures) or 3]
    worse = before.status if before.status is RunStatus.FAILED else report.status
    return replace(
        report,
        status=worse,
        discovered=before.discovered + report.discovered,
        requested=before.requested + report.requested,
        failed=failed,
        first_failures=failures,
        reasons=[*(before.reasons if before.status is RunStatus.FAILED else []), *report.reasons],
    )


class _Silent:
    """An observer of the runs, which are told together at the end."""

    def discovered(self, *_: object) -> None:
        """Tell nothing."""

    planned = done = fetched = waits = finished = discovered
