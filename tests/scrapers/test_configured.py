from __future__ import annotations

from typing import Any

import pytest

from models.errors import ConfigError, NotADocument
from scrapers.base import Author, Found, Page, Rules
from scrapers.configured import Configured
from scrapers.fields import Extracted
from scrapers.html.selectors import check_selector
from scrapers.sites import scraper_for
from tests.page import IN_UTF_8, page_of

HTML = """<html lang="en"><head><title>Site</title></head><body>
<h1 class="t">Wells &amp; walls</h1><h2 class="t">A second heading</h2>
<p class="by"><a href="/p/1">Ana Ruiz</a>, <a href="/p/2">Ben Okafor</a></p>
<ul class="people"><li>Ana Ruiz</li><li>Institute of Water, Delft</li></ul>
<time class="d" datetime="2020-04-03">yesterday week</time>
<span class="n">03/04/2020</span><span class="o">nothing here</span>
<div class="text"><p>First paragraph of the text.</p><ul><li>one</li><li>two</li></ul></div>
<div class="skip"><p>Not this.</p></div><div class="text"><p>Last paragraph.</p></div>
<a class="file" href="get?id=7">The report</a><div class="card" data-href="/files/b.pdf">B</div>
</body></html>"""


def page(html: str = HTML) -> Page:
    return page_of("http://a.test/x/y", html, headers=IN_UTF_8)


def configured(**rules: object) -> Configured:
    scraper = scraper_for(Rules(source="a", **rules))  # type: ignore[arg-type]
    assert isinstance(scraper, Configured)
    return scraper


def value(found: Found[Any] | None) -> Any:
    assert found is not None
    return found.value


def test_a_title_is_the_one_match() -> None:
    found = configured(title="h1.t").title(page())
    assert found is not None
    assert (found.value, found.origin) == ("Wells & walls", "selector:h1.t")


def test_several_titles_are_none_and_a_note() -> None:
    extracted = configured(title=".t").extract(page())
    assert extracted.title is None or not extracted.title.origin.startswith("selector:.t")
    assert any(
        "'.t' matches 2 different texts: 'Wells & walls', 'A second heading'" in note for note in extracted.notes
    )


def test_a_selector_that_matches_nothing_leaves_the_field_to_the_others() -> None:
    assert configured(title=".gone").title(page()) is None
    assert configured(body=".gone").body(page()) is None
    assert configured(author=".gone").authors(page()) is None


@pytest.mark.parametrize("selector", [".by", ".by a"])
def test_links_part_authors(selector: str) -> None:
    found = configured(author=selector).authors(page())
    assert found is not None
    assert [author.name for author in found.value] == ["Ana Ruiz", "Ben Okafor"]
    assert found.raw == "Ana Ruiz, Ben Okafor"


def test_lines_of_a_title_do_not_run_together() -> None:
    found = configured(title="h3").title(page("<h3>Wells<br>and <b>w</b>alls</h3>"))
    assert found is not None
    assert found.value == "Wells and walls"


@pytest.mark.parametrize("selector", [".people", ".people li"])
def test_each_match_or_item_is_one_author_commas_and_all(selector: str) -> None:
    found = configured(author=selector).authors(page())
    assert found is not None
    assert found.value == (
        Author(name="Ana Ruiz", kind="person"),
        Author(name="Institute of Water, Delft", kind="organisation"),
    )


def test_a_date_is_read_in_the_configured_order() -> None:
    assert value(configured(date=".n", date_order="dmy").date_published(page())) == "2020-04-03"
    assert value(configured(date=".n", date_order="mdy").date_published(page())) == "2020-03-04"


def test_a_date_may_be_declared_where_none_is_printed() -> None:
    assert value(configured(date="time.d").date_published(page())) == "2020-04-03"
    assert value(configured(date="time.d::attr(datetime)").date_published(page())) == "2020-04-03"


def test_a_place_without_a_date_is_a_note() -> None:
    extracted = configured(date=".o").extract(page())
    assert "date: '.o' matches no date: 'nothing here'" in extracted.notes


def test_a_body_joins_its_matches_with_lists_on_own_lines() -> None:
    found = configured(body="div.text").body(page())
    assert found is not None
    assert found.value == "First paragraph of the text.\n\none\ntwo\n\nLast paragraph."


def test_a_match_within_a_match_is_read_once() -> None:
    found = configured(body="div.text, div.text p").body(page())
    assert found is not None
    assert found.value.count("First paragraph") == 1


def test_attachments_by_link_and_by_attribute() -> None:
    extracted = configured(attachment="a.file, .card::attr(data-href)").extract(page())
    files = [link.url for link in extracted.links if link.rel == "attachment"]
    assert files[:2] == ["http://a.test/x/get?id=7", "http://a.test/files/b.pdf"]


@pytest.mark.parametrize("css", ["div[", "a::before", "p:nonsense(", "", "a::attr()"])
def test_a_wrong_selector_is_an_error_of_the_configuration(css: str) -> None:
    with pytest.raises(ConfigError):
        check_selector(css)


@pytest.mark.parametrize(
    "css", ["a", "a.card::attr(href)", "h1 > span, h2::text", "a[href$='.pdf']", "li:nth-child(2)"]
)
def test_a_right_selector_is_none(css: str) -> None:
    check_selector(css)


def test_an_unknown_scraper_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'business_humanrights'"):
        scraper_for(Rules(scraper="business_humanright"))


def test_selectors_go_over_a_sites_own_scraper() -> None:
    scraper = configured(scraper="business_humanrights", title="h2.t")
    extracted, own = scraper.extract(page()), scraper_for(Rules(scraper="business_humanrights")).extract(page())
    assert value(extracted.title) == "A second heading"
    assert own.title in extracted.runners_up["title"]
    assert extracted.body is not None
    assert extracted.body == own.body


ALL = {"title": "h1.t", "author": "p.by", "date": "span.n", "body": "div.text", "date_order": "dmy"}
"""Selectors for all that the learned readers weigh."""
DECLARED = (
    '<meta name="description" content="A summary of what is said."><meta property="og:site_name" content="The centre">'
    '<meta property="article:modified_time" content="2021-02-03T10:00:00Z"><link rel="canonical" href="/x/one">'
)
MORE = '<div class="text"><p>See <a href="/files/c.pdf">the annex</a> and <a href="/x/z">the other page</a>.</p></div>'


def test_where_selectors_give_all_no_other_reader_is_asked() -> None:
    html = HTML.replace("<head>", f"<head>{DECLARED}").replace('<div class="skip">', f'{MORE}<div class="skip">')
    alone = configured(**ALL).extract(page(html))
    assert alone.runners_up == {}
    assert value(alone.title) == "Wells & walls"
    assert [author.name for author in value(alone.authors)] == ["Ana Ruiz", "Ben Okafor"]
    assert value(alone.date_published) == "2020-04-03"
    assert value(alone.body).startswith("First paragraph of the text.\n\n")
    assert value(alone.date_modified) == "2021-02-03"
    assert {link.url: link.rel for link in alone.links} == {
        "http://a.test/files/c.pdf": "attachment",
        "http://a.test/x/z": "link",
    }
    weighed = configured(**{**ALL, "date": None}).extract(page(html))
    for name in ("publisher", "description", "canonical_url", "language"):
        assert getattr(alone, name) == getattr(weighed, name), name


@pytest.mark.parametrize("key", ["title", "author", "date", "body"])
def test_where_one_selector_gives_nothing_the_others_are_weighed_as_ever(key: str) -> None:
    extracted = configured(**{**ALL, key: ".nowhere"}).extract(page())
    assert extracted.runners_up
    assert [name for name in ("title", "authors", "date_published", "body") if _selected(extracted, name)] == [
        name for name, own in zip(("title", "authors", "date_published", "body"), ALL, strict=False) if own != key
    ]


def _selected(extracted: Extracted, name: str) -> bool:
    found = getattr(extracted, name)
    return found is not None and found.origin.startswith("selector:")


def test_a_notice_is_refused_though_selectors_give_all() -> None:
    notice = HTML.replace("Wells &amp; walls", "404 Page not found")
    with pytest.raises(NotADocument):
        configured(**ALL).extract(page(notice))
