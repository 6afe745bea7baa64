"""Render the third site: plain pages that declare their metadata, a feed and a sitemap."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from xml.sax.saxutils import escape as xml

from pipeline.commands.demo.documents import SampleDocument
from pipeline.commands.demo.markup import blocks, href, page

PER_PAGE = 5


def document_page(document: SampleDocument) -> bytes:
    """Return a document's page, with metadata in the form that `document.declares` names."""
    declared = {"json-ld": _json_ld, "highwire": _highwire, "dublin-core": _dublin_core}
    head = declared[document.declares](document) if document.declares in declared else ""
    names = ", ".join(name for name, _ in document.authors)
    line = f"<p class='meta'>By {escape(names)}</p>" if names and document.declares != "json-ld" else ""
    files = "".join(f'<p><a class="download" href="{href(file)}">Download PDF</a></p>' for file in document.files)
    heading = f"<h1>{escape(document.title, quote=False)}</h1>"
    body = (
        '<header><a href="/">Reports &amp; Papers</a>\n'
        '<nav><a href="/publications">Publications</a> <a href="/about">About</a></nav></header>\n'
        f"<main><article>{heading}{line}\n{blocks(document.body)}\n{files}</article></main>\n"
        "<aside><h2>Stay in touch</h2><p>Get one letter a month with everything new.</p></aside>\n"
        "<footer>Reports &amp; Papers, a project without an office</footer>"
    )
    canonical = f'<link rel="canonical" href="{href(document.url)}">\n'
    return page(f"{document.title} | Reports & Papers", body, language=document.language, head=canonical + head)


def listing_page(entries: Sequence[tuple[str, str]], number: int) -> bytes:
    """Return one page of the listing."""
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    cards = "\n".join(f'<li><a class="card" href="{href(path)}">{escape(title)}</a></li>' for path, title in shown)
    more = f'<a rel="next" href="?page={number + 1}">Older</a>' if number * PER_PAGE < len(entries) else ""
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">\n'
    body = f"<main><h1>Publications</h1><ul>{cards}</ul>{more}</main>"
    return page("Publications | Reports & Papers", body, language="en", head=head)


def feed(documents: Sequence[SampleDocument]) -> bytes:
    """Return an RSS feed of the dated documents."""
    items = "".join(
        f"<item><title>{xml(item.title)}</title><link>{href(item.url)}</link><guid>{href(item.url)}</guid></item>"
        for item in documents
    )
    about = "<title>Reports &amp; Papers</title><link>http://reports.test/</link><description>New papers</description>"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{about}{items}</channel></rss>\n'.encode()
    )


def sitemap(documents: Sequence[SampleDocument]) -> bytes:
    """Return a sitemap; its `lastmod` is the day of a move, and no date of publication."""
    urls = "".join(f"<url><loc>{href(item.url)}</loc><lastmod>2024-02-29</lastmod></url>" for item in documents)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'.encode()


def _json_ld(document: SampleDocument) -> str:
    kinds = {"person": "Person", "organisation": "Organization"}
    people = [
        {"@type": kinds[kind or "person"], "@id": f"#a{i}", "name": name}
        for i, (name, kind) in enumerate(document.authors)
    ]
    article: dict[str, object] = {"@type": "Report", "headline": document.title, "inLanguage": document.language}
    article["author"] = [{"@id": person["@id"]} for person in people]
    if document.date:
        article["datePublished"] = document.date
    graph = json.dumps({"@context": "https://schema.org", "@graph": [article, *people]}, ensure_ascii=False).replace(
        "</", "<\\/"
    )
    return f'<script type="application/ld+json">{graph}</script>\n'


def _highwire(document: SampleDocument) -> str:
    values = [("citation_title", document.title), *(("citation_author", name) for name, _ in document.authors)]
    if document.date:
        values.append(("citation_publication_date", document.date.replace("-", "/")))
    return _metas(values)


def _dublin_core(document: SampleDocument) -> str:
    values = [("DC.title", document.title), *(("DC.creator", name) for name, _ in document.authors)]
    if document.date:
        values.append(("DCTERMS.issued", document.date))
    return _metas(values)


def _metas(values: list[tuple[str, str]]) -> str:
    return "".join(f'<meta name="{name}" content="{escape(content)}">\n' for name, content in values)
