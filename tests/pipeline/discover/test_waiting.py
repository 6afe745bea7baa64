"""A walk that a site asks to pause for longer than a run waits ends there, and the next run goes on with the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.errors import SourceError
from pipeline.discover.waiting import MOST_REQUESTS, Waiting, read_back
from scrapers.base import Request
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import NOW, harvest
from tests.sites import EIGHT, ListingSite, OaiSite, Site, serve
from tests.sites.server import Answer

BUSY = Answer("", "text/plain", 429, {"Retry-After": "600"})
PAGED = tuple(kind for kind in EIGHT if kind.mechanism != "dspace")
"""Sites with several pages; DSpace's sixty items stand on one."""


def busy_from(kind: type[Site], number: int) -> Any:
    """Return a site that answers with `BUSY` from the request of that number on, 0 to be never busy."""

    class Busy(kind):  # type: ignore[misc, valid-type]
        def answer(self, path: str, query: Any) -> Answer:
            return BUSY if 0 < self.busy_from <= len(self.asked) else super().answer(path, query)

    site = Busy()
    site.busy_from = number
    return site


@pytest.mark.parametrize("kind", PAGED, ids=lambda kind: kind.mechanism)
def test_the_next_run_goes_on_where_the_site_asked_for_a_pause(kind: type[Site]) -> None:
    with serve(kind()) as site:
        harvest(site)
        asked = len(set(site.asked))
    with serve(busy_from(kind, asked)) as site:
        first = harvest(site)
        assert len(site.asked) == asked
        assert first.waiting is not None
        assert (first.waiting.seconds, len(first.failures)) == (600, 1)
        assert (first.complete, first.finished) == (False, False)
        site.busy_from = 0
        second = harvest(site, waiting=read_back(json.loads(json.dumps(first.waiting.kept()))))
        assert len(site.asked) == 1
        assert (second.waiting, second.complete, second.finished, second.gaps) == (None, False, True, ())
        found = {identity(link.url) for link in (*first.links, *second.links)}
        assert found == {identity(site.address(item)) for item in site.items}


def test_a_site_that_is_still_busy_is_waited_for_again() -> None:
    with serve(busy_from(ListingSite, 3)) as site:
        first = harvest(site)
        assert first.waiting is not None
        site.busy_from = 1
        second = harvest(site, waiting=first.waiting.requests)
        assert (second.links, second.complete, len(second.failures)) == ((), False, 1)
        assert second.waiting == first.waiting


@pytest.mark.parametrize("kind", [ListingSite, OaiSite])
def test_a_rest_that_leads_nowhere_any_more_begins_anew(kind: type[Site]) -> None:
    gone = Request(url="http://127.0.0.1:9/", expect=kind.mechanism, state={"page": "3"})
    with serve(kind()) as site:
        found = harvest(site, waiting=(Request(url=f"{site.url}/gone", expect=gone.expect, state=gone.state),))
        assert (len(found.links), found.complete) == (60, True)


def test_a_start_page_that_asks_for_a_pause_is_a_failure_of_the_source() -> None:
    with serve(busy_from(ListingSite, 1)) as site, pytest.raises(SourceError, match="429"):
        harvest(site)


def test_what_is_kept_and_for_how_long_is_bounded() -> None:
    request = Request(url="https://acme.example/2", expect="listing", state={"page": "2"}, form=(("a", "1"),))
    waiting = Waiting(requests=(request,), seconds=1e12)
    assert read_back(waiting.kept()) == (request,)
    assert (waiting.until(NOW) - NOW).days == 1
    assert Waiting(requests=(request,) * (MOST_REQUESTS + 1), seconds=9).kept() == []
