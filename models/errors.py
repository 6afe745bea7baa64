"""Every error that the program raises on purpose, named by what a run does next.

    IngestError
    ├── ConfigError              the command ends with 2 before its first request
    ├── PageError(url)           recorded in `failure`; the run goes on
    │   ├── FetchError
    │   │   ├── TemporaryFetchError   tried again, then recorded
    │   │   ├── Forbidden             robots.txt, 401, 403, a bot challenge
    │   │   └── TooLarge
    │   └── ExtractError
    │       ├── NotADocument          a soft 404, a sign-in form, a challenge, an image ...
    │       ├── FieldMissing(field)
    │       └── UnreadablePdf
    ├── SourceError              the source's run fails; other sources go on
    │   └── ReadersLost          no reading process can run on this machine: every source fails, exit 1
    ├── StoreError               the store cannot be used: nothing was written, exit 1
    ├── OutputError              what a command prints cannot be written: exit 1
    └── Locked(holder)           another run holds the lock: exit 75

A message is one sentence that names the thing and, where there is one, the remedy. It never holds a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try of a fetch, for the ledger."""

    number: int
    status: int | None
    """None when no answer came."""
    error: str | None
    """The reason of the failure, or None."""
    started_at: datetime
    seconds: float


class IngestError(Exception):
    """The root of these errors; any other exception is a bug."""

    exit_code = 1


class ConfigError(IngestError):
    """The configuration or a command's arguments are wrong; nothing was requested or written."""

    exit_code = 2


class OutputError(IngestError):
    """What a command prints cannot be written, as the disk is full; what it did is done."""


class PageError(IngestError):
    """One address failed; it becomes a row of `failure` and the run goes on."""

    exit_code = 3

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)  # both, so that the error can be unpickled from a child process
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class FetchError(PageError):
    """There was no answer, or an incomplete one; an immediate retry would not help."""

    attempts: tuple[Attempt, ...] = ()
    """The attempts in order, where the HTTP client raised the error."""


class TemporaryFetchError(FetchError):
    """A temporary fault (a time-out, a 503): tried again within the run, then recorded with a time for the next try."""

    def __init__(self, url: str, reason: str, retry_after: float | None = None) -> None:
        super().__init__(url, reason)
        self.args = (url, reason, retry_after)
        self.retry_after = retry_after
        """Seconds that the server asks the client to wait (Retry-After), or None."""


class Forbidden(FetchError):
    """The site does not want this fetched: robots.txt, 401, 403, or a challenge for browsers."""


class TooLarge(FetchError):
    """The answer went over `max_bytes`, decoded, and was dropped."""


class Gone(FetchError):
    """404 or 410: the only answers from which removal is inferred."""

    def __init__(self, url: str, reason: str, status: int = 404) -> None:
        super().__init__(url, reason)
        self.args = (url, reason, status)
        self.status = status


class ExtractError(PageError):
    """The bytes came whole but could not be read."""


class NotADocument(ExtractError):
    """The bytes are not a document but an error page, a sign-in form, a challenge, an image."""


class FieldMissing(ExtractError):
    """A required field was not found; nothing is stored without it."""

    def __init__(self, url: str, field: str) -> None:
        super().__init__(url, f"no {field} found on the page")
        self.args = (url, field)
        self.field = field


class UnreadablePdf(ExtractError):
    """Encrypted, damaged beyond reading, or without text."""


class SourceError(IngestError):
    """A whole source failed: its start page, too few documents, a selector that never matches."""

    exit_code = 3


class ReadersLost(SourceError):
    """No reading process can be started: memory, processes or limits of this machine do not allow it."""

    exit_code = 1


class StoreError(IngestError):
    """The store is foreign, corrupt, too new, locked, or cannot be written; it was left as it was."""


class Conflict(StoreError):
    """The server cancelled a transaction because another one changed the same rows; nothing of it was kept."""


class StoreNotReady(StoreError):
    """There is no store yet, or its schema is older than the code; opening it for writing creates or migrates it."""


class Locked(IngestError):
    """Another process works on the same source."""

    exit_code = 75


class LeaseLost(Locked):
    """This process did not renew its lease in time; what it does from now on has no effect."""
