"""The configuration under which `ingest demo` runs: the shape of a config.toml, as a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def configuration(resolve: Mapping[str, str]) -> dict[str, Any]:
    """Return the tables `http` and `sources` for a sample that is served at the addresses of `resolve`."""
    return {
        "http": {
            "contact": "demo@example.org",
            "delay_seconds": 0.0,
            "allow_addresses": ["127.0.0.1"],
            "resolve": dict(resolve),
        },
        "sources": {
            "sample-first-generation": {
                "scraper": "business_humanrights",
                "start": "http://old.bhrrc.test/en/documents",
                "follow": ".views-row h3 a",
                "next_page": ".pager-next a",
                "file_hosts": ["media.bhrrc.test"],
            },
            "sample-second-generation": {
                "scraper": "business_humanrights",
                "start": ["http://bhrrc.test/en/latest-news/", "http://bhrrc.test/de/neuste-meldungen/"],
                "follow": "a.card__main-link",
                "next_page": "a.pagination__next",
                "file_hosts": ["media.bhrrc.test"],
            },
            "sample-reports": {
                "start": "http://reports.test/publications",
                "follow": "a.card",
            },
        },
    }
