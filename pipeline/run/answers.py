"""Where the answer for a due address comes from: the site, our archive, or a file that somebody else captured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from models.errors import FetchError
from models.upsert import chunks
from pipeline.archive.replay import page_at, places
from pipeline.fetch.settings import Fetched
from pipeline.ledger.due import Due, capture_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from pipeline.fetch.client import Client
    from pipeline.fetch.settings import SourceHttp
    from pipeline.ledger.lock import Fence
    from pipeline.ledger.transactions import Transactions
    from scrapers.base import Page


class Answers(Protocol):
    """A supplier of answers."""

    async def answer(self, due: Due) -> Fetched:
        """Return the answer for an address, or raise a FetchError."""


class SiteAnswers:
    """Fetches answers from the source's site."""

    def __init__(self, client: Client, http: SourceHttp, fence: Fence) -> None:
        self._client, self._http, self._fence = client, http, fence

    async def answer(self, due: Due) -> Fetched:
        """Return the site's answer; raises FetchError, and LeaseLost where another process may ask the site."""
        self._fence.check_here()
        return await self._client.fetch(due.request, overrides=self._http)


class ArchiveAnswers:
    """Reads captures of our own archive.

    Args:
        transactions: Of the store that says where the captures lie.
        folder: The archive.
        due: The addresses to answer, in about this order.
    """

    def __init__(self, transactions: Transactions, folder: Path, due: Iterable[Due]) -> None:
        self._transactions, self._folder = transactions, folder
        self._together: dict[int, list[int]] = {}
        """By capture id: the ids whose places are looked up in one statement."""
        self._places: dict[int, Row[Any]] = {}
        for some in chunks([capture_of(item) for item in due]):
            self._together |= dict.fromkeys(some, some)

    async def answer(self, due: Due) -> Fetched:
        """Return the archived answer; raises FetchError where the archive does not hold it whole."""
        key = capture_of(due)
        if key not in self._places:
            wanted = self._together.get(key, [key])
            self._places |= await self._transactions.read(lambda connection: places(connection, wanted))
        place = self._places.pop(key)
        try:
            return _answer(page_at(self._folder, place))
        except FetchError:
            # Its file may have been put on object storage, or compacted, since its place was looked up.
            now = (await self._transactions.read(lambda connection: places(connection, [key])))[key]
            if now == place:
                raise
            return _answer(page_at(self._folder, now))


class ImportAnswers:
    """Returns the pages of imported files, each once.

    Args:
        pages: By address.
    """

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = dict(pages)

    async def answer(self, due: Due) -> Fetched:
        """Return the page of an address."""
        return _answer(self._pages.pop(due.request.url))


def _answer(page: Page) -> Fetched:
    return Fetched(url=page.url, final_url=page.final_url, page=page, status=page.status)
