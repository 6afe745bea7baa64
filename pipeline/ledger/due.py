"""What a run fetches (`Due`), where the answer comes from, and the outcome (`Result`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.errors import PageError
from models.statuses import FailureStage
from pipeline.extract.version import PublishedAs
from scrapers.base import Link, Request
from scrapers.record import ReadingRecord

if TYPE_CHECKING:
    from pipeline.fetch.settings import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSite:
    """The answer is fetched from the site."""

    landing: str | None = None
    """The address that was due, where it answered with a landing page and this request is for the file behind that."""
    attempts: int = 0
    """Number of attempts for that landing page; attempts for the file are numbered after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromArchive:
    """The answer is a capture in our own archive."""

    capture_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FromImport:
    """The answer is a record in a file that somebody else captured."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An address to process now; `url_id` is that of the address that was due, even where another is requested."""

    url_id: int
    request: Request
    where: FromSite | FromArchive | FromImport = field(default_factory=FromSite)
    """Where the answer comes from."""
    published: PublishedAs | None = None
    """For an answer from the archive: what it was published from; a reading with the same fingerprint is not loaded."""
    load: bool = True
    """False for a capture older than what the store holds: it is archived and not loaded."""


def capture_of(due: Due) -> int:
    """Return the id of the capture that answers an address; the answer must come from our archive."""
    assert isinstance(due.where, FromArchive)
    return due.where.capture_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome for one address."""

    due: Due
    fetched: Fetched | None = None
    """The answer, where one came."""
    reading: ReadingRecord | None = None
    """The reading; None for a 304, for a failure and for a file that is not to be read."""
    unchanged: bool = False
    """Whether the reading of an archived answer has the fingerprint of what was published."""
    error: PageError | None = None
    stage: FailureStage = FailureStage.FETCH
    """The stage at which the error occurred."""
    files: tuple[Link, ...] = ()
    """The files that the page links and the source's rules admit; they are fetched next."""
