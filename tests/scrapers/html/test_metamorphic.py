"""What stands around a document, and what its elements are called, changes nothing of what is read from it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.fields import Extracted
from tests.scrapers.html.test_regions import DECLARED, LONG, OTHERS, read

BYLINE = "<p>By Maud Ashby</p>"
DOCUMENT = f"<h1>Nine wells</h1>{BYLINE}{LONG}"
BLOCKS = st.lists(st.sampled_from(sorted(OTHERS)), max_size=3, unique=True)
NAMES = st.lists(st.from_regex(r"[b-df-hj-np-tv-z]{5}[0-9]{2}", fullmatch=True), min_size=1, max_size=4)


def told(found: Extracted) -> tuple[object, ...]:
    """Return the values that must not change."""
    fields = (found.title, found.authors, found.date_published)
    return tuple(field.value if field else None for field in fields)


@settings(max_examples=20)
@given(before=BLOCKS, after=BLOCKS, declared=st.booleans())
def test_others_blocks_around_a_document_change_no_value(before: list[str], after: list[str], declared: bool) -> None:
    head = DECLARED if declared else ""
    around = ["".join(OTHERS[name] for name in names) for names in (before, after)]
    alone = read(f"<main>{DOCUMENT}</main>", head)
    amid = read(f"{around[0]}<main>{DOCUMENT}</main>{around[1]}", head)
    assert told(amid) == told(alone)
    assert amid.body is not None
    assert "siren" not in amid.body.value


@settings(max_examples=20)
@given(names=NAMES, declared=st.booleans())
def test_names_of_classes_that_say_nothing_change_no_value(names: list[str], declared: bool) -> None:
    head = DECLARED if declared else ""
    count = iter(range(1000))
    scrambled = re.sub(r"<(h1|p)>", lambda m: f'<{m[1]} class="{names[next(count) % len(names)]}">', DOCUMENT)
    assert told(read(f"<main>{scrambled}</main>", head)) == told(read(f"<main>{DOCUMENT}</main>", head))


@settings(max_examples=10)
@given(after=BLOCKS)
def test_without_its_declaration_a_page_says_less_or_the_same(after: list[str]) -> None:
    around = "".join(OTHERS[name] for name in after)
    with_it, without = (read(f"<main>{DOCUMENT}</main>{around}", head).date_published for head in (DECLARED, ""))
    assert with_it is not None
    assert without is None or without.value == with_it.value
