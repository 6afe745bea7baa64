"""What a file's properties say (information dictionary, XMP). Distrusted: tools and typists fill them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from scrapers.pdf.engine.alphabet import recoded
from scrapers.values.text import clean_line

MAX_PACKET = 300_000
MAX_BOOKMARKS = 4
PACKET = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prism3": "http://prismstandard.org/namespaces/basic/3.0/",
}
DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The properties, each as the file has it."""

    title: str = ""
    author: str = ""
    subject: str = ""
    created: str = ""
    """CreationDate as ISO 8601."""
    language: str = ""
    xmp_title: str = ""
    xmp_authors: tuple[str, ...] = ()
    xmp_publisher: str = ""
    xmp_identifiers: str = ""
    outline: tuple[str, ...] = ()
    """The first bookmarks of the top level."""


def declared_by(document: Any, content: bytes) -> Declared:
    """Return the properties of an open file."""
    import pypdfium2

    try:
        info = document.get_metadata_dict()
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        info = {}
    packet = _packet(content)
    created = DATE.match(info.get("CreationDate") or "")
    return Declared(
        title=_plain(info.get("Title")),
        author=_plain(info.get("Author")),
        subject=_plain(info.get("Subject")),
        created="-".join(part for part in created.groups() if part) if created else "",
        language=_language(document),
        xmp_title=_first(packet, "dc:title"),
        xmp_authors=tuple(_all(packet, "dc:creator")),
        xmp_publisher=_first(packet, "dc:publisher"),
        xmp_identifiers=" ".join(
            _all(packet, "dc:identifier")
            + _all(packet, "prism:doi")
            + _all(packet, "prism3:doi")
            + _all(packet, "prism:isbn")
        ),
        outline=_outline(document),
    )


def _plain(value: str | None) -> str:
    """Return a property as one line, its mojibake undone: UTF-8 taken for Windows-1252, Cyrillic for Latin."""
    text = clean_line(value or "")
    if "â€" in text or "Ã" in text:
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            return clean_line(text.encode("cp1252").decode("utf-8"))
    return recoded(text)


def _language(document: Any) -> str:
    import ctypes

    import pypdfium2.raw as pdfium

    if not hasattr(pdfium, "FPDFCatalog_GetLanguage"):
        return ""
    buffer = (ctypes.c_ushort * 40)()
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, 80)
    return bytes(buffer)[: max(0, min(length, 80) - 2)].decode("utf-16-le", "ignore") if length > 2 else ""


def _outline(document: Any) -> tuple[str, ...]:
    """Return the first bookmarks of the top level: they name the document, or its first headings."""
    import ctypes

    import pypdfium2.raw as pdfium

    titles: list[str] = []
    bookmark = pdfium.FPDFBookmark_GetFirstChild(document.raw, None)
    while bookmark and len(titles) < MAX_BOOKMARKS:
        length = min(pdfium.FPDFBookmark_GetTitle(bookmark, None, 0), 2000)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFBookmark_GetTitle(bookmark, buffer, length)
        titles.append(_plain(buffer.raw[: max(0, length - 2)].decode("utf-16-le", "ignore")))
        bookmark = pdfium.FPDFBookmark_GetNextSibling(document.raw, bookmark)
    return tuple(title for title in titles if title)


def _packet(content: bytes) -> Any:
    """Return the file's own XMP packet as a tree: not that of a picture within it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    best = None
    for number, match in enumerate(PACKET.finditer(content)):
        if number >= 50:
            break
        raw = match.group()
        if len(raw) > MAX_PACKET or (b"application/pdf" not in raw and b"ns.adobe.com/pdf/1" not in raw):
            continue
        try:
            tree = etree.fromstring(raw, parser)
        except etree.XMLSyntaxError:
            continue
        if tree is not None:
            best = tree  # the last one is the newest revision's
    return best


def _all(packet: Any, name: str) -> list[str]:
    if packet is None:
        return []
    values = []
    for element in packet.iterfind(f".//{name}", NAMESPACES):
        parts = element.findall(".//rdf:li", NAMESPACES) or [element]
        values += [_plain("".join(part.itertext())) for part in parts]
    return [value for value in values if value][:50]


def _first(packet: Any, name: str) -> str:
    return next(iter(_all(packet, name)), "")
