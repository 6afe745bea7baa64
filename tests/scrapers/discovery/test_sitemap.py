"""Sitemaps: robots.txt, indexes, gzip, text."""

from __future__ import annotations

import gzip

import pytest

from models.errors import ExtractError
from scrapers.base import Rules
from scrapers.discovery import sitemap
from tests.scrapers.discovery.reading import SITE, listing_of, urls

URLSET = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{SITE}/</loc></url><url><loc> {SITE}/reports/a </loc><lastmod>2020-01-02T03:04:05+01:00</lastmod></url>
<url><loc>{SITE}/about</loc></url><url><loc>{SITE}/news/b?utm_source=x</loc></url><url><loc>{SITE}/logo.png</loc></url>
<url><loc>https://elsewhere.example/x</loc></url><url><loc>javascript:alert(1)</loc></url><url/></urlset>"""
INDEX = f"""<sitemapindex><sitemap><loc>{SITE}/old.xml.gz</loc><lastmod>2019-01-01</lastmod></sitemap>
<sitemap><loc>{SITE}/new.xml</loc><lastmod>2020-02-01</lastmod></sitemap><sitemap><loc>{SITE}/undated.xml</loc></sitemap>
<sitemap><loc>{SITE}/wp-sitemap-taxonomies-category-1.xml</loc></sitemap></sitemapindex>"""


def test_addresses_of_documents_alone() -> None:
    found = listing_of("sitemap", URLSET)
    assert urls(found) == ["/reports/a", "/news/b"]
    assert found.links[0].modified == "2020-01-02T03:04:05+01:00"
    assert "date_published" not in found.links[0].claims  # a lastmod is no date of publication


def test_below_the_start_page() -> None:
    assert urls(listing_of("sitemap", URLSET, state={"below": "/reports/"})) == ["/reports/a"]


def test_what_is_included_counts_whatever_its_name() -> None:
    assert urls(listing_of("sitemap", URLSET, include=("*/about",))) == ["/about"]


def test_an_index_without_what_has_not_changed() -> None:
    found = listing_of("sitemap", INDEX)
    assert [request.url.rpartition("/")[2] for request in found.next] == ["old.xml.gz", "new.xml", "undated.xml"]
    found = listing_of("sitemap", INDEX, state={"since": "2020-01-01"})
    assert [request.url.rpartition("/")[2] for request in found.next] == ["new.xml", "undated.xml"]
    assert found.partial


def test_gzip_and_text() -> None:
    assert urls(listing_of("sitemap", gzip.compress(URLSET.encode(), mtime=0))) == ["/reports/a", "/news/b"]
    assert urls(listing_of("sitemap", f"{SITE}/x\n{SITE}/y\n")) == ["/x", "/y"]


@pytest.mark.parametrize(
    "content", [gzip.compress(URLSET.encode(), mtime=0)[:60], b"\x1f\x8bno", URLSET[:300].encode(), b"<html/>", b"x"]
)
def test_torn_or_foreign_files_are_errors(content: bytes) -> None:
    with pytest.raises(ExtractError):
        listing_of("sitemap", content)


def test_robots_names_the_sitemaps() -> None:
    robots = f"User-agent: *\nsitemap : {SITE}/one.xml\nSITEMAP:/two.xml"
    assert [r.url for r in listing_of("sitemap", robots, url=f"{SITE}/robots.txt").next] == [
        f"{SITE}/one.xml",
        f"{SITE}/two.xml",
    ]
    assert listing_of("sitemap", "User-agent: *", url=f"{SITE}/robots.txt").next[0].url == f"{SITE}/sitemap.xml"


def test_the_start_may_be_a_sitemap_and_robots_is_asked_where_it_is_none() -> None:
    (asked,) = sitemap.first(Rules(start=(f"{SITE}/x",)), since=None, token=None)
    assert (asked.url, asked.state["else"].split()[0]) == (f"{SITE}/x", f"{SITE}/robots.txt")
    (asked,) = sitemap.first(Rules(start=(f"{SITE}/",)), since=None, token=None)
    assert asked.url == f"{SITE}/robots.txt"
    assert [r.url for r in sitemap.first(Rules(start=(f"{SITE}/sm.xml",)), since=None, token=None)] == [
        f"{SITE}/sm.xml"
    ]
