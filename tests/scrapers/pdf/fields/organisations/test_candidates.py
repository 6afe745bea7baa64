"""Which bodies are candidates for who issues a document, wherever it names them."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.organisations.candidates import candidates
from scrapers.pdf.reader import front_of
from tests.pdfs.child import page_of
from tests.pdfs.raw import Line, document, paragraph
from tests.pdfs.reports import FILLER

TITLE = "Wells of two valleys"


def bodies(lines: list[str], text: str = "", title: str = TITLE) -> set[str]:
    """Return the bodies found on a page with lines under its title and a text."""
    page = [Line(72, 740, title, 24), *(Line(72, 690 - 40 * n, line, 11) for n, line in enumerate(lines))]
    content = document([[*page, *paragraph(text or FILLER["en"], y=400)]])
    front = front_of(page_of(content), Rules())
    chosen = Candidate(value=title, raw=title, origin="pdf:front-matter")
    return {candidate.value.name for candidate in candidates(front, chosen)}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("National Archives and Rivers Administration (NARA)", "National Archives and Rivers Administration"),
        ("Lower Valley Sister Cities Committee Meeting", "Lower Valley Sister Cities Committee"),
        ("Text: Wells and Springs Trust", "Wells and Springs Trust"),
        ("A report by Borderland | Wells Institute", "Wells Institute"),
        ("Brunnenfreunde Norden e.V., c/o Ann Beecher", "Brunnenfreunde Norden e.V."),
        ("Etelän yliopisto", "Etelän yliopisto"),
        ("Norra kommunen", "Norra kommunen"),
        ("www.fontana.test", "Fontana"),
        ("info@owv.test", "Our Wide Valley"),
        ("Ann Beecher and Carl Deeds, Wells and Springs Trust", "Wells and Springs Trust"),
    ],
)
def test_a_line_of_the_front_page_names_a_body(line: str, wanted: str) -> None:
    text = "Of all that Fontana has written of wells this is the last, and Our Wide Valley has paid for none of it. "
    assert wanted in bodies([line], text * 3)


def test_an_abbreviation_that_heads_the_page_stands_for_the_name_that_the_text_gives_it() -> None:
    text = "The valley has a Council for Open Wells (COW), which has met since the year of the two floods. COW meets. "
    assert {"COW", "Council for Open Wells"} <= bodies(["COW"], text * 3)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Bylaws of The Springkeepers", "Springkeepers"),
        ("Statuten der Freunde Tiefer Brunnen", "Freunde Tiefer Brunnen"),
        ("Estatuto do Clube de Campo de Poço", "Clube de Campo de Poço"),
        ("Upper Valley Water Board Annual Budget", "Upper Valley Water Board"),
        ("Statuts de l’association Puits du Nord", "ssociation Puits du Nord"),
        ("Zápis ze schůze Spolku přátel studní", "Spolku přátel studní"),
    ],
)
def test_a_title_names_the_body_whose_paper_it_is(title: str, wanted: str) -> None:
    assert any(name.endswith(wanted) for name in bodies([], title=title))


@pytest.mark.parametrize("line", ["Total", "WELLS", "Water"])
def test_a_word_that_the_text_has_in_small_letters_is_no_body(line: str) -> None:
    assert line not in bodies(
        [line], "In total there are wells, and water is in all the wells of the two valleys. " * 3
    )


@pytest.mark.parametrize("line", ["ARTICLE 02 – Wells of the Association", "Chapter II Council of the Wells"])
def test_a_numbered_heading_is_no_body(line: str) -> None:
    assert line not in bodies([line])


@pytest.mark.parametrize("name", ["Borderland Digital", "BWDX"])
def test_a_name_that_the_text_writes_again_and_again_is_a_candidate(name: str) -> None:
    assert name in bodies(
        [], f"Of wells {name} knows all, and what {name} knows others learn; so says {name} too. " * 3
    )
