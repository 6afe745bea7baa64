"""The discover stage: a source's listing, feed, sitemap or API pages, read one after the other, to links, each once.

It asks and reads through the functions that it is given, so that it knows neither the network nor the store.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.errors import PageError, SourceError, TemporaryFetchError
from pipeline.discover.paging import Fetch, Hooks, Known, ListingWalk, Read
from scrapers.base import Link, Rules
from scrapers.discovery import MECHANISMS, OTHERWISE


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What a source lists."""

    links: tuple[Link, ...]
    """Each document once, by identity, in the order found."""
    removed: tuple[str, ...] = ()
    """Addresses that the mechanism says were deleted."""
    mechanism: str
    pages_read: int
    total_stated: int | None = None
    complete: bool
    """Whether the whole listing was read: a known document that is not among `links` may have been removed."""
    finished: bool
    """Whether nothing new was missed: the next run may ask for what came since this one began."""
    stopped_because: str
    """Why no further page was read, in words."""
    failures: tuple[PageError, ...] = ()
    """Pages of the listing that failed while others were read."""
    newest: str | None = None
    """The latest change that the site told of (ISO 8601)."""

    def next_since(self, began: str, before: str | None) -> str:
        """Return what the next run passes as `since`: the newest change told of, as a site's clock is not ours.

        Args:
            began: when this run began (ISO 8601, UTC), or the run that it resumed.
            before: the `since` of this run.
        """
        if self.newest is None:
            return before or began
        return min(began, max(self.newest, before or ""))


async def _ignore(_: object) -> None:
    """Keep nothing, as a look at a site without a store does."""


async def _none_known(_: object) -> set[str]:
    """Know no document, as a look at a site without a store does."""
    return set()


async def discover(
    rules: Rules,
    *,
    fetch: Fetch,
    read: Read,
    known: Known = _none_known,
    full: bool = False,
    since: str | None = None,
    token: str | None = None,
    save_token: Callable[[str | None], Awaitable[None]] = _ignore,
    found: Callable[[Sequence[Link]], Awaitable[None]] = _ignore,
    progress: Callable[[int, int | None], None] = lambda found, total: None,
) -> Discovery:
    """Return what a source lists: all of it where `full` or without `since`, else at least what is new since then.

    Args:
        rules: how the source is read.
        fetch: answers a request with a page, or None where it has not changed (304); raises PageError.
        read: calls `MECHANISMS[request.expect].read` on a page, in a limited process; raises PageError.
        known: which of some identities the store holds already.
        full: read to the end, whatever is known.
        since: when the last whole discovery began (ISO 8601); None if there was none, and all is read.
        token: what an interrupted walk resumes from.
        save_token: keeps that token, None at the end; called after `found` has had the links that came before it.
        found: is given the new links of each page, before the next is asked for.
        progress: is told how many documents were found, and how many there are if that is known.

    Raises:
        SourceError: the start cannot be read, robots.txt forbids it, or it lists no document at all.
    """
    since = None if full else since
    hooks = Hooks(fetch=fetch, read=read, known=known, save_token=save_token, found=found, progress=progress)
    walk = ListingWalk(rules=rules, hooks=hooks, since=since)
    resumed = token is not None
    if rules.discover == "auto" and not rules.follow:
        await _choose(walk)
    else:
        for name in (rules.discover, *OTHERWISE.get(rules.discover, ())):
            if await walk.run(MECHANISMS[name].first(rules, since=_day_before(since), token=token)):
                break
            _raise_if_passing(walk)
            token = None
    if not walk.links and not walk.nothing_new:
        raise SourceError(_why(rules, walk))
    if walk.finished:
        await save_token(None)
    return Discovery(
        links=tuple(walk.links.values()),
        removed=tuple(walk.removed),
        mechanism=", ".join(walk.mechanisms) or rules.discover,
        pages_read=walk.pages_read,
        total_stated=walk.total,
        complete=walk.complete and not resumed,
        finished=walk.finished,
        stopped_because=walk.stopped_because,
        failures=tuple(walk.failures),
        newest=max((link.modified for link in walk.links.values() if link.modified), default=None),
    )


async def _choose(walk: ListingWalk) -> None:
    """Ask each start page how the site tells of its documents; walk by the first of these ways that gives any."""
    for request in MECHANISMS["auto"].first(walk.rules, since=walk.since, token=None):
        try:
            page = await walk.hooks.fetch(request)
            if page is None:
                walk.unchanged()
                continue
            ways = (await walk.hooks.read(page, request, walk.rules)).next
        except PageError as error:
            walk.refused.append(error)
            continue
        for way in ways:
            walk.pages[request.url] = page
            start = replace(walk.rules, start=(way.url,))
            if await walk.run(MECHANISMS[way.expect].first(start, since=_day_before(walk.since), token=None)):
                break
            _raise_if_passing(walk)


def _day_before(since: str | None) -> str | None:
    return (date.fromisoformat(since[:10]) - timedelta(days=1)).isoformat() if since else None


def _raise_if_passing(walk: ListingWalk) -> None:
    """Raise SourceError where a site is only down for now: another way in would give less, and look like all."""
    if error := next((e for e in walk.refused if isinstance(e, TemporaryFetchError)), None):
        raise SourceError(f"{error.url}: {error}")


def _why(rules: Rules, walk: ListingWalk) -> str:
    """Return why a source gave nothing, with the remedy."""
    start = ", ".join(rules.start)
    if walk.refused:
        error = walk.refused[0]
        return f"nothing could be found from {start}: {error.url}: {error}"
    if rules.follow:
        return f"{' , '.join(rules.follow)!r} matches no link on {start}: mend `follow`"
    return f"no documents are listed on {start}: name their links with `follow`, or another way with `discover`"
