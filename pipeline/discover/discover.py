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
    gaps: tuple[str, ...] = ()
    """What is known to be missing from `links`, a sentence each: a stated total that was not reached, a pager that
    cannot be followed, a cap of ours, a mechanism that failed and was replaced by another. With any, the listing is
    not complete and the run ends with exit code 3."""
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
    before: str | None = None,
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
        before: the mechanism of the last run, `Discovery.mechanism`: where it fails now, no other takes its place.
        save_token: keeps that token, None at the end; called after `found` has had the links that came before it.
        found: is given the new links of each page, before the next is asked for.
        progress: is told how many documents were found, and how many there are if that is known.

    Raises:
        SourceError: the start cannot be read, robots.txt forbids it, it lists no document at all, or the mechanism
            that gave the documents before fails now.
    """
    since = None if full else since
    hooks = Hooks(fetch=fetch, read=read, known=known, save_token=save_token, found=found, progress=progress)
    walk = ListingWalk(rules=rules, hooks=hooks, since=since, resumed=token is not None)
    worked = frozenset((before or "").split(", ")) - {""}
    if rules.discover == "auto" and not rules.follow:
        await _choose(walk, worked)
        if worked and walk.mechanisms and not worked & walk.mechanisms.keys():
            now = ", ".join(walk.mechanisms)
            walk.gap(f"the documents were found by {before} before, and by {now} now: some may be missing")
    else:
        closed: str | None = None
        for name in (rules.discover, *OTHERWISE.get(rules.discover, ())):
            if await walk.run(MECHANISMS[name].first(rules, since=_day_before(since), token=token)):
                if closed:
                    walk.gap(_replaced(closed, name))
                break
            closed = closed or _closed(walk, name, worked)
            token = None
    if not (walk.links or walk.nothing_new or (walk.removed and not walk.causes)):
        raise SourceError(_why(rules, walk))
    if walk.ended:
        await save_token(None)
    return Discovery(
        links=tuple(walk.links.values()),
        removed=tuple(walk.removed),
        mechanism=", ".join(walk.mechanisms) or rules.discover,
        pages_read=walk.pages_read,
        total_stated=walk.total,
        complete=walk.complete and not walk.resumed,
        finished=walk.finished,
        stopped_because=walk.stopped_because,
        gaps=tuple(walk.gaps),
        failures=tuple(walk.failures),
        newest=max((link.modified for link in walk.links.values() if link.modified), default=None),
    )


async def _choose(walk: ListingWalk, worked: frozenset[str]) -> None:
    """Ask each start page how the site tells of its documents; walk by the first of these ways that gives any."""
    for request in MECHANISMS["auto"].first(walk.rules, since=walk.since, token=None):
        try:
            page = await walk.hooks.fetch(request)
            if page is None:
                walk.unchanged()
                continue
            listing = await walk.hooks.read(page, request, walk.rules)
        except PageError as error:
            walk.refused.append(error)
            continue
        if listing.incomplete:
            walk.causes[f"{request.url}: {listing.incomplete}"] = None
        closed: str | None = None
        for way in listing.next:
            walk.pages[request.url] = page
            start = replace(walk.rules, start=(way.url,))
            if await walk.run(MECHANISMS[way.expect].first(start, since=_day_before(walk.since), token=None)):
                if closed:
                    walk.gap(_replaced(closed, way.expect))
                break
            failed = _closed(walk, way.expect, worked)
            if "guess" not in way.state:
                closed = closed or failed


def _day_before(since: str | None) -> str | None:
    return (date.fromisoformat(since[:10]) - timedelta(days=1)).isoformat() if since else None


def _closed(walk: ListingWalk, name: str, worked: frozenset[str]) -> str | None:
    """Return the words for a mechanism that failed just now, None for one that merely gave nothing.

    Raises:
        SourceError: the site is only down for now, or the mechanism is the one that worked before: another way in
            would give less, and look like all.
    """
    passing = next((error for error in walk.refused if isinstance(error, TemporaryFetchError)), None)
    if passing:
        raise SourceError(f"{passing.url}: {passing}")
    if not walk.refused_last:
        return None
    error = walk.refused_last[0]
    words = f"{name} fails ({error.url}: {error})"
    if name in worked:
        raise SourceError(f"{words}, by which the documents were found before: mend it, or name another `discover`")
    return words


def _replaced(closed: str, name: str) -> str:
    return f'{closed}; {name} was read instead, which may list fewer: `discover = "{name}"` accepts that'


def _why(rules: Rules, walk: ListingWalk) -> str:
    """Return why a source gave nothing, with the remedy: what the pages themselves show, before what was guessed."""
    start = ", ".join(rules.start)
    if walk.causes:
        return f"nothing could be found from {start}: {next(iter(walk.causes))}"
    if walk.refused:
        error = walk.refused[0]
        return f"nothing could be found from {start}: {error.url}: {error}"
    if rules.follow:
        return f"{' , '.join(rules.follow)!r} matches no link on {start}: mend `follow`"
    return f"no documents are listed on {start}: name their links with `follow`, or another way with `discover`"
