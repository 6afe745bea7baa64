import pytest

from scrapers.base import Rules
from tests.pdfs.child import MEMORY_MB, SECONDS, read_limited
from tests.pdfs.odd import odd_files

FILES = odd_files()


@pytest.mark.parametrize("name", FILES)
def test_every_odd_file_ends_in_text_or_in_a_named_failure(name: str) -> None:
    odd = FILES[name]
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
