"""What the commonest mechanisms ask for first; apart from the modules that read the answers, which take long to load.

The process that fetches asks for the first requests alone; pages are read in reading processes.
"""

from __future__ import annotations

from scrapers.base import Request, Rules
from scrapers.discovery.base import another_list, start_sites


def of_listing(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start pages."""
    return tuple(another_list(url) for url, _ in start_sites(rules))


def of_auto(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start pages; with `follow` each is a listing."""
    if rules.follow:
        return of_listing(rules, since=since, token=token)
    return tuple(Request(url=url, expect="auto") for url, _ in start_sites(rules))
