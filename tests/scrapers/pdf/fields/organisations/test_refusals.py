"""What stands where a name may stand, and is none."""

from __future__ import annotations

import pytest

from scrapers.pdf.fields.organisations.refusals import is_cut, is_heading, is_helped, is_organ, is_sentence


@pytest.mark.parametrize(
    "text",
    ["ARTICOLO 1 – Sedi", "Chapter II The Wells", "Článek IV. Orgány", "§ 3 Mitglieder", "第3条 目的", "2.1. Wells"],
)
def test_numbered_headings(text: str) -> None:
    assert is_heading(text)


@pytest.mark.parametrize(
    "text", ["Article Nineteen Trust", "Partners in Wells", "Section Nord du Puits", "Chapter House"]
)
def test_names_that_begin_like_headings(text: str) -> None:
    assert not is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "この規則は、井戸の利用を定める",
        "우물의 이용을 목적으로 한다",
        "우물청소년연구원은",
    ],
)
def test_sentences_in_scripts_without_capitals(text: str) -> None:
    assert is_sentence(text)


@pytest.mark.parametrize("text", ["우물연구원", "社会福祉法人きたいど", "公安部", "Wells Trust", "มูลนิธิบ่อน้ำ"])
def test_names_in_such_scripts(text: str) -> None:
    assert not is_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Board of Directors",
        "Assemblée générale extraordinaire",
        "Der Verein",
        "valná hromada",
        "the Steering Committee",
    ],
)
def test_organs_of_any_body(text: str) -> None:
    assert is_organ(text)


@pytest.mark.parametrize(
    "text", ["Board of Deputies", "University of Ely", "Verein Brunnen Norden", "Association des Amis", "Wells Board"]
)
def test_bodies_are_no_organs(text: str) -> None:
    assert not is_organ(text)


@pytest.mark.parametrize(
    "text",
    [
        "Con il supporto di Wells Foundation",
        "With the support of the Wells Trust",
        "Mit Unterstützung der Brunnenstiftung",
        "Avec le soutien de la Fondation des Puits",
        "Com o apoio da Fundação dos Poços",
        "Funded by the Wells Trust",
        "При поддержке Фонда колодцев",
    ],
)
def test_thanks_for_help_are_no_names(text: str) -> None:
    assert is_helped(text)


@pytest.mark.parametrize(
    "text", ["Partners in Wells", "Support the Wells Trust", "Con Edison", "Fundación Apoyo al Pozo"]
)
def test_names_with_words_for_help(text: str) -> None:
    assert not is_helped(text)


@pytest.mark.parametrize("text", ["Wells Trust (North", "Gründung des Vereins „Brunnenfreunde", "Фонд «Колодец"])
def test_a_name_whose_bracket_or_quotation_mark_is_not_closed_is_cut(text: str) -> None:
    assert is_cut(text)


@pytest.mark.parametrize(
    "text", ["Wells Trust (North)", "Verein „Brunnenfreunde“", "Fundacja „Studnia”", "Фонд «Колодец»", 'Wells "Trust"']
)
def test_whole_names_are_not_cut(text: str) -> None:
    assert not is_cut(text)
