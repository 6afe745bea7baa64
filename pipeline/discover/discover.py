"""The discover stage: a source's listing, feed, sitemap or API pages, read one after the other, to links, each once.

It asks and reads through the functions that it is given, so that it knows neither the network nor the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.errors import PageError, SourceError, TemporaryFetchError
from pipeline.discover.paging import Fetch, Harvest, Hooks, Known, Read
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


async def discover(
    rules: Rules,
    *,
    fetch: Fetch,
    read: Read,
    known: Known,
    full: bool = False,
    since: str | None = None,
    token: str | None = None,
    save_token: Callable[[str | None], None] = lambda token: None,
    found: Callable[[Sequence[Link]], None] = lambda links: None,
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
        token: what an interrupted harvest resumes from.
        save_token: keeps that token, None at the end; called after `found` has had the links that came before it.
        found: is given the new links of each page, before the next is asked for.
        progress: is told how many documents were found, and how many there are if that is known.

    Raises:
        SourceError: the start cannot be read, robots.txt forbids it, or it lists no document at all.
    """
    since = None if full else since
    hooks = Hooks(fetch=fetch, read=read, known=known, save_token=save_token, found=found, progress=progress)
    harvest = Harvest(rules=rules, hooks=hooks, since=since)
    resumed = token is not None
    if rules.discover == "auto" and not rules.follow:
        await _choose(harvest)
    else:
        for name in (rules.discover, *OTHERWISE.get(rules.discover, ())):
            if await harvest.run(MECHANISMS[name].first(rules, since=_day_before(since), token=token)):
                break
            _raise_if_passing(harvest)
            token = None
    if not harvest.links and not harvest.nothing_new:
        raise SourceError(_why(rules, harvest))
    if harvest.finished:
        save_token(None)
    return Discovery(
        links=tuple(harvest.links.values()),
        removed=tuple(harvest.removed),
        mechanism=", ".join(harvest.mechanisms) or rules.discover,
        pages_read=harvest.pages_read,
        total_stated=harvest.total,
        complete=harvest.complete and not resumed,
        finished=harvest.finished,
        stopped_because=harvest.stopped_because,
        failures=tuple(harvest.failures),
        newest=max((link.modified for link in harvest.links.values() if link.modified), default=None),
    )


async def _choose(harvest: Harvest) -> None:
    """Ask each start page how the site tells of its documents; harvest by the first of these ways that gives any."""
    for request in MECHANISMS["auto"].first(harvest.rules, since=harvest.since, token=None):
        try:
            page = await harvest.hooks.fetch(request)
            if page is None:
                harvest.unchanged()
                continue
            ways = (await harvest.hooks.read(page, request, harvest.rules)).next
        except PageError as error:
            harvest.refused.append(error)
            continue
        for way in ways:
            harvest.pages[request.url] = page
            start = replace(harvest.rules, start=(way.url,))
            if await harvest.run(MECHANISMS[way.expect].first(start, since=_day_before(harvest.since), token=None)):
                break
            _raise_if_passing(harvest)


def _day_before(since: str | None) -> str | None:
    return (date.fromisoformat(since[:10]) - timedelta(days=1)).isoformat() if since else None


def _raise_if_passing(harvest: Harvest) -> None:
    """Raise SourceError where a site is only down for now: another way in would give less, and look like all."""
    if error := next((e for e in harvest.refused if isinstance(e, TemporaryFetchError)), None):
        raise SourceError(f"{error.url}: {error}")


def _why(rules: Rules, harvest: Harvest) -> str:
    """Return why a source gave nothing, with the remedy."""
    start = ", ".join(rules.start)
    if harvest.refused:
        error = harvest.refused[0]
        return f"nothing could be found from {start}: {error.url}: {error}"
    if rules.follow:
        return f"{' , '.join(rules.follow)!r} matches no link on {start}: mend `follow`"
    return f"no documents are listed on {start}: name their links with `follow`, or another way with `discover`"
