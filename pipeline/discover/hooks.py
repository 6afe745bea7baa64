"""The functions by which a walk through listings fetches, reads, stores and reports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from scrapers.base import Link, Listing, Page, Request, Rules

Fetch = Callable[[Request], Awaitable[Page | None]]
Read = Callable[[Page, Request, Rules], Awaitable[Listing]]
Known = Callable[[Collection[str]], Awaitable[set[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """The functions that a walk calls to fetch, read, store and report: arguments of `discover`."""

    fetch: Fetch
    read: Read
    known: Known
    forgotten: Known
    save_token: Callable[[str | None], Awaitable[None]]
    found: Callable[[Sequence[Link]], Awaitable[None]]
    progress: Callable[[int, int | None], None]
