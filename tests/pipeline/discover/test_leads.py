"""Documents that are not on the start page itself: behind "View all", in frames, on the pages of an index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

import pytest

from models.errors import SourceError
from pipeline.discover.discover import Discovery
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest, rules_of
from tests.sites import Site, serve
from tests.sites.documents import Item
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer


class Led(Site):
    """Fifteen documents; `pages` holds what else there is, `{all}`, `{first}` ... stand for lists of them."""

    count = 15
    start = "/library"

    def __init__(self, pages: Mapping[str, str], redirects: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self.pages, self.redirects = pages, redirects

    def address(self, item: Item) -> str:
        return f"{self.url}/d/{item.number}-{item.slug}"

    def cards(self, items: list[Item]) -> str:
        return "".join(
            f"<li><a href='/d/{item.number}-{item.slug}'>{escape(item.title)}</a> {item.date}</li>" for item in items
        )

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        asked = path + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")
        if asked in self.redirects:
            return Answer(status=302, headers={"Location": self.redirects[asked]})
        if (markup := self.pages.get(asked)) is None:
            item = self.item_at(path)
            return NOT_FOUND if item is None else Answer(frame(item.title, f"<h1>{item.title}</h1><p>{item.date}</p>"))
        lists = {"all": self.items, "first": self.items[:5], "second": self.items[5:10], "third": self.items[10:]}
        for name, items in lists.items():
            markup = markup.replace(f"[{name}]", f"<ul>{self.cards(items)}</ul>")
        whole = markup.startswith("<html>")
        return Answer(markup if whole else frame("Library", f"<h1>Library</h1>{markup}"))


def found_on(site: Led) -> tuple[int, Discovery]:
    """Return how many of a site's documents are found from its start alone, and the discovery."""
    with serve(site):
        found = harvest(site, alone=True)
        wanted = {identity(site.address(item)) for item in site.items}
        listed = {identity(link.url) for link in found.links}
        assert listed <= wanted, listed - wanted
        return len(listed), found


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


INDEXES = {
    "years": ("<ul>" + "".join(f"<li><a href='/library/{y}'>{y}</a></li>" for y in (2021, 2020, 2019)) + "</ul>"),
    "years elsewhere": "".join(f"<p><a href='/archive-{y}.html'>{y} (5)</a></p>" for y in (2021, 2020, 2019)),
    "topics": "<ul>"
    + "".join(f"<li><a href='/library/{t}'>On {t}</a></li>" for t in ("water", "land", "trade"))
    + "</ul>",
    "cards": "".join(
        f"<div class='card'><h3><a href='/library/{t}/'>{t.title()} and rights</a></h3><p>What we wrote.</p></div>"
        for t in ("water", "land", "trade")
    ),
}
PARTS = {
    "years": ("/library/2021", "/library/2020", "/library/2019"),
    "years elsewhere": ("/archive-2021.html", "/archive-2020.html", "/archive-2019.html"),
    "topics": ("/library/water", "/library/land", "/library/trade"),
    "cards": ("/library/water/", "/library/land/", "/library/trade/"),
}


@pytest.mark.parametrize("name", INDEXES)
def test_the_pages_of_an_index_are_lists(name: str) -> None:
    parts = dict(zip(PARTS[name], ("[first]", "[second]", "[third]"), strict=True))
    count, found = found_on(Led({"/library": INDEXES[name], **parts}))
    assert (count, found.gaps, found.complete) == (15, (), True)


def test_the_pages_of_an_index_are_lists_where_the_links_are_named() -> None:
    parts = dict(zip(PARTS["years"], ("[first]", "[second]", "[third]"), strict=True))
    with serve(Led({"/library": INDEXES["years"], **parts})) as site:
        found = harvest(site, rules=rules_of(site, follow=("h1 ~ ul a",)))
        assert {identity(link.url) for link in found.links} == {identity(site.address(item)) for item in site.items}


def test_documents_that_look_like_an_index_stay_documents() -> None:
    pages = ("water", "land", "trade")
    rows = "".join(f"<li><a href='/library/{name}'>On {name}</a></li>" for name in pages)
    beside = f"<h2>More reports</h2><ul>{rows}</ul>"
    text = "<p>The water was tested in spring and in autumn, and forty families were asked what they had seen.</p>" * 5
    site = Led({"/library": f"<ul>{rows}</ul>", **{f"/library/{name}": text + beside for name in pages}})
    with serve(site):
        found = harvest(site, alone=True)
        assert [link.url.rpartition("/")[2] for link in found.links] == [*pages]


def test_a_year_without_documents_is_a_document_itself() -> None:
    years = "".join(f"<li><a href='/library/{year}'>{year}</a></li>" for year in (2021, 2020))
    site = Led(
        {"/library": f"<ul>{years}</ul>", "/library/2021": "[all]", "/library/2020": "<p>The year in words.</p>"}
    )
    with serve(site):
        found = harvest(site, alone=True)
        assert len(found.links) == 16
        assert f"{site.url}/library/2020" in [link.url for link in found.links]


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


PAGERS: dict[str, tuple[str, tuple[int, ...], Callable[[int, str], str]]] = {
    "ranges": ("?start={}", (0, 5, 10), lambda at, way: f"<a href='{way}'>{at + 1}-{at + 5}</a>"),
    "ranges in words": (
        "?from={}",
        (0, 5, 10),
        lambda at, way: f"<i><a href='/library{way}'>{at + 1} to {at + 5}</a></i>",
    ),
    "the last alone": (
        "?page={}",
        (1, 2, 3),
        lambda at, way: f"<p class='pager'><a href='{way}'>»»</a></p>" * (at == 3),
    ),
    "an arrow without words": ("?pg={}", (1, 2, 3), lambda at, way: f"<a href='{way}'><img src='r.gif' alt=''></a>"),
}


@pytest.mark.parametrize("name", PAGERS)
def test_pagers_that_call_no_page_next_are_followed(name: str) -> None:
    address, numbers, link = PAGERS[name]
    pager = [link(number, address.format(number)) for number in numbers]
    shown = ["".join(pager)] * 3 if "arrow" not in name else [pager[1], pager[2], ""]
    lists = [f"{part}{ways}" for part, ways in zip(("[first]", "[second]", "[third]"), shown, strict=True)]
    pages = {f"/library{address.format(number)}": markup for number, markup in zip(numbers, lists, strict=True)}
    count, found = found_on(Led({"/library": lists[0], **pages}))
    assert (count, found.gaps, found.complete) == (15, (), True)


def ranges(here: int, first: int, offset: str) -> str:
    """Return a pager by ranges of five, of which the one that is shown is no link."""
    return " ".join(
        f"<b>{at + 1}-{at + 5}</b>" if at == here else f"<a href='?{offset}={at + first}'>{at + 1}-{at + 5}</a>"
        for at in (0, 5, 10)
    )


@pytest.mark.parametrize(("offset", "first"), [("start", 0), ("b_start", 1)])
def test_the_range_that_is_shown_need_not_be_a_link(offset: str, first: int) -> None:
    parts = dict(zip((0, 5, 10), ("[first]", "[second]", "[third]"), strict=True))
    pages = {f"/library?{offset}={at + first}": part + ranges(at, first, offset) for at, part in parts.items()}
    assert found_on(Led({"/library": "[first]" + ranges(0, first, offset), **pages}))[0] == 15


@pytest.mark.parametrize("first", [0, 1])
def test_no_page_is_passed_over_on_the_way_to_the_last(first: int) -> None:
    ends = f"<p class='pager'><a href='?page={first}'>First</a> <a href='?page={first + 2}'>Last</a></p>"
    parts = ("[first]", "[second]", "[third]")
    pages = {f"/library?page={first + number}": part + ends for number, part in enumerate(parts)}
    assert found_on(Led({"/library": "[first]" + ends, **pages}))[0] == 15


def test_a_list_of_two_ranges_is_read_whole() -> None:
    onward = "<b>1-5</b> <a href='?from=5'>6-15</a>"
    site = Led({"/library": f"[first]{onward}", "/library?from=5": "[second][third]"})
    assert found_on(site)[0] == 15


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
