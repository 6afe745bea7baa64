"""The discover stage: read a source's listing, feed, sitemap or API pages in turn; return each document's link once.

It fetches and reads through functions that the caller passes, and so touches neither network nor store.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.errors import PageError, SourceError, TemporaryFetchError
from pipeline.discover.hooks import Fetch, Hooks, Known, Read
from pipeline.discover.paging import ListingWalk
from pipeline.discover.waiting import Waiting
from scrapers.base import Link, Request, Rules
from scrapers.discovery import MECHANISMS, OTHERWISE


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What a source lists."""

    links: tuple[Link, ...]
    """Each document once, by identity, in the order found; the first of them, where the caller keeps no more."""
    count: int
    """How many documents are listed."""
    removed: tuple[str, ...] = ()
    """Addresses that the mechanism says were deleted."""
    mechanism: str
    pages_read: int
    total_stated: int | None = None
    complete: bool
    """Whether the whole listing was read, so that a known document that is not listed may have been removed."""
    finished: bool
    """Whether no new document was missed, so that the next run may read only what is newer than this run."""
    stopped_because: str
    """Why no further page was read, in words."""
    gaps: tuple[str, ...] = ()
    """What is known to be missing from the list, a sentence each: a stated total that was not reached, a pager that
    cannot be followed, a cap of ours, a mechanism that failed and was replaced by another. With any, the listing is
    not complete and the run ends with exit code 3."""
    failures: tuple[PageError, ...] = ()
    """Pages of the listing that failed while others were read."""
    newest: str | None = None
    """The latest time of change that the links state (ISO 8601)."""
    waiting: Waiting | None = None
    """What was left when a site asked for a longer pause than a run waits: the next run goes on with it."""

    def next_since(self, began: str, before: str | None) -> str:
        """Return the `since` of the next run: the newest time of change stated, as a site's clock may differ from ours.

        Args:
            began: when this run began (ISO 8601, UTC), or the run that it resumed.
            before: the `since` of this run.
        """
        if self.newest is None:
            return before or began
        return min(began, max(self.newest, before or ""))


async def _ignore(_: object) -> None:
    """Do nothing: the default where there is no store."""


async def _none_known(_: object) -> set[str]:
    """Return no identity as known: the default where there is no store."""
    return set()


async def discover(
    rules: Rules,
    *,
    fetch: Fetch,
    read: Read,
    known: Known = _none_known,
    forgotten: Known = _none_known,
    full: bool = False,
    since: str | None = None,
    token: str | None = None,
    most_kept: int | None = None,
    waiting: Sequence[Request] = (),
    before: str | None = None,
    save_token: Callable[[str | None], Awaitable[None]] = _ignore,
    found: Callable[[Sequence[Link]], Awaitable[None]] = _ignore,
    progress: Callable[[int, int | None], None] = lambda found, total: None,
) -> Discovery:
    """Return what a source lists: all of it where `full` or without `since`, else at least what is new since then.

    Args:
        rules: how the source is read.
        fetch: returns the page for a request, or None where it has not changed (304); raises PageError.
        read: calls `MECHANISMS[request.expect].read` on a page, in a limited process; raises PageError.
        known: returns those of the given identities that the store holds.
        forgotten: returns those that were taken down on request, which are never asked for.
        full: read the listing to its end, even where all on a page is known.
        since: when the last whole discovery began (ISO 8601); None if there was none, and all is read.
        token: what an interrupted walk resumes from.
        most_kept: how many links to return, for a caller that stores them by `found`; None: all.
        waiting: `Discovery.waiting` of the last run: the walk goes on there, and begins anew where that gives nothing.
        before: `Discovery.mechanism` of the last run: where that mechanism fails now, no other replaces it.
        save_token: stores the token, None at the end; called after `found` has received the links before the token.
        found: receives the new links of each page before the next page is fetched.
        progress: receives the number of documents found so far, and the stated total or None.

    Raises:
        SourceError: the start cannot be read, robots.txt forbids it, it lists no document at all, or the mechanism
            that found the documents before fails now.
    """
    since = None if full else since
    hooks = Hooks(
        fetch=fetch,
        read=read,
        known=known,
        forgotten=forgotten,
        save_token=save_token,
        found=found,
        progress=progress,
    )
    walk = ListingWalk(rules=rules, hooks=hooks, since=since, resumed=token is not None, most_kept=most_kept)
    worked = frozenset((before or "").split(", ")) - {""}
    went_on = bool(waiting) and await _goes_on(walk, waiting)
    if not went_on:
        await _from_the_start(walk, worked, token)
    if not (walk.links or walk.nothing_new or (walk.removed and not walk.causes) or went_on):
        raise SourceError(_why(rules, walk))
    if walk.ended:
        await save_token(None)
    return Discovery(
        links=tuple(link for link in walk.links.values() if link is not None),
        count=len(walk.links),
        removed=tuple(walk.removed),
        mechanism=", ".join(walk.mechanisms) or rules.discover,
        pages_read=walk.pages_read,
        total_stated=walk.total,
        complete=walk.complete and not walk.resumed,
        finished=walk.finished,
        stopped_because=walk.stopped_because,
        gaps=tuple(walk.gaps),
        failures=tuple(walk.failures),
        newest=walk.newest,
        waiting=walk.waiting,
    )


async def _from_the_start(walk: ListingWalk, worked: frozenset[str], token: str | None) -> None:
    """Walk the configured mechanism, or what takes its place, from the start or a saved token; with `auto` choose one.

    `worked` names the mechanisms by which the last run found the documents.
    """
    rules = walk.rules
    if rules.discover == "auto" and not rules.follow:
        await _choose(walk, worked)
        if worked and walk.mechanisms and not worked & walk.mechanisms.keys():
            before, now = ", ".join(sorted(worked)), ", ".join(walk.mechanisms)
            walk.gap(f"the documents were found by {before} before, and by {now} now: some may be missing")
        return
    closed: str | None = None
    for name in (rules.discover, *OTHERWISE.get(rules.discover, ())):
        if await walk.run(MECHANISMS[name].first(rules, since=_day_before(walk.since), token=token)):
            if closed:
                walk.gap(_replaced(closed, name))
            return
        closed = closed or _closed(walk, name, worked)
        token = None


async def _goes_on(walk: ListingWalk, waiting: Sequence[Request]) -> bool:
    """Walk on from where an earlier run was told to wait; return False where that way fails now."""
    walk.resumed = True
    if await walk.run(waiting) or (walk.pages_read and not walk.refused_last):
        return True
    if walk.waiting:
        walk.failures, walk.complete, walk.finished = walk.refused_last, False, False
        return True
    walk.resumed = False
    return False


async def _choose(walk: ListingWalk, worked: frozenset[str]) -> None:
    """Detect the mechanisms that each start page offers; walk the first one that yields documents."""
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
            refused = tuple(walk.refused)
            start = replace(walk.rules, start=(way.url,))
            if await walk.run(MECHANISMS[way.expect].first(start, since=_day_before(walk.since), token=None)):
                if closed or (listing.incomplete and way.expect == "feed"):
                    walk.gap(_replaced(closed or f"{request.url}: {listing.incomplete}", way.expect))
                break
            failed = _closed(walk, way.expect, worked)
            if "guess" in way.state:
                walk.refused = [*refused]  # that a guessed address gives nothing explains nothing
            else:
                closed = closed or failed


def _day_before(since: str | None) -> str | None:
    return (date.fromisoformat(since[:10]) - timedelta(days=1)).isoformat() if since else None


def _closed(walk: ListingWalk, name: str, worked: frozenset[str]) -> str | None:
    """Return how the mechanism just walked failed, or None where it only yielded nothing.

    Raises:
        SourceError: the failure is temporary, or the mechanism found the documents before: another one might list
            fewer, and its listing would look complete.
    """
    passing = next((error for error in walk.refused if isinstance(error, TemporaryFetchError)), None)
    if passing:
        raise SourceError(f"{passing.url}: {passing}")
    if not walk.refused_last:
        return None
    error = walk.refused_last[0]
    words = f"{name} fails ({error.url.partition('?')[0]}: {error})"
    if name in worked:
        raise SourceError(f"{words}, by which the documents were found before: mend it, or name another `discover`")
    return words


def _replaced(closed: str, name: str) -> str:
    return f'{closed}; {name} was read instead, which may list fewer: `discover = "{name}"` accepts that'


def _why(rules: Rules, walk: ListingWalk) -> str:
    """Return why no document was found, with the remedy: a cause seen on a page goes before a failed request."""
    start = ", ".join(rules.start)
    if walk.causes:
        return f"nothing could be found from {start}: {next(iter(walk.causes))}"
    if walk.refused:
        error = walk.refused[0]
        return f"nothing could be found from {start}: {error.url}: {error}"
    if rules.follow:
        return f"{' , '.join(rules.follow)!r} matches no link on {start}: mend `follow`"
    return f"no documents are listed on {start}: name their links with `follow`, or another way with `discover`"
