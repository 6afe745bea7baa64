"""Links that matter: files of all shapes, translations, what the text links to; never the frame's."""

# ruff: noqa: E501 (pages and lines as they come)

from __future__ import annotations

import pytest

from scrapers.base import Link, Rules
from scrapers.html.dom import parse
from scrapers.html.fields import fields
from scrapers.html.maintext import maintext
from scrapers.html.maintext.maintext import MainText
from scrapers.html.page import html_page

URL = "https://centre.example/en/reports/water/"
FRAME = '<nav class="main-nav"><a href="/about">About</a><a href="/annual-report.pdf">Annual report</a></nav>'


def links(content: str, head: str = "") -> dict[str, Link]:
    page = (
        f"<html><head>{head}</head><body>{FRAME}<h1>Water</h1><div class='body'>{content}</div>"
        "<footer class='footer'><a href='/terms.pdf'>Terms</a><a href='/imprint'>Imprint</a></footer></body></html>"
    )
    dom = parse(page.encode(), None, URL)
    found = fields.read(
        html_page(dom), MainText(body="Water", elements=tuple(dom.root.xpath("//div[@class='body']"))), Rules()
    )
    result = found["links"]
    assert isinstance(result, tuple)
    return {link.url: link for link in result}


@pytest.mark.parametrize(
    ("anchor", "url", "media_type"),
    [
        ('<a href="/files/a.pdf">A</a>', "https://centre.example/files/a.pdf", "application/pdf"),
        ('<a href="../files/a.PDF?sequence=1&amp;isAllowed=y#page=4">A</a>', "https://centre.example/en/reports/files/a.PDF?sequence=1&isAllowed=y", "application/pdf"),
        ('<a href="https://media.example/x%20y.pdf">A</a>', "https://media.example/x%20y.pdf", "application/pdf"),
        ('<a href="/bitstreams/0a1b/download">report (1.2 MB)</a>', "https://centre.example/bitstreams/0a1b/download", None),
        ('<a href="/documents/12/x.pdf">A</a>', "https://centre.example/documents/12/x.pdf", "application/pdf"),
        ('<a href="/download/123/">A</a>', "https://centre.example/download/123/", None),
        ('<a href="/alias" type="application/pdf; length=442400">Report</a>', "https://centre.example/alias", "application/pdf"),
        ('<a href="/get" download>Report</a>', "https://centre.example/get", None),
        ('<a href="/node/7">Download the full report (PDF)</a>', "https://centre.example/node/7", None),
        ('<a href="/x.docx">A</a>', "https://centre.example/x.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_files_of_all_shapes(anchor: str, url: str, media_type: str | None) -> None:
    link = links(f"<p>{anchor}</p>")[url]
    assert (link.rel, link.media_type) == ("attachment", media_type)
    assert link.text


def test_files_outside_the_text_count_where_they_are_listed_as_files() -> None:
    page = (
        '<html><body><h1>Water</h1><p>x</p><section class="file-section"><a href="/a.pdf">A</a></section></body></html>'
    )
    dom = parse(page.encode(), None, URL)
    found = fields.read(html_page(dom), MainText(body="x", elements=tuple(dom.root.iter("p"))), Rules())["links"]
    assert isinstance(found, tuple)
    assert [(link.url, link.rel) for link in found] == [("https://centre.example/a.pdf", "attachment")]


def test_the_frame_and_other_schemes_are_left_out() -> None:
    found = links(
        '<p><a href="mailto:a@b.c">m</a><a href="javascript:x()">j</a><a href="#top">t</a><a href="tel:1">t</a><a href="/other#part">Other</a></p>'
    )
    assert list(found) == ["https://centre.example/other"]
    assert found["https://centre.example/other"].rel == "link"


def test_translations_by_hreflang() -> None:
    found = links(
        '<p class="languages"><a hreflang="es" href="/es/agua">español</a></p>',
        '<link rel="alternate" hreflang="fr" href="/fr/eau"><link rel="alternate" hreflang="x-default" href="/x">',
    )
    assert found["https://centre.example/fr/eau"].rel == "translation"
    assert found["https://centre.example/fr/eau"].language == "fr"
    assert found["https://centre.example/es/agua"].rel == "translation"
    assert "https://centre.example/x" not in found


def test_each_address_once_and_bounded() -> None:
    assert len(links('<p><a href="/a.pdf">A</a> <a href="/a.pdf#p2">B</a></p>')) == 1
    assert len(links("".join(f'<a href="/p{i}">{i}</a>' for i in range(30_000)))) <= 2000


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='/pdfjs/web/viewer.html?file=/files/a.pdf'>Read the report</a>",
        "<a href='https://docs.google.com/viewer?url=https%3A%2F%2Fcentre.example%2Ffiles%2Fa.pdf&embedded=true'>View</a>",
        "<button type='button' data-href='/files/a.pdf'>Download PDF</button>",
        """<button onclick="window.open('/files/a.pdf')">Download</button>""",
        """<input type="button" value="Download" onclick="location.href = '/files/a.pdf'">""",
        "<form action='/files/a.pdf'><button>Download PDF</button></form>",
        "<form action='/go'><button formaction='/files/a.pdf'>Download PDF</button></form>",
        "<a href='\\files\\a.pdf'>PDF</a>",
        "<a href='https:/files/a.pdf'>PDF</a>",
    ],
)
def test_files_behind_viewers_and_buttons(markup: str) -> None:
    assert links(f"<p>{markup}</p>")["https://centre.example/files/a.pdf"].rel == "attachment"


PAGE = "<article><h1>Water</h1><p>The wells of the valley ran dry in the year of the survey, and came back.</p>{}</article>"


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ("<form action='/files/a.pdf'><button>Download PDF</button></form>", "/files/a.pdf"),
        ("<div class='x'><form method='GET' action='/files/a.pdf'><input type='submit' value='PDF'></form></div>", "/files/a.pdf"),
        ("<form action='/dl?old=1'><input type='hidden' name='doc' value='7'><input type='submit' value='Download the report (PDF)'></form>", "/dl?doc=7"),
        ("<form action='/go'><button formaction='/files/a.pdf'>Download</button></form>", "/files/a.pdf"),
        ("<p><a href='/get.aspx?id=2'>Full text</a></p>", "/get.aspx?id=2"),
        ("<p><a href='/view-doc.php?n=7'>Texte intégral</a></p>", "/view-doc.php?n=7"),
        ("<p><a href='/reports/fulltext.cfm?n=7'>Download</a></p>", "/reports/fulltext.cfm?n=7"),
        ("<p><a href='/h/Stream.ashx?id=4'>全文</a></p>", "/h/Stream.ashx?id=4"),
        ("<div><input type='button' value='Download' onclick=\"window.open('/getfile.jsp?id=4')\"></div>", "/getfile.jsp?id=4"),
    ],
)  # fmt: skip
def test_files_that_a_form_or_a_script_of_the_site_hands_out(markup: str, path: str) -> None:
    (link,) = read_links(markup)
    assert (link.url, link.rel) == (f"https://centre.example{path}", "attachment")


@pytest.mark.parametrize(
    "markup",
    [
        "<p><a href='/articles/7'>Full text</a></p>",
        "<p><a href='/view.php?id=7'>The second part</a></p>",
        "<p><a href='/reports/7'>Read the full report</a></p>",
        "<form action='/subscribe'><input name='mail'><button>Download the report (PDF)</button></form>",
        "<form action='/search'><input type='hidden' name='site' value='1'><button>Search</button></form>",
        "<nav><form action='/files/a.pdf'><button>Download PDF</button></form></nav>",
    ],
)
def test_pages_and_forms_that_are_no_files(markup: str) -> None:
    assert [link.url for link in read_links(markup) if link.rel == "attachment"] == []


def read_links(markup: str) -> tuple[Link, ...]:
    dom = parse(f"<html><body><main>{PAGE.format(markup)}</main></body></html>".encode(), None, URL)
    page = html_page(dom)
    found = fields.read(page, maintext.read(page), Rules())["links"]
    assert isinstance(found, tuple)
    return found


def test_a_handler_that_is_given_a_name_is_asked_itself() -> None:
    assert "https://centre.example/download.php?file=a.pdf" in links("<p><a href='/download.php?file=a.pdf'>A</a></p>")


def test_base_resolves_and_cannot_lead_away() -> None:
    assert "https://centre.example/files/a.pdf" in links('<p><a href="a.pdf">A</a></p>', '<base href="/files/">')
    assert "https://centre.example/en/reports/water/a.pdf" in links(
        '<p><a href="a.pdf">A</a></p>', '<base href="https://evil.example/">'
    )
