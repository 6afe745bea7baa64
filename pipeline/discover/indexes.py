"""Pages whose links may lead to lists of documents: two of the pages behind them are read to tell, or all are."""

from __future__ import annotations

from models.errors import PageError
from pipeline.discover.chains import Chain, Step, is_list
from pipeline.discover.hooks import Hooks
from pipeline.discover.signs import by_key
from scrapers.base import Link, Listing, Page, Rules
from scrapers.discovery.base import another_list


async def is_index(listing: Listing, hooks: Hooks, rules: Rules, pages: dict[str, Page]) -> bool:
    """Return whether a page's links are to be looked into; `pages` receives what was fetched to tell.

    Links that the store holds lead to documents. What cannot be fetched is no list; as a document it fails later.
    """
    if listing.index == "each":
        return True
    beside = frozenset(by_key(listing.links))
    if listing.index == "some" and await hooks.known(beside) >= beside:
        return False
    asked = await _askable(listing, hooks)
    for link in (*asked[:1], *asked[1:][-1:]):
        request = another_list(link.url, whole="1")
        try:
            page = await hooks.fetch(request)
            if page is not None:
                pages[link.url] = page
                if is_list(await hooks.read(page, request, rules), beside):
                    return True
        except PageError:
            continue
    return False


async def _askable(listing: Listing, hooks: Hooks) -> list[Link]:
    """Return the links that may be asked for: those that were taken down on request are not."""
    keys = by_key(listing.links)
    refused = await hooks.forgotten(keys)
    return [link for key, link in keys.items() if key not in refused]


async def looked_into(step: Step, listing: Listing, hooks: Hooks) -> list[Step]:
    """Return the steps to what may be lists, or documents: what each page lists tells which it is."""
    beside = frozenset(by_key(listing.links))
    links = await _askable(listing, hooks)
    asked = [(another_list(link.url, whole="1", of=step.chain.question), link) for link in links]
    must = listing.index == "only"
    return [Step(request=r, chain=Chain(r), instead=link, beside=beside, must_list=must) for r, link in asked]
