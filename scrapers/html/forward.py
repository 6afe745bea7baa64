"""Where a page between a link and its file leads by itself: a refresh, or a script that sets the address."""

from __future__ import annotations

import re

from scrapers.base import Page
from scrapers.html.dom import dom_of
from scrapers.html.links import resolved

_REFRESH = re.compile(r"\A\s*\d*(?:\.\d*)?\s*[;,]?\s*url\s*=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
_SCRIPT = re.compile(
    r"(?:\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:replace|assign)\s*\(|\bwindow\.open\s*\(|\burl\s*=(?!=))"
    r"\s*(?:\"([^\"\s<>]{1,2000})\"|'([^'\s<>]{1,2000})')"
)
MOST_SCRIPT = 20_000


def forward(page: Page) -> str | None:
    """Return the address that the page goes on to, or None where it stays."""
    dom = dom_of(page)
    for meta in dom.root.iter("meta"):
        match = _REFRESH.match(meta.get("content") or "")
        if match and (meta.get("http-equiv") or "").strip().lower() == "refresh":
            return _elsewhere(page, resolved(dom, match[1]))
    for script in dom.root.iter("script"):
        match = _SCRIPT.search((script.text or "")[:MOST_SCRIPT])
        if match:
            address = (match[1] or match[2]).replace("\\/", "/")
            return _elsewhere(page, resolved(dom, address))
    return None


def _elsewhere(page: Page, address: str | None) -> str | None:
    return None if address in (page.url, page.final_url) else address
