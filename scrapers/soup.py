"""BeautifulSoup for hand-written scrapers; the engine itself does not use it."""

from __future__ import annotations

from functools import lru_cache

from bs4 import BeautifulSoup

from scrapers.sniff.charset import decode


@lru_cache(maxsize=1)
def soup(content: bytes, content_type: str | None) -> BeautifulSoup:
    """Return the tree of a page; the last one is kept, as a scraper asks for it once a field."""
    return BeautifulSoup(decode(content, content_type), "lxml")
