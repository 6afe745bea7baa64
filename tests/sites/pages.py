"""How the made-up documents look as web pages, in a few manners of real ones."""
# ruff: noqa: E501 (markup and sentences are easier to read unbroken)

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from tests.sites.documents import Item, english_date
from tests.sites.server import Site

CHROME = """<header class="site-header"><a class="logo" href="/">The Morra Centre</a>
<nav class="main-menu"><ul><li><a href="/about">About the centre</a></li><li><a href="/contact">Contact our whole team</a></li>
<li><a href="/topics/water">Everything on water</a></li><li><a href="/topics/cotton">Everything on cotton</a></li></ul></nav></header>
<div id="cookie-banner">We use cookies to make this site work. <a href="/privacy">Read our privacy policy</a> <button>Accept</button></div>"""
FOOTER = """<footer class="site-footer"><h3>Stay in touch</h3><ul><li><a href="/newsletter">Subscribe to our newsletter today</a></li>
<li><a href="https://social.example/morra">Follow us elsewhere</a></li></ul><p>© 2026 The Morra Centre</p></footer>"""


def frame(title: str, main: str, head: str = "", language: str = "en", chrome: bool = True) -> str:
    """Return a whole page."""
    top, bottom = (CHROME, FOOTER) if chrome else ("", "")
    direction = ' dir="rtl"' if language == "ar" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"{direction}><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body>{top}<main>{main}</main>{bottom}</body></html>"
    )


def labelled(site: Site, item: Item, related: Iterable[Item] = ()) -> str:
    """Return a page that says everything in visible label lines, and nothing in its head."""
    others = "".join(f'<li><a href="{site.address(other)}">{escape(other.title)}</a></li>' for other in related)
    main = (
        f"<article><h1>{escape(item.title)}</h1><p class='meta'>Author: {escape(', '.join(item.authors))}</p>"
        f"<p class='meta'>Published on: {english_date(item.date)}</p>{_text(item)}{_file(site, item)}</article>"
        f"<section class='related'><h2>Related resources</h2><ul>{others}</ul></section>"
    )
    return frame(f"{item.title} | The Morra Centre", main, language=item.language)


def declared(site: Site, item: Item, generator: str = "") -> str:
    """Return a page with JSON-LD and Open Graph, and a byline with a `time`."""
    data = {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": item.title,
        "datePublished": item.date,
        "author": [
            {"@type": "Organization" if " " not in n or "Trust" in n else "Person", "name": n} for n in item.authors
        ],
        "inLanguage": item.language,
    }
    head = (
        (f'<meta name="generator" content="{generator}">' if generator else "")
        + f'<link rel="canonical" href="{site.address(item)}"><meta property="og:title" content="{escape(item.title)}">'
        + f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    )
    main = (
        f"<article><h1>{escape(item.title)}</h1><p class='byline'>{escape(', '.join(item.authors))}, "
        f'<time datetime="{item.date}">{english_date(item.date)}</time></p>{_text(item)}{_file(site, item)}</article>'
    )
    return frame(f"{item.title} – The Morra Centre", main, head, item.language)


def cited(site: Site, item: Item, generator: str = "DSpace 8.0") -> str:
    """Return a repository's page: Highwire tags in the head, headed values in the page."""
    authors = "".join(f'<meta name="citation_author" content="{escape(name)}">' for name in item.family_first)
    pdf = f'<meta name="citation_pdf_url" content="{site.file_address(item)}">' if item.has_pdf else ""
    head = (
        f'<meta name="Generator" content="{generator}"><meta name="citation_title" content="{escape(item.title)}">{authors}'
        f'<meta name="citation_publication_date" content="{item.date}">{pdf}'
    )
    rows = "".join(
        f'<div class="simple-view-element"><h2 class="simple-view-element-header">{name}</h2>'
        f'<div class="simple-view-element-body">{escape(value)}</div></div>'
        for name, value in (("Date", item.date), ("Authors", "; ".join(item.family_first)))
    )
    main = f"<h1>{escape(item.title)}</h1>{rows}<div class='abstract'>{_text(item)}</div>{_file(site, item)}"
    return frame(item.title, main, head, item.language)


def _text(item: Item) -> str:
    return "<div class='body'>" + "".join(f"<p>{escape(text)}</p>" for text in item.paragraphs) + "</div>"


def _file(site: Site, item: Item) -> str:
    if not item.has_pdf:
        return ""
    return f'<p><a class="download" href="{site.file_address(item)}" type="application/pdf">Download the full report (PDF)</a></p>'
