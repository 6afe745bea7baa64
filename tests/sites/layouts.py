"""Listings in layouts that no rule was written for: a seed decides how the site is built, page, card, pager and all."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import random
from collections.abc import Mapping
from html import escape

from tests.sites.documents import Item, english_date, pdf
from tests.sites.server import NOT_FOUND, Answer, Site

MADE_UP = ("zel", "qua", "mor", "tib", "lun", "ost", "pra", "vek", "dro", "fim", "gal", "hux")
NEXT = (
    "Next",
    "Next page »",
    "Suivant ›",
    "Siguiente",
    "Weiter",
    "Próxima página",
    "次へ",
    "下一页",
    "Следующая",
    "التالي",
    "Older posts",
    "Volgende",
)
MORE = ("Read more", "Lire la suite", "Leer más", "Weiterlesen", "続きを読む", "Full text")


class RandomSite(Site):
    """A site whose markup, classes, addresses and paging follow from a seed."""

    start = "/archive"

    def __init__(self, seed: int) -> None:
        super().__init__()
        choose = random.Random(seed)
        self.names = ["".join(choose.sample(MADE_UP, 2)) for _ in range(20)]
        self.card_kind = choose.choice(["article", "li", "div", "tr", "dl", "wrap"])
        self.heading = choose.choice(["h2", "h3", "h4", "span", "strong", ""])
        self.shape = choose.choice(["slug", "year", "html", "query", "node", "file", "language"])
        self.pager = choose.choice(["next", "numbers", "rel", "path", "offset", "more", "data", "arrow"])
        self.next_word = choose.choice(NEXT)
        self.more_word = choose.choice(["", *MORE])
        self.image = choose.random() < 0.5
        self.tags = choose.random() < 0.5
        self.summary = choose.random() < 0.6
        self.dated = choose.random() < 0.8
        self.sidebar = choose.random() < 0.5
        self.semantic = choose.random() < 0.5
        self.featured = choose.random() < 0.3
        self.per_page = choose.choice([4, 6, 7, 10, 12, 20, 25])
        self.events = choose.random() < 0.4
        self.themes = choose.random() < 0.4
        self.experts = choose.random() < 0.4
        self.by_year = choose.random() < 0.25
        self.page_style = choose.choice(["labels", "time", "meta", "byline"])

    def address(self, item: Item) -> str:
        path = {
            "slug": f"/library/{item.slug}/",
            "year": f"/{item.date[:4]}/{item.date[5:7]}/{item.slug}",
            "html": f"/docs/{item.slug}.html",
            "query": f"/view.php?id={item.number}",
            "node": f"/node/{item.number}",
            "file": f"/uploads/{item.date[:4]}/{item.slug}.pdf",
            "language": f"/{item.language}/publication/{item.slug}",
        }[self.shape]
        return self.url + path

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/archive" or path.startswith("/archive/page/"):
            number = (
                int(path.removeprefix("/archive/page/").rstrip("/")) if path != "/archive" else int(query.get("p", "1"))
            )
            number = int(query.get("start", "0")) // self.per_page + 1 if self.pager == "offset" else number
            number = int(query.get("page", str(number)))
            return self.listing(number)
        if path == "/view.php":
            item = next((i for i in self.items if str(i.number) == query.get("id")), None)
        else:
            item = self.item_at(path)
        if item is None:
            return self.file(path) or NOT_FOUND
        return Answer(pdf(item.number), "application/pdf") if self.shape == "file" else Answer(self.document(item))

    def listing(self, number: int) -> Answer:
        pages = -(-len(self.items) // self.per_page)
        if not 1 <= number <= pages:
            return NOT_FOUND
        shown = self.items[(number - 1) * self.per_page : number * self.per_page]
        n, cards = self.names, ""
        for place, item in enumerate(shown):
            if (
                self.by_year
                and self.card_kind not in ("li", "tr")
                and (not place or item.date[:4] != shown[place - 1].date[:4])
            ):
                cards += f"<h2>{item.date[:4]}</h2>"
            cards += self.card(item, place)
        wrapper = {
            "li": f"<ul class='{n[0]}'>{cards}</ul>",
            "tr": f"<table class='{n[0]}'><tbody>{cards}</tbody></table>",
        }
        listed = wrapper.get(self.card_kind, f"<div class='{n[0]}'>{cards}</div>")
        if self.featured:
            top = self.items[-1]
            listed = f"<div class='{n[8]}'><h2><a href='{self.address(top)}'>{escape(top.title)}</a></h2></div>{listed}"
        return Answer(
            self.frame("Archive", f"<h1>Archive</h1>{self.theme_list()}{listed}{self.pagination(number, pages)}")
        )

    def card(self, item: Item, place: int) -> str:
        n, href = self.names, self.address(item)
        parts = []
        if self.image:
            parts.append(f"<a class='{n[1]}' href='{href}'><img src='/images/{item.number}.jpg' alt=''></a>")
        if self.dated:
            parts.append(f"<div class='{n[2]}'>{english_date(item.date)}</div>")
        text = escape(item.title)
        titled = f"<{self.heading} class='{n[3]}'>{text}</{self.heading}>" if self.heading else text
        if self.card_kind == "wrap":
            return f"<a class='{n[4]} {n[5]}' href='{href}'>{''.join(p for p in parts if '<a' not in p)}{titled}</a>"
        link = f"<a href='{href}'>{text}</a>"
        parts.append(f"<{self.heading} class='{n[3]}'>{link}</{self.heading}>" if self.heading else link)
        if self.summary:
            parts.append(f"<p class='{n[6]}'>{escape(item.paragraphs[0][:150])}</p>")
        if self.tags:
            parts.append(
                f"<div class='{n[7]}'><a href='/subject/{item.number % 6}'>Subject {item.number % 6}</a></div>"
            )
        if self.experts:
            parts.append(
                f"<p class='{n[16]}'>"
                + ", ".join(f"<a href='/experts/{name.lower().replace(' ', '-')}'>{name}</a>" for name in item.authors)
                + "</p>"
            )
        if self.more_word:
            parts.append(f"<a class='{n[9]}' href='{href}'>{self.more_word}</a>")
        if item.has_pdf and self.shape != "file":
            parts.append(f"<a href='{self.file_address(item)}'>PDF</a>")
        odd = ("odd", "even")[place % 2]
        if self.card_kind == "tr":
            return f"<tr class='{odd}'>" + "".join(f"<td>{part}</td>" for part in parts) + "</tr>"
        if self.card_kind == "dl":
            return f"<dl class='{n[4]}'><dt>{''.join(parts)}</dt><dd></dd></dl>"
        return f"<{self.card_kind} class='{n[4]} {odd} {n[5]}-{item.number}'>{''.join(parts)}</{self.card_kind}>"

    def theme_list(self) -> str:
        """Return links to themes, in the middle of the page."""
        if not self.themes:
            return ""
        words = (
            "Land and water",
            "Workers and their rights",
            "Trade, finance and tax",
            "Climate and energy",
            "Women in supply chains",
            "Courts and remedies",
        )
        links = "".join(f"<li><a href='/in-focus/{k}'>{words[k]}</a></li>" for k in range(6))
        return f"<p>Browse by theme</p><ul class='{self.names[19]}'>{links}</ul>"

    def pagination(self, number: int, pages: int) -> str:
        n, last = self.names, number >= pages
        href = {
            "path": f"/archive/page/{number + 1}/",
            "offset": f"/archive?start={number * self.per_page}",
            "next": f"?p={number + 1}",
        }.get(self.pager, f"/archive?page={number + 1}")
        if self.pager == "numbers":
            return (
                f"<div class='{n[10]}'>"
                + " ".join(
                    f"<a href='?page={k}'>{k}</a>" if k != number else f"<span>{k}</span>" for k in range(1, pages + 1)
                )
                + "</div>"
            )
        if self.pager == "more":
            return "<button class='x'>Load more</button>" if not last else ""
        if self.pager == "data":
            return f"<a class='{n[10]}' data-url='{href}' href='#'>Show more</a>" if not last else ""
        if last:
            return ""
        if self.pager == "rel":
            return f"<a rel='next' class='{n[10]}' href='{href}'><i></i></a>"
        word = "›" if self.pager == "arrow" else self.next_word
        return f"<div class='pagination'><a class='{n[10]}' href='{href}'>{word}</a></div>"

    def frame(self, title: str, main: str) -> str:
        n = self.names
        menu = "".join(
            f"<li><a href='/{word.lower().replace(' ', '-')}'>{word}</a></li>"
            for word in ("About us", "Our people and partners", "What we do", "Contact", "Support our work today")
        )
        top = f"<nav>{menu}</nav>" if self.semantic else f"<div class='{n[11]} menu'><ul>{menu}</ul></div>"
        foot = f"<footer><ul>{menu}</ul></footer>" if self.semantic else f"<div id='footer'><ul>{menu}</ul></div>"
        side = "".join(f"<li><a href='{self.address(item)}'>{escape(item.title)}</a></li>" for item in self.items[:3])
        aside = f"<aside><h3>Most read</h3><ul>{side}</ul></aside>" if self.sidebar else ""
        if self.events:
            events = "".join(
                f"<div class='{n[18]}'><a href='/calendar/{k}'>Public hearing number {k} on the river basin and its users</a> 1{k} May 2026</div>"
                for k in range(8)
            )
            main += f"<div class='{n[17]}'><b>Coming up</b>{events}</div>"
        body = f"<main class='{n[12]}'>{main}</main>" if self.semantic else f"<div class='{n[12]}'>{main}</div>"
        return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(title)}</title></head><body>{top}{body}{aside}{foot}</body></html>"

    def document(self, item: Item) -> str:
        n, names = self.names, escape(", ".join(item.authors))
        text = "".join(f"<p>{escape(p)}</p>" for p in item.paragraphs)
        head = {
            "labels": f"<p class='{n[13]}'>Author: {names}</p><p class='{n[14]}'>Published: {english_date(item.date)}</p>",
            "time": f"<p class='{n[13]}'>By {names}</p><time datetime='{item.date}'>{english_date(item.date)}</time>",
            "byline": f"<div class='{n[13]}'>By {names} | {english_date(item.date)}</div>",
            "meta": "",
        }[self.page_style]
        meta = (
            f"<meta name='DC.date' content='{item.date}'><meta name='DC.creator' content='{names}'>"
            if self.page_style == "meta"
            else ""
        )
        file = f"<p><a href='{self.file_address(item)}'>Download (PDF)</a></p>" if item.has_pdf else ""
        page = self.frame(item.title, f"<h1>{escape(item.title)}</h1>{head}<div class='{n[15]}'>{text}{file}</div>")
        return page.replace("</head>", f"{meta}</head>").replace("<html>", f"<html lang='{item.language}'>")
