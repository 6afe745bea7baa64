"""Render the second generation of the site: notices and metadata above the title, text in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from pipeline.commands.demo.documents import SampleDocument
from pipeline.commands.demo.markup import blocks, href, page, printed_date

PER_PAGE = 5
SPRITE = "".join(
    f'<symbol id="{name}"><title>{name}</title><path d="M0 0h8v8z"/></symbol>'
    for name in ("abuses", "affiliation", "arrow-down", "bluesky", "map-pin", "tick", "web", "whatsapp")
)
FILE_HOST = "http://media.bhrrc.test/media/documents/files/documents/"


def path_in(document: SampleDocument, frame: str, frames: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the path of a document, or of its twin, in a frame's language."""
    language, section, slug = document.path.strip("/").split("/")
    if section == frames[language]["news"]:
        section = frames[frame]["news"]
    return f"/{frame}/{section}/{slug}/"


def document_page(
    document: SampleDocument,
    frame: str,
    frames: Mapping[str, Mapping[str, Any]],
    *,
    translations: Iterable[SampleDocument],
    others: Iterable[SampleDocument],
) -> bytes:
    """Return a document's page in a language's frame; if not its own, with a notice that it is not translated."""
    words = frames[frame]
    parts = []
    if frame != document.language:
        shown = (
            frames[document.language]["name"] if frame not in ("zh-hans", "en") else ENGLISH_NAMES[document.language]
        )
        parts.append(f'<p class="page-notice">{escape(words["fallback"].format(language=shown))}</p>')
    links = [
        f'<a hreflang="{other.language}" href="{href(other.path)}">{frames[other.language]["name"]}</a>'
        for other in translations
    ]
    if links:
        parts.append(f'<p class="languages">{words["languages"]} {", ".join(links)}</p>')
    parts.append(f"<header>{_header(document, words)}</header>")
    if document.credit:
        parts.append(f'<p class="credit">{escape(document.credit)}</p>')
    parts.append(f'<p class="tags"><a href="/{frame}/tags/">{words["tags"]}</a></p>')
    paragraphs = document.body.strip().split("\n\n")
    half = (len(paragraphs) + 1) // 2
    for block in (paragraphs[:half], paragraphs[half:]):
        if block:
            text = "\n\n".join(block)
            parts.append(f'<div class="block html-block">{blocks(text)}</div>')
    parts += [f'<a class="button" href="{href(FILE_HOST + name)}">{words["download"]}</a>' for name in document.files]
    if document.responds_to:
        parts.append(f'<p>This is a response to <a href="{href(document.responds_to)}">the story</a></p>')
    cards = [
        f'<a class="card__main-link" href="{href(path_in(other, frame, frames))}">{escape(other.title)}</a>'
        for other in others
    ]
    if cards:
        parts.append(f"<section><h2>{words['timeline']}</h2>{''.join(cards)}</section>")
    return _framed(document.title, f"<article>{chr(10).join(parts)}</article>", frame, words)


ENGLISH_NAMES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
    "ru": "Russian",
    "zh-hans": "Chinese (Simplified)",
    "ja": "Japanese",
    "ko": "Korean",
    "ar": "Arabic",
}


def _header(document: SampleDocument, words: Mapping[str, Any]) -> str:
    title = f"<h1>{escape(document.title_prefix + document.title, quote=False)}</h1>"
    if document.form == "a":
        return title
    parts = []
    if document.kind and document.form != "b":
        parts.append(f'<p class="content-type">{escape(words["types"][document.kind])}</p>')
    if document.date:
        parts.append(f'<p class="date">{printed_date(document.date, words)}</p>')
    if document.author_raw:
        value = escape(document.author_raw, quote=False)
        if document.form == "b":  # without a label, and twice
            parts.append(f'<div class="author">{value},</div><div class="author">{value}</div>')
        else:
            parts.append(f'<div class="author"><span>{words["author"]}:</span> {value}</div>')
    return "".join(parts) + title


def listing_page(entries: Sequence[tuple[str, str]], number: int, frame: str, words: Mapping[str, Any]) -> bytes | None:
    """Return one page of a listing, Wagtail's way: the first is number 1; None past the end, a 404."""
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    if not shown:
        return None
    cards = "\n".join(
        f'<div class="card"><a class="card__main-link" href="{href(path)}"><h3>{escape(title)}</h3></a></div>'
        for path, title in shown
    )
    more = ""
    if number * PER_PAGE < len(entries):
        more = f'<a class="pagination__next" rel="next" href="?page={number + 1}">{number + 1} →</a>'
    body = (
        f'<section><h1>{words["news_title"]}</h1><p class="date">2 Jun 2020</p>\n'
        f'<p class="explore-list__result-count">{len(entries)}</p>{cards}\n{more}</section>'
    )
    return _framed(words["news_title"], f"<article>{body}</article>", frame, words)


def _framed(title: str, content: str, frame: str, words: Mapping[str, Any]) -> bytes:
    return page(
        f"{title} - Business & Human Rights Resource Centre",
        f'<svg style="display:none">{SPRITE}</svg>\n'
        f'<nav><a href="/{frame}/">Home</a> <a href="/{frame}/{href(words["news"])}/">{words["news_title"]}</a></nav>\n'
        f'<div class="content-wrapper"><div><main>{content}</main></div></div>\n'
        '<div class="cookie-note">We use cookies to see how this site is used. <button>Accept all</button></div>\n'
        "<footer><p>© Business & Human Rights Resource Centre</p></footer>",
        language=frame,
    )
