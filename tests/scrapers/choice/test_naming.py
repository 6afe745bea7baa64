"""What wordings are like: names of people, of bodies, of places, or none, in many languages and scripts."""

from __future__ import annotations

import pytest

from scrapers.choice.naming import KINDS, MOST_LETTERS, liken


def kind_of(text: str) -> str:
    """Return the kind that a wording is most like."""
    facts = liken([text])[0]
    return max(KINDS, key=lambda kind: facts[f"like-{kind}"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ondřej Novák", "person"),
        ("Adaeze Okonkwo", "person"),
        ("SIEGFRIED HUBER", "person"),
        ("Ирина Петровна Соколова", "person"),
        ("University of the Two Valleys", "body"),
        ("Fundación para el Agua Limpia", "body"),
        ("Государственный университет водного хозяйства", "body"),
        ("北谷大学", "body"),
        ("Novi Grad", "place"),
        ("Belo Horizonte", "place"),
        ("Frequently Asked Questions", "phrase"),
        ("Everyone has the right to clean water", "phrase"),
    ],
)
def test_a_wording_is_like_the_names_of_its_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_probabilities_of_the_kinds_add_up_and_do_not_depend_on_the_wordings_beside_them() -> None:
    texts = ["Ondřej Novák", "", "University of the Two Valleys", "!", "x" * (2 * MOST_LETTERS), "a\nb"]
    together = liken(texts)
    assert together == [liken([text])[0] for text in texts]
    for facts in together:
        assert sum(2.718281828**value for value in facts.values()) == pytest.approx(1, abs=0.02)


def test_nothing_asked_is_nothing_answered() -> None:
    assert liken([]) == []
