"""What every kind of run is made of: a task says what is due and whose answers count, the flow does the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pipeline.config import Config, Source
    from pipeline.discover.discover import Discovery
    from pipeline.extract.pool import Readers
    from pipeline.fetch.client import Client
    from pipeline.fetch.settings import SourceHttp
    from pipeline.ledger.due import Due
    from pipeline.ledger.runs import Started
    from pipeline.ledger.transactions import Transactions
    from pipeline.ledger.writer import Writer
    from pipeline.run.answers import Answers
    from pipeline.run.report import Progress, Report
    from scrapers.base import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Addresses to be fetched, archived, read and staged, and who answers for them."""

    due: list[Due]
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """What is staged is to be loaded."""

    judged: bool
    """Whether it is judged first, to be what this source usually gives; if it is not, the run ends here, held back."""


class Task(Protocol):
    """A kind of run: a run by cron, a rerun, an import, a list of addresses."""

    @property
    def command(self) -> str:
        """What the ledger calls it."""

    @property
    def fetches(self) -> bool:
        """Whether sites are asked; False where all answers are at hand."""

    @property
    def discovers(self) -> bool:
        """Whether the source's listing is read first."""

    def given(self) -> dict[str, Any]:
        """Return what the ledger keeps of how it was asked for."""

    async def discover(self, run: SourceRun) -> Discovery | None:
        """Read the source's listing into the ledger and return what it lists; None where none is read."""

    def steps(self, run: SourceRun) -> AsyncIterator[Batch | Settle]:
        """Yield what is to be done, in order. Each step is done before the next is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the sources of one process share."""

    config: Config
    transactions: Transactions
    client: Client | None
    """None where no site is asked."""
    readers: Readers
    writer: Writer
    in_memory: asyncio.Semaphore
    """How many answers may wait for their reading at once."""
    progress: Progress
    now: Callable[[], datetime]

    @property
    def archive(self) -> Path:
        """The archive's folder."""
        return self.config.archive


@dataclass(slots=True, kw_only=True)
class SourceRun:
    """One source's run on its way."""

    shared: Shared
    started: Started
    """Its row in the ledger."""
    source: Source
    rules: Rules
    http: SourceHttp
    report: Report
    listed: Discovery | None = None
    """What the source lists, once its listing is read."""
    planned: int | None = None
    """How many addresses there are in all, where the task knows that before its batches."""
    since: str | None = None
    """Documents published before that date (`2019`, `2019-05`, `2019-05-23`) are archived and not loaded."""
    reads: bool = True
    """False where stored readings are loaded again and nothing is read."""
