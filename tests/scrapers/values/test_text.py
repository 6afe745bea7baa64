"""Text is stored and shown without what misleads."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.values.text import clean_line, clean_text


def test_a_line_has_plain_white_space_and_nothing_invisible() -> None:
    assert clean_line("a\u00a0 b\u00adc\u200b \n d\x00\ud800\u202e") == "a bc d"
    assert clean_line("e\u0301") == "é"


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("itertools \xe2\x80\x94 iterators\xc2\xa0here", "itertools — iterators here"),
        ("donâ€™t â€œsayâ€\x9d cafÃ©", "don’t “say” café"),
        ("don’t".encode().decode("cp1252"), "don’t"),
        ("Château « à l’île » Â» £ 5, € 30, Ã la carte", "Château « à l’île » Â» £ 5, € 30, Ã la carte"),
    ],
)
def test_text_that_was_put_into_utf_8_twice_is_taken_out(broken: str, meant: str) -> None:
    assert clean_line(broken) == meant


def test_joiners_stay_where_they_are_letters() -> None:
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"
    assert clean_line("a\u200cb") == "ab"


def test_lines_stay_and_blank_lines_are_single() -> None:
    assert clean_text("a\r\n\r\n\r\nb \x0b c\u2028d") == "a\n\nb\nc\nd"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_is_stable_and_encodable(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert unicodedata.is_normalized("NFC", line)
    assert line.encode("utf-8").decode("utf-8") == line
    assert clean_text(clean_text(text)) == clean_text(text)
