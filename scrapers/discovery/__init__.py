"""How documents are found: one module a mechanism, each bytes in, links out.

MECHANISMS["sitemap"].first(rules, since=None, token=None)  -> what to ask for first
MECHANISMS["sitemap"].read(page, request, rules)            -> links, and what to ask for next
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from scrapers.base import Listing, Page, Request, Rules
from scrapers.discovery import starts
from scrapers.discovery.base import Mechanism


class _First(Protocol):
    def __call__(self, rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]: ...


_MODULES = {
    "auto": "auto",
    "listing": "listing.listing",
    "feed": "feed",
    "sitemap": "sitemap",
    "oai-pmh": "repository.oai_pmh",
    "wordpress": "wordpress",
    "dspace": "dspace",
    "drupal": "drupal",
    "marcxml": "repository.marcxml",
    "directory": "directory",
}

OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "wordpress": ("feed", "sitemap", "listing"),
    "dspace": ("oai-pmh", "sitemap"),
    "drupal": ("listing", "sitemap", "feed"),
}
"""What is tried, in this order, where a site's API is closed."""


_STARTS: Mapping[str, _First] = {"auto": starts.of_auto, "listing": starts.of_listing}
"""What is asked for first by the mechanisms whose modules take long to load."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A mechanism whose module is imported when that is needed: to read a page, and for most to ask for the first."""

    name: str

    def first(self, rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
        """Return what to ask for first."""
        asked = _STARTS.get(self.name) or self._module().first
        return asked(rules, since=since, token=token)

    def read(self, page: Page, request: Request, rules: Rules) -> Listing:
        """Return what a page lists."""
        return self._module().read(page, request, rules)

    def _module(self) -> Mechanism:
        return cast(Mechanism, import_module(f"scrapers.discovery.{_MODULES[self.name]}"))


class _Mechanisms(Mapping[str, Mechanism]):
    """The mechanisms by name."""

    def __getitem__(self, name: str) -> Mechanism:
        if name not in _MODULES:
            raise KeyError(name)
        return _Named(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


MECHANISMS: Mapping[str, Mechanism] = _Mechanisms()
