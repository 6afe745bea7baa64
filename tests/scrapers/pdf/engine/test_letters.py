"""Every letter: accents and hyphens as drawn, what people wrote into forms, nothing from outside the page."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.engine.accents import composed
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph

WELLS = "The wells of the northern district were tested twice in the dry season."


def body(content: bytes) -> str:
    found = read(page_of(content), Rules(ocr="off")).body
    assert found is not None
    return found.value


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("he´morragies ce´re´brales", "hémorragies cérébrales"),
        ("pr´elev´ee, la fenˆetre", "prélevée, la fenêtre"),
        ("Gr¨oße der M¨arkte f¨ur", "Größe der Märkte für"),
        ("ma˜nana ser´a", "mañana será"),
        ("re´animation pe´diatrique", "réanimation pédiatrique"),
        ("na¨ıve", "naïve"),
        ("gar¸con", "garçon"),
        ("ˇcesk´y", "český"),
        ("`quoted' and `so'", "`quoted' and `so'"),
        ("5 ˚C", "5 ˚C"),
        ("plain", "plain"),
    ],
)
def test_accents_beside_a_letter_are_put_upon_it(drawn: str, read: str) -> None:
    assert composed(drawn) == read


def test_a_soft_hyphen_within_a_line_is_drawn_and_kept() -> None:
    assert body(document([[Line(72, 700, "The pseudo\u00adAvicennian part 01\u00ad2301 of it")]])) == (
        "The pseudo-Avicennian part 01-2301 of it"
    )


def test_the_mark_of_a_footnote_is_parted_from_a_year() -> None:
    lines = [Line(72, 700, "The law of 1998", 12), Line(162, 705, "12", 7), Line(172, 700, "was void.", 12)]
    assert body(document([lines])).startswith("The law of 1998 12")


def test_a_number_that_begins_like_a_year_stays_whole() -> None:
    assert "20043 wells" in body(document([[Line(72, 700, "There are 20043 wells here", 12)]]))


def test_what_a_person_wrote_into_a_form_is_read_beside_its_label() -> None:
    lines = [Line(72, 700, "Date:"), Line(72, 670, "Place:"), *paragraph(WELLS, y=600)]
    content = document([lines], values=[((130, 695, 300, 712), "June 6, 2023"), ((130, 665, 300, 682), "Old Mill")])
    text = body(content).replace("\t", " ")
    assert "Date: June 6, 2023" in text
    assert "Place: Old Mill" in text


def test_a_value_that_is_drawn_as_well_is_read_once() -> None:
    lines = [Line(72, 700, "Place:"), Line(132, 700, "Old Mill"), *paragraph(WELLS, y=600)]
    assert body(document([lines], values=[((130, 695, 300, 712), "Old Mill")])).count("Old Mill") == 1


def test_what_stands_outside_the_shown_part_of_the_sheet_is_no_text() -> None:
    lines = [Line(20, 20, "proof for press only", 8), *paragraph(WELLS, y=600)]
    assert body(document([lines], crop=(50, 50, 545, 792))) == WELLS


@pytest.mark.parametrize("alef", ["ا", "أ", "إ", "آ"])
def test_lam_comes_before_alef_where_one_glyph_draws_both(alef: str) -> None:
    word = "خ\ue000ل ا\ue000نتاج"
    content = document([[Line(72, 700, word[::-1])]], meaning={"\ue000": f"ل{alef}"})
    assert f"خل{alef}ل" in body(content)
