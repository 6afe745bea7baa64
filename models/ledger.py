"""Sources, their runs and failures, and the statistics of each field over a run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Word
from models.statuses import FailureStage, RunStatus


class Source(Base):
    """A resource centre, as configured when it was last run."""

    __tablename__ = "source"

    id: Mapped[Key] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    config: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The source's configuration without secrets; a rerun uses it where the source was removed since."""
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What discovery resumes from: `token` (of a walk cut short), `since`, `full_at`; `gaps`: what the list lacks."""
    created_at: Mapped[datetime]


class Run(Base):
    """One run of one source; these rows are the ledger."""

    __tablename__ = "run"
    __table_args__ = (Index(None, "source_id", "started_at"),)

    id: Mapped[Key] = mapped_column(primary_key=True)
    run_key: Mapped[str] = mapped_column(unique=True)
    """`20261122T213500Z-acme-3f9c`: readable, and unique without asking the database."""
    source_id: Mapped[Key] = mapped_column(ForeignKey("source.id"))
    command: Mapped[str]
    """run, rerun, import."""
    status: Mapped[RunStatus] = mapped_column(Word(RunStatus))
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """discovered, requested, not_modified, staged, new, changed, unchanged, gone, failed."""
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    """Why the run failed or was held, one sentence a reason."""
    version: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class RunPart(Base):
    """What one process has done for a run that several processes share."""

    __tablename__ = "run_part"

    run_id: Mapped[Key] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    process: Mapped[str] = mapped_column(primary_key=True)
    requested: Mapped[int] = mapped_column(default=0)
    not_modified: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)


class RunRequest(Base):
    """A run of a source that was left to the workers and has not begun yet (`--enqueue`, or a schedule)."""

    __tablename__ = "run_request"

    source: Mapped[str] = mapped_column(primary_key=True)
    """Its name: the source may never have been run."""
    command: Mapped[str] = mapped_column(primary_key=True)
    """run, rerun."""
    options: Mapped[dict[str, Any]]
    requested_at: Mapped[datetime]


class Scheduled(Base):
    """Up to when a source's schedule was met: workers have asked for a run at its last moment before or at that."""

    __tablename__ = "scheduled"

    source: Mapped[str] = mapped_column(primary_key=True)
    """Its name: the source may never have been run."""
    moment: Mapped[datetime]


class Lease(Base):
    """Who may work on a source or a host, on PostgreSQL (`models.leases`); SQLite has one machine and needs none."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    """`source:acme`, `host:example.org`."""
    holder: Mapped[str | None]
    """The process, by a name that no other process has; None where nobody holds the lease."""
    about: Mapped[str | None]
    """The holder, described for a person."""
    epoch: Mapped[int]
    """Grows by one with each holder."""
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    """For a host: the moment before which no request is sent to it."""


class FieldStatistic(Base):
    """Statistics of one field over one run; the drift of later runs is judged against them."""

    __tablename__ = "field_statistic"

    run_id: Mapped[Key] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    media: Mapped[str] = mapped_column(primary_key=True)
    """page or file; counted apart, as pages and files fill different fields."""
    field: Mapped[str] = mapped_column(primary_key=True)
    documents: Mapped[int]
    filled: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Lengths, distinct values, range of dates, share from each origin, examples."""


class Forgotten(Base):
    """An address taken down on request: refused from then on."""

    __tablename__ = "forgotten"

    identity: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    reason: Mapped[str]
    forgotten_at: Mapped[datetime]


class Failure(Base):
    """What could not be done, why, and when it is tried again."""

    __tablename__ = "failure"
    __table_args__ = (UniqueConstraint("source_id", "stage", "subject"), Index(None, "source_id", "subject"))

    id: Mapped[Key] = mapped_column(primary_key=True)
    source_id: Mapped[Key] = mapped_column(ForeignKey("source.id"))
    run_id: Mapped[Key | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"), index=True)
    stage: Mapped[FailureStage] = mapped_column(Word(FailureStage))
    subject: Mapped[str]
    """The address (or the source's name)."""
    reason: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    next_retry_at: Mapped[datetime | None]
    """None: the ceiling on attempts is reached, or trying again cannot help until the content changes."""
