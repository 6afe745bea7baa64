"""What the mechanisms share: their protocol, which links count, and the reading of JSON and addresses."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Protocol
from urllib.parse import parse_qsl, quote, urlsplit

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.values.addresses import canonical, identity, matches, same_site
from scrapers.values.suffixes import DOCUMENTS, NOT_DOCUMENTS, SHARED_FILE, suffix_of

MAX_LINKS = 200_000
"""Most links of one page: four times what a sitemap may hold."""

NOT_DOCUMENT_TYPES = re.compile(
    r"(?:^|[-_])(?:page|attachment|nav|menu|wp|block|template|library|elementor|revision|form|webform|popup|banner|slide|slider"
    r"|event|job|vacancy|vacancies|team|staff|person|people|member|profile|testimonial|faq|product|order|coupon|donation|partner"
    r"|widget|redirect|feedback|acf|customize|oembed|user|homepage|landing|alert|forum|topic|reply)s?(?:[-_]|$)"
)
"""Names of content types, in WordPress and Drupal, that hold no documents."""


class Mechanism(Protocol):
    """A way in which a site tells of its documents. Pure: what it needs between two pages travels in `Request.state`.

    The states that the driver itself understands:

    `else`   addresses, parted by blanks, to ask instead, one after the other, where the answer is an error;
    `guess`  the address was not stated by the site: an error is the end and not a failure;
    `order`  `newest`: the newest documents (or changes) come first, so that an incremental run may stop early;
    `page`   the number of the page: the requests of one chain carry it, which ends where pages repeat;
    `again`  the address at which a chain began, where its first request only goes on from a token;
    `resumed`  it goes on from the token of an earlier run: whatever error comes, the chain begins anew with `else`;
    `restarted`  the same address is asked for again on purpose;
    `tokens` each page names the next by a token of its own: pages that repeat are then a fault of the site, not an end;
    `part`   the list shows a `year`, `month` or `letter` at a time, and this request is for another one;
    `of`     the address of the list whose part it is: totals are of all parts together;
    `behind` a portion of a long file is asked for: how many of its entries stand before it;
    `whole`  another page leads here (by `View all`, a frame, a tab, an index), so such ways on are not taken from here;
    `about`  a document's address: the request is for details of it, and is left out where the document is known.
    """

    def first(self, rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
        """Return what to ask for first: all, or only what is new `since` (ISO 8601), or on from a saved token."""

    def read(self, page: Page, request: Request, rules: Rules) -> Listing:
        """Return the page's links and what to ask for next; ExtractError where it is not what was expected."""


def another_list(url: str, **state: str) -> Request:
    """Return the request for the first page of a list, with what else its state says."""
    return Request(url=url, expect="listing", state={"order": "newest", "page": "1", **state})


def onward(state: Mapping[str, str], **changes: str) -> dict[str, str]:
    """Return the state of the following page: its number one up, what was said of this request alone dropped."""
    kept = {key: value for key, value in state.items() if key not in ("else", "guess", "about", "resumed")}
    return {**kept, "page": str(int(state.get("page", "1")) + 1), **changes}


def read_json(page: Page) -> Any:
    """Return a page that should be JSON; ExtractError where it is not.

    A notice that a server's script prints before its answer, and what stands after it, are passed over.
    """
    try:
        return json.loads(page.content)
    except (ValueError, RecursionError) as error:
        answer = _json_within(page.content)
        if answer is None:
            raise ExtractError(page.url, f"not JSON: {error}") from error
        return answer


def _json_within(content: bytes) -> Any:
    """Return the object or list behind a notice; None where there is none, or where the page is a web page."""
    text = content.decode("utf-8-sig", "replace")
    if re.search(r"<!doctype|<html", text[:10_000], re.IGNORECASE):
        return None
    for match in islice(re.finditer(r"[\[{](?=\s*[\"{\[\]}])", text[:20_000]), 20):
        try:
            answer, end = json.JSONDecoder().raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        # Brackets of a notice's own are short; what was asked for fills the rest of the page.
        if 2 * (end - match.start()) >= len(text) - match.start():
            return answer
    return None


def is_file(url: str) -> bool:
    """Return whether the address names a document file (PDF, Word ...) by its suffix."""
    return suffix_of(url) in DOCUMENTS


def admitted(url: str, rules: Rules, site: str) -> bool:
    """Return whether a document at that address belongs to the source: the globs, the site or a file host, no image."""
    own = same_site(url, site) or any(same_host(url, host) for host in rules.file_hosts)
    return own and _counts(url, rules)


def _counts(url: str, rules: Rules) -> bool:
    """Return whether a document may have that address, on whatever host: it is within the globs, and no image."""
    if suffix_of(url) in NOT_DOCUMENTS or (rules.include and not matches(url, rules.include)):
        return False
    return not (rules.exclude and matches(url, rules.exclude))


def listed(found: Iterable[Link], rules: Rules, site: str) -> Listing:
    """Return the documents of one page, those on hosts that the source does not name apart, and whether any is missed.

    Links to pages of other sites are usual beside a source's own. Where there are no others, or files lie elsewhere,
    the configuration lacks a host: that is said.
    """
    own: list[Link] = []
    others: list[Link] = []
    for link in found:
        (own if admitted(link.url, rules, site) else others).append(link)
    elsewhere = once(link for link in others if _counts(link.url, rules))
    files = Counter(
        urlsplit(link.url).netloc
        for link in elsewhere
        if link.rel == "attachment" or is_file(link.url) or SHARED_FILE.search(link.url)
    )
    reason = None
    if files:
        host, count = files.most_common(1)[0]
        words = "1 file lies on another host" if files.total() == 1 else f"{files.total()} files lie on other hosts"
        reason = f"{words} ({count} on {host}): add file_hosts"
    elif elsewhere and not own:
        host = urlsplit(elsewhere[0].url).netloc
        reason = f"the {len(elsewhere)} documents that are listed lie on another host ({host}): add file_hosts"
    return Listing(links=once(own), elsewhere=elsewhere, incomplete=reason)


def same_host(url: str, host: str) -> bool:
    """Return whether the address lies on a host as the configuration names it (`media.acme.org`, `*.acme.org`)."""
    parts = urlsplit(url)
    names = (parts.netloc.rpartition("@")[2].lower(), (parts.hostname or "").lower())
    host = host.lower()
    if host.startswith("*."):
        return any(name.endswith(host[1:]) or name == host[2:] for name in names)
    return host in names


def once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links, the first of each kept; one more than `MAX_LINKS` where there are more."""
    seen: dict[str, Link] = {}
    for link in links:
        if len(seen) > MAX_LINKS:
            break
        seen.setdefault(identity(link.url), link)
    return tuple(seen.values())


def site_root(url: str) -> str:
    """Return scheme and host of an address, with a slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def query_value(url: str, name: str) -> str | None:
    """Return the first value of a parameter of the address's query."""
    return next((value for key, value in parse_qsl(urlsplit(url).query, keep_blank_values=True) if key == name), None)


def with_query(url: str, changes: Mapping[str, str | None]) -> str:
    """Return the address with parameters set, in place where they stand already, or (None) removed."""
    head, _, query = url.partition("#")[0].partition("?")
    left = dict(changes)
    items: list[str] = []
    for item in query.split("&") if query else []:
        name = next((key for key, _ in parse_qsl(item, keep_blank_values=True)), "")
        if name not in changes:
            items.append(item)
        elif (value := left.pop(name, None)) is not None:
            items.append(_item(name, value))
    items += [_item(name, value) for name, value in left.items() if value is not None]
    return head + ("?" + "&".join(items) if items else "")


def _item(name: str, value: str) -> str:
    return f"{quote(name, safe='[]:_-.')}={quote(value, safe=':,_-.')}"


def start_sites(rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield each start address with the root of its site."""
    for start in rules.start:
        yield canonical(start), site_root(canonical(start))
