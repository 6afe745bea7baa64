"""Whatever the markup, the main text comes out clean, and soon."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import ExtractError
from scrapers.html.dom import parse
from scrapers.html.maintext import maintext
from scrapers.html.page import html_page

TAGS = (
    "p",
    "div",
    "a href=x",
    "b",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "h1",
    "pre",
    "br",
    "script",
    "noscript",
    "article",
    "x-y",
)
WORDS = (
    "word ",
    "Ünï ",
    "\u202e",
    "\ud800",
    "&#0;",
    "&amp;",
    "漢字。",
    "\x07",
    "<",
    ">",
    '"',
    "e\u0301",
    "\u00e2\u0080\u0099",
    "\xa0",
)
PIECE = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
    st.sampled_from(WORDS),
    st.text(max_size=20),
)


@settings(max_examples=75)
@given(st.lists(PIECE, max_size=60), st.sampled_from(["utf-8", "windows-1252", "gbk", None]))
def test_any_markup_gives_clean_text_or_a_clear_refusal(pieces: list[str], charset: str | None) -> None:
    content = "".join(pieces).encode("utf-8", "surrogatepass")
    try:
        dom = parse(content, f"text/html; charset={charset}" if charset else None, "https://centre.example/x")
    except ExtractError:
        return
    body = maintext.read(html_page(dom)).body
    assert body == unicodedata.normalize("NFC", body)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in body)
    body.encode()


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(ExtractError):
        maintext.read(html_page(parse(content, None, "https://centre.example/x")))
