"""Documents that are not on the start page itself: behind "View all", in frames, behind a button or a form."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Mapping

import pytest

from models.errors import SourceError
from tests.pipeline.discover.harvesting import harvest
from tests.pipeline.discover.led import Led, found_on
from tests.sites import serve
from tests.sites.documents import Item
from tests.sites.server import Answer

WHOLE = {
    "after the list": "<h2>Latest</h2>[first]<p><a href='/whole'>View all publications</a></p>",
    "in its heading": "<section><h2>Latest <a href='/whole'>See all</a></h2>[first]</section>",
    "the same page otherwise": "[first]<a class='button' href='/whole'>Show all 15 documents</a>",
    "French": "<div>[first]<footer><a href='/whole'>Voir toutes les publications</a></footer></div>",
    "German": "[first]<p class='more'><a href='/whole'>Alle Publikationen ansehen</a></p>",
    "Spanish": "[first]<a href='/whole'>Ver todos los informes »</a>",
    "Chinese": "[first]<a href='/whole'>查看全部</a>",
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_link_to_the_whole_list_is_followed(name: str) -> None:
    count, found = found_on(Led({"/library": WHOLE[name], "/whole": "[all]"}))
    assert (count, found.gaps, found.complete) == (15, (), True)


def test_only_the_whole_of_this_list_is_followed() -> None:
    day = "<ul><li><a href='/events/1'>A day at the weir</a></li></ul>"
    events = f"<h2>Events</h2>{day}<a href='/events'>View all events</a>"
    site = Led({"/library": f"[all]{events}", "/events": "<a href='/events/2'>Another day, at the other weir</a>"})
    assert found_on(site)[0] == 15
    assert "/events" not in site.asked


WITHIN = {
    "frames": "<html><frameset cols='20%,80%'><frame src='/menu'><frame src='inner'></frameset></html>",
    "an inline frame": "<p>The list:</p><iframe src='/inner' width='800'></iframe>",
    "a refresh": "<html><head><meta http-equiv='Refresh' content='0; URL=/inner'></head><body>Moved</body></html>",
}


@pytest.mark.parametrize("name", WITHIN)
def test_what_a_page_shows_in_place_of_itself_is_read(name: str) -> None:
    site = Led({"/library": WITHIN[name], "/menu": "<a href='/about'>About</a>", "/inner": "[all]"})
    assert found_on(site)[0] == 15


def test_a_page_that_asks_to_sign_in_is_no_end() -> None:
    onward = "<a rel='next' href='?page={}'>Next</a>"
    site = Led(
        {
            "/library": f"[first]{onward.format(2)}",
            "/library?page=2": f"[second]{onward.format(3)}",
            "/login": "<form method='post'><input type='password' name='p'></form><p>Please sign in.</p>",
        },
        redirects={"/library?page=3": "/login"},
    )
    count, found = found_on(site)
    assert (count, found.complete) == (10, False)
    assert any("sign-in form" in gap for gap in found.gaps)


def test_a_document_that_is_featured_above_its_list_is_found() -> None:
    rows = (
        "<ul class='rest'>"
        + "".join(f"<li><a href='/d/{n}-x'>Report number {n} on wells</a></li>" for n in range(9))
        + "</ul>"
    )
    site = Led({"/library": f"<div class='lead'><h2><a href='/d/77-y'>What the wells hold</a></h2></div>{rows}"})
    with serve(site):
        assert len(harvest(site, alone=True).links) == 10


@pytest.mark.parametrize(
    "words",
    [
        "<p>15 items. Show <a href='?size=5'>5</a> <a href='?size=10'>10</a> per page</p>",
        "<p>Page <input name='page' value='1'> of 3</p>",
        "<p>1 - 5 of 15</p>",
        "<p>15 Einträge gefunden</p>",
        "<p>Total de registros: 15</p>",
        "<p>عدد النتائج: ١٥</p>",
    ],
)
def test_what_is_stated_and_not_listed_is_told(words: str) -> None:
    count, found = found_on(Led({"/library": f"{words}[first]"}))
    assert (count, found.complete) == (5, False)
    assert found.gaps


@pytest.mark.parametrize("words", ["<p>5 results per page</p>", "<p>30 items shown per page</p>"])
def test_the_size_of_a_page_is_no_total(words: str) -> None:
    assert found_on(Led({"/library": f"{words}[all]"}))[1].complete


def test_a_list_of_addresses_under_any_name_is_read() -> None:
    class Plain(Led):
        def answer(self, path: str, query: Mapping[str, str]) -> Answer:
            if path == "/library":
                return Answer("\n".join(map(self.address, self.items)), "text/plain")
            return super().answer(path, query)

    assert found_on(Plain({}))[0] == 15


def test_a_button_with_an_address_and_a_number_is_pressed() -> None:
    button = "<a class='load' href='#' data-url='/part' data-page='1'>Mehr laden</a>"
    site = Led({"/library": f"[first]{button}", "/part?page=2": "[second]", "/part?page=3": "[third]"})
    assert found_on(site)[0] == 15


def test_a_button_that_gives_nothing_new_is_told() -> None:
    button = "<a class='load' href='#' data-url='/part'>Mehr laden</a>"
    count, found = found_on(Led({"/library": f"[first]{button}", "/part": "[first]"}))
    assert (count, found.complete) == (5, False)


@pytest.mark.parametrize("method", ["get", "post"])
def test_documents_behind_a_form_are_told(method: str) -> None:
    form = f"<form action='/find' method='{method}'><input name='q'><button>Search</button></form>"
    with pytest.raises(SourceError, match="a form must be sent"):
        found_on(Led({"/library": f"<p>Search our publications.</p>{form}"}))


def test_a_feed_in_place_of_a_list_made_by_a_script_is_told() -> None:
    class Scripted(Led):
        def answer(self, path: str, query: Mapping[str, str]) -> Answer:
            if path == "/feed":
                entries = "".join(f"<item><link>{self.address(item)}</link></item>" for item in self.items[:5])
                return Answer(f"<rss><channel>{entries}</channel></rss>", "application/rss+xml")
            return super().answer(path, query)

    head = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    shell = f"<html><head>{head}</head><body><div id='app'></div><script src='/app.js'></script></body></html>"
    count, found = found_on(Scripted({"/library": shell}))
    assert (count, found.complete) == (5, False)
    assert "made by JavaScript" in found.gaps[0]
    assert 'discover = "feed"' in found.gaps[0]


def test_an_empty_list_that_a_script_fills_is_the_cause() -> None:
    empty = "<div class='search-results'><ul class='search-result-list'></ul></div><script src='/s.js'></script>"
    with pytest.raises(SourceError, match="made by JavaScript"):
        found_on(Led({"/library": empty}))


OPENED = {
    "an address put together": "function view(id) { window.open('/d/' + id, '_blank'); }",
    "a function that is assigned": 'var view = function (id) { if (id) { location.href = "/d/" + id; } };',
    "an arrow": "const view = (id) => { location.assign('/d/' + id); };",
}


@pytest.mark.parametrize("name", OPENED)
def test_documents_that_a_function_opens_are_found(name: str) -> None:
    class Called(Led):
        def cards(self, items: list[Item]) -> str:
            return "".join(
                f"<li><a href=\"javascript:view('{item.number}-{item.slug}');\">{item.title}</a> {item.date}</li>"
                for item in items
            )

    assert found_on(Called({"/library": f"[all]<script>{OPENED[name]}</script>"}))[0] == 15


FOLDED = {
    "all at once": "<a href='/library?open=all'>Expand All</a> <a href='/library?open=none'>Collapse All</a>[first]",
    "each, by its picture": "<b>2024</b>[first]<p><a href='/library?open=2#2'><img src='/down.gif' alt='Show details for 2023'></a> 2023</p>"
    "<p><a href='/library?open=3#3'><img src='/down.gif' alt='Show details for 2022'></a> 2022</p>",
    "German": "<p><a href='/library?open=all'>Alle aufklappen</a></p>[first]",
    "French, by its title": "[first]<p><a href='?open=2' title='Déplier la section'>+</a> <a href='?open=3' title='Déplier la section'>+</a></p>",
}


@pytest.mark.parametrize("name", FOLDED)
def test_what_a_page_has_folded_up_is_read(name: str) -> None:
    pages = {"/library?open=all": "[all]", "/library?open=2": "[second]", "/library?open=3": "[third]"}
    count, found = found_on(Led({"/library": FOLDED[name], **pages}))
    assert (count, found.complete) == (15, True)


SHARED = (
    "https://drive.google.com/file/d/1AbC{}xyz/view?usp=sharing",
    "https://www.dropbox.com/s/ab{}cd/paper?dl=0",
    "https://acme.sharepoint.com/:b:/s/Library/EX{}f",
    "https://issuu.com/acme/docs/paper_{}",
)


@pytest.mark.parametrize("address", SHARED)
def test_files_among_a_list_that_lie_with_a_host_of_files_are_told(address: str) -> None:
    shared = "".join(
        f"<li><a href='{address.format(n)}'>Report number {n} on wells</a> {n} May 2019</li>" for n in range(1, 9)
    )
    count, found = found_on(Led({"/library": f"<div>[all]</div><div><ul>{shared}</ul></div>"}))
    assert (count, found.complete) == (15, False)
    assert "add file_hosts" in found.gaps[0]


CARDS = {
    "a link in each": "<div class='c'><h3>{title}</h3><p class='d'>{date}</p><a class='b' href='{url}'>Read more</a></div>",
    "a card that is a link": "<a class='c' href='{url}'><h3>{title}</h3><p>{date}</p><p>What the district has to say.</p></a>",
    "a title that is a link": "<article><img src='/i.jpg'><h3><a href='{url}'>{title}</a></h3><span>{date}</span></article>",
}


class Fronted(Led):
    """The five newest documents as cards under `Latest`, the others in a plain list below."""

    def __init__(self, card: str) -> None:
        super().__init__({})
        cards = [
            card.format(title=item.title, date=item.date, url=f"/d/{item.number}-{item.slug}")
            for item in self.items[:5]
        ]
        plain = "".join(f"<p><a href='/d/{i.number}-{i.slug}'>{i.title}</a><br>{i.date}</p>" for i in self.items[5:])
        self.pages = {
            "/library": f"<section><h2>Latest</h2>{''.join(cards)}</section><section><h2>Older</h2>{plain}</section>"
        }


@pytest.mark.parametrize("name", CARDS)
def test_the_newest_as_cards_above_the_list_are_found(name: str) -> None:
    assert found_on(Fronted(CARDS[name]))[0] == 15


class Carrying(Led):
    """Each document's address carries the page of the list back to it."""

    def __init__(self, carried: str, first: int = 1) -> None:
        super().__init__({})
        self.carried, self.first = carried, first

    def cards(self, items: list[Item]) -> str:
        at = self.first + (15 - items[0].number) // 5 if items else 0
        return "".join(
            f"<li><a href='/view?no={item.number}&amp;{self.carried}={at}'>{item.title}</a> {item.date}</li>"
            for item in items
        )

    def address(self, item: Item) -> str:
        return f"{self.url}/view?no={item.number}"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        lists = ["[first]", "[second]", "[third]"]
        links = "".join(f"<a href='/library?{self.carried}={self.first + n}'>{n + 1}</a> " for n in range(3))
        self.pages = {
            f"/library?{self.carried}={self.first + n}": f"{part}<p class='pager'>{links}</p>"
            for n, part in enumerate(lists)
        }
        self.pages["/library"] = self.pages[f"/library?{self.carried}={self.first}"]
        return super().answer(path, query)


@pytest.mark.parametrize(("carried", "first"), [("page", 1), ("pageIndex", 1), ("pg", 1), ("page", 0)])
def test_a_document_s_address_is_without_the_page_of_its_list(carried: str, first: int) -> None:
    count, found = found_on(Carrying(carried, first))
    assert (count, found.complete) == (15, True)
