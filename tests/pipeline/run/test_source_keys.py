"""Each key of a source over a site of thirty documents that needs it: exit code 0, all loaded, the key obeyed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Source
from pipeline.run.report import Report, exit_code
from tests.once import Once
from tests.pipeline.run.in_process import configured, documents, run
from tests.sites.keyed import KeyedSite
from tests.sites.server import serve

Document = dict[str, Any]

SOURCES: dict[str, dict[str, Any]] = {
    "marked": {
        "start": "/marked/library", "follow": "b::attr(data-to)", "next_page": "a.zg", "attachment": "a.zf",
        "title": ".zt", "author": ".za span", "date": ".zd", "body": ".zb", "discover": "listing",
    },
    "terse": {
        "start": "/terse/library", "date_order": "mdy", "language": "fr", "include": "*/d/*", "at_least": 30,
        "max_pages": 3,
    },
    "filed": {
        "start": "/filed/library", "file_hosts": "files.test", "creation_date": True, "exclude": "*/other/*",
        "delay_seconds": 0, "revisit_days": 1,
    },
    "plain": {
        "start": ["/plain/library?page=3", "/plain/library"], "exclude": "/plain/other/*", "robots": False,
        "headers": {"X-Library": "card 7"}, "enabled": True,
    },
}  # fmt: skip
"""By part of the site."""

ELSEWHERE = {
    "scraper": "test_shipped_sources",
    "proxy": "fetch/test_client",
    "render": "render",
    "render_hosts": "render",
    "schedule": "ledger/test_schedule",
}
"""Keys that are tried in another test, or folder of tests."""


class Thirty(KeyedSite):
    """More pages than those that are looked at for a selector that matches nowhere."""

    count, per_page = 30, 10


def number(document: Document) -> int:
    return int(document["url"].rsplit("/", 1)[1])


OBEYED: dict[str, tuple[str, Callable[[Document], bool]]] = {
    "title": ("marked", lambda page: page["origins"]["title"] == "selector:.zt"),
    "author": ("marked", lambda page: [one["name"] for one in page["authors"]] == ["Ana Ruiz", "Ben Okafor"]),
    "date": ("marked", lambda page: page["origins"]["date_published"] == "selector:.zd"),
    "body": ("marked", lambda page: page["body"].startswith("This alone") and "\n" not in page["body"]),
    "attachment": ("marked", lambda page: page["attachments"][0].endswith(f"/get/{number(page)}")),
    "date_order": ("terse", lambda page: page["date_published"][5:7] == f"0{number(page) % 9 + 1}"),
    "language": ("terse", lambda page: page["language"] == "fr"),
    "include": ("terse", lambda page: "/d/" in page["url"]),
    "exclude": ("filed", lambda page: "/d/" in page["url"]),
    "file_hosts": ("filed", lambda page: page["attachments"] == [f"http://files.test/filed/get/{number(page)}"]),
}
"""By key: what each page that is loaded of a source must be like."""

Ran = tuple[dict[str, Report], dict[str, list[Document]]]


@pytest.fixture(scope="module")
def ran(once: Once) -> Ran:
    return once.kept("source-keys", run_all)


def run_all(folder: Path) -> Ran:
    """Run all sources; return their reports, and their documents."""
    with serve(Thirty()) as site:
        sources = {}
        for name, keys in SOURCES.items():
            starts = [keys["start"]] if isinstance(keys["start"], str) else keys["start"]
            sources[name] = {**keys, "start": [site.url + start for start in starts]}
        http = {"resolve": {"files.test": site.url.removeprefix("http://")}}
        config = configured(folder, {"http": http, "sources": sources})
        return run(config), documents(config)


def test_every_key_is_tried() -> None:
    assert {key for keys in SOURCES.values() for key in keys} | {*ELSEWHERE} == set(Source.model_fields)


@pytest.mark.parametrize(("name", "files"), [("marked", 30), ("terse", 0), ("filed", 30), ("plain", 0)])
def test_a_source_is_loaded_whole(name: str, files: int, ran: Ran) -> None:
    reports, held = ran
    assert (reports[name].reasons, exit_code([reports[name]])) == ([], 0)
    pages = [document for document in held.get(name, []) if document["media_type"] == "text/html"]
    assert (len(pages), len(held[name]) - len(pages)) == (30, files)


@pytest.mark.parametrize("key", OBEYED)
def test_a_key_is_obeyed_on_every_page(key: str, ran: Ran) -> None:
    name, obeyed = OBEYED[key]
    pages = [document for document in ran[1][name] if document["media_type"] == "text/html"]
    assert [page["url"] for page in pages if not obeyed(page)] == []


def test_a_creation_date_counts_where_the_source_says_so(ran: Ran) -> None:
    files = {source: [d for d in held if d["media_type"] == "application/pdf"] for source, held in ran[1].items()}
    assert {file["date_published"][:4] for file in files["filed"]} == {"2018"}
