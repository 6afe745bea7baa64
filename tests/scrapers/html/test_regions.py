"""Whose the parts of a page are: the document's own, or another's; and what follows for its fields."""

# ruff: noqa: E501 (markup)

from __future__ import annotations

import datetime

import pytest

from scrapers.base import Page, Rules
from scrapers.fields import Extracted
from scrapers.html import reader
from scrapers.html.dom import parse
from scrapers.html.page import html_page
from scrapers.html.regions.words import Region, class_of, heading_of

TEXT = (
    "<p>Residents of the lower valley have drawn their water from three springs for as long as anyone can tell.</p>"
    "<p>The operator of the pumping station kept a log, which we compared with the readings of the laboratory.</p>"
    "<p>What emerged is a gap between paper and practice: nine wells are named, four have a working meter.</p>"
)
LONG = TEXT.replace("<p>", "<p>Once more: ") + TEXT
DECLARED = '<script type="application/ld+json">{"@type":"Article","headline":"Nine wells","datePublished":"2024-09-02"}</script>'

OTHERS = {
    "a related list": '<section><h2>Related</h2><ul><li><a href="/a">A dam without a siren</a> 3 May 2021</li></ul></section>',
    "a related list, German": '<div><h3>Das könnte Sie auch interessieren</h3><p><a href="/a">Damm ohne Sirene</a> 3. Mai 2021</p></div>',
    "cards without a heading": '<div class="q7"><h3><a href="/a">A dam without a siren</a></h3><p>3 May 2021, By Jon Russet</p></div>'
    '<div class="q7"><h3><a href="/b">Night shifts at the cannery</a></h3><p>4 May 2021, By Ada Finch</p></div>',
    "comments": "<h3>2 comments</h3><div><b>Jon Russet</b> <i>3 May 2021</i><p>My grandfather dug the second spring and said so.</p></div>",
    "a second article": '<article><h1><a href="/a">A dam without a siren</a></h1><time datetime="2021-05-03">3 May</time><p>By Jon Russet</p></article>',
    "a hidden copy": '<div style="display:none"><h1>A dam without a siren</h1><p>By Jon Russet, 3 May 2021</p></div>',
    "events": '<section><h2>Upcoming events</h2><p>3 May 2021</p><p>Night shifts at the cannery</p></section>',
    "a pager": '<div><span>Previous post</span> <a href="/a">A dam without a siren</a> <small>3 May 2021</small></div>',
    "a line of links": '<p><b>Read also:</b> <a href="/a">A dam without a siren</a> (3 May 2021)</p>',
    "people": '<aside><h3>Our team</h3><p><a href="/people/1">Jon Russet</a></p><p><a href="/people/2">Ada Finch</a></p></aside>',
    "a definition list": '<dl><dt><a href="/a">A dam without a siren</a></dt><dd>3 May 2021 - Jon Russet</dd>'
    '<dt><a href="/b">Night shifts at the cannery</a></dt><dd>4 May 2021 - Ada Finch</dd></dl>',
}  # fmt: skip


def read(body: str, head: str = "", lang: str = "en") -> Extracted:
    html = f'<html lang="{lang}"><head><title>Nine wells</title>{head}</head><body>{body}</body></html>'
    url = "https://centre.example/reports/nine-wells"
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return reader.read(Page(url=url, final_url=url, content=html.encode(), retrieved_at=now, sha256=""), Rules())


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("where", ["before", "after", "within", "beside"])
def test_what_stands_in_anothers_region_is_no_value_of_the_document(other: str, where: str) -> None:
    own = f"<h1>Nine wells</h1>{LONG}{other if where == 'within' else ''}{TEXT.replace('<p>', '<p>And: ')}"
    body = {
        "before": f"{other}<main>{own}</main>",
        "after": f"<main>{own}</main>{other}",
        "within": f"<main>{own}</main>",
        "beside": f"<div><div>{own}</div><div>{other}</div></div>",
    }[where]
    found = read(body)
    assert found.title is not None
    assert found.title.value == "Nine wells"
    assert found.date_published is None
    assert found.authors is None
    assert found.body is not None
    assert "nine wells are named" in found.body.value
    assert "siren" not in found.body.value
    assert "cannery" not in found.body.value


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_declared_day_stands_whatever_days_others_have(other: str) -> None:
    found = read(f"<main><h1>Nine wells</h1>{LONG}</main>{other}", head=DECLARED)
    assert found.date_published is not None
    assert found.date_published.value == "2024-09-02"


def test_what_a_side_column_labels_is_the_documents() -> None:
    aside = "<aside class='sidebar'><p>Published: 3 May 2021</p><p>Author: Ada Finch</p></aside>"
    found = read(f"<article><h1>Nine wells</h1>{LONG}</article>{aside}")
    assert found.date_published is not None
    assert found.date_published.value == "2021-05-03"
    assert found.authors is not None
    assert [author.name for author in found.authors.value] == ["Ada Finch"]


def test_a_standfirst_called_teaser_is_own_text() -> None:
    first = "<div class='article-teaser'><p>Nitrate was found in each of the nine wells that we had tested in autumn.</p></div>"
    found = read(f"<article><h1>Nine wells</h1>{first}{LONG}</article>")
    assert found.body is not None
    assert "Nitrate was found" in found.body.value


def test_the_first_post_of_a_thread_is_the_document() -> None:
    posts = "".join(
        f"<div class='post'><b>{n}</b> <span>{day} May 2021</span>{TEXT}</div>" for n, day in (("Ann", 3), ("Bob", 4))
    )
    regions = html_page(parse(f"<h1>Nine wells</h1>{posts}".encode(), None, "https://centre.example/t/1")).regions
    found = [regions.of_block(number) for number in range(len(regions.page.texts))]
    assert found == [Region.OWN] * 5 + [Region.DATED] * 4


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Related", Region.RELATED),
        ("3 Kommentare", Region.COMMENTS),
        ("À lire aussi :", Region.RELATED),
        ("相关文章", Region.RELATED),
        ("টিপ", None),
        ("আরও পড়ুন", Region.RELATED),
        ("The related party", None),
        ("2019", None),
    ],
)
def test_headings_of_sections(text: str, region: Region | None) -> None:
    assert heading_of(text) is region


@pytest.mark.parametrize(
    ("key", "region"),
    [
        ("related-posts", Region.RELATED),
        ("entry-footer", None),
        ("article__teaser", None),
        ("teaser", Region.RELATED),
        ("ArticleHeaderComment_date", None),
        ("comment-list", Region.COMMENTS),
        ("site-footer", Region.FURNITURE),
        ("post-content", None),
        ("px4 ab12", None),
    ],
)
def test_names_of_elements(key: str, region: Region | None) -> None:
    assert class_of(key) is region


@pytest.mark.parametrize(
    ("markup", "files"),
    [
        ('<iframe src="/files/a.pdf"></iframe>', ["/files/a.pdf"]),
        ('<object data="/files/a.pdf" type="application/pdf"></object>', ["/files/a.pdf"]),
        ('<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2Fa.pdf#page=1"></iframe>', ["/files/a.pdf"]),
        ('<iframe src="https://videos.example/embed/1"></iframe>', []),
        (
            '</article><aside class="sidebar"><h3>Downloads</h3><a href="/files/a.pdf">Map (PDF)</a></aside>',
            ["/files/a.pdf"],
        ),
        (
            '</article><section><h2>Related publications</h2><ul><li><a href="/files/o.pdf">Slips (PDF)</a></li></ul></section>',
            [],
        ),
    ],
)
def test_the_files_of_the_document_and_those_of_others(markup: str, files: list[str]) -> None:
    found = read(f"<article><h1>Nine wells</h1>{LONG}{markup}")
    assert [
        link.url.removeprefix("https://centre.example") for link in found.links if link.rel == "attachment"
    ] == files


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        (
            "<p>By Tamsin Okoro<sup>1</sup>, Pavel Dorn<sup>2</sup> and Alma Reyes<sup>1</sup></p>",
            ["Tamsin Okoro", "Pavel Dorn", "Alma Reyes"],
        ),
        ("<dl><dt>Authors</dt><dd>Tamsin Okoro<br>Pavel Dorn</dd></dl>", ["Tamsin Okoro", "Pavel Dorn"]),
        ("<div>Authors</div><div><div>Tamsin Okoro</div><div>Pavel Dorn</div></div>", ["Tamsin Okoro", "Pavel Dorn"]),
        ("<p>March 4, 2024 | By Ines Roth</p>", ["Ines Roth"]),
        ("<p class='byline'>By our correspondent Alma Reyes</p>", ["Alma Reyes"]),
    ],
)
def test_several_authors_marks_and_roles(markup: str, names: list[str]) -> None:
    found = read(f"<h1>Nine wells</h1>{markup}{LONG}")
    assert found.authors is not None
    assert [author.name for author in found.authors.value] == names


def test_a_section_of_related_documents_links_them() -> None:
    own = "<h2>Recommendations</h2><ul><li>Keep one register of hirings, open to all who stand in it.</li></ul>"
    others = "<h2>Recommended</h2><ul><li><a href='/b'>Harbour pilots strike over the shifts of the night</a></li></ul>"
    paragraphs = (
        "<p>We spoke with eighty-four labourers between May and November, and wrote down what they said.</p>" * 4
    )
    found = read(f"<article><h1>Nobody wrote our names down</h1>{paragraphs}{own}{others}</article>").body
    assert found is not None
    assert "Keep one register" in found.value
    assert "Harbour pilots" not in found.value


@pytest.mark.parametrize(
    "line",
    [
        "<div><a href='/2014/nine'><time datetime='2014-01-27'>27 January 2014</time></a> by <a rel='author' href='/ada'>Ada Finch</a> / <a href='/c'>Events</a></div>",
        "<p>Posted by <a class='author' href='/x'>Ada Finch</a> at <a href='/2014/nine'><time datetime='2014-01-27T14:33'>January 27, 2014</time></a></p>",
        "<div><span>27 January 2014</span> <a href='/people/ada-finch'>Ada Finch</a></div>",
    ],
)
@pytest.mark.parametrize("where", ["ahead", "below", "behind"])
def test_links_of_the_lines_about_a_document_are_no_teaser(line: str, where: str) -> None:
    ahead, below, behind = (line if where == place else "" for place in ("ahead", "below", "behind"))
    found = read(f"<article>{ahead}<h1>Nine wells</h1>{below}{LONG}{behind}</article>")
    assert found.date_published is not None
    assert found.date_published.value == "2014-01-27"
    assert found.authors is not None
    assert [author.name for author in found.authors.value] == ["Ada Finch"]


def test_lines_about_a_document_are_not_alike_a_table_of_others_for_their_tag_alone() -> None:
    rows = "".join(f"<tr><td>{n} May 2021</td><td><a href='/{n}'>A dam without a siren</a></td></tr>" for n in (3, 4))
    found = read(
        f"<div><h1>Nine wells</h1><div>By Ada Finch | 27 January 2014</div>{LONG}<div><h3>Latest</h3><table>{rows}</table></div></div>"
    )
    assert found.date_published is not None
    assert found.date_published.value == "2014-01-27"
    assert found.authors is not None


@pytest.mark.parametrize("inner", ["<div>{}</div>", "<section><div>{}</div></section>", "<article>{}</article>"])
@pytest.mark.parametrize("where", ["before", "after"])
def test_a_document_with_a_text_does_not_consist_of_the_longer_ones_around_it(inner: str, where: str) -> None:
    posts = "".join(
        f"<article><h2><a href='/{n}'>A dam without a siren</a></h2><p>{n} May 2021</p>{TEXT.replace('wells', 'dams')}</article>"
        for n in range(1, 7)
    )
    own = inner.format(f"<h1>Nine wells</h1>{LONG}")
    latest = f"<div><h2>Latest news</h2>{posts}</div>"
    found = read(f"<div>{latest if where == 'before' else ''}{own}{latest if where == 'after' else ''}</div>")
    assert found.body is not None
    assert "nine wells are named" in found.body.value
    assert "dams" not in found.body.value


@pytest.mark.parametrize(
    "teaser",
    [
        "<div class='q7'><a href='/a'>A dam without a siren</a><br><small>3 May 2021</small></div>",
        "<p><a href='/a'>A dam without a siren</a> 3 May 2021</p>",
        "<div><span>May 3, 2021</span> <a href='/a'>A dam without a siren</a></div>",
        "<aside><p><a href='/a'>A dam without a siren</a>, 2021-05-03</p></aside>",
    ],
)
def test_a_link_with_its_day_behind_the_first_paragraph_is_a_teaser(teaser: str) -> None:
    first, rest = LONG.split("</p>", 1)
    found = read(
        f"<main><h1>Nine wells</h1><p>By <a rel='author' href='/ada'>Ada Finch</a></p>{first}</p>{teaser}{rest}</main>"
    )
    assert found.date_published is None
    assert found.body is not None
    assert "siren" not in found.body.value
    assert "nine wells are named" in found.body.value


def test_a_name_that_a_site_builder_gives_every_element_is_no_side_column() -> None:
    widgets = [f'<div class="elementor-element elementor-widget">{inner}</div>' for inner in (
        "<h1>Masks for Visitors</h1>", "<ul><li>Nokuthula Dlamini</li><li>October 30, 2023</li></ul>", f"<p>{TEXT}</p><p>{TEXT}</p>",
    )]  # fmt: skip
    date = read("".join(widgets), "<title>Masks for Visitors</title>").date_published
    assert date is not None
    assert date.value == "2023-10-30"
