"""Bytes to a tree: character sets as browsers choose them, and pages built to stall a parser."""

from __future__ import annotations

import time
from typing import Any

import pytest

from models.errors import ExtractError
from scrapers.html.dom import MAX_ATTRIBUTES, MAX_BYTES, parse
from scrapers.sniff.charset import LABELS, charset_of, codec, encoding

URL = "https://centre.example/reports/water"


def text(content: bytes, content_type: str | None = None) -> str:
    return str(parse(content, content_type, URL).root.text_content()).strip()


def meta(charset: str) -> bytes:
    return f'<html><head><meta charset="{charset}"></head><body><p>'.encode()


@pytest.mark.parametrize("name", LABELS)
def test_every_encoding_of_the_web_can_be_read(name: str) -> None:
    assert "x".encode(codec(name)).decode(codec(name)) == "x"
    assert encoding(f" {name.upper()} ") == name


@pytest.mark.parametrize("label", ["rot13", "unicode_escape", "idna", "zip", "hex", "utf-7", "punycode", "", "utf-8\0"])
def test_no_other_codec_can_be_named(label: str) -> None:
    assert encoding(label) is None


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (b"\xef\xbb\xbf<p>caf\xc3\xa9", "text/html; charset=iso-8859-1", "utf-8"),
        ("\ufeff<p>Résumé".encode("utf-16le"), "text/html; charset=utf-8", "utf-16le"),
        ("<p>Привет, мир".encode("windows-1251"), "text/html; charset=windows-1251", "windows-1251"),
        (meta("koi8-r") + "Привет, мир".encode("koi8-r"), None, "koi8-r"),
        (meta("gb2312") + "人权报告与企业责任".encode("gbk"), "text/html", "gb18030"),
        (meta("shift_jis") + "人権報告書".encode("cp932"), None, "shift_jis"),
        (meta("iso-8859-1") + "Résumé “quoted”".encode("cp1252"), None, "windows-1252"),
        (meta("iso-8859-1") + "Résumé — naïve".encode(), "text/html; charset=latin1", "utf-8"),
        (meta("utf-8") + b"plain", "text/html; charset=rot13", "utf-8"),
        (meta("utf-16") + b"plain", None, "utf-8"),
        (b"<p>nothing said, nothing beyond ASCII", None, "utf-8"),
        (b"<p>" + "Übergröße".encode(), None, "utf-8"),
    ],
)
def test_character_set_by_mark_header_meta_and_evidence(
    content: bytes, content_type: str | None, expected: str
) -> None:
    assert charset_of(content, content_type) == expected


def test_an_undeclared_character_set_is_detected() -> None:
    story = "Компания опубликовала отчёт о правах человека. Работники рассказали о нарушениях на заводе. " * 5
    assert text(b"<p>" + story.encode("windows-1251")) == story.strip()


def test_a_declared_utf8_with_some_broken_bytes_stays_utf8() -> None:
    assert text(meta("utf-8") + "Économie, société, égalité ".encode() * 20 + b"\xff").startswith("Économie, société")


def test_nuls_and_byte_order_marks_vanish() -> None:
    assert text(b"\xef\xbb\xbf<p>one\0 word\0s") == "one words"


@pytest.mark.parametrize(
    ("href", "base"),
    [
        ("/files/", "https://centre.example/files/"),
        ("https://www.centre.example/x/", "https://www.centre.example/x/"),
        ("https://files.centre.example/x/", "https://files.centre.example/x/"),
        ("https://elsewhere.example/", URL),
        ("//elsewhere.example/", URL),
        ("javascript:alert(1)", URL),
        ("http://[broken", URL),
        ("", URL),
    ],
)
def test_a_base_leads_nowhere_else(href: str, base: str) -> None:
    assert parse(f'<base href="{href}"><p>x'.encode(), None, URL).base_url == base


def test_entities_and_doctypes_load_nothing() -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x; &amp; &eacute;'
    assert "root:" not in text(page)
    assert "& é" in text(page)


MANY = 100_000


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        pytest.param(b"<div>" * MANY + b"x" + b"</div>" * MANY, "cut", id="nested"),
        pytest.param(b"<p>before</p>" + b"<b>" * MANY + b"x<p>after", "cut", id="nested inline"),
        pytest.param(b"<table><tr><td>" * MANY, "cut", id="nested tables"),
        pytest.param(b"<p>a" * MANY, "whole", id="repeated"),
        pytest.param(b"<p " + b" ".join(b"a%d=1" % n for n in range(MANY)) + b">x", "refused", id="attributes"),
        pytest.param(
            b"<p " + b" ".join(b'a%d=">"' % n for n in range(MANY)) + b">x", "refused", id="quoted attributes"
        ),
        pytest.param(b"<p " + b" ".join(b"a%d" % n for n in range(MANY)) + b">x", "refused", id="bare attributes"),
        pytest.param(b"<p>" + b"</p></b></div>" * MANY, "whole", id="end tags"),
        pytest.param(b"<p>x<" + b"<" * 2_000_000, "cut", id="less-than signs"),
        pytest.param(b"<p>x" + b"<!--" * 1_000_000, "cut", id="comments never closed"),
        pytest.param(b"<p>x<script>" * MANY, "whole", id="scripts never closed"),
        pytest.param(b"<p>" + b"&nosuch;&#x110000;&" * MANY, "whole", id="references"),
        pytest.param(b'<a b="<a c" ' * MANY, "either", id="quotes never closed"),
        pytest.param(b"<p>" + b"word " * 9_000_000, "whole", id="one long text"),
        pytest.param(b"<p>a" * 4_000_000, "cut", id="16 MB of tags", marks=pytest.mark.nightly),
        pytest.param(b"x" * (MAX_BYTES + 1), "refused", id="too many bytes"),
        pytest.param(b" \n\0\t", "refused", id="blank"),
        pytest.param(b"", "refused", id="empty"),
    ],
)
def test_hostile_pages_end_soon_and_say_how(content: bytes, outcome: Any) -> None:
    begun = time.process_time()
    try:
        dom = parse(content, None, URL)
        ended = "cut" if dom.cut else "whole"
    except ExtractError:
        ended = "refused"
    assert ended == outcome or outcome == "either"
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("opening", [b"<b>", b"<font size=2>", b"<div>", b"<x-y>", b"<ul><li>", b"<table><tr><td>"])
def test_no_text_is_lost_to_elements_that_are_never_closed(opening: bytes) -> None:
    dom = parse(b"<title>T </title><p>before </p>" + opening * 5000 + b"deep <p>after</p>", None, URL)
    assert dom.cut
    assert dom.root.text_content().split() == ["T", "before", "deep", "after"]


def test_many_attributes_in_all_but_few_an_element_are_fine() -> None:
    page = b"".join(
        b"<p " + b" ".join(b"a%d=1" % n for n in range(100)) + b">x</p>" for _ in range(MAX_ATTRIBUTES // 50)
    )
    assert parse(page, None, URL).cut is None


def test_what_a_page_without_body_tags_shows_is_in_its_body() -> None:
    page = b"<!doctype html><title>Wells</title><meta name=a content=b><article><h1>W</h1><p>x</article>"
    dom = parse(page, None, URL)
    assert [child.tag for child in dom.root.find("head")] == ["title", "meta"]
    assert dom.root.find("body/article/h1") is not None


def test_what_stands_after_the_end_tags_is_part_of_the_page() -> None:
    content = b"<html><body><header>Menu</header></body></html>\n<p>Story</p>\n</BODY ></html>\n<p>More</p>"
    body = parse(content, None, URL).root.find("body")
    assert body is not None
    assert body.text_content().split() == ["Menu", "Story", "More"]


@pytest.mark.parametrize(
    ("page", "outline"),
    [
        ("<table><tr><td><font>1<td><font>one<tr><td><font>2<td><font>two</table>", "tr(td td) tr(td td)"),
        ("<table><tr><td><a href=/x><b>1<td>one<tr><td><i>2<td>two</table>", "tr(td td) tr(td td)"),
        ("<table><tbody><tr><td><font>1<tbody><tr><td>2</table>", "tbody(tr(td)) tbody(tr(td))"),
        ("<ul><li><font>1<li><b>2<li>3</li></b></li>4</ul>", "li li li"),
        ("<dl><dt><b>1<dd><b>one<dt>2<dd>two</dl>", "dt dd dt dd"),
        ("<ul><li>1<ul><li>1.1</ul><li><div>2<ol><li>2.1</ol></div></ul>", "li(ul(li)) li(ol(li))"),
        ("<table><tr><td><table><tr><td>1</table><td>2<tr><td>3</table>", "tr(td(table(tr(td))) td) tr(td)"),
    ],
)
def test_an_item_or_row_ends_where_the_next_begins_whatever_is_left_open_in_it(page: str, outline: str) -> None:
    def outlined(element: Any) -> str:
        parts = " ".join(filter(None, map(outlined, element)))
        if element.tag in ("font", "a", "b", "i", "div"):
            return parts
        return f"{element.tag}({parts})" if parts else element.tag

    body = parse(page.encode(), None, URL).root.find("body")
    assert " ".join(map(outlined, body[0])) == outline


def test_text_between_items_that_were_left_open_keeps_its_place() -> None:
    page = b"<table><tr><td><font>a<tr><td>b</td></tr>\n<tr><td>c</td></tr></font></td></tr></table> d <p>e"
    assert "".join(text(page).split()) == "abcde"
