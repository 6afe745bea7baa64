from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.search.words import cut, words


@given(st.text(alphabet="ab É’_ñ\u0301漢字かไท한 العר\u200c٣ﬁⅣ\xad12İ\n"))
def test_the_words_of_a_text_are_those_that_are_cut(text: str) -> None:
    assert words(text) == [word.text for word in cut(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Économie de la Société", "economie de la societe"),
        ("STRASSE Straße", "strasse strasse"),
        ("Łódź Ørsted Æsir", "lodz orsted aesir"),
        ("İstanbul ISTANBUL ısı", "istanbul istanbul isi"),
        ("ＡＢＣ ﬁrm", "abc firm"),
        ("l'homme co-operate snake_case", "l homme co operate snake case"),
        ("Права человека, ёлка", "права человека елка"),
        ("الحقوق والأعمال حُقُوق", "حقوق اعمال حقوق"),
        ("می‌خواهم", "ميخواهم"),
        ("٢٠١٩ 2019 २०१९", "2019 2019 2019"),
        ("मानव अधिकार", "मानव अधिकार"),
        ("人权报告", "人权 权报 报告 告"),
        ("人权 report报告", "人权 权 report 报告 告"),
        ("ガイド ｶﾞｲﾄﾞ", "ガイ イド ド"),
        ("인권을", "인권 권을 을"),
        ("⑴ ½ Ⅳ", "1 12 iv"),
        ("", ""),
        ("… — !", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text)[: len(expected.split())] == expected.split()


@given(st.text())
def test_places_lie_in_the_text_in_order(text: str) -> None:
    found = list(cut(text))
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)
    for word in found:
        assert word.text
        assert not set(word.text) & set(" \t\n'\"\\:*&|!()<>-")
