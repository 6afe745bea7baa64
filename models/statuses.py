"""The words for what became of a run, an address, a document; stored, printed and exported as they stand here."""

from __future__ import annotations

from enum import StrEnum


class RunStatus(StrEnum):
    """What became of a run of one source."""

    RUNNING = "running"
    """Under way, or ended by a crash or an interruption: the next run takes its results over."""
    INTERRUPTED = "interrupted"
    """Ended early, and a later run has taken its results over."""
    DONE = "done"
    FAILED = "failed"
    """The source could not be read; nothing of it was published."""
    HELD = "held"
    """Its results look wrong and wait for a person's verdict."""
    ACCEPTED = "accepted"
    """Was held; a person has had its results published."""
    REJECTED = "rejected"
    """Was held; a person has had its results dropped."""
    SUPERSEDED = "superseded"
    """Was held, and a later run has taken its results over."""
    LOCKED = "locked"
    """Did not begin, as another run holds the source; only reported, never stored."""


class UrlStatus(StrEnum):
    """What became of an address."""

    NEW = "new"
    """Nothing of it is published yet."""
    LIVE = "live"
    GONE = "gone"
    FAILED = "failed"
    """It never went well; an address that did once stays live while it fails."""


class DocumentStatus(StrEnum):
    """Whether a document is still published by its site."""

    LIVE = "live"
    GONE = "gone"


class Outcome(StrEnum):
    """What a staged result is."""

    DOCUMENT = "document"
    GONE = "gone"


class FailureStage(StrEnum):
    """Where a failure arose."""

    DISCOVER = "discover"
    FETCH = "fetch"
    EXTRACT = "extract"
    NORMALISE = "normalise"
