"""WordPress's REST API: which types of content there are, then each type's items, a hundred a page.

A first or full pass goes by ascending id, so that what is published meanwhile comes last; an incremental one asks for
what was modified since. The page after the last is answered with 400 `rest_post_invalid_page_number`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import claims
from scrapers.discovery.base import (
    NOT_DOCUMENT_TYPES,
    listed,
    onward,
    query_value,
    read_json,
    start_sites,
    with_query,
)
from scrapers.html.refusals import walled
from scrapers.values.addresses import absolute

PER_PAGE = 100
FEWER_PER_PAGE = (20, 10)
"""The size of a page of results where a site refuses a hundred."""
FIELDS = "id,link,date,modified_gmt,title,lang,type,_links,_embedded"
KIND_TAXONOMY = re.compile(
    r"(?:document|publication|resource|report|content|post)[-_]?(?:type|format|kind)s?|formats?|types?"
)


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the types of content; where these are closed, for the posts."""
    requests = []
    for start, root in start_sites(rules):
        parts = urlsplit(start)
        path = query_value(start, "from") or parts.path
        state = {"start": start, "path": path} | ({"since": since} if since else {})
        if "/wp/v2/" in start:
            requests.append(_items(start.partition("?")[0], {**state, "query": parts.query}))
            continue
        head, api, _ = start.partition("/wp-json")
        base = head + api + "/wp/v2/" if api else root + "wp-json/wp/v2/"
        if "rest_route=" in start:
            base = root + "?rest_route=/wp/v2/"
        if category := re.search(r"/category/(?:.+/)?([^/]+)/?$", path):
            url = _extended(base + "categories", {"slug": category[1], "_fields": "id,slug"})
            requests.append(Request(url=url, expect="wordpress", state={**state, "base": base, "asked": "category"}))
            continue
        posts = _items(base + "posts", state)
        otherwise = f"{posts.url} {posts.state['else']}"
        closed = {**state, "base": base, "else": otherwise}
        requests.append(Request(url=base + "types", expect="wordpress", state=closed))
    return tuple(requests)


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the items of a page, or of the list of types what to ask for."""
    try:
        answer = read_json(page)
    except ExtractError:
        if "guess" in request.state and (reason := walled(page)):  # not the end, which an error may be
            return Listing(incomplete=reason)
        raise
    if isinstance(answer, dict) and "code" not in answer and request.state.get("base"):
        types = _types(answer, request.state)
        return Listing(next=tuple(_items(url, _without_base(request.state, kind=name)) for name, url in types))
    if not isinstance(answer, list):
        raise ExtractError(page.url, "not an answer of WordPress's API")
    if request.state.get("asked") == "category":
        numbers = ",".join(str(entry["id"]) for entry in answer if isinstance(entry, dict) and "id" in entry)
        if not numbers:
            raise ExtractError(page.url, "there is no such category")
        posts = request.state["base"] + "posts"
        return Listing(next=(_items(posts, _without_base(request.state, query=f"categories={numbers}")),))
    items = (_link(item, page, request.state) for item in answer if isinstance(item, dict))
    found = (link for link in items if link is not None)
    total = page.header("x-wp-total")
    return replace(
        listed(found, rules, request.state.get("start", page.final_url)),
        entries=tuple(f"{item.get('type')} {item.get('id')}" for item in answer if isinstance(item, dict)),
        next=_next(page, request, len(answer)),
        total=int(total) if total and total.isdigit() and "since" not in request.state else None,
        partial="since" in request.state,
    )


def _types(answer: Mapping[str, Any], state: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return name and address of the types that hold documents; only those that the start page's path names, if any."""
    found: list[tuple[str, str, set[str]]] = []
    for slug, entry in answer.items():
        if not isinstance(entry, dict) or NOT_DOCUMENT_TYPES.search(str(slug)):
            continue
        base = str(entry.get("rest_base") or slug)
        space = str(entry.get("rest_namespace") or "wp/v2")
        names = {str(slug), base, str(entry.get("has_archive") or "")} - {"", "True", "False"}
        found.append((str(slug), state["base"].replace("wp/v2/", f"{space}/") + base, names))
    segments = set(state["path"].strip("/").split("/"))
    named = [entry for entry in found if entry[2] & segments]
    return [(slug, url) for slug, url, _ in named or found]


def _items(url: str, state: Mapping[str, str]) -> Request:
    """Return the request for the first page of a type's items."""
    query = {"per_page": str(PER_PAGE), "page": "1", "_fields": FIELDS, "_embed": "author,wp:term"}
    since = state.get("since")
    if since:
        query |= {"orderby": "modified", "order": "desc", "modified_after": f"{since[:10]}T00:00:00"}
    else:
        query |= {"orderby": "id", "order": "asc"}
    given = state.get("query", "")
    url = f"{url}{'&' if '?' in url else '?'}{given}" if given else url
    order = {"order": "strict"} if since else {}
    first_page = _extended(url, query)
    fewer = " ".join(with_query(first_page, {"per_page": str(number)}) for number in FEWER_PER_PAGE)
    return Request(url=first_page, expect="wordpress", state={**state, **order, "page": "1", "else": fewer})


def _next(page: Page, request: Request, items: int) -> tuple[Request, ...]:
    """Return the following page, where the headers say that there is one; without them it is asked for on trial.

    A page with fewer items than were asked for is no sign of the end: some sites cap every page.
    """
    number = int(request.state.get("page", "1"))
    pages = page.header("x-wp-totalpages")
    stated = pages is not None and pages.strip().isdigit()
    if int(pages or 0) <= number if stated else not items:
        return ()
    url = with_query(request.url, {"page": str(number + 1)})
    state = onward(request.state) | ({} if stated else {"guess": "1"})
    return (Request(url=url, expect="wordpress", state=state),)


def _link(item: Mapping[str, Any], page: Page, state: Mapping[str, str]) -> Link | None:
    url = absolute(page.final_url, str(item.get("link") or ""))
    if url is None:
        return None
    title = item.get("title")
    rendered = str(title.get("rendered") if isinstance(title, dict) else title or "")
    embedded = item.get("_embedded") if isinstance(item.get("_embedded"), dict) else {}
    modified = item.get("modified_gmt")
    return Link(
        url=url,
        text=claims.plain(rendered),
        language=str(item["lang"]) if item.get("lang") else None,
        modified=f"{modified}Z" if isinstance(modified, str) and claims.iso_date(modified) else None,
        origin="wordpress",
        claims=claims.given(
            title=claims.text(rendered, "api:title"),
            authors=claims.authors(_names(embedded), "api:author"),
            date_published=claims.date(str(item.get("date") or ""), "api:date"),
            language=claims.text(str(item.get("lang") or ""), "api:lang"),
            kind=_kind(embedded),
        ),
    )


def _names(embedded: Any) -> list[str]:
    """Return the names of the people who signed; an account's name that is its own slug is nobody's."""
    people = embedded.get("author") if isinstance(embedded, dict) else None
    names = []
    for person in people if isinstance(people, list) else ():
        name = str(person.get("name") or "") if isinstance(person, dict) else ""
        if name and (" " in name or name.lower() != str(person.get("slug") or "").lower()):
            names.append(name)
    return names


def _kind(embedded: Any) -> Any:
    """Return the item's own kind of document, where a taxonomy is there for that."""
    groups = embedded.get("wp:term") if isinstance(embedded, dict) else None
    for group in groups if isinstance(groups, list) else ():
        for term in group if isinstance(group, list) else ():
            if isinstance(term, dict) and KIND_TAXONOMY.fullmatch(str(term.get("taxonomy") or "")):
                return claims.text(str(term.get("name") or "").lower(), f"api:{term['taxonomy']}")
    return None


def _without_base(state: Mapping[str, str], **changes: str) -> dict[str, str]:
    return {key: value for key, value in state.items() if key not in ("base", "else", "asked")} | changes


def _extended(url: str, query: Mapping[str, str]) -> str:
    items = "&".join(f"{name}={quote(value, safe=':,_-.')}" for name, value in query.items())
    return f"{url}{'&' if '?' in url else '?'}{items}"
