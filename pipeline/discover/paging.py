"""Follow the pages of a source's listings: chains of pages, each to its end, however the site marks the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from models.errors import Forbidden, Gone, PageError, TemporaryFetchError
from pipeline.discover.chains import (
    Chain,
    Step,
    as_document,
    broken_off,
    incomplete,
    is_unanswered,
    leads_back,
    unreached,
)
from pipeline.discover.hooks import Hooks
from pipeline.discover.indexes import is_index, looked_into
from pipeline.discover.signs import by_key, entries, identity_of, is_guess, is_past_the_end, is_rest, order_of
from pipeline.discover.waiting import Waiting, seconds_to_wait
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import MAX_LINKS

MAX_STALE_PAGES = 2
"""Consecutive pages without a new entry that end a chain: featured or shifted items may fill one page, not two."""
MAX_PASSES = 3
"""How often a listing that shows fewer documents than it states is read: its order may change between pages."""
MAX_OTHER_PAGES = 100
"""Pages read in addition to `max_pages`: indexes, lists of types, pages without a document."""
LAST_KNOWN = 3
"""Known documents at the end of a page that end a listing in strict order of time, which features no items."""
TIMES = ("year", "month")
"""The parts of a list that are of a time."""
THE_END = "the end was reached"


@dataclass
class ListingWalk:
    """What has been found so far, and the rules by which a chain of pages ends."""

    rules: Rules
    hooks: Hooks
    since: str | None
    """The time up to which documents are known; mechanisms are queried from a day earlier, as sites' clocks differ."""
    pages: dict[str, Page] = field(default_factory=dict)
    """Pages that were fetched to choose a mechanism, and need not be fetched again."""
    most_kept: int | None = None
    """How many links are kept; None: all. Of the others only a mark is, a tenth of the memory."""
    links: dict[int, Link | None] = field(default_factory=dict)
    """The links found, each once, by the hash of the identity of its address."""
    newest: str | None = None
    """The latest time of change that the links state (ISO 8601)."""
    removed: dict[str, None] = field(default_factory=dict)
    failures: list[PageError] = field(default_factory=list)
    refused: list[PageError] = field(default_factory=list)
    """Failures of the mechanisms that yielded nothing."""
    refused_last: list[PageError] = field(default_factory=list)
    """Failures of the latest of these mechanisms."""
    causes: dict[str, None] = field(default_factory=dict)
    """Causes, seen on the pages, why they lead to no document."""
    gaps: dict[str, None] = field(default_factory=dict)
    """What is known to be missing, a sentence each."""
    mechanisms: dict[str, None] = field(default_factory=dict)
    pages_read: int = 0
    listed_pages: int = 0
    """Number of pages of the current pass that listed documents."""
    total: int | None = None
    nothing_new: bool = False
    """Whether an answer said that nothing is new, which is not the same as an empty listing."""
    complete: bool = True
    finished: bool = True
    resumed: bool = False
    """Whether the walk resumes from the token of an earlier run, so that it does not see the whole listing."""
    capped: bool = False
    """Whether a cap of ours ended the reading."""
    waiting: Waiting | None = None
    """What was left when a site asked for a longer pause than a run waits."""
    stopped_because: str = THE_END

    @property
    def ended(self) -> bool:
        """Whether every chain was read to its end, so that there is nothing to resume."""
        return not self.failures and not self.capped

    def gap(self, reason: str) -> None:
        """Record why documents are known to be missing."""
        self.gaps[reason] = None
        self._stop(reason, complete=False, finished=False)

    async def run(self, first: Iterable[Request]) -> bool:
        """Walk from these requests; return whether that yielded documents, or the statement that nothing is new."""
        first = tuple(first)
        before, gaps = len(self.links), dict(self.gaps)
        chains, again = await self._pass(first)
        passes = 1
        while again and passes < MAX_PASSES:
            # Items were removed during the pass: an unseen one may have moved to a page already read. Or the order
            # changes between pages, and another pass shows others.
            found = len(self.links)
            more, again = await self._pass(first)
            chains += more
            passes += 1
            again = again and len(self.links) > found
        for gap in dict.fromkeys(gap for chain in chains if (gap := incomplete(chain))):
            self.gap(gap)
        for question, (total, read) in unreached(chains).items():
            self.gap(f"{question}: {total} documents are stated, {read} were listed")
        if len(self.links) > before or self.nothing_new or (self.removed and self.gaps == gaps):
            return True
        self.causes |= dict.fromkeys(gap for gap in self.gaps if gap not in gaps)
        self.refused_last = self.failures
        self.refused += self.failures
        self.gaps = gaps
        self.failures, self.complete, self.finished, self.stopped_because = [], True, True, THE_END
        return False

    async def _pass(self, first: tuple[Request, ...]) -> tuple[list[Chain], bool]:
        """Read every page once; return the chains, and whether another pass may show what this one missed."""
        # A walk that goes on where an earlier run was told to wait begins in the middle of its chains.
        begun = ((request, int(request.state.get("page", "1")) - 1) for request in first)
        waiting = deque(Step(request=r, chain=Chain(r, cut=depth > 0), depth=depth) for r, depth in begun)
        asked: set[tuple[object, ...]] = set()
        chains: list[Chain] = []
        self.listed_pages, read_before = 0, self.pages_read
        while waiting and self.waiting is None:
            step = waiting.popleft()
            request = step.request
            key = (request.expect, request.url, request.form, *map(request.state.get, ("restarted", "behind")))
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
            if not step.depth or request is step.chain.first:
                chains.append(step.chain)
            page, listing = await self._ask(step, waiting)
            if page is None or listing is None:
                continue
            if step.depth and page.final_url != request.url and leads_back(page, step):
                self._stop("the next page led back to an earlier one")
                continue
            step.chain.landed.add(page.final_url)
            steps = await self._after(step, listing)
            if any(is_rest(one.request, request) for one in steps):
                # The rest of a long file comes before what else waits, so that no more than one is kept.
                self.pages[request.url] = page
                waiting.extendleft(reversed(steps))
            else:
                waiting.extend(steps)
            totals = {chain.question: chain.total for chain in chains if chain.total is not None}
            # The total of OAI-PMH includes deleted records.
            self.total = max(0, sum(totals.values()) - len(self.removed)) if totals else None
            self.hooks.progress(len(self.links), self.total)
        lost = any([chain.shrunk or await self._lost_items(chain) for chain in chains]) and self.complete
        short = unreached(chains)
        # Where more than half is missing, another pass over the same pages does not find it.
        return chains, lost or any(
            len(c.pages) > 1 and 2 * short[c.question][1] >= short[c.question][0] for c in chains if c.question in short
        )

    async def _lost_items(self, chain: Chain) -> bool:
        """Return whether the first page of a listing that states no total has lost items since it was read."""
        if self.since or not self.complete or chain.cut or chain.total is not None or len(chain.pages) < 2:
            return False
        if chain.first.state.get("order") != "newest":
            return False
        try:
            page = await self.hooks.fetch(chain.first)
            listing = await self.hooks.read(page, chain.first, self.rules) if page else Listing()
        except PageError:
            return False  # no loss: the page was read before
        keys = set(entries(listing, by_key(listing.links)))
        added = keys - chain.keys
        return bool(keys) and len(set(chain.first_keys) - keys) > len(added)

    async def _ask(self, step: Step, waiting: deque[Step]) -> tuple[Page | None, Listing | None]:
        """Return the page and its listing, or None for both where the request failed or the page has not changed."""
        request = step.request
        try:
            page = self.pages.pop(request.url, None) or await self.hooks.fetch(request)
            if page is None:
                self.unchanged()
                return None, None
            listing = as_document(step, await self.hooks.read(page, request, self.rules))
        except PageError as error:
            passing = isinstance(error, TemporaryFetchError)
            instead = None if passing and "resumed" not in request.state else self._instead(step, error)
            if (seconds := seconds_to_wait(error)) is not None:
                self._put_off((step, *waiting), error, seconds)
            elif instead:
                waiting.appendleft(instead)
            elif (step.depth or "part" in request.state) and not passing and is_past_the_end(error, request):
                if is_unanswered(step):
                    self._cannot_turn(step)
                self._end(step)
            else:
                self._fail(error, step.chain)
        else:
            self.pages_read += request.state.get("behind", "0") == "0"
            return page, listing
        return None, None

    def _instead(self, step: Step, error: PageError) -> Step | None:
        """Return the step that replaces a failed one: the same request to its alternative address; None without one."""
        request = step.request
        others = request.state.get("else", "").split()
        if isinstance(error, Forbidden | Gone) and "resumed" not in request.state:
            # A path that is forbidden or gone is so with any query.
            others = [url for url in others if url.partition("?")[0] != request.url.partition("?")[0]]
        other, rest = others[0] if others else "", " ".join(others[1:])
        if not other:
            return None
        if "resumed" not in request.state:
            return replace(step, request=replace(request, url=other, state={**request.state, "else": rest}))
        self.resumed = False
        state = {key: value for key, value in request.state.items() if key not in ("resumed", "again")}
        fresh = replace(request, url=other, state={**state, "else": rest, "page": "1", "restarted": "1"})
        return Step(request=fresh, chain=Chain(fresh))

    async def _after(self, step: Step, listing: Listing) -> list[Step]:
        """Keep what a page lists, and return the steps that follow it; none where the chain ends."""
        chain = step.chain
        on_page = by_key(listing.links)
        new = [link for key, link in on_page.items() if hash(key) not in self.links]
        keys = entries(listing, on_page)
        repeated = bool(keys) and hash(keys) in chain.pages
        chain.stale = 0 if set(keys) - chain.keys else chain.stale + 1
        chain.first_keys = chain.first_keys or keys
        chain.keys.update(keys)
        chain.pages.add(hash(keys))
        if listing.total is not None:
            chain.shrunk = chain.shrunk or (chain.total is not None and listing.total < chain.total)
            chain.total = listing.total
        if listing.last is not None:
            chain.last = listing.last.url
        if listing.incomplete:
            self._lacks(step, listing.incomplete)
        if len(on_page) > MAX_LINKS:
            self.gap(f"{step.request.url}: more than {MAX_LINKS:,} links stand on one page; the others are left out")
            chain.cut = True
        # Checked before `_keep`: once the links are stored, they count as known.
        is_known = self.since is not None and await self._is_known(step, listing, tuple(on_page))
        following = await self._wanted(listing.next)
        if self.since and any(request.state.get("part") in TIMES for request in following):
            # New documents stand in the year that is shown.
            following = [request for request in following if request.state.get("part") not in TIMES]
            self._stop("the list shows a year or month at a time, and the others were left out", complete=False)
        if listing.index and await is_index(listing, self.hooks, self.rules, self.pages):
            return [
                *await looked_into(step, listing, self.hooks),
                *(Step(request=r, chain=Chain(r)) for r in following),
            ]
        if listing.index == "only":
            return []
        await self._keep(step, listing, on_page, new)
        onward = [request for request in following if request.state.get("page", "1") != "1"]
        # A request without a page number, or with number 1, begins another list: a child sitemap, a type of WordPress.
        others = [Step(request=r, chain=Chain(r)) for r in following if r.state.get("page", "1") == "1"]
        if any("restarted" in other.request.state for other in others):
            self.resumed = False
        if not onward:
            if step.depth and not keys and not listing.incomplete:
                self._end(step)
            elif chain.stale and is_unanswered(step):
                self._cannot_turn(step)
            return others
        if repeated or chain.stale >= MAX_STALE_PAGES:
            if onward[0].state.get("tokens"):
                self.gap(f"{chain.question}: the same entries come again and again, each time with a new token")
                chain.cut = True
            if repeated and is_unanswered(step):
                self._cannot_turn(step)
            self._end(step, "the pages began to repeat")
        elif is_guess(onward) and chain.total is not None and len(chain.keys) >= chain.total:
            self._stop("as many were found as the site says there are")
        elif is_known:
            chain.cut = True
            self._stop("everything on a page is known", complete=False)
        else:
            others += [Step(request=request, chain=chain, depth=step.depth + 1) for request in onward]
        return others

    async def _keep(self, step: Step, listing: Listing, on_page: dict[str, Link], new: list[Link]) -> None:
        for key, link in islice(on_page.items(), MAX_LINKS):
            is_kept = self.most_kept is None or len(self.links) < self.most_kept
            self.links.setdefault(hash(key), link if is_kept else None)
            if link.modified:
                self.newest = max(self.newest or "", link.modified)
        self.removed |= dict.fromkeys(listing.removed)
        if "behind" in step.request.state:
            step.chain.keys, step.chain.first_keys = set(), ()  # no file states a total, by which they would be counted
        if listing.links or listing.removed:
            self.listed_pages += step.request.state.get("behind", "0") == "0"
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
        """Return the requests, except those for details of a document that the store holds."""
        about = {request.state["about"] for request in following if "about" in request.state}
        keys = {key: url for url in about if (key := identity_of(url)) is not None}
        held = {keys[key] for key in await self.hooks.known(keys)} if keys and self.since else set()
        return [request for request in following if request.state.get("about") not in held]

    async def _is_known(self, step: Step, listing: Listing, keys: tuple[str, ...]) -> bool:
        """Return whether a listing in order of time has reached documents that the store holds unchanged."""
        order = step.request.state.get("order")
        # Featured items may fill the first page and push new ones to the second: read two pages of a plain listing.
        if order not in ("newest", "strict") or (order == "newest" and step.depth == 0) or not keys:
            return False
        if step.chain.grows_at_its_end:
            return False
        if order == "strict":
            keys = keys[-LAST_KNOWN:]
        changed = any(link.modified and link.modified[:19] > (self.since or "")[:19] for link in listing.links)
        if changed or not await self.hooks.known(keys) >= set(keys):
            return False
        step.chain.grows_at_its_end = order == "newest" and await self._is_oldest_first(listing)
        return not step.chain.grows_at_its_end

    async def _is_oldest_first(self, listing: Listing) -> bool:
        """Return whether a listing that begins with known documents has unknown ones at its other end.

        Its dates say in which order it stands; without dates its last page is looked at, where its pager names it.
        """
        order = order_of(listing)
        if order == "newest" or listing.last is None:
            return order == "oldest"
        try:
            page = await self.hooks.fetch(listing.last)
            end = await self.hooks.read(page, listing.last, self.rules) if page else Listing()
        except PageError:
            return False  # the pages before it were read
        keys = by_key(end.links)
        return not await self.hooks.known(keys) >= set(keys)

    def unchanged(self) -> None:
        """Record a page that has not changed (304): it has nothing new, and its links are not known here."""
        self.nothing_new = True
        self._stop("a page has not changed since the last run", complete=False)

    def _cannot_turn(self, step: Step) -> None:
        """Record that a page has a button for more, and that the usual address behind such a button gives nothing."""
        reason = f"there is more behind a button, which a script turns: {step.request.url} gives nothing new"
        self._lacks(step, reason, url=step.chain.first.url)

    def _lacks(self, step: Step, reason: str, *, url: str | None = None) -> None:
        """Record why a page, the step's own unless another is named, leads to more than can be reached."""
        step.chain.incomplete.append((url or step.request.url, reason))
        step.chain.cut = True
        self._stop(reason, complete=False, finished=False)

    def _end(self, step: Step, reason: str = THE_END) -> None:
        """Record that a chain ended, and whether its pagers name pages after that."""
        if missing := broken_off(step):
            self._lacks(step, missing)
        self._stop(reason)

    def _put_off(self, left: Sequence[Step], error: PageError, seconds: float) -> None:
        """End the walk, and keep what is left of it for the next run, as the site asked for a pause."""
        self.waiting = Waiting(requests=tuple(step.request for step in left), seconds=seconds)
        for step in left:
            step.chain.cut = True
        self._fail(error, left[0].chain)

    def _fail(self, error: PageError, chain: Chain) -> None:
        chain.cut = True
        self.failures.append(error)
        self._stop(f"{error.url}: {error}", complete=False, finished=False)

    def _stop(self, reason: str, complete: bool = True, finished: bool = True) -> None:
        """Record why a chain ended; of several reasons, keep the one that left the most unread."""
        if self.complete or (self.finished and not finished):
            self.stopped_because = reason
        self.complete = self.complete and complete
        self.finished = self.finished and finished
