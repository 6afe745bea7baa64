"""Chains of pages: what has been seen of each, and what it shows of the listing's end."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from scrapers.base import Link, Listing, Page, Request
from scrapers.values.addresses import identity

LEAST_OF_A_LIST = 2
"""The fewest documents by which a page that an index leads to is a list, and no document; for a year, one is enough."""
SURELY_A_LIST = 3
"""The fewest by which links of any address and text are taken for those of an index."""
MOST_TEXT_OF_A_LIST = 600
"""The most letters beside its entries that a list has; a page with more may be a document that names related ones."""


@dataclass(slots=True)
class Chain:
    """A chain of pages, each of which leads to the next."""

    first: Request
    first_keys: tuple[int, ...] = ()
    keys: set[int] = field(default_factory=set)
    """Marks of all entries read (`signs.entries`), whether or not the source's rules admit them."""
    pages: set[int] = field(default_factory=set)
    """A hash of each page's entries, by which a repeated page is recognised."""
    landed: set[str] = field(default_factory=set)
    """Final addresses of the requests, after redirects."""
    stale: int = 0
    """Number of consecutive pages, up to the last one read, without a new entry."""
    total: int | None = None
    shrunk: bool = False
    """Whether a later page stated a smaller total than an earlier one."""
    cut: bool = False
    """Whether the chain was left before its end; the walk records the reason."""
    last: str | None = None
    """The address of the last page, as the pagers of the pages read name it."""
    grows_at_its_end: bool = False
    """Whether the oldest documents stand first, so that new ones are on the last page."""
    incomplete: list[tuple[str, str]] = field(default_factory=list)
    """Address and reason of each page that leads to more than can be reached."""

    @property
    def question(self) -> str:
        """The address that stands for the listing; a chain begun again, or of a part, keeps that of the first."""
        state = self.first.state
        return state.get("again") or state.get("of") or self.first.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A request, and the chain that it continues."""

    request: Request
    chain: Chain
    depth: int = 0
    instead: Link | None = None
    """The link that an index has to the page: the document itself, where the page turns out to be no list."""
    must_list: bool = False
    """Whether `instead` is no document either, so that a page which is no list gives nothing."""
    beside: frozenset[str] = frozenset()
    """Identities of all links of that index."""


def unreached(chains: Iterable[Chain]) -> dict[str, tuple[int, int]]:
    """Return, by `Chain.question`, the stated and listed numbers of documents where more are stated than listed.

    Listings with a chain that was cut, or that a saved token began in its middle, are left out.
    """
    totals: dict[str, int] = {}
    keys: dict[str, list[set[int]]] = {}
    cut: set[str] = set()
    for chain in chains:
        if "restarted" in chain.first.state:
            cut.discard(chain.question)
        keys.setdefault(chain.question, []).append(chain.keys)
        if chain.total is not None:
            totals[chain.question] = chain.total
        if chain.cut or "again" in chain.first.state:
            cut.add(chain.question)
    listed = {question: len(set().union(*keys[question])) for question in totals if question not in cut}
    return {question: (totals[question], count) for question, count in listed.items() if count < totals[question]}


def incomplete(chain: Chain) -> str | None:
    """Return why a chain's pages lead to more than was reached, in one sentence for all of them."""
    if not chain.incomplete:
        return None
    url, reason = chain.incomplete[0]
    more, listed = len(chain.incomplete) - 1, len(chain.keys)
    alike = f"; {more} more pages are like that" if more else ""
    counted = f"; {chain.total} are stated, {listed} were listed" if chain.total and chain.total > listed else ""
    return f"{url}: {reason}{alike}{counted}"


def broken_off(step: Step) -> str | None:
    """Return that a chain ends before the last page that its pagers name, in words; None where it does not."""
    chain, url = step.chain, step.request.url
    if chain.last is None or chain.last == url or chain.last in chain.landed or "guess" in step.request.state:
        return None
    if chain.total is not None and len(chain.keys) >= chain.total:
        return None
    return f"this page lists nothing new, though the pager leads on to {chain.last}"


def is_unanswered(step: Step) -> bool:
    """Return whether a step is the first one to a guessed address of a listing's next page."""
    return step.depth == 1 and step.request.expect == "listing" and "guess" in step.request.state


def as_document(step: Step, listing: Listing) -> Listing:
    """Return what a page lists that an index leads to; where it lists hardly any documents, that page as one itself.

    A page with much text of its own that lists others as well may be either: it counts, and so do they.
    """
    if step.instead is None:
        return listing
    from scrapers.discovery.listing.onward.division import names_part  # loads the parser of HTML

    itself = () if step.must_list else (step.instead,)
    others = _not_beside(listing, step.beside)
    is_part = names_part(step.instead.text) and any(link.rel == "link" for link in others)
    if not is_part and len(others) < LEAST_OF_A_LIST:
        return Listing(links=itself)
    return listing if listing.own_text <= MOST_TEXT_OF_A_LIST else replace(listing, links=(*itself, *listing.links))


def is_list(listing: Listing, beside: Collection[str]) -> bool:
    """Return whether one of a page's links, whose identities are given, surely leads to a list of documents."""
    pages = [link for link in _not_beside(listing, beside) if link.rel == "link"]
    return len(pages) >= SURELY_A_LIST and listing.own_text <= MOST_TEXT_OF_A_LIST


def _not_beside(listing: Listing, beside: Collection[str]) -> list[Link]:
    """Return the links of a page that the index which leads to it has not."""
    return list({key: link for link in listing.links if (key := identity(link.url)) not in beside}.values())


def leads_back(page: Page, step: Step) -> bool:
    """Return whether a later page was redirected to one already read, or to the home page."""
    return (
        page.final_url in step.chain.landed or urlsplit(page.final_url).path == "/" != urlsplit(step.request.url).path
    )
