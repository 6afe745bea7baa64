"""Text in the codes of an old code page comes in its own alphabet; what is Western European stays as it is."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.engine.alphabet import recoded
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph

RUSSIAN = (
    "Отчёт о состоянии колодцев в двух долинах, № 4. Вода подорожала вдвое, а утечек не стало меньше (Минск, 2017)."
)


def latin(text: str, page: str = "cp1251") -> str:
    """Return a text as a file shows it that does not say which code page it is written with."""
    return text.encode(page).decode("latin-1")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (RUSSIAN, "cp1251"),
        ("Настоящата наредба урежда реда за ползване на кладенците в общината през годината.", "cp1251"),
        ("Цей звіт описує стан криниць у двох районах області та заходи, яких вжила громада.", "cp1251"),
        ("Извештајот ја опишува состојбата на бунарите во двете долини во текот на годината.", "cp1251"),
        ("Η έκθεση περιγράφει την κατάσταση των πηγαδιών σε δύο κοιλάδες και τα μέτρα του δήμου.", "cp1253"),
    ],
)
def test_such_text_is_read_in_its_own_alphabet(text: str, page: str) -> None:
    assert recoded(latin(text, page)).replace("¹", "№") == text


@pytest.mark.parametrize("title", ["Отчёт о состоянии колодцев двух долин", "ГЛАВА 2. Исходные данные"])
def test_few_words_are_enough_where_nothing_else_stands(title: str) -> None:
    assert recoded(latin(title)) == title
    assert recoded(f"Wells, {latin(title)}") == f"Wells, {latin(title)}"


def test_quotation_marks_of_tex_are_read() -> None:
    text = "Устав общества «Колодцы двух долин», принятый собранием жителей"
    drawn = latin(text).replace("«", "¾").replace("»", "¿")
    assert recoded(drawn) == text


def test_words_in_latin_letters_stay_beside_it() -> None:
    text = latin(RUSSIAN) + " See café Wells, Éditions Müller."
    assert recoded(text).endswith(" See café Wells, Éditions Müller.")


@pytest.mark.parametrize(
    "text",
    [
        "Les élèves de l'école ont été reçus à Évian; çà et là, une naïveté.",
        "Åäö äöüß ÄÖÜß éèêë àâäá òóôõ ùúûü ñÑçÇ ÀÁÂÃ",
        "Þórður á ösku öxi í á æðæð þóþó ýáéíóúö",
        "Vodní dílo Ïðèâåò",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert recoded(text) == text


def test_a_file_in_such_codes_has_title_and_text_in_its_alphabet() -> None:
    title, said = "Колодцы двух долин", "Комиссия выслушала жителей четырёх районов. Цена воды выросла вдвое. " * 6
    content = document([[Line(72, 740, latin(title), 24), *paragraph(latin(said), y=690)]])
    found = read(page_of(content), Rules())
    assert found.title is not None
    assert found.title.value == title
    assert found.body is not None
    assert "жителей четырёх районов" in found.body.value
