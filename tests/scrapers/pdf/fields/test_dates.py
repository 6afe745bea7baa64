"""Which dates of a front page may be the document's: none of a download, none that is part of a name."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.fields import dates
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
