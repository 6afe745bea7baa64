"""Pages that no link turns: each way is followed to the last page, and what cannot be followed is said."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from tests.pipeline.discover.harvesting import harvest, rules_of
from tests.sites import Site, serve
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer

Pager = Callable[[int, int], str]
PAGES = 5


class Turned(Site):
    """Twelve documents a page, five pages; how the next is reached is a function of the page's number."""

    start = "/library"
    per_page = 12

    def __init__(self, pager: Pager, inside_form: str = "", follows: bool = True) -> None:
        super().__init__()
        self.pager, self.inside_form, self.follows = pager, inside_form, follows

    def rows(self, number: int, offset: int | None = None) -> str:
        start = (number - 1) * self.per_page if offset is None else offset
        shown = self.items[start : start + self.per_page]
        return "".join(
            f"<article class='card'><h3><a href='/resources/{i.slug}'>{i.title}</a></h3></article>" for i in shown
        )

    def page(self, number: int) -> Answer:
        if not 1 <= number <= PAGES:
            return NOT_FOUND
        inner = f"<div class='list'>{self.rows(number)}</div>{self.pager(number, PAGES)}"
        if self.inside_form:
            inner = f"<form method='{self.inside_form}' action='/library'><input type='hidden' name='__VIEWSTATE' value='v{number}/=='><input type='hidden' name='q' value='a&amp;b'>{inner}</form>"
        return Answer(frame("Library", f"<h1>Library</h1>{inner}"))

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/library":
            number = int(query.get("page", "1")) if self.follows else 1
            return self.page(number)
        if path == "/more":
            number = int(query.get("chunk", "1"))
            return Answer(self.rows(number) + self.pager(number, PAGES))
        return NOT_FOUND

    def posted(self, path: str, form: Mapping[str, str]) -> Answer:
        if path == "/wp-admin/admin-ajax.php":
            if form.get("action") != "load_more_reports" or form.get("nonce") != "a1b2":
                return Answer("0", status=400)
            return Answer(self.rows(0, int(form["offset"])) if "offset" in form else self.rows(int(form["paged"])))
        if path != "/library" or not form.get("__VIEWSTATE", "").endswith("/==") or form.get("q") != "a&b":
            return Answer("the form is not whole", status=500)
        if argument := form.get("__EVENTARGUMENT"):
            return self.page(int(argument.rpartition("$")[2]))
        return self.page(int(form.get("page") or form.get("go", "0").strip("p")))


def select(option: Callable[[int], str], attributes: str = "", text: str = "Page {} of {}") -> Pager:
    def pager(number: int, pages: int) -> str:
        options = "".join(
            f"<option value='{option(n)}'{' selected' if n == number else ''}>{text.format(n, pages)}</option>"
            for n in range(1, pages + 1)
        )
        return f"<div class='pagination'><select {attributes}>{options}</select></div>"

    return pager


def each(part: Callable[[int, int], str], around: str = "div class='pagination'") -> Pager:
    tag = around.split()[0]
    return lambda number, pages: f"<{around}>{' '.join(part(n, number) for n in range(1, pages + 1))}</{tag}>"


def next_only(part: Callable[[int], str]) -> Pager:
    return lambda number, pages: part(number + 1) if number < pages else ""


def postback(n: int, number: int) -> str:
    link = f"<a href=\"javascript:__doPostBack('ctl00$grid','Page${n}')\">{n if n < 4 or number > 2 else '...'}</a>"
    return f"<span>{n}</span>" if n == number else link if n <= 4 or number > 2 else ""


FOLLOWED: dict[str, tuple[Pager, str]] = {
    "select of addresses": (select(lambda n: f"/library?page={n}", "onchange='location=this.value'"), ""),
    "select of numbers in a form": (select(str, "name='page'", "{}"), "get"),
    "select with a script": (select(str, "onchange=\"location.href='/library?page='+this.value\""), ""),
    "buttons of a GET form": (each(lambda n, _: f"<button name='page' value='{n}'>{n}</button>"), "get"),
    "next button of a GET form": (next_only(lambda n: f"<button name='page' value='{n}'>Next</button>"), "get"),
    "buttons of a POST form": (each(lambda n, _: f"<button name='page' value='{n}'>{n}</button>"), "post"),
    "input of a POST form": (next_only(lambda n: f"<input type='submit' name='go' value='p{n}' class='next'>"), "post"),
    "onclick with an address": (each(lambda n, _: f"<a href='#' onclick=\"location.href='/library?page={n}';return false\">{n}</a>"), ""),
    "onclick on a button": (next_only(lambda n: f"<button type='button' onclick=\"window.open('/library?page={n}','_self')\">Next page</button>"), ""),
    "onclick with a number": (each(lambda n, _: f"<a href='javascript:void(0)' onclick='goToPage({n})'>{n}</a>"), ""),
    "data-page": (each(lambda n, _: f"<a href='#' data-page='{n}'>{n}</a>", "ul class='pager'"), ""),
    "postback": (each(postback), "post"),
    "postback of an icon": (next_only(lambda n: f"<a title='Next page' href=\"javascript:__doPostBack('p','{n}')\"><img src='/r.gif' alt=''></a>"), "post"),
    "sentinel": (next_only(lambda n: f"<div class='js-sentinel' data-next-url='/more?chunk={n}'></div>"), ""),
    "sentinel, another name": (next_only(lambda n: f"<span class='end' data-next-page-url='/more?chunk={n}'></span>"), ""),
}  # fmt: skip


@pytest.mark.parametrize("way", FOLLOWED)
def test_every_page_is_reached(way: str) -> None:
    pager, form = FOLLOWED[way]
    with serve(Turned(pager, form)) as site:
        found = harvest(site)
        assert len(found.links) == 60, found.gaps
        assert (found.gaps, found.complete) == ((), True)
        assert len(site.asked) <= 8


def ajax(data: str) -> Pager:
    script = f"""var settings = {{"ajaxurl":"\\/wp-admin\\/admin-ajax.php","nonce":"a1b2"}};
    jQuery('.more').on('click', function() {{ jQuery.post(settings.ajaxurl, {data}, function(html) {{ add(html) }}) }})"""
    return lambda number, pages: f"<button class='load-more'>Load more</button><script>{script}</script>"


@pytest.mark.parametrize(
    "data",
    [
        '{action: "load_more_reports", offset: 12, nonce: settings.nonce}',
        "{'action': 'load_more_reports', 'paged': paged, 'nonce': 'a1b2'}",
        '{"action":"load_more_reports","nonce":settings.nonce,"paged":currentPage + 1}',
    ],
)
def test_wordpress_s_own_endpoint_is_asked_as_the_page_s_script_asks(data: str) -> None:
    with serve(Turned(ajax(data), follows=False)) as site:
        found = harvest(site)
        assert len(found.links) == 60, found.gaps
        assert found.complete


UNFOLLOWED: dict[str, str] = {
    "load more": "<button class='load-more'>Load more</button>",
    "a script's button": "<button type='button' class='next' ng-click='turn()'>Next</button>",
    "an action that is none of reading": '<button class="load-more">Load more</button><script>var ajaxurl="/wp-admin/admin-ajax.php";jQuery.post(ajaxurl,{action:"subscribe",page:2})</script>',
    "a form to another path": "<form method='post' action='/elsewhere'><button name='page' value='2' class='next'>Next</button></form>",
    "a postback without its form": "<div class='pager'><a href=\"javascript:__doPostBack('g','Page$2')\">2</a> <a href=\"javascript:__doPostBack('g','Page$3')\">3</a></div>",
    "the words alone": "<p>Page 1 of 5</p>",
    "the words alone, in German": "<div>Seite 1 von 5</div>",
    "the words alone, in Chinese": "<span>第 1 页，共 5 页</span>",
}


@pytest.mark.parametrize("way", UNFOLLOWED)
def test_a_pager_that_cannot_be_followed_is_said(way: str) -> None:
    with serve(Turned(lambda number, pages: UNFOLLOWED[way], follows=False)) as site:
        found = harvest(site)
        assert len(found.links) == 12
        assert len(found.gaps) == 1
        assert not found.complete
        assert not any(path.startswith("/elsewhere") for path in site.asked)


COMPLETE: dict[str, str] = {
    "years": "<select name='year'><option>2019</option><option>2020</option><option>2021</option></select>",
    "so many a page": "<select name='n' onchange='go()'><option>10</option><option>25</option><option>50</option></select>",
    "the last page": "<p>Page 5 of 5</p>",
    "a search": "<form method='get' action='/library'><input name='q'><button>Search</button></form>",
    "a carousel": "<div class='carousel'><button class='slick-next' type='button'>Next</button></div>",
    "a report in parts": "<p>Read page 3 of the report.</p>",
}  # fmt: skip


@pytest.mark.parametrize("what", COMPLETE)
def test_what_is_no_pager_is_no_gap(what: str) -> None:
    with serve(Turned(lambda number, pages: COMPLETE[what], follows=False)) as site:
        found = harvest(site)
        assert (len(found.links), found.gaps, found.complete) == (12, (), True)


def test_a_configured_next_page_is_all_that_is_looked_for() -> None:
    with serve(Turned(FOLLOWED["select of addresses"][0])) as site:
        found = harvest(site, rules=rules_of(site, next_page="a.next"))
        assert (len(found.links), found.gaps) == (12, ())


def test_pages_of_json_by_offset() -> None:
    class Api(Site):
        start = "/api/reports"

        def answer(self, path: str, query: Mapping[str, str]) -> Answer:
            start = int(query.get("offset", "0"))
            shown = [{"title": i.title, "url": f"/resources/{i.slug}"} for i in self.items[start : start + 20]]
            following = f"/api/reports?offset={start + 20}" if start + 20 < 60 else None
            return Answer(json.dumps({"total": 60, "next": following, "results": shown}), "application/json")

    with serve(Api()) as site:
        found = harvest(site)
        assert (len(found.links), found.gaps) == (60, ())
