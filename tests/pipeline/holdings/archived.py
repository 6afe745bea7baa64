"""A store of a few captured pages with its archive, written without a run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from models.database.store import Store
from models.upsert import upsert
from models.web import Capture, Payload, Url, WarcFile
from pipeline.archive import Archive
from scrapers.base import Page
from tests.made import day, new_store

SITE = "https://acme.test"


def captured(folder: Path, pages: Mapping[str, bytes], *, at: datetime | None = None) -> Store:
    """Return a store in the folder, with these contents by address captured into its subfolder `archive`."""
    store = new_store(folder / "ingest.db")
    with store.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO source (id, name, config, state, created_at) VALUES (1, 'acme', '{}', '{}', '2026-01-01')"
        )
    capture(store, folder / "archive", pages, at=at or day(0))
    return store


def capture(store: Store, archive_folder: Path, pages: Mapping[str, bytes], *, at: datetime) -> None:
    """Archive one answer more for each address, in a file of its own, and make it the address's last one."""
    with Archive(archive_folder, software="test") as archive, store.begin() as connection:
        for path, content in pages.items():
            _capture(connection, archive, SITE + path, content, at)


def _capture(connection: Connection, archive: Archive, url: str, content: bytes, at: datetime) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    stored = archive.append(Page(url=url, final_url=url, content=content, retrieved_at=at, sha256=sha256))
    rows = [{"name": name, "committed_length": length} for name, length in archive.sync().items()]
    upsert(connection, WarcFile, rows, key=["name"], update=["committed_length"])
    place = {
        "warc_file_id": connection.execute(select(WarcFile.id).where(WarcFile.name == stored.file)).scalar_one(),
        "offset": stored.offset,
        "length": stored.length,
    }
    held = {"sha256": sha256, "size": len(content), "media_type": "text/html", **place}
    upsert(connection, Payload, [held], key=["sha256"])
    address = {"source_id": 1, "url": url, "identity": url, "expect": "document", "first_seen_at": at, "due_at": at}
    upsert(connection, Url, [address], key=["url"])
    url_id = connection.execute(select(Url.id).where(Url.url == url)).scalar_one()
    answer = {"url_id": url_id, "url": url, "final_url": url, "status": 200, "media_type": "text/html"}
    made = insert(Capture).values(**answer, retrieved_at=at, payload_sha256=sha256, **place).returning(Capture.id)
    capture_id = connection.execute(made).scalar_one()
    connection.execute(Url.__table__.update().where(Url.id == url_id).values(last_capture_id=capture_id))  # type: ignore[attr-defined]


def warc_files(folder: Path) -> list[Path]:
    return sorted((folder / "archive").glob("*.warc.gz"))
