"""The discover stage: a source's listing, feed, sitemap or API pages, read one after the other, to links, each once.

It asks and reads through the functions that it is given, so that it knows neither the network nor the store.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from models.errors import Gone, PageError, SourceError, TemporaryFetchError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import MECHANISMS, OTHERWISE
from scrapers.values.addresses import identity

Fetch = Callable[[Request], Awaitable[Page | None]]
Read = Callable[[Page, Request, Rules], Awaitable[Listing]]
Known = Callable[[Collection[str]], set[str]]

MAX_STALE_PAGES = 2
"""Pages in a row that bring nothing new: featured or shifted items may fill one, they do not fill two."""
THE_END = "the end was reached"


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
    stopped_because: str
    """Why no further page was read, in words."""
    failures: tuple[PageError, ...] = ()
    """Pages of the listing that failed while others were read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """What the driver is given to ask, read, remember and report with; the arguments of `discover`."""

    fetch: Fetch
    read: Read
    known: Known
    save_token: Callable[[str | None], None]
    found: Callable[[Sequence[Link]], None]
    progress: Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A request in a chain of pages."""

    request: Request
    depth: int = 0
    stale: int = 0
    """How many pages of the chain in a row, up to this one, brought nothing new."""


@dataclass
class _Harvest:
    """What has been found so far, and the rules by which a chain of pages ends."""

    rules: Rules
    hooks: Hooks
    since: str | None
    pages: dict[str, Page] = field(default_factory=dict)
    """Pages that were fetched to choose a mechanism, and need not be fetched again."""
    links: dict[str, Link] = field(default_factory=dict)
    removed: dict[str, None] = field(default_factory=dict)
    failures: list[PageError] = field(default_factory=list)
    refused: list[PageError] = field(default_factory=list)
    """Why other ways in gave nothing."""
    mechanisms: dict[str, None] = field(default_factory=dict)
    pages_read: int = 0
    total: int | None = None
    empty_is_fine: bool = False
    """Whether an answer said that nothing is new, which is not the same as an empty listing."""
    complete: bool = True
    stopped_because: str = THE_END

    async def run(self, first: Iterable[Request]) -> bool:
        """Read the pages from the first on; return whether that gave documents, or the word that nothing is new."""
        first = tuple(first)
        before = len(self.links)
        if await self._pass(first) and self.complete:
            # Items were removed while we were paging: one not seen yet may have slipped to a page already read.
            await self._pass(first)
        if len(self.links) > before or self.empty_is_fine:
            return True
        self.refused += self.failures
        self.failures, self.complete, self.stopped_because = [], True, THE_END
        return False

    async def _pass(self, first: tuple[Request, ...]) -> bool:
        """Read every page once; return whether the listing lost items meanwhile."""
        waiting = deque(_Step(request=request) for request in first)
        asked: set[tuple[str, str]] = set()
        landed: set[str] = set()
        seen: set[tuple[str, ...]] = set()
        total: int | None = None
        shrunk = False
        while waiting:
            step = waiting.popleft()
            key = (step.request.expect, step.request.url)
            if key in asked:
                continue
            asked.add(key)
            if self.pages_read >= self.rules.max_pages:
                self._stop(f"max_pages ({self.rules.max_pages}) was reached", complete=False)
                break
            page, listing = await self._ask(step, waiting)
            if page is None or listing is None:
                continue
            if step.depth and page.final_url != step.request.url and _is_elsewhere(page, step.request, landed):
                self._stop("the next page led back to an earlier one")
                continue
            landed.add(page.final_url)
            keys, new = self._take(step.request, listing)
            shrunk = shrunk or (total is not None and listing.total is not None and listing.total < total)
            total = listing.total if listing.total is not None else total
            waiting.extend(self._continue(step, listing, keys, new, repeated=keys in seen))
            seen.add(keys)
        return shrunk

    async def _ask(self, step: _Step, waiting: deque[_Step]) -> tuple[Page | None, Listing | None]:
        """Return the answer and what it lists, or None for what failed or has not changed."""
        request = step.request
        try:
            page = self.pages.pop(request.url, None) or await self.hooks.fetch(request)
            if page is None:
                self.empty_is_fine = True
                self._stop("a page has not changed since the last run", complete=False)
                return None, None
            listing = await self.hooks.read(page, request, self.rules)
        except TemporaryFetchError as error:
            self._fail(error)
        except PageError as error:
            other, _, rest = request.state.get("else", "").partition(" ")
            if other:
                state = {**request.state, "else": rest}
                waiting.appendleft(replace(step, request=replace(request, url=other, state=state)))
            elif step.depth and ("guess" in request.state or isinstance(error, Gone)):
                self._stop(THE_END)
            else:
                self._fail(error)
        else:
            self.pages_read += 1
            return page, listing
        return None, None

    def _take(self, request: Request, listing: Listing) -> tuple[tuple[str, ...], list[Link]]:
        """Keep what a page lists; return the identities on it, and the links not seen before."""
        on_page = {key: link for link in listing.links if (key := _key(link.url)) is not None}
        new = [link for key, link in on_page.items() if key not in self.links]
        for key, link in on_page.items():
            self.links.setdefault(key, link)
        self.removed |= dict.fromkeys(listing.removed)
        if listing.links or listing.removed:
            self.mechanisms[request.expect] = None
        self.total = listing.total if listing.total is not None else self.total
        if "since" in request.state:
            self.empty_is_fine = True
            self.complete = False
        if new:
            self.hooks.found(new)
        if listing.token is not None:
            self.hooks.save_token(listing.token)
        self.hooks.progress(len(self.links), self.total)
        return tuple(on_page), new

    def _continue(
        self, step: _Step, listing: Listing, keys: tuple[str, ...], new: list[Link], repeated: bool
    ) -> list[_Step]:
        """Return what to ask for after a page; nothing where the chain ends with it."""
        paged = [request for request in listing.next if "page" in request.state]
        if not paged:
            return [_Step(request=request) for request in listing.next]
        stale = 0 if new else step.stale + 1
        guessed = any("guess" in request.state for request in paged)
        if repeated or stale >= MAX_STALE_PAGES:
            self._stop("the pages began to repeat")
        elif guessed and self.total is not None and len(self.links) >= self.total:
            self._stop("as many were found as the site says there are")
        elif self.since and self._nothing_new(step, listing, keys):
            self._stop("everything on a page is known", complete=False)
        else:
            return [_Step(request=request, depth=step.depth + 1, stale=stale) for request in listing.next]
        return []

    def _nothing_new(self, step: _Step, listing: Listing, keys: tuple[str, ...]) -> bool:
        """Return whether a listing in order of time has come to what the store holds, unchanged."""
        order = step.request.state.get("order")
        # Featured items may fill a first page and hide the new ones behind them: a plain listing is read on for one.
        if order not in ("newest", "strict") or (order == "newest" and step.depth == 0) or not keys:
            return False
        changed = any(link.modified and link.modified[:10] >= (self.since or "")[:10] for link in listing.links)
        return not changed and self.hooks.known(keys) >= set(keys)

    def _fail(self, error: PageError) -> None:
        self.failures.append(error)
        self._stop(f"{error.url}: {error}", complete=False)

    def _stop(self, reason: str, complete: bool = True) -> None:
        """Note why a chain ended; what left the listing incomplete is the reason worth telling."""
        if self.complete:
            self.stopped_because = reason
        self.complete = self.complete and complete


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
    harvest = _Harvest(rules=rules, hooks=hooks, since=since)
    if rules.discover == "auto" and not rules.follow:
        await _choose(harvest)
    else:
        for name in (rules.discover, *OTHERWISE.get(rules.discover, ())):
            if await harvest.run(MECHANISMS[name].first(rules, since=since, token=token)):
                break
            _raise_if_passing(harvest)
            token = None
    if not harvest.links and not harvest.empty_is_fine:
        raise SourceError(_why(rules, harvest))
    if not harvest.failures:
        save_token(None)
    return Discovery(
        links=tuple(harvest.links.values()),
        removed=tuple(harvest.removed),
        mechanism=", ".join(harvest.mechanisms) or rules.discover,
        pages_read=harvest.pages_read,
        total_stated=harvest.total,
        complete=harvest.complete and token is None,
        stopped_because=harvest.stopped_because,
        failures=tuple(harvest.failures),
    )


async def _choose(harvest: _Harvest) -> None:
    """Ask each start page how the site tells of its documents; harvest by the first of these ways that gives any."""
    for request in MECHANISMS["auto"].first(harvest.rules, since=harvest.since, token=None):
        try:
            page = await harvest.hooks.fetch(request)
            if page is None:
                continue
            ways = (await harvest.hooks.read(page, request, harvest.rules)).next
        except PageError as error:
            harvest.refused.append(error)
            continue
        harvest.pages_read += 1
        for way in ways:
            harvest.pages[request.url] = page
            start = replace(harvest.rules, start=(way.url,))
            if await harvest.run(MECHANISMS[way.expect].first(start, since=harvest.since, token=None)):
                break
            _raise_if_passing(harvest)


def _raise_if_passing(harvest: _Harvest) -> None:
    """Raise SourceError where a site is only down for now: another way in would give less, and look like all."""
    if error := next((e for e in harvest.refused if isinstance(e, TemporaryFetchError)), None):
        raise SourceError(f"{error.url}: {error}")


def _why(rules: Rules, harvest: _Harvest) -> str:
    """Return why a source gave nothing, with the remedy."""
    start = ", ".join(rules.start)
    if harvest.refused:
        error = harvest.refused[0]
        return f"nothing could be found from {start}: {error.url}: {error}"
    if rules.follow:
        return f"{' , '.join(rules.follow)!r} matches no link on {start}: mend `follow`"
    return f"no documents are listed on {start}: name their links with `follow`, or another way with `discover`"


def _is_elsewhere(page: Page, request: Request, landed: Collection[str]) -> bool:
    """Return whether a further page was redirected to one already read, or to the home page."""
    return page.final_url in landed or (urlsplit(page.final_url).path == "/" != urlsplit(request.url).path)


def _key(url: str) -> str | None:
    try:
        return identity(url)
    except ValueError:
        return None
