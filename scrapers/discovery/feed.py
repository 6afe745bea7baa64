"""RSS 0.9 to 2.0, RDF, Atom (RFC 4287) and JSON Feed, paged (RFC 5005) or not, newest first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import claims
from scrapers.discovery.base import admitted, is_file, listed, onward, start_sites, with_query
from scrapers.discovery.xml import Element, address_of, is_xml, local, parse_xml, text_of
from scrapers.html.refusals import walled
from scrapers.sniff.mediatype import PAGES, PDF
from scrapers.values.addresses import absolute

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
FILE_TYPES = ("application/pdf", "application/x-pdf", "application/msword", "application/epub+zip")
ENCLOSING = re.compile(r"(?:^|/)(?:enclosure|acquisition(?:/open-access)?)\Z")
"""Relations of a link to the file of an entry: Atom's, and those of a catalogue of books that may be had freely."""
CATALOGUE = re.compile(r"application/atom\+xml\s*;.*opds-catalog", re.IGNORECASE)
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
    if not is_xml(page):
        return _of_html(page, request)
    root = parse_xml(page)
    if local(root) not in ROOTS:
        raise ExtractError(page.url, f"not a feed: its root is <{local(root)}>")
    entries = entries_of(root)
    found = listed((link for entry in entries for link in _entry(entry, page, rules)), rules, page.final_url)
    catalogues = _catalogues(entries, page) if not found.links else ()
    return replace(found, next=(*_next(root, page, request, bool(entries)), *catalogues))


def _catalogues(entries: Sequence[Element], page: Page) -> tuple[Request, ...]:
    """Return the requests for the catalogues that a catalogue of catalogues leads to (OPDS 1.2, "navigation feeds")."""
    links = [link for entry in entries for link in entry if local(link) == "link"]
    urls = [_resolved(link, link.get("href"), page) for link in links if CATALOGUE.search(link.get("type") or "")]
    state = {"order": "strict", "page": "1"}
    return tuple(Request(url=url, expect="feed", state=state) for url in dict.fromkeys(urls) if url)


def entries_of(root: Element) -> list[Element]:
    """Return the items or entries of a feed."""
    return [element for element in root.iter() if local(element) in ("item", "entry")]


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
    if "guess" in request.state and request.state.get("page", "1") != "1" and (reason := walled(page)):
        return Listing(incomplete=reason)
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
    """Yield the document of an entry and the files that it encloses; the first of the files where it names no page."""
    children: dict[str, list[Element]] = {}
    for child in entry:
        children.setdefault(local(child), []).append(child)

    def first_text(*names: str) -> str | None:
        return next((value for name in names for child in children.get(name, ()) if (value := text_of(child))), None)

    addresses = [url for url in (_page(entry, children, page), *_files(children, page)) if url]
    wanted = _own_first(addresses, rules, page.final_url)
    creators = [text_of(c) for c in children.get("creator", ())] or [
        text_of(next((part for part in child if local(part) == "name"), child)) for child in children.get("author", ())
    ]
    for number, url in enumerate(wanted):
        if number:  # what the feed says is said of the page; the file is read as one of the page's
            yield Link(url=url, rel="attachment", origin="feed")
            continue
        modified = _possible(first_text("updated", "modified"), page)
        yield Link(
            url=url,
            text=claims.plain(first_text("title") or ""),
            modified=modified if modified and claims.iso_date(modified) else None,
            origin="feed",
            claims=claims.given(
                title=claims.text(first_text("title"), "feed:title"),
                authors=claims.authors(creators, "feed:author"),
                date_published=claims.date(
                    _possible(first_text("published", "pubDate", "issued", "date"), page), "feed:date"
                ),
            ),
        )


def _own_first(addresses: Sequence[str], rules: Rules, site: str) -> list[str]:
    """Return the addresses of one entry, each once: the source's own, the first of them the document's, then others.

    Of others beside its own only the files count: what a page is about may well lie on another site.
    """
    urls = dict.fromkeys(addresses)
    own = [url for url in urls if admitted(url, rules, site)]
    return own + [url for url in urls if url not in own and (not own or url != addresses[0])]


def _possible(day: str | None, page: Page) -> str | None:
    """Return a day unless it is that of a clock which was never set (1970), or lies ahead of the day of fetching."""
    value = claims.iso_date(day or "")
    if value is None or value in ("1970-01-01", "1969-12-31"):
        return None
    latest = (page.retrieved_at + timedelta(days=1)).date().isoformat()  # it is tomorrow somewhere already
    return day if value <= latest[: len(value)] else None


def _page(entry: Element, children: dict[str, list[Element]], page: Page) -> str | None:
    """Return the address of an entry's page: its alternate link, HTML before other forms of it, else its guid."""
    ranked: list[tuple[int, str | None]] = []
    for link in children.get("origLink", ()):  # the original address, where a redirecting service has replaced the link
        ranked.append((0, _resolved(link, address_of(link), page)))
    for link in children.get("link", ()):
        relation = (link.get("rel") or "alternate").strip().lower().rpartition("/")[2]
        form = (link.get("type") or "").split(";")[0].strip().lower()
        if relation == "alternate" and not CATALOGUE.search(link.get("type") or ""):
            rank = 1 if form in ("", *PAGES) else 2 if form == PDF else 5
            ranked.append((rank, _resolved(link, link.get("href") or address_of(link), page)))
    for guid in (*children.get("guid", ()), *children.get("id", ())):
        stated = guid.get("isPermaLink", "true").lower() != "false" and local(guid) == "guid"
        if re.match(r"https?://\S+\Z", text_of(guid)):  # a number, a tag: URI or a UUID is no address
            ranked.append((3 if stated else 6, absolute(page.final_url, text_of(guid))))
    about = entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    ranked.append((4, absolute(page.final_url, about)))
    found = [(rank, url) for rank, url in ranked if url]
    if not any(rank < 6 for rank, _ in found) and next(_files(children, page), None):
        return None
    return min(found, key=lambda one: one[0])[1] if found else None


def _files(children: dict[str, list[Element]], page: Page) -> Iterator[str]:
    """Yield the document files that an entry encloses (RSS `enclosure`, Atom `rel=enclosure`, Media RSS)."""
    enclosures = [(e, e.get("url")) for name in ("enclosure", "content") for e in children.get(name, ())]
    for link in children.get("link", ()):
        if ENCLOSING.search((link.get("rel") or "").strip().lower()):
            enclosures.append((link, link.get("href")))
    for element, href in enclosures:
        url = _resolved(element, href, page) if href else None
        form = (element.get("type") or "").split(";")[0].strip().lower()
        if url and (is_file(url) or form in FILE_TYPES):
            yield url


def _resolved(element: Element, href: str | None, page: Page) -> str | None:
    """Return a link's address by the base that holds where it stands (`xml:base`)."""
    return absolute(element.base or page.final_url, href)


def _next(root: Element, page: Page, request: Request, entries: bool) -> tuple[Request, ...]:
    """Return the following page: RFC 5005's links, else WordPress's `paged`."""
    for element in root.iter():
        if local(element) in ("item", "entry"):
            break
        if local(element) == "link" and element.get("rel") in ("next", "prev-archive"):
            url = _resolved(element, element.get("href"), page)
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
    entries = (link for item in items if isinstance(item, dict) for link in _json_item(item, page, rules))
    following = absolute(page.final_url, feed.get("next_url"))
    further = (Request(url=following, expect="feed", state=onward(request.state)),) if following else ()
    return replace(listed(entries, rules, page.final_url), next=further)


def _json_item(item: Mapping[str, Any], page: Page, rules: Rules) -> Iterator[Link]:
    """Yield the document of an item, and the files that are attached to it."""
    named = [item.get("url"), item.get("external_url")]
    named += [item.get("id")] if str(item.get("id")).startswith(("http://", "https://")) else []
    attached = item.get("attachments")
    files = [part for part in attached if isinstance(part, dict)] if isinstance(attached, list) else []
    page_address = next((str(address) for address in named if address), None)
    addresses = [absolute(page.final_url, page_address)] if page_address else []
    for part in files:
        url = absolute(page.final_url, str(part.get("url") or ""))
        if url and (is_file(url) or part.get("mime_type") in FILE_TYPES):
            addresses.append(url)
    wanted = _own_first([url for url in addresses if url], rules, page.final_url)
    people = item.get("authors") or [item.get("author")]
    for number, url in enumerate(wanted):
        if number:
            yield Link(url=url, rel="attachment", origin="feed")
            continue
        yield Link(
            url=url,
            text=claims.plain(str(item.get("title") or "")),
            modified=_possible(item.get("date_modified"), page),
            origin="feed",
            language=item.get("language"),
            claims=claims.given(
                title=claims.text(item.get("title"), "feed:title"),
                authors=claims.authors(
                    [str(a.get("name") or "") for a in people if isinstance(a, dict)], "feed:author"
                ),
                date_published=claims.date(_possible(item.get("date_published"), page), "feed:date"),
            ),
        )
