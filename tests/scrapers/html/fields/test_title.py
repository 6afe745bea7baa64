"""What wordings of a title say of each other and of the text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from scrapers.html.fields.title_facts import holds_word
from tests.scrapers.html.fields.test_fields import PROSE, said, value


@given(st.text("ab \xe91_", max_size=12), st.text("ab\xe9", min_size=1, max_size=3))
def test_a_text_holds_the_words_that_stand_alone_in_it(text: str, word: str) -> None:
    assert holds_word(text, word) == (word in re.findall(r"[^\W\d_]+", text))


def test_a_heading_in_an_element_called_label_hidden_is_no_kicker_of_itself() -> None:
    heading = '<h1><span class="field field--name-title field--label-hidden">Statement on the Southern Pit</span></h1>'
    found = said(f"<main>{heading}<p>{PROSE}</p></main>", "<title>Statement on the Southern Pit | Lease Group</title>")
    assert value(found, "title") == "Statement on the Southern Pit"
