"""What a page of a listing, or the error that came instead, shows of the listing: its entries, their order, its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from models.errors import FetchError, Gone, PageError
from scrapers.base import Link, Listing, Request
from scrapers.values.addresses import identity

SOME_DATES = 3
"""So many dates on a page show in which order it stands."""
MOSTLY = 0.75
"""Share of dates that follow that order; a featured document may stand before them."""


def by_key(links: Iterable[Link]) -> dict[str, Link]:
    """Return links by the identity of their addresses, in order; what is no address is left out."""
    return {key: link for link in links if (key := identity_of(link.url)) is not None}


def entries(listing: Listing, on_page: Mapping[str, Link]) -> tuple[int, ...]:
    """Return a mark for each of a page's entries, each once; `on_page` is `by_key` of its links."""
    return tuple(map(hash, dict.fromkeys(listing.entries))) or tuple(map(hash, on_page))


def order_of(listing: Listing) -> Literal["newest", "oldest"] | None:
    """Return which documents stand first on a page, as the dates of its entries show; None where they do not."""
    dates = [str(link.claims["date_published"].value) for link in listing.links if "date_published" in link.claims]
    steps = [before < after for before, after in pairwise(dates) if before != after]
    if len(steps) < SOME_DATES - 1:
        return None
    rising = sum(steps) / len(steps)
    return "oldest" if rising >= MOSTLY else "newest" if rising <= 1 - MOSTLY else None


def is_past_the_end(error: PageError, request: Request) -> bool:
    """Return whether an error means the page after the last: 404, or 400 as WordPress answers.

    Any error does at a guessed address; none does where the site itself gave the token.
    """
    if "guess" in request.state or "tokens" in request.state:
        return "guess" in request.state
    if isinstance(error, Gone):
        return True
    return isinstance(error, FetchError) and bool(error.attempts) and error.attempts[-1].status == 400


def is_guess(requests: Iterable[Request]) -> bool:
    """Return whether the site did not state the address of one of these requests."""
    return any("guess" in request.state for request in requests)


def is_rest(request: Request, read: Request) -> bool:
    """Return whether a request asks for what follows in the very file that another one has read the beginning of."""
    return request.url == read.url and "behind" in request.state and request.expect == read.expect


def identity_of(url: str) -> str | None:
    """Return the identity of an address; None where it is no address."""
    try:
        return identity(url)
    except ValueError:
        return None
