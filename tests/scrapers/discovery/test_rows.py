"""Rows of a listing as records: which links are documents, and what each row says of its own."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import json
from typing import Any

import pytest

from scrapers.base import Author, Listing
from tests.scrapers.discovery.reading import SITE, listing_of, urls

MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/section/{n}'>What we do for the region, {n}</a></li>" for n in range(200))
    + "</ul></nav>"
)
TITLES = (
    "The water of the upper valley",
    "Mercury in small mines",
    "Who owns the forest",
    "A fair price for cocoa",
    "The night shift",
)


def page(body: str, **more: Any) -> Listing:
    return listing_of(
        "listing",
        f"<html lang=en><body>{MENU}{body}<footer><a href='/privacy.pdf'>Privacy</a></footer></body></html>",
        **more,
    )


def claims(listing: Listing, name: str) -> list[Any]:
    return [link.claims[name].value if name in link.claims else None for link in listing.links]


def test_a_table_of_files_with_the_day_and_the_authors_in_its_cells() -> None:
    rows = "".join(
        f"<tr><td>{n + 10}/03/2019</td><td>{title}</td><td>Jane Doe; Acme Institute</td><td>French</td><td>Report</td><td><a href='/f/{n}.pdf'>PDF</a> (1.2 MB)</td></tr>"
        for n, title in enumerate(TITLES)
    )
    head = "<tr><th>Date<th>Title<th>Author<th>Language<th>Document type<th>Download</tr>"
    found = page(f"<table>{head}{rows}</table>")
    assert urls(found) == [f"/f/{n}.pdf" for n in range(5)]
    assert claims(found, "title") == list(TITLES)
    assert claims(found, "date_published") == [f"2019-03-{n + 10}" for n in range(5)]
    assert claims(found, "authors")[0] == (
        Author(name="Jane Doe", kind="person"),
        Author(name="Acme Institute", kind="organisation"),
    )
    assert claims(found, "language") == ["fr"] * 5
    assert claims(found, "kind") == ["report"] * 5
    assert found.links[0].claims["date_published"].origin == "listing:Date"


def test_a_cell_that_spans_rows_says_its_value_of_each() -> None:
    rows = "".join(
        f"<tr>{'<td rowspan=2>3 May 2019</td>' if n % 2 == 0 else ''}<td><a href='/f/{n}.pdf'>{title}</a></td></tr>"
        for n, title in enumerate(TITLES[:4])
    )
    found = page(f"<table><tr><th>Date</th><th>Title</th></tr>{rows}</table>")
    assert claims(found, "date_published") == ["2019-05-03"] * 4


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("<h3>3 May 2019</h3>", "<p><a href='/f/{n}.pdf'>{title}</a></p>"),
        ("<p><b>Published on 3 May 2019:</b></p>", "<li><a href='/f/{n}.pdf'>{title}</a></li>"),
        ("<div class=day>3 May 2019</div>", "<div class=row><a href='/f/{n}.pdf'>{title}</a></div>"),
        ("<br>3 May 2019<br>", "<a href='/f/{n}.pdf'>{title}</a><br>"),
    ],
)
def test_a_day_that_heads_several_rows(heading: str, row: str) -> None:
    def rows(numbers: range) -> str:
        return "".join(row.format(n=n, title=TITLES[n]) for n in numbers)

    found = page(f"<div>{heading}{rows(range(3))}{heading.replace('3 May', '9 April')}{rows(range(3, 5))}</div>")
    assert claims(found, "title") == list(TITLES)
    assert claims(found, "date_published") == ["2019-05-03"] * 3 + ["2019-04-09"] * 2


@pytest.mark.parametrize(
    "row",
    [
        "<li><strong><a href='/d/{n}'>{title}</a></strong> <span>{day} May 2019</span></li>",
        "<article class='post-{n} slug-{n}'><a href='/d/{n}'><img src=x.png></a><h3><a href='/d/{n}'>{title}</a></h3><time datetime='2019-05-{day}T10:00Z'>long ago</time><a href='/d/{n}'>Read more</a></article>",
        "<div class='card {even}'><a href='/d/{n}'><span class='date'>May {day}, 2019</span><span class='title'>{title}</span></a></div>",
        "<dt>{day}.05.2019</dt><dd><a href='/d/{n}'>{title}</a></dd>",
        "<p>{day} May 2019<br><a href='/d/{n}'>{title}</a><br>A few words on what the text is about.</p>",
        "<h4><a href='/d/{n}'>{title}</a></h4><p>Published: {day}-05-2019</p><p>A few words on what the text is about.</p>",
        "<tr class={even}><td><a href='/d/{n}'>{title}</a></td><td>2019-05-{day}</td><td><a href='/topic/{n}'>Rivers and seas</a></td></tr>",
    ],
)
def test_rows_of_many_forms(row: str) -> None:
    rows = "".join(
        row.format(n=n, title=title, day=n + 13, even="even" if n % 2 else "odd") for n, title in enumerate(TITLES)
    )
    wrapper = {"<li": "ul", "<tr": "table", "<dt": "dl"}.get(row[:3], "div")
    found = page(f"<{wrapper} class=elementor-widget-container>{rows}</{wrapper}>")
    assert urls(found) == [f"/d/{n}" for n in range(5)]
    assert claims(found, "title") == list(TITLES)
    assert claims(found, "date_published") == [f"2019-05-{n + 13}" for n in range(5)]


def test_the_second_file_of_a_row_is_a_document_as_well() -> None:
    rows = "".join(
        f"<tr><td>May {n + 3}, 2019</td><td>{title}</td><td><a href='/a/{n}.pdf'>Agenda</a></td><td><a href='/m/{n}.pdf'>Minutes</a></td></tr>"
        for n, title in enumerate(TITLES)
    )
    found = page(f"<table>{rows}</table>")
    assert urls(found) == [f"/{kind}/{n}.pdf" for n in range(5) for kind in "am"]
    assert claims(found, "date_published") == [f"2019-05-0{n + 3}" for n in range(5) for _ in "am"]


@pytest.mark.parametrize(
    "address",
    [
        "/Download.aspx?id={n}",
        "/media/1653{n}",
        "/DisplayDocument?content=pdf&seq={n}",
        "/showdocument?id=1{n}",
        "/download/pdf/{n}",
        "/resources/6{n}c66b/file",
    ],
)
def test_files_without_a_suffix(address: str) -> None:
    rows = "".join(
        f"<li><a href='{address.format(n=n)}'>View</a> {title}, {n + 3} May 2019</li>" for n, title in enumerate(TITLES)
    )
    found = page(f"<ul>{rows}</ul>")
    assert urls(found) == [address.format(n=n) for n in range(5)]
    assert claims(found, "title") == list(TITLES)


def test_days_in_figures_are_read_as_the_whole_list_shows() -> None:
    rows = "".join(
        f"<li><a href='/f/{n}.pdf'>{title}</a> {day}/19</li>"
        for n, (title, day) in enumerate(zip(TITLES, ("05/06", "05/07", "05/31", "06/01", "06/02"), strict=True))
    )
    assert claims(page(f"<ul>{rows}</ul>"), "date_published") == [
        "2019-05-06",
        "2019-05-07",
        "2019-05-31",
        "2019-06-01",
        "2019-06-02",
    ]


def test_a_day_of_something_else_is_not_the_documents() -> None:
    rows = "".join(
        f"<tr><td><a href='/f/{n}.pdf'>{title}</a></td><td>{n + 3} May 2031</td></tr>" for n, title in enumerate(TITLES)
    )
    found = page(f"<table><tr><th>Title</th><th>Comments due</th></tr>{rows}</table>")
    assert claims(found, "date_published") == [None] * 5


def test_a_second_list_on_the_page_is_found() -> None:
    reports = "".join(
        f"<li><h3><a href='/reports/{n}'>{title}</a></h3><p>{n + 3} May 2019</p></li>" for n, title in enumerate(TITLES)
    )
    briefs = "".join(
        f"<div><h3><a href='/briefs/{n}'>{title} in brief</a></h3><span>{n + 3} June 2019</span></div>"
        for n, title in enumerate(TITLES)
    )
    found = page(f"<ul>{reports}</ul><section>{briefs}</section>")
    assert urls(found) == [f"/{kind}/{n}" for kind in ("reports", "briefs") for n in range(5)]


def test_documents_in_a_script_s_data() -> None:
    data = [{"link": f"/d/{n}", "title": title, "date": f"05/{n + 20}/2019"} for n, title in enumerate(TITLES)]
    found = page(f"<div id=list></div><script>const rows = {json.dumps(data)}; show(rows);</script>")
    assert urls(found) == [f"/d/{n}" for n in range(5)]
    assert claims(found, "date_published") == [f"2019-05-{n + 20}" for n in range(5)]
    assert found.links[0].claims["title"].origin == "listing:title"


def test_files_on_other_hosts_are_named() -> None:
    rows = "".join(
        f"<li><a href='https://store.example/{n}.pdf'>{title}</a> {n + 3} May 2019</li>"
        for n, title in enumerate(TITLES)
    )
    found = page(f"<ul>{rows}</ul>")
    assert found.links == ()
    assert [link.url for link in found.elsewhere] == [f"https://store.example/{n}.pdf" for n in range(5)]
    assert found.incomplete == "5 files lie on other hosts (5 on store.example): add file_hosts"
    assert len(page(f"<ul>{rows}</ul>", file_hosts=("store.example",)).links) == 5


@pytest.mark.parametrize(
    ("pager", "reason"),
    [
        ("<a href=\"javascript:__doPostBack('g','Page$2')\">Next</a>", "form (__doPostBack)"),
        ("<button class=next onclick='go()'>Next</button>", "by a script"),
        (f"<a href='{SITE}/list?page=2'>Next</a>", None),
    ],
)
def test_a_pager_that_cannot_be_followed_is_said(pager: str, reason: str | None) -> None:
    rows = "".join(f"<li><a href='/f/{n}.pdf'>{title}</a></li>" for n, title in enumerate(TITLES))
    found = page(f"<ul>{rows}</ul>{pager}")
    assert (reason in (found.incomplete or "")) if reason else found.incomplete is None
    assert len(found.next) == (reason is None)


@pytest.mark.parametrize(
    "name",
    ["elementor-widget-container", "wsite-not-footer", "related-content", "modal-body", "tab-pane fade in active"],
)
def test_a_word_for_furniture_within_a_name_hides_no_list(name: str) -> None:
    rows = "".join(f"<li><a href='/f/{n}.pdf'>{title}</a></li>" for n, title in enumerate(TITLES))
    assert len(page(f"<div class='{name}'><ul>{rows}</ul></div>").links) == 5


def test_videos_and_html_pages_are_no_files() -> None:
    rows = "".join(
        f"<li><a href='/pdf-guides/{n}.html'>{title}</a> <a href='https://www.youtube.com/watch?v={n}'>Video</a></li>"
        for n, title in enumerate(TITLES)
    )
    found = page(f"<ul>{rows}</ul>")
    assert [link.rel for link in found.links] == ["link"] * 5
    assert found.elsewhere == ()


def test_a_file_that_stands_apart_from_its_title_is_of_its_row() -> None:
    rows = "".join(
        f"<h3><a href='/case/{n}'>{title}</a></h3><p>Filed May {n + 3}, 2019</p><p><img src=pdf.svg> <a href='/courtcases/65{n}/Opinion.pdf'>View Opinion No. 17-00{n}</a></p>"
        for n, title in enumerate(TITLES)
    )
    found = page(f"<div>{rows}</div>")
    assert urls(found) == [url for n in range(5) for url in (f"/case/{n}", f"/courtcases/65{n}/Opinion.pdf")]
    assert claims(found, "title") == [title for title in TITLES for _ in "pf"]
    assert claims(found, "date_published") == [f"2019-05-0{n + 3}" for n in range(5) for _ in "pf"]


def test_a_day_beside_a_link_heads_the_list_below() -> None:
    days = "".join(
        f"<p><strong>May {day}, 2019 – <a href='/s/{day}.pdf'>Summaries</a></strong></p><ul>"
        + "".join(f"<li><a href='/f/{day}-{n}.pdf'>{title}</a></li>" for n, title in enumerate(TITLES[:3]))
        + "</ul>"
        for day in (13, 20)
    )
    found = page(f"<h3>May</h3>{days}")
    assert [found.links[n].claims["date_published"].value for n in (1, 2, 3, 5, 6, 7)] == ["2019-05-13"] * 3 + [
        "2019-05-20"
    ] * 3


def test_pages_above_a_list_in_one_column_with_it_are_none_of_it() -> None:
    menu = "".join(f"<a href='/recent/{n}'>Recent texts of the court, part {n}</a><br>" for n in range(4))
    rows = "".join(
        f"Filed 02/2{n}/12, No. 10-409{n}<br><a href='/f/{n}.pdf'>{title}</a><br>Court of the first instance<br><br>"
        for n, title in enumerate(TITLES)
    )
    found = page(f"<h1>Recent texts</h1>{menu}<hr>{rows}")
    assert urls(found) == [f"/f/{n}.pdf" for n in range(5)]
    assert claims(found, "date_published") == [f"2012-02-2{n}" for n in range(5)]


def test_the_word_copy_of_a_pdf_is_no_second_document() -> None:
    rows = "".join(
        f"<tr><td>{title}</td><td><a href='/f/A{n}.PDF'>PDF</a> <a href='/f/A{n}.docx'>Word</a></td></tr>"
        for n, title in enumerate(TITLES)
    )
    alone = "<tr><td>The tariff of the port</td><td><a href='/f/tariff.docx'>Word</a></td></tr>"
    found = page(f"<table>{rows}{alone}</table>")
    assert urls(found) == [*(f"/f/A{n}.PDF" for n in range(5)), "/f/tariff.docx"]


def test_a_base_on_another_host_is_followed_and_said() -> None:
    rows = "".join(f"<li><h3><a href='reports/{n}'>{title}</a></h3> {n + 3} May 2019</li>" for n, title in enumerate(TITLES))  # fmt: skip
    markup = f"<html><head><base href='https://docs.other.example/lib/'></head><body><ul>{rows}</ul></body></html>"
    found = listing_of("listing", markup)
    assert found.links == ()
    assert "5 documents that are listed lie on another host (docs.other.example)" in (found.incomplete or "")
    named = listing_of("listing", markup, file_hosts=("docs.other.example",))
    assert [link.url for link in named.links] == [f"https://docs.other.example/lib/reports/{n}" for n in range(5)]


def test_a_list_of_files_and_pages_in_one_kind_of_row() -> None:
    """Some documents have a page alone, on the site or elsewhere, and the link's class may be the document's own name."""
    where = ("/f/0.pdf", "/f/1.pdf", "/essays/forest", "/f/3.pdf", "/f/4.pdf")
    rows = "".join(
        f"<section class=entry><div class=row><a class='file-{n}x' href='{url}'><h3>{title}</h3></a><p>By Ana Ruiz</p><p>{n + 3} May 2019</p></div>"
        f"<div class=side><a class='th file-{n}x' href='{url}'><img src='/i/{n}.png'></a></div></section>"
        for n, (url, title) in enumerate(zip(where, TITLES, strict=True))
    )
    found = page(f"<main>{rows}</main>")
    assert urls(found) == list(where)
    assert claims(found, "title") == list(TITLES)


def test_the_page_and_the_file_of_a_card_whose_title_is_no_link() -> None:
    rows = "".join(
        f"<div class=panel><b>{title}</b><p>The board has read it. {n + 3} May 2019</p><p><a href='/library/{n}'>Read more</a> <a href='/f/{n}.pdf'>Download</a> <a href='/topics/{n % 2}'>Water</a></p></div>"
        for n, title in enumerate(TITLES)
    )
    found = page(rows)
    assert urls(found) == [url for n in range(5) for url in (f"/library/{n}", f"/f/{n}.pdf")]
    assert claims(found, "title") == [title for title in TITLES for _ in "pf"]


@pytest.mark.parametrize("said", ["concurring opinion", "Dissenting opinion.", "opinion of the Court", "Judgment"])
def test_the_parts_of_a_decision_bear_its_title(said: str) -> None:
    rows = "".join(
        f"<tr><td>Town of Alder v. Mill Company, part {n}</td><td><a href='/f/{n}.pdf'>{said}</a></td></tr>"
        for n in range(6)
    )
    found = listing_of("listing", f"<table>{rows}</table>").links
    assert [link.claims["title"].value for link in found] == [
        f"Town of Alder v. Mill Company, part {n}" for n in range(6)
    ]


@pytest.mark.parametrize(
    "row",
    [
        "<tr onclick=\"window.location.href='/docs/*'\"><td>Wells of the valley, part *</td><td>3 May 2021</td></tr>",
        "<tr data-href='/docs/*'><td>3 May 2021</td><td>Wells of the valley, part *</td><td>Report</td></tr>",
        "<div class='card' data-url='/docs/*'><h3>Wells of the valley, part *</h3><p>3 May 2021</p></div>",
        "<li><b>Wells of the valley, part *</b> 3 May 2021 <button onclick=\"location='/docs/*'\">Open</button></li>",
    ],
)
def test_rows_and_cards_that_a_script_makes_links_of(row: str) -> None:
    rows = "".join(row.replace("*", str(number)) for number in range(1, 8))
    frame = {"<tr": f"<table>{rows}</table>", "<li": f"<ul>{rows}</ul>"}.get(row[:3], f"<main>{rows}</main>")
    menu = "<nav><a href='/about'>About</a> <a href='/contact'>Contact</a> <a onclick='toggle()'>Menu</a></nav>"
    links = listing_of("listing", f"{menu}<h1>Documents</h1>{frame}").links
    assert [link.url for link in links] == [f"{SITE}/docs/{number}" for number in range(1, 8)]
    for number, link in enumerate(links, 1):
        assert link.claims["title"].value == f"Wells of the valley, part {number}"
        assert link.claims["date_published"].value == "2021-05-03"


@pytest.mark.parametrize(
    "item",
    [
        "<div><h2><button>{title}<span class=date>Mar {n}, 2019</span></button></h2><div><a href='/o/{n}'>view opinion</a></div></div>",
        "<li><h3>{title}</h3><p>Mar {n}, 2019</p><p><a href='/o/{n}'>Read more</a></li>",
    ],
)
def test_a_heading_for_each_document_makes_several_items_of_a_short_list(item: str) -> None:
    """Lists by day: a box of several, whose links all say the same, is not one item with several files."""
    entries = [item.format(title=title, n=n) for n, title in enumerate(TITLES, 1)]
    boxes = "".join(f"<div class=day>{''.join(entries[at : at + 2])}</div>" for at in (0, 2, 4))
    found = page(f"<main><h1>Opinions</h1>{boxes}</main>")
    assert claims(found, "title") == list(TITLES)
    assert claims(found, "date_published") == [f"2019-03-0{n}" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("{} May", "2019-05-{:02}"),
        ("May {}", "2019-05-{:02}"),
        ("{}.5.", "2019-05-{:02}"),
        ("5月{}日", "2019-05-{:02}"),
    ],
)
def test_a_day_without_its_year_is_of_the_year_in_the_heading(day: str, expected: str) -> None:
    rows = "".join(f"<li><a href='/d/{n}'>{title}</a> – {day.format(n + 13)}</li>" for n, title in enumerate(TITLES))
    found = page(f"<main><h1>Reports</h1><h2>2019</h2><ul>{rows}</ul></main>")
    assert claims(found, "date_published") == [expected.format(n + 13) for n in range(5)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("<noscript>", "</noscript>"), ("<x-list><template shadowrootmode='open'>", "</template></x-list>")],
)
def test_rows_that_are_shown_without_a_script_are_read(before: str, after: str) -> None:
    rows = "".join(f"<li><a href='/d/{n}'>{title}</a> {n + 10} May 2019</li>" for n, title in enumerate(TITLES))
    found = page(f"<h1>Reports</h1>{before}<ul>{rows}</ul>{after}")
    assert claims(found, "title") == list(TITLES)
    assert claims(found, "date_published") == [f"2019-05-{n + 10}" for n in range(5)]


def test_a_title_that_is_cut_short_is_whole_in_the_link_s_own() -> None:
    rows = "".join(f"<li><a href='/d/{n}' title='{title}'>{title[:12]}...</a></li>" for n, title in enumerate(TITLES))
    assert claims(page(f"<main><ul>{rows}</ul></main>"), "title") == list(TITLES)


def test_fields_that_only_a_style_sets_apart_are_read_apart() -> None:
    rows = "".join(
        f"<article><p><span>May {n + 10}, 2019</span><span>2 min read</span></p><a href='/d/{n}'><h2>{title}</h2></a></article>"
        for n, title in enumerate(TITLES)
    )
    assert claims(page(f"<main>{rows}</main>"), "date_published") == [f"2019-05-{n + 10}" for n in range(5)]


def test_a_row_of_files_is_no_week() -> None:
    cells = "".join(f"<td><a href='/f/{{0}}-{n}.pdf'><img src='pdf.png' alt=''></a></td>" for n in range(5))
    rows = "".join(f"<tr><td>January {n + 10}</td>{cells.format(n)}<td></td></tr>" for n in range(9))
    assert len(page(f"<main><h1>Minutes</h1><table>{rows}</table></main>").links) == 45


def test_the_days_of_a_calendar_are_no_columns() -> None:
    week = "".join(f"<td>{n + 10}<div><a href='/d/{n}'>{title}</a></div></td>" for n, title in enumerate(TITLES))
    assert urls(page(f"<main><h1>Decisions</h1><table><tr><td>8</td><td>9</td>{week}</tr></table></main>")) == [
        f"/d/{n}" for n in range(5)
    ]
