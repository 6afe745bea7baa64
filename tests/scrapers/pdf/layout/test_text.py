from typing import Any

import pytest

from scrapers.base import Rules
from scrapers.pdf.layout.paragraphs import mended
from scrapers.pdf.reader import page_count, read
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph

WELLS = (
    "The wells of the northern district were tested twice in the dry season, and the results are printed in the annex."
)
SCHOOLS = (
    "A second column deals with schools alone: teachers, benches, chalk, the bell, and the road that children walk."
)


def body(content: bytes, **rules: Any) -> str:
    found = read(page_of(content), Rules(ocr="off", **rules)).body
    assert found is not None
    return found.value


def test_a_paragraph_is_one_line_and_the_next_is_parted_by_a_blank_one() -> None:
    content = document([[*paragraph(WELLS, across=50), *paragraph(SCHOOLS, y=640, across=50)]])
    assert body(content) == f"{WELLS}\n\n{SCHOOLS}"


def test_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    left, right = paragraph(WELLS * 3, x=50, across=36), paragraph(SCHOOLS * 3, x=320, across=36)
    rows = [line for pair in zip(left, right, strict=False) for line in pair]
    text = body(document([rows]))
    assert text.index("annex") < text.index("A second column")
    assert "northern district were tested twice in the dry season" in text


def test_what_is_drawn_late_is_read_where_it_stands() -> None:
    lines = paragraph(WELLS, y=600)
    text = body(document([[*lines, Line(72, 700, "A heading drawn last", 18)]]))
    assert text.startswith("A heading drawn last\n\nThe wells")


def test_bullets_drawn_apart_stand_before_their_items() -> None:
    items = [Line(90, 700 - 20 * n, f"item number {n}") for n in range(4)]
    marks = [Line(72, 700 - 20 * n, "•") for n in range(4)]
    text = body(document([[*items, *marks]]))
    assert text == "\n".join(f"• item number {n}" for n in range(4))


def test_words_broken_at_line_ends_are_mended_as_the_document_writes_them() -> None:
    assert mended("environ\x02-mental and environmental") == "environmental and environmental"
    assert mended("long\x02-term and a long-term plan") == "long-term and a long-term plan"
    assert mended("land\x02-und forstwirtschaftlich") == "land- und forstwirtschaftlich"
    assert mended("gov\x02\u2010ernment") == "government"
    lines = [
        Line(72, 700, "These wells serve the environ-"),
        Line(72, 686, "mental office; environmental law applies."),
    ]
    assert body(document([lines])) == "These wells serve the environmental office; environmental law applies."


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [Line(72, 800, "Wells of the North"), *paragraph(f"{word} {WELLS}", y=600), Line(290, 30, f"Page {n} of 4")]
        for n, word in enumerate(("First", "Second", "Third", "Fourth"), 1)
    ]
    text = body(document(pages))
    assert "Wells of the North" not in text
    assert "Page" not in text
    assert text.count("The wells of the northern district") == 4


def test_the_same_text_on_each_page_is_no_running_head() -> None:
    assert body(document([paragraph(WELLS, y=780)] * 3)).count("The wells") == 3


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    text = body(document([[Line(72, 700, "The wells of the northern")], [Line(72, 700, "district were tested.")]]))
    assert text == "The wells of the northern district were tested."


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages_are_read_as_if_they_were_not(rotate: int) -> None:
    assert body(document([paragraph(WELLS)], rotate=rotate)) == WELLS


@pytest.mark.parametrize("matrix", [(0, 1, -1, 0), (0, -1, 1, 0), (-1, 0, 0, -1)])
def test_text_on_its_side_is_read_line_by_line(matrix: tuple[float, float, float, float]) -> None:
    x, y = matrix[1], -matrix[0]
    lines = [
        Line(300 + 15 * n * x, 400 + 15 * n * y, f"line {n} of a wide page on its side", matrix=matrix)
        for n in range(3)
    ]
    assert [word for word in body(document([lines])).split() if word.isdigit()] == ["0", "1", "2"]


def test_right_to_left_text_is_in_logical_order() -> None:
    words = "تقرير عن حقوق الإنسان في عام"
    assert body(document([[Line(72, 700, f"2019 {words[::-1]}")]])) == f"{words} 2019"
    hebrew = "דוח על זכויות האדם"
    assert body(document([[Line(72, 700, hebrew[::-1])]])) == hebrew


def test_columns_of_a_right_to_left_page_begin_at_the_right() -> None:
    first, second = "حقوق الإنسان في المنطقة الشمالية من البلاد", "الآبار والمدارس والطرق في الجنوب الغربي منها"
    rows = []
    for n in range(6):
        rows += [Line(345, 700 - 15 * n, f"{first} {n}"[::-1]), Line(50, 700 - 15 * n, f"{second} {n}"[::-1])]
    text = body(document([rows]))
    assert text.rindex("حقوق") < text.index("الآبار")


def test_vertical_lines_of_chinese_and_japanese_are_read_down() -> None:
    columns = ["人権に関する報告書。", "第二の行です。"]
    lines = [
        Line(500 - 24 * x, 700 - 14 * y, c, 12, width=1)
        for x, column in enumerate(columns)
        for y, c in enumerate(column)
    ]
    assert body(document([lines])).replace("\n", "").replace(" ", "") == "".join(columns)


def test_chinese_lines_are_joined_without_blanks() -> None:
    lines = [Line(72, 700, "北方地区的水井在旱季进行了两次测", width=1), Line(72, 680, "试，结果见附件。", width=1)]
    assert body(document([lines])) == "北方地区的水井在旱季进行了两次测试，结果见附件。"


def test_ligatures_and_symbols_become_letters_and_bullets() -> None:
    lines = [Line(72, 700, "\uf0b7 The ofﬁce of the chief ﬂoor")]
    assert body(document([lines])) == "• The office of the chief floor"


def test_characters_beyond_the_first_plane_stay() -> None:
    assert body(document([[Line(72, 700, "Wells 𠮷 and schools")]])) == "Wells 𠮷 and schools"


def test_a_range_of_pages_is_read_alone() -> None:
    content = document([[Line(72, 500, f"this is sheet {word}")] for word in ("one", "two", "three")])
    assert page_count(content) == 3
    found = read(page_of(content), Rules(), range(1, 2)).body
    assert found is not None
    assert found.value == "this is sheet two"


def test_rows_of_figures_are_kept_row_by_row() -> None:
    rows = [("Region", "2018", "2019"), ("North", "12", "15"), ("South", "31", "9")]
    lines = [Line(72 + 120 * x, 600 - 16 * y, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)]
    extracted = read(page_of(document([lines])), Rules())
    assert extracted.body is not None
    assert extracted.body.value == "Region\t2018\t2019\nNorth\t12\t15\nSouth\t31\t9"
    assert [table.rows for table in extracted.tables] == [tuple(rows)]
    assert read(page_of(document([lines])), Rules(tables=False)).tables == ()
