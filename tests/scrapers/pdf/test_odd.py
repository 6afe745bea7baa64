import pytest

from scrapers.base import Rules
from tests.benchmarks.speed.pdf import long_file
from tests.pdfs.child import MEMORY_MB, SECONDS, read_limited
from tests.pdfs.odd import ODD_FILES


@pytest.mark.parametrize("name", ODD_FILES)
def test_every_odd_file_ends_in_text_or_in_a_named_failure(name: str) -> None:
    odd = ODD_FILES[name]()
    outcome = read_limited(odd.content, Rules(ocr="off"))
    assert outcome.crash == ""
    assert outcome.peak_mb < MEMORY_MB
    assert outcome.seconds < SECONDS
    if outcome.killed:
        assert odd.may_be_killed
    elif outcome.extracted is not None:
        assert outcome.extracted.body is not None
        assert odd.text
        assert odd.text in outcome.extracted.body.value
        assert odd.note in " ".join(outcome.extracted.notes)
    else:
        assert odd.reason
        assert odd.reason in outcome.reason


def test_memory_stays_flat_over_many_pages() -> None:
    few, many = (read_limited(long_file(pages), Rules(tables=False, ocr="off"), anew=True) for pages in (20, 150))
    assert few.extracted is not None
    assert many.extracted is not None
    assert many.peak_mb - few.peak_mb < 12
    assert many.peak_mb < 150
