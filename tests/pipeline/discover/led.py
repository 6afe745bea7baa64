"""A site of fifteen documents whose pages a test writes down, and what is found from its start alone."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from pipeline.discover.discover import Discovery
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest
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
        lists = {"all": self.items, "first": self.items[:5], "second": self.items[5:10], "third": self.items[10:15]}
        lists["fourth"] = self.items[15:]
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
