"""XML from strangers: no entities, no DTD, no network, bounded depth and size."""

from __future__ import annotations

import re
import zlib

from lxml import etree

from models.errors import ExtractError
from scrapers.base import Page

MAX_BYTES = 100_000_000
"""Of one document, after gunzip (a sitemap may have 50 MB)."""

Element = etree._Element


def parse_xml(page: Page) -> Element:
    """Return the root of a page that should be XML, gzip'd or not; ExtractError where it is not."""
    content = gunzip(page.content, page.url) if page.content[:2] == b"\x1f\x8b" else page.content
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    # Blank lines before the declaration are common (a stray newline in a PHP file) and fatal to a strict parser.
    content = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.search(rb"<!ENTITY", content[:100_000]):
        raise ExtractError(page.url, "the XML declares entities, which no feed or sitemap needs")
    try:
        root: Element | None = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ExtractError(page.url, f"not XML: {error}") from error
    if root is None:
        raise ExtractError(page.url, "not XML")
    # The parser mends what is torn; what was cut off would then look as if the site had removed it.
    name = (f"{root.prefix}:" if root.prefix else "") + local(root)
    if len(root) and b"\x00" not in content[:4] and f"</{name}".encode() not in content[-2000:]:
        raise ExtractError(page.url, f"the XML is cut off: it does not end with </{name}>")
    return root


def gunzip(content: bytes, url: str) -> bytes:
    """Return a gzip'd file unpacked; ExtractError where it is torn or larger than `MAX_BYTES`."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        data = unpacker.decompress(content, MAX_BYTES)
    except zlib.error as error:
        raise ExtractError(url, f"damaged gzip: {error}") from error
    if unpacker.unconsumed_tail:
        raise ExtractError(url, f"more than {MAX_BYTES} bytes after gunzip")
    if not unpacker.eof:
        raise ExtractError(url, "the gzip file ends too early")
    return data


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def beginning(element: Element, length: int) -> str:
    """Return the beginning of an element's text, white space folded, at a cost that does not grow with the page."""
    parts: list[str] = []
    left = 4 * length
    for part in element.itertext():
        parts.append(str(part)[:left])
        left -= max(len(parts[-1]), 1)
        if left <= 0:
            break
    return " ".join("".join(parts).split())[:length]


def text_of(element: Element | None) -> str:
    """Return an element's whole text, white space folded."""
    return "" if element is None else " ".join("".join(str(t) for t in element.itertext()).split())
