"""Years are found in ASCII as in any text."""

from __future__ import annotations

import random

from scrapers.html.scan import YEAR, YEAR_IN_ASCII


def test_both_patterns_find_a_year_in_the_same_texts() -> None:
    chance = random.Random(3)
    texts = ["".join(chance.choices("0011229953./- a", k=chance.randint(2, 14))) for _ in range(20_000)]
    found = [text for text in texts if YEAR.search(text)]
    assert len(found) > 500
    assert found == [text for text in texts if YEAR_IN_ASCII.search(text)]
