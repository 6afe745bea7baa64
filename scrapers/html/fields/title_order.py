"""Wordings that say what sort of document a page has, or its number, and not what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from scrapers.html.fields.title_facts import squeezed

if TYPE_CHECKING:
    from scrapers.html.fields.candidate import Candidate

_SORTS = frozenset(map(squeezed, (
    "press release", "press releases", "media release", "media releases", "news release", "newsroom", "press room",
    "media centre", "media center", "press", "statement", "statements", "publication", "publications",
    "publication details", "news details", "news detail",
    "document details", "view document", "working paper", "policy brief", "report", "item details",
    "record view", "item view", "view record", "view item", "full record", "item detail", "record details",
    "thesis details", "document detail", "publication detail", "documents", "document library", "notices",
    "reports", "consultations", "legislation", "judgment", "judgments", "judgement", "decision", "details",
    "pressemitteilung", "pressemitteilungen", "pressemeldung", "medienmitteilung", "presse", "aktuelles", "meldung",
    "communiqué de presse", "communiqués de presse", "espace presse", "salle de presse", "actualité", "actualités",
    "comunicado de prensa", "nota de prensa", "sala de prensa", "comunicado", "noticia", "noticias", "publicación",
    "nota à imprensa", "sala de imprensa", "imprensa", "notícia", "notícias", "publicação",
    "comunicato stampa", "comunicati stampa", "notizia", "notizie", "persbericht", "nieuwsbericht", "nieuws",
    "pressmeddelande", "pressemeddelelse", "pressemelding", "komunikat prasowy", "aktualności", "tisková zpráva",
    "пресс-релиз", "пресс-релизы", "новость", "новости", "публикация", "новини",
    "新闻", "新闻稿", "新闻中心", "新闻动态", "通知公告", "信息公开", "政务公开", "新聞稿", "最新消息",
    "報道発表資料", "報道発表", "プレスリリース", "お知らせ", "ニュース", "新着情報", "보도자료", "공지사항", "뉴스",
    "بيان صحفي", "أخبار", "الأخبار", "منشورات", "प्रेस विज्ञप्ति", "समाचार",
)))  # fmt: skip
"""What pages print in the title's place for all documents of a sort, squeezed."""
_WORD = re.compile(r"[a-z]{3}|[^\W\d_a-zA-Z]")
_LABEL = 24
"""Most characters of the sort of document that a catalogue prints before a title: `Publication: ...`."""


def is_sort(text: str) -> bool:
    """Return whether a wording names a sort of documents: `Press release`, `報道発表資料`."""
    return squeezed(text) in _SORTS


def is_number(text: str) -> bool:
    """Return whether a wording is only the number of a document: `[2016] HC 41`, `A/RES/70/1`."""
    return any(c.isdigit() for c in text) and _WORD.search(text) is None


def named_first(ranked: list[Candidate], beside_heading: Callable[[Candidate], bool]) -> list[Candidate]:
    """Return the candidates, first the one that names the document where the likeliest gives its sort or number.

    That is a heading which the page's head names as well, or that stands among the lines about the document; or, before
    `Publication: X`, the X that a catalogue declares.
    """
    if not ranked:
        return ranked
    first = str(ranked[0].value)
    if is_sort(first) or is_number(first):
        first_headings = ("h1:1", "h2:1") if is_sort(first) else ("h1:1",)
        longer = (c for c in ranked[1:] if len(c.value) > len(first))
        better = next((c for c in longer if _names(c, beside_heading, first_headings)), None)
    else:
        better = next((c for c in ranked[1:] if "scholarly" in c.facts and _is_labelled(first, str(c.value))), None)
    return ranked if better is None else [better, *(c for c in ranked if c is not better)]


def _names(candidate: Candidate, beside_heading: Callable[[Candidate], bool], first_headings: Sequence[str]) -> bool:
    facts, text = candidate.facts, str(candidate.value)
    if is_sort(text) or is_number(text) or not any(fact.startswith(("h1:", "h2:")) for fact in facts):
        return False
    named = "og:title" in facts or facts.get("title-holds", 0.0) > 0
    return named or (not facts.keys().isdisjoint(first_headings) and beside_heading(candidate))


def _is_labelled(text: str, title: str) -> bool:
    """Return whether a text is a title behind a short label with a colon."""
    label = text.removesuffix(title).rstrip()
    return text.endswith(title) and 0 < len(label) <= _LABEL and label.endswith((":", "："))
