"""Whole sites that no rule was written for: a seed decides how the listing and the documents' pages are built.

The pages hold what real ones do to mislead: a second date, related documents with dates of their own, the site's name
as a heading, metadata of the template instead of the document, names of classes that mean nothing.
"""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from html import escape

from tests.sites.documents import Item, english_date
from tests.sites.layouts import RandomSite
from tests.sites.server import Answer

SITE = "The Morra Centre"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LABELS = ("", "", "Published", "Date", "Publication date", "Issued on", "Zelmora", "Quavek day")
AUTHOR_LABELS = ("", "", "By", "Author", "Authors", "Written by", "Lunost", "Ostpra")
OTHER_DATES = ("Last updated", "Modified", "Next review", "Deadline for comments")


class VariedSite(RandomSite):
    """A site whose documents' pages vary as its listing does."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        choose = random.Random(f"documents {seed}")
        self.shape = choose.choice(["slug", "year", "html", "query", "node", "language"])
        self.title_as = choose.choice(["h1", "h1", "h1 last", "h2", "div", "h1 span"])
        self.head_title = choose.choice(["title – site", "site | title", "title", "site"])
        self.og = choose.choice(["", "", "title", "site"])
        self.date_as = choose.choice(["long", "american", "short", "iso", "dots", "slashes", "time", "relative"])
        self.date_at = choose.choice(["before", "after", "after", "end", "facts", "dl", "table", "byline"])
        self.date_label = choose.choice(LABELS)
        self.author_as = choose.choice(["line", "line", "links", "list", "spans"])
        self.author_label = choose.choice(AUTHOR_LABELS)
        self.other_date = choose.choice(["", "", *OTHER_DATES])
        self.declares = choose.choice(["", "", "", "json-ld", "modified", "site date", "dc"])
        self.related = choose.random() < 0.5
        self.comments = choose.random() < 0.3
        self.divs = choose.random() < 0.5
        self.named = choose.random() < 0.4
        """Whether some classes mean what they say."""
        words = ["title", "date", "author", "body", "meta", "facts", "related"]
        self.css = {
            word: (word if self.named else "".join(choose.sample(["ba", "ko", "mi", "tu", "re", "zo"], 3)))
            for word in words
        }

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/":
            return Answer(self.frame(SITE, "<h1>Welcome</h1><p><a href='/archive'>All publications</a></p>"))
        return super().answer(path, query)

    def printed(self, day: date) -> str:
        """Return a day as this site prints it."""
        iso, month = day.isoformat(), MONTHS[day.month - 1]
        return {
            "long": english_date(iso),
            "american": f"{month} {day.day}, {day.year}",
            "short": f"{day.day} {month} {day.year}",
            "iso": iso,
            "dots": f"{day.day:02}.{day.month:02}.{day.year}",
            "slashes": f"{day.day:02}/{day.month:02}/{day.year}",
            "time": f"<time datetime='{iso}'>{english_date(iso)}</time>",
            "relative": f"<time datetime='{iso}T09:30:00+00:00'>{(date(2026, 6, 1) - day).days // 30} months ago</time>",
        }[self.date_as]

    def card(self, item: Item, place: int) -> str:
        day = date.fromisoformat(item.date)
        return super().card(item, place).replace(english_date(item.date), self.printed(day))

    def document(self, item: Item) -> str:
        css, day = self.css, date.fromisoformat(item.date)
        title = {
            "h2": f"<h2 class='{css['title']}'>{escape(item.title)}</h2>",
            "div": f"<div class='{css['title']}'>{escape(item.title)}</div>",
            "h1 span": f"<h1><span class='{css['title']}'>{escape(item.title)}</span></h1>",
        }.get(self.title_as, f"<h1 class='{css['title']}'>{escape(item.title)}</h1>")
        dated, signed = self.date_line(day), self.author_line(item)
        other = ""
        if self.other_date:
            other = f"<p class='{css['meta']}'>{self.other_date}: {self.printed(day + timedelta(days=200 + item.number))}</p>"
        above, below, end = "", "", ""
        if self.date_at == "before" or self.title_as == "h1 last":
            above = other + dated + signed
        elif self.date_at == "end":
            below, end = signed, f"<div class='{css['facts']}'>{other}{dated}</div>"
        elif self.date_at == "facts":
            end = f"<div class='{css['facts']}'>{signed}{dated}{other}</div>"
        else:
            below = signed + dated + other
        text = "".join(f"<p>{escape(p)}</p>" for p in item.paragraphs)
        file = f"<p><a href='{self.file_address(item)}'>Download (PDF)</a></p>" if item.has_pdf else ""
        whole = f"{above}{title}{below}<div class='{css['body']}'>{text}{file}</div>{end}"
        tag = "div" if self.divs else "article"
        main = f"<{tag}>{whole}</{tag}>{self.foot(item)}"
        top = f"<h1>{SITE}</h1>" if self.title_as == "h2" else ""
        page = self.frame(self.titled(item), top + main)
        return page.replace("</head>", f"{self.declared(item)}</head>").replace(
            "<html>", f"<html lang='{item.language}'>"
        )

    def titled(self, item: Item) -> str:
        return {
            "title – site": f"{item.title} – {SITE}",
            "site | title": f"{SITE} | {item.title}",
            "title": item.title,
        }.get(self.head_title, SITE)

    def date_line(self, day: date) -> str:
        printed, label, name = self.printed(day), self.date_label, self.css["date"]
        if self.date_at == "dl":
            return f"<dl><dt>{label or 'When'}</dt><dd>{printed}</dd></dl>"
        if self.date_at == "table":
            return f"<table><tr><th>{label or 'When'}</th><td>{printed}</td></tr><tr><th>Place</th><td>Tessia</td></tr></table>"
        return f"<p class='{name}'>{label + ': ' if label else ''}{printed}</p>"

    def author_line(self, item: Item) -> str:
        label, name = self.author_label, self.css["author"]
        before = "By " if label == "By" else f"{label}: " if label else ""
        match self.author_as:
            case "links":
                names = ", ".join(
                    f"<a href='/people/{n.lower().replace(' ', '-')}'>{escape(n)}</a>" for n in item.authors
                )
            case "list":
                names = "".join(f"<li>{escape(n)}</li>" for n in item.authors)
                return f"<div class='{name}'>{before}<ul>{names}</ul></div>"
            case "spans":
                names = " and ".join(f"<span>{escape(n)}</span>" for n in item.authors)
            case _:
                names = escape(", ".join(item.authors))
        return f"<p class='{name}'>{before}{names}</p>"

    def declared(self, item: Item) -> str:
        """Return what the page's head declares, right or of the template."""
        og = {"title": item.title, "site": SITE}.get(self.og)
        head = f"<meta property='og:title' content='{escape(og)}'>" if og else ""
        later = (date.fromisoformat(item.date) + timedelta(days=300)).isoformat()
        match self.declares:
            case "json-ld":
                head += f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"WebPage","dateModified":"{later}"}}</script>'
            case "modified":
                head += f"<meta property='article:modified_time' content='{later}T10:00:00Z'>"
            case "site date":
                head += "<meta name='date' content='2015-03-01'>"
            case "dc":
                head += f"<meta name='DC.date' content='{item.date}'>"
        return head

    def foot(self, item: Item) -> str:
        """Return related documents and comments, each with a date."""
        out, name = "", self.css["related"]
        if self.related:
            others = [other for other in self.items if other.number % 7 == item.number % 7 and other is not item][:3]
            rows = "".join(
                f"<div><a href='{self.address(o)}'>{escape(o.title)}</a> <span>{self.printed(date.fromisoformat(o.date))}</span></div>"
                for o in others
            )
            out += f"<section class='{name}'><h3>More like this</h3>{rows}</section>"
        if self.comments:
            said = date.fromisoformat(item.date) + timedelta(days=9)
            out += f"<div class='comments'><div><b>Ana</b> <i>{self.printed(said)}</i><p>Thank you for this.</p></div></div>"
        return out
