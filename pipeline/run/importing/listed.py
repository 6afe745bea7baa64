"""A list of addresses, fetched as what a listing leads to is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from scrapers.base import Link

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.ledger.due import Due
    from pipeline.ledger.runs import Started


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What an import fetches from the network: the listed addresses that are due, and files that were linked before."""

    file: str
    urls: tuple[str, ...]
    fetch: ClassVar = True
    stage: ClassVar = "extract"
    command: ClassVar = "import"

    def given(self) -> dict[str, Any]:
        """Return what the ledger keeps of it."""
        return {"files": [self.file], "addresses": len(self.urls)}

    def due(self, connection: Connection, run: Started) -> list[Due]:
        """Make the addresses known to the source and return what is to be asked for."""
        from pipeline.ledger import addresses

        now = datetime.now(UTC)
        addresses.add_links(
            connection, run.source_id, [Link(url=url) for url in self.urls], "document", now, listed=False
        )
        listed = set(self.urls)
        due = addresses.due(connection, run, now, full=False)
        return [item for item in due if item.request.url in listed or item.request.expect == "file"]

    def origins(self) -> tuple[str, ...]:
        """Return where they lie: `https://host`, each once."""
        return tuple(dict.fromkeys("{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in self.urls))
