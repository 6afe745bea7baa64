"""No site lists fewer documents than it states without a word: a gap, a failed page, or a failed source."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from models.errors import SourceError
from pipeline.discover.discover import Discovery
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest
from tests.pipeline.discover.test_divided import Divided, Headed, menu
from tests.pipeline.discover.test_listing import OldestFirst
from tests.pipeline.discover.test_turning import FOLLOWED, Turned
from tests.pipeline.discover.test_wordpress import Limited
from tests.sites import EIGHT, ListingSite, Site, serve
from tests.sites.layouts import RandomSite
from tests.sites.server import NOT_FOUND, Answer

WALL = "<html><head><title>Request Rejected</title></head><body>Your support ID is: 4567890</body></html>"
FAULTS = {
    "gone": NOT_FOUND,
    "busy": Answer("", "text/plain", 503),
    "empty": Answer("", "text/html"),
    "walled": Answer(WALL),
    "no entries": Answer("<html><body><h1>Resources</h1><p>Nothing here.</p></body></html>"),
}


def cut(healthy: Site, fault: Answer) -> Site:
    """Return a site of which the second page that lists something is a fault, however often it is asked for."""
    kind = type(healthy)

    class Cut(kind):  # type: ignore[misc, valid-type]
        listed: dict[str, None]

        def answer(self, path: str, query: Any) -> Answer:
            return self.cut(super().answer(path, query), path, query)

        def posted(self, path: str, form: Any) -> Answer:
            return self.cut(super().posted(path, form), path, form)

        def cut(self, answer: Answer, path: str, values: Any) -> Answer:
            named = path + repr(sorted(values.items()))
            holds = sum(item.slug in str(answer.body) for item in self.items)
            if answer.status == 200 and holds > 3 and self.item_at(path) is None:
                self.listed.setdefault(named, None)
            return fault if list(self.listed)[1:2] == [named] else answer

    healthy.__class__ = Cut
    assert isinstance(healthy, Cut)
    healthy.listed = {}
    return healthy


SITES: dict[str, Callable[[], Site]] = {
    **{kind.mechanism: kind for kind in EIGHT},
    **{f"pager {pager}": partial(ListingSite, pager=pager) for pager in ("number", "class", "data")},
    **{f"layout {seed}": partial(RandomSite, seed) for seed in range(200, 203)},
}
ODD: dict[str, Callable[[], Site]] = {
    **{way: partial(Turned, *told) for way, told in FOLLOWED.items()},
    "part by path": partial(Divided, menu("<a href='/resources/*'>*</a>")),
    "part by query": partial(Divided, menu("<a href='?part=*'>*</a>")),
    "next in a header": partial(Headed, ""),
    "oldest first": partial(OldestFirst, pager="number"),
    "a capped API": partial(Limited, cap=25),
    "a capped API without totals": partial(Limited, cap=25, totals=False),
    "an API that refuses large pages": partial(Limited, refuses=20),
}
"""Sites whose lists are turned by forms and scripts, divided, capped, or tell of their next page out of sight."""
TELLING: dict[str, Callable[[], Site]] = {
    "pager number": SITES["pager number"],
    **{f"layout {seed}": partial(RandomSite, seed) for seed in range(200, 216) if RandomSite(seed).pager == "numbers"},
}
"""Sites whose pagers name the last page, and so tell how far the list goes."""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", EIGHT, ids=lambda kind: kind.mechanism)
def test_fewer_than_stated_is_never_silence(kind: type[Site], fault: str) -> None:
    listed, wanted, found = listed_by(kind(), fault)
    if found is not None:
        stated = found.total_stated if found.total_stated is not None else len(listed)
        assert len(listed) >= stated or said(found), (len(listed), stated, found.stopped_because)
        assert listed == wanted or not found.complete or found.total_stated is None


@pytest.mark.parametrize("fault", ["busy", "walled"])
@pytest.mark.parametrize("name", SITES)
def test_a_page_that_a_firewall_or_a_fault_took_is_never_the_end(name: str, fault: str) -> None:
    listed, wanted, found = listed_by(SITES[name](), fault)
    assert found is None or listed == wanted or (said(found) and not found.complete), found.stopped_because


@pytest.mark.parametrize("fault", ["busy", "walled"])
@pytest.mark.parametrize("name", ODD)
def test_no_way_of_turning_pages_takes_a_fault_for_the_end(name: str, fault: str) -> None:
    listed, wanted, found = listed_by(ODD[name](), fault)
    assert found is None or listed == wanted or (said(found) and not found.complete), found.stopped_because


@pytest.mark.parametrize("fault", ["gone", "empty", "no entries"])
@pytest.mark.parametrize("name", TELLING)
def test_a_list_does_not_end_before_the_last_page_that_its_pager_names(name: str, fault: str) -> None:
    listed, wanted, found = listed_by(TELLING[name](), fault)
    assert found is None or listed == wanted or (said(found) and not found.complete), found.stopped_because


def listed_by(site: Site, fault: str) -> tuple[set[str], set[str], Discovery | None]:
    """Return the documents that were listed and those there are, by identity; no discovery where the source fails."""
    with serve(cut(site, FAULTS[fault])):
        wanted = {identity(site.address(item)) for item in site.items}
        try:
            found = harvest(site, alone=isinstance(site, RandomSite | Divided))
        except SourceError:
            return set(), wanted, None
        return wanted & {identity(link.url) for link in found.links}, wanted, found


def said(found: Discovery) -> bool:
    """Return whether a run over this would end with exit code 3."""
    return bool(found.gaps or found.failures)
