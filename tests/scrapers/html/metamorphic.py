"""Made pages whose surroundings can be changed without changing their document."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from html import escape

from scrapers.base import Page, Rules
from scrapers.fields import Extracted
from scrapers.html import reader
from tests.benchmarks.quality.templates.draw import Draw
from tests.benchmarks.quality.templates.languages import LANGUAGES
from tests.benchmarks.quality.templates.others import AROUND, WITHIN
from tests.benchmarks.quality.templates.unseen import UNSEEN

EVERY_LANGUAGE = {language.code: language for language in (*LANGUAGES, *UNSEEN)}
PLACES = {"before": AROUND, "beside": AROUND, "after": AROUND, "within": WITHIN}
"""Where other documents' blocks may stand, and which may stand there."""


class MadeDocument:
    """A document of one language with its title, author and day; the same seed makes the same."""

    def __init__(self, language: str, seed: int) -> None:
        self.draw = Draw(f"{language} {seed}", EVERY_LANGUAGE[language], unseen=False)
        self.title, self.author, self.day = self.draw.own_title(), self.draw.name(), self.draw.day()
        self.draw.leave([self.author])
        own = self.draw.own_paragraphs()
        self.paragraphs = [*own, *(f"{number}. {text}" for number, text in enumerate(own, 1))]
        words = self.draw.language
        self.lines = (f"{words.author[0]}: {self.author}", f"{words.published[0]}: {self.draw.printed(self.day)}")
        self.site = words.site[0]

    def html(self, around: Mapping[str, Sequence[int]] | None = None, *, declared: bool, labelled: bool = True) -> str:
        """Return the page; `around` has by place the numbers of the blocks of other documents that stand there."""
        others = {
            place: [made[number % len(made)](self.draw) for number in (around or {}).get(place, ())]
            for place, made in PLACES.items()
        }
        text = [f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs]
        half = len(text) // 2
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.lines) if labelled else ""
        return (
            f'<!doctype html><html lang="{self.draw.language.code}"><head><meta charset="utf-8">'
            f"<title>{escape(self.title)} | {escape(self.site)}</title>{self._declaration() if declared else ''}</head>"
            f"<body><header><a href='/'>{escape(self.site)}</a></header>{''.join(others['before'])}<div><main>"
            f"<h1>{escape(self.title)}</h1>{lines}{''.join([*text[:half], *others['within'], *text[half:]])}</main>"
            f"<div>{''.join(others['beside'])}</div></div>{''.join(others['after'])}<footer>{escape(self.site)}</footer>"
            "</body></html>"
        )

    def _declaration(self) -> str:
        node = {
            "@type": "Article",
            "headline": self.title,
            "datePublished": self.day.isoformat(),
            "author": {"@type": "Person", "name": self.author},
        }
        return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


def scrambled(html: str, names: Sequence[str]) -> str:
    """Return a page with other class names, the same for the same."""
    known: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        return f'class="{known.setdefault(match[1], names[len(known) % len(names)] + str(len(known)))}"'

    return re.sub(r'class="([^"]*)"', other, html)


def read(html: str) -> Extracted:
    """Return what the reader makes of a page."""
    url, now = "https://centre.example/docs/4711", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return reader.read(Page(url=url, final_url=url, content=html.encode(), retrieved_at=now, sha256=""), Rules())


def told(found: Extracted) -> tuple[object, ...]:
    """Return the values of title, authors and day."""
    fields = (found.title, found.authors, found.date_published)
    return tuple(field.value if field else None for field in fields)


def lines(found: Extracted) -> list[str]:
    """Return the lines of the text."""
    return [line for line in found.body.value.splitlines() if line] if found.body else []
