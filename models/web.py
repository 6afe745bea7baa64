"""Addresses, requests, captured answers with the place of their bytes, and staged results."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Word
from models.statuses import FailureStage, Outcome, UrlStatus


class Url(Base):
    """An address that a source leads to: its validators, when it is due, what the listing claims of it."""

    __tablename__ = "url"
    __table_args__ = (
        Index(None, "source_id", "due_at"),
        Index(None, "source_id", "requested_at"),
        Index(None, "identity", "source_id"),
    )

    id: Mapped[Key] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    """Canonical, as `scrapers.values.addresses.canonical` gives it."""
    identity: Mapped[str]
    source_id: Mapped[Key] = mapped_column(ForeignKey("source.id"))
    expect: Mapped[str] = mapped_column(default="document")
    """document or file."""
    claims: Mapped[dict[str, Any]] = mapped_column("said", key="claims", default=dict)
    """What the discovery mechanism claims of the document, by field."""
    modified: Mapped[str | None]
    """The time of change that the mechanism claims (`lastmod`); a later one makes the address due at once."""
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    """Validators (RFC 9110, 8.8); they take effect when the answer's result is published."""
    last_capture_id: Mapped[Key | None] = mapped_column(
        ForeignKey("capture.id", use_alter=True, ondelete="SET NULL"), index=True
    )
    status: Mapped[UrlStatus] = mapped_column(Word(UrlStatus), default=UrlStatus.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    """Number of consecutive runs in which the address failed."""
    first_seen_at: Mapped[datetime]
    listed_at: Mapped[datetime | None]
    requested_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    """When a fetch last found its content changed."""
    due_at: Mapped[datetime | None]
    """When it is fetched again; None: not on a schedule."""


class FetchAttempt(Base):
    """One request of one run."""

    __tablename__ = "fetch_attempt"
    __table_args__ = (UniqueConstraint("run_id", "url_id", "attempt"),)

    id: Mapped[Key] = mapped_column(primary_key=True)
    run_id: Mapped[Key] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    url_id: Mapped[Key] = mapped_column(ForeignKey("url.id", ondelete="CASCADE"), index=True)
    attempt: Mapped[int]
    conditional: Mapped[bool] = mapped_column(default=False)
    status: Mapped[int | None]
    error: Mapped[str | None]
    started_at: Mapped[datetime]
    seconds: Mapped[float]


class WarcFile(Base):
    """A WARC file of the archive and its committed length; bytes beyond that are a torn tail."""

    __tablename__ = "warc_file"

    id: Mapped[Key] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    """Relative to the archive's folder."""
    committed_length: Mapped[int] = mapped_column(BigInteger)
    remote: Mapped[str | None]
    """The folder on object storage that the file was put into; None while it lies in the archive's folder."""
    stale: Mapped[bool] = mapped_column(default=False)
    """Whether records of it were dropped: such a file is brought back from object storage, to be compacted."""


class Payload(Base):
    """Decoded content, stored once however many answers carry it."""

    __tablename__ = "payload"
    __table_args__ = (Index(None, "warc_file_id", "offset"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    warc_file_id: Mapped[Key] = mapped_column(ForeignKey("warc_file.id"))
    offset: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int] = mapped_column(BigInteger)
    """Length in bytes of the response record that holds the content, a gzip member."""


class Capture(Base):
    """One archived answer: enough to rebuild a Page."""

    __tablename__ = "capture"
    __table_args__ = (Index(None, "warc_file_id", "offset"),)

    id: Mapped[Key] = mapped_column(primary_key=True)
    url_id: Mapped[Key] = mapped_column(ForeignKey("url.id"), index=True)
    run_id: Mapped[Key | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"), index=True)
    url: Mapped[str]
    final_url: Mapped[str]
    redirects: Mapped[list[Any]] = mapped_column(default=list)
    status: Mapped[int]
    headers: Mapped[list[Any]] = mapped_column(default=list)
    media_type: Mapped[str]
    retrieved_at: Mapped[datetime]
    payload_sha256: Mapped[str] = mapped_column(ForeignKey("payload.sha256"), index=True)
    warc_file_id: Mapped[Key] = mapped_column(ForeignKey("warc_file.id"))
    offset: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int] = mapped_column(BigInteger)
    read_as: Mapped[str | None]
    """Fingerprint of what its document was published from (`pipeline.extract.version`), or None."""
    imported_from: Mapped[str | None]
    """The file that `ingest import` took it from; None where we fetched it."""
    imported_offset: Mapped[int | None] = mapped_column(BigInteger)
    """Offset of its record in that file, or in the unpacked data where the record does not begin a gzip member."""


class OpenAddress(Base):
    """An address of a run under way that any process may fetch, or read again from the archive; PostgreSQL only."""

    __tablename__ = "open_address"

    run_id: Mapped[Key] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    url_id: Mapped[Key] = mapped_column(ForeignKey("url.id", ondelete="CASCADE"), primary_key=True, index=True)
    host: Mapped[str] = mapped_column(index=True)
    """Where its answer comes from: a host (`pipeline.fetch.pacing.host_of`), or `file:` and the name of a WARC file."""
    tries: Mapped[int] = mapped_column(default=0)
    """How many processes have begun it; those before the last ended without a result."""


class Staged(Base):
    """A result that waits to be judged and published."""

    __tablename__ = "staged"
    __table_args__ = (UniqueConstraint("run_id", "url_id"),)

    id: Mapped[Key] = mapped_column(primary_key=True)
    run_id: Mapped[Key] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    url_id: Mapped[Key] = mapped_column(ForeignKey("url.id", ondelete="CASCADE"), index=True)
    capture_id: Mapped[Key | None] = mapped_column(ForeignKey("capture.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    stage: Mapped[FailureStage | None] = mapped_column(Word(FailureStage))
    """For `gone`: the stage that found the document gone."""
    reason: Mapped[str | None]
    reading: Mapped[dict[str, Any] | None]
    """The reading (`scrapers.record.ReadingRecord`)."""
    reader_version: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    staged_at: Mapped[datetime]
