"""Listings: every way to name the next page, every way past the end, items that shift, pages that fail, no end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.errors import SourceError
from scrapers.base import Link
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import Store, harvest, rules_of
from tests.sites import EIGHT, FeedSite, ListingSite, Site, WordpressSite, serve
from tests.sites.pages import frame
from tests.sites.server import Answer

PAGERS = ("word", "rel", "number", "class", "button", "data", "script")
PAST_THE_END = ("404", "400", "empty", "last", "first", "redirect")


def addresses(site: Site) -> list[str]:
    return sorted(identity(site.address(item)) for item in site.items)


@pytest.mark.parametrize("alone", [False, True], ids=["follow", "alone"])
@pytest.mark.parametrize("pager", PAGERS)
def test_the_next_page_is_found(pager: str, alone: bool) -> None:
    with serve(ListingSite(pager=pager)) as site:
        found = harvest(site, alone=alone)
        assert sorted(identity(link.url) for link in found.links) == addresses(site)
        assert found.complete
        # The first page is read again at the end, to see whether items were removed meanwhile.
        assert len(site.asked) <= 7 + (pager in ("button", "data", "script"))


@pytest.mark.parametrize("pager", ["word", "button", "number"])
@pytest.mark.parametrize("past_end", PAST_THE_END)
def test_the_end_is_seen_however_the_site_marks_it(past_end: str, pager: str) -> None:
    with serve(ListingSite(past_end=past_end, pager=pager, endless=True)) as site:
        found = harvest(site)
        assert sorted(identity(link.url) for link in found.links) == addresses(site)
        assert found.complete, found.stopped_because
        # An empty page still shows the featured items: one page more tells it from a page of old acquaintances.
        assert len(site.asked) <= 9


@pytest.mark.parametrize("past_end", PAST_THE_END)
def test_an_incremental_run_ends_early(past_end: str) -> None:
    with serve(ListingSite(past_end=past_end, endless=True)) as site:
        store = Store(harvest(site))
        site.add(13)
        found = harvest(site, store, since="2026-01-15")
        assert len(store.unknown(found.links)) == 13
        assert len(site.asked) == 3
        assert not found.complete
        assert found.finished


def test_what_is_kept_page_by_page_is_no_reason_to_stop() -> None:
    with serve(ListingSite()) as site:
        store = Store(harvest(site))
        site.add(35)
        kept: list[Link] = []

        def keep(links: Sequence[Link]) -> None:
            kept.extend(links)
            store.keys.update(identity(link.url) for link in links)

        harvest(site, store, since="2026-01-15", found=keep)
        assert {identity(site.address(item)) for item in site.items[:35]} <= {identity(link.url) for link in kept}


@pytest.mark.parametrize("pager", ["word", "number", "button"])
@pytest.mark.parametrize("shift", ["add", "remove"])
def test_items_that_shift_are_neither_lost_nor_doubled(shift: str, pager: str) -> None:
    with serve(ListingSite(shift=shift, pager=pager)) as site:
        found = [identity(link.url) for link in harvest(site).links]
        assert len(found) == len(set(found))
        first_read = [item for item in site.items if item.number <= 60]
        assert {identity(site.address(item)) for item in first_read} <= set(found)


@pytest.mark.parametrize("kind", EIGHT, ids=lambda kind: kind.mechanism)
def test_one_page_is_enough_for_a_look(kind: type[Site]) -> None:
    with serve(kind()) as site:
        assert harvest(site, rules=rules_of(site, alone=True, max_pages=1)).links


def test_max_pages_is_a_ceiling() -> None:
    with serve(ListingSite()) as site:
        found = harvest(site, rules=rules_of(site, max_pages=3))
        assert len(site.asked) == 3
        assert (found.complete, found.finished) == (False, False)
        assert "max_pages" in found.stopped_because


class Calendar(Site):
    """Months without end, each with the same three documents."""

    start = "/calendar"
    keys = ListingSite.keys

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        month = int(query.get("month", "1"))
        cards = "".join(
            f"<h3><a href='/resources/{n}'>A document that is always there, number {n}</a></h3>" for n in range(3)
        )
        return Answer(frame("Calendar", f"{cards}<a rel='next' href='/calendar?month={month + 1}'>Next</a>"))


def test_a_calendar_without_end_ends() -> None:
    with serve(Calendar()) as site:
        assert len(harvest(site).links) == 3
        assert len(site.asked) <= 3


class Loop(Site):
    """Two pages that name each other as the next."""

    start = "/a"
    keys = ListingSite.keys

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        other = "/b" if path == "/a" else "/a"
        return Answer(
            frame("Loop", f"<h3><a href='/resources{path}'>A document</a></h3><a rel='next' href='{other}'>Next</a>")
        )


def test_pages_that_name_each_other_end() -> None:
    with serve(Loop()) as site:
        assert len(harvest(site).links) == 2
        assert site.asked == ["/a", "/b", "/a"]  # the last to see whether items were removed meanwhile


class Failing(ListingSite):
    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        if query.get("page") == "3":
            return Answer("busy", status=503)
        return super().answer(path, query)


def test_a_page_that_fails_leaves_the_listing_incomplete() -> None:
    with serve(Failing()) as site:
        found = harvest(site)
        assert len(found.links) == 22  # two pages of ten, and two featured ones of later pages
        assert (found.complete, found.finished) == (False, False)
        assert [error.url for error in found.failures] == [f"{site.url}/resources?page=3"]


def test_a_start_that_fails_is_the_source_s_failure() -> None:
    with serve(ListingSite()) as site, pytest.raises(SourceError, match="/nowhere"):
        harvest(site, rules=rules_of(site, start=(f"{site.url}/nowhere",)))


def test_a_selector_that_matches_nothing_is_named() -> None:
    with serve(ListingSite()) as site, pytest.raises(SourceError, match=r"a\.gone"):
        harvest(site, rules=rules_of(site, follow=("a.gone",)))


def test_only_what_is_included_counts() -> None:
    with serve(ListingSite()) as site:
        found = harvest(site, rules=rules_of(site, include=("*/cotton-*", "*/cocoa-*"), exclude=("*-9",)))
        assert {link.url.split("/resources/")[1].split("-")[0] for link in found.links} == {"cotton", "cocoa"}
        assert len(found.links) == 11


def test_a_closed_api_is_replaced_by_the_feed() -> None:
    with serve(WordpressSite(closed=True)) as site:
        found = harvest(site)
        assert sorted(identity(link.url) for link in found.links) == addresses(site)
        assert found.mechanism == "feed"


def test_a_busy_api_is_not_replaced() -> None:
    class Busy(WordpressSite):
        def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
            return Answer("busy", status=503) if path.startswith("/wp-json") else super().answer(path, query)

    with serve(Busy()) as site, pytest.raises(SourceError, match="503"):
        harvest(site)


@pytest.mark.parametrize("alone", [False, True])
def test_an_unchanged_page_is_no_empty_listing(alone: bool) -> None:
    import asyncio

    from pipeline.discover.discover import discover
    from tests.pipeline.discover.harvesting import read

    async def unchanged(request: object) -> None:
        return None

    with serve(FeedSite()) as site:
        rules = rules_of(site, alone)
        found = asyncio.run(discover(rules, fetch=unchanged, read=read, known=Store().known, since="2026-01-15"))
        assert (found.links, found.complete, found.finished) == ((), False, True)


class OldestFirst(ListingSite):
    """Its newest documents stand on the last page."""

    def page(self, number: int, pages: int) -> Answer:
        self.items.reverse()
        try:
            return super().page(number, pages)
        finally:
            self.items.reverse()


@pytest.mark.parametrize("pager", ["word", "number"])
def test_both_ends_of_a_list_are_looked_at(pager: str) -> None:
    with serve(OldestFirst(pager=pager)) as site:
        store = Store(harvest(site))
        whole = len(site.asked)
        unchanged = harvest(site, store, since="2026-01-15T00:00:00Z")
        assert not store.unknown(unchanged.links)
        assert len(site.asked) <= (3 if pager == "number" else whole)
        added = site.add(6)
        second = harvest(site, store, since="2026-01-15T00:00:00Z")
        assert store.unknown(second.links) == {identity(site.address(item)) for item in added}
