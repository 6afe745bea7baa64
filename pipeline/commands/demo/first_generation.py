"""Render the first generation of the site: banner, notice, title, one line for author and date, text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from pipeline.commands.demo.documents import SampleDocument
from pipeline.commands.demo.markup import blocks, href, page, printed_date

PER_PAGE = 6

BANNERS = {
    None: "",
    "donation": """<div id="message-box" class="messages"><a class="close" href="#">hide message</a>
<h2>Welcome to the Resource Centre</h2>
<p>Everything on this site is free to read, and a small team keeps it so.</p>
<p>Please consider a gift, so that it can stay that way.</p>
<p>Thank you,<br>Phil Bloomer, Executive Director</p>
<p><a href="/en/donate">Donate now</a> <a class="close" href="#">hide message</a></p></div>""",
    "platform": """<div id="message-box" class="messages"><a class="close" href="#">Hide Message</a>
<h2>Updating the Resource Centre Digital Platform</h2>
<p>In the coming months this site will move to a new home, and its search will become quicker.</p>
<p>With regards,<br>Alex Guy, Digital Officer</p>
<p><a href="/en/new-platform">Find Out More</a> <a class="close" href="#">Hide Message</a></p></div>""",
}
REDIRECTED = (
    "You are being redirected to the story the piece of content is found in so you can read it in context. "
    "Please click the following link if you are not automatically redirected within a couple seconds:"
)


def document_page(document: SampleDocument, words: Mapping[str, Any], components: Iterable[SampleDocument]) -> bytes:
    """Return a document's page, or a story's with all its components."""
    parts = [BANNERS[document.banner]]
    if document.redirected:
        parts.append(f'<div class="redirect-notice">{REDIRECTED}<br><a href="/en/a-story">A story</a></div>')
    parts.append(f'<h1 id="page-title">{escape(document.title_prefix + document.title, quote=False)}</h1>')
    parts.append('<article class="node node-article">')
    if line := byline(document, words):
        parts.append(f'<p class="byline">{line}</p>')
    parts.append(f'<div class="field-name-body">{blocks(document.body)}</div>')
    parts += [f'<p><a href="{href(file)}">Download the full document here</a></p>' for file in document.files]
    if document.outside:
        parts.append(f'<p><a href="{href(document.outside)}">Read the full post here</a></p>')
    if document.related_companies:
        links = " ".join(
            f'<a href="/en/companies/{i}">{escape(name)}</a>' for i, name in enumerate(document.related_companies)
        )
        parts.append(f'<div class="related">Related companies: {links}</div>')
    parts.append("</article>")
    stories = [_component(component, words) for component in components]
    if stories:
        parts.append('<p><a href="/rss">Get RSS feed of these results</a></p><h2>All components of this story</h2>')
        parts += stories
    return _framed(document.title, "\n".join(parts), document.language)


def byline(document: SampleDocument, words: Mapping[str, Any]) -> str:
    """Return `Author: A, B, Published on: 23 May 2019`, or as much of it as the document has."""
    pieces = []
    if document.author_raw:
        pieces.append(f"{words['author']}: <span>{escape(document.author_raw, quote=False)}</span>")
    if document.date:
        date = printed_date(document.date, words, in_full=True)
        pieces.append(f'{words["published"]}: <span class="date">{date}</span>')
    return ", ".join(pieces)


def listing_page(entries: Sequence[tuple[str, str]], number: int, language: str) -> bytes:
    """Return one page of the listing, Drupal's way: the first is number 0, past the end an empty list."""
    shown = entries[number * PER_PAGE : (number + 1) * PER_PAGE]
    rows = "\n".join(
        f'<li class="views-row"><h3><a href="{href(path)}">{escape(title, quote=False)}</a></h3></li>'
        for path, title in shown
    )
    pager = ""
    if (number + 1) * PER_PAGE < len(entries):
        pager = f'<ul class="pager"><li class="pager-next"><a href="?page={number + 1}">next ›</a></li></ul>'
    heading = f'{BANNERS["donation"]}<h1 id="page-title">Documents</h1>'
    return _framed("Documents", f'{heading}\n<ul class="view-content">\n{rows}\n</ul>\n{pager}', language)


def _component(component: SampleDocument, words: Mapping[str, Any]) -> str:
    date = printed_date(component.date, words, in_full=True) if component.date else ""
    line = f"<p>{words['author']}: {escape(component.author_raw)}</p>" if component.author_raw else ""
    first = component.body.strip().split("\n\n")[0]
    return (
        f'<div class="component"><p>Article</p><p>{date}</p>'
        f'<h3><a href="{href(component.path)}">{escape(component.title)}</a></h3>{line}{blocks(first)}'
        f'<p><a href="{href(component.path)}">Read the full post here</a></p></div>'
    )


def _framed(title: str, content: str, language: str) -> bytes:
    return page(
        f"{title} | Business & Human Rights Resource Centre",
        '<div id="header"><a href="/en">Home</a> <a href="/en/documents">Documents</a></div>\n'
        f'<div id="main">\n{content}\n</div>\n'
        '<div id="footer"><a href="/en/privacy">Privacy policy</a> <a href="/en/contact">Contact us</a></div>',
        language=language,
    )
