from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.sniff.mediatype import sniff


def zipped(**members: str) -> bytes:
    """Return an archive; without a member's own time, which would make the name of a test another each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def office(part: str) -> bytes:
    return zipped(**{"[Content_Types].xml": "<Types/>", part: "<x/>"})


def open_document(media_type: str) -> bytes:
    return zipped(**{"mimetype": media_type, "content.xml": "<x/>"})


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("content", "declared", "media_type"),
    [
        (b"%PDF-1.7\n", "text/html", "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", None, "application/pdf"),
        (b"\r\n\r\n%PDF-1.4", "application/octet-stream", "application/pdf"),
        (b"x" * 1000 + b"%PDF-1.4", None, "application/pdf"),
        (b"<br />\n<b>Warning</b>: x in /a.php<br />\n%PDF-1.4\n1 0 obj\n<<", None, "application/pdf"),
        (b"<html><title>What %PDF-1.4 means</title>", None, "text/html"),
        (b"BMW in the cobalt belt", None, "text/plain"),
        (b"BM\x36\x10\x0e\0\0\0\0\0\x36\0\0\0", None, "image/bmp"),
        (b"<!DOCTYPE html><html>", "application/pdf", "text/html"),
        (b"<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", None, "text/html"),
        (b"\n\n  <html lang=en>", None, "text/html"),
        (b"\xef\xbb\xbf<HTML>", None, "text/html"),
        (b"<!-- saved from --><html>", None, "text/html"),
        (b"<div class=x>part</div>", None, "text/html"),
        (b"<p>part</p>", "text/plain", "text/html"),
        (b"<article><h1>x</h1></article>", "application/octet-stream", "text/html"),
        (b"Warning: mysql_connect() failed <br /><html><body>x</body></html>", "text/html", "text/html"),
        ("<html><p>für".encode("utf-16"), None, "text/html"),
        ("<html><p>für".encode("utf-16-le"), None, "text/html"),
        (
            b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>",
            None,
            "application/xhtml+xml",
        ),
        (b"<?xml version='1.0'?><html><body>x</body></html>", None, "text/html"),
        (b"<?xml version='1.0'?><!-- x --><rss version='2.0'>", "text/html", "application/rss+xml"),
        (b"<rss version='2.0'>", None, "application/rss+xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "text/plain", "application/atom+xml"),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", None, "application/atom+xml"),
        (b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'>", None, "application/rdf+xml"),
        (b"<?xml version='1.0'?><urlset xmlns='x'>", "text/xml", "application/xml"),
        (b"<OAI-PMH xmlns='x'>", "text/xml", "application/xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None, "image/svg+xml"),
        (b'{"a": 1}', "text/html", "application/json"),
        (b' [{"id": 1}]', None, "application/json"),
        (b"[]", None, "application/json"),
        (b"[1] Footnotes come first here.", "text/plain", "text/plain"),
        (b"{\\rtf1\\ansi hello}", None, "application/rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "text/html", "image/png"),
        (b"\xff\xd8\xff\xe0", "application/pdf", "image/jpeg"),
        (b"GIF89a\x01", None, "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", None, "image/webp"),
        (b"\0\0\0\x20ftypavif", None, "image/avif"),
        (b"\0\0\0\x20ftypisom", None, "video/mp4"),
        (gzip.compress(b"x", mtime=0), "application/xml", "application/gzip"),
        (office("word/document.xml"), "application/octet-stream", DOCX),
        (office("xl/workbook.xml"), None, XLSX),
        (office("other/x.xml"), None, "application/zip"),
        (open_document(ODT), None, ODT),
        (b"PK\x03\x04" + bytes(50), None, "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "application/msword", "application/x-ole-storage"),
        (b"Just words, and a few more.", None, "text/plain"),
        (b"Just words, and a few more.", "text/html", "text/plain"),
        (b"a,b\n1,2\n", "text/csv", "text/csv"),
        ("тест".encode("cp1251"), "text/plain; charset=windows-1251", "text/plain"),
        (b"words\x00and\x01noise", "text/html", "application/octet-stream"),
        (bytes(range(256)), None, "application/octet-stream"),
        (b"", None, "text/plain"),
    ],
)
def test_the_bytes_decide(content: bytes, declared: str | None, media_type: str) -> None:
    assert sniff(content, declared) == media_type


@settings(max_examples=150)
@given(st.binary(max_size=300), st.none() | st.text(max_size=30))
def test_any_bytes_are_something(content: bytes, declared: str | None) -> None:
    kind, _, name = sniff(content, declared).partition("/")
    assert kind
    assert name
