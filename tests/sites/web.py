"""Sites that tell of their documents by web pages, feeds, sitemaps and plain directories."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from html import escape
from typing import ClassVar
from urllib.parse import quote

from tests.sites.documents import Item, english_date, pdf
from tests.sites.pages import declared, frame, labelled
from tests.sites.server import NOT_FOUND, Answer, Site


class ListingSite(Site):
    """Pages of ten cards, after two featured ones that stand on every page.

    Args:
        past_end: what the page after the last is: 404, 400, empty, last (again), first (again) or redirect (to the first).
        pager: how the next page is named: word, rel, number, class, button (load more, `?page=N`), script, data.
        shift: what happens once the second page was read: None, add or remove.
        endless: whether the next link stands on the last page and after it too.
    """

    mechanism = "listing"
    start = "/resources"
    keys: ClassVar[Mapping[str, str]] = {"follow": "h3 a"}
    per_page = 10

    def __init__(
        self, past_end: str = "404", pager: str = "word", shift: str | None = None, endless: bool = False
    ) -> None:
        super().__init__()
        self.past_end, self.pager, self.shift, self.endless = past_end, pager, shift, endless

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/resources":
            return self.listing(int(query.get("page", "1")))
        if (item := self.item_at(path.rstrip("/"))) is not None:
            related = [other for other in self.items if other.number % 20 == item.number % 20][:3]
            return Answer(labelled(self, item, related))
        if path == "/":
            return Answer(
                frame("The Morra Centre", "<h1>Welcome</h1><p><a href='/resources'>All our resources</a></p>")
            )
        return self.file(path) or NOT_FOUND

    def listing(self, number: int) -> Answer:
        if self.shift and number == 3:
            self.add(1) if self.shift == "add" else self.remove(self.items[0].number)
            self.shift = None
        pages = -(-len(self.items) // self.per_page)
        if number > pages:
            match self.past_end:
                case "404":
                    return NOT_FOUND
                case "400":
                    return Answer('{"error": "no such page"}', "application/json", 400)
                case "redirect":
                    return Answer(status=302, headers={"Location": "/resources"})
                case "last":
                    return self.page(pages, pages)
                case "first":
                    return self.page(1, pages)
        return self.page(number, pages)

    def page(self, number: int, pages: int) -> Answer:
        shown = self.items[(number - 1) * self.per_page : number * self.per_page]
        featured = [item for item in self.items if item.number in (5, 23)]
        cards = "".join(self.card(item, featured=True) for item in featured) + "".join(
            self.card(item) for item in shown
        )
        body = f"<h1>Resources</h1><div class='results'>{cards}</div>{self.next_link(number, pages)}"
        return Answer(frame("Resources – The Morra Centre", body, head=self.head(number, pages)))

    def card(self, item: Item, featured: bool = False) -> str:
        # The same document under several addresses, as editors and campaigns write them.
        href = (
            f"/resources/{item.slug}",
            f"{self.address(item)}?utm_source=list",
            f"resources/{item.slug}/",
            f"/x/../resources/{item.slug}#top",
        )
        kind = "card card--featured" if featured else "card"
        return (
            f"<article class='{kind}'><a href='/topics/{item.slug.split('-')[0]}'>{item.slug.split('-')[0]}</a>"
            f"<h3><a href='{href[item.number % 4]}'>{escape(item.title)}</a></h3><p class='date'>{english_date(item.date)}</p>"
            f"<p>{escape(item.paragraphs[0][:120])}…</p><a href='/authors/{item.number % 5}'>More by this author</a></article>"
        )

    def head(self, number: int, pages: int) -> str:
        onward = number < pages or self.endless
        return f"<link rel='next' href='/resources?page={number + 1}'>" if self.pager == "rel" and onward else ""

    def next_link(self, number: int, pages: int) -> str:
        href = f"/resources?page={number + 1}"
        if number >= pages and not self.endless:
            return f"<div class='pager'><a href='/resources?page={number - 1}'>Previous</a></div>" if number > 1 else ""
        match self.pager:
            case "word":
                return f"<div class='foot'><a href='/resources?page={max(number - 1, 1)}'>‹ Previous</a> <a href='{href}'>Next ›</a></div>"
            case "number":
                links = "".join(
                    f"<b>{n}</b>" if n == number else f"<a href='/resources?page={n}'>{n}</a>"
                    for n in range(1, pages + 1 + self.endless)
                    if abs(n - number) <= 2 or n in (1, pages)
                )
                return f"<p>{links}</p>"
            case "class":
                return f"<ul class='pager'><li class='pager-next'><a href='{href}'><img src='/arrow.png' alt=''></a></li></ul>"
            case "button":
                return "<button class='explore__load-more button'>Load more</button>"
            case "data":
                return f"<button class='more-button' data-url='{href}&amp;view=cards'>もっと見る</button>"
            case "script":
                return "<button id='load-more'>Show more</button><script>fetch('/resources?page=' + (n + 1))</script>"
        return ""


class FeedSite(Site):
    """An Atom feed of twenty entries a page (RFC 5005), named by the home page, with escaped and marked-up titles."""

    mechanism = "feed"
    start = "/"
    keys: ClassVar[Mapping[str, str]] = {"discover": "feed"}
    per_page = 20

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/":
            head = '<link rel="alternate" type="application/atom+xml" href="/feed.atom"><link rel="alternate" type="application/atom+xml" title="Comments" href="/comments.atom">'
            return Answer(frame("The Morra Centre", "<h1>Welcome</h1><p>Our work is in the feed.</p>", head))
        if path == "/feed.atom":
            return self.feed(int(query.get("page", "1")))
        if (item := self.item_at(path)) is not None:
            return Answer(declared(self, item))
        return self.file(path) or NOT_FOUND

    def feed(self, number: int) -> Answer:
        shown = self.items[(number - 1) * self.per_page : number * self.per_page]
        onward = (
            f'<link rel="next" href="{self.url}/feed.atom?page={number + 1}"/>'
            if number * self.per_page < len(self.items)
            else ""
        )
        entries = "".join(
            f"<entry><id>tag:morra,{item.number}</id><title type='html'>{escape(escape(item.title))}</title>"
            f"<link rel='alternate' href='{self.address(item)}?utm_medium=feed&amp;utm_source=atom'/>"
            + "".join(f"<author><name>{escape(name)}</name></author>" for name in item.authors)
            + f"<published>{item.date}T22:30:00-03:00</published><updated>{self.modified(item)}</updated></entry>"
            for item in shown
        )
        feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Morra</title><author><name>The Morra Centre</name></author>{onward}{entries}</feed>'
        return Answer(f'\n<?xml version="1.0" encoding="utf-8"?>{feed}', "application/atom+xml")


class SitemapSite(Site):
    """robots.txt names an index of gzip'd sitemaps, one a decade of documents, beside those of topics and authors."""

    mechanism = "sitemap"
    start = "/"
    keys: ClassVar[Mapping[str, str]] = {"discover": "sitemap"}
    per_map = 20

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/":
            return Answer(frame("The Morra Centre", "<h1>Welcome</h1><div id='app'></div>"))
        if path == "/robots.txt":
            return Answer(f"User-agent: *\nDisallow: /admin\n\nSitemap: {self.url}/sitemap_index.xml\n", "text/plain")
        if path == "/sitemap_index.xml":
            return self.index()
        if path.startswith("/sitemap-resources-"):
            return self.map(int(path.removeprefix("/sitemap-resources-").removesuffix(".xml.gz")))
        if path == "/sitemap-taxonomies.xml":
            return self.xml("urlset", [f"<url><loc>{self.url}/topics/{n}</loc></url>" for n in range(40)])
        if path == "/sitemap-pages.xml":
            return self.xml("urlset", [f"<url><loc>{self.url}/{name}</loc></url>" for name in ("", "about", "contact")])
        if (item := self.item_at(path)) is not None:
            return Answer(declared(self, item))
        return self.file(path) or NOT_FOUND

    def maps(self) -> dict[int, list[Item]]:
        maps: dict[int, list[Item]] = {}
        for item in reversed(self.items):
            maps.setdefault((item.number - 1) // self.per_map, []).append(item)
        return maps

    def index(self) -> Answer:
        rows = [
            f"<sitemap><loc>{self.url}/sitemap-resources-{n}.xml.gz</loc><lastmod>{max(self.modified(i) for i in items)}</lastmod></sitemap>"
            for n, items in self.maps().items()
        ]
        rows.append(f"<sitemap><loc>{self.url}/sitemap-taxonomies.xml</loc></sitemap>")
        rows.append(f"<sitemap><loc>{self.url}/sitemap-pages.xml</loc><lastmod>2015-01-01</lastmod></sitemap>")
        return self.xml("sitemapindex", rows)

    def map(self, number: int) -> Answer:
        items = self.maps().get(number)
        if items is None:
            return NOT_FOUND
        rows = [f"<url><loc>{self.address(i)}</loc><lastmod>{self.modified(i)}</lastmod></url>" for i in items]
        xml = self.xml("urlset", rows).body
        assert isinstance(xml, str)
        return Answer(gzip.compress(xml.encode(), mtime=0), "application/gzip")

    def xml(self, root: str, rows: Sequence[str]) -> Answer:
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        return Answer(body + "".join(rows) + f"</{root}>", "application/xml")


class DirectorySite(Site):
    """PDFs in a directory a year, as a web server lists them; the names hold blanks, `&` and accents."""

    mechanism = "directory"
    start = "/pub/"
    keys: ClassVar[Mapping[str, str]] = {"discover": "directory"}

    def address(self, item: Item) -> str:
        return f"{self.url}/pub/{item.date[:4]}/{quote(self.name(item))}"

    def name(self, item: Item) -> str:
        return ("Report {n}.pdf", "Rapport & annexes {n}.PDF", "Informe {n} – región.pdf", "report-{n}.pdf")[
            item.number % 4
        ].format(n=item.number)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        for item in self.items:
            if path == f"/pub/{item.date[:4]}/{self.name(item)}":
                return Answer(
                    pdf(item.number), "application/pdf", headers={"Last-Modified": "Mon, 05 Jan 2026 10:00:00 GMT"}
                )
        years = sorted({item.date[:4] for item in self.items})
        if path == "/pub/":
            rows = [(f"{year}/", "2026-01-05 10:00") for year in years] + [("logo.png", "2015-01-01 00:00")]
            return Answer(self.index("/pub/", rows))
        for year in years:
            if path == f"/pub/{year}/":
                rows = [(self.name(i), f"{self.modified(i)[:10]} 08:00") for i in self.items if i.date[:4] == year]
                return Answer(self.index(path, sorted(rows)))
        return NOT_FOUND

    def index(self, path: str, rows: Sequence[tuple[str, str]]) -> str:
        lines = "".join(
            f'<tr><td><a href="{quote(name)}">{escape(name[:20])}..&gt;</a></td><td align="right">{time}  </td><td>1.2M</td></tr>'
            for name, time in rows
        )
        sort = "".join(f'<th><a href="?C={c};O=A">{c}</a></th>' for c in "NMSD")
        up = '<tr><td><a href="../">Parent Directory</a></td></tr>'
        return f"<html><head><title>Index of {path}</title></head><body><h1>Index of {path}</h1><table><tr>{sort}</tr>{up}{lines}</table></body></html>"
