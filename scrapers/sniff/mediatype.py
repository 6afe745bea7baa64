"""What bytes are, by the bytes: WHATWG MIME Sniffing, a PDF's header in the first KiB, and which XML is a feed."""

from __future__ import annotations

import re

PAGES = ("text/html", "application/xhtml+xml")
"""What a web page is; any other type is a file's."""
PDF = "application/pdf"

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS-Adobe-", "application/postscript"),
    (b"OggS\x00", "application/ogg"),
    (b"ID3\x02", "audio/mpeg"),
    (b"ID3\x03", "audio/mpeg"),
    (b"ID3\x04", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
)
_HTML_TAG = re.compile(
    rb"(?i)<(?:!doctype\s+html|html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|body|br|p|meta|link"
    rb"|article|section|main|header|nav|ul|ol|span|form|center|img|noscript|base)(?=[\s>/])|<!--"
)
_XHTML = b"http://www.w3.org/1999/xhtml"
_ROOT = re.compile(rb"<(?!\?|!)(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_XML_TYPES = {
    b"rss": "application/rss+xml",
    b"RDF": "application/rdf+xml",
    b"feed": "application/atom+xml",
    b"svg": "image/svg+xml",
}
_ZIP_PARTS = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_JSON = re.compile(rb'[{\[]\s*(?:["{\[}\]]|-?\d[\d.eE+-]*\s*(?:,\s*["{\[\d-]|\]\s*\Z)|(?:true|false|null)\s*[,\]])')
_BINARY = bytes(sorted({*range(0x00, 0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)}))


def sniff(content: bytes, content_type: str | None = None) -> str:
    """Return the media type that the bytes show; the header decides only between kinds of text.

    `application/octet-stream` stands for what cannot be told. What looks like HTML is HTML whatever the header says,
    and nothing is HTML because of the header alone.
    """
    head = content[:4096]
    # A page may speak of `%PDF-`; a PDF that a script's warnings were printed before goes on with its objects.
    if b"%PDF-" in head[:1024] and (b" obj" in head or not _HTML_TAG.match(head.lstrip())):
        return "application/pdf"
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "image/bmp"
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wave", b"AVI ": "video/avi"}[head[8:12]]
    if head[4:8] == b"ftyp":
        return (
            "image/avif" if head[8:12] in (b"avif", b"avis") else "image/heic" if head[8:11] == b"hei" else "video/mp4"
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(content)
    return _text(content, content_type)


def _zip(content: bytes) -> str:
    if content[30:38] == b"mimetype":
        # OpenDocument and EPUB name themselves in a first member that is stored as it is.
        stored = content[38 : 38 + min(int.from_bytes(content[22:26], "little"), 100)]
        if re.fullmatch(rb"application/[\w.+-]+", stored):
            return stored.decode("ascii")
    names = content[: 1 << 16] + content[-(1 << 16) :]
    if b"[Content_Types].xml" in names:
        return next((media_type for part, media_type in _ZIP_PARTS if part in names), "application/zip")
    return "application/zip"


def _text(content: bytes, content_type: str | None) -> str:
    head = content[:4096]
    declared = (content_type or "").partition(";")[0].strip().lower()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="ignore").encode("utf-8")
    elif head[:4] in (b"<\x00!\x00", b"<\x00h\x00", b"<\x00H\x00", b"<\x00?\x00"):
        head = head.decode("utf-16-le", errors="ignore").encode("utf-8")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\t\n\x0c\r \x00")
    if head.startswith(b"<?xml") or (head.startswith(b"<") and _ROOT.match(head) and not _HTML_TAG.match(head)):
        return _xml(head, declared)
    if _HTML_TAG.match(head):
        return _html(head)
    if head[:1] in (b"{", b"[") and _JSON.match(head):
        return "application/json"
    if head.translate(None, _BINARY) != head:
        return "application/octet-stream"
    # Text with tags somewhere: a page that begins with words, or a fragment.
    if _HTML_TAG.search(head) and (b"</" in head or declared in PAGES):
        return "text/html"
    if declared == "text/html" or not declared.startswith("text/"):
        return "text/plain"
    return declared


def _html(head: bytes) -> str:
    return "application/xhtml+xml" if head.startswith(b"<?xml") and _XHTML in head else "text/html"


def _xml(head: bytes, declared: str) -> str:
    root = _ROOT.search(head)
    name = root[1] if root else b""
    if name.lower() == b"html":
        return "application/xhtml+xml" if _XHTML in head else "text/html"
    if name in _XML_TYPES:
        return _XML_TYPES[name]
    if root is None and _HTML_TAG.search(head):
        return "text/html"
    return declared if declared.endswith("+xml") else "application/xml"
