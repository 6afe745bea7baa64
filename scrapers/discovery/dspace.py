"""DSpace 7 and later: the discovery endpoint of its REST API, newest accession first, and the files of new items.

The item's page is the document's address; `ORIGINAL` is the bundle that holds what was deposited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from models.errors import ExtractError
from scrapers.base import Author, Found, Link, Listing, Page, Request, Rules
from scrapers.discovery import claims
from scrapers.discovery.base import admitted, once, onward, read_json, site_root, start_sites, with_query

SIZE = 100
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the first hundred items, of one collection or community where the start address is its page."""
    requests = []
    for start, root in start_sites(rules):
        head, api, _ = start.partition("/server/api")
        base = head + api if api else root + "server/api"
        url = f"{base}/discover/search/objects?dsoType=item&size={SIZE}&page=0&embed=bundles/bitstreams"
        if scope := re.search(rf"/(?:collections|communities)/({UUID.pattern})", start):
            url += f"&scope={scope[1]}"
        state = {"order": "strict", "page": "1", "ui": root, "api": base, "else": url}
        requests.append(Request(url=f"{url}&sort=dc.date.accessioned,DESC", expect="dspace", state=state))
    return tuple(requests)


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the items of a page of results, or the files of one item."""
    answer = read_json(page)
    if not isinstance(answer, dict):
        raise ExtractError(page.url, "not an answer of DSpace's API")
    if "about" in request.state:
        bundles = _list(_dict(answer, "_embedded"), "bundles")
        return Listing(links=once(_files(bundles, request.state, rules)))
    result = _dict(_dict(answer, "_embedded"), "searchResult")
    if not result:
        raise ExtractError(page.url, "not a result of DSpace's search: it has no searchResult")
    links: list[Link] = []
    entries: list[str] = []
    following: list[Request] = []
    for entry in _list(_dict(result, "_embedded"), "objects"):
        item = _dict(_dict(entry, "_embedded"), "indexableObject")
        entries.append(str(item.get("uuid") or item.get("id") or len(entries)))
        link = _item(item, request.state)
        if link is None or not admitted(link.url, rules, request.state.get("ui", page.final_url)):
            continue
        links.append(link)
        embedded = _dict(_dict(item, "_embedded"), "bundles")
        if embedded:
            links += _files(_list(_dict(embedded, "_embedded"), "bundles"), request.state, rules)
        elif rules.pdf:
            following.append(_bundles(item, link, request.state))
    numbers = _dict(result, "page")
    number, pages = int(numbers.get("number") or 0), int(numbers.get("totalPages") or 0)
    if number + 1 < pages:
        url = with_query(request.url, {"page": str(number + 1)})
        following.append(Request(url=url, expect="dspace", state=onward(request.state)))
    total = numbers.get("totalElements")
    return Listing(
        links=once(links),
        entries=tuple(entries),
        next=tuple(following),
        total=total if isinstance(total, int) else None,
    )


def _item(item: Mapping[str, Any], state: Mapping[str, str]) -> Link | None:
    """Return an item's page with its metadata; None for what is no item, or was withdrawn."""
    uuid = str(item.get("uuid") or item.get("id") or "")
    if not UUID.fullmatch(uuid) or item.get("withdrawn") is True or item.get("discoverable") is False:
        return None
    metadata = _dict(item, "metadata")
    entity = str(item.get("entityType") or "").lower()
    title = next(iter(_values(metadata, "dc.title")), str(item.get("name") or ""))
    modified = item.get("lastModified")
    return Link(
        url=f"{state['ui']}{f'entities/{entity}' if entity else 'items'}/{uuid}",
        text=claims.plain(title),
        modified=modified if isinstance(modified, str) and claims.iso_date(modified) else None,
        language=next(iter(_values(metadata, "dc.language.iso", "dc.language")), None),
        origin="dspace",
        claims=claims.given(
            title=claims.text(title, "api:dc.title"),
            authors=_authors(metadata),
            date_published=claims.date(next(iter(_values(metadata, "dc.date.issued")), None), "api:dc.date.issued"),
            language=claims.text(
                next(iter(_values(metadata, "dc.language.iso", "dc.language")), None), "api:dc.language.iso"
            ),
            kind=claims.text(next(iter(_values(metadata, "dc.type")), "").lower(), "api:dc.type"),
            publisher=claims.text(next(iter(_values(metadata, "dc.publisher")), None), "api:dc.publisher"),
            description=claims.text(
                next(iter(_values(metadata, "dc.description.abstract")), None), "api:dc.description.abstract"
            ),
            identifiers=claims.identifiers(
                _values(metadata, "dc.identifier.doi", "dc.identifier.isbn", "dc.identifier.issn", "dc.identifier.uri"),
                "api:dc.identifier",
            ),
        ),
    )


def _authors(metadata: Mapping[str, Any]) -> Found[object] | None:
    names = _values(metadata, "dc.contributor.author", "dc.creator")
    found = claims.authors(names, "api:dc.contributor.author")
    bodies = [
        Author(name=claims.plain(name), kind="organisation") for name in _values(metadata, "dc.contributor.corporate")
    ]
    return found or (
        Found(value=tuple(bodies), raw="; ".join(b.name for b in bodies), origin="api:dc.contributor.corporate")
        if bodies
        else None
    )


def _bundles(item: Mapping[str, Any], link: Link, state: Mapping[str, str]) -> Request:
    """Return the request for an item's bundles with their files."""
    url = f"{state['api']}/core/items/{item['uuid']}/bundles?embed=bitstreams"
    return Request(url=url, expect="dspace", state={"about": link.url, "ui": state["ui"], "api": state["api"]})


def _files(bundles: list[Any], state: Mapping[str, str], rules: Rules) -> Iterator[Link]:
    """Yield the files of the bundle that holds what was deposited; not thumbnails, extracted text or licences."""
    for bundle in bundles:
        if not isinstance(bundle, dict) or bundle.get("name") != "ORIGINAL":
            continue
        streams = _list(_dict(_dict(_dict(bundle, "_embedded"), "bitstreams"), "_embedded"), "bitstreams")
        for stream in streams:
            uuid = str(stream.get("uuid") or "") if isinstance(stream, dict) else ""
            url = f"{state['ui']}bitstreams/{uuid}/download"
            if UUID.fullmatch(uuid) and admitted(url, rules, site_root(url)):
                yield Link(url=url, text=str(stream.get("name") or ""), rel="attachment", origin="dspace")


def _values(metadata: Mapping[str, Any], *names: str) -> list[str]:
    """Return the values of the first of these fields that has any."""
    for name in names:
        if values := [str(v["value"]) for v in _list(metadata, name) if isinstance(v, dict) and v.get("value")]:
            return values
    return []


def _dict(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []
