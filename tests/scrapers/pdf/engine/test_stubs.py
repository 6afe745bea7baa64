"""Files whose only page says that another program is needed: refused with what they are, not read as documents."""

from __future__ import annotations

import pytest

from models.errors import UnreadablePdf
from scrapers.base import Rules
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.raw import Pdf

WAIT = "Please wait. To view the full contents of this document you need a later version of Adobe Reader."
OPEN = "For the best experience open this file in Acrobat 9 or Adobe Reader 9."


def written(text: str, catalogue: bytes, more: dict[int, bytes]) -> bytes:
    pdf = Pdf({1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>"})
    pdf.add(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        3,
    )
    pdf.stream(b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % text.encode(), number=4)
    for number, content in more.items():
        pdf.add(content, number)
    return pdf.data()


def xfa(text: str) -> bytes:
    packet = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>"
    return written(
        text,
        b"/AcroForm 5 0 R",
        {
            5: b"<</Fields[]/XFA 6 0 R>>",
            6: b"<</Length %d>>stream\n%s\nendstream" % (len(packet), packet),
        },
    )


def portfolio(text: str, files: int) -> bytes:
    names = b" ".join(b"(%d.pdf) %d 0 R" % (number, 10 + 2 * number) for number in range(files))
    more: dict[int, bytes] = {}
    for number in range(files):
        more[10 + 2 * number] = b"<</Type/Filespec/F(%d.pdf)/EF<</F %d 0 R>>>>" % (number, 11 + 2 * number)
        more[11 + 2 * number] = b"<</Type/EmbeddedFile/Length 4>>stream\n%PDF\nendstream"
    return written(text, b"/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[%s]>>>>" % names, more)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (xfa(WAIT), "an XFA form"),
        (portfolio(OPEN, 1), "the file that is attached to it is not read"),
        (portfolio(OPEN, 3), "the 3 files that are attached to it are not read"),
    ],
)
def test_a_page_that_stands_for_something_else_is_refused_with_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePdf, match=reason):
        read(page_of(content), Rules(ocr="off"))


@pytest.mark.parametrize(
    "content",
    [
        xfa("The wells of the northern district"),
        portfolio("The wells of the northern district", 2),
        written(WAIT, b"", {}),
    ],
)
def test_other_files_are_read(content: bytes) -> None:
    assert read(page_of(content), Rules(ocr="off")).body is not None
