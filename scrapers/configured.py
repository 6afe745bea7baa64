"""A site described by the selectors of its configuration: CSS, with `::attr(name)` at the end for an attribute."""

from __future__ import annotations

from scrapers.base import Rules, Scraper

SELECTORS = ("title", "author", "date", "body", "attachment")
"""The keys of a source that say where on a page a field stands."""


class Configured(Scraper):
    """Reads what the configuration names where it names it, and leaves the rest to another scraper."""

    def __init__(self, rules: Rules, otherwise: Scraper) -> None:
        super().__init__(rules)
        self.otherwise = otherwise
