"""The ways that a site offers to its documents, as its start page shows them: the best first.

A page that lists documents and leads on to more is a listing, for it is what a person would read. A home page shows the
latest only: there an API or a sitemap comes first. Feeds come late, as most hold but the last few documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from models.errors import ExtractError
from scrapers.base import Listing, Page, Request, Rules
from scrapers.discovery.base import query_value, site_root
from scrapers.discovery.feed import feed_links
from scrapers.discovery.listing.documents import document_links
from scrapers.discovery.listing.onward.pagination import load_more, next_address
from scrapers.discovery.listing.shells import made_by_script
from scrapers.discovery.xml import is_xml, local, parse_xml
from scrapers.html.dom import Dom, parse
from scrapers.values.addresses import absolute

XML_ROOTS = {
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "OAI-PMH": "oai-pmh",
    "collection": "marcxml",
    "record": "marcxml",
    "ListBucketResult": "directory",
    "rss": "feed",
    "RDF": "feed",
    "feed": "feed",
}
MANY = 3
"""A page with this many documents is a listing."""
HOME = re.compile(r"/(?:[a-z]{2}(?:-\w{2,4})?/?)?(?:index\.\w{3,4}|home/?)?\Z", re.IGNORECASE)


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return no links, but the ways to go on, the best first: each names a mechanism and where it starts.

    A way that the page itself does not name is marked `guess`: most sites have a sitemap, few open Drupal's API.
    """
    ways = dict.fromkeys(_ways(page, request.url, rules))
    following = tuple(Request(url=url, expect=name, state=_guessed(name)) for name, url in ways)
    return Listing(next=following, incomplete=_empty_because(page, rules))


def _empty_because(page: Page, rules: Rules) -> str | None:
    """Return why a web page lists nothing itself, where a script would fill it; None where it lists something."""
    if _mechanism_of_data(page) is not None:
        return None
    dom = parse(page.content, page.header("content-type"), page.final_url)
    reason = made_by_script(dom)
    return reason if reason and not document_links(dom, rules)[0] else None


def _guessed(name: str) -> dict[str, str]:
    return {"guess": "1"} if name in ("sitemap", "drupal", "listing") else {}


def request_for(page: Page, rules: Rules) -> Request:
    """Return a request with the mechanism that reads a page as it is; raises ExtractError for what lists nothing."""
    from scrapers.discovery import MECHANISMS

    name = "listing" if rules.follow else _mechanism_of(page)
    asked = MECHANISMS[name].first(replace(rules, start=(page.final_url,)), since=None, token=None)
    same = next((request for request in asked if request.url == page.final_url), None)
    return same or Request(url=page.final_url, expect=name, state=asked[0].state if asked else {})


def stated_address(page: Page) -> str | None:
    """Return the address that a web page states of itself: `<link rel=canonical>`, `og:url`, `<base href>`."""
    if _mechanism_of_data(page) is not None:
        return None
    root = parse(page.content, page.header("content-type"), page.final_url).root
    stated = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    stated += [meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:url"]
    stated += [base.get("href") for base in root.iter("base")]
    return next((url for url in stated if url and url.startswith(("http://", "https://"))), None)


def _mechanism_of(page: Page) -> str:
    """Return the mechanism that reads a page as it is."""
    if (name := _mechanism_of_data(page)) is not None:
        return name
    return "directory" if _is_index(parse(page.content, page.header("content-type"), page.final_url)) else "listing"


def _ways(page: Page, start: str, rules: Rules) -> Iterator[tuple[str, str]]:
    if (name := _mechanism_of_data(page)) is not None:
        yield name, start
    else:
        yield from _of_html(page, start, rules)


def _mechanism_of_data(page: Page) -> str | None:
    """Return the mechanism of JSON, XML or a list of addresses; None for a web page."""
    head = page.content[:3000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        return _of_json(page)
    if is_xml(page):
        root = local(parse_xml(page))
        root = next((name for name in XML_ROOTS if name.lower() == root.lower()), root)
        return XML_ROOTS.get(root, "listing")
    if re.match(rb"(?:https?://\S+\s+){2}", head) or head[:2] == b"\x1f\x8b":
        return "sitemap"
    return None


def _of_json(page: Page) -> str:
    """Return the mechanism whose answers look like this JSON."""
    try:
        answer = json.loads(page.content)
    except (ValueError, RecursionError) as error:
        raise ExtractError(page.url, f"neither a web page nor JSON: {error}") from error
    if isinstance(answer, list):
        return "wordpress" if answer and isinstance(answer[0], dict) and "modified_gmt" in answer[0] else "listing"
    if "jsonfeed.org" in str(answer.get("version")):
        return "feed"
    if "namespaces" in answer or "routes" in answer:
        return "wordpress"
    if "dspaceServer" in answer or "dspaceVersion" in answer or "searchResult" in str(answer.get("_embedded"))[:50]:
        return "dspace"
    return "drupal" if "jsonapi" in answer else "listing"


def _of_html(page: Page, start: str, rules: Rules) -> Iterator[tuple[str, str]]:
    dom = parse(page.content, page.header("content-type"), page.final_url)
    root = site_root(page.final_url)
    generator = " ".join(
        (meta.get("content") or "").lower()
        for meta in dom.root.iter("meta")
        if (meta.get("name") or "").lower() == "generator"
    )
    if "dspace" in generator or next(dom.root.iter("ds-app"), None) is not None:
        # Its search pages are forbidden to robots; a community's or collection's address tells the API what to list.
        yield "dspace", start
        yield "oai-pmh", root
        yield "sitemap", root
    if _is_index(dom):
        yield "directory", start
    if endpoint := _oai_endpoint(dom):
        yield "oai-pmh", endpoint
    home = HOME.match(urlsplit(page.final_url).path) is not None
    found, _ = document_links(dom, rules)
    many = len(found) >= MANY
    leads_on = many and (next_address(dom, 1) is not None or load_more(dom, 1) is not None)
    if leads_on or (many and not home):
        yield "listing", start
    if api := _wordpress_api(dom, page):
        yield "wordpress", api if home else _within(api, page.final_url)
    if "drupal" in generator:
        yield "drupal", root
    feeds = feed_links(page)
    path = urlsplit(page.final_url).path.rstrip("/")
    if not home:
        yield "sitemap", page.final_url
        yield from (("feed", url) for url in feeds if urlsplit(url).path.startswith(path + "/"))
    yield "sitemap", root
    yield from (("feed", url) for url in feeds)
    yield "listing", start


def _is_index(dom: Dom) -> bool:
    """Return whether the page is a directory as Apache, nginx, lighttpd or Python lists it."""
    titles = ["".join(str(part) for part in e.itertext())[:100] for e in dom.root.iter("title", "h1")]
    return any(re.match(r"\s*(?:Index of|Directory listing for|Listing of)\s*/", title) for title in titles)


def _oai_endpoint(dom: Dom) -> str | None:
    for element in dom.root.iter("a", "link"):
        href = element.get("href") or ""
        if "verb=" in href and (url := absolute(dom.base_url, href)) and query_value(url, "verb"):
            return url.partition("?")[0]
    return None


def _wordpress_api(dom: Dom, page: Page) -> str | None:
    """Return the root of WordPress's API as the page's head or its Link header names it."""
    for element in dom.root.iter("link"):
        if (element.get("rel") or "").strip() == "https://api.w.org/":
            return absolute(dom.base_url, element.get("href"))
    for value in (value for name, value in page.headers if name.lower() == "link"):
        if match := re.search(r'<([^>]+)>\s*;\s*rel="?https://api\.w\.org/', value):
            return absolute(dom.base_url, match[1])
    return None


def _within(api: str, start: str) -> str:
    """Return the API's root with the start page's path, which names the type of content that is wanted."""
    return f"{api.partition('?')[0].rstrip('/')}/?from={urlsplit(start).path}" if "rest_route" not in api else api
