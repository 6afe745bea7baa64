"""The sites of the sources that are shipped, made out of the page that is saved of each: forty documents, its listing.

A saved page becomes forty by a number in its title, its address, its paragraphs and its files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import urlsplit

from pipeline.config import Source
from pipeline.extract.corpus import Corpus
from tests.sites.apis import DspaceSite, WordpressSite
from tests.sites.documents import Item
from tests.sites.keyed import small_pdf
from tests.sites.server import NOT_FOUND, Answer, Site

CARDS = {
    "business-humanrights": "<div class='card'><a class='card__main-link' href='{url}'>{title}</a></div>",
    "reliefweb": "<article class='rw-river-article--report'><h3><a href='{url}'>{title}</a></h3></article>",
    "human-rights-watch": "<h3 class='media-block__title'><a href='{url}'>{title}</a></h3>",
}
"""What stands in a listing for a document, where the source follows its links."""


class ShippedSite(Site):
    """The site of one source."""

    count = 26

    def __init__(self, name: str, source: Source, corpus: Corpus) -> None:
        super().__init__()
        self.source = source
        self.host = urlsplit(source.start[0]).netloc
        slugs = [slug for slug in corpus.slugs() if slug.startswith(f"{name}/")]
        slug = max(slugs, key=lambda slug: len(corpus.page(slug).content))
        self.saved = corpus.page(slug)
        self.title = str(corpus.expected(slug)["title"])
        self.card = CARDS.get(name, "")
        self.api: Site | None = None
        if source.discover in ("wordpress", "dspace"):
            self.api = WordpressSite() if source.discover == "wordpress" else DspaceSite()
            self.api.items = self.items
            self.api.address = self.address  # type: ignore[method-assign]

    def address(self, item: Item) -> str:
        path = urlsplit(self.saved.url).path
        if self.source.discover == "dspace":
            return f"http://{self.host}/items/{item.uuid}"
        if self.source.discover == "marcxml":
            return f"http://{self.host}/record/{4_100_000 + item.number}"
        if "/asa99/0042/" in path:
            return f"http://{self.host}{path.replace('0042', f'{item.number:04}')}"
        return f"http://{self.host}{path.rstrip('/')}-{item.number}{'/' if path.endswith('/') else ''}"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if (item := self.item_at(path)) is not None:
            return Answer(self.page(item))
        if path.lower().endswith(".pdf") or "/download" in path:
            return Answer(small_pdf(1), "application/pdf")
        if self.api is not None:
            self.api.url = f"http://{self.host}"
            return self.api.answer(path, query)
        if path == "/sitemap.xml":
            rows = "".join(f"<url><loc>{self.address(item)}</loc></url>" for item in self.items)
            return Answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>', "text/xml")
        if query.get("of") == "xm":
            return Answer(self.records(), "text/xml")
        if path == urlsplit(self.source.start[0]).path:
            cards = "".join(
                self.card.format(url=self.address(item), title=f"{escape(self.title)} {item.number}")
                for item in self.items
            )
            return Answer(f"<html><head><title>Library</title></head><body><main>{cards}</main></body></html>")
        return NOT_FOUND

    def records(self) -> str:
        rows = "".join(
            f'<record><controlfield tag="001">{4_100_000 + item.number}</controlfield></record>' for item in self.items
        )
        total = f"<!-- Search-Engine-Total-Number-Of-Results: {len(self.items)} -->"
        return f'<?xml version="1.0"?>{total}<collection xmlns="http://www.loc.gov/MARC21/slim">{rows}</collection>'

    def page(self, item: Item) -> str:
        """Return the saved page with a document's number all over it."""
        html = self.saved.content.decode("utf-8").replace("https://", "http://")
        old, new = urlsplit(self.saved.url), urlsplit(self.address(item))
        html = html.replace(f"{old.netloc}{old.path}", f"{new.netloc}{new.path}")
        for title in {self.title, escape(self.title), escape(self.title, quote=False)}:
            html = re.sub(re.escape(title), f"{title} {item.number}", html)
        html = re.sub(r"(\.pdf)(?=[\"'?#])", rf"-{item.number}\1", html, flags=re.IGNORECASE)
        return html.replace("</p>", f" This was case {item.number} of the register.</p>")
