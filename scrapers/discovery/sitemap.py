"""Sitemaps and their indexes (sitemaps.org), plain text lists, gzip'd or not, found by robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlsplit

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import feed
from scrapers.discovery.base import MAX_LINKS, listed, site_root, start_sites
from scrapers.discovery.claims import iso_date
from scrapers.discovery.listing.words import ASIDE_PATHS
from scrapers.discovery.xml import Element, address_of, is_xml, local, parse_xml, text_of, unpacked
from scrapers.values.addresses import absolute

T = TypeVar("T")

MAX_DEPTH = 3
PORTION = 5_000
"""The most addresses of a file that a walk is given at once: a file may hold ten times as many."""
GUESSES = ("/sitemap.xml", "/sitemap_index.xml")
WEB_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
NOT_DOCUMENTS = re.compile(
    r"(?:taxonom|users?-|author|categor|post_tag|-tags?[-.]|image|video|attachment)", re.IGNORECASE
)
"""Child sitemaps of other things than documents, by the names that WordPress and its plug-ins give them."""


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start where it may be a sitemap, then for robots.txt, which names them.

    Where the start is a page below the home page, only what lies below it counts.
    """
    since_state = {"since": since[:10]} if since else {}
    found: dict[str, dict[str, str]] = {}
    for url, root in start_sites(rules):
        path = urlsplit(url).path
        direct = path.endswith((".xml", ".xml.gz", ".txt")) or "sitemap" in path
        below = {} if direct or path == "/" else {"below": path.rstrip("/") + "/"}
        # A site without robots.txt may have a sitemap at the usual place all the same.
        robots = root + "robots.txt"
        others = {} if direct else {"else": _guesses(url) if path == "/" else f"{robots} {_guesses(url)}"}
        found[robots if path == "/" else url] = since_state | below | others | {"behind": "0"}
    return tuple(Request(url=url, expect="sitemap", state=state) for url, state in found.items())


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return a sitemap's addresses, or the sitemaps that an index or robots.txt names."""
    if urlsplit(request.url).path == "/robots.txt":
        return _of_robots(page, request)
    if not is_xml(page):
        return _of_text(page, request, rules)
    root = parse_xml(page)
    name = local(root).lower()
    if name == "sitemapindex":
        return _of_index(root, page, request)
    if name in ("rss", "rdf", "feed"):  # sitemaps.org takes a feed for a sitemap
        found = feed.read(page, request, rules)
        counting = [link for link in (*found.links, *found.elsewhere) if _counts(link.url, request, rules)]
        return listed(counting, rules, page.final_url)
    if name != "urlset":
        raise ExtractError(page.url, f"not a sitemap: its root is <{local(root)}>")
    portion, following, left_out = _portion([element for element in root if local(element).lower() == "url"], request)
    links = []
    for element in portion:
        url = absolute(page.final_url, address_of(_child(element, "loc")))
        if url and _counts(url, request, rules):
            modified = text_of(_child(element, "lastmod"))
            links.append(Link(url=url, modified=modified if iso_date(modified) else None, origin="sitemap"))
    return _listing(links, following, left_out, rules, page)


def _portion(entries: Sequence[T], request: Request) -> tuple[Sequence[T], tuple[Request, ...], str | None]:
    """Return the entries that a request asks for, the request for those behind them, and what is left out, in words.

    A walk asks for a portion at a time (`behind`, how many entries stand before it), so that it never holds the whole
    of a long file; who does not ask so is given all.
    """
    if "behind" not in request.state:
        return entries, (), None
    behind = int(request.state["behind"])
    end = behind + PORTION
    if end >= len(entries):
        return entries[behind:], (), None
    if end >= MAX_LINKS:
        return entries[behind:end], (), f"more than {MAX_LINKS:,} addresses stand in one file; the others are left out"
    state = {key: value for key, value in request.state.items() if key != "else"}
    return entries[behind:end], (Request(url=request.url, expect="sitemap", state={**state, "behind": str(end)}),), None


def _listing(
    links: Iterable[Link], following: tuple[Request, ...], left_out: str | None, rules: Rules, page: Page
) -> Listing:
    found = listed(links, rules, page.final_url)
    return replace(found, next=following, incomplete=left_out or found.incomplete)


def _counts(url: str, request: Request, rules: Rules) -> bool:
    """Return whether an address may be a document's: not the home page, a form or a topic, and below the start."""
    path, below = urlsplit(url).path, request.state.get("below", "/")
    is_start = urlsplit(request.url).path.rstrip("/") + "/" == below  # what it lists need not lie below it
    if path == "/" or not (is_start or path.startswith(below)):
        return False
    return bool(rules.include) or ASIDE_PATHS.search(path) is None


def _guesses(url: str) -> str:
    return " ".join(site_root(url).rstrip("/") + path for path in GUESSES)


def _of_robots(page: Page, request: Request) -> Listing:
    """Return the sitemaps that robots.txt names; the usual places where it names none."""
    text = page.content[:500_000].decode("utf-8-sig", "replace").replace("\r", "\n")
    lines = re.findall(r"(?im)^[ \t]*site-?map[ \t]*:[ \t]*(\S+)", text)
    urls = list(dict.fromkeys(url for line in lines if (url := absolute(page.final_url, line))))
    state = {key: value for key, value in request.state.items() if key != "else"}
    if urls:
        return Listing(next=tuple(Request(url=url, expect="sitemap", state=state) for url in urls))
    first_guess, _, others = _guesses(page.final_url).partition(" ")
    return Listing(next=(Request(url=first_guess, expect="sitemap", state=state | {"else": others}),))


def _of_text(page: Page, request: Request, rules: Rules) -> Listing:
    text = unpacked(page).decode("utf-8-sig", "replace")
    lines = [] if WEB_PAGE.search(text, 0, 3000) else text.split()
    urls = [url for line in lines if line.startswith("http") and (url := absolute(page.final_url, line))]
    if not urls:
        raise ExtractError(page.url, "not a sitemap")
    portion, following, left_out = _portion(urls, request)
    counting = (Link(url=url, origin="sitemap") for url in portion if _counts(url, request, rules))
    return _listing(counting, following, left_out, rules, page)


def _of_index(root: Element, page: Page, request: Request) -> Listing:
    """Return the sitemaps of an index, those left out that have not changed since the last run."""
    since = request.state.get("since")
    depth = int(request.state.get("depth", "0")) + 1
    if depth > MAX_DEPTH:
        raise ExtractError(page.url, f"sitemaps that name sitemaps, more than {MAX_DEPTH} deep")
    found: list[Request] = []
    partial = False
    for element in root:
        url = absolute(page.final_url, address_of(_child(element, "loc")))
        lastmod = text_of(_child(element, "lastmod"))
        if url is None or NOT_DOCUMENTS.search(urlsplit(url).path.rpartition("/")[2]):
            continue
        if since and lastmod and lastmod[:10] < since:
            partial = True
            continue
        found.append(Request(url=url, expect="sitemap", state={**request.state, "depth": str(depth)}))
    return Listing(next=tuple(found), partial=partial)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child).lower() == name), None)
