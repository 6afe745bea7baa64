"""Listings: which links are documents, what the next page is called, in many languages."""
# ruff: noqa: E501, RUF005 (markup and lists of words are easier to read unbroken)

from __future__ import annotations

import json
import time

import pytest

from scrapers.discovery.listing.onward.pagination import load_more, next_address, stated_total
from scrapers.html.dom import parse
from tests.scrapers.discovery.reading import SITE, listing_of, urls


def cards(count: int, start: int = 1) -> str:
    return "".join(
        f"<li><h3><a href='/d/{n}'>What the river told us, part {n}</a></h3></li>" for n in range(start, start + count)
    )


def following(markup: str, current: int = 1, url: str = f"{SITE}/list") -> str | None:
    address = next_address(
        parse(f"<html><body>{markup}</body></html>".encode(), "text/html; charset=utf-8", url), current
    )
    return address.removeprefix(SITE) if address else None


@pytest.mark.parametrize(
    "word",
    ["Next", "Next page", "next ›", "« Older posts", "Siguiente ›", "Suivant", "Page suivante", "Weiter »", "Nächste Seite", "Próxima página"]
    + ["Seguinte", "Avanti", "Successivo", "Следующая", "Далее →", "التالي", "下一页", "下一頁", "次へ", "次のページ", "다음", "次の10件", "下10条", "다음 10개", "Volgende", "Następna"]
    + ["Sonraki", "הבא", "Berikutnya", "Trang sau", "ถัดไป", "अगला"],
)  # fmt: skip
def test_next_in_many_languages(word: str) -> None:
    assert following(f"<a href='?page=0'>1</a> <a href='?page=2'>{word}</a>") == "/list?page=2"


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<link rel='next' href='/p/2'>", "/p/2"),
        ("<a rel='nofollow next' href='?p=2'><svg/></a>", "/list?p=2"),
        ("<a class='pagination__next' href='/list/2'></a>", "/list/2"),
        ("<li class='pager-next'><a href='/list/2'></a></li>", "/list/2"),
        ("<a aria-label='Next page' href='/list/2'><i></i></a>", "/list/2"),
        ("<a href='/list/2'><img alt='Next' src='x.png'></a>", "/list/2"),
        ("<div class='pagination'><a href='/list/2'>›</a><a href='/list/9'>»</a></div>", "/list/2"),
        ("<p><strong>1</strong> <a href='/list/2'>2</a> <a href='/list/3'>3</a></p>", "/list/2"),
        ("<div class='pager'><a href='/list/page/2/'>more of it</a></div>", "/list/page/2/"),
    ],
)
def test_next_by_its_markup(markup: str, address: str) -> None:
    assert following(markup) == address


@pytest.mark.parametrize(
    "markup",
    [
        "<a class='next disabled' href='?page=2'>Next</a>",
        "<a class='slick-next' href='#next'>Next</a>",
        "<button class='carousel-next'>Next</button>",
        "<p>In the next chapter: <a href='/d/1'>what happens next to the river and its people</a></p>",
        "<a href='https://elsewhere.example/2'>Next</a>",
        "<a href='/list'>Next</a>",
        "<a href='/list?page=9'>Last »</a>",
    ],
)
def test_what_is_no_next_page(markup: str) -> None:
    assert following(markup) is None


def test_numbers_go_on_from_the_page_s_own() -> None:
    pager = (
        "<p>"
        + " ".join(f"<a href='?page={n}'>{n}</a>" for n in (1, 2, 4, 5, 9))
        + " <span aria-current='page'>3</span></p>"
    )
    assert following(pager, current=3) == "/list?page=4"


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Showing 1-10 of 2,345 results", 2345),
        ("1 – 20 von 1.234", 1234),
        ("60 documents", 60),
        ("347 résultats", 347),
        ("共 60 条", 60),
        ("총 60건", 60),
        ("Page 1-2 of 6 pages", None),
        ("20 results per page", None),
        ("In 2019 we published", None),
    ],
)
def test_how_many_there_are(text: str, total: int | None) -> None:
    assert (
        stated_total(parse(f"<html><body><p>{text}</p></body></html>".encode(), "text/html; charset=utf-8", SITE))
        == total
    )


def test_documents_and_not_what_stands_around_them() -> None:
    menu = "<nav><ul><li><a href='/our-work-in-the-region'>Our work in the whole region</a></li></ul></nav>"
    aside = "<div class='sidebar'><h3><a href='/d/99'>The most read text of all of last year</a></h3></div>"
    found = listing_of("listing", f"<html><body>{menu}<main><ul>{cards(5)}</ul></main>{aside}</body></html>")
    assert urls(found) == [f"/d/{n}" for n in range(1, 6)]


def test_a_last_page_with_one_document_is_read_as_the_first_was() -> None:
    first = listing_of("listing", f"<html><body><ul>{cards(5)}</ul><a href='?page=2' rel='next'>2</a></body></html>")
    last = f"<html><body><ul>{cards(1, 6)}</ul><p><a href='/join-us'>Would you like to join our work? Write to us</a></p></body></html>"
    assert urls(listing_of("listing", last, state=dict(first.next[0].state))) == ["/d/6"]


def test_files_are_documents_where_no_page_is_linked() -> None:
    rows = "".join(
        f"<tr><td>2019</td><td><a href='/files/report-{n}.pdf'>Annual report, volume {n}</a></td></tr>"
        for n in range(4)
    )
    found = listing_of("listing", f"<html><body><table>{rows}</table></body></html>")
    assert urls(found) == [f"/files/report-{n}.pdf" for n in range(4)]
    assert {link.rel for link in found.links} == {"attachment"}


@pytest.mark.parametrize(
    ("css", "found"), [("a.x", ["/a"]), ("option::attr(value)", ["/b"]), ("div.card", ["/c"]), ("b", ["/a"])]
)
def test_selectors(css: str, found: list[str]) -> None:
    body = "<a class=x href='a'><b>A</b></a><select><option value='/b'>B</option></select><div class='card'><p><a href='/c'>C</a></p></div>"
    assert urls(listing_of("listing", f"<html><body>{body}</body></html>", follow=(css,))) == found


@pytest.mark.parametrize(
    ("href", "more"),
    [
        ("/{n}/wells/#more-{n}", None),  # WordPress
        ("/{n}/wells/", None),
        ("/?p={n}&amp;read", None),
        ("/list?page=2", f"{SITE}/list?page=2"),  # a real one stands there once, or says which page
    ],
)
def test_read_more_under_each_item_is_no_load_more_button(href: str, more: str | None) -> None:
    items = "".join(
        f"<article><h2><a href='/{n}/wells/'>Wells of Karo, part {n}</a></h2>"
        f"<a class='more-link' href='{href.format(n=n)}'>Continue reading</a></article>"
        for n in range(12)
    )
    dom = parse(f"<html><body>{items}</body></html>".encode(), "text/html", f"{SITE}/list")
    assert load_more(dom, 1) == more


def test_a_load_more_button_that_is_a_link_stands_there_once() -> None:
    body = f"<div>{cards(5)}</div><a class='more-link' href='/list/older'>Older</a>"
    assert load_more(parse(f"<html><body>{body}</body></html>".encode(), "text/html", f"{SITE}/list"), 1)


def test_a_load_more_answer_in_json() -> None:
    html = listing_of("listing", json.dumps({"data": {"html": f"<ul>{cards(3)}</ul>"}, "next": "/more?page=3"}))
    assert urls(html) == ["/d/1", "/d/2", "/d/3"]
    assert html.next[0].url == f"{SITE}/more?page=3"
    rows = [{"title": f"What the river told us, part {n}", "url": f"/d/{n}"} for n in range(3)]
    assert urls(listing_of("listing", json.dumps({"results": rows}))) == ["/d/0", "/d/1", "/d/2"]


def test_hosts_of_files_count_where_they_are_named() -> None:
    body = "<h3><a href='https://media.other.example/a.pdf'>A report on the river</a></h3>"
    assert urls(listing_of("listing", f"<html><body>{body}</body></html>", follow=("h3 a",))) == []
    allowed = listing_of(
        "listing", f"<html><body>{body}</body></html>", follow=("h3 a",), file_hosts=("media.other.example",)
    )
    assert urls(allowed) == ["https://media.other.example/a.pdf"]


def test_a_page_of_many_links_in_deep_markup_takes_linear_time() -> None:
    began = time.process_time()
    listing_of("listing", f"<html><body>{'<div>' * 500}{cards(1000)}</body></html>")
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "body",
    [
        "<div id=root></div><script src=/app.js></script>",
        "<main><h1>Reports</h1><div id='app'>Loading …</div></main><script src=/app.js></script>",
        "<app-root></app-root><script src=/main.js></script>",
        "<h1>Reports</h1><ul><li ng-repeat='doc in docs'>{{doc.title}}</li></ul><script src=/a.js></script>",
        "<h1>Reports</h1><ul><li><a href='{{url}}'>{{title}}</a></li></ul><script src=/a.js></script>",
        "<h1>Reports</h1><div class=results>Cargando…</div><script src=/a.js></script>",
        "<h1>Reports</h1><noscript>You need to enable JavaScript to see the list.</noscript><script src=/a.js></script>",
    ],
)
def test_a_list_that_a_script_would_fill_is_said(body: str) -> None:
    found = listing_of("listing", f"<html><body>{body}</body></html>")
    assert found.links == ()
    assert "made by JavaScript" in (found.incomplete or "")


@pytest.mark.parametrize(
    "body",
    ["<h1>Reports</h1><p>There are no reports yet.</p><script src=/a.js></script>", "<div id=root></div>", ""],
)
def test_an_empty_list_is_no_script_s_list(body: str) -> None:
    assert listing_of("listing", f"<html><body>{body}</body></html>").incomplete is None
