"""How documents are found: one module a mechanism, each bytes in, links out.

MECHANISMS["sitemap"].first(rules, since=None, token=None)  -> what to ask for first
MECHANISMS["sitemap"].read(page, request, rules)            -> links, and what to ask for next
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

from scrapers.discovery.base import Mechanism

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


class _Mechanisms(Mapping[str, Mechanism]):
    """The mechanisms by name, each imported when it is first asked for."""

    def __getitem__(self, name: str) -> Mechanism:
        return cast(Mechanism, import_module(f"scrapers.discovery.{_MODULES[name]}"))

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


MECHANISMS: Mapping[str, Mechanism] = _Mechanisms()
