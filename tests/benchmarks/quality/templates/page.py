"""Made pages: a document in the middle, other documents around it, and one of many ways to say who wrote it when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from html import escape

from tests.benchmarks.quality.templates.draw import Draw
from tests.benchmarks.quality.templates.languages import LANGUAGES
from tests.benchmarks.quality.templates.others import AROUND, WITHIN
from tests.benchmarks.quality.templates.unseen import UNSEEN

DATED = (
    "json-ld", "json-ld graph", "article:published_time", "citation", "dc", "microdata", "time", "labelled",
    "labelled list", "unlabelled", "none", "none",
)  # fmt: skip
"""Ways to say when a document was published."""
SIGNED = (
    "json-ld", "json-ld graph", "meta", "citation", "dc", "microdata", "byline", "labelled", "labelled list",
    "class", "none", "none",
)  # fmt: skip
"""Ways to say who wrote a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page with what is true of it."""

    html: str
    url: str
    title: str
    authors: tuple[str, ...]
    day: str | None
    paragraphs: tuple[str, ...]
    foreign: tuple[str, ...]
    """What its text must not hold."""
    dated: str
    signed: str
    language: str


def made(number: int, *, seed: str = "look", unseen: bool = False) -> Made:
    """Return the page of that number; the unseen ones come from other templates, some in other languages."""
    languages = (*LANGUAGES, *UNSEEN) if unseen else LANGUAGES
    draw = Draw(f"{seed} {number}", languages[number // len(DATED) % len(languages)], unseen=unseen)
    document = _Document(draw, DATED[number % len(DATED)], SIGNED[(7 * number + number // len(DATED)) % len(SIGNED)])
    return Made(
        html=document.page(),
        url=f"https://{draw.random.choice(('www.example.org', 'example.net', 'docs.example.com'))}/p/{number}",
        title=document.title,
        authors=document.authors,
        day=document.day.isoformat() if document.day else None,
        paragraphs=tuple(document.paragraphs),
        foreign=tuple(draw.foreign),
        dated=document.dated,
        signed=document.signed,
        language=draw.language.code,
    )


class _Document:
    """One document and the page around it."""

    def __init__(self, draw: Draw, dated: str, signed: str) -> None:
        self.draw, self.dated, self.signed = draw, dated, signed
        self.site = draw.random.choice(draw.language.site)
        self.title = draw.own_title()
        self.day: date | None = None if dated == "none" else draw.day()
        self.authors = () if signed == "none" else tuple(draw.name() for _ in range(draw.random.choice((1, 1, 2))))
        self.paragraphs = draw.own_paragraphs()
        draw.leave(self.authors)
        self._tell()

    def _tell(self) -> None:
        """Put a sentence that tells of another day, or of a person, among the paragraphs."""
        draw = self.draw
        for pattern in draw.random.sample(draw.language.told, draw.random.randint(0, 2)):
            sentence = pattern.format(day=draw.printed(draw.day()), name=draw.name())
            place = draw.random.randrange(len(self.paragraphs))
            self.paragraphs[place] += draw.language.gap + sentence

    def page(self) -> str:
        """Return the whole page."""
        draw = self.draw
        before, beside, after = ([t(draw) for t in draw_some(draw, most)] for most in (1, 2, 3))
        main = draw.template(
            (
                "<main><article>{}</article></main>",
                "<div" + draw.classes("content") + ">{}</div>",
                "<div" + draw.classes("wrapper") + "><div" + draw.classes("main") + ">{}</div></div>",
                "<div id='main'><section>{}</section></div>",
            )
        )
        inner = main.format(self._heading_zone() + self._text() + self._end())
        columns = [f"<div{draw.classes('col')}>{inner}</div>", "".join(beside)]
        if draw.chance(0.3):
            columns.reverse()
        return (
            f'<!DOCTYPE html><html lang="{draw.language.code}"><head><meta charset="utf-8">{self._head()}</head><body>'
            f"{self._menu()}{''.join(before)}<div{draw.classes('row')}>{''.join(columns)}</div>"
            f"{''.join(after)}{self._footer()}</body></html>"
        )

    def _menu(self) -> str:
        draw = self.draw
        items = "".join(f'<li><a href="/{n}">{item}</a></li>' for n, item in enumerate(draw.language.menu))
        name = f"<a href='/'>{self.site}</a>"
        top = draw.template((f"<div{draw.classes('logo')}>{name}</div>", f"<h2{draw.classes('brand')}>{name}</h2>"))
        return draw.template(
            (
                f"<header{draw.classes('header')}>{top}<nav><ul>{items}</ul></nav></header>",
                f"<div{draw.classes('top')}>{top}<ul{draw.classes('menu')}>{items}</ul></div>",
            )
        )

    def _footer(self) -> str:
        draw = self.draw
        text = f"© {draw.random.randrange(2012, 2025)} {self.site}"
        return draw.template(
            (
                f"<footer><p>{text}</p><p>{draw.language.menu[-1]}</p></footer>",
                f"<div{draw.classes('bottom')}>{text}</div>",
            )
        )

    def _head(self) -> str:
        draw = self.draw
        title = draw.template(
            (f"{self.title} | {self.site}", f"{self.title} - {self.site}", f"{self.site}: {self.title}", self.title)
        )
        head = f"<title>{escape(title)}</title>"
        if draw.chance(0.5):
            head += f'<meta property="og:title" content="{escape(self.title)}">'
        if draw.chance(0.4):
            head += f'<meta property="og:site_name" content="{escape(self.site)}">'
        metas: list[tuple[str, str]] = []
        if self.day:
            day = self.day.isoformat()
            metas += {
                "citation": [("citation_publication_date", day.replace("-", "/")), ("citation_title", self.title)],
                "dc": [("DC.date", day), ("DC.title", self.title)],
                "article:published_time": [("article:published_time", f"{day}T09:30:00+00:00")],
            }.get(self.dated, [])
        name = {"meta": "author", "citation": "citation_author", "dc": "DC.creator"}.get(self.signed)
        if name == "author" and self.authors:
            metas.append((name, ", ".join(self.authors)))
        elif name:
            metas += [(name, author) for author in self.authors]
        for key, value in metas:
            attribute = "property" if ":" in key else "name"
            head += f'<meta {attribute}="{key}" content="{escape(value)}">'
        return head + self._json_ld()

    def _json_ld(self) -> str:
        draw = self.draw
        node: dict[str, object] = {"@type": draw.random.choice(("Article", "NewsArticle", "Report", "BlogPosting"))}
        node["headline"] = self.title
        if self.day and self.dated.startswith("json-ld"):
            node["datePublished"] = f"{self.day.isoformat()}T08:00:00Z"
        if self.authors and self.signed.startswith("json-ld"):
            node["author"] = [{"@type": "Person", "name": name} for name in self.authors]
        if len(node) == 2:
            return ""
        whole: dict[str, object] = {"@context": "https://schema.org", **node}
        if "json-ld graph" in (self.dated, self.signed):
            others = [
                {"@type": "Article", "headline": draw.title(), "datePublished": draw.day().isoformat()}
                for _ in range(draw.random.randint(0, 2))
            ]
            nodes = [{"@type": "WebSite", "name": self.site}, node, *others]
            draw.random.shuffle(nodes)
            whole = {"@context": "https://schema.org", "@graph": nodes}
        return f'<script type="application/ld+json">{json.dumps(whole, ensure_ascii=False)}</script>'

    def _heading_zone(self) -> str:
        draw = self.draw
        tag = draw.template(("h1", "h1", "h1", "h2"))
        heading = f"<{tag}{draw.classes('title')}>{escape(self.title)}</{tag}>"
        if draw.chance(0.2):
            heading = f"<div{draw.classes('kicker')}>{draw.language.menu[1]}</div>" + heading
        lines = [line for line in (self._day_line(), self._author_line()) if line]
        draw.random.shuffle(lines)
        zone = draw.template(
            (
                heading + "".join(f"<p{draw.classes('meta')}>{line}</p>" for line in lines),
                f"<header>{heading}<div{draw.classes('meta')}>"
                + "".join(f"<div>{line}</div>" for line in lines)
                + "</div></header>",
                heading + (f"<div{draw.classes('info')}>{' | '.join(lines)}</div>" if lines else ""),
                f"<div{draw.classes('head')}>{heading}<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul></div>",
            )
        )
        return zone

    def _day_line(self) -> str:
        draw = self.draw
        if not self.day:
            return ""
        printed = draw.printed(self.day)
        if self.dated == "microdata":
            return f'<span itemprop="datePublished" content="{self.day.isoformat()}">{printed}</span>'
        if self.dated == "time":
            return f'<time datetime="{self.day.isoformat()}">{printed}</time>'
        label = draw.random.choice(draw.language.published)
        if self.dated == "labelled":
            return f"{label} {printed}" if label.endswith(("am", "on", "le", "el", "il")) else f"{label}: {printed}"
        if self.dated == "labelled list":
            return f"<b>{label}</b> <span>{printed}</span>"
        return printed if self.dated == "unlabelled" or draw.chance(0.4) else ""

    def _author_line(self) -> str:
        draw = self.draw
        if not self.authors:
            return ""
        names = ", ".join(self.authors)
        if self.signed == "microdata":
            return " ".join(f'<span itemprop="author">{name}</span>' for name in self.authors)
        if self.signed == "labelled":
            return f"{draw.random.choice(draw.language.author)}: {names}"
        if self.signed == "labelled list":
            return f"<b>{draw.random.choice(draw.language.author)}</b> " + " ".join(
                f"<span>{name}</span>" for name in self.authors
            )
        if self.signed == "class":
            return f'<span class="author">{names}</span>'
        return f"{draw.language.by[0]} {names}" if self.signed == "byline" or draw.chance(0.3) else ""

    def _text(self) -> str:
        draw = self.draw
        parts = [f"<p>{escape(text)}</p>" for text in self.paragraphs]
        if draw.chance(0.5):
            parts.insert(draw.random.randint(1, len(parts)), draw.template(WITHIN)(draw))
        body = "".join(parts)
        return draw.template((body, f"<div{draw.classes('text')}>{body}</div>"))

    def _end(self) -> str:
        draw = self.draw
        if draw.chance(0.25):
            return draw.template(AROUND)(draw)
        return ""


def draw_some(draw: Draw, most: int) -> list:  # type: ignore[type-arg]
    """Return up to that many templates of what may stand around."""
    half = list(AROUND[int(draw.unseen) :: 2])
    return draw.random.sample(half, draw.random.randint(0, most))
