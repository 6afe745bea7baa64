"""A web page that lists documents, and the pages that follow it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import admitted, another_list, listed, onward
from scrapers.discovery.listing.anchors import may_be_document
from scrapers.discovery.listing.documents import document_links, selected_links, without_page_of_list
from scrapers.discovery.listing.embedded import links_of_json, markup_of_json, member
from scrapers.discovery.listing.onward.division import other_parts, parts_by_script, parts_shown
from scrapers.discovery.listing.onward.indexes import index_links, index_of, own_text
from scrapers.discovery.listing.onward.leads import shown_within, unfolded, whole_list
from scrapers.discovery.listing.onward.pagers import next_of_pager, pagers
from scrapers.discovery.listing.onward.pagination import counted_up, last_address, load_more, next_address, stated_total
from scrapers.discovery.listing.onward.turning import Turn, counted_on, turn, unfollowed
from scrapers.discovery.listing.shells import behind_a_form, made_by_script
from scrapers.discovery.listing.tabs import links_to_any, other_tabs, panels
from scrapers.discovery.xml import as_json, is_xml, local, parse_xml
from scrapers.html import selectors
from scrapers.html.dom import Dom, parse
from scrapers.html.refusals import SIGN_IN_FORM, asks_for_password, refusal, shown, wall
from scrapers.values.addresses import absolute, identity

NEXT_MEMBERS = ("next", "nexturl", "nextpage", "nextpageurl", "nextlink")
TOTAL_MEMBERS = ("total", "totalcount", "totalresults", "totalitems", "numfound", "totalhits", "recordstotal", "found")
"""Members of JSON answers, letters alone in lower case: the next page's address, how many documents there are."""

MOST_NAMED = 4
"""The most parts of a list that a sentence names."""
LINK_NEXT = re.compile(
    r"<([^<>]{1,2000})>[^<>]{0,200};\s*rel\s*=\s*(?:\"(?:[^\"]*\s)?next(?:\s[^\"]*)?\"|next\b)", re.IGNORECASE
)
"""The next page in a Link header: `<https://acme.example/list?page=2>; rel="next"`."""
WHOLE = re.compile(rb"<(?:html|head|body|title)[\s>]", re.IGNORECASE)
"""What a whole page has, and a fragment that a script adds to one has not."""


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the documents that the page lists, and the page after it."""
    if page.content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _of_json(page, request, rules)
    if not page.content.strip():
        return Listing()
    if is_xml(page):
        return _of_xml(page, rules)
    return _of_html(page, request, rules)


def _of_html(page: Page, request: Request, rules: Rules, stated: str | None = None) -> Listing:
    """Return what a page of HTML lists; `stated` is the address of the next page where the answer around it says so."""
    dom = parse(page.content, page.header("content-type"), page.final_url, any_base=True)
    places = tuple(json.loads(request.state.get("places", "[]")))
    if rules.follow:
        found = selected_links(dom, rules)
    else:
        whole = WHOLE.search(page.content, 0, 5000) is not None
        found, chosen = document_links(dom, rules, places, whole=whole)
        if not found and places and (not whole or "part" in request.state):
            # A fragment stands by itself, without the elements that were around the list on the first page.
            found, chosen = document_links(dom, rules, whole=whole)
        places = places or chosen
    number = int(request.state.get("page", "1"))
    found = without_page_of_list(found, number)
    if number == 1 and (shown_here := parts_shown(found)):
        request = replace(request, state={**request.state, "shown": "|".join(shown_here), "list": request.url})
    stated = stated or (None if rules.next_page else _next_in_header(page))
    following = _following(dom, request, rules, found, stated, places)
    parts = () if following or rules.next_page else _elsewhere(dom, request, found, places)
    parts += _tabs(dom, request, rules, places)
    last_seen = bool(found) and not following and not rules.next_page
    reason = unfollowed(dom, number) or (None if parts else _turned_by_script(dom, request)) if last_seen else None
    if not found:
        reason = None if parts else _empty_because(page, dom, number)
    listed = _listing(found, following + parts, stated_total(dom), rules, page.final_url, reason)
    if number == 1 and not (rules.next_page or following or parts):
        listed = _as_index(listed, dom, request, rules)
    ending = last_address(dom, following[0].url) if following and following[0].form is None else None
    return replace(listed, last=replace(following[0], url=ending)) if ending else listed


def _as_index(listed: Listing, dom: Dom, request: Request, rules: Rules) -> Listing:
    """Return a listing with what shows whether the page is an index of lists, or itself one that an index leads to."""
    if listed.links:
        listed = replace(listed, index=index_of(listed.links, dom.url))
    elif not (listed.incomplete or listed.elsewhere or rules.follow) and (links := index_links(dom, rules)):
        listed = replace(listed, links=links, index="only")
    return replace(listed, own_text=own_text(dom, listed.links)) if "whole" in request.state else listed


def _elsewhere(dom: Dom, request: Request, found: Sequence[Link], places: tuple[str, ...]) -> tuple[Request, ...]:
    """Return the requests for where else the first page of a list says that documents are listed."""
    if parts := _parts(dom, request, found, places):
        return parts
    if not _may_lead_elsewhere(request):
        return ()
    if not found:
        urls = shown_within(dom)
    else:
        whole = whole_list(dom, {identity(link.url) for link in found})
        urls = (whole,) if whole else unfolded(dom)
    return tuple(another_list(url, whole="1") for url in urls)


def _tabs(dom: Dom, request: Request, rules: Rules, places: tuple[str, ...]) -> tuple[Request, ...]:
    """Return the requests for the other tabs of a list, from the first page of the one that is shown."""
    if rules.next_page or not _may_lead_elsewhere(request):
        return ()
    here = urlsplit(identity(dom.url)).path
    beside = {"places": json.dumps(places)}
    return tuple(
        another_list(url, whole="1", **({} if urlsplit(identity(url)).path == here else beside))
        for url in other_tabs(dom)
    )


def _may_lead_elsewhere(request: Request) -> bool:
    """Return whether a page is the first of a list that no other page has led to."""
    is_first = request.form is None and request.state.get("page", "1") == "1"
    return is_first and {"part", "whole"}.isdisjoint(request.state)


def _parts(dom: Dom, request: Request, found: Sequence[Link], places: tuple[str, ...]) -> tuple[Request, ...]:
    """Return the requests for the other parts of a list that has shown one year, month or letter alone."""
    if "part" in request.state or request.form is not None:
        return ()
    still = parts_shown(found)
    for name in (part for part in request.state.get("shown", "").split("|") if part in still):
        if others := other_parts(dom, name):
            state = {"part": name.partition(" ")[0], "places": json.dumps(places)}
            state["of"] = request.state.get("list", request.url)
            return tuple(another_list(url, **state) for url in others)
    return ()


def _turned_by_script(dom: Dom, request: Request) -> str | None:
    """Return that a list shows one of its parts alone while a script turns to the others; None where it does not."""
    if not _may_lead_elsewhere(request):
        return None
    for name in request.state.get("shown", "").split("|"):
        if name and (others := parts_by_script(dom, name)):
            some = ", ".join(others[:MOST_NAMED]) + (" ..." if len(others) > MOST_NAMED else "")
            return f"the list shows {name} alone, and a script turns to the others ({some})"
    return None


def _next_in_header(page: Page) -> str | None:
    """Return the address of the next page as the answer's Link header states it (RFC 8288), or None."""
    for value in (value for name, value in page.headers if name.lower() == "link"):
        if match := LINK_NEXT.search(value):
            url = absolute(page.final_url, match[1])
            return url if url != page.final_url else None
    return None


def _empty_because(page: Page, dom: Dom, number: int) -> str | None:
    """Return why a page lists nothing, where that is not because there is nothing: a script, a wall, a notice.

    After the first page, a page that says that it does not exist may well be the end.
    """
    if number > 1:
        asked_to_sign_in = identity(page.url) != identity(page.final_url) and asks_for_password(dom.root)
        return SIGN_IN_FORM if asked_to_sign_in else wall(page, dom, shown(dom))
    return made_by_script(dom) or refusal(page, dom, shown(dom)) or behind_a_form(dom)


def _listing(
    found: Sequence[Link],
    following: tuple[Request, ...],
    total: int | None,
    rules: Rules,
    site: str,
    reason: str | None = None,
) -> Listing:
    """Return the listing of some documents; those on hosts that the source does not name stand apart."""
    may_be = (link for link in found if may_be_document(link.url, rules) or admitted(link.url, rules, site))
    page = listed(may_be, rules, site)
    # A total counts the items of the list, not the files beside each.
    every = (*page.links, *page.elsewhere)
    entries = tuple(identity(link.url) for link in [link for link in every if link.rel != "attachment"] or every)
    return replace(page, next=following, total=total, entries=entries, incomplete=reason or page.incomplete)


def _following(
    dom: Dom, request: Request, rules: Rules, found: Sequence[Link], stated: str | None, places: tuple[str, ...]
) -> tuple[Request, ...]:
    """Return the requests for the following pages: of a page with tabs, of each panel that has a pager of its own."""
    if "panel" in request.state:
        shown = panels(dom)[int(request.state["panel"]) :][:1]
        return _next(shown[0], request, rules, len(found), stated, places) if shown else ()
    following = _next(dom, request, rules, len(found), stated, places)
    if not found or rules.next_page or request.state.get("page", "1") != "1":
        return following
    if several := pagers(dom, 1):
        state = onward(request.state, places=json.dumps(places))
        return tuple(
            Request(url=url, expect="listing", state={**state, "pager": parameter})
            for parameter, url in several.items()
        )
    documents = {identity(link.url) for link in found}
    listing = [(number, panel) for number, panel in enumerate(panels(dom)) if links_to_any(panel, documents)]
    nexts = {url: number for number, panel in reversed(listing) if (url := next_address(panel, 1))}
    state = onward(request.state, places=json.dumps(places))
    of_panels = [
        Request(url=url, expect="listing", state={**state, "panel": str(number)})
        for url, number in sorted(nexts.items(), key=lambda one: one[1])
    ]
    return (*of_panels, *(one for one in following if one.url not in nexts))


def _next(
    dom: Dom, request: Request, rules: Rules, found: int, stated: str | None, places: tuple[str, ...]
) -> tuple[Request, ...]:
    """Return the request for the following page; none where the page lists nothing, or is the last."""
    if not found:
        return ()
    current = int(request.state.get("page", "1"))
    if parameter := request.state.get("pager"):
        return _counted(request, next_of_pager(dom, current, parameter), places, may_count=False)
    url = stated or (_configured(dom, rules.next_page) if rules.next_page else next_address(dom, current))
    if url is None and not rules.next_page and (way := _turned(dom, request, found)) is not None:
        state = onward(request.state, places=json.dumps(places), counted=way.counted)
        state |= {"guess": "1"} if way.guess else {}
        return (Request(url=way.url, form=way.form, expect="listing", state=state),)
    # The button may stay where it is on the last page, or be missing from the fragments that it loads: after the first
    # of them the number in the address is counted up, where it has one.
    counts = "guess" in request.state and counted_up(request.url, current) is not None
    if url is None and not rules.next_page and not counts and (more := load_more(dom, current)):
        return _counted(request, more, places, guess=True)
    return _counted(request, url, places, may_count=not rules.next_page)


def _turned(dom: Dom, request: Request, found: int) -> Turn | None:
    """Return the way to the next page that is no link; after a form's answer, the form with its number counted up."""
    current, counted = int(request.state.get("page", "1")), request.state.get("counted", "")
    if counted and request.form is not None:
        return counted_on(request.url, request.form, counted, current, found)
    return None if "guess" in request.state and request.form is None else turn(dom, current, found)


def _counted(
    request: Request, url: str | None, places: tuple[str, ...], *, guess: bool = False, may_count: bool = True
) -> tuple[Request, ...]:
    """Return the request for the next page; after a guess, where none is stated, the page's number is counted up."""
    state = onward(request.state, places=json.dumps(places))
    if url is None and may_count and "guess" in request.state:
        url, guess = counted_up(request.url, int(request.state.get("page", "1"))), True
    if guess:
        state["guess"] = "1"
    return (Request(url=url, expect="listing", state=state),) if url else ()


def _configured(dom: Dom, css: str) -> str | None:
    """Return the address that the selector of `next_page` leads to; None if that is the page itself."""
    url = next((link.url for link in selectors.links(dom, css)), None)
    return url if url != dom.url else None


def _of_xml(page: Page, rules: Rules) -> Listing:
    """Return what XML of a form of its own lists: elements with an address and a title, in any order."""
    root = parse_xml(page)
    found = links_of_json(as_json(root), page.final_url, rules)
    if not found:
        raise ExtractError(page.url, f"no documents are known to stand in XML whose root is <{local(root)}>")
    return _listing(found, (), None, rules, page.final_url)


def _of_json(page: Page, request: Request, rules: Rules) -> Listing:
    """Return what a JSON answer lists: HTML that it carries, or objects with an address and a title."""
    try:
        answer = json.loads(page.content)
    except (ValueError, RecursionError) as error:
        raise ExtractError(page.url, f"not a page of a listing: {error}") from error
    stated = absolute(page.final_url, member(answer, NEXT_MEMBERS, str)) or _next_in_header(page)
    if markup := markup_of_json(answer):
        headers = (("content-type", "text/html; charset=utf-8"),)
        return _of_html(replace(page, content="\n".join(markup).encode(), headers=headers), request, rules, stated)
    found = links_of_json(answer, page.final_url, rules)
    following = _counted(request, stated, ()) if found else ()
    return _listing(found, following, member(answer, TOTAL_MEMBERS, int), rules, page.final_url)
