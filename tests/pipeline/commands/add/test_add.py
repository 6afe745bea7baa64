"""`ingest add` on whole sites: what it prints, used as printed, ingests them."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pytest

from models.errors import SourceError
from pipeline.commands.add.block import Proposal
from pipeline.commands.add.examples import Example
from pipeline.commands.add.propose import propose
from pipeline.config import parse
from tests.pipeline.commands.add.adding import HTTP, add_and_run, place_for
from tests.sites import DirectorySite, DspaceSite, ListingSite, Site, SitemapSite, WordpressSite, serve
from tests.sites.documents import Item
from tests.sites.layouts_documents import VariedSite
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer


def proposed(site: Site, path: str, examples: Sequence[Example] = ()) -> Proposal:
    config = parse({"http": HTTP}, Path(), "test")
    return asyncio.run(propose(config, site.url + path, None, examples))


class SmallListing(ListingSite):
    """Enough documents for three pages."""

    count = 24


class SmallLayout(VariedSite):
    """The same of a layout made at random."""

    count = 24


@pytest.mark.parametrize(
    ("site", "start"),
    [
        pytest.param(SmallListing(), "/", marks=pytest.mark.nightly, id="home"),
        pytest.param(SmallLayout(2), "/archive", id="made"),
    ],
)
def test_the_block_as_printed_ingests_the_site(site: Site, start: str, tmp_path: Path) -> None:
    outcome = add_and_run(site, tmp_path, start)
    assert outcome.is_right, outcome
    assert len(outcome.block) <= 5
    assert outcome.asked <= 25


@pytest.mark.parametrize(
    ("kind", "start", "keys"),
    [
        (SitemapSite, "/", {"start": "/", "discover": "sitemap"}),
        (WordpressSite, "/", {"start": "/wp-json/", "discover": "wordpress"}),
        (DspaceSite, "/", {"start": "/", "discover": "dspace"}),
        (DirectorySite, "/pub/", {"start": "/pub/", "discover": "directory"}),
    ],
)
def test_three_lines_where_the_site_tells_the_rest(kind: type[Site], start: str, keys: Mapping[str, str]) -> None:
    with serve(kind()) as site:
        proposal = proposed(site, start)
        assert dict(proposal.keys) == {"start": (site.url + keys["start"],), "discover": keys["discover"]}
        assert all(sure is not None and sure > 0.8 for sure in proposal.confidence.values())


class Mixed(SitemapSite):
    """A sitemap of documents, and of as many pages of another kind."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/sitemap-pages.xml":
            return self.xml("urlset", [f"<url><loc>{self.url}/places/{n}</loc></url>" for n in range(30)])
        if path.startswith("/places/"):
            return Answer(frame("A place", "<h1>A place</h1><p>Nothing was written of it so far.</p>"))
        return super().answer(path, query)


def test_sections_of_a_sitemap_without_documents_are_left_out() -> None:
    with serve(Mixed()) as site:
        proposal = proposed(site, "/")
    assert proposal.keys["include"] == ("*/resources/*",)
    assert any("/places/" in doubt for doubt in proposal.doubts)


class OtherHost(ListingSite):
    """A site that keeps its files on another host."""

    def file_address(self, item: Item) -> str:
        return super().file_address(item).replace("127.0.0.1", "localhost")


def test_hosts_of_files_are_named() -> None:
    with serve(OtherHost()) as site:
        site.items = [item for item in site.items if item.has_pdf or item.number % 3 == 0]
        assert proposed(site, "/resources").keys["file_hosts"] == ("localhost",)


class Silent(ListingSite):
    """Documents whose authors stand behind a label that nobody knows, and whose dates are two."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if (item := self.item_at(path.rstrip("/"))) is None:
            return super().answer(path, query)
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
        return Answer(
            frame(
                "The Morra Centre",
                f"<div class='css-1x9k2 kop'>{escape(item.title)}</div><ul class='who'>"
                + "".join(f"<li>{escape(name)}</li>" for name in item.authors)
                + f"</ul><p class='one'>{item.date[:4]}-02-03</p><p class='two'>{item.date}</p>{text}",
            )
        )

    def card(self, item: Item, featured: bool = False) -> str:
        return f"<p class='row'><a href='{self.address(item)}'>{escape(item.title)}</a></p>"


def test_one_example_is_enough_to_find_what_a_page_does_not_say() -> None:
    with serve(Silent()) as site:
        item = site.items[1]
        example = Example(site.address(item), {"title": item.title, "author": item.authors, "date": item.date})
        proposal = proposed(site, "/resources", [example])
        items = {site.address(item): item for item in site.items}
    assert proposal.keys["title"] == ".kop"
    assert proposal.keys["date"] == ".two"
    assert proposal.keys["author"] in (".who li", ".who > li", ".who")
    for sample in proposal.samples:
        truth = items[sample.page.final_url]
        assert sample.value("title") == truth.title
        assert sample.value("date_published") == truth.date


def test_an_example_that_stands_nowhere_is_told() -> None:
    with serve(ListingSite()) as site:
        proposal = proposed(site, "/resources", [Example(site.address(site.items[0]), {"date": "1987-06-05"})])
    assert "date" not in proposal.keys
    assert any(doubt.startswith("date: no selector gives '1987-06-05'") for doubt in proposal.doubts)


class Nothing(Site):
    """A site without documents."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        return Answer(frame("Nothing", "<h1>Nothing yet</h1>")) if path == "/" else NOT_FOUND


def test_a_site_without_documents_is_a_failure_with_reasons() -> None:
    with serve(Nothing()) as site, pytest.raises(SourceError, match=r"no way to documents was found.*\n.*sitemap"):
        proposed(site, "/")


def test_stdout_is_toml_write_appends_and_a_name_is_never_taken_twice(tmp_path: Path) -> None:
    place = place_for(tmp_path)
    with serve(ListingSite()) as site:
        printed = place.ingest("add", f"{site.url}/resources", "--write", "--name", "morra")
        block: dict[str, Any] = tomllib.loads(printed.stdout)["sources"]
        written = place.config.read_text("utf-8")
        assert tomllib.loads(written)["sources"] == block
        assert not [line for line in written.splitlines() if line.startswith("#")]
        assert "ingest run morra --limit 50" in printed.stderr
        assert "ingest export morra.csv --source morra" in printed.stderr
        site.asked.clear()
        again = place.ingest("add", f"{site.url}/resources", "--write", "--name", "morra", code=2)
        assert "already" in again.stderr
        other = place.ingest("add", f"{site.url}/resources/", "--name", "other", code=2)
        assert "the source 'morra' starts there already; `ingest run morra` runs it" in other.stderr
        assert site.asked == []
    assert place.config.read_text("utf-8") == written


class TwoLists(ListingSite):
    """A listing that names a second one."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/news":
            rows = "".join(f"<h3><a href='/news/{n}'>What happened at the weir, part {n}</a></h3>" for n in range(28))
            return Answer(frame("News", f"<h1>News</h1>{rows}"))
        answer = super().answer(path, query)
        if path == "/resources" and isinstance(answer.body, str):
            return Answer(answer.body.replace("<h1>", "<a href='/news'>News</a><h1>"))
        return answer


def test_a_host_is_enough_and_what_else_was_seen_is_told(tmp_path: Path) -> None:
    place = place_for(tmp_path)
    place.config.write_text(place.config.read_text("utf-8").replace("[http]", "[http]\nretries = 0"), "utf-8")
    with serve(TwoLists()) as site:
        done = place.ingest("add", f"{site.url.removeprefix('http://')}/resources")
        assert tomllib.loads(done.stdout)["sources"]["127-0-0-1"]["start"] == f"{site.url}/resources"
        assert "trying http" in done.stderr
        assert f"#   {site.url}/news, 28 items" in done.stdout.partition("# also seen:")[2]
        assert re.search(r"^# 1\d of 20 right +1\d of 20 right +1\d of 20 right$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["https://acme.example/library"], "http.contact"),
        (["acme.example/library"], "http.contact"),
        (["acme"], "no address of a site"),
        (["ftp://acme.example/"], "no address of a site"),
        (["http://127.0.0.1:1/", "--example", "http://127.0.0.1:1/x", "titel=Water"], "titel=Water"),
        (["http://127.0.0.1:1/", "--example", "http://127.0.0.1:1/x", "date=soon"], "date=soon"),
        (["http://127.0.0.1:1/", "--example", "http://127.0.0.1:1/x"], "needs title"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_asked(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    refused = place_for(tmp_path).ingest("add", *arguments, code=2)
    assert said in refused.stderr
    assert refused.stdout == ""
