import os
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from models.errors import UnreadablePdf
from scrapers.base import Rules
from scrapers.pdf.engine import ocr
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.odd import scan
from tests.pdfs.raw import document, paragraph
from tests.pdfs.reports import FILLER

FRENCH = (
    "Les habitants du district ont demandé\nles registres au printemps et on leur\na répondu que personne ne les avait."
)


def left_out(model: str) -> bool:
    if model in ocr.models():
        return False
    print(f"Tesseract or its model {model} is not installed: OCR is left out of this test run")
    return True


def bound(*files: bytes) -> bytes:
    """Return the pages of some files as one file."""
    import io

    whole, out = PdfDocument.new(), io.BytesIO()
    for content in files:
        part = PdfDocument(content)
        whole.import_pages(part)
        part.close()
    whole.save(out)
    whole.close()
    return out.getvalue()


@pytest.mark.nightly
def test_a_scan_on_its_side_is_turned_and_read_in_its_language() -> None:
    if left_out("fra") or left_out("osd"):
        return
    extracted = read(page_of(scan("\n".join([FRENCH] * 4), turned=90)), Rules())
    assert extracted.body is not None
    assert extracted.body.value.split() == 4 * FRENCH.split()
    assert extracted.body.origin == "pdf:ocr"
    assert extracted.language is not None
    assert extracted.language.value == "fr"


def test_pages_of_text_and_pictures_are_told_apart() -> None:
    if left_out("eng"):
        return
    text = document([paragraph(" ".join([FILLER["en"]] * 3))])
    extracted = read(page_of(bound(text, scan(), scan(""))), Rules())
    assert extracted.body is not None
    assert extracted.body.origin == "pdf:text"
    assert extracted.body.value.endswith("The wells of the northern district\n\nwere tested twice in 2019.")
    assert extracted.notes == (
        "page 3 without text: a picture, in which OCR finds none",
        "page 2 read by OCR",
    )


@pytest.mark.parametrize("stamp", ["", "March 2019 | www.rivers.example.org"])
def test_a_cover_that_is_a_picture_gives_the_title(stamp: str) -> None:
    if left_out("eng"):
        return
    text = document([paragraph(" ".join([FILLER["en"]] * 3))])
    extracted = read(page_of(bound(scan("The Price of Water", stamp=stamp), text)), Rules())
    assert extracted.title is not None
    assert (extracted.title.value, extracted.title.origin) == ("The Price of Water", "pdf:ocr")
    assert extracted.body is not None
    assert stamp in extracted.body.value
    assert extracted.notes == ("page 1 read by OCR",)


def test_a_tesseract_that_takes_too_long_is_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if left_out("eng"):
        return
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 0.1)
    with pytest.raises(UnreadablePdf, match="only pictures, for which OCR took more than 20 seconds"):
        read(page_of(scan()), Rules())
    text = document([paragraph(" ".join([FILLER["en"]] * 3))])
    assert "page 2 without text: a picture, for which OCR took" in " ".join(
        read(page_of(bound(text, scan())), Rules()).notes
    )


def test_a_title_printed_on_a_picture_needs_no_ocr() -> None:
    text = document([paragraph(" ".join([FILLER["en"]] * 3))])
    extracted = read(page_of(bound(scan("Water", stamp="The Price of Water in Two Valleys"), text)), Rules())
    assert extracted.title is not None
    assert (extracted.title.value, extracted.title.origin) == ("The Price of Water in Two Valleys", "pdf:front-matter")


def test_pages_that_are_left_out_are_named_even_where_they_bear_a_number() -> None:
    text = document([paragraph(" ".join([FILLER["en"]] * 3))])
    extracted = read(page_of(bound(text, scan(stamp="17"))), Rules(ocr="off"))
    assert extracted.notes == ("page 2 without text: a picture, needs OCR", "OCR is off")


def test_a_document_is_given_so_many_pages_and_seconds() -> None:
    reader = ocr.Tesseract("en")
    reader.pages = ocr.MAX_PAGES
    if left_out("eng"):
        return
    assert reader.wanting() == "at most 20 pages and 40 seconds a document are given to OCR"


def test_only_a_model_for_the_same_letters_stands_in_for_another() -> None:
    if left_out("eng"):
        return
    assert ocr.Tesseract("ka").wanting() == "Tesseract has no model for ka here"
    assert ocr.Tesseract("cy").wanting() is None
    assert ocr.Tesseract("cy").substituted() == "OCR had no model for cy here: accents may be wrong"


def test_without_ocr_a_scan_fails_and_says_what_it_needs() -> None:
    with pytest.raises(UnreadablePdf, match="only pictures: a scan, needs OCR"):
        read(page_of(scan()), Rules(ocr="off"))


@pytest.mark.parametrize("strips", [1, 7, 40])
def test_a_scan_in_strips_is_one_picture(strips: int) -> None:
    with pytest.raises(UnreadablePdf, match="only pictures: a scan, needs OCR"):
        read(page_of(scan(strips=strips)), Rules(ocr="off"))
