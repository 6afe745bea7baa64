"""A site that needs the keys of a source's configuration: what a key is for stands where only that key leads.

Every path begins with the name of a part of the site; each part is about some keys.
"""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape

from tests.pdfs.raw import document as raw_pdf
from tests.pdfs.raw import paragraph
from tests.sites.documents import Item
from tests.sites.server import NOT_FOUND, Answer, Site


class KeyedSite(Site):
    """Sixty documents in each of its parts: listings of twenty, pages, files.

    `marked`  title, author, date, body, files and the links of the listing stand where nothing but a selector leads
    `terse`   dates like 03/04/2019, texts too short to tell their language
    `filed`   every page has an undated file on another host
    `plain`   nothing out of the ordinary; a second listing holds what the first does not
    """

    per_page = 20

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        _, part, *rest = [*path.split("/"), "", ""]
        if rest[0] == "library":
            return self.listing(part, int(query.get("page", "1")))
        item = next((item for item in self.items if str(item.number) == rest[1]), None)
        if item is None:
            return NOT_FOUND
        if rest[0] == "get":
            return Answer(small_pdf(item.number), "application/pdf")
        return Answer(self.page(part, item))

    def listing(self, part: str, number: int) -> Answer:
        shown = self.items[(number - 1) * self.per_page : number * self.per_page]
        cards = "".join(f"<li>{self.card(part, item)}</li>" for item in shown)
        more = f"<a rel='next' href='?page={number + 1}'>Next</a>"
        if part == "marked":
            more = f"<p><a class='zn' href='?page=1'>zel</a> <a class='zg' href='?page={number + 1}'>qua</a></p>"
        return Answer(
            f"<html lang='en'><head><title>Library</title></head><body><ul>{cards}</ul>{more if number < 3 else ''}</body></html>"
        )

    def card(self, part: str, item: Item) -> str:
        href, title = f"/{part}/d/{item.number}", escape(item.title)
        if part == "marked":
            return (
                f"<b data-to='{href}'>{title}</b> <a href='/marked/about/{item.number}'>About the people behind it</a>"
            )
        return f"<h3><a href='{href}'>{title}</a></h3><h3><a href='/{part}/other/{item.number}'>{title}, elsewhere</a></h3>"

    def page(self, part: str, item: Item) -> str:
        n, title = item.number, escape(item.title)
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
        main = f"<h1>{title}</h1><p>Published on: {item.date}</p>{text}"
        if part == "marked":
            main = (
                f"<h1>{title}</h1><div class='zt'>The true name of document {n}</div><p>Published on: {item.date}</p>"
                f"<div class='zd'>{n % 28 + 1} March {1990 + n % 30}</div>{text}"
                f"<div class='zb'><p>This alone is the text of document {n}, in one sentence of its own.</p></div>"
                f"<div class='za'><span>Ana Ruiz</span><span>Ben Okafor</span></div><a class='zf' href='/marked/get/{n}'>Qua</a>"
            )
        elif part == "terse":
            main = f"<h1>Mu {n}</h1><p>Published: 0{n % 9 + 1}/0{n % 8 + 2}/2019</p><p>Mu {n}</p>"
        elif part == "filed":
            main += (
                f"<p><a href='http://files.test/filed/get/{n}' type='application/pdf'>Download the report (PDF)</a></p>"
            )
        return f"<html><head><title>{title if part != 'terse' else 'Mu'}</title></head><body><article>{main}</article></body></html>"


@cache
def small_pdf(number: int) -> bytes:
    """Return a file of one page without a printed date, but with a CreationDate."""
    text = f"Findings on well number {number}. " + "The water was tested twice, in spring and in autumn. " * 4
    info = {"CreationDate": f"D:2018{number % 12 + 1:02}{number % 28 + 1:02}120000Z"}
    return raw_pdf([[*paragraph(f"Report {number} on wells", size=18, y=760), *paragraph(text)]], info=info)
