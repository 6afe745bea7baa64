"""RSS 0.9 to 2.0, RDF, Atom (RFC 4287) and JSON Feed, paged (RFC 5005) or not, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import claims
from scrapers.discovery.base import admitted, is_file, once, onward, start_sites, with_query
from scrapers.discovery.xml import Element, local, parse_xml, text_of
from scrapers.values.addresses import absolute

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
DC = "http://purl.org/dc/"
ROOTS = frozenset({"rss", "RDF", "feed"})


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start page: a feed, or a page that names its feed."""
    return tuple(
        Request(url=url, expect="feed", state={"order": "strict", "page": "1"}) for url, _ in start_sites(rules)
    )


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the feed's entries, or of a web page the feeds that it names."""
    head = page.content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return _json_feed(page, request, rules)
    if not head.startswith(b"<") or b"<html" in head.lower():
        return _of_html(page, request)
    root = parse_xml(page)
    if local(root) not in ROOTS:
        raise ExtractError(page.url, f"not a feed: its root is <{local(root)}>")
    entries = [element for element in root.iter() if local(element) in ("item", "entry")]
    links = once(link for entry in entries for link in _entry(entry, page, rules))
    return Listing(links=links, next=_next(root, page, request, bool(entries)))


def feed_links(page: Page) -> list[str]:
    """Return the feeds that a web page names in its head, comment feeds left out."""
    from scrapers.html.dom import parse

    dom = parse(page.content, page.header("content-type"), page.final_url)
    found: list[str] = []
    for link in dom.root.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in FEED_TYPES:
            url = absolute(dom.base_url, link.get("href"))
            if url and "comment" not in (url + (link.get("title") or "")).lower():
                found.append(url)
    return list(dict.fromkeys(found))


def _of_html(page: Page, request: Request) -> Listing:
    if request.state.get("from") == "page":
        raise ExtractError(page.url, "not a feed but a web page")
    urls = feed_links(page)
    state = {**request.state, "from": "page"}
    if not urls:
        guesses = [absolute(page.final_url, path) or "" for path in ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml")]
        state |= {"guess": "1", "else": " ".join(guesses[1:])}
        urls = guesses
    return Listing(next=(Request(url=urls[0], expect="feed", state=state),))


def _entry(entry: Element, page: Page, rules: Rules) -> Iterator[Link]:
    """Yield the document of an entry: its page, or the file that it encloses where it has none."""
    children: dict[str, list[Element]] = {}
    for child in entry:
        children.setdefault(local(child), []).append(child)

    def first_text(*names: str) -> str | None:
        return next((value for name in names for child in children.get(name, ()) if (value := text_of(child))), None)

    url = _address(entry, children, page)
    if url is None or not admitted(url, rules, page.final_url):
        return
    creators = [text_of(c) for c in children.get("creator", ())] or [
        text_of(next((part for part in child if local(part) == "name"), child)) for child in children.get("author", ())
    ]
    modified = first_text("updated", "modified")
    yield Link(
        url=url,
        text=claims.plain(first_text("title") or ""),
        modified=modified if modified and claims.iso_date(modified) else None,
        origin="feed",
        claims=claims.given(
            title=claims.text(first_text("title"), "feed:title"),
            authors=claims.authors(creators, "feed:author"),
            date_published=claims.date(first_text("published", "pubDate", "issued", "date"), "feed:date"),
        ),
    )


def _address(entry: Element, children: dict[str, list[Element]], page: Page) -> str | None:
    """Return an entry's address: its alternate link, a guid that is one, or its enclosed document."""
    candidates: list[str | None] = []
    for link in children.get("link", ()):
        if link.get("rel", "alternate") == "alternate":
            candidates.append(link.get("href") or text_of(link))
    candidates += [text_of(guid) for guid in children.get("guid", ()) if guid.get("isPermaLink", "true") != "false"]
    candidates += [e.get("url") for e in children.get("enclosure", ()) if is_file(e.get("url") or "")]
    candidates.append(entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"))
    return next((url for candidate in candidates if candidate and (url := absolute(page.final_url, candidate))), None)


def _next(root: Element, page: Page, request: Request, entries: bool) -> tuple[Request, ...]:
    """Return the following page: RFC 5005's links, else WordPress's `paged`."""
    for element in root.iter():
        if local(element) in ("item", "entry"):
            break
        if local(element) == "link" and element.get("rel") in ("next", "prev-archive"):
            url = absolute(page.final_url, element.get("href"))
            return (Request(url=url, expect="feed", state=onward(request.state)),) if url else ()
    generator = next((text_of(element) for element in root.iter() if local(element) == "generator"), "")
    if entries and "wordpress" in generator.lower():
        state = onward(request.state, guess="1")
        url = with_query(page.final_url, {"paged": state["page"]})
        return (Request(url=url, expect="feed", state=state),)
    return ()


def _json_feed(page: Page, request: Request, rules: Rules) -> Listing:
    try:
        feed: Any = json.loads(page.content)
    except (ValueError, RecursionError) as error:
        raise ExtractError(page.url, f"not a JSON Feed: {error}") from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise ExtractError(page.url, "not a JSON Feed: it has no items")
    links: list[Link] = []
    for item in items:
        if not isinstance(item, dict):
            continue
        url = absolute(page.final_url, str(item.get("url") or item.get("external_url") or item.get("id") or ""))
        if url is None or not admitted(url, rules, page.final_url):
            continue
        people = item.get("authors") or [item.get("author")]
        links.append(
            Link(
                url=url,
                text=claims.plain(str(item.get("title") or "")),
                modified=item.get("date_modified"),
                origin="feed",
                language=item.get("language"),
                claims=claims.given(
                    title=claims.text(item.get("title"), "feed:title"),
                    authors=claims.authors(
                        [str(a.get("name") or "") for a in people if isinstance(a, dict)], "feed:author"
                    ),
                    date_published=claims.date(item.get("date_published"), "feed:date"),
                ),
            )
        )
    following = absolute(page.final_url, feed.get("next_url"))
    return Listing(
        links=once(links),
        next=(Request(url=following, expect="feed", state=onward(request.state)),) if following else (),
    )
