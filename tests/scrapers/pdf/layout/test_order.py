"""Order and structure of the text: what stands where on the paper decides, not what the file draws first."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from scrapers.base import Rules
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph

WELLS = (
    "The wells of the northern district were tested twice in the dry season, and the results are printed in the annex."
)
SCHOOLS = "A second paragraph deals with schools alone: teachers, benches, chalk, and the road that children walk."


def body(content: bytes) -> str:
    found = read(page_of(content), Rules(ocr="off")).body
    assert found is not None
    return found.value


@pytest.mark.parametrize("foot", [["7"], ["Water Board", "page 7"]])
def test_a_foot_that_is_drawn_first_is_read_last(foot: list[str]) -> None:
    drawn_first = [Line(290, 40 - 12 * n, text, 9) for n, text in enumerate(foot)]
    text = body(document([[*drawn_first, Line(72, 760, "Water Act", 18), *paragraph(WELLS, y=700)]]))
    assert text.startswith(f"Water Act\n\n{WELLS}")
    assert text.endswith(foot[-1])


def test_a_foot_that_is_drawn_first_does_not_part_two_columns() -> None:
    left, right = paragraph(WELLS * 3, across=38, x=60, y=700), paragraph(SCHOOLS * 3, across=38, x=310, y=700)
    text = body(document([[Line(290, 40, "2", 9), *left, *right]]))
    assert text.index("The wells") < text.index("A second") < text.rindex("2")


@pytest.mark.parametrize("heading", ["(Article {})", "Section {}", "Artikel {}", "CHAPTER {}.", "第{}条"])
def test_numbered_headings_at_the_tops_of_pages_are_kept(heading: str) -> None:
    pages = [[Line(250, 800, heading.format(n), 11), *paragraph(f"{WELLS} {n}", y=760)] for n in range(3, 9)]
    text = body(document(pages))
    assert all(heading.format(n) in text for n in range(3, 9))


@pytest.mark.parametrize("head", ["Water Board 2019", "Annual report {}"])
def test_heads_that_come_back_are_still_left_out(head: str) -> None:
    texts = [" ".join(SCHOOLS.split()[n:]) + WELLS for n in range(3, 9)]
    pages = [[Line(250, 800, head.format(n), 9), *paragraph(text, y=760)] for n, text in enumerate(texts, 3)]
    assert head.split()[0] not in body(document(pages))


@pytest.mark.parametrize("step", [24, 28, 32])
def test_lines_that_are_set_far_apart_are_one_paragraph(step: int) -> None:
    first = paragraph(WELLS * 3, step=step)
    second = paragraph(SCHOOLS * 2, y=first[-1].y - 1.6 * step, step=step)
    assert body(document([[*first, *second]])).count("\n\n") == 1


def test_each_entry_of_the_contents_has_its_line() -> None:
    entries = [("Introduction", "1"), ("Purpose of the inquiry", "ii"), ("Leaks", "14")]
    lines = [Line(72, 700 - 14 * n, f"{words} {'.' * 40} {page}", 11) for n, (words, page) in enumerate(entries)]
    assert [f"{words}\t{page}" in body(document([lines])).split("\n") for words, page in entries] == [True] * 3


@pytest.mark.parametrize("line", ["_" * 40, ". . . . . . . . . .", "\u2026\u2026\u2026\u2026"])
def test_a_line_without_words_after_a_short_one_is_passed_over(line: str) -> None:
    lines = [Line(72, 720, "Plaintiff", 11), Line(72, 706, line, 11), *paragraph(WELLS, y=692)]
    assert WELLS in body(document([lines])).replace("\n", " ")


@pytest.mark.parametrize("first", [1, 17])
def test_numbers_that_count_the_lines_are_no_text(first: int) -> None:
    lines = paragraph(WELLS * 4, x=90)
    numbers = [Line(60, line.y, str(first + n), 8) for n, line in enumerate(lines)]
    drawn = [line for pair in zip(numbers, lines, strict=True) for line in pair]
    text = body(document([drawn]))
    assert text.replace("\n", " ").startswith(WELLS[:60])
    assert not any(character.isdigit() for character in text)


def test_a_numbered_list_keeps_its_numbers() -> None:
    lines = [Line(72, 700 - 14 * n, f"{n}. The well number {n} of the district", 11) for n in range(1, 9)]
    assert "8. The well" in body(document([lines]))


def test_what_stands_beside_each_item_of_a_list_stays_with_it() -> None:
    people = ["Tendai Moyo,", "Ngozi Obi,", "Lars Holm,", "Priya Nair,", "Ana Lima,", "Jun Park,"]
    lines = []
    for n, name in enumerate(people):
        lines += [Line(90, 700 - 14 * n, f"{n + 1}. {name}", 11), Line(250, 700 - 14 * n, f"Well Street {n + 40}", 11)]
    text = body(document([lines]))
    assert all(f"{name}\tWell Street {n + 40}" in text for n, name in enumerate(people))


def test_text_from_top_to_bottom_is_read_from_the_right() -> None:
    columns = [
        "この町の井戸は乾いた季節に二度ほど調べられたが、",
        "その結果を知る者はなく、記録は春になってから見つ",
        "かったと村の人々は語り、学校の先生もうなずいた。",
    ]
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=True))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("HeiseiMin-W3", 12)
    for number, text in enumerate(columns):
        canvas.drawString(420 - 18 * number, 760, text)
    canvas.save()
    assert body(out.getvalue()) == "".join(columns)


def test_a_large_first_letter_belongs_to_its_word() -> None:
    lines = paragraph(WELLS[1:], x=100, y=720)
    text = body(document([[Line(72, 706, "T", 40), *lines]]))
    assert text.startswith("The wells")
