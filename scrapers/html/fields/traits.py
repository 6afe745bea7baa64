"""What sort of page a page seems to be, from its address, its declared types and its shape: facts for the choosers."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapers.html import jsonld
from scrapers.html.dom import Dom
from scrapers.html.metadata import Declared
from scrapers.html.scan import Scan

if TYPE_CHECKING:
    from scrapers.html.maintext.maintext import MainText

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "blogposting",
        "report",
        "scholarlyarticle",
        "techarticle",
        "opinionnewsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "reviewnewsarticle",
        "advertisercontentarticle",
        "medicalscholarlyarticle",
        "liveblogposting",
    ]
)
_SECTIONS = {
    "u:article": re.compile(r"(?:^|/)(?:blog|blogs|news|article|articles|stories|story|post|posts|press|releases?|opinion|magazine|insights?|learn|guides?|journal|reports?|publications?|actualites|noticias|aktuelles|artikel|notizie|новости|news-and|newsroom|media)(?:/|$)", re.IGNORECASE),
    "u:forum": re.compile(r"(?:^|[/.])(?:forums?|threads?|topic|topics|viewtopic|showthread|discussion|discussions|community|boards?|questions|t|r|comments|bbs)(?:[/.-]|$)|viewtopic|showthread|thread-", re.IGNORECASE),
    "u:product": re.compile(r"(?:^|/)(?:products?|shop|store|dp|p|item|itm|buy)(?:/|$)", re.IGNORECASE),
    "u:listing": re.compile(r"(?:^|/)(?:category|categories|tags?|collections?|c|archive|archives|search|browse|topics?|list|all|section)(?:/|$)", re.IGNORECASE),
    "u:docs": re.compile(r"(?:^|[/.])(?:docs?|documentation|reference|manual|api|wiki|guide|tutorial|help|support|kb)(?:[/.]|$)", re.IGNORECASE),
    "u:service": re.compile(r"(?:^|/)(?:services?|solutions?|pricing|about|contact|courses?|programs?|features?|platform|careers|products?-and)(?:[/-]|$)", re.IGNORECASE),
}  # fmt: skip


def traits(dom: Dom, metadata: Declared, seen: Scan, main: MainText) -> dict[str, float]:
    """Return the page's traits: facts that are the same for every candidate."""
    kinds = {k for node in metadata.graph.content[:3] for k in jsonld.types(node)}
    frames = {k for node in metadata.graph.pages[:2] for k in jsonld.types(node)}
    og_type = (metadata.first("og:type") or ("", ""))[1].casefold()
    parts = urlsplit(dom.url)
    path = parts.path
    last = path.rstrip("/").rsplit("/", 1)[-1]
    found = {
        "p:article-type": float(bool(kinds & ARTICLE_TYPES)),
        "p:many-articles": float(
            sum(bool(ARTICLE_TYPES & set(jsonld.types(n))) for n in metadata.graph.content[:10]) > 2
        ),
        "p:forum-type": float(bool(kinds & {"discussionforumposting", "qapage", "question"})),
        "p:product-type": float("product" in kinds),
        "p:service-type": float(
            bool(kinds & {"service", "course", "governmentservice", "softwareapplication", "faqpage"})
        ),
        "p:collection-type": float(bool(frames & {"collectionpage", "searchresultspage"})),
        "p:og-article": float(og_type == "article"),
        "p:og-website": float(og_type in ("website", "product", "product.group", "og:product")),
        "p:root": float(path in ("", "/")),
        "p:depth": min(path.strip("/").count("/"), 5) / 5,
        "p:slug": min(last.count("-"), 8) / 8,
        "p:digits": float(bool(re.search(r"\d{4,}", last))),
        "p:published-meta": float("article:published_time" in metadata.metas),
        "p:author-meta": float("author" in metadata.metas),
        "p:ld-author": float(any("author" in n for n in metadata.graph.content[:1])),
        "p:times": min(len(seen.times), 12) / 12,
        "p:date-spots": min(len(seen.dates), 30) / 30,
        "p:author-spots": min(len(seen.authors), 30) / 30,
        "p:headings": min(len(seen.headings), 20) / 20,
        "p:paragraphs": min(seen.paragraphs, 40) / 40,
        "p:words": min(seen.prose, 12_000) / 12_000,
        "p:elements": min(seen.elements, 4000) / 4000,
        "p:articles": min(seen.articles, 10) / 10,
        "p:comments": float(seen.comments > 0),
    }
    found.update((f"k:{kind}", share) for kind, share in main.kinds.items())
    host_and_path = f"{parts.hostname or ''}{path}"
    for name, pattern in _SECTIONS.items():
        found[name] = float(bool(pattern.search(host_and_path)))
    return found
