"""Which dates of a front page may be the document's: none of a download, none that is part of a name."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.fields import dates, dates_facts
from scrapers.pdf.fields.names_facts import Surroundings
from scrapers.pdf.reader import front_of
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph
from tests.pdfs.reports import FILLER


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Downloaded from wells.example.com by guest on September 14, 2016", []),
        ("Printed from the site of wells.example.org on 14 September 2016", []),
        ("A paper from the WELLS2020 workshop", []),
        ("Published on 14 September 2016", ["2016-09-14"]),
        ("First edition 2016", ["2016"]),
        ("Wellington - November 3rd & 4th 2015", []),
        ("Last day of the offer: 14 September 2199", []),
    ],
)
def test_the_dates_of_a_line(line: str, wanted: list[str]) -> None:
    content = document([[Line(72, 740, "The price of water", 24), Line(72, 700, line, 11), *paragraph(FILLER["en"])]])
    found = dates.candidates(front_of(page_of(content), Rules()), Rules(), ("en",))
    assert [date.value for date in found if date.raw == line] == wanted


def described(line: str) -> list[dict[str, float]]:
    """Return the facts of the dates on a line that stands under a title."""
    content = document([[Line(72, 740, "The price of water", 24), Line(72, 700, line, 11), *paragraph(FILLER["en"])]])
    front = front_of(page_of(content), Rules())
    found = dates.candidates(front, Rules(), ("en",))
    dates_facts.describe(Surroundings(front, None), found)
    return [date.facts for date in found if date.raw == line]


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        (
            "as is written in Regulation 2016/679 of the Parliament and of the Council of 27 April 2016",
            "of-other-act",
        ),
        ("Ils sont traités selon la loi n° 78-17 du 6 janvier 1978", "of-other-act"),
        ("According to the Wells Act of 6 January 1978", "of-other-act"),
        ("Decree No. 12 on wells of 6 January 1978", "of-own-act"),
        ("This text was approved by resolution of the council of 6 January 1978", "passed-by-act"),
        ("For the period from 1 September 2022 to 31 August 2023", "range-end"),
        ("SEPTEMBER 1, 2022, TO AUGUST 31, 2023", "range-end"),
        ("Approval of the minutes of the meeting of 9 May 2023", "previous"),
        ("Published: 1 October 2025", "only-issued"),
        ("Published: 1 October 2025", "published"),
        ("Publié le 7 janvier 2019 à 20h00 - Mis à jour le 8 janvier", "published"),
        ("Veröffentlicht am 19.06.2020", "published"),
        ("Fecha de publicación: 19/06/2020", "published"),
        ("Approved on 1 October 2025", "only-labelled"),
    ],
)
def test_what_the_words_around_a_date_say_of_it(line: str, fact: str) -> None:
    assert described(line)[-1][fact] == 1.0


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("Wells, as the Act says. The valley met on 6 January 1978", "of-other-act"),
        ("The action was taken on 6 January 1978", "of-other-act"),
        ("Welcome to 6 January 1978", "range-end"),
        ("Members agreed on the minutes by 6 January 1978", "previous"),
        ("The wells that were published in many papers since 6 January 1978", "only-issued"),
    ],
)
def test_what_such_words_do_not_say(line: str, fact: str) -> None:
    assert [facts[fact] for facts in described(line)] == [0.0]
