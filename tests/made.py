"""Documents made by hand, for the tests of what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy import text as sql

from models.database.store import Store, open_store, sqlite_path, upgrade
from models.ledger import Source
from pipeline.load.normalise import Document
from scrapers.base import Author, Found, Link
from scrapers.fields import Extracted

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    """Return a moment that many days after the first."""
    return MOMENT + timedelta(days=number)


def found(value: Any, origin: str = "label:Made:") -> Found[Any]:
    """Return a value as if it had been read."""
    return Found(value=value, raw=value if isinstance(value, str) else "as printed", origin=origin)


def made(
    url: str,
    *,
    title: str | None = "A title",
    body: str | None = None,
    authors: Sequence[str] = (),
    date: str | None = None,
    language: str | None = "en",
    files: Sequence[tuple[str, str]] = (),
    links: Sequence[Link] = (),
    through: Sequence[str] = (),
    claimed: Sequence[str] = (),
    media_type: str = "text/html",
    at: int = 0,
    source_id: int = 1,
    **fields: Any,
) -> Document:
    """Return a document; `files` are addresses with their links' texts, `through` the addresses that led to it."""
    values = {
        "title": found(title) if title else None,
        "body": found(body) if body else None,
        "authors": found(tuple(Author(name=name, kind="person") for name in authors)) if authors else None,
        "date_published": found(date) if date else None,
        "language": found(language) if language else None,
        **{name: found(value) for name, value in fields.items()},
    }
    present: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    all_links = (*(Link(url=address, text=text, rel="attachment") for address, text in files), *links)
    return Document(
        source_id=source_id,
        canonical_url=url,
        aliases=(*((address, "redirect") for address in through), (url, "final")),
        claimed=tuple(claimed),
        media_type=media_type,
        values=present,
        links=all_links,
        reading=Extracted(media_type=media_type, links=all_links, **present),
        capture_id=None,
        reader_version="1",
        retrieved_at=day(at),
    )


def text(topic: str, words: int = 120) -> str:
    """Return a text of that many words on one topic, unlike that on any other."""
    return " ".join(f"{topic}{number % 37 * (number % 11)}" for number in range(words))


@cache
def _new_sqlite() -> bytes:
    """Return an SQLite file of today's schema; to copy it takes a tenth of the time that the migrations take."""
    with TemporaryDirectory() as folder:
        open_store("new.db", base=Path(folder)).close()
        return (Path(folder) / "new.db").read_bytes()


def new_store(path: Path) -> Store:
    """Return a new SQLite store, empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_new_sqlite())
    return open_store(str(path), base=Path())


def as_of_confidence(connection: Connection) -> None:
    """Take a store of today back to the schema 0005: without leases and shared runs, and with few indexes."""
    migration = import_module("models.migrations.versions.0007_indexes")
    names = [f"ix_{table}_{'_'.join(columns)}" for table, columns in migration.INDEXES]
    names += [f"ix_document_{column}" for column in migration.PARTIAL]
    for name in names:
        connection.execute(sql(f"DROP INDEX {name}"))
    connection.execute(sql("CREATE INDEX ix_document_merged_into_id ON document (merged_into_id)"))
    connection.execute(sql("CREATE INDEX ix_failure_source_id ON failure (source_id)"))
    connection.execute(sql("CREATE INDEX ix_url_identity ON url (identity)"))
    later = (
        "document_counted",
        "revision_counted",
        "document_title_key",
        "document_least_sure",
        "provenance_confidence",
    )
    for name in later:
        connection.execute(sql(f"DROP INDEX ix_{name}"))
    connection.execute(sql("CREATE INDEX ix_document_source_id ON document (source_id)"))
    connection.execute(sql("DROP VIEW document_now"))
    for name in ("title_key", "least_sure"):
        connection.execute(sql(f"ALTER TABLE document DROP COLUMN {name}"))
    connection.execute(sql("ALTER TABLE staged ADD COLUMN retry_after FLOAT"))
    for column in ("remote", "stale"):
        connection.execute(sql(f"ALTER TABLE warc_file DROP COLUMN {column}"))
    for table in ("open_address", "run_part", "run_request", "scheduled", "lease", "word_stem"):
        connection.execute(sql(f"DROP TABLE {table}"))


def opened(store_url: str, *, with_source: bool = True) -> Store:
    """Return a store that is ready, with one source or empty."""
    path = sqlite_path(store_url, Path())
    if path is not None and not path.exists():
        new_store(path).close()
    upgrade(store_url, base=Path())
    store = open_store(store_url, base=Path())
    if with_source:
        with store.begin() as connection:
            connection.execute(insert(Source).values(name="acme", config={}, state={}, created_at=MOMENT))
    return store
