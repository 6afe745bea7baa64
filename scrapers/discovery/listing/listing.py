"""A web page that lists documents, and the pages that follow it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import admitted, is_file, once, onward, start_sites
from scrapers.discovery.listing.cards import document_links
from scrapers.discovery.listing.pagination import counted_up, load_more, next_address, stated_total
from scrapers.html.dom import Dom, parse
from scrapers.html.selectors import links
from scrapers.values.addresses import absolute


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start pages."""
    state = {"order": "newest", "page": "1"}
    return tuple(Request(url=url, expect="listing", state=state) for url, _ in start_sites(rules))


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the documents that the page lists, and the page after it."""
    following = None
    if page.content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        page, following = _of_json(page)
    if not page.content.strip():
        return Listing()
    dom = parse(page.content, page.header("content-type"), page.final_url)
    places = tuple(json.loads(request.state.get("places", "[]")))
    if rules.follow:
        found = list(selected(dom, rules.follow))
    else:
        found, chosen = document_links(dom, rules, places)
        places = places or chosen
    listed = once(link for link in found if admitted(link.url, rules, page.final_url))
    total = stated_total(dom)
    return Listing(links=listed, next=_next(dom, request, rules, bool(found), following, places), total=total)


def selected(dom: Dom, selectors: tuple[str, ...]) -> Iterator[Link]:
    """Yield the links that the configuration's selectors name, in the page's order."""
    for link in links(dom, ", ".join(selectors)):
        text = " ".join("".join(str(part) for part in link.anchor.itertext()).split())
        yield Link(url=link.url, text=text, rel="attachment" if is_file(link.url) else "link", origin="listing")


def _next(
    dom: Dom, request: Request, rules: Rules, any_found: bool, stated: str | None, places: tuple[str, ...]
) -> tuple[Request, ...]:
    """Return the request for the following page; none where the page lists nothing, or is the last."""
    if not any_found:
        return ()
    current = int(request.state.get("page", "1"))
    state = onward(request.state, places=json.dumps(places))
    url = stated or (_configured(dom, rules.next_page) if rules.next_page else next_address(dom, current))
    if url is None and not rules.next_page and ("guess" in request.state or (url := load_more(dom, current))):
        # The button may stay where it is on the last page, or be missing from the fragments that it loads.
        url = url or counted_up(request.url, current)
        state["guess"] = "1"
    return (Request(url=url, expect="listing", state=state),) if url else ()


def _configured(dom: Dom, css: str) -> str | None:
    """Return the address that the selector of `next_page` leads to; None if that is the page itself."""
    url = next((link.url for link in links(dom, css)), None)
    return url if url != dom.url else None


def _of_json(page: Page) -> tuple[Page, str | None]:
    """Return the HTML that a load-more answer carries or amounts to, and the next address that it states."""
    try:
        answer = json.loads(page.content)
    except (ValueError, RecursionError) as error:
        raise ExtractError(page.url, f"not a page of a listing: {error}") from error
    markup: list[str] = []
    following: list[str] = []
    _walk(answer, markup, following, 0)
    url = absolute(page.final_url, following[0]) if following else None
    return replace(
        page, content="\n".join(markup).encode(), headers=(("content-type", "text/html; charset=utf-8"),)
    ), url


def _walk(value: Any, markup: list[str], following: list[str], depth: int) -> None:
    """Gather what JSON of unknown form holds: strings of HTML, objects with an address and a title, a next address."""
    if depth > 20:
        return
    if isinstance(value, str):
        if "<a " in value:
            markup.append(value)
    elif isinstance(value, list):
        for entry in value:
            _walk(entry, markup, following, depth + 1)
    elif isinstance(value, dict):
        address = next((value[k] for k in ("url", "link", "href", "permalink") if isinstance(value.get(k), str)), None)
        title = next((value[k] for k in ("title", "name", "headline") if isinstance(value.get(k), str)), None)
        if address and title:
            link = etree.Element("a", href=address)
            link.text = title
            markup.append(f"<article><h3>{etree.tostring(link, encoding='unicode', method='html')}</h3></article>")
            return
        for name, entry in value.items():
            if name.lower() in ("next", "next_url", "nextpage", "next_page_url", "nexturl") and isinstance(entry, str):
                following.append(entry)
            else:
                _walk(entry, markup, following, depth + 1)
