"""What a page says apart from its text: each field with its origin, and nothing invented."""

# ruff: noqa: E501 (pages and lines as they come)

from __future__ import annotations

import time
from typing import Any

import pytest

from scrapers.base import Found, Link, Rules
from scrapers.html.dom import parse
from scrapers.html.fields import fields
from scrapers.html.maintext.maintext import MainText
from scrapers.html.page import html_page

PROSE = (
    "On Monday about fifty people met in Berlin to talk about the duties of companies in supply chains of minerals. "
    * 4
)


def said(
    body: str, head: str = "", url: str = "https://centre.example/en/reports/water-and-mines", **rules: Any
) -> dict[str, Any]:
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    dom = parse(page.encode("utf-8", "surrogatepass"), None, url)
    chosen = tuple(dom.root.iter("p"))
    return fields.read(html_page(dom), MainText(body=PROSE, elements=chosen), Rules(**rules))


def value(found: dict[str, Any], name: str) -> Any:
    return found[name].value if name in found else None


def names(found: dict[str, Any]) -> list[str]:
    return [a.name for a in value(found, "authors") or ()]


ARTICLE = f"<main><article><h1>Water and mines</h1><p>{PROSE}</p><p>{PROSE}</p></article></main>"
LD = '<script type="application/ld+json">{}</script>'


def test_json_ld_with_graph_and_references() -> None:
    graph = LD.format(
        '{"@context":"https://schema.org","@graph":[{"@type":"WebSite","@id":"#site","name":"Valley Centre"},'
        '{"@type":"Article","headline":"Water &amp; mines","datePublished":"2019-05-23T22:30:00+00:00","dateModified":"2020-01-02",'
        '"author":{"@id":"#p"},"publisher":{"@id":"#o"},"inLanguage":"en"},'
        '{"@type":"Person","@id":"#p","name":"Jane Doe"},{"@type":"Organization","@id":"#o","name":"Valley Press"}]}'
    )
    found = said(
        ARTICLE.replace("Water and mines", "Water &amp; mines"),
        f"<title>Water &amp; mines | Valley Centre</title>{graph}",
    )
    assert value(found, "title") == "Water & mines"
    assert names(found) == ["Jane Doe"]
    assert found["authors"].origin == "json-ld:author"
    assert found["authors"].value[0].kind == "person"
    assert value(found, "date_published") == "2019-05-23"
    assert found["date_published"].origin == "json-ld:datePublished"
    assert value(found, "date_modified") == "2020-01-02"
    assert value(found, "publisher") == "Valley Press"
    assert isinstance(found["title"], Found)


@pytest.mark.parametrize(
    "block",
    [
        '<!-- {"@type":"Article","headline":"Water and mines","datePublished":"2019-05-23","author":"Jane Doe"} -->',
        '// <![CDATA[\n{"@type":"Article","datePublished":"2019-05-23","author":[{"@type":"Person","name":"Jane Doe"},],}\n// ]]>',
        '{"@type":"Article","author":{"name":"Jane Doe"},"datePublished":"2019-05-23","description":"a\nb"}',
        '[{"@type":["Article","NewsArticle"],"author":[{"name":["Jane Doe"]}],"datePublished":"2019-05-23"}]',
        '{"@type":"Article","author":"Jane Doe","datePublished":"2019-05-23"}{"@type":"WebSite"',
    ],
)
def test_json_ld_as_pages_break_it(block: str) -> None:
    found = said(ARTICLE, LD.format(block))
    assert names(found) == ["Jane Doe"]
    assert value(found, "date_published") == "2019-05-23"


def test_dates_and_headlines_of_other_documents_are_not_the_pages_own() -> None:
    block = LD.format(
        '{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"Other","datePublished":"2011-01-01","author":"Max Other"}]}'
    )
    found = said(ARTICLE, block)
    assert value(found, "title") == "Water and mines"
    assert value(found, "date_published") is None
    assert names(found) == []


def test_highwire_and_dublin_core() -> None:
    head = (
        '<meta name="citation_title" content="Water and mines"><meta name="citation_author" content="Deva, Surya">'
        '<meta name="citation_author" content="World Bank"><meta name="citation_publication_date" content="2014-03">'
        '<meta name="DC.type" content="Working Paper"><meta name="citation_doi" content="https://doi.org/10.1000/ABC">'
        '<meta name="citation_pdf_url" content="/bitstreams/0001/download#page=2"><meta name="dcterms.abstract" content="What mines do to water.">'
    )
    found = said(ARTICLE, head)
    assert [(a.name, a.kind) for a in found["authors"].value] == [
        ("Deva, Surya", "person"),
        ("World Bank", "organisation"),
    ]
    assert found["authors"].raw == "Deva, Surya; World Bank"
    assert value(found, "date_published") == "2014-03"
    assert found["date_published"].origin == "meta:citation_publication_date"
    assert value(found, "kind") == "working paper"
    assert value(found, "identifiers") == {"doi": "10.1000/abc"}
    assert value(found, "description") == "What mines do to water."
    assert found["links"][0] == Link(
        url="https://centre.example/bitstreams/0001/download",
        rel="attachment",
        media_type="application/pdf",
        origin="meta:citation_pdf_url",
    )


def test_the_line_with_author_and_date_of_a_resource_centre() -> None:
    line = (
        '<p class="x1">Author: <span>Business &amp; Human Rights Resource Centre, NAP Helpdesk Business &amp; Human Rights</span>,'
        ' Published on: <span class="x2">23 May 2019</span></p>'
    )
    found = said(
        f"<div><h1>Water and mines</h1>{line}<p>'Other title', 15 Oct 2016</p><p>{PROSE}</p></div>",
        url="https://centre.example/en/water",
    )
    assert names(found) == ["Business & Human Rights Resource Centre", "NAP Helpdesk Business & Human Rights"]
    assert found["authors"].raw == "Business & Human Rights Resource Centre, NAP Helpdesk Business & Human Rights"
    assert found["authors"].origin == "label:Author:"
    assert value(found, "date_published") == "2019-05-23"
    assert found["date_published"].origin.lower() == "label:published on"


@pytest.mark.parametrize(
    ("author", "published", "date", "day"),
    [
        ("Autor: Ana María López", "Publicado el:", "12 Jul 2017", "2017-07-12"),
        ("Auteur : Claire Dubois", "Publié le :", "5 mai 2025", "2025-05-05"),
        ("Autorin: Julia Weber", "Veröffentlicht am:", "22 Okt 2020", "2020-10-22"),
        ("Автор: Анна Смирнова", "Опубликовано:", "23 Окт 2019", "2019-10-23"),
        ("作者：王小明", "发布时间：", "2020年3月16日", "2020-03-16"),
        ("著者：佐藤花子", "公開日：", "2019年8月6日", "2019-08-06"),
        ("저자: 김철수", "게시일:", "2016년 8월 4일", "2016-08-04"),
        ("المؤلف: خالد يوسف", "تاريخ النشر:", "23 مايو 2019", "2019-05-23"),
    ],
)
def test_label_lines_in_many_languages(author: str, published: str, date: str, day: str) -> None:
    found = said(f"<div><h1>Water and mines</h1><div>{author}</div><div>{published} {date}</div><p>{PROSE}</p></div>")
    assert len(names(found)) == 1
    assert names(found)[0] in author
    assert value(found, "date_published") == day
    assert found["date_published"].origin.startswith("label:")


def test_a_page_without_date_or_author_gets_none() -> None:
    found = said(
        f"<h1>Water and mines</h1><p>{PROSE} In a report of 15 October 2016 it was said otherwise.</p><footer>© 2024 Valley Centre</footer>"
        '<figure><figcaption>Photo by Jane Snap / Shutterstock (purchased)</figcaption></figure><div class="donate"><p>Thank you,<br>Phil Bloomer, Executive Director</p></div>'
    )
    assert "date_published" not in found
    assert "authors" not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "The centre has worked here since 4 May 2011, and with care.",
        "Founded on 4 May 2011.",
        "Seit dem 4. Mai 2011 arbeitet sie hier.",
    ],
)
def test_a_day_that_the_text_tells_of_is_not_the_pages_own(sentence: str) -> None:
    found = said(f"<main><article><h1>Water and mines</h1><p>{sentence}</p><p>{PROSE}</p></article></main>")
    assert "date_published" not in found


def test_custom_elements_hold_moments() -> None:
    found = said(
        f'<article><h1>Water and mines</h1><a-timeago class="date" ts="2019-05-23T09:47:05+00:00">7y ago</a-timeago><p>{PROSE}</p></article>',
        url="https://centre.example/blog/water-and-mines-in-the-valley",
    )
    assert value(found, "date_published") == "2019-05-23"


@pytest.mark.parametrize(
    "author", ['{"@id":"#o"}', '{"@type":"Organization","@id":"#o","url":"https://centre.example"}']
)
def test_an_organisation_in_the_graph_is_the_author(author: str) -> None:
    graph = '{"@graph":[{"@type":"Article","headline":"Water and mines","author":%s},{"@type":"Organization","@id":"#o","name":"Valley Press"}]}'
    found = said(ARTICLE, LD.format(graph % author))
    assert [(a.name, a.kind) for a in value(found, "authors")] == [("Valley Press", "organisation")]


def test_published_is_not_updated() -> None:
    found = said(
        f'<h1>Water and mines</h1><p class="meta">Published: 23 May 2019 | Last updated: 6 November 2023</p><p>{PROSE}</p>',
        url="https://centre.example/news/water-and-mines-in-the-valley",
    )
    assert value(found, "date_published") == "2019-05-23"
    assert value(found, "date_modified") == "2023-11-06"


def test_the_printed_day_counts_where_a_time_zone_shifts_it() -> None:
    found = said(
        f'<article><h1>Water and mines</h1><time class="entry-date published" datetime="2019-05-23T22:30:00+00:00">24 May 2019</time><p>{PROSE}</p></article>',
        url="https://centre.example/blog/water-and-mines-in-the-valley",
    )
    assert value(found, "date_published") == "2019-05-24"


@pytest.mark.parametrize("path", ["2023/october/03", "2023/oct/3", "2023/10/03", "2023-10-03", "20231003"])
def test_an_address_may_hold_the_date(path: str) -> None:
    found = said(ARTICLE, url=f"https://centre.example/blog/{path}/water-and-mines")
    assert value(found, "date_published") == "2023-10-03"
    assert found["date_published"].origin == "url"


def test_a_date_that_lies_is_noted() -> None:
    found = said(ARTICLE, '<meta property="article:published_time" content="2019-02-30">')
    assert "date_published" not in found
    assert any("2019-02-30" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Published: 19/2/19", "two digits"),
        ("Published on: 03/04/2019", "two days"),
        ("Published: 31 June 2019", "impossible"),
        ("تاريخ النشر: 18 رمضان 1440", "Hijri"),
    ],
)
def test_a_printed_date_that_lies_is_noted(line: str, why: str) -> None:
    found = said(f"<h1>Water and mines</h1><p>{line}</p><p>{PROSE}</p>")
    assert "date_published" not in found
    assert any(why in note for note in found["notes"])


def test_the_order_of_numeric_dates_is_the_sources_or_the_pages_own() -> None:
    line = '<h1>Water and mines</h1><p class="date">Published: 03/04/2019</p><p>{}</p>'
    assert "date_published" not in said(line.format(PROSE))
    assert value(said(line.format(PROSE), date_order="dmy"), "date_published") == "2019-04-03"
    assert value(said(line.format(PROSE) + '<p class="date">Updated: 12/31/2019</p>'), "date_published") == "2019-03-04"


@pytest.mark.parametrize(
    ("title", "h1", "expected"),
    [
        ("Water and mines | Valley Centre", "Water and mines", "Water and mines"),
        ("Valley Centre - Water and mines", "Water and mines", "Water and mines"),
        ("[PDF] Water and mines | Valley Centre", "[PDF] Water and mines", "Water and mines"),
        ("水与矿山_山谷中心", "水与矿山", "水与矿山"),
        ("Water &amp; mines – Valley Centre", "Water &amp; mines", "Water & mines"),
        (
            "Water and mines: what companies owe | Valley Centre",
            "Water and mines: what companies owe",
            "Water and mines: what companies owe",
        ),
    ],
)
def test_the_title_comes_without_the_sites_name(title: str, h1: str, expected: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="Valley Centre">'
    assert (
        value(
            said(
                f'<header><a class="logo" href="/">Valley Centre</a></header><main><h1>{h1}</h1><p>{PROSE}</p></main>',
                head,
            ),
            "title",
        )
        == expected
    )


def test_what_heading_and_metadata_say_alike_is_one_title() -> None:
    title = "Was Cobalt für die Menschen in Tessia bedeutet – Bericht 2021"
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    head += LD.format(f'{{"@type":"Article","headline":"{title}"}}')
    assert value(said(ARTICLE.replace("Water and mines", title), head), "title") == title


def test_a_colon_within_a_title_is_kept() -> None:
    head = '<title>A river : its dams | Valley Library</title><meta name="DC.title" content="A river : its dams">'
    assert value(said(f"<main><p>{PROSE}</p></main>", head), "title") == "A river : its dams"
    assert value(said(f"<main><h1>A river : its dams</h1><p>{PROSE}</p></main>", head), "title") == "A river : its dams"


def test_menus_and_buttons_are_no_part_of_the_title() -> None:
    menu = "".join(f'<li><a itemprop="name">Subject {n}</a></li>' for n in range(70))
    heading = "<h1>Water <code>pumps</code><button>Copy the path of the item</button></h1>"
    found = said(f"<ul>{menu}</ul><main>{heading}<p>{PROSE}</p></main>", "<title>Water pumps - Valley Centre</title>")
    assert value(found, "title") == "Water pumps"


def test_what_goes_on_from_a_title_is_no_title() -> None:
    found = said(
        f"<main><h1><code>pumpkit</code> &mdash; Functions that care for pumps</h1><p>{PROSE}</p></main>",
        "<title>pumpkit &mdash; Functions that care for pumps &mdash; Valley 3.14 manual</title>",
        url="https://docs.valley.example/3/library/pumpkit.html",
    )
    wordings = [found["title"], *found["runners_up"]["title"]]
    assert not any(wording.value.startswith("—") for wording in wordings)
    found = said(f"<main><h1>Насосы деревни <em>и как за ними ухаживать</em></h1><p>{PROSE}</p></main>")
    assert not any(wording.value.startswith("и как") for wording in (found["title"], *found["runners_up"]["title"]))


def test_custom_elements_within_a_heading_are_no_part_of_the_title() -> None:
    heading = '<h1>Water pumps <save-page label="Save"><span>Keep this page in your list</span></save-page></h1>'
    found = said(f"<main>{heading}<p>{PROSE}</p></main>", "<title>Pumps | Water | Valley Centre</title>")
    assert value(found, "title") == "Water pumps"


def test_the_sites_name_is_no_title_of_a_page_within_it() -> None:
    found = said(
        f'<h1>Valley Centre</h1><main><p class="name">Pump 20, steel</p><p>{PROSE}</p></main>',
        '<title>Pump 20, steel - Valley Centre 7</title><meta property="og:site_name" content="Valley Centre">',
    )
    assert value(found, "title") == "Pump 20, steel"


@pytest.mark.parametrize("second", ["h1", "h2"])
def test_where_both_sides_of_a_mark_are_headings_the_first_is_the_title(second: str) -> None:
    found = said(
        f'<div class="menu-bar"><h1>The Keeping of Wells</h1></div><main><{second}>What is a Pump?</{second}><p>{PROSE}</p></main>',
        "<title>What is a Pump? - The Keeping of Wells</title>",
        url="https://docs.valley.example/book/ch04-01-what-is-a-pump.html",
    )
    assert value(found, "title") == "What is a Pump?"


def test_a_section_that_a_title_begins_with_is_not_the_title() -> None:
    found = said(
        f"<main><h1>What is a Pump?</h1><p>{PROSE}</p></main><aside><h2>Blog</h2><p>Read on</p></aside>",
        "<title>Blog - What is a Pump?</title>",
        url="https://valley.example/blog/what-is-a-pump",
    )
    assert value(found, "title") == "What is a Pump?"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("water pumps [Valley Wiki]", "water pumps"),
        ("Water pumps of the year [2025]", "Water pumps of the year [2025]"),
    ],
)
def test_brackets_are_cut_from_a_title_where_they_hold_the_sites_name(title: str, expected: str) -> None:
    found = said(
        f'<div class="page"><h3>How to find them</h3><p>{PROSE}</p></div>',
        f"<title>{title}</title>",
        url="https://www.valley.example/wiki/water_pumps",
    )
    assert value(found, "title") == expected


def test_sprites_and_hidden_words_are_no_title() -> None:
    found = said(
        f"<svg><symbol><title>map-pin</title></symbol></svg><h1>Water and mines</h1><p>{PROSE}</p>",
        "<title>Water and mines</title>",
    )
    assert value(found, "title") == "Water and mines"


def test_the_language_is_that_of_the_text() -> None:
    found = said(ARTICLE, "")
    assert value(found, "language") == "en"
    assert found["language"].origin == "text"


def test_canonical_addresses_are_resolved_and_doubted() -> None:
    assert value(
        said(ARTICLE, '<link rel="canonical" href="/en/reports/water-and-mines?x=1#top">'), "canonical_url"
    ) == ("https://centre.example/en/reports/water-and-mines?x=1")
    home = said(ARTICLE, '<link rel="canonical" href="https://centre.example/">')
    assert "canonical_url" not in home
    assert any("home page" in note for note in home["notes"])
    assert "canonical_url" not in said(ARTICLE, '<link rel="canonical" href="javascript:alert(1)">')
    assert "canonical_url" not in said(ARTICLE, '<link rel="canonical" href="http://[broken">')


def test_every_field_has_raw_and_origin_and_the_losers_are_kept() -> None:
    found = said(
        f'<h1>Water and mines</h1><p class="byline">By Jane Doe</p><p>{PROSE}</p>',
        '<title>Water, mines and rivers | Valley Centre</title><meta name="author" content="Jane Doe"><meta property="og:title" content="Mines and water">',
    )
    for name, got in found.items():
        if isinstance(got, Found):
            assert got.origin, name
            assert got.raw, name
    assert 1 <= len(found["runners_up"]["title"]) <= 3


@pytest.mark.parametrize(
    "page",
    [
        "<div class='author'>" * 20_000,
        "<p>By Jane Doe</p>" * 30_000,
        "<time datetime='2019-05-23'>23 May 2019</time>" * 20_000,
        "<h1>Water - and - mines | and | more</h1>" * 20_000,
        "<meta name='author' content='Jane Doe'>" * 20_000,
        "<a href='/x.pdf' class='author'>Jane Doe, John Smith</a>" * 20_000,
        "<h1>" + "a | " * 100_000 + "</h1>",
        '<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>",
        '<script type="application/ld+json">' + "[" * 100_000 + "]" * 100_000 + "</script>",
        '<script>"publishedAt":"' + '"publishedAt":' * 50_000 + "</script>",
        "<span itemprop='author' itemscope>" * 5_000,
        "<p>" + "23/05/" * 100_000 + "</p>",
        "<p>Author: " + "Jane Doe, " * 100_000 + "</p>",
    ],
)
def test_hostile_pages_end_soon(page: str) -> None:
    began = time.process_time()
    said(page)
    assert time.process_time() - began < 6


def test_a_heading_that_is_all_of_the_title_element_is_cut_nowhere() -> None:
    whole = "Valley Housing Fund - October Allocations Meeting"
    body = f"<h3>Where</h3><p>12 Lake Street</p><h1>{whole}</h1><p>{PROSE}</p>"
    assert (
        value(said(body, f"<title>{whole}</title>", url="https://city.example/e/valley-housing-fund"), "title") == whole
    )
