"""What tells the body that issues a document from others that it names."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.names_facts import Surroundings
from scrapers.pdf.fields.organisations.candidates import OrganisationCandidate, candidates
from scrapers.pdf.fields.organisations.facts import describe
from scrapers.pdf.reader import front_of
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph
from tests.pdfs.reports import FILLER

TITLE = "Wells of two valleys"


def facts(name: str, lines: list[str], text: str = "", title: str = TITLE, step: float = 13) -> dict[str, float]:
    """Return the facts of the first candidate of a name, on a page with lines under its title and a text."""
    page = [Line(72, 740, title, 24), *(Line(72, 690 - step * n, line, 11) for n, line in enumerate(lines))]
    front = front_of(page_of(document([[*page, *paragraph(text or FILLER["en"], y=400)]])), Rules())
    chosen = Candidate(value=title, raw=title, origin="pdf:front-matter")
    found: list[OrganisationCandidate] = candidates(front, chosen)
    describe(Surroundings(front, chosen), found)
    return next(candidate.facts for candidate in found if candidate.value.name == name)


@pytest.mark.parametrize(
    "text",
    [
        "Wells and Springs Trust (hereinafter the Trust) keeps the wells of the two valleys open for all.",
        "Wells and Springs Trust (the “Trust”) keeps the wells of the two valleys open for all.",
        "Wells and Springs Trust, (im Folgenden Trust) hält die Brunnen der beiden Täler offen.",
    ],
)
def test_a_name_that_the_text_shortens_for_its_own_use_is_told(text: str) -> None:
    assert facts("Wells and Springs Trust", ["Wells and Springs Trust"], text)["defined"] == 1.0


def test_a_name_beside_any_other_bracket_is_not() -> None:
    text = "Wells and Springs Trust (1871 to 1902) kept the wells of the two valleys open for all."
    assert facts("Wells and Springs Trust", ["Wells and Springs Trust"], text)["defined"] == 0.0


@pytest.mark.parametrize("rest", ["for the Upper Valley", "of Wells"])
def test_a_name_that_goes_on_in_the_next_line_is_told(rest: str) -> None:
    assert facts("The Collaborating Centre", ["The Collaborating Centre", rest])["goes-on"] == 1.0


@pytest.mark.parametrize("rest", ["Ann Beecher", "2019"])
def test_a_name_before_another_line_does_not_go_on(rest: str) -> None:
    assert facts("The Collaborating Centre", ["The Collaborating Centre", rest])["goes-on"] == 0.0


@pytest.mark.parametrize("before", ["the Water and", "Guide of the Board –"])
def test_a_name_that_began_in_the_line_above_is_told(before: str) -> None:
    assert facts("Springs Commission", [before, "Springs Commission"])["begun-above"] == 1.0


@pytest.mark.parametrize("line", ["Tel. 01 234", "wells@trust.test", "www.trust.test"])
def test_an_address_under_a_name_is_told(line: str) -> None:
    lines = ["Wells and Springs Trust", "High Street 4", line]
    assert facts("Wells and Springs Trust", lines)["contact-below"] == 1.0
    assert facts("Wells and Springs Trust", lines[:2])["contact-below"] == 0.0


def test_names_that_several_places_give_or_hold_agree() -> None:
    lines = ["Wells and Springs Trust", "Wells and Springs Trust, Upper Valley"]
    told = facts("Wells and Springs Trust", lines, "Wells and Springs Trust met twice. " * 9, step=40)
    alone = facts("Wells and Springs Trust", lines[:1])
    assert told["within-others"] > alone["within-others"] == 0.0
    assert told["same-name"] >= alone["same-name"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Minutes of the annual meeting", "of-meeting"),
        ("Satzung des Vereins", "of-statutes"),
        ("Loi sur les puits", "of-act"),
        ("Doctoral thesis on wells", "of-thesis"),
    ],
)
def test_the_kind_of_a_document_is_told_to_all(title: str, kind: str) -> None:
    told = facts("Wells and Springs Trust", ["Wells and Springs Trust"], title=title)
    assert told[kind] == 1.0
    assert facts("Wells and Springs Trust", ["Wells and Springs Trust"])[kind] == 0.0
