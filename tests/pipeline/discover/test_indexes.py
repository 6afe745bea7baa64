"""Pages that list lists, of years, topics or issues: the documents are on the pages that their links lead to."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from models.errors import SourceError
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import Store, harvest, rules_of
from tests.pipeline.discover.led import Led, found_on
from tests.sites import serve

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


ELSEWHERE = {
    "issues of a journal": ("<h2><a href='/issue/view/{}'>Vol. {} No. 1 (2020)</a></h2>", (14, 13, 12)),
    "folders of a download manager": ("<p><a href='/files/{}-folder'>Folder {}</a> <small>(5)</small></p>", (1, 2, 3)),
    "conferences, named at length": (
        "<li><a href='/meetings/{}'>The {}th meeting of the committee on the state of the harbour</a></li>",
        (21, 22, 23),
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_lists_behind_links_of_any_address_and_name(name: str) -> None:
    pattern, numbers = ELSEWHERE[name]
    index = "<ul>" + "".join(pattern.format(number, number) for number in numbers) + "</ul>"
    ways = [pattern.partition("href='")[2].partition("'")[0].format(number) for number in numbers]
    lists = dict(zip(ways, ("[first]", "[second]", "[third]"), strict=True))
    count, found = found_on(Led({"/library": index, **lists}))
    assert (count, found.gaps, found.complete) == (15, (), True)


TEXT = "<p>The water was tested in spring and in autumn, and forty families were asked what they had seen of it.</p>"


def test_two_pages_are_read_to_tell_documents_from_lists_and_none_once_they_are_held() -> None:
    rows = "".join(
        f"<li><a href='/d/{n}-what-the-wells-of-the-valley-hold'>What wells hold, {n}</a></li>" for n in range(9)
    )
    related = "".join(
        f"<li><a href='/d/{n}-another-report-of-the-valley'>Another report {n}</a></li>" for n in range(5)
    )
    document = f"<h1>What wells hold</h1>{TEXT * 9}<h2>Related</h2><ul>{related}</ul>"
    pages = {f"/d/{n}-what-the-wells-of-the-valley-hold": document for n in range(9)}
    with serve(Led({"/library": f"<ul>{rows}</ul>", **pages})) as site:
        found = harvest(site, alone=True)
        assert (len(found.links), len(site.asked)) == (9, 3)
        harvest(site, Store(found), alone=True, since="2026-01-15T00:00:00Z")
        assert len(site.asked) == 1


@pytest.mark.parametrize("index", ["topics", "cards", "issues of a journal"])
def test_what_was_taken_down_is_not_asked_for_to_tell(index: str) -> None:
    pattern, numbers = ELSEWHERE.get(index, ("", ()))
    rows = INDEXES.get(index) or "".join(pattern.format(number, number) for number in numbers)
    ways = PARTS.get(index) or tuple(f"/issue/view/{number}" for number in numbers)
    with serve(Led({"/library": rows, **dict(zip(ways, ("[first]", "[second]", "[third]"), strict=True))})) as site:
        refused = {identity(site.url + ways[0])}

        async def forgotten(identities: Collection[str]) -> set[str]:
            return refused & set(identities)

        found = harvest(site, alone=True, forgotten=forgotten)
        assert {identity(link.url) for link in found.links} == {identity(site.address(i)) for i in site.items[5:]}
        assert ways[0] not in [path.partition("?")[0] for path in site.asked]


def test_a_document_that_names_related_ones_is_kept_beside_them() -> None:
    topics = INDEXES["cards"].replace("/'>", "'>")
    site = Led(
        {
            "/library": topics,
            "/library/trade": "[second]",
            "/library/water": "[all]",
            "/library/land": f"{TEXT * 9}[first]",
        }
    )
    with serve(site):
        found = {identity(link.url) for link in harvest(site, alone=True).links}
        assert found == {*(identity(site.address(item)) for item in site.items), identity(f"{site.url}/library/land")}


def test_pages_without_documents_that_lead_to_none_are_no_documents() -> None:
    links = "<p><a href='/who'>Who</a> <a href='/where'>Where</a></p>"
    with pytest.raises(SourceError, match="no documents are listed"):
        found_on(Led({"/library": links, "/who": TEXT, "/where": TEXT}))


def test_an_index_of_indexes() -> None:
    years = "".join(
        f"<li><a href='/library/senate/{{}}'>{year}</a></li>".format(year) for year in ("2020-21", "2019/20")
    )
    committees = (
        "<ul><li><a href='/library/senate'>Senate Committee</a></li><li><a href='/library/court'>Court</a></li></ul>"
    )
    pages = {"/library/senate": f"<ul>{years}</ul>", "/library/senate/2020-21": "[first]", "/library/court": "[third]"}
    assert found_on(Led({"/library": committees, "/library/senate/2019/20": "[second]", **pages}))[0] == 15


def test_the_areas_of_a_map_lead_to_lists() -> None:
    areas = "".join(f"<area href='/library/{name}' alt='{name.title()}'>" for name in ("north", "south", "isles"))
    lists = zip(("north", "south", "isles"), ("[first]", "[second]", "[third]"), strict=True)
    pages = {f"/library/{name}": part for name, part in lists}
    assert found_on(Led({"/library": f"<img usemap='#m' src='m.png'><map name='m'>{areas}</map>", **pages}))[0] == 15
