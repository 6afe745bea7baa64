"""What all kinds of runs share: a task says what is due and where its answers come from, the flow does the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.config import Config, Source
    from pipeline.discover.discover import Discovery
    from pipeline.extract.pool import Readers
    from pipeline.fetch.client import Client
    from pipeline.fetch.settings import SourceHttp
    from pipeline.ledger.due import Due
    from pipeline.ledger.lock import Locks
    from pipeline.ledger.runs import Started
    from pipeline.ledger.transactions import Transactions
    from pipeline.ledger.writer import Writer
    from pipeline.run.answers import Answers
    from pipeline.run.report import Progress, Report
    from scrapers.base import Rules

T = TypeVar("T")

Lead = Callable[["SourceRun", "Batch"], Awaitable[None]]
"""Lets all processes that share a store read a batch of a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Addresses to fetch, archive, read and stage, and where their answers come from."""

    due: list[Due]
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """The step that loads what is staged."""

    judged: bool
    """Whether it is judged first; where it is unusual for the source, the run ends here and is held."""


class Task(Protocol):
    """A kind of run: a run by cron, a rerun, an import, a list of addresses."""

    @property
    def command(self) -> str:
        """The name of the kind in the ledger."""

    @property
    def fetches(self) -> bool:
        """Whether sites are fetched from; False where all answers are stored."""

    @property
    def discovers(self) -> bool:
        """Whether the source's listing is read first."""

    def given(self) -> dict[str, Any]:
        """Return the options that the ledger records."""

    async def discover(self, run: SourceRun) -> Discovery | None:
        """Read the source's listing into the ledger and return what it lists; None where none is read."""

    def steps(self, run: SourceRun) -> AsyncIterator[Batch | Settle]:
        """Yield the steps in order; each is done before the next is taken."""


@runtime_checkable
class Shareable(Task, Protocol):
    """A task whose batches all processes that share a store can read."""

    def again(self, connection: Connection, run: Started, ids: Collection[int]) -> list[Due]:
        """Return what to process of some addresses of a batch, in another process than that of `steps`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the sources of one process share."""

    config: Config
    locks: Locks
    transactions: Transactions
    client: Client | None
    """None where no site is fetched from."""
    readers: Readers
    writer: Writer
    in_memory: asyncio.Semaphore
    """Limits how many answers wait to be read."""
    lead: Lead | None
    """Lets all processes that work on its hosts read a batch; None where this process reads it alone."""
    waits: bool
    """Whether a source that another run holds is waited for."""
    progress: Progress
    now: Callable[[], datetime]

    @property
    def archive(self) -> Path:
        """The archive's folder."""
        return self.config.archive


@dataclass(slots=True, kw_only=True)
class SourceRun:
    """The run of one source under way."""

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
    """Number of all addresses, where the task knows it before its batches."""
    since: str | None = None
    """Documents published before that date (`2019`, `2019-05`, `2019-05-23`) are archived and not loaded."""
    reads: bool = True
    """False where stored readings are loaded again and nothing is read."""

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Return work(connection), called in a transaction; raises LeaseLost where the source's lock was lost."""

        def fenced(connection: Connection) -> T:
            self.started.fence.check(connection)
            return work(connection)

        return await self.shared.transactions.write(fenced)
