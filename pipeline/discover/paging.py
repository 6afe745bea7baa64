"""How a source's pages are followed: chains of them, each to its end, however a site marks it."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from models.errors import FetchError, Gone, PageError, TemporaryFetchError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.values.addresses import identity

Fetch = Callable[[Request], Awaitable[Page | None]]
Read = Callable[[Page, Request, Rules], Awaitable[Listing]]
Known = Callable[[Collection[str]], Awaitable[set[str]]]

MAX_STALE_PAGES = 2
"""Pages in a row that bring nothing new: featured or shifted items may fill one, they do not fill two."""
MAX_OTHER_PAGES = 100
"""Beside `max_pages` of a listing: indexes, lists of types, pages without a document."""
LAST_KNOWN = 3
"""So many known documents at the end of a page end an answer that a site sorts by time, where nothing is featured."""
THE_END = "the end was reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """What the driver is given to ask, read, remember and report with; the arguments of `discover`."""

    fetch: Fetch
    read: Read
    known: Known
    save_token: Callable[[str | None], Awaitable[None]]
    found: Callable[[Sequence[Link]], Awaitable[None]]
    progress: Callable[[int, int | None], None]


@dataclass(slots=True)
class _Chain:
    """Pages that follow one another."""

    first: Request
    first_keys: tuple[str, ...] = ()
    keys: set[str] = field(default_factory=set)
    pages: set[tuple[str, ...]] = field(default_factory=set)
    """What each page listed: the very same again is no new page."""
    landed: set[str] = field(default_factory=set)
    """Where requests ended, after redirects."""
    stale: int = 0
    """How many pages in a row, up to this one, brought nothing new."""
    total: int | None = None
    shrunk: bool = False
    """Whether the site said of a later page that there are fewer documents than it had said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A request, and the chain of pages that it goes on."""

    request: Request
    chain: _Chain
    depth: int = 0


@dataclass
class ListingWalk:
    """What has been found so far, and the rules by which a chain of pages ends."""

    rules: Rules
    hooks: Hooks
    since: str | None
    """When the last run's knowledge ends; the mechanisms are asked from a day before, as sites' clocks differ."""
    pages: dict[str, Page] = field(default_factory=dict)
    """Pages that were fetched to choose a mechanism, and need not be fetched again."""
    links: dict[str, Link] = field(default_factory=dict)
    removed: dict[str, None] = field(default_factory=dict)
    failures: list[PageError] = field(default_factory=list)
    refused: list[PageError] = field(default_factory=list)
    """Why other ways in gave nothing."""
    mechanisms: dict[str, None] = field(default_factory=dict)
    pages_read: int = 0
    listed_pages: int = 0
    """Those of them that listed documents."""
    total: int | None = None
    nothing_new: bool = False
    """Whether an answer said that nothing is new, which is not the same as an empty listing."""
    complete: bool = True
    finished: bool = True
    stopped_because: str = THE_END

    async def run(self, first: Iterable[Request]) -> bool:
        """Read the pages from the first on; return whether that gave documents, or the word that nothing is new."""
        first = tuple(first)
        before = len(self.links)
        if await self._pass(first) and self.complete:
            # Items were removed while we were paging: one not seen yet may have slipped to a page already read.
            await self._pass(first)
        if len(self.links) > before or self.nothing_new:
            return True
        self.refused += self.failures
        self.failures, self.complete, self.finished, self.stopped_because = [], True, True, THE_END
        return False

    async def _pass(self, first: tuple[Request, ...]) -> bool:
        """Read every page once; return whether the listing lost items meanwhile."""
        waiting = deque(_Step(request=request, chain=_Chain(request)) for request in first)
        asked: set[tuple[str, str, str]] = set()
        chains: list[_Chain] = []
        while waiting:
            step = waiting.popleft()
            key = (step.request.expect, step.request.url, step.request.state.get("restarted", ""))
            if key in asked:
                continue
            asked.add(key)
            if self.listed_pages >= self.rules.max_pages or self.pages_read >= self.rules.max_pages + MAX_OTHER_PAGES:
                self._stop(f"max_pages ({self.rules.max_pages}) was reached", complete=False, finished=False)
                break
            if not step.depth:
                chains.append(step.chain)
            page, listing = await self._ask(step, waiting)
            if page is None or listing is None:
                continue
            if step.depth and page.final_url != step.request.url and _leads_back(page, step):
                self._stop("the next page led back to an earlier one")
                continue
            step.chain.landed.add(page.final_url)
            waiting.extend(await self._after(step, listing))
            # Each answer to one question of OAI-PMH states the same total; what was deleted counts there, too.
            totals = {c.first.state.get("again", c.first.url): c.total for c in chains if c.total is not None}
            self.total = max(0, sum(totals.values()) - len(self.removed)) if totals else None
            self.hooks.progress(len(self.links), self.total)
        return any([chain.shrunk or await self._lost_items(chain) for chain in chains])

    async def _lost_items(self, chain: _Chain) -> bool:
        """Return whether the first page of a listing that states no total has lost items since it was read."""
        if self.since or not self.complete or chain.total is not None or len(chain.pages) < 2:
            return False
        if chain.first.state.get("order") != "newest":
            return False
        try:
            page = await self.hooks.fetch(chain.first)
            listing = await self.hooks.read(page, chain.first, self.rules) if page else Listing()
        except PageError:
            return False  # nothing was lost by this: the page had been read before
        keys = {key for link in listing.links if (key := _key(link.url)) is not None}
        added = keys - chain.keys
        return bool(keys) and len(set(chain.first_keys) - keys) > len(added)

    async def _ask(self, step: _Step, waiting: deque[_Step]) -> tuple[Page | None, Listing | None]:
        """Return the answer and what it lists, or None for what failed or has not changed."""
        request = step.request
        try:
            page = self.pages.pop(request.url, None) or await self.hooks.fetch(request)
            if page is None:
                self.unchanged()
                return None, None
            listing = await self.hooks.read(page, request, self.rules)
        except TemporaryFetchError as error:
            self._fail(error)
        except PageError as error:
            other, _, rest = request.state.get("else", "").partition(" ")
            if other:
                state = {**request.state, "else": rest}
                waiting.appendleft(replace(step, request=replace(request, url=other, state=state)))
            elif step.depth and ("guess" in request.state or _is_past_the_end(error)):
                self._stop(THE_END)
            else:
                self._fail(error)
        else:
            self.pages_read += 1
            return page, listing
        return None, None

    async def _after(self, step: _Step, listing: Listing) -> list[_Step]:
        """Keep what a page lists, and return what to ask for after it; nothing where the chain ends."""
        chain = step.chain
        on_page = {key: link for link in listing.links if (key := _key(link.url)) is not None}
        new = [link for key, link in on_page.items() if key not in self.links]
        keys = tuple(on_page)
        repeated = bool(keys) and keys in chain.pages
        chain.stale = 0 if set(keys) - chain.keys else chain.stale + 1
        chain.first_keys = chain.first_keys or keys
        chain.keys.update(keys)
        chain.pages.add(keys)
        if listing.total is not None:
            chain.shrunk = chain.shrunk or (chain.total is not None and listing.total < chain.total)
            chain.total = listing.total
        # Asked before the links are handed over, for what keeps them may count them as known from then on.
        is_known = self.since is not None and await self._is_known(step, listing, keys)
        following = await self._wanted(listing.next)
        await self._keep(step.request, listing, on_page, new)
        if not any("page" in request.state for request in following):
            return [_Step(request=request, chain=_Chain(request)) for request in following]
        if repeated or chain.stale >= MAX_STALE_PAGES:
            self._stop("the pages began to repeat")
        elif _is_guess(following) and chain.total is not None and len(chain.keys) >= chain.total:
            self._stop("as many were found as the site says there are")
        elif is_known:
            self._stop("everything on a page is known", complete=False)
        else:
            return [
                _Step(request=request, chain=_Chain(request))
                if request.state.get("page") == "1"  # another list: of the next of WordPress's types
                else _Step(request=request, chain=chain, depth=step.depth + 1)
                for request in following
            ]
        return [_Step(request=r, chain=_Chain(r)) for r in following if "page" not in r.state]

    async def _keep(self, request: Request, listing: Listing, on_page: dict[str, Link], new: list[Link]) -> None:
        for key, link in on_page.items():
            self.links.setdefault(key, link)
        self.removed |= dict.fromkeys(listing.removed)
        if listing.links or listing.removed:
            self.listed_pages += 1
            self.mechanisms[request.expect] = None
        if listing.partial:
            self.nothing_new = True
            self._stop("what has not changed since the last run was left out", complete=False)
        if new:
            await self.hooks.found(new)
        if listing.token is not None:
            await self.hooks.save_token(listing.token)

    async def _wanted(self, following: tuple[Request, ...]) -> list[Request]:
        """Return the requests without those for details of a document that the store holds already."""
        about = {request.state["about"] for request in following if "about" in request.state}
        keys = {key: url for url in about if (key := _key(url)) is not None}
        held = {keys[key] for key in await self.hooks.known(keys)} if keys and self.since else set()
        return [request for request in following if request.state.get("about") not in held]

    async def _is_known(self, step: _Step, listing: Listing, keys: tuple[str, ...]) -> bool:
        """Return whether a listing in order of time has come to what the store holds, unchanged."""
        order = step.request.state.get("order")
        # Featured items may fill a first page and hide the new ones behind them: a plain listing is read on for one.
        if order not in ("newest", "strict") or (order == "newest" and step.depth == 0) or not keys:
            return False
        if order == "strict":
            keys = keys[-LAST_KNOWN:]
        changed = any(link.modified and link.modified[:19] > (self.since or "")[:19] for link in listing.links)
        return not changed and await self.hooks.known(keys) >= set(keys)

    def unchanged(self) -> None:
        """Note that a page is as it was: nothing is new on it, and what it lists is not repeated."""
        self.nothing_new = True
        self._stop("a page has not changed since the last run", complete=False)

    def _fail(self, error: PageError) -> None:
        self.failures.append(error)
        self._stop(f"{error.url}: {error}", complete=False, finished=False)

    def _stop(self, reason: str, complete: bool = True, finished: bool = True) -> None:
        """Note why a chain ended; what left the most unread is the reason worth telling."""
        if self.complete or (self.finished and not finished):
            self.stopped_because = reason
        self.complete = self.complete and complete
        self.finished = self.finished and finished


def _leads_back(page: Page, step: _Step) -> bool:
    """Return whether a further page was redirected to one already read, or to the home page."""
    return (
        page.final_url in step.chain.landed or urlsplit(page.final_url).path == "/" != urlsplit(step.request.url).path
    )


def _is_past_the_end(error: PageError) -> bool:
    """Return whether a site answers so to the page after the last: 404, or 400 as WordPress does."""
    if isinstance(error, Gone):
        return True
    return isinstance(error, FetchError) and bool(error.attempts) and error.attempts[-1].status == 400


def _is_guess(requests: Iterable[Request]) -> bool:
    return any("guess" in request.state for request in requests)


def _key(url: str) -> str | None:
    try:
        return identity(url)
    except ValueError:
        return None
