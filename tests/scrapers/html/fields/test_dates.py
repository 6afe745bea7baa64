"""Which of a page's days is its document's: the places where they are printed decide, and what they are called."""

# ruff: noqa: E501 (pages as they come)

from __future__ import annotations

import pytest

from tests.scrapers.html.fields.test_fields import ARTICLE, LD, PROSE, said, value


@pytest.mark.parametrize("name", ["w-published-date", "article:first_published_time", "og:publish_date", "date-pub"])
def test_metas_with_names_of_a_sites_own(name: str) -> None:
    found = said(
        ARTICLE, f'<meta name="{name}" content="2019-05-23">', url="https://centre.example/news/water-and-mines"
    )
    assert value(found, "date_published") == "2019-05-23"
    assert found["date_published"].origin == f"meta:{name}"


def test_json_ld_in_a_meta() -> None:
    graph = (
        "{&quot;@context&quot;:&quot;https://schema.org&quot;,&quot;@type&quot;:&quot;Article&quot;,"
        "&quot;headline&quot;:&quot;Water and mines&quot;,&quot;datePublished&quot;:&quot;2019-05-23&quot;}"
    )
    found = said(ARTICLE, f'<meta name="script:ld+json" content="{graph}">')
    assert value(found, "date_published") == "2019-05-23"
    assert found["date_published"].origin == "json-ld:datePublished"


def test_what_the_page_calls_updated_is_not_published_whatever_it_declares() -> None:
    found = said(
        f'<article><h1>Water and mines</h1><div class="meta">Published <span>23 May 2019</span></div>'
        f'<div class="meta">Updated <span>6 November 2023</span></div><p>{PROSE}</p></article>',
        LD.format('{"@type":"Article","headline":"Water and mines","datePublished":"2023-11-06"}'),
        url="https://centre.example/blog/water-and-mines-in-the-valley",
    )
    assert value(found, "date_published") == "2019-05-23"
    assert value(found, "date_modified") == "2023-11-06"


def test_the_day_in_the_address_stands_over_those_of_other_posts() -> None:
    others = "".join(
        f'<li><a href="/blog/2026/post-{n}">Post {n}</a> <span class="post_date">{n} February 2026</span></li>'
        for n in range(5, 12)
    )
    found = said(
        f"<h1>Water and mines</h1><p>{PROSE}</p><ul>{others}</ul>",
        url="https://centre.example/blog/2023/october/03/water-and-mines",
    )
    assert value(found, "date_published") == "2023-10-03"


@pytest.mark.parametrize("label", ["Joined:", "Member since", "Registered:", "Last visit:"])
def test_the_days_of_members_are_not_the_threads(label: str) -> None:
    def post(name: str, since: str, day: str) -> str:
        return (
            f'<div class="post"><dl class="profile"><dt><a class="username" href="/member.php?u={name}">{name}</a></dt>'
            f'<dd>{label} {since}</dd></dl><p class="author">{day}, 11:23 am</p><div class="content"><p>{PROSE}</p></div></div>'
        )

    found = said(
        "<h1>Water and mines</h1>"
        + post("ann", "4 March 2011", "23 May 2019")
        + post("bob", "5 April 2012", "24 May 2019")
        + post("cem", "6 May 2013", "2 June 2019"),
        url="https://forum.centre.example/viewtopic.php?t=361697",
    )
    assert value(found, "date_published") == "2019-05-23"


def test_the_day_of_the_last_post_is_not_the_threads() -> None:
    found = said(
        f'<h1>Water and mines</h1><p class="info">13 answers</p><p class="info">Last post: 1 June 2019</p>'
        f'<div class="post"><span class="user">Ann</span> <span class="date">23 May 2019, 11:23</span><p>{PROSE}</p></div>'
        f'<div class="post"><span class="user">Bob</span> <span class="date">1 June 2019, 12:01</span><p>{PROSE}</p></div>',
        url="https://centre.example/forum/threads/water-and-mines.361697/",
    )
    assert value(found, "date_published") == "2019-05-23"


def scholarly(body: str) -> str:
    return f"<main><article><h1>Water and mines</h1><p>{PROSE}</p>{body}</article></main>"


def test_of_several_days_in_a_catalogues_metadata_the_printed_one_is_the_articles() -> None:
    head = '<meta name="DC.Date.issued" content="2020-10-01"><meta name="citation_date" content="2020/09/10">'
    found = said(scholarly('<div class="published"><span>Published</span> <span>2020-09-10</span></div>'), head)
    assert value(found, "date_published") == "2020-09-10"


@pytest.mark.parametrize(
    "sentence",
    [
        "Note that a preprint of this article also exists, first published 2 August 2017.",
        'Note that a <a href="/preprints/1">preprint of this article</a> also exists, first published 2 August 2017.',
        "The data were those that the ministry had published on 2 August 2017.",
    ],
)
def test_the_last_words_of_a_sentence_are_no_label(sentence: str) -> None:
    page = f"<main><article><h1>Water and mines</h1><div>{sentence}</div><p>{PROSE}</p></article></main>"
    found = said(page, '<meta name="citation_date" content="2018-02-13">')
    assert value(found, "date_published") == "2018-02-13"
    assert "date_published" not in said(page)


def test_a_label_behind_a_name_is_one() -> None:
    page = f"<main><article><h1>Water and mines</h1><p>By Jan van der Berg, first published 2 August 2017</p><p>{PROSE}</p></article></main>"
    assert value(said(page), "date_published") == "2017-08-02"


def test_a_label_that_every_entry_of_a_list_has_dates_the_entries() -> None:
    entries = "".join(f"<p>Report no. {n}, put online on: published on {n} May 2016</p>" for n in range(3, 9))
    page = f"<main><h1>Water and mines: the file of the law</h1><p>{PROSE}</p><h2>First reading</h2>{entries}</main>"
    assert "date_published" not in said(page)


@pytest.mark.parametrize(
    "line",
    [
        "Loi n° 2013-906 du 11 octobre 2013 parue au JO n° 238 du 12 octobre 2013",
        "Water Services Act No. 12 of 11 October 2013",
        "Gesetz über die Wasserversorgung vom 11. Oktober 2013",
        "Real Decreto 906/2013 de 11 de octubre de 2013",
        "Закон № 906 от 11 октября 2013",
    ],
)
def test_the_day_of_a_law_that_a_page_names_is_not_the_pages(line: str) -> None:
    page = f"<main><h1>Transparency of public life</h1><h2>{line}</h2><p>{PROSE}</p></main>"
    assert "date_published" not in said(page)


@pytest.mark.parametrize(
    "line",
    [
        "Communiqué n° 12 du 23 mai 2019",
        "Pressemitteilung Nr. 12 vom 23. Mai 2019",
        "Press release No. 12 of 23 May 2019",
    ],
)
def test_the_day_of_a_numbered_release_is_its_own(line: str) -> None:
    assert (
        value(said(f"<main><h1>Water and mines</h1><p>{line}</p><p>{PROSE}</p></main>"), "date_published")
        == "2019-05-23"
    )


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ('<div>Date: <span property="dc:date" content="2017-09-01T00:00:00+02:00">September 2017</span></div>', "2017-09"),
        ('<p>Published <time datetime="2017-09-01">September 2017</time></p>', "2017-09"),
        ('<p>Published <time datetime="2017-09-01">1 September 2017</time></p>', "2017-09-01"),
        ("<p><b>Year:</b> 2015<br><b>Language:</b> English</p>", "2015"),
        ("<div><h5>Fecha</h5><div>2009</div></div>", "2009"),
        ("<dl><dt>Erscheinungsjahr</dt><dd>2012</dd></dl>", "2012"),
        ("<p>Members: 2015</p>", None),
        ("<p>Heard on 9 and 10 December 2015</p>", None),
        ("<blockquote><p>Nobody had read it to us.</p><footer>Esther Mwale, 2 October 2015</footer></blockquote>", None),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_printed(markup: str, wanted: str | None) -> None:
    assert value(said(f"<main><h1>Wells</h1>{markup}<p>{PROSE}</p><p>{PROSE}</p></main>"), "date_published") == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ('<div class="box"><span>09</span><span>Apr</span><span>2020</span></div>', "2020-04-09"),
        ("<dl><dt>Date<span>(dcterms:date)</span></dt><dd><span>12 May 1908</span></dd></dl>", "1908-05-12"),
        ("<dl><dt>Date created</dt><dd><ul><li>1987-02</li></ul></dd><dt>Date uploaded</dt><dd>3 May 2019</dd></dl>", "1987-02"),
        ("<table><tr><th>Date of judgment</th><td>17 October 2018</td></tr><tr><th>Date of hearing</th><td>5 June 2018</td></tr></table>", "2018-10-17"),
        ("<p>Entscheidungsdatum: 17.10.2018</p>", "2018-10-17"),
        ("<p>Published: 20 October 2018</p><p>Date of decision: 17 October 2018</p>", "2018-10-20"),
    ],
)  # fmt: skip
def test_days_in_the_lines_about_a_record(lines: str, wanted: str) -> None:
    assert value(said(f"<main><h1>Water and mines</h1>{lines}<p>{PROSE}</p></main>"), "date_published") == wanted


def test_a_day_in_pieces_behind_a_label_of_another_meaning_dates_nothing() -> None:
    line = "<p><b>*Deadline to apply: <u>March <i>1</i><sup>st</sup>, <i>2025</i></u></b></p>"
    assert "date_published" not in said(f"<main><h1>Water and mines</h1>{line}<p>{PROSE}</p></main>")
