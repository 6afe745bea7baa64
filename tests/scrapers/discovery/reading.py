"""Bytes to a listing, for the tests of mechanisms."""

from __future__ import annotations

from typing import Any

from scrapers.base import Listing, Request, Rules
from scrapers.discovery import MECHANISMS
from tests.page import page_of

SITE = "https://acme.example"


def listing_of(name: str, content: str | bytes, url: str = f"{SITE}/list", state: dict[str, str] | None = None, headers: tuple[tuple[str, str], ...] = (), **rules: Any) -> Listing:  # fmt: skip  # noqa: E501
    """Return what a mechanism reads."""
    page = page_of(url, content.encode() if isinstance(content, str) else content, headers=headers)
    return MECHANISMS[name].read(page, Request(url=url, expect=name, state=state or {}), Rules(start=(url,), **rules))


def urls(listing: Listing) -> list[str]:
    return [link.url.removeprefix(SITE) for link in listing.links]
