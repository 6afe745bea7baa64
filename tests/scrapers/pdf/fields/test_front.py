import pytest

from scrapers.base import Rules
from scrapers.pdf.reader import front_of, read
from tests.pdfs.child import page_of
from tests.pdfs.occasions import occasions
from tests.pdfs.raw import Line, document, paragraph
from tests.pdfs.reports import FILLER, reports

REPORTS = reports() | occasions()


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_report_prints_of_itself_is_read(name: str) -> None:
    report = REPORTS[name]
    extracted = read(page_of(report.content), Rules(ocr="off"))
    assert extracted.title is not None
    title = extracted.title.value
    assert title == report.title or report.title.startswith(f"{title}: "), "the title, with or without its subtitle"
    assert (
        [author.name for author in extracted.authors.value] == list(report.authors)
        if extracted.authors
        else not report.authors
    )
    assert (extracted.date_published.value if extracted.date_published else None) == report.date
    assert extracted.language is not None
    assert extracted.language.value.split("-")[0] == report.language
    if report.publisher:
        assert extracted.publisher is not None
        assert extracted.publisher.value == report.publisher
    if report.identifiers:
        assert extracted.identifiers is not None
        assert extracted.identifiers.value == report.identifiers


def test_the_date_of_creation_counts_only_where_the_source_asks_for_it() -> None:
    content = document(
        [[Line(72, 740, "Pipes", 24), *paragraph(FILLER["en"])]], info={"CreationDate": "D:20150505120000"}
    )
    assert read(page_of(content), Rules()).date_published is None
    found = read(page_of(content), Rules(creation_date=True)).date_published
    assert found is not None
    assert (found.value, found.origin) == ("2015-05-05", "pdf:creation-date")


def test_values_say_where_they_stand() -> None:
    content = document([[Line(72, 740, "Pipes and Politics", 24), *paragraph(FILLER["en"])]])
    title = read(page_of(content), Rules()).title
    assert title is not None
    assert title.origin == "pdf:front-matter"
    assert title.place is not None
    assert title.place.startswith("p1 72,")


def test_a_paragraph_is_no_title() -> None:
    said = "Annex: the time sheets, week by week. Each row is one worker and one week. Hours above sixty are marked."
    assert read(page_of(document([paragraph(said)])), Rules()).title is None


@pytest.mark.parametrize("size", [0, 0.01, 0.04, 0.3])
def test_a_day_in_letters_that_nobody_can_see_harms_no_reading(size: float) -> None:
    tiny = Line(72, 700, "3 May 2019", size)
    content = document([[Line(72, 740, "The price of water", 24), tiny, *paragraph(FILLER["en"])]])
    front = front_of(page_of(content), Rules())
    assert min(line.run.size for page in front.pages for line in page.lines) > 0
    title = read(page_of(content), Rules()).title
    assert title is not None
    assert title.value.startswith("The price of water")
