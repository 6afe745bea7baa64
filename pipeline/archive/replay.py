"""The fetch stage of a rerun: it answers from the archive, not from the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import aliased

from models.errors import FetchError, StoreError
from models.upsert import chunks
from models.web import Capture, Payload, WarcFile
from pipeline.archive import Stored, read
from pipeline.fetch.settings import Fetched

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.fetch.settings import SourceHttp
    from pipeline.ledger.due import Due
    from scrapers.base import Page, Request

BATCH = 200
"""Captures whose places are looked up at once."""


class Replay:
    """Answers a request whose state names a capture; a client without a network."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._batches: dict[int, list[int]] = {}
        """Each capture that is expected, with those whose places are looked up together with its own."""
        self._places: dict[int, Row[Any]] = {}

    def expect(self, due: Iterable[Due]) -> None:
        """Be told what will be asked for, in about this order."""
        for batch in chunks((int(item.request.state["capture"]) for item in due), BATCH):
            self._batches |= dict.fromkeys(batch, batch)

    async def fetch(self, request: Request, *, overrides: SourceHttp | None = None) -> Fetched:
        """Return the archived answer; raises FetchError where the archive does not hold it whole."""
        key = int(request.state["capture"])
        if key not in self._places:
            with self._store.read() as connection:
                self._places |= places(connection, self._batches.get(key, [key]))
        page = page_at(self._folder, self._places.pop(key))
        return Fetched(url=page.url, final_url=page.final_url, page=page, status=page.status)


def captured_page(store: Store, folder: Path, capture_id: int) -> Page:
    """Return the page of a capture, its bytes checked; raises FetchError that names file and offset."""
    with store.read() as connection:
        place = places(connection, [capture_id])[capture_id]
    return page_at(folder, place)


def places(connection: Connection, captures: Sequence[int]) -> dict[int, Row[Any]]:
    """Return where captures lie, and their content, by their ids."""
    holder = aliased(WarcFile)
    query: Select[*tuple[Any, ...]] = (
        select(
            Capture.id,
            WarcFile.name,
            Capture.offset,
            Capture.length,
            Capture.url,
            Capture.payload_sha256,
            holder.name.label("payload_name"),
            Payload.offset.label("payload_offset"),
            Payload.length.label("payload_length"),
        )
        .join(WarcFile, WarcFile.id == Capture.warc_file_id)
        .join(Payload, Payload.sha256 == Capture.payload_sha256)
        .join(holder, holder.id == Payload.warc_file_id)
        .where(Capture.id.in_(captures))
    )
    return {row.id: row for row in connection.execute(query)}


def page_at(folder: Path, row: Row[Any]) -> Page:
    """Return the page that lies at a place, its bytes checked; raises FetchError that names file and offset."""
    content = Stored(
        file=row.payload_name, offset=row.payload_offset, length=row.payload_length, sha256=row.payload_sha256
    )
    stored = Stored(file=row.name, offset=row.offset, length=row.length, sha256=row.payload_sha256, payload=content)
    try:
        return read(folder, content if (row.name, row.offset) == (content.file, content.offset) else stored)
    except StoreError as error:
        raise FetchError(row.url, f"the archive does not hold it whole: {error}") from error
