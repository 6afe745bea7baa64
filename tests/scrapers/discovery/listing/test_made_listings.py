"""Made pages of all twenty layouts: their documents are found, and hardly anything else."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.benchmarks.quality.listings import tally
from tests.benchmarks.quality.made_listings.page import made_listing


@pytest.mark.parametrize("apart", [False, True])
def test_the_documents_of_made_listings_are_found(apart: bool) -> None:
    """A small part of `tests.benchmarks.quality.listings`: two pages of each layout."""
    count: Counter[str] = Counter()
    wrong = []
    for number in range(20):
        page = made_listing(number, seed="test", apart=apart)
        counted, missed, false = tally(page)
        count += counted
        if missed or false:
            wrong.append((number, page.layout, missed[:3], false[:3]))
    assert count["whole"] >= 18, wrong
    assert count["clean"] >= 18, wrong
    assert count["date_published right"] >= 0.95 * count["date_published"], wrong
