"""Read a batch in this process: fetch, archive and extract each address, and stage the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.extract.version import reader_version
from pipeline.ledger.due import Due, Result
from pipeline.run.crawl import Crawl

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.run.task import Batch, SourceRun


async def read_here(
    run: SourceRun, batch: Batch, stored: Callable[[Connection, Result, list[Due]], list[Due]] | None = None
) -> None:
    """Return when every address of a batch is staged or failed, and the files that its pages link.

    Args:
        run: The run of the addresses' source.
        batch: The addresses, and where their answers come from.
        stored: Called in the transaction that stores a result, with the files to fetch next; returns those that are
            fetched here.
    """
    shared, version = run.shared, reader_version(run.rules)
    shared.progress.planned(run.started.source, run.planned or len(batch.due))
    shared.readers.expect(len(batch.due))

    async def keep(result: Result) -> list[Due]:
        run.report.count(result)
        shared.progress.done(run.started.source, result)
        if result.unchanged and stored is None:
            return []  # nothing is to be stored
        return await shared.writer.put(
            run.started,
            result,
            reader_version=version,
            revisit_days=run.source.revisit_days,
            keep=result.due.load and _recent(result, run.since),
            stored=stored,
        )

    await Crawl(run.rules, batch.answers, shared.readers, keep, in_memory=shared.in_memory).work(batch.due)


def _recent(result: Result, since: str | None) -> bool:
    """Return whether a document was published since then (`--since`); True for one without a date."""
    if since is None or result.reading is None:
        return True
    date = result.reading["values"].get("date_published")
    return date is None or date["value"] >= since[: len(date["value"])]
