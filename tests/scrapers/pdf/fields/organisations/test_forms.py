"""Which wordings are forms of one body's name."""

from __future__ import annotations

import pytest

from scrapers.base import Author
from scrapers.pdf.fields.fields import bodies_together
from scrapers.pdf.fields.front import flat
from scrapers.pdf.fields.organisations.candidates import OrganisationCandidate
from scrapers.pdf.fields.organisations.forms import abbreviates, within, without_article


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Brunnenverein Norden", "Satzung des Brunnenvereins Norden"),
        ("spolek přátel studní", "zápis schůze spolku přátel studní"),
        ("Товарищество колодцев", "Устав Товарищества колодцев"),
        ("Wells Trust", "The Wells Trust of Ely"),
    ],
)
def test_an_inflected_name_is_within_a_longer_wording(short: str, long: str) -> None:
    assert within(flat(short), flat(long))


@pytest.mark.parametrize(
    ("short", "long"), [("Wells Trust", "Trust for Wells"), ("Wells", "Welfare Trust"), ("Bund", "Bundesrat der Wirte")]
)
def test_other_words_are_no_forms(short: str, long: str) -> None:
    assert not within(flat(short), flat(long))


def test_abbreviations_are_of_the_first_letters_with_or_without_small_words() -> None:
    assert abbreviates(["cow"], flat("Council for Open Wells"))
    assert abbreviates(["cfow"], flat("Council for Open Wells"))
    assert abbreviates(["owt"], flat("Open Wells and Taps"))
    assert abbreviates(["owat"], flat("Open Wells and Taps"))
    assert not abbreviates(["owl"], flat("Open Wells and Taps"))
    assert not abbreviates(["ow"], flat("Open Wells"))


def test_an_article_is_no_part_of_a_name() -> None:
    assert without_article(["the", "wells"]) == ["wells"]
    assert without_article(["the"]) == ["the"]


def named(name: str, score: float, full: str = "") -> OrganisationCandidate:
    author = Author(name=name, kind="organisation")
    return OrganisationCandidate(value=author, raw=name, origin="pdf:text", score=score, full=full)


def test_all_forms_of_a_name_speak_for_it() -> None:
    forms = [
        named("BRUNNENVEREINS NORDEN", 0.0),
        named("Brunnenverein Norden", -0.2),
        named("Stadt Norden", -0.1),
        named("BVN", -0.3, full="Brunnenverein Norden"),
    ]
    found = {candidate.value.name: share for candidate, share in bodies_together(forms)}
    assert list(found) == ["BRUNNENVEREINS NORDEN", "Stadt Norden"]
    assert found["BRUNNENVEREINS NORDEN"] > 1.5 * found["Stadt Norden"]
