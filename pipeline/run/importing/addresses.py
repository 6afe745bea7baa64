"""A list of addresses, fetched like the links of a listing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from pipeline.ledger import addresses
from pipeline.run.answers import SiteAnswers
from pipeline.run.task import Batch, Settle, SourceRun
from scrapers.base import Link

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from pipeline.ledger.due import Due
    from pipeline.ledger.runs import Started


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Fetches the addresses of a list that are due, and files that were linked before."""

    file: str
    urls: tuple[str, ...]
    command: ClassVar[str] = "import"
    fetches: ClassVar[bool] = True
    discovers: ClassVar[bool] = False

    def given(self) -> dict[str, Any]:
        """Return the options that the ledger records."""
        return {"files": [self.file], "addresses": len(self.urls)}

    async def discover(self, run: SourceRun) -> None:
        """Read no listing."""

    async def steps(self, run: SourceRun) -> AsyncIterator[Batch | Settle]:
        """Yield the due addresses of the list, then the step that judges and loads their results."""
        shared = run.shared
        assert shared.client is not None
        due = await run.write(partial(self.due, run=run.started, now=shared.now()))
        yield Batch(due=due, answers=SiteAnswers(shared.client, run.http, run.started.fence))
        yield Settle(judged=True)

    def due(self, connection: Connection, run: Started, now: datetime) -> list[Due]:
        """Add the addresses to the source and return those that are due."""
        addresses.add_links(
            connection, run.source_id, [Link(url=url) for url in self.urls], "document", now, listed=False
        )
        listed = set(self.urls)
        due = addresses.due(connection, run, now, full=False)
        return [item for item in due if item.request.url in listed or item.request.expect == "file"]

    def origins(self) -> tuple[str, ...]:
        """Return the origins of the addresses (`https://host`), each once."""
        return tuple(dict.fromkeys("{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in self.urls))
