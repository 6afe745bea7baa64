"""Statuses of runs, addresses and documents; stored, printed and exported as spelt here."""

from __future__ import annotations

from enum import StrEnum


class RunStatus(StrEnum):
    """The status of a run of one source."""

    RUNNING = "running"
    """Under way, or ended by a crash or an interruption: the next run takes its results over."""
    INTERRUPTED = "interrupted"
    """Ended early, and a later run has taken its results over."""
    DONE = "done"
    FAILED = "failed"
    """The source could not be read; nothing of it was published."""
    HELD = "held"
    """Its results look wrong and wait until a person accepts or rejects them."""
    ACCEPTED = "accepted"
    """Was held; a person accepted it, and its results were published."""
    REJECTED = "rejected"
    """Was held; a person rejected it, and its results were dropped."""
    SUPERSEDED = "superseded"
    """Was held, and a later run has taken its results over."""
    LOCKED = "locked"
    """Did not begin, as another run holds the source's lock; reported, never stored."""


class UrlStatus(StrEnum):
    """The status of an address."""

    NEW = "new"
    """No result of it is published yet."""
    LIVE = "live"
    GONE = "gone"
    FAILED = "failed"
    """Every try has failed; an address that succeeded once stays live while it fails."""


class DocumentStatus(StrEnum):
    """Whether a document is still published by its site."""

    LIVE = "live"
    GONE = "gone"


class Outcome(StrEnum):
    """The kind of a staged result."""

    DOCUMENT = "document"
    GONE = "gone"


class FailureStage(StrEnum):
    """The stage at which a failure occurred."""

    DISCOVER = "discover"
    FETCH = "fetch"
    EXTRACT = "extract"
    NORMALISE = "normalise"
