"""Files that lost their end: the pages before the cut are read, and it is said that something may be missing."""

from __future__ import annotations

import pytest

from models.errors import UnreadablePdf
from scrapers.base import Rules
from scrapers.pdf.engine.repair import repaired
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.raw import Pdf

PAGES = 9


def written(*, packed: bool, tree_first: bool = True) -> bytes:
    """Return a file of nine pages; packed, all but the texts stand in one object stream after the first three texts."""
    pdf = Pdf()
    pdf.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>", 3)
    kids = range(10, 10 + PAGES)
    tree = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (PAGES, b" ".join(b"%d 0 R" % kid for kid in kids)),
    }
    pages = {
        kid: b"<</Type /Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        % (kid + 20)
        for kid in kids
    }
    if tree_first:
        pages = tree | pages
    for number, kid in enumerate(kids, start=1):
        if packed and number == 4:
            heads, bodies = b"", b""
            for at, body in pages.items():
                heads += b"%d %d " % (at, len(bodies))
                bodies += body + b" "
            pdf.stream(heads + bodies, b"/Type/ObjStm/N %d/First %d" % (len(pages), len(heads)), 90)
        if not packed and kid in pages:
            pdf.add(pages[kid], kid)
        pdf.stream(b"BT /F1 12 Tf 72 700 Td (The wells of district %d are dry.) Tj ET" % number, number=kid + 20)
    for number, body in tree.items() if not packed else ():
        pdf.add(body, number)
    return pdf.data()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("share", [0.6, 0.9])
def test_pages_before_the_cut_are_read(packed: bool, share: float) -> None:
    whole = written(packed=packed)
    extracted = read(page_of(whole[: int(len(whole) * share)]), Rules(ocr="off"))
    assert extracted.body is not None
    read_of = [number for number in range(1, PAGES + 1) if f"district {number} are" in extracted.body.value]
    assert read_of == list(range(1, len(read_of) + 1))
    assert len(read_of) >= PAGES * share / 2
    assert any("cut off" in note for note in extracted.notes)


def test_without_a_whole_page_the_file_is_refused() -> None:
    whole = written(packed=True)
    with pytest.raises(UnreadablePdf, match="cut off"):
        read(page_of(whole[: whole.index(b"/ObjStm") + 40]), Rules(ocr="off"))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n1 0 obj\n<</Type/Page/Encrypt 9 0 R>>\nendobj\n",
        b"%PDF-1.7\n1 0 obj\n<</Type/Pages/Count 1>>\nendobj\n",
        b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 9/First 99999>>stream\nxx\nendstream\nendobj\n",
        b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\nxx\nendstream\nendobj\n",
        b"%PDF-1.7\n",
    ],
)
def test_nothing_is_made_of_files_without_readable_pages(content: bytes) -> None:
    assert repaired(content) is None
