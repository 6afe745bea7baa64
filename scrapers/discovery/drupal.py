"""Drupal's JSON:API (core since 8.7, often switched off): content types, then the nodes of each, last changed first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import claims
from scrapers.discovery.base import NOT_DOCUMENT_TYPES, admitted, once, onward, read_json, start_sites
from scrapers.values.addresses import absolute

LIMIT = 50
DATE_FIELD = re.compile(r"(?:field_)?\w*(?:publi[sc]|issued)\w*|field_date|published_at")


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the list of resources, or for the one that the start address names."""
    requests = []
    for start, root in start_sites(rules):
        head, api, rest = start.partition("/jsonapi")
        if api and rest.strip("/"):
            requests.append(_nodes(start, root))
        else:
            requests.append(Request(url=(head + api) if api else root + "jsonapi", expect="drupal", state={"ui": root}))
    return tuple(requests)


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the nodes of a page, or of the list of resources what to ask for."""
    answer = read_json(page)
    if not isinstance(answer, dict) or "data" not in answer or not isinstance(answer.get("links"), dict):
        raise ExtractError(page.url, "not an answer of Drupal's JSON:API")
    links = answer["links"]
    if "page" not in request.state:
        named = {name: _href(link) for name, link in links.items() if str(name).startswith("node--")}
        wanted = [href for name, href in named.items() if not NOT_DOCUMENT_TYPES.search(name.removeprefix("node--"))]
        urls = [url for href in wanted if (url := absolute(page.final_url, href))]
        return Listing(next=tuple(_nodes(url, request.state["ui"]) for url in urls))
    found = once(
        link
        for node in answer["data"]
        if isinstance(node, dict)
        and (link := _link(node, request.state["ui"])) is not None
        and admitted(link.url, rules, request.state["ui"])
    )
    url = absolute(page.final_url, _href(links.get("next")))
    following = (Request(url=url, expect="drupal", state=onward(request.state)),) if url else ()
    meta = answer.get("meta")
    total = meta.get("count") if isinstance(meta, dict) else None
    entries = tuple(str(node.get("id")) for node in answer["data"] if isinstance(node, dict))
    stated = int(str(total)) if str(total).isdigit() else None
    return Listing(links=found, entries=entries, next=following, total=stated)


def _nodes(url: str, ui: str) -> Request:
    query = {"page[limit]": str(LIMIT), "sort": "-changed"}
    items = "&".join(f"{quote(name, safe='[]')}={quote(value)}" for name, value in query.items() if name not in url)
    url = f"{url}{'&' if '?' in url else '?'}{items}" if items else url
    return Request(url=url, expect="drupal", state={"ui": ui, "order": "strict", "page": "1"})


def _link(node: Mapping[str, Any], ui: str) -> Link | None:
    """Return a node's page with what its attributes say; None where it is not published."""
    attributes = node.get("attributes")
    if not isinstance(attributes, dict) or attributes.get("status") is False:
        return None
    path = attributes.get("path") if isinstance(attributes.get("path"), dict) else {}
    alias, language = path.get("alias") if path else None, path.get("langcode") if path else None
    number = attributes.get("drupal_internal__nid")
    if not alias and number is None:
        return None
    url = absolute(ui, str(alias or f"/node/{number}"))
    if url is None:
        return None
    language = str(attributes.get("langcode") or language or "")
    language = "" if language in ("und", "zxx") else language
    issued = next((v for k, v in attributes.items() if isinstance(v, str) and DATE_FIELD.fullmatch(str(k))), None)
    origin = "api:field_date" if issued and claims.iso_date(issued) else "api:created"
    changed = attributes.get("changed")
    return Link(
        url=url,
        text=claims.plain(str(attributes.get("title") or "")),
        modified=changed if isinstance(changed, str) and claims.iso_date(changed) else None,
        language=language or None,
        origin="drupal",
        claims=claims.given(
            title=claims.text(str(attributes.get("title") or ""), "api:title"),
            date_published=claims.date(issued if origin == "api:field_date" else attributes.get("created"), origin),
            language=claims.text(language, "api:langcode"),
        ),
    )


def _href(link: Any) -> str | None:
    """Return the address of a JSON:API link, which is a string or an object with `href`."""
    href = link.get("href") if isinstance(link, dict) else link
    return href if isinstance(href, str) else None
