"""Lists in tabs: all of them are read, whether their panels stand in one page or each tab is a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest
from tests.sites import Site, serve
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer

KINDS = ("reports", "briefs")
Markup = Callable[[Sequence[tuple[str, str]]], str]


def as_list(entries: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<li><a href={url!r}>{title}</a> 3 May 2019</li>" for url, title in entries)
    return f"<ul class='found'>{rows}</ul>"


def as_cards(entries: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f"<div class='card'><h3><a href={url!r}>{title}</a></h3><p>3 May 2019</p></div>" for url, title in entries
    )


def as_table(entries: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><td>3 May 2019<td><a href={url!r}>{title}</a>" for url, title in entries)
    return f"<table><tr><th>Date<th>Title{rows}</table>"


class Tabs(Site):
    """Twelve documents, six of each kind, on pages of `per_page`."""

    start = "/library"

    def __init__(self, first: Markup, second: Markup, panel: str = "class='tab-pane'", per_page: int = 6) -> None:
        super().__init__()
        self.items = self.items[:12]
        self.markups, self.panel, self.per_page = dict(zip(KINDS, (first, second), strict=True)), panel, per_page

    def list(self, kind: str, query: Mapping[str, str]) -> str:
        number = int(query.get(f"{kind}_page", "1"))
        items = self.items[6 * KINDS.index(kind) :][:6]
        shown = items[(number - 1) * self.per_page : number * self.per_page]
        last = number * self.per_page >= len(items)
        following = "" if last else f"<p class='pager'><a class='next' href='?{kind}_page={number + 1}'>Next</a></p>"
        return self.markups[kind]([(f"/resources/{item.slug}", item.title) for item in shown]) + following

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        bar = "<ul role='tablist'><li><a href='#reports'>Reports</a></li><li><a href='#briefs'>Briefs</a></li></ul>"
        panels = "".join(f"<div {self.panel} id='{kind}'>{self.list(kind, query)}</div>" for kind in KINDS)
        return Answer(frame("Library", f"<h1>Library</h1>{bar}<div>{panels}</div>"))


class Pages(Tabs):
    """The same, where each tab is a page; `bar` leads to them."""

    def __init__(self, bar: str, default: str = "reports") -> None:
        super().__init__(as_list, as_cards)
        self.bar, self.default = bar, default

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        kind = query.get("type", self.default)
        lists = [self.list(one, query) for one in (KINDS if kind == "all" else (kind,))]
        bar = self.bar.replace(f"class='{kind}'", "class='active'")
        return Answer(frame("Library", f"<h1>Library</h1>{bar}{''.join(lists)}"))


BAR = (
    "<ul class='nav nav-tabs'><li class='reports'>{}</li><li class='briefs'><a href='?type=briefs'>Briefs</a></li></ul>"
)


class Paths(Pages):
    """The same, where each tab has a path of its own, as the site's other sections have."""

    start = "/library/reports"

    def __init__(self) -> None:
        names = (*KINDS, "contact")
        super().__init__(
            "<ul class='nav nav-tabs'>"
            + "".join(f"<li class='{n}'><a href='/library/{n}'>{n}</a></li>" for n in names)
            + "</ul>"
        )
        self.markups = dict.fromkeys(KINDS, as_cards)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/library/contact":
            letters = "".join(
                f"<p><a href='/letter/{n}'>Write to the office of the town, {n}</a></p>" for n in range(9)
            )
            return Answer(frame("Contact", self.bar + letters))
        kind = path.rpartition("/")[2]
        return super().answer(path, {**query, "type": kind}) if kind in KINDS else NOT_FOUND


SITES: dict[str, Callable[[], Site]] = {
    "panels alike": lambda: Tabs(as_list, as_list),
    "a list and cards": lambda: Tabs(as_list, as_cards),
    "a table and a list": lambda: Tabs(as_table, as_list, "role='tabpanel'"),
    "cards and a table": lambda: Tabs(as_cards, as_table, "class='tabs__panel'"),
    "panels with pagers": lambda: Tabs(as_list, as_list, per_page=2),
    "tabs are pages": lambda: Pages(BAR.format("<a href='/library'>Reports</a>")),
    "tabs have paths": Paths,
    "tabs are pages, each named": lambda: Pages(
        BAR.format("<a href='?type=reports'>Reports</a>").replace("nav nav-tabs", "tabs")
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_the_lists_of_all_tabs_are_read(name: str) -> None:
    with serve(SITES[name]()) as site:
        found = harvest(site, alone=True)
        assert {identity(link.url) for link in found.links} == {identity(site.address(item)) for item in site.items}
        assert (found.gaps, found.failures, found.complete) == ((), (), True)


def test_a_tab_that_shows_all_has_no_others_beside_it() -> None:
    bar = BAR.format("<a href='?type=all'>All</a>").replace("'reports'", "'all'")
    with serve(Pages(bar, default="all")) as site:
        found = harvest(site, alone=True)
        assert len(found.links) == 12
        assert not any("briefs" in path for path in site.asked)
