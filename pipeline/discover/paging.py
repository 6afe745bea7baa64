"""How a source's pages are followed: chains of them, each to its end, however a site marks it."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urlsplit

from models.errors import FetchError, Gone, PageError, TemporaryFetchError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import MAX_LINKS
from scrapers.values.addresses import identity

Fetch = Callable[[Request], Awaitable[Page | None]]
Read = Callable[[Page, Request, Rules], Awaitable[Listing]]
Known = Callable[[Collection[str]], Awaitable[set[str]]]

MAX_STALE_PAGES = 2
"""Pages in a row that bring nothing new: featured or shifted items may fill one, they do not fill two."""
MAX_PASSES = 3
"""How often a listing is read that shows fewer documents than it states: its order may change from page to page."""
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
    """Of each entry that was read, documents of ours or not."""
    pages: set[int] = field(default_factory=set)
    """What each page listed, as a hash: the very same again is no new page."""
    landed: set[str] = field(default_factory=set)
    """Where requests ended, after redirects."""
    stale: int = 0
    """How many pages in a row, up to this one, brought nothing new."""
    total: int | None = None
    shrunk: bool = False
    """Whether the site said of a later page that there are fewer documents than it had said before."""
    cut: bool = False
    """Whether it was left before its end, for a reason that is told elsewhere."""
    incomplete: list[tuple[str, str]] = field(default_factory=list)
    """Pages that lead to more than can be reached, and why."""

    @property
    def question(self) -> str:
        """What was asked: a chain that was begun again answers the same question."""
        return self.first.state.get("again", self.first.url)


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
    refused_last: list[PageError] = field(default_factory=list)
    """Those of the latest of these ways."""
    causes: dict[str, None] = field(default_factory=dict)
    """Why pages that lead to no document do not, as they themselves show."""
    gaps: dict[str, None] = field(default_factory=dict)
    """What is known to be missing, a sentence each."""
    mechanisms: dict[str, None] = field(default_factory=dict)
    pages_read: int = 0
    listed_pages: int = 0
    """Those of the present pass that listed documents."""
    total: int | None = None
    nothing_new: bool = False
    """Whether an answer said that nothing is new, which is not the same as an empty listing."""
    complete: bool = True
    finished: bool = True
    resumed: bool = False
    """Whether it goes on from the token of an earlier run, so that it does not see the whole."""
    capped: bool = False
    """Whether a cap of ours ended the reading."""
    stopped_because: str = THE_END

    @property
    def ended(self) -> bool:
        """Whether every chain was read to its end, so that nothing is left to go on with."""
        return not self.failures and not self.capped

    def gap(self, reason: str) -> None:
        """Note that documents are known to be missing, and why."""
        self.gaps[reason] = None
        self._stop(reason, complete=False, finished=False)

    async def run(self, first: Iterable[Request]) -> bool:
        """Read the pages from the first on; return whether that gave documents, or the word that nothing is new."""
        first = tuple(first)
        before, gaps = len(self.links), dict(self.gaps)
        chains, again = await self._pass(first)
        passes = 1
        while again and passes < MAX_PASSES:
            # Items were removed while we were paging: one not seen yet may have slipped to a page already read. Or the
            # order changes from page to page, and another look shows others.
            found = len(self.links)
            more, again = await self._pass(first)
            chains += more
            passes += 1
            again = again and len(self.links) > found
        for gap in dict.fromkeys(gap for chain in chains if (gap := _incomplete(chain))):
            self.gap(gap)
        for question, (total, read) in _unreached(chains).items():
            self.gap(f"{question}: {total} documents are stated, {read} were listed")
        if len(self.links) > before or self.nothing_new or (self.removed and self.gaps == gaps):
            return True
        self.causes |= dict.fromkeys(gap for gap in self.gaps if gap not in gaps)
        self.refused_last = self.failures
        self.refused += self.failures
        self.gaps = gaps
        self.failures, self.complete, self.finished, self.stopped_because = [], True, True, THE_END
        return False

    async def _pass(self, first: tuple[Request, ...]) -> tuple[list[_Chain], bool]:
        """Read every page once; return the chains, and whether another look may show what this one missed."""
        waiting = deque(_Step(request=request, chain=_Chain(request)) for request in first)
        asked: set[tuple[object, ...]] = set()
        chains: list[_Chain] = []
        self.listed_pages, read_before = 0, self.pages_read
        while waiting:
            step = waiting.popleft()
            request = step.request
            key = (request.expect, request.url, request.form, request.state.get("restarted", ""))
            if key in asked:
                continue
            asked.add(key)
            read = self.pages_read - read_before
            if self.listed_pages >= self.rules.max_pages or read >= self.rules.max_pages + MAX_OTHER_PAGES:
                self.capped = True
                self.gap(f"max_pages ({self.rules.max_pages}) was reached, and the listing goes on at {request.url}")
                for left in (step, *waiting):
                    left.chain.cut = True
                break
            if not step.depth:
                chains.append(step.chain)
            page, listing = await self._ask(step, waiting)
            if page is None or listing is None:
                continue
            if step.depth and page.final_url != request.url and _leads_back(page, step):
                self._stop("the next page led back to an earlier one")
                continue
            step.chain.landed.add(page.final_url)
            waiting.extend(await self._after(step, listing))
            totals = {chain.question: chain.total for chain in chains if chain.total is not None}
            # What OAI-PMH says was deleted counts in its total, too.
            self.total = max(0, sum(totals.values()) - len(self.removed)) if totals else None
            self.hooks.progress(len(self.links), self.total)
        lost = any([chain.shrunk or await self._lost_items(chain) for chain in chains]) and self.complete
        short = _unreached(chains)
        # Where most is missing, another look at the same pages does not show it.
        return chains, lost or any(
            len(c.pages) > 1 and 2 * short[c.question][1] >= short[c.question][0] for c in chains if c.question in short
        )

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
        keys = set(_entries(listing))
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
        except PageError as error:
            passing = isinstance(error, TemporaryFetchError)
            instead = None if passing and "resumed" not in request.state else self._instead(step)
            if instead:
                waiting.appendleft(instead)
            elif step.depth and not passing and _is_past_the_end(error, request):
                self._stop(THE_END)
            else:
                self._fail(error, step.chain)
        else:
            self.pages_read += 1
            return page, listing
        return None, None

    def _instead(self, step: _Step) -> _Step | None:
        """Return the step to take where a request failed: the same to another address; None where there is none."""
        request = step.request
        other, _, rest = request.state.get("else", "").partition(" ")
        if not other:
            return None
        if "resumed" not in request.state:
            return replace(step, request=replace(request, url=other, state={**request.state, "else": rest}))
        self.resumed = False
        state = {key: value for key, value in request.state.items() if key not in ("resumed", "again")}
        fresh = replace(request, url=other, state={**state, "else": rest, "page": "1", "restarted": "1"})
        return _Step(request=fresh, chain=_Chain(fresh))

    async def _after(self, step: _Step, listing: Listing) -> list[_Step]:
        """Keep what a page lists, and return what to ask for after it; nothing where the chain ends."""
        chain = step.chain
        on_page = {key: link for link in listing.links if (key := _key(link.url)) is not None}
        new = [link for key, link in on_page.items() if key not in self.links]
        keys = _entries(listing)
        repeated = bool(keys) and hash(keys) in chain.pages
        chain.stale = 0 if set(keys) - chain.keys else chain.stale + 1
        chain.first_keys = chain.first_keys or keys
        chain.keys.update(keys)
        chain.pages.add(hash(keys))
        if listing.total is not None:
            chain.shrunk = chain.shrunk or (chain.total is not None and listing.total < chain.total)
            chain.total = listing.total
        if listing.incomplete:
            chain.incomplete.append((step.request.url, listing.incomplete))
            chain.cut = True
            self._stop(listing.incomplete, complete=False, finished=False)
        if len(on_page) > MAX_LINKS:
            self.gap(f"{step.request.url}: more than {MAX_LINKS:,} links stand on one page; the others are left out")
            chain.cut = True
        # Asked before the links are handed over, for what keeps them may count them as known from then on.
        is_known = self.since is not None and await self._is_known(step, listing, tuple(on_page))
        following = await self._wanted(listing.next)
        await self._keep(step, listing, on_page, new)
        onward = [request for request in following if request.state.get("page", "1") != "1"]
        # What bears no number, or the first, is another list: a child sitemap, the next of WordPress's types.
        others = [_Step(request=r, chain=_Chain(r)) for r in following if r.state.get("page", "1") == "1"]
        if any("restarted" in other.request.state for other in others):
            self.resumed = False
        if not onward:
            return others
        if repeated or chain.stale >= MAX_STALE_PAGES:
            if onward[0].state.get("tokens"):
                self.gap(f"{chain.question}: the same entries come again and again, each time with a new token")
                chain.cut = True
            self._stop("the pages began to repeat")
        elif _is_guess(onward) and chain.total is not None and len(chain.keys) >= chain.total:
            self._stop("as many were found as the site says there are")
        elif is_known:
            chain.cut = True
            self._stop("everything on a page is known", complete=False)
        else:
            others += [_Step(request=request, chain=chain, depth=step.depth + 1) for request in onward]
        return others

    async def _keep(self, step: _Step, listing: Listing, on_page: dict[str, Link], new: list[Link]) -> None:
        for key, link in islice(on_page.items(), MAX_LINKS):
            self.links.setdefault(key, link)
        self.removed |= dict.fromkeys(listing.removed)
        if listing.links or listing.removed:
            self.listed_pages += 1
            self.mechanisms[step.request.expect] = None
        if listing.partial:
            self.nothing_new = True
            step.chain.cut = True
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

    def _fail(self, error: PageError, chain: _Chain) -> None:
        chain.cut = True
        self.failures.append(error)
        self._stop(f"{error.url}: {error}", complete=False, finished=False)

    def _stop(self, reason: str, complete: bool = True, finished: bool = True) -> None:
        """Note why a chain ended; what left the most unread is the reason worth telling."""
        if self.complete or (self.finished and not finished):
            self.stopped_because = reason
        self.complete = self.complete and complete
        self.finished = self.finished and finished


def _entries(listing: Listing) -> tuple[str, ...]:
    """Return a key of each entry of a page, each once."""
    keys = listing.entries or (key for link in listing.links if (key := _key(link.url)) is not None)
    return tuple(dict.fromkeys(keys))


def _unreached(chains: Iterable[_Chain]) -> dict[str, tuple[int, int]]:
    """Return the questions whose answers state more documents than were listed, with both numbers.

    A chain that was cut, or that a saved token began in its middle, says nothing of that.
    """
    totals: dict[str, int] = {}
    keys: dict[str, set[str]] = {}
    cut: set[str] = set()
    for chain in chains:
        if "restarted" in chain.first.state:
            cut.discard(chain.question)
        keys.setdefault(chain.question, set()).update(chain.keys)
        if chain.total is not None:
            totals[chain.question] = chain.total
        if chain.cut or "again" in chain.first.state:
            cut.add(chain.question)
    return {q: (total, len(keys[q])) for q, total in totals.items() if q not in cut and len(keys[q]) < total}


def _incomplete(chain: _Chain) -> str | None:
    """Return why a chain's pages lead to more than was reached, in one sentence for all of them."""
    if not chain.incomplete:
        return None
    url, reason = chain.incomplete[0]
    more, listed = len(chain.incomplete) - 1, len(chain.keys)
    alike = f"; {more} more pages are like that" if more else ""
    counted = f"; {chain.total} are stated, {listed} were listed" if chain.total and chain.total > listed else ""
    return f"{url}: {reason}{alike}{counted}"


def _leads_back(page: Page, step: _Step) -> bool:
    """Return whether a further page was redirected to one already read, or to the home page."""
    return (
        page.final_url in step.chain.landed or urlsplit(page.final_url).path == "/" != urlsplit(step.request.url).path
    )


def _is_past_the_end(error: PageError, request: Request) -> bool:
    """Return whether a site answers so to the page after the last: 404, or 400 as WordPress does.

    A token that the site itself gave leads to a page: an error is a failure.
    """
    if "guess" in request.state or "tokens" in request.state:
        return "guess" in request.state
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
