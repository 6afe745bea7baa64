"""XML from strangers: no entities, no DTD, no network, bounded depth and size; as lenient as feed readers.

Hand-made feeds and sitemaps break the rules in a few ways, over and over: a bare `&` in an address, control characters,
prefixes without a declaration, names of HTML entities, a notice of PHP's before the first element, scripts after the
last, a character set that only the HTTP header names or that is declared wrongly. All of it is mended in the text
before it is parsed, so that no address comes out changed. What is cut off is an error: it would look as if the site
had removed the rest.
"""

from __future__ import annotations

import re
import zlib
from html.entities import html5

from lxml import etree

from models.errors import ExtractError
from scrapers.base import Page
from scrapers.sniff import charset

MAX_BYTES = 100_000_000
"""Most bytes of one document, after gunzip (a sitemap may have 50 MB)."""
MAX_PACKED = 2
"""How often a file may be packed: some servers pack a `.gz` file once more for the transport and do not say so."""
ROOTS = (
    "rss",
    "rdf:RDF",
    "RDF",
    "feed",
    "urlset",
    "sitemapindex",
    "OAI-PMH",
    "collection",
    "record",
    "ListBucketResult",
)
"""The elements at which the files that are read here begin; any may have a prefix."""
ROOT = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(map(re.escape, ROOTS))})(?=[\s>/])", re.IGNORECASE)
BEGINNING = 20_000
"""Characters in which the first element is looked for: notices, comments and style sheets stand before it."""
WEB_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}(?:\[(?P<subset>.{0,20000}?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
EXTERNAL_ENTITY = re.compile(r"<!ENTITY\s+(?:%|\S+\s+(?:SYSTEM|PUBLIC)\b|\S+\s+[\"'][^\"'<>]*&(?!#))", re.IGNORECASE)
"""An entity that names a file, a parameter, or further entities: no feed needs one."""
AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,40});)?")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Element = etree._Element


def is_xml(page: Page) -> bool:
    """Return whether a page is a file of a kind that is read here rather than a web page, whatever stands before it."""
    text = charset.decode(unpacked(page)[: 4 * BEGINNING], page.header("content-type"))[:BEGINNING]
    root, html = ROOT.search(text), WEB_PAGE.search(text)
    if root is None:
        return html is None and text.lstrip().startswith("<?xml")
    return html is None or root.start() < html.start()


def parse_xml(page: Page) -> Element:
    """Return the root of a page that should be XML, gzip'd or not; ExtractError where it is not."""
    text = _cleaned(_text(unpacked(page), page), page.url)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8"), parser, base_url=page.final_url)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ExtractError(page.url, f"not XML: {error}") from error
    if root is None:
        raise ExtractError(page.url, "not XML")
    return root


def unpacked(page: Page) -> bytes:
    """Return a page's bytes, gunzip'd where they are gzip'd."""
    content = page.content
    for _ in range(MAX_PACKED):
        if content[:2] != b"\x1f\x8b":
            break
        content = gunzip(content, page.url)
    return content


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


def _text(content: bytes, page: Page) -> str:
    """Return the text of the bytes: UTF-8 wherever they are, else as the header or the declaration says."""
    header = page.header("content-type") or ""
    stated = charset.HEADER.search(header)
    if stated and charset.encoding(stated[1]) == "utf-8":
        header = ""  # often only a server's default; where it is right, the bytes show it by themselves
    return charset.decode(content, header)


def _cleaned(text: str, url: str) -> str:
    """Return the text from its first element to the end of its last, as well-formed as can be had without guessing."""
    start = ROOT.search(text, 0, BEGINNING)
    prolog = text[: start.start()] if start else text[:BEGINNING]
    doctype = DOCTYPE.search(prolog)
    subset = (doctype["subset"] or "") if doctype else ""
    if EXTERNAL_ENTITY.search(subset) or ("<!ENTITY" in prolog and doctype is None):
        raise ExtractError(url, "the XML declares entities that no feed or sitemap needs")
    if start:
        text = text[start.start() :]
    else:
        text = DOCTYPE.sub("", re.sub(r"^\s*<\?xml[^>]{0,500}>", "", text, count=1), count=1).lstrip()
    text = _whole(text, url)
    text = CONTROL.sub("", text)
    if "&" in text:
        # Up to the last end of a section each beginning finds its end, so that the search is linear.
        last = text.rfind("]]>") + 3 if "]]>" in text else 0
        parts = [*CDATA.split(text[:last]), "", text[last:]]
        parts[::2] = [AMPERSAND.sub(_reference, part) for part in parts[::2]]
        text = "".join(parts)
    return text


def _whole(text: str, url: str) -> str:
    """Return the text up to the end of its first element; ExtractError where that element does not end."""
    opening = re.match(r"<([\w:.-]{1,100})[^>]{0,10000}>", text)
    if opening is None or opening[0].endswith("/>"):
        return text
    closing = f"</{opening[1]}>"
    end = text.rfind(closing)
    if end < 0:
        raise ExtractError(url, f"the XML is cut off: it does not end with {closing}")
    return text[: end + len(closing)]


def _reference(match: re.Match[str]) -> str:
    """Return what an ampersand stands for: a character that XML or HTML names, else the ampersand itself."""
    name = match[1]
    if name is None:
        return "&amp;"
    if name[0] == "#":
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        allowed = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or number >= 0x10000
        return match[0] if allowed and number < 0x110000 else ""
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return match[0]
    character = html5.get(f"{name};")
    return f"&amp;{name};" if character is None else "".join(f"&#{ord(c)};" for c in character)


def local(element: Element) -> str:
    """Return an element's name without its namespace, or without a prefix that nothing declares."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


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


def address_of(element: Element | None) -> str:
    """Return an address that an element holds: broken over lines it is put together, blanks within it stay."""
    text = "" if element is None else "".join(str(t) for t in element.itertext())
    return re.sub(r"\s*[\r\n]\s*", "", text).strip()


def as_json(root: Element, depth: int = 20) -> dict[str, object]:
    """Return an element as JSON would have it: attributes and children by name, children of one name as a list."""
    members: dict[str, object] = {str(name).rpartition("}")[2]: value for name, value in root.attrib.items()}
    children: dict[str, list[object]] = {}
    for child in root:
        plain = len(child) == 0 and not child.attrib
        value: object = text_of(child) if plain or depth == 0 else as_json(child, depth - 1)
        children.setdefault(local(child), []).append(value)
    members |= {name: values if len(values) > 1 else values[0] for name, values in children.items()}
    if text := (root.text or "").strip():
        members.setdefault("text", text)
    return members
