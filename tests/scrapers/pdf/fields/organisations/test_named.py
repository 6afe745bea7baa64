"""What a text names as an organisation: by a founding sentence, a legal form, or the words of the name."""

from __future__ import annotations

import pytest

from scrapers.pdf.fields.organisations.named import founded, named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Der Verein führt den Namen „Hilfe am Deich“ und hat seinen Sitz in Emden.", "Hilfe am Deich"),
        ("§ 1 Der Verein trägt den Namen Wasserfreunde Norden e.V. Er ist eingetragen.", "Wasserfreunde Norden e.V."),
        ("The name of this association shall be the Friends of the North Wells.", "Friends of the North Wells"),
        ("The corporation shall be known as The Marsh Trust, and its seat is in Ely.", "Marsh Trust"),
        ("L'association a pour titre : « Les Puits du Nord ».", "Les Puits du Nord"),
        ("La asociación se denomina Pozos del Norte, y tiene su sede en Burgos.", "Pozos del Norte"),
        ("Yhdistyksen nimi on Kaivot ry ja sen kotipaikka on Oulu.", "Kaivot ry"),
        ("1. Název spolku: Přátelé studní (dále též „Spolek“)", "Přátelé studní"),
        ("Foreningens navn er Brønde i Nord.", "Brønde i Nord"),
        ("Stowarzyszenie nosi nazwę „Studnie Północy”.", "Studnie Północy"),
        ("この法人は、北の井戸の会という。", "北の井戸の会"),
    ],
)
def test_a_founding_sentence_gives_a_body_its_name(text: str, name: str) -> None:
    assert list(founded(text)) == [name]


@pytest.mark.parametrize(
    "text", ["The rate shall be called in question.", "what we know of the name of the rose", "nimi on tuntematon"]
)
def test_other_sentences_name_nobody(text: str) -> None:
    assert list(founded(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("an audit by Marsh & Dale USA, P.C. of the books", "Marsh & Dale USA, P.C."),
        ("Pozos y Derechos del Norte, A.C. publica", "Pozos y Derechos del Norte, A.C."),
        ("die Brunnenbauer Emden GmbH hat", "Brunnenbauer Emden GmbH"),
        ("prepared for the Council of the Northern District today", "Council of the Northern District"),
        ("terms that Weltbrunnen.org uses", "Weltbrunnen.org"),
        ("当法人は社会福祉法人きたいど、以下", "社会福祉法人きたいど"),
        ("Ejerforeningen Kanalen har holdt møde", "Ejerforeningen Kanalen"),
    ],
)
def test_names_by_their_words(text: str, name: str) -> None:
    assert name in list(named(text))


def test_addresses_are_no_names() -> None:
    assert list(named("see https://wells.example.org/a or mail clerk@wells.example.org")) == []
