"""The requests that a walk has left when its site asks it to wait, as they are kept until the next run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from models.errors import PageError, TemporaryFetchError
from scrapers.base import Request

MOST_REQUESTS = 5_000
"""A walk that has more left is not kept: the next run begins anew."""
LONGEST = timedelta(days=1)
"""After this time a listing is asked for again, however long the site said: it is a single request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The rest of a walk that a site asked us to pause."""

    requests: tuple[Request, ...]
    """The one that was refused first, then those that were to follow it."""
    seconds: float
    """How long the site asked to be left alone (Retry-After)."""

    def until(self, now: datetime) -> datetime:
        """Return when the next run may go on."""
        return now + timedelta(seconds=min(self.seconds, LONGEST.total_seconds()))

    def kept(self) -> list[dict[str, Any]]:
        """Return the requests as JSON can hold them; none where they are too many to keep."""
        if len(self.requests) > MOST_REQUESTS:
            return []
        return [
            {
                "url": request.url,
                "expect": request.expect,
                "state": dict(request.state),
                "headers": dict(request.headers),
                "form": None if request.form is None else [list(item) for item in request.form],
            }
            for request in self.requests
        ]


def read_back(kept: Iterable[Mapping[str, Any]]) -> tuple[Request, ...]:
    """Return the requests that `Waiting.kept` gave."""
    return tuple(
        Request(
            url=row["url"],
            expect=row["expect"],
            state=row["state"],
            headers=row["headers"],
            form=None if row["form"] is None else tuple((name, value) for name, value in row["form"]),
        )
        for row in kept
    )


def seconds_to_wait(error: PageError) -> float | None:
    """Return for how long a site asked to be left alone, where the fetch stage did not wait that long; else None."""
    return error.retry_after if isinstance(error, TemporaryFetchError) else None
