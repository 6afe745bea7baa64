"""Lists that show a year, month or letter at a time, and lists whose next page only the answer's header names."""

from __future__ import annotations

import pytest

from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import Store, harvest
from tests.sites import Site, serve
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer

YEARS = ("2023", "2022", "2021")


class Divided(Site):
    """Twelve documents, four of each year (or letter); `menu` is what leads to the others."""

    start = "/resources"

    def __init__(self, menu: str, parts: tuple[str, ...] = YEARS, several: bool = False) -> None:
        super().__init__()
        self.items = self.items[:12]
        self.menu, self.parts, self.several = menu, parts, several

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        here = query.get("part") or path.removeprefix("/resources").strip("/") or self.parts[0]
        if here not in self.parts:
            return NOT_FOUND
        number = self.parts.index(here)
        cards = "".join(
            f"<li><h3><a href='/resources/{item.slug}'>{self.title(here, item.title)}</a></h3>"
            f"<p>{self.day(here, place)}</p></li>"
            for place, item in enumerate(self.items[4 * number :][:4])
        )
        return Answer(frame("Resources", f"<h1>Resources</h1>{self.menu}<ul class='found'>{cards}</ul>"))

    def title(self, here: str, title: str) -> str:
        return title if here in YEARS + MONTHS else f"{here}lder {title}"

    def day(self, here: str, place: int) -> str:
        if here in MONTHS:
            return f"{here.replace('/', '-')}-{place + 3:02}"
        return f"{place + 3} May {2010 + place if self.several or here not in YEARS else here}"


def menu(pattern: str, parts: tuple[str, ...] = YEARS) -> str:
    return "<div class='choose'>" + " ".join(pattern.replace("*", part) for part in parts) + "</div>"


LETTERS = tuple("ABC")
MONTHS = ("2023/05", "2023/04", "2023/02")
NAMES = ("May 2023", "April 2023", "February 2023")


def months(pattern: str, around: str = "<div>{}</div>") -> Divided:
    """Return a list of a month at a time, each behind the pattern with its path for `*` and its name for `?`."""
    parts = zip(MONTHS, NAMES, strict=True)
    return Divided(around.format("".join(pattern.replace("*", m).replace("?", n) for m, n in parts)), MONTHS)


WAYS = {
    "paths": Divided(menu("<a href='/resources/*'>*</a>")),
    "queries": Divided(menu("<a href='?part=*&amp;view=list'>* (4)</a>")),
    "menu": Divided(
        "<form action='/resources'><select name='part' onchange='this.form.submit()'>"
        + "".join(f"<option>{year}</option>" for year in YEARS)
        + "</select></form>"
    ),
    "two years, one of them behind a button": Divided(
        "<button aria-expanded='true'>2023</button><button data-url='/resources/2022'>2022</button>"
        "<button data-url='/resources/2021'>2021</button>"
    ),
    "months": months("<a href='/resources/*'>? (4)</a> "),
    "months in a menu of addresses": months(
        "<option value='/resources/*'>?</option>", "<select onchange='location = this.value'>{}</select>"
    ),
    "months in a menu of names": months(
        "<option value='*'>?</option>", "<select onchange=\"location.href='/resources/' + this.value\">{}</select>"
    ),
    "letters": Divided(menu("<a href='?part=*'>*</a>", tuple("ABCDEF")), LETTERS),
}


@pytest.mark.parametrize("way", WAYS)
def test_all_parts_of_a_divided_list_are_read(way: str) -> None:
    with serve(WAYS[way]) as site:
        found = harvest(site, alone=True)
        assert {identity(link.url) for link in found.links} == {identity(site.address(item)) for item in site.items}
        assert (found.gaps, found.failures, found.complete) == ((), (), True)


def test_years_of_a_list_that_shows_several_are_a_filter() -> None:
    with serve(Divided(menu("<a href='?part=*'>*</a>"), several=True)) as site:
        harvest(site, alone=True)
        assert site.asked == ["/resources"]


def test_a_later_run_reads_the_year_that_is_shown_and_all_letters() -> None:
    for way, asked in (("queries", 1), ("letters", 6)):
        with serve(WAYS[way]) as site:
            store = Store(harvest(site, alone=True))
            later = harvest(site, store, alone=True, since="2026-01-15T00:00:00Z")
            assert (len(site.asked), later.complete) == (asked, way == "letters")


class Paged(Divided):
    """Each year has two pages."""

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        answer = super().answer(path, query)
        whole, second = str(answer.body), query.get("page") == "2"
        entries = [entry + "</li>" for entry in whole.partition("<ul class='found'>")[2].split("</li>")[:4]]
        part = query.get("part", YEARS[0])
        onward = "" if second else f"<a href='?part={part}&amp;page=2'>Next page</a>"
        shown = "".join(entries[2:] if second else entries[:2])
        return Answer(whole.replace("".join(entries), shown).replace("</ul>", f"</ul>{onward}"), status=answer.status)


def test_years_of_several_pages_each() -> None:
    with serve(Paged(menu("<a href='?part=*'>*</a>"))) as site:
        assert len(harvest(site, alone=True).links) == 12


class Headed(Divided):
    """Pages of four, of which only the Link header of the answer says that there are more."""

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        number = int(query.get("page", "1"))
        answer = super().answer("/resources", {"part": YEARS[number - 1]})
        links = f'<https://api.example/>; rel=api, </resources?page={number + 1}>; title="more"; rel="next last"'
        return Answer(answer.body, headers={"Link": links} if number < 3 else {})


def test_the_next_page_in_the_answer_s_header() -> None:
    with serve(Headed("")) as site:
        assert len(harvest(site, alone=True).links) == 12


SCRIPTED = {
    "calls in links": '<ul><li class=on><b>2023</b></li><li><a href="javascript:turn(2022, 4)">2022</a></li></ul>',
    "buttons": "<button class='on'>2023</button><button data-y='a'>2022</button><button data-y='b'>2021</button>",
    "letters": menu("<a href='#'>*</a>", tuple("ABCDEF")),
}


@pytest.mark.parametrize("way", SCRIPTED)
def test_parts_that_a_script_turns_to_are_said(way: str) -> None:
    with serve(Divided(SCRIPTED[way], LETTERS if way == "letters" else YEARS)) as site:
        found = harvest(site, alone=True)
        assert (len(found.links), found.complete) == (4, False)
        assert "a script turns to the others" in found.gaps[0]


def test_buttons_beside_a_list_of_several_years_are_a_filter() -> None:
    with serve(Divided(SCRIPTED["buttons"], several=True)) as site:
        assert harvest(site, alone=True).complete
