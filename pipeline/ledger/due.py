"""What a run asks for (`Due`) and what came of it (`Result`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import PageError
from models.statuses import FailureStage
from pipeline.extract.version import PublishedAs
from scrapers.base import Link, Request
from scrapers.record import Record

if TYPE_CHECKING:
    from pipeline.fetch.settings import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An address to be asked for now; `url_id` stays that of the address which led there."""

    url_id: int
    request: Request
    published: PublishedAs | None = None
    """Of an answer out of the archive: what it was published as, if nothing needs to be done where that is so still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one address."""

    due: Due
    fetched: Fetched | None = None
    """The answer, where one came."""
    reading: Record | None = None
    """What it says (`scrapers.record`); None for a 304, for a failure and for a file that is not to be read."""
    unchanged: bool = False
    """Read again out of the archive, it says what it was published as."""
    error: PageError | None = None
    stage: FailureStage = FailureStage.FETCH
    """Where the error arose."""
    files: tuple[Link, ...] = ()
    """The files that it links and that the source allows: they are asked for next."""
