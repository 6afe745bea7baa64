"""Invenio and TIND (the UN Digital Library): search results as MARCXML, newest record first."""

from __future__ import annotations

import re
from dataclasses import replace

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import listed, onward, query_value, start_sites, with_query
from scrapers.discovery.repository.records import record_of
from scrapers.discovery.xml import Element, local, parse_xml, text_of
from scrapers.values.addresses import absolute

PER_PAGE = 100
TOTAL = re.compile(rb"<!--\s*Search-Engine-Total-Number-Of-Results:\s*(\d+)\s*-->")


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the first hundred records of the search that the start address stands for."""
    requests = []
    for start, root in start_sites(rules):
        url = start if "/export/xm" in start else start if "/search" in start else root + "search"
        if "/export/xm" not in start:
            url = with_query(url, {"of": "xm", "rg": query_value(start, "rg") or str(PER_PAGE), "jrec": "1"})
        requests.append(Request(url=url, expect="marcxml", state={"site": root, "order": "strict", "page": "1"}))
    return tuple(requests)


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the records of a page of results, each by its page on the site."""
    root = parse_xml(page)
    if local(root) not in ("collection", "record"):
        raise ExtractError(page.url, f"not MARCXML: its root is <{local(root)}>")
    site = request.state["site"]
    records = [root] if local(root) == "record" else [element for element in root if local(element) == "record"]
    found = listed((link for record in records if (link := _link(record, site))), rules, site)
    numbers = [next((text_of(f) for f in record if f.get("tag") == "001"), "") for record in records]
    stated = TOTAL.search(page.content[:10_000])
    total = int(stated[1]) if stated else None
    at = int(query_value(request.url, "jrec") or "0")
    following: tuple[Request, ...] = ()
    if at and records and (total is None or at + len(records) <= total):
        url = with_query(request.url, {"jrec": str(at + len(records))})
        guess = {} if total else {"guess": "1"}
        following = (Request(url=url, expect="marcxml", state=onward(request.state) | guess),)
    entries = tuple(number or f"{at} {place}" for place, number in enumerate(numbers))
    return replace(found, entries=entries, next=following, total=total)


def _link(element: Element, site: str) -> Link | None:
    number = next((text_of(f) for f in element if local(f) == "controlfield" and f.get("tag") == "001"), "")
    url = absolute(site, f"record/{number}") if number.isdigit() else None
    record = record_of(element)
    url = url or next((found for text in record.addresses if (found := absolute(site, text))), None)
    if url is None:
        return None
    return Link(url=url, text=record.title, language=record.language, origin="marcxml", claims=record.claims)
