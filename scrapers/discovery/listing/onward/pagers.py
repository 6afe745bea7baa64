"""Several lists on one page, each with a pager of its own: which parameter each pager counts up."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from scrapers.discovery.listing.onward.pagination import next_links
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, identity


def next_of_pager(dom: Dom, current: int, parameter: str) -> str | None:
    """Return the address of the next page of the pager that counts up a parameter; None on its last page."""
    return _nexts(dom, current).get(parameter)


def pagers(dom: Dom, current: int) -> dict[str, str]:
    """Return, by the parameter that it counts up, where each pager of a page with several leads; else nothing."""
    found = _nexts(dom, current)
    return found if len(found) > 1 else {}


def _nexts(dom: Dom, current: int) -> dict[str, str]:
    nexts: dict[str, str] = {}
    for href in next_links(dom, current):
        url = absolute(dom.base_url, href)
        if url is not None and (parameter := _counted(dom.url, url)) is not None:
            nexts.setdefault(parameter, url)
    return nexts


def _counted(here: str, there: str) -> str | None:
    """Return the one parameter whose number is higher in another address of the same path; None without one.

    Pagers that keep each other's page write the first one out (`?reports=2&letters=1`), where the page's own
    address need not.
    """
    if urlsplit(identity(here)).path != urlsplit(identity(there)).path:
        return None
    own, other = dict(_parameters(here)), dict(_parameters(there))
    changed = [name for name in own.keys() | other.keys() if own.get(name) != other.get(name)]
    raised = [name for name in changed if name in other and _number(other[name]) > _number(own.get(name, "1"))]
    firsts = all(other.get(name, "1") in ("0", "1") for name in changed if name not in raised)
    return raised[0] if len(raised) == 1 and firsts else None


def _parameters(url: str) -> Iterator[tuple[str, str]]:
    return iter(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 8 else -1
