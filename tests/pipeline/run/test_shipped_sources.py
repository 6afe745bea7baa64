"""Each shipped source over a site of its own layout: exit code 0, everything loaded, its selectors matching."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.database.store import open_store
from models.ledger import FieldStatistic, Run, Source
from pipeline.config import load
from pipeline.extract.corpus import Corpus
from pipeline.run.report import Report, exit_code
from tests.once import Once
from tests.pipeline.run.in_process import configured, documents, run
from tests.sites.server import serve
from tests.sites.shipped import ShippedSite

ROOT = Path(__file__).parents[3]
SHIPPED = load(ROOT / "config.toml", {}).sources
SELECTORS = {
    "title": "title",
    "authors": "author",
    "date_published": "date",
    "body": "body",
    "attachments": "attachment",
}

Ran = tuple[dict[str, Report], dict[str, list[dict[str, Any]]], dict[tuple[str, str], tuple[int, int]]]


def plain(value: Any) -> Any:
    """Return a key's value for a site that is served without TLS."""
    if isinstance(value, str):
        return value.replace("https://", "http://")
    return [plain(part) for part in value] if isinstance(value, tuple) else value


@pytest.fixture(scope="module")
def ran(once: Once) -> Ran:
    return once.kept("shipped-sources", run_all)


def run_all(folder: Path) -> Ran:
    """Run all sources; return reports, documents, and how many of how many pages a selector did not match on."""
    corpus = Corpus(ROOT / "tests" / "corpus")
    with ExitStack() as stack:
        sources, resolve = {}, {}
        for name, source in SHIPPED.items():
            site = stack.enter_context(serve(ShippedSite(name, source, corpus)))
            resolve[site.host] = site.url.removeprefix("http://")
            keys = source.model_dump(exclude_defaults=True)
            sources[name] = {key: plain(value) for key, value in keys.items() if key != "enabled"}
        extract = {"workers": 2, "pdf": False}  # the files are the same for all: they are fetched and not read
        tables = {"http": {"resolve": resolve}, "extract": extract, "sources": sources}
        config = configured(folder, tables)
        reports, held = run(config), documents(config)
    store = open_store(config.store.database, base=config.base)
    with store.read() as connection:
        rows = connection.execute(
            select(Source.name, FieldStatistic.field, FieldStatistic.figures)
            .join(Run, Run.id == FieldStatistic.run_id)
            .join(Source, Source.id == Run.source_id)
            .where(FieldStatistic.media == "page")
        ).all()
    store.close()
    unmatched = {(row.name, row.field): tuple(row.figures.get("odd", {}).get("unmatched", (0, 0))) for row in rows}
    return reports, held, unmatched


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_source_is_loaded_whole(name: str, ran: Ran) -> None:
    reports, held, unmatched = ran
    assert (reports[name].reasons, exit_code([reports[name]])) == ([], 0)
    assert sum(document["media_type"] == "text/html" for document in held[name]) == ShippedSite.count
    for field, key in SELECTORS.items():
        expected = (0, ShippedSite.count) if getattr(SHIPPED[name], key) else (0, 0)
        assert unmatched.get((name, field), (0, 0)) == expected, key
