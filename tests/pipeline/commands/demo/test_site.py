from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

from pipeline.commands.demo.config import configuration
from pipeline.commands.demo.documents import documents, sample_files
from pipeline.commands.demo.expected import expected, must_fail
from pipeline.commands.demo.server import SampleServer
from pipeline.commands.demo.site import Site
from scrapers.base import Rules
from scrapers.fields import Extracted
from scrapers.sites import scraper_for
from tests.page import IN_UTF_8, page_of

PAGES = [entry for entry in expected() if entry["media_type"] == "text/html"]
OF_THE_SITE = [entry for entry in PAGES if entry["source"] != "sample-reports"]


def extracted(url: str, site: Site | None = None) -> Extracted:
    parts = urlsplit(url)
    content = (site or Site()).answer(parts.netloc, parts.path).content
    name = "business_humanrights" if "bhrrc" in parts.netloc else None
    return scraper_for(Rules(source="sample", scraper=name)).extract(page_of(url, content, headers=IN_UTF_8))


def slug(entry: dict[str, Any]) -> str:
    return urlsplit(str(entry["canonical_url"])).path.strip("/").split("/")[-1][:40]


@pytest.mark.parametrize("entry", OF_THE_SITE, ids=slug)
def test_a_page_of_either_generation_is_read_right(entry: dict[str, Any]) -> None:
    check(entry, extracted(entry["canonical_url"]))


@pytest.mark.parametrize("entry", [entry for entry in PAGES if entry["source"] == "sample-reports"], ids=slug)
def test_a_page_that_declares_itself_is_read_right(entry: dict[str, Any]) -> None:
    check(entry, extracted(entry["canonical_url"]))


def check(entry: dict[str, Any], said: Extracted) -> None:
    assert said.title
    assert said.language
    assert said.body
    assert said.title.value == entry["title"]
    authors = said.authors.value if said.authors else ()
    assert [author.name for author in authors] == [author["name"] for author in entry["authors"]]
    for author, right in zip(authors, entry["authors"], strict=True):
        assert author.kind in (right["kind"], None)
    if "author_raw" in entry:
        assert (said.authors.raw if said.authors else None) == entry["author_raw"]
    assert (said.date_published.value if said.date_published else None) == entry["date_published"]
    assert said.language.value == entry["language"]
    if "kind" in entry:
        assert (said.kind.value if said.kind else None) == entry["kind"]
    files = [link.url for link in said.links if link.rel == "attachment"]
    assert files == entry["attachments"]
    for text in entry["body_must"]:
        assert text in said.body.value
    for text in entry["body_must_not"]:
        assert text not in said.body.value


TWINS = [
    (address, entry["canonical_url"])
    for entry in OF_THE_SITE
    for address in entry["same_as"]
    if "bhrrc.test/en" not in address
]


@pytest.mark.parametrize(("twin", "original"), [pair for pair in TWINS if "//bhrrc.test" in pair[0]])
def test_an_untranslated_twin_names_its_original(twin: str, original: str) -> None:
    named = extracted(twin).canonical_url
    assert named
    assert named.value == original


def test_the_sample_is_as_large_and_as_mixed_as_it_should_be() -> None:
    entries = expected()
    assert len(entries) >= 45
    assert len({entry["language"] for entry in entries}) == 11
    assert len({entry["canonical_url"] for entry in entries}) == len(entries)
    assert {document.form for document in documents()} == {"a", "b", "c", "d"}
    assert {file.made for file in sample_files()} == {"text", "scan", "encrypted", "html"}
    assert len(must_fail()) == 7


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer(port=0) as running:
        yield running


def get(server: SampleServer, url: str, **headers: str) -> httpx.Response:
    parts = urlsplit(url)
    target = quote(parts.path, safe="/%") + (f"?{parts.query}" if parts.query else "")
    # Without certificates, which take longer to load than the answer takes to come.
    with httpx.Client(trust_env=False, verify=False) as client:
        return client.get(f"http://{server.address}{target}", headers={"Host": parts.netloc, **headers})


def test_hosts_share_a_port(server: SampleServer) -> None:
    assert set(server.resolve.values()) == {server.address}
    assert get(server, "http://old.bhrrc.test/en/documents").status_code == 200
    assert get(server, "http://reports.test/en/documents").status_code == 404
    assert server.requests["old.bhrrc.test", "/en/documents"] == 1


def test_an_unchanged_page_is_not_sent_again(server: SampleServer) -> None:
    url = "http://reports.test/publications/whose-data-whose-shift"
    first = get(server, url)
    assert get(server, url, **{"If-None-Match": first.headers["etag"]}).status_code == 304
    assert get(server, url, **{"If-Modified-Since": first.headers["last-modified"]}).status_code == 304
    server.site.change("/publications/whose-data-whose-shift", title="Whose Shift?")
    again = get(
        server, url, **{"If-None-Match": first.headers["etag"], "If-Modified-Since": first.headers["last-modified"]}
    )
    assert again.status_code == 200
    assert again.headers["last-modified"] != first.headers["last-modified"]
    assert server.statuses == {200: 2, 304: 2}


def test_documents_come_and_go(server: SampleServer) -> None:
    document = server.site.documents[0]
    server.site.remove(document.path)
    assert get(server, document.url).status_code == 404
    server.site.add(document)
    assert get(server, document.url).status_code == 200


def test_every_listed_address_answers(server: SampleServer) -> None:
    for entry in expected():
        for url in (entry["canonical_url"], *entry.get("attachments", ()), *entry.get("same_as", ())):
            assert url in must_fail() or get(server, url).status_code in (200, 301), url


def test_old_paths_and_bare_slashes_redirect(server: SampleServer) -> None:
    moved = get(server, "http://old.bhrrc.test/en/gold-buyers-publish-their-list-0")
    assert (moved.status_code, moved.headers["location"]) == (301, "/en/gold-buyers-publish-their-list")
    assert get(server, "http://bhrrc.test/en/latest-news").headers["location"] == "/en/latest-news/"
    host = get(server, "http://www.bhrrc.test/en/latest-news/?page=2")
    assert host.headers["location"] == "http://bhrrc.test/en/latest-news/?page=2"


def test_the_listings_end_as_their_platforms_do(server: SampleServer) -> None:
    assert "views-row" not in get(server, "http://old.bhrrc.test/en/documents?page=9").text
    assert get(server, "http://bhrrc.test/en/latest-news/?page=9").status_code == 404


def test_a_taken_port_is_no_hindrance(server: SampleServer) -> None:
    port = int(server.address.rpartition(":")[2])
    with SampleServer(port=port) as second:
        assert second.address != server.address


def test_the_configuration_is_sound(server: SampleServer) -> None:
    from pathlib import Path

    from pipeline.config import parse

    config = parse(configuration(server.resolve), Path(), "the sample")
    assert set(config.sources) == {"sample-first-generation", "sample-second-generation", "sample-reports"}
