"""robots.txt of every origin: read before anything else there, kept for the run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from models.errors import FetchError, Forbidden, TemporaryFetchError
from pipeline.fetch.answers import Deferred
from pipeline.fetch.pacing import Clock
from pipeline.fetch.robots_txt import Robots

_KEPT_SECONDS = 24 * 3600.0
"""How long a robots.txt may be used (RFC 9309, 2.4)."""
_FAILED_SECONDS = 300.0
"""After this time a robots.txt that could not be read is fetched again."""


@dataclass(frozen=True, slots=True)
class _Known:
    robots: Robots | FetchError
    until: float


class RobotsGate:
    """Decides whether an address may be fetched, and the delay between two requests.

    RFC 9309, 2.3.1: after 4xx there are no rules (429 included, after its Retry-After); after 5xx, a time-out or
    endless redirects nothing may be fetched for now.

    Args:
        read: fetches and parses a robots.txt, retries included; raises FetchError with its `attempts`.
        clock: tells when a robots.txt is too old.
        max_crawl_delay: seconds; a host that asks for more is not fetched at all.
    """

    def __init__(self, read: Callable[[httpx.URL], Awaitable[Robots]], clock: Clock, max_crawl_delay: float) -> None:
        self._read = read
        self._clock = clock
        self._max_crawl_delay = max_crawl_delay
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def crawl_delay(self, url: httpx.URL, shown: str) -> float:
        """Return the host's Crawl-delay in seconds (0 without one); raises Forbidden or Deferred for a refused URL."""
        robots = await self._robots(url, shown)
        if not robots.allows(url.raw_path.decode("ascii")):
            raise Forbidden(shown, f"the robots.txt of {url.host} does not allow it")
        delay = robots.crawl_delay or 0.0
        if delay > self._max_crawl_delay:
            raise Forbidden(
                shown,
                f"the robots.txt of {url.host} asks for {delay:g} seconds between requests, more than "
                f"http.max_crawl_delay_seconds ({self._max_crawl_delay:g})",
            )
        return delay

    async def sitemaps(self, url: httpx.URL, shown: str) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt names."""
        return (await self._robots(url, shown)).sitemaps

    async def _robots(self, url: httpx.URL, shown: str) -> Robots:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            known = self._known.get(origin)
            if known is None or known.until <= self._clock.monotonic():
                known = await self._ask(url)
                self._known[origin] = known
        if isinstance(known.robots, Robots):
            return known.robots
        raise _passed_on(known.robots, url, shown)

    async def _ask(self, url: httpx.URL) -> _Known:
        try:
            robots: Robots | FetchError = await self._read(url.copy_with(raw_path=b"/robots.txt"))
        except FetchError as error:
            robots = error
        kept = _KEPT_SECONDS if isinstance(robots, Robots) else _FAILED_SECONDS
        return _Known(robots, self._clock.monotonic() + kept)


def _passed_on(error: FetchError, url: httpx.URL, shown: str) -> FetchError:
    """Return the failure of a robots.txt as the failure of an address on that host."""
    answered = bool(error.attempts) and error.attempts[-1].status is not None
    if not answered and not isinstance(error, TemporaryFetchError):
        return FetchError(shown, error.reason)  # the host itself: an unknown name, an internal address, a certificate
    reason = f"the robots.txt of {url.host} cannot be read, so nothing is fetched there for now: {error.reason}"
    return Deferred(shown, reason, getattr(error, "retry_after", None))
