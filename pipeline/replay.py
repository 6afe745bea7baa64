"""The fetch stage of a rerun: it answers from the archive, not from the network."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from models.errors import FetchError, StoreError
from models.web import Capture, Payload, WarcFile
from pipeline.archive import Stored, read
from pipeline.fetch.settings import Fetched

if TYPE_CHECKING:
    from models.store import Store
    from pipeline.fetch.settings import SourceHttp
    from scrapers.base import Page, Request


class Replay:
    """Answers a request whose state names a capture; a client without a network."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder

    async def fetch(self, request: Request, *, overrides: SourceHttp | None = None) -> Fetched:
        """Return the archived answer; raises FetchError where the archive does not hold it whole."""
        page = captured_page(self._store, self._folder, int(request.state["capture"]))
        return Fetched(url=page.url, final_url=page.final_url, page=page, status=page.status)


@cache
def _place() -> Select[*tuple[Any, ...]]:
    """Return the query for where a capture lies: made once, for a rerun asks it of every document."""
    holder = aliased(WarcFile)
    return (
        select(
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
        .where(Capture.id == bindparam("key"))
    )


def captured_page(store: Store, folder: Path, capture_id: int) -> Page:
    """Return the page of a capture, its bytes checked; raises FetchError that names file and offset."""
    with store.read() as connection:
        row = connection.execute(_place(), {"key": capture_id}).one()
    content = Stored(
        file=row.payload_name, offset=row.payload_offset, length=row.payload_length, sha256=row.payload_sha256
    )
    stored = Stored(file=row.name, offset=row.offset, length=row.length, sha256=row.payload_sha256, payload=content)
    try:
        return read(folder, content if (row.name, row.offset) == (content.file, content.offset) else stored)
    except StoreError as error:
        raise FetchError(row.url, f"the archive does not hold it whole: {error}") from error
