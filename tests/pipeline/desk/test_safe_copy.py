from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.desk.safe_copy import Printed, safe_copy

WAYS_OUT = (Path(__file__).parent / "ways_out.html").read_bytes()


def test_nothing_leads_out_of_a_copy() -> None:
    copy = safe_copy(WAYS_OUT, "text/html; charset=utf-8", ())
    body = copy.partition("<body>")[2]
    assert "evil" not in body
    assert re.findall(r"<[a-z0-9]+[^>]*\s(?!colspan|rowspan|lang|dir|data-field|class)[a-z-]+=", body) == []
    for tag in ("script", "img", "iframe", "svg", "form", "input", "a ", "link", "style", "object", "math", "meta"):
        assert f"<{tag}" not in body
    for words in (
        "A title",
        "cell",
        "quoted",
        "kept words",
        "Bee, 3 May 2019",
        "image: A &quot;picture&quot; &lt;b&gt;",
    ):
        assert words in body


@pytest.mark.parametrize(
    "page",
    [
        *(b"", b"   ", b"\x00\xff\xfe", b"<", b"plain words", b"<html>", b"<frameset><frame src=x></frameset>"),
        *(b"<b>" * 5_000 + b"deep", b"<table><tr><td>" * 300 + b"x", b"<a" + b" x" * 3_000 + b">"),
        b"<svg></p><style><a id='</style><img src=1 onerror=1>'>",
        b"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        *(b"<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", b"<!--><img src=x onerror=1>-->"),
        *(b"<p dir='rtl\" onx=1'>", b"<td colspan='2 onx=1'>", b"<p lang='en\" onx=1'>"),
    ],
)
def test_any_bytes_have_a_harmless_copy(page: bytes) -> None:
    copy = safe_copy(page, "text/html; charset=utf-8", ())
    body = copy.partition("<body>")[2]
    assert body.endswith("</body></html>")
    assert re.findall(r"<[^>]*(?:onerror|onx|src)[^>]*>", body) == []


def test_what_was_printed_is_marked() -> None:
    page = b"<div class=by><p>By <b>Ann Bee</b>, <i>3 May\n 2019</i> & more</p></div><p>3 May 2019 again</p>"
    printed = (
        Printed(field="date published", raw="3 May 2019", place="div.by > p"),
        Printed(field="authors", raw="Ann Bee", place=None),
        Printed(field="bad", raw="more", place="p{}</style><script>"),
        Printed(field='x"><script>', raw="again", place=None),
    )
    body = safe_copy(page, "text/html; charset=utf-8", printed).partition("<body>")[2]
    assert '<mark data-field="date published">3 May\n 2019</mark>' in body
    assert '<mark data-field="authors">Ann Bee</mark>' in body
    assert '<mark data-field="x&quot;&gt;&lt;script&gt;">again</mark>' in body
    assert "<script" not in body


def test_a_page_that_is_too_large_is_cut_and_says_so() -> None:
    copy = safe_copy(b"<p>begin</p>" + b"<p>x</p>" * 400_000, "text/html", ())
    assert "too large to be shown whole" in copy
    assert "begin" in copy
