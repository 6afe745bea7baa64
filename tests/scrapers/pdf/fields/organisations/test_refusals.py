"""What stands where a name may stand, and is none."""

from __future__ import annotations

import pytest

from scrapers.pdf.fields.organisations.refusals import is_heading, is_organ, is_sentence


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
