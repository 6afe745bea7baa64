"""The words that name organisations, roles and nobody: as they are compared, and none in two tables that disagree."""

from __future__ import annotations

import pytest

from scrapers.values import names

SETS = ("ORGANISATION", "OUTLETS", "ROLES", "ROLE_NOUNS", "DEGREES", "NOBODY", "PARTICLES")


@pytest.mark.parametrize("table", SETS)
def test_words_are_in_lower_case_and_bare_of_blanks(table: str) -> None:
    words = getattr(names, table)
    assert [word for word in words if word != word.lower() or word != word.strip() or not word] == []


@pytest.mark.parametrize("table", ["ORGANISATION", "ROLE_NOUNS", "DEGREES", "PARTICLES"])
def test_words_that_are_looked_up_one_by_one_hold_no_blank(table: str) -> None:
    assert [word for word in getattr(names, table) if " " in word] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("ORGANISATION", "DEGREES"), ("ORGANISATION", "PARTICLES"), ("OUTLETS", "NOBODY"), ("OUTLETS", "ROLES")],
)
def test_a_word_has_one_meaning(one: str, other: str) -> None:
    assert getattr(names, one) & getattr(names, other) == set()


def test_no_ending_is_a_whole_surname() -> None:
    surnames = {*names.CHINESE_SURNAMES, *names.JAPANESE_SURNAMES, *names.KOREAN_SURNAMES}
    assert surnames & set(names.HAN_SUBJECTS) == set()
