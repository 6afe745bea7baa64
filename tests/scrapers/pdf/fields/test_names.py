"""Which names a line of a front page holds, whatever stands beside them."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.fields import names, names_facts
from scrapers.pdf.fields.organisations import candidates as organisations
from scrapers.pdf.reader import front_of
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph
from tests.pdfs.reports import FILLER


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("by Ann Beecher and Carl Deeds, River Network", ["Ann Beecher", "Carl Deeds"]),
        ("Ann Beecher, Institute for Rivers, 20190516", ["Ann Beecher"]),
        ("(Ann Beecher)", ["Ann Beecher"]),
        ("Master's Thesis", []),
        ("ANN BEECHER AND CARL DEEDS", ["Ann Beecher", "Carl Deeds"]),
        ("Institute for Rivers", []),
        ("14 Beecher Road", []),
        ("Executive Summary", []),
        ("Introduction Générale", []),
        ("and Ann Beecher", ["Ann Beecher"]),
        ("Carl Deeds, Moira Lock, and Ann Beecher", ["Carl Deeds", "Moira Lock", "Ann Beecher"]),
        ("Ann Beecher of", ["Ann Beecher"]),
        ("van Wellington", []),
        ("Computer Science Department", []),
        ("Datum Wellington", []),
        ("Dear Carl Deeds,", []),
        ("Ann Beecher CIPP/E, partner", ["Ann Beecher"]),
    ],
)
def test_the_names_of_a_line(line: str, wanted: list[str]) -> None:
    content = document([[Line(72, 740, "The price of water", 24), Line(72, 700, line, 11), *paragraph(FILLER["en"])]])
    found = names.candidates(front_of(page_of(content), Rules()))
    assert [name.value.name for name in found if name.raw == line] == wanted


def test_an_organisation_that_a_sentence_names_is_a_candidate() -> None:
    said = "The Borderland Rivers Trust has published this account of the wells of two valleys. " * 4
    content = document([[Line(72, 740, "Wells of two valleys", 24), *paragraph(said)]])
    found = organisations.candidates(front_of(page_of(content), Rules()), None)
    assert "Borderland Rivers Trust" in [body.value.name for body in found]


@pytest.mark.parametrize("line", ["Ann Beecher & Carl Deeds & Moira Lock", "Commission", "Ann Beecher, Carl Deeds"])
def test_lists_of_people_and_common_words_are_no_organisations(line: str) -> None:
    content = document([[Line(72, 740, "The price of water", 24), Line(72, 700, line, 11), *paragraph(FILLER["en"])]])
    found = organisations.candidates(front_of(page_of(content), Rules()), None)
    assert not {candidate.value.name for candidate in found} & {line, "Commission"}


def test_a_paragraph_of_names_is_a_list_of_authors() -> None:
    people = (
        "Ann Beecher, Carl Deeds, Moira Lock, Nils Harbour, Olga Ferry, Piet Quay, Rosa Slip, Sven Mole, Tora Buoy, "
    )
    content = document([[Line(72, 740, "The price of water", 24), *paragraph(people * 3, y=700)]])
    found = {name.value.name for name in names.candidates(front_of(page_of(content), Rules()))}
    assert {"Ann Beecher", "Tora Buoy"} <= found


def test_a_list_of_names_that_goes_on_in_the_next_line_is_one() -> None:
    lines = [Line(72, 700, "Ann Beecher & Carl Deeds &", 11), Line(72, 686, "Moira Lock", 11)]
    content = document([[Line(72, 740, "The price of water", 24), *lines, *paragraph(FILLER["en"])]])
    found = names.candidates(front_of(page_of(content), Rules()))
    assert {n.raw for n in found if n.value.name in ("Ann Beecher", "Moira Lock")} == {
        "Ann Beecher & Carl Deeds & Moira Lock"
    }


def test_an_initial_ends_no_sentence() -> None:
    said = "This report was written by Ann Beecher and Arjun S. Deeds. It is about wells and those who dig them. " * 3
    content = document([[Line(72, 740, "The price of water", 24), *paragraph(said)]])
    found = {name.value.name for name in names.candidates(front_of(page_of(content), Rules()))}
    assert {"Ann Beecher", "Arjun S. Deeds"} <= found


@pytest.mark.parametrize(
    ("label", "fact"), [("Guide of the valley:", "under-unknown"), ("Dean of rivers:", "under-post")]
)
def test_a_label_that_nobody_knows_ends_what_a_label_above_it_says(label: str, fact: str) -> None:
    lines = [("Author:", 700), ("Ann Beecher", 684), (label, 668), ("Carl Deeds", 652)]
    page = [Line(72, 740, "The price of water", 24), *(Line(72, top, line, 11) for line, top in lines)]
    front = front_of(page_of(document([[*page, *paragraph(FILLER["en"], y=400)]])), Rules())
    found = names.candidates(front)
    names_facts.describe(names_facts.Surroundings(front, None), found)
    told = {name.value.name: name.facts for name in found}
    assert told["Ann Beecher"]["under-writes"] == 1.0
    assert "under-writes" not in told["Carl Deeds"]
    assert told["Carl Deeds"][fact] == 1.0
