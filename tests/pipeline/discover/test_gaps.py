"""What a listing states and we did not reach is said: a total, a pager, a cap of ours, a mechanism that failed."""

from __future__ import annotations

import json

import pytest

from models.errors import SourceError
from scrapers.discovery import base
from tests.pipeline.discover.harvesting import harvest, rules_of
from tests.sites import ListingSite, Site, WordpressSite, serve
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer


class Stating(Site):
    """A listing that states how many documents there are."""

    start = "/resources"
    keys = ListingSite.keys

    def __init__(self, stated: str, shown: int = 4) -> None:
        super().__init__()
        self.stated, self.shown = stated, shown

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        if path != "/resources":
            return NOT_FOUND
        cards = "".join(f"<h3><a href='/resources/{i.slug}'>{i.title}</a></h3>" for i in self.items[: self.shown])
        return Answer(frame("Resources", f"<p>{self.stated}</p>{cards}"))


@pytest.mark.parametrize(
    "stated",
    ["Showing 1-4 of 12 documents", "12 results", "共 12 条", "Showing 4 of 12 publications", "4 of 12 reports"],
)
def test_a_stated_total_that_was_not_reached_is_said(stated: str) -> None:
    with serve(Stating(stated)) as site:
        found = harvest(site)
        assert (len(found.links), found.complete, found.finished) == (4, False, False)
        assert found.gaps == (f"{site.url}/resources: 12 documents are stated, 4 were listed",)


@pytest.mark.parametrize(
    "stated", ["Showing 1-4 of 4 documents", "4 results", "Page 1 of 1", "Showing page 1 of 1", "Part 1 of 12", ""]
)
def test_a_stated_total_that_was_reached_is_no_gap(stated: str) -> None:
    with serve(Stating(stated)) as site:
        found = harvest(site)
        assert (found.gaps, found.complete) == ((), True)


class Unstable(ListingSite):
    """States its total; the fourth reading of page 2 shows what the first one swapped away."""

    asked_twice = 0

    def page(self, number: int, pages: int) -> Answer:
        answer = super().page(number, pages)
        if number == 2:
            self.asked_twice += 1
            if self.asked_twice == 1:
                shown = "".join(self.card(item) for item in self.items[:10])
                answer = Answer(frame("Resources", f"<div class='results'>{shown}</div>{self.next_link(2, pages)}"))
        assert isinstance(answer.body, str)
        return Answer(answer.body.replace("<h1>Resources</h1>", "<h1>Resources</h1><p>1-10 of 60 documents</p>"))


def test_an_unstable_order_is_read_again_until_the_total_is_met() -> None:
    with serve(Unstable()) as site:
        found = harvest(site)
        assert (len(found.links), found.gaps) == (60, ())


def test_max_pages_is_said() -> None:
    with serve(ListingSite()) as site:
        found = harvest(site, rules=rules_of(site, max_pages=3))
        (gap,) = found.gaps
        assert gap.startswith("max_pages (3) was reached")
        assert "page=4" in gap


def test_a_listing_of_exactly_max_pages_is_whole() -> None:
    with serve(ListingSite()) as site:
        found = harvest(site, rules=rules_of(site, max_pages=6))
        assert (len(found.links), found.gaps, found.complete) == (60, (), True)


class LargeSitemap(Site):
    start = "/sitemap.xml"
    keys = {"discover": "sitemap"}  # noqa: RUF012

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        urls = "".join(f"<url><loc>{self.url}/resources/{n}</loc></url>" for n in range(30))
        return Answer(f"<urlset>{urls}</urlset>", "application/xml")


def test_more_links_than_are_taken_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.discovery.sitemap.MAX_LINKS", 20)  # loaded before the bound that it takes over
    monkeypatch.setattr(base, "MAX_LINKS", 20)
    monkeypatch.setattr("pipeline.discover.paging.MAX_LINKS", 20)
    with serve(LargeSitemap()) as site:
        found = harvest(site)
        assert len(found.links) == 20
        assert not found.complete
        assert "more than 20 links" in found.gaps[0]


class Parted(LargeSitemap):
    """Two files of thirty addresses, which an index names."""

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        if path == "/sitemap.xml":
            files = "".join(f"<sitemap><loc>{self.url}/{name}.xml</loc></sitemap>" for name in ("north", "south"))
            return Answer(f"<sitemapindex>{files}</sitemapindex>", "application/xml")
        urls = "".join(f"<url><loc>{self.url}/resources{path}/{n}</loc></url>" for n in range(30))
        return Answer(f"<urlset>{urls}</urlset>", "application/xml")


def test_a_long_file_is_read_in_portions_and_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.discovery.sitemap.PORTION", 12)
    kept: list[int] = []
    with serve(Parted()) as site:
        found = harvest(site, found=lambda links: kept.append(len(links)))
        assert site.asked == ["/sitemap.xml", "/north.xml", "/south.xml"]
    assert kept == [12, 12, 6, 12, 12, 6]
    assert (len(found.links), found.complete, found.pages_read) == (60, True, 3)


def test_what_is_left_out_of_a_file_that_is_read_in_portions_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.discovery.sitemap.PORTION", 10)
    monkeypatch.setattr("scrapers.discovery.sitemap.MAX_LINKS", 20)
    with serve(LargeSitemap()) as site:
        found = harvest(site)
    assert (len(found.links), found.complete) == (20, False)
    assert "more than 20 addresses" in found.gaps[0]


def test_a_sitemap_is_read_whole_up_to_a_bound_above_what_the_protocol_allows() -> None:
    from tests.scrapers.discovery.reading import listing_of

    assert base.MAX_LINKS > 100_000  # the protocol allows 50,000; this is the only bound, so fewer show the same
    urls = "".join(f"<url><loc>https://acme.example/r/{n}</loc></url>" for n in range(10_000))
    assert len(listing_of("sitemap", f"<urlset>{urls}</urlset>").links) == 10_000


def test_a_closed_mechanism_that_was_replaced_is_said() -> None:
    with serve(WordpressSite(closed=True)) as site:
        found = harvest(site)
        assert found.mechanism == "feed"
        assert not found.complete
        (gap,) = found.gaps
        assert gap.startswith("wordpress fails")
        assert "feed was read instead" in gap


@pytest.mark.parametrize("alone", [False, True])
def test_a_mechanism_that_worked_and_is_closed_now_is_a_failure(alone: bool) -> None:
    with serve(WordpressSite()) as site:
        before = harvest(site, alone=alone).mechanism
        assert before == "wordpress"
    with serve(WordpressSite(closed=True)) as site, pytest.raises(SourceError, match="were found before"):
        harvest(site, alone=alone, before=before)


class Moody(WordpressSite):
    """Names its API no more."""

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        if path.startswith("/wp-json"):
            return Answer(json.dumps({"code": "rest_no_route"}), "application/json", 404)
        answer = super().answer(path, query)
        if path == "/" and isinstance(answer.body, str):
            return Answer(answer.body.replace("https://api.w.org/", "nothing"))
        return answer


def test_another_mechanism_than_before_is_said() -> None:
    with serve(Moody()) as site:
        found = harvest(site, alone=True, before="wordpress")
        assert found.links
        assert "wordpress" in found.gaps[0]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<title>Maintenance</title><h1>We will be back soon!</h1><p>Sorry for the inconvenience.</p>", "under repair"),
        ("<title>Request Rejected</title><p>Your support ID is: 4567890</p>", "F5"),
        ("<title>404</title><h1>Page not found</h1>", "soft 404"),
    ],
)
def test_what_came_instead_of_the_start_page_is_the_cause(page: str, reason: str) -> None:
    class Walled(ListingSite):
        def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
            return Answer(f"<html><body>{page}</body></html>") if path == self.start else NOT_FOUND

    with serve(Walled()) as site, pytest.raises(SourceError, match=f"{site.start}: .*{reason}"):
        harvest(site, alone=True)
