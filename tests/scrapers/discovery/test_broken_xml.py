"""Feeds and sitemaps as they are out there: what is broken in them is mended, what is cut off is an error."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import gzip
import time

import pytest

from models.errors import ExtractError
from tests.scrapers.discovery.reading import SITE, listing_of, urls

HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def rss(items: str, before: str = HEAD, after: str = "") -> str:
    return f'{before}<rss version="2.0"><channel><title>C</title>{items}</channel></rss>{after}'


def item(link: str, title: str = "On the mills", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def sitemap(*locs: str, more: str = "") -> str:
    return f"{HEAD}<urlset>{''.join(f'<url><loc>{loc}</loc>{more}</url>' for loc in locs)}</urlset>"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/doc?id=1&lang=en", "/doc?id=1&lang=en"),
        ("/doc?id=1&amp;lang=en", "/doc?id=1&lang=en"),
        ("<![CDATA[/doc?id=1&lang=en]]>", "/doc?id=1&lang=en"),
        ("/doc?a=1&copy=2", "/doc?a=1&copy=2"),
        ("/doc?a=1&#38;b=2", "/doc?a=1&b=2"),
        ("/a&b", "/a&b"),
        ("\n  /reports/\n  the-first\n", "/reports/the-first"),
        ("/annual report.pdf", "/annual%20report.pdf"),
    ],
)
def test_an_address_comes_out_as_it_was_meant(written: str, meant: str) -> None:
    assert urls(listing_of("feed", rss(item(written)))) == [meant]
    assert urls(listing_of("sitemap", sitemap(written))) == [meant]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Coal & steel", "Coal & steel"),
        ("Fa&ccedil;ade &ndash; one", "Façade – one"),
        ("The mill\x08 of\x0b Tema", "The mill of Tema"),
        ("The&#8; mill", "The mill"),
        ("AT&T;s mill &unknown; here", "AT&T;s mill &unknown; here"),
        ("<![CDATA[Coal & <b>steel</b>]]>", "Coal & steel"),
    ],
)
def test_a_title_comes_out_as_it_was_meant(written: str, meant: str) -> None:
    (link,) = listing_of("feed", rss(item("/a", written))).links
    assert link.text == meant


@pytest.mark.parametrize(
    "more",
    [
        "<itunes:subtitle>x</itunes:subtitle><dc:creator>Ann Lee</dc:creator>",
        "<dc:creator x:y='1'>Ann Lee</dc:creator>",
    ],
)
def test_prefixes_need_no_declaration(more: str) -> None:
    (link,) = listing_of("feed", rss(item("/a", more=more))).links
    assert link.claims["authors"].raw == "Ann Lee"


def test_prefixes_need_no_declaration_in_a_sitemap() -> None:
    more = "<image:image><image:loc>/i.jpg</image:loc></image:image><xhtml:link rel='alternate' href='/fr'/>"
    assert urls(listing_of("sitemap", sitemap("/a", "/b", more=more))) == ["/a", "/b"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<br />\n<b>Warning</b>: Undefined index: x in <b>/srv/feed.php</b> on line <b>3</b><br />\n" + HEAD, ""),
        ("\n\n" + HEAD + "<!-- made at noon --><?xml-stylesheet href='x.xsl'?>", ""),
        ("Notice: Undefined variable\n", ""),
        (HEAD, "<!-- cached --><script>stats()</script>" + " " * 5000),
        (HEAD + '<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY copy "&#169;">]>', ""),
        (HEAD + '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">', ""),
    ],
    ids=["notice", "comment", "no declaration", "script behind", "entities", "dtd"],
)
def test_what_stands_around_a_feed_is_passed_over(before: str, after: str) -> None:
    assert urls(listing_of("feed", rss(item("/a") + item("/b"), before, after))) == ["/a", "/b"]
    assert listing_of("auto", rss(item("/a"), before, after)).next[0].expect == "feed"


TITLE = "Доклад о положении работников шахты"


@pytest.mark.parametrize(
    ("declared", "codec", "header"),
    [
        ("", "cp1251", "text/xml; charset=windows-1251"),
        ("windows-1251", "cp1251", "text/xml; charset=utf-8"),
        ("windows-1251", "cp1251", "text/xml"),
        ("windows-1251", "utf-8", "text/xml"),
        ("windows-1251", "utf-8", "text/xml; charset=windows-1251"),
        ("koi8-r", "koi8-r", "application/rss+xml"),
        ("utf-16", "utf-16", "text/xml"),
        ("", "utf-8-sig", ""),
    ],
)
def test_the_character_set_is_that_of_the_bytes(declared: str, codec: str, header: str) -> None:
    before = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    content = rss(item("/a", TITLE), before).encode(codec)
    (link,) = listing_of("feed", content, headers=(("Content-Type", header),)).links
    assert link.text == TITLE


@pytest.mark.parametrize("cut", [40, 90, 130])
def test_what_is_cut_off_is_an_error(cut: int) -> None:
    content = rss(item("/a") + item("/b") + "<feedburner:x>y</feedburner:x>")
    with pytest.raises(ExtractError):
        listing_of("feed", content[:-cut], state={"from": "page"})


def test_a_closing_tag_of_a_longer_name_is_no_end() -> None:
    with pytest.raises(ExtractError, match="cut off"):
        listing_of("feed", "<feed><entry><link href='/a'/></entry><x></feedburner:x>")


def test_repairing_takes_linear_time() -> None:
    began = time.process_time()
    listing_of("feed", rss(item("/a", "<![CDATA[" * 100_000)))
    listing_of("feed", rss(item("/a", "&" * 300_000)))
    assert time.process_time() - began < 5


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://acme.example/"><title>C</title>
<entry xml:base="/publications/"><id>tag:acme.example,2020:1</id><link rel="replies" href="one/comments"/><link href="one"/></entry>
<entry><id>urn:uuid:2</id><link rel="self" href="/2.atom"/><link type="application/json" href="/2.json"/><link rel="alternate" type="text/html" href="/two"/></entry>
<entry><id>3</id><link rel="http://www.iana.org/assignments/relation/alternate" href="/three"/></entry>
<entry><id>4</id><link rel="enclosure" type="application/pdf" href="/get?id=4"/></entry>
<entry><id>5</id><link rel="via" href="https://elsewhere.example/x"/><link rel="related" href="/one"/><link href="/five#top"/><link rel="enclosure" href="/files/five.pdf"/></entry>
<entry><id>https://acme.example/six</id></entry></feed>"""


def test_atom_s_links_by_their_relation_type_and_base() -> None:
    found = listing_of("feed", ATOM)
    assert urls(found) == ["/publications/one", "/two", "/three", "/get?id=4", "/five", "/files/five.pdf", "/six"]
    assert [link.rel for link in found.links if "five" in link.url] == ["link", "attachment"]


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("<guid>12345</guid>", None),
        ("<guid>report-7</guid><enclosure url='/f/7.pdf'/>", "/f/7.pdf"),
        ("<guid>https://acme.example/p/7</guid>", "/p/7"),
        ("<guid isPermaLink='false'>https://acme.example/?p=7</guid>", "/?p=7"),
        ("<guid isPermaLink='false'>https://acme.example/?p=7</guid><link>/p/7</link>", "/p/7"),
        (
            "<link>https://proxy.example/~r/7</link><feedburner:origLink>https://acme.example/p/7</feedburner:origLink>",
            "/p/7",
        ),
        ("<enclosure url='/f/7' type='application/pdf'/>", "/f/7"),
        ("<enclosure url='/f/7.mp3' type='audio/mpeg'/>", None),
    ],
)
def test_an_item_s_address(entry: str, address: str | None) -> None:
    assert urls(listing_of("feed", rss(f"<item><title>T</title>{entry}</item>"))) == ([address] if address else [])


@pytest.mark.parametrize(
    ("day", "given"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Fri, 03 Jul 2071 10:00:00 GMT", None),
        ("Fri, 02 Jan 2026 03:00:00 +0900", "2026-01-02"),
        ("Tue, 14 Apr 1970 10:00:00 GMT", "1970-04-14"),
    ],
)
def test_a_day_that_cannot_be_is_not_given(day: str, given: str | None) -> None:
    (link,) = listing_of("feed", rss(item("/a", more=f"<pubDate>{day}</pubDate>"))).links
    assert (link.claims["date_published"].value if given else link.claims.get("date_published")) == given


def test_sitemaps_in_capitals_packed_twice_and_as_feeds() -> None:
    assert urls(listing_of("sitemap", "<URLSET><URL><LOC>/a</LOC></URL></URLSET>")) == ["/a"]
    twice = gzip.compress(gzip.compress(sitemap("/a").encode(), mtime=0), mtime=0)
    assert urls(listing_of("sitemap", twice)) == ["/a"]
    assert urls(listing_of("sitemap", rss(item("/a")))) == ["/a"]
    listed = gzip.compress(f"\ufeff{SITE}/a\r\n{SITE}/b".encode(), mtime=0)
    assert urls(listing_of("sitemap", listed)) == ["/a", "/b"]


@pytest.mark.parametrize(
    "robots",
    [
        f"User-agent: *\nSite-map: {SITE}/all.xml",
        "\ufeffUser-agent: *\r\nSITEMAP :  /all.xml   \r\n",
        "Sitemap: /all.xml\rUser-agent: *",
    ],
)
def test_robots_names_the_sitemap_in_its_own_way(robots: str) -> None:
    assert listing_of("sitemap", robots, url=f"{SITE}/robots.txt").next[0].url == f"{SITE}/all.xml"
