"""Contents: what is no document though it came whole, and documents that are built to break their reader."""

from __future__ import annotations

from models.errors import ExtractError, NotADocument, PageError, UnreadablePdf
from tests.hostile.fault import DOCUMENT, PARAGRAPH, TITLE, Fault
from tests.hostile.server import answer

_BODY = DOCUMENT.encode()
_TEXT = f"<p>{PARAGRAPH * 4}</p>" * 3


def _page(title: str, body: str, head: str = "") -> bytes:
    return answer(f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>")


def _refused(name: str, sends: bytes, reason: str = "", error: type[PageError] = NotADocument) -> Fault:
    return Fault(name=name, stage="extract", sends=sends, error=error, reason=reason)


def _read(name: str, sends: bytes) -> Fault:
    return Fault(name=name, stage="extract", sends=sends, error=None)


def _reread(name: str, old: str, new: str) -> Fault:
    """The healthy document with one thing changed."""
    assert old in DOCUMENT
    return _read(name, answer(DOCUMENT.replace(old, new)))


FAULTS = (
    _refused(
        "soft-404",
        _page("Page not found", "<h1>404 - Page not found</h1><p>We can't find the page you're looking for.</p>"),
        "soft 404",
    ),
    _refused(
        "soft-404-in-french",
        _page("Page introuvable", "<h1>Page introuvable</h1><p>La page demandée n'existe pas.</p>"),
        "soft 404",
    ),
    _refused(
        "sign-in-form",
        _page("Sign in", "<h1>Sign in</h1><form><input name=u><input type=password name=p><button>Go</button></form>"),
        "sign-in form",
    ),
    _refused(
        "challenge-page",
        _page("Just a moment...", "<h1>Checking your browser</h1><p>Enable JavaScript and cookies to continue</p>"),
        "challenge",
    ),
    _refused(
        "cookie-wall",
        _page(
            "Before you continue",
            "<h1>We use cookies</h1><p>Accept all cookies to continue to this site.</p><button>Accept</button>",
        ),
        "cookie wall",
    ),
    _refused(
        "empty-without-scripts",
        _page("App", "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"),
        "JavaScript",
    ),
    _refused("picture-for-a-page", answer(b"\x89PNG\r\n\x1a\n" + bytes(500)), "image/png"),
    _refused("archive-for-a-page", answer(b"PK\x03\x04" + bytes(500)), "application/zip"),
    _refused("noise-for-a-page", answer(bytes(range(256)) * 9), "octet-stream"),
    _refused(
        "a-hundred-thousand-attributes",
        answer("<html><title>T</title><p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">x</p>{_TEXT}"),
        "attributes",
        ExtractError,
    ),
    _refused("pdf-of-one-line", answer(b"%PDF-1.7\n", kind="application/pdf"), "", UnreadablePdf),
    _refused(
        "pdf-cut-short",
        answer(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R", kind="application/pdf"),
        "",
        UnreadablePdf,
    ),
    _refused("pdf-of-noise", answer(b"%PDF-1.7\n" + bytes(range(256)) * 20, kind="application/pdf"), "", UnreadablePdf),
    _read("page-called-a-pdf", answer(DOCUMENT, kind="application/pdf")),
    _read("page-of-no-known-type", answer(DOCUMENT, kind="application/octet-stream")),
    _read("nuls-within", answer(DOCUMENT.replace("families", "fami\0lies"))),
    _reread("entity-for-a-surrogate", "forty", "forty&#xD800;"),
    _reread("escape-sequences", "forty", "\x1b[31mforty"),
    _reread("bidirectional-override", "forty", "\u202eforty\u202c"),
    _reread("character-set-made-up", "charset='utf-8'", "charset='klingon'"),
    _reread("character-set-utf-7", "charset='utf-8'", "charset='utf-7'"),
    _reread("character-set-of-python", "charset='utf-8'", "charset='rot13'"),
    _read("header-of-another-character-set", answer(DOCUMENT, kind="text/html; charset=utf-16")),
    _read("utf-16-without-saying-so", answer(DOCUMENT.encode("utf-16"), kind="text/html")),
    _reread("nested-a-thousand-deep", "<main>", "<main>" + "<i>" * 1000 + "</i>" * 1000),
    _reread("json-ld-nested-deep", "</head>", f"<script type='application/ld+json'>{'[' * 50_000}</script></head>"),
    _reread("json-ld-broken", "</head>", "<script type='application/ld+json'>{\"@type\": </script></head>"),
    _reread("base-leads-away", "</head>", "<base href='http://127.0.0.1/'></head>"),
    _reread(
        "ten-thousand-links",
        "</main>",
        "</main><footer>" + "".join(f"<a href='/{n}'>{n}</a> " for n in range(10_000)) + "</footer>",
    ),
    _read(
        "external-entity",
        answer(
            "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>{TITLE}</title></head>"
            f"<body><h1>{TITLE}</h1><p>&x;</p>{_TEXT}</body></html>"
        ),
    ),
    _read(
        "a-billion-laughs",
        answer(
            "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'ha'>"
            + "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
            + f"]><html xmlns='http://www.w3.org/1999/xhtml'><head><title>{TITLE}</title></head>"
            f"<body><h1>{TITLE}</h1><p>&i;</p>{_TEXT}</body></html>"
        ),
    ),
)
