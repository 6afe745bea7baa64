"""How a text writes a name: often or not, with capitals or without, whole or as a part of a longer one."""

from __future__ import annotations

import pytest

from scrapers.pdf.fields.mentions import Mentions, abbreviated

TEXT = (
    "The Marsh Trust keeps the wells. Since 2001 the Marsh Trust of Ely has asked for a commission of inquiry. "
    "A commission was named by the Royal Commission on Wells. People trust the Marsh Trust."
)


def test_a_name_within_sentences_counts() -> None:
    said = Mentions(TEXT).of("Marsh Trust")
    assert round(2.718281828 ** said["in-text"]) - 1 == 3
    assert said["in-small-letters"] == 0


def test_a_word_that_is_written_small_is_no_name() -> None:
    assert Mentions(TEXT).of("Commission")["in-small-letters"] > 0.5


def test_a_part_of_a_longer_name_is_cut() -> None:
    said = Mentions(TEXT)
    assert said.of("Commission on Wells")["cut-left"] == 1
    assert said.of("Royal Commission")["cut-right"] == 1
    assert said.of("Royal Commission on Wells")["cut-left"] == said.of("Royal Commission on Wells")["cut-right"] == 0


def test_what_a_text_does_not_hold_is_not_mentioned() -> None:
    assert Mentions(TEXT).of("North Society")["in-text"] == 0
    assert Mentions(TEXT).of("—") == {}
    assert Mentions("").of("Marsh")["in-text"] == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The World Wells Organisation (WWO) met.", {"WWO": "World Wells Organisation"}),
        ("la Fundación Pozos para la Paz (F.P.P.) y", {"FPP": "Fundación Pozos para la Paz"}),
        ("It rose by half (see Table) and more (CO2).", {}),
        ("all wells of the valley (WV) dried", {}),
    ],
)
def test_names_that_a_text_abbreviates(text: str, wanted: dict[str, str]) -> None:
    assert abbreviated(text) == wanted
