"""Read captured pages from the archive, their bytes checked by SHA-256."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import aliased

from models.errors import FetchError, StoreError
from models.web import Capture, Payload, WarcFile
from pipeline.archive import Stored, read

if TYPE_CHECKING:
    from models.database.store import Store
    from scrapers.base import Page


def captured_page(store: Store, folder: Path, capture_id: int) -> Page:
    """Return the page of a capture, its bytes checked; raises FetchError that names file and offset."""
    with store.read() as connection:
        place = places(connection, [capture_id])[capture_id]
    return page_at(folder, place)


def places(connection: Connection, captures: Sequence[int]) -> dict[int, Row[Any]]:
    """Return the places of captures and of their payloads, by capture id."""
    holder = aliased(WarcFile)
    query: Select[*tuple[Any, ...]] = (
        select(
            Capture.id,
            WarcFile.name,
            WarcFile.remote,
            Capture.offset,
            Capture.length,
            Capture.url,
            Capture.payload_sha256,
            holder.name.label("payload_name"),
            holder.remote.label("payload_remote"),
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
    try:
        return read(folder, stored_at(row))
    except StoreError as error:
        raise FetchError(row.url, f"the archive does not hold it whole: {error}") from error


def stored_at(row: Row[Any]) -> Stored:
    """Return where the record of a capture lies, and that of its payload where it is another one."""
    content = Stored(
        file=row.payload_name,
        offset=row.payload_offset,
        length=row.payload_length,
        sha256=row.payload_sha256,
        remote=row.payload_remote,
    )
    if (row.name, row.offset) == (content.file, content.offset):
        return content
    return Stored(
        file=row.name,
        offset=row.offset,
        length=row.length,
        sha256=row.payload_sha256,
        payload=content,
        remote=row.remote,
    )
