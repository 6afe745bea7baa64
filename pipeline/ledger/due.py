"""What a run asks for (`Due`), where the answer comes from, and what became of it (`Result`)."""

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
    """The site is asked."""

    landing: str | None = None
    """The address that was due, where it gave a page in between and this request is for the file behind it."""
    attempts: int = 0
    """How many attempts the page in between took; those for the file are numbered after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromArchive:
    """A capture of our own archive is read again."""

    capture_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FromImport:
    """The answer lies in a file that somebody else captured."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An address to be dealt with now; `url_id` stays that of the address which led there."""

    url_id: int
    request: Request
    where: FromSite | FromArchive | FromImport = field(default_factory=FromSite)
    """Where the answer comes from."""
    published: PublishedAs | None = None
    """For an answer out of the archive: what it was published as; read alike again, there is nothing to do."""
    load: bool = True
    """False for a capture older than what the store holds: it is archived and not loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one address."""

    due: Due
    fetched: Fetched | None = None
    """The answer, where one came."""
    reading: ReadingRecord | None = None
    """What it says (`scrapers.record`); None for a 304, for a failure and for a file that is not to be read."""
    unchanged: bool = False
    """Read again out of the archive, it says what it was published as."""
    error: PageError | None = None
    stage: FailureStage = FailureStage.FETCH
    """Where the error arose."""
    files: tuple[Link, ...] = ()
    """The files that it links and that the source allows: they are asked for next."""
