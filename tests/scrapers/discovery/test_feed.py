"""Feeds of every sort."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import json

import pytest

from models.errors import ExtractError
from scrapers.base import Author
from tests.scrapers.discovery.reading import SITE, listing_of, urls

RSS = f"""

<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title><link>{SITE}/</link>
<item><title>Water &amp;amp; work</title><link>{SITE}/a?utm_source=rss</link><dc:creator><![CDATA[Jane Roe]]></dc:creator>
<pubDate>Thu, 23 May 2019 23:30:00 -0300</pubDate></item>
<item><title>B</title><link>{SITE}/b</link><author>desk@acme.example (Desk of the Centre)</author></item>
<item><title>C</title><guid isPermaLink="true">{SITE}/c</guid><author>desk@acme.example</author><pubDate>soon</pubDate></item>
<item><title>D</title><enclosure url="/files/d.pdf" type="application/pdf"/><dc:creator>admin</dc:creator></item>
<item><title>E</title><link>https://elsewhere.example/e</link></item>
</channel></rss>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item rdf:about="{SITE}/r"><title>R</title><dc:date>2019-05</dc:date></item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "next_url": f"{SITE}/feed.json?page=2",
    "items": [
        {"id": "1", "url": "/j", "title": "J", "date_published": "2020-01-02T00:00:00Z", "authors": [{"name": "A B"}]}
    ],
}


def test_rss() -> None:
    found = listing_of("feed", RSS)
    assert urls(found) == ["/a", "/b", "/c", "/files/d.pdf"]
    a, b, c, d = (link.claims for link in found.links)
    assert a["title"].value == "Water & work"
    assert a["date_published"].value == "2019-05-23"
    assert a["authors"].value == (Author(name="Jane Roe"),)
    assert b["authors"].raw == "Desk of the Centre"
    assert set(c) == set(d) == {"title"}


def test_rdf_keeps_the_date_s_precision() -> None:
    assert listing_of("feed", RDF).links[0].claims["date_published"].value == "2019-05"


def test_json_feed() -> None:
    found = listing_of("feed", json.dumps(JSON_FEED))
    assert urls(found) == ["/j"]
    assert found.next[0].url == f"{SITE}/feed.json?page=2"


@pytest.mark.parametrize(
    "content",
    [
        "<rss><channel><item>",
        "<html><body>No feed</body></html>",
        '{"items": 5}',
        "[" * 100_000,
        "<opml/>",
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel/></rss>',
        '<!DOCTYPE r [<!ENTITY % a "b">]><rss><channel/></rss>',
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>',
    ],
)
def test_what_is_no_feed_is_an_error(content: str) -> None:
    with pytest.raises(ExtractError):
        listing_of("feed", content, state={"from": "page"})


def test_a_page_that_names_no_feed_has_the_usual_places_tried() -> None:
    following = listing_of("feed", "<html><body>Home</body></html>").next
    assert following[0].url == f"{SITE}/feed/"
    assert f"{SITE}/rss.xml" in following[0].state["else"]


@pytest.mark.parametrize("name", ["feed", "sitemap", "json"])
def test_documents_on_another_host_are_named_and_not_passed_over(name: str) -> None:
    urls = [f"https://papers.other.example/2019/{n}.html" for n in range(3)]
    if name == "json":
        content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": url} for url in urls]})
    elif name == "feed":
        items = "".join(f"<item><title>T</title><link>{url}</link></item>" for url in urls)
        content = f"<rss version='2.0'><channel>{items}</channel></rss>"
    else:
        content = f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>"
    mechanism = "sitemap" if name == "sitemap" else "feed"
    found = listing_of(mechanism, content)
    assert found.links == ()
    assert [link.url for link in found.elsewhere] == urls
    assert "papers.other.example" in (found.incomplete or "")
    named = listing_of(mechanism, content, file_hosts=("papers.other.example",))
    assert [link.url for link in named.links] == urls
    assert named.incomplete is None


def test_a_file_on_another_host_beside_a_page_of_a_feed_is_named() -> None:
    item = (
        "<item><link>/2019/wells</link><enclosure url='https://store.example/wells.pdf' type='application/pdf'/></item>"
    )
    away = "<item><link>https://press.example/on-wells</link></item>"
    found = listing_of("feed", f"<rss version='2.0'><channel>{item}{away}</channel></rss>")
    assert [link.url for link in found.links] == ["https://acme.example/2019/wells"]
    assert found.incomplete == "1 file lies on another host (1 on store.example): add file_hosts"


def test_a_wall_on_a_page_that_was_asked_for_on_trial_is_not_the_end_of_a_feed() -> None:
    wall = "<html><head><title>Request Rejected</title></head><body>Your support ID is: 4567890</body></html>"
    found = listing_of("feed", wall, state={"page": "2", "guess": "1"})
    assert found.incomplete
    assert found.next == ()


def test_a_catalogue_of_books_and_one_of_catalogues() -> None:
    atom, kind = "xmlns='http://www.w3.org/2005/Atom'", "application/atom+xml;profile=opds-catalog;kind=acquisition"
    way = f"<entry><title>All</title><id>a</id><link rel='subsection' type='{kind}' href='/all'/></entry>"
    ways = listing_of("feed", f"<feed {atom}>{way}</feed>")
    assert ([request.url for request in ways.next], ways.links) == ([f"{SITE}/all"], ())
    book = "<link rel='http://opds-spec.org/acquisition' type='application/epub+zip' href='/b/7.epub'/>"
    found = listing_of("feed", f"<feed {atom}><entry><title>Tides</title><id>urn:7</id>{book}</entry></feed>")
    assert urls(found) == ["/b/7.epub"]
