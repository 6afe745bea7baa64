"""Which mechanism a site offers, told from its start page: the ways to go on, the best first."""

from __future__ import annotations

from scrapers.base import Listing, Page, Request, Rules
from scrapers.discovery.base import start_sites
from scrapers.discovery.xml import local, parse_xml


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start pages; with `follow` each is a listing."""
    expect = "listing" if rules.follow else "auto"
    return tuple(Request(url=url, expect=expect, state={"order": "newest"}) for url, _ in start_sites(rules))


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return no links, but what to ask for, by which mechanism: alternatives, the best first."""
    return Listing(next=tuple(Request(url=page.url, expect=name, state=request.state) for name in _names(page)))


def _names(page: Page) -> list[str]:
    head = page.content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        return ["feed"]
    if head[:2] == b"\x1f\x8b" or (head.startswith(b"<") and b"<html" not in head.lower()):
        root = local(parse_xml(page))
        return [{"urlset": "sitemap", "sitemapindex": "sitemap"}.get(root, "feed")]
    return ["listing"]
