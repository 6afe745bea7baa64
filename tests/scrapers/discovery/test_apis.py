"""The APIs of WordPress, DSpace and Drupal, and directories: what is asked, and what is made of the answers."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import json

import pytest

from models.errors import ExtractError
from scrapers.base import Rules
from scrapers.discovery import MECHANISMS
from tests.scrapers.discovery.reading import SITE, listing_of, urls

UUID = "0a1b2c3d-0000-4000-8000-000000000001"
TYPES = {
    "post": {"rest_base": "posts"},
    "page": {"rest_base": "pages"},
    "publication": {"rest_base": "publications", "rest_namespace": "acme/v3"},
    "wp_template": {"rest_base": "templates"},
    "team-member": {"rest_base": "team"},
}


def first(name: str, start: str, since: str | None = None) -> str:
    return MECHANISMS[name].first(Rules(start=(start,)), since=since, token=None)[0].url


def test_wordpress_types_that_hold_documents() -> None:
    state = {"base": f"{SITE}/wp-json/wp/v2/", "start": f"{SITE}/", "path": "/"}
    found = [r.url.partition("?")[0] for r in listing_of("wordpress", json.dumps(TYPES), state=state).next]
    assert found == [f"{SITE}/wp-json/wp/v2/posts", f"{SITE}/wp-json/acme/v3/publications"]
    found = [
        r.url for r in listing_of("wordpress", json.dumps(TYPES), state={**state, "path": "/en/publications/"}).next
    ]
    assert len(found) == 1
    assert "/acme/v3/publications?per_page=100&page=1" in found[0]


def test_wordpress_wherever_its_api_lies() -> None:
    assert first("wordpress", f"{SITE}/") == f"{SITE}/wp-json/wp/v2/types"
    assert first("wordpress", f"{SITE}/blog/wp-json/") == f"{SITE}/blog/wp-json/wp/v2/types"
    assert first("wordpress", f"{SITE}/?rest_route=/") == f"{SITE}/?rest_route=/wp/v2/types"
    assert first("wordpress", f"{SITE}/category/reports/").startswith(f"{SITE}/wp-json/wp/v2/categories?slug=reports")
    assert "modified_after=2026-01-01T00:00:00" in first(
        "wordpress", f"{SITE}/wp-json/wp/v2/posts", "2026-01-01T00:00:00Z"
    )


def test_wordpress_goes_on_by_its_headers_or_by_full_pages() -> None:
    items = json.dumps([{"link": f"/p/{n}", "title": {"rendered": "A &#038; B"}} for n in range(100)])
    url = f"{SITE}/wp-json/wp/v2/posts?per_page=100&page=1"
    stated = listing_of("wordpress", items, url=url, state={"page": "1"}, headers=(("X-WP-TotalPages", "1"),))
    assert (len(stated.links), stated.next) == (100, ())
    assert stated.links[0].text == "A & B"
    full = listing_of("wordpress", items, url=url, state={"page": "1"})
    assert full.next[0].url.endswith("page=2")
    assert "guess" in full.next[0].state


def item(**more: object) -> dict[str, object]:
    metadata = {"dc.title": [{"value": "Water"}], "dc.contributor.author": [{"value": "Deva, Surya"}]}
    return {"uuid": UUID, "name": "Water", "metadata": metadata | {"dc.date.issued": [{"value": "2014-03"}]}, **more}


def results(*items: dict[str, object], pages: int = 1) -> str:
    objects = [{"_embedded": {"indexableObject": one}} for one in items]
    page = {"number": 0, "totalPages": pages, "totalElements": len(items)}
    return json.dumps({"_embedded": {"searchResult": {"_embedded": {"objects": objects}, "page": page}}})


STATE = {"ui": f"{SITE}/", "api": f"{SITE}/server/api", "page": "1", "order": "strict"}


def test_dspace_asks_for_files_where_they_are_not_embedded() -> None:
    found = listing_of("dspace", results(item(), pages=2), url=f"{SITE}/server/api/x?page=0", state=STATE)
    assert urls(found) == [f"/items/{UUID}"]
    assert found.links[0].claims["date_published"].value == "2014-03"
    bundles, onward = found.next
    assert bundles.url == f"{SITE}/server/api/core/items/{UUID}/bundles?embed=bitstreams"
    assert onward.url.endswith("page=1")
    streams = {"_embedded": {"bitstreams": [{"uuid": UUID, "name": "report.pdf"}]}}
    given = [{"name": name, "_embedded": {"bitstreams": streams}} for name in ("THUMBNAIL", "ORIGINAL")]
    files = listing_of("dspace", json.dumps({"_embedded": {"bundles": given}}), state=dict(bundles.state))
    assert urls(files) == [f"/bitstreams/{UUID}/download"]


def test_dspace_leaves_out_what_was_withdrawn_and_names_entities() -> None:
    found = listing_of("dspace", results(item(withdrawn=True)), state=STATE)
    assert urls(found) == []
    assert urls(listing_of("dspace", results(item(entityType="Publication")), state=STATE)) == [
        f"/entities/publication/{UUID}"
    ]


def test_dspace_lists_one_collection() -> None:
    assert f"scope={UUID}" in first("dspace", f"{SITE}/collections/{UUID}")


def test_drupal_paths_and_dates() -> None:
    node = {
        "title": "W",
        "created": "2019-05-23T22:00:00+00:00",
        "field_publication_date": "2019-05-01",
        "drupal_internal__nid": 7,
    }
    aliased = {**node, "path": {"alias": "/en/water"}, "langcode": "en", "field_publication_date": None}
    answer = {
        "data": [{"attributes": node}, {"attributes": aliased}, {"attributes": {**node, "status": False}}],
        "links": {},
    }
    found = listing_of("drupal", json.dumps(answer), state={"ui": f"{SITE}/", "page": "1"})
    assert urls(found) == ["/node/7", "/en/water"]
    assert [link.claims["date_published"].value for link in found.links] == ["2019-05-01", "2019-05-23"]


@pytest.mark.parametrize("name", ["wordpress", "dspace", "drupal", "oai-pmh", "marcxml"])
@pytest.mark.parametrize(
    "content", ["", "<html><body>Just a moment...</body></html>", "{}", "[[[", '{"code": "rest_no_route"}']
)
def test_what_is_no_answer_is_an_error(name: str, content: str) -> None:
    with pytest.raises(ExtractError):
        listing_of(name, content, state=STATE | {"site": SITE})


def test_directories_of_servers_and_buckets() -> None:
    index = (
        "<html><title>Index of /pub/</title><pre><a href='../'>../</a><a href='?C=M'>M</a><a href='2019/'>2019/</a> 05-Jan-2026 10:00 -\n"
        "<a href='a%20b.pdf'>a b.pdf</a>   05-Jan-2026 10:00  1M\n<a href='/elsewhere/c.pdf'>c</a><a href='x.png'>x</a></pre></html>"
    )
    found = listing_of("directory", index, url=f"{SITE}/pub/")
    assert urls(found) == ["/pub/a%20b.pdf"]
    assert found.links[0].modified == "2026-01-05"
    assert [request.url for request in found.next] == [f"{SITE}/pub/2019/"]
    bucket = (
        "<?xml version='1.0'?><ListBucketResult><Contents><Key>docs/a b.pdf</Key><LastModified>2026-01-05</LastModified></Contents>"
        "<NextContinuationToken>abc=</NextContinuationToken></ListBucketResult>"
    )
    found = listing_of("directory", bucket, url=f"{SITE}/")
    assert urls(found) == ["/docs/a%20b.pdf"]
    assert "continuation-token=abc%3D" in found.next[0].url


def test_every_mechanism_is_there() -> None:
    for name in MECHANISMS:
        assert MECHANISMS[name].first(Rules(start=(f"{SITE}/",)), since=None, token=None)


def ways(content: str, url: str = f"{SITE}/", **headers: str) -> list[tuple[str, str]]:
    found = listing_of("auto", content, url=url, headers=tuple(headers.items())).next
    return [(request.expect, request.url.removeprefix(SITE)) for request in found]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("<urlset/>", "sitemap"),
        ("<OAI-PMH/>", "oai-pmh"),
        ("<rss/>", "feed"),
        ("<collection/>", "marcxml"),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "feed"),
        ('{"namespaces": ["wp/v2"], "routes": {}}', "wordpress"),
        ('{"jsonapi": {"version": "1.0"}, "data": []}', "drupal"),
        ('{"dspaceVersion": "DSpace 8.0"}', "dspace"),
        ("https://acme.example/a\nhttps://acme.example/b\n", "sitemap"),
        ("<html><title>Index of /pub</title></html>", "directory"),
        ("<html><ds-app></ds-app></html>", "dspace"),
        ("<html><p><a href='/cgi/oai2?verb=Identify'>OAI</a></html>", "oai-pmh"),
    ],
)
def test_the_first_way_into_a_site(content: str, name: str) -> None:
    assert ways(content)[0][0] == name


def test_the_ways_into_a_site_of_wordpress() -> None:
    head = "<link rel='https://api.w.org/' href='/wp-json/'><link rel='alternate' type='application/rss+xml' href='/feed/'>"
    page = f"<html><head>{head}</head><body><p>Welcome</p></body></html>"
    assert ways(page) == [("wordpress", "/wp-json/"), ("sitemap", "/"), ("feed", "/feed/"), ("listing", "/")]
    assert ways(page, url=f"{SITE}/reports/")[0] == ("wordpress", "/wp-json/?from=/reports/")
    linked = ways("<html><p>Hi</p></html>", link=f'<{SITE}/wp-json/>; rel="https://api.w.org/"')
    assert linked[0] == ("wordpress", "/wp-json/")
