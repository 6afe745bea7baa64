"""Which wordings may be the title: without the margin's labels, and without the names under it."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.fields.title.candidates import candidates
from scrapers.pdf.reader import front_of
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph
from tests.pdfs.reports import FILLER

TITLE = "Wells of two valleys"


def wordings(under: str, size: float = 14) -> set[str]:
    """Return the wordings that may be the title of a page with a line under its largest one."""
    page = [Line(72, 740, TITLE, 24), Line(72, 715, under, size), *paragraph(FILLER["en"], y=600)]
    return {candidate.value for candidate in candidates(front_of(page_of(document([page])), Rules()))}


@pytest.mark.parametrize(
    "people",
    [
        "Ann Beecher (148165), Carl Deeds (148084)",
        "Ann Beecher and Carl Deeds",
        "Ann Beecher, Carl Deeds, Moira Lock",
        "Ann Beecher & Carl Deeds",
    ],
)
def test_a_smaller_list_of_people_is_no_subtitle(people: str) -> None:
    found = wordings(people)
    assert TITLE in found
    assert not any(wording.startswith(TITLE) and "Beecher" in wording for wording in found)


@pytest.mark.parametrize("subtitle", ["A report on the north, the south and the rest", "Ann Beecher"])
def test_other_lines_may_be_the_subtitle(subtitle: str) -> None:
    assert f"{TITLE}: {subtitle}" in wordings(subtitle)


def test_a_list_of_people_as_large_as_the_title_may_be_its_end() -> None:
    assert f"{TITLE} Ann Beecher and Carl Deeds" in wordings("Ann Beecher and Carl Deeds", 24)


@pytest.mark.parametrize("label", ["Received:", "Reçu le :", "Ref :"])
def test_a_label_in_a_cell_of_its_own_is_no_part_of_the_title(label: str) -> None:
    page = [Line(40, 740, label, 9), Line(190, 740, TITLE, 12), *paragraph(FILLER["en"], y=600)]
    found = {candidate.value for candidate in candidates(front_of(page_of(document([page])), Rules()))}
    assert TITLE in found
    assert not any(label.rstrip(" :") in wording for wording in found)
