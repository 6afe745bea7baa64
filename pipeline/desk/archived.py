"""What is shown of archived bytes. Strangers' bytes are opened in limited processes alone, as in a run."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from models.errors import PageError
from pipeline.archive.replay import captured_page
from pipeline.desk.safe_copy import Printed, safe_copy
from pipeline.extract.pool import Readers
from pipeline.extract.worker import Shipment
from scrapers.pdf.picture import Picture, picture

if TYPE_CHECKING:
    from models.database.store import Store
    from scrapers.base import Page

SECONDS, MEMORY_MB, WORKERS = 5, 512, 2
"""Limits of the processes, and how many."""
PICTURES = 24
"""Pictures of pages that are kept."""


def copied(shipment: Shipment, printed: tuple[Printed, ...]) -> str:
    """Return the harmless copy of a page; runs in a reading process."""
    page = shipment.load()
    return safe_copy(page.content, page.header("content-type"), printed)


def pictured(shipment: Shipment, number: int, words: tuple[str, ...]) -> Picture:
    """Return a page of a PDF as a picture; runs in a reading process."""
    return picture(shipment.load().content, number, words)


class Archive:
    """The archive of a store, and the processes in which its bytes are opened; an async context manager."""

    def __init__(self, store: Callable[[], Store], folder: Path) -> None:
        self.store = store
        self.folder = folder
        self._stack = AsyncExitStack()
        self._pictures: OrderedDict[tuple[Any, ...], Picture] = OrderedDict()

    async def __aenter__(self) -> Archive:
        spool = self._stack.enter_context(TemporaryDirectory())
        self.readers = await self._stack.enter_async_context(
            Readers(workers=WORKERS, max_seconds=SECONDS, max_memory_mb=MEMORY_MB, spool=Path(spool))
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def page(self, capture: int) -> Page:
        """Return a captured page; raises PageError."""
        return captured_page(self.store(), self.folder, capture)

    async def copy(self, page: Page, printed: tuple[Printed, ...]) -> str:
        """Return the harmless copy of a web page; raises PageError."""
        text: str = await self._call(copied, page, printed)
        return text

    async def picture(self, page: Page, number: int, words: tuple[str, ...]) -> Picture:
        """Return a page of a PDF; the last ones are kept. Raises PageError."""
        key = (page.sha256, number, words)
        if key not in self._pictures:
            self._pictures[key] = await self._call(pictured, page, number, words)
            while len(self._pictures) > PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    async def _call(self, function: Any, page: Page, *arguments: object) -> Any:
        with self.readers.spare() as path:
            path.write_bytes(page.content)
            return await self.readers.call(function, page.url, Shipment.by_path(page, path), *arguments)


__all__ = ["Archive", "PageError"]
