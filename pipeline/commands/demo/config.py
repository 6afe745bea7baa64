"""The configuration under which `ingest demo` runs: the shape of a config.toml, as a dictionary and as TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

MARK = "# Written by `ingest demo`; `ingest demo --remove` removes this folder."
"""The first line of the demo's configuration, by which its folder is known."""


def configuration(resolve: Mapping[str, str]) -> dict[str, Any]:
    """Return the tables `http`, `extract` and `sources` for a sample served at the addresses of `resolve`."""
    from pipeline.commands.demo.documents import frames

    news = [f"http://bhrrc.test/{frame}/{words['news']}/" for frame, words in frames().items()]
    return {
        "http": {
            "contact": "demo@example.org",
            "delay_seconds": 0.0,
            "allow_addresses": ["127.0.0.1"],
            "resolve": dict(resolve),
        },
        "extract": {"ocr": "off"},  # the scan fails on every machine alike, with OCR installed or not
        "sources": {
            "sample-first-generation": {
                "scraper": "business_humanrights",
                "start": "http://old.bhrrc.test/en/documents",
                "follow": ".views-row h3 a",
                "next_page": ".pager-next a",
            },
            "sample-second-generation": {
                "scraper": "business_humanrights",
                "start": news,
                "follow": "a.card__main-link",
                "file_hosts": "media.bhrrc.test",
            },
            "sample-reports": {
                "start": "http://reports.test/publications",
                "follow": "a.card",
            },
        },
    }


def toml(tables: Mapping[str, Any]) -> str:
    """Return the tables as TOML."""
    named = {key: table for key, table in tables.items() if key != "sources"}
    named |= {f"sources.{name}": table for name, table in tables.get("sources", {}).items()}
    blocks = (
        "\n".join([f"[{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())])
        for name, table in named.items()
    )
    return "\n\n".join(blocks) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
