"""A site that somebody wrote by hand in 1998 and still keeps: tables, no head worth the name, Latin-1."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from tests.sites.documents import Item, english_date
from tests.sites.server import NOT_FOUND, Answer, Site


class HandwrittenSite(Site):
    """One long page with a row a report, and a page a report in the same hand."""

    mechanism = "listing"
    start = "/reports.htm"

    def address(self, item: Item) -> str:
        return f"{self.url}/rep{item.number:03}.htm"

    def file_address(self, item: Item) -> str:
        return f"{self.url}/rep{item.number:03}.pdf"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path in ("/", "/index.htm"):
            links = "<li><a href=reports.htm>Our reports</a><li><a href=links.htm>Links</a><li><a href=guest.htm>Guest book</a>"
            return self.page("The Morra Centre", f"<h2>Welcome to the Morra Centre!</h2><ul>{links}</ul>")
        if path == "/reports.htm":
            rows = "".join(
                f"<tr><td valign=top><img src=dot.gif></td><td><a href=rep{item.number:03}.htm><b>{escape(item.title)}</b></a><br>"
                f"<font size=-1>{escape(', '.join(item.authors))}, {english_date(item.date)}</font></td></tr>\n"
                for item in self.items
            )
            return self.page("Reports", f"<h2>Our reports</h2><table border=0 cellpadding=4>{rows}</table>")
        if (item := self.item_at(path)) is not None:
            text = "".join(f"<p>{escape(paragraph)}\n" for paragraph in item.paragraphs)
            file = f"<p><a href=rep{item.number:03}.pdf>The report as PDF</a>" if item.has_pdf else ""
            return self.page(
                item.title,
                f"<center><h2>{escape(item.title)}</h2></center><p><b>By {escape(', '.join(item.authors))}</b><br>"
                f"<i>{english_date(item.date)}</i>{text}{file}",
            )
        return self.file(path) or NOT_FOUND

    def page(self, title: str, body: str) -> Answer:
        back = "<hr><a href=index.htm>Home</a> | <a href=reports.htm>Reports</a> | <a href=mailto:web@morra.example>Webmaster</a>"
        text = f"<html><head><title>{escape(title)}</title></head><body bgcolor=white>{body}{back}</body></html>"
        return Answer(text.encode("ascii", "xmlcharrefreplace"), "text/html")
