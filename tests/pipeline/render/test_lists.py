"""Lists that scripts fill: scrolled, turned and asked for more until they end, or until it is said that they go on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from models.database.store import open_store
from pipeline.extract.worker import Shipment, listing
from pipeline.holdings.verify import verify
from pipeline.run.report import exit_code
from pipeline.run.rerun import Rerun
from pipeline.run.run import run_sources
from scrapers.base import Listing, Request, Rules
from tests.pipeline.render.conftest import LIMITS, Maker
from tests.pipeline.run.in_process import Quiet, configured, documents, run
from tests.sites.scripted import LISTS, ScriptedSite
from tests.sites.server import serve

pytestmark = pytest.mark.browser


def listed(maker: Maker, site: ScriptedSite, **options: object) -> Listing:
    start = site.url + site.start
    [fetched] = maker.fetch(start, expect="listing", **options)  # type: ignore[arg-type]
    assert fetched.page is not None
    request = Request(url=start, expect="listing", state={"page": "1"})
    return listing(Shipment(page=fetched.page), request, Rules(start=(start,)))


@pytest.mark.parametrize(
    ("shown", "routes"), [(shown, number % 2 == 1) for number, shown in enumerate(LISTS) if shown != "endless"]
)
def test_every_document_of_a_list_is_found(maker: Maker, shown: str, routes: bool) -> None:
    with serve(ScriptedSite(shown, routes)) as site:
        found = listed(maker, site)
        assert {link.url for link in found.links} == {site.address(item) for item in site.items}
        assert (found.incomplete, found.next) == (None, ())


def test_a_list_without_an_end_is_left_after_so_many_rounds_and_that_is_said(maker: Maker) -> None:
    with serve(ScriptedSite("endless")) as site:
        found = listed(maker, site)
        assert 5 < len(found.links) < 30
        assert found.incomplete == "its list goes on after it was scrolled or turned 6 times (render.max_rounds)"


def test_a_list_that_asks_for_too_much_is_said(maker: Maker) -> None:
    with serve(ScriptedSite("more")) as site:
        found = listed(maker, site, limits=replace(LIMITS, max_requests=3))
        assert len(found.links) == 10
        assert found.incomplete is not None
        assert "more than 3 things (render.max_requests)" in found.incomplete


@pytest.mark.nightly
def test_a_run_stores_what_scripts_show_and_a_rerun_without_a_browser_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(ScriptedSite("turned", routes=True)) as site:
        source = {"start": site.url + site.start, "render": True}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        report = run(config, limit=5)["acme"]
        assert (exit_code([report]), report.discovered, report.reasons) == (0, 30, [])
        first = documents(config)["acme"]
        asked = len(site.asked)
        held = {item.title: item for item in site.items}
        assert len(first) == 5
        for document in first:
            item = held[document["title"]]
            assert (document["url"], document["date_published"]) == (site.address(item), item.date)
            assert item.paragraphs[0] in document["body"]
    monkeypatch.setenv("PATH", str(tmp_path))
    store = open_store(config.store.database, base=tmp_path)
    try:
        again = asyncio.run(run_sources(config, store, [], Rerun(), Quiet()))[0]
        assert verify(store, config.archive) == []
    finally:
        store.close()
    assert (again.requested, again.unchanged, again.reasons) == (5, 5, [])
    assert documents(config)["acme"] == first
    assert len(site.asked) == asked
