"""What stands around a document, what declares it and what its elements are called change nothing of what is read.

Documents of eight languages, each with a labelled author and day or a declaration; other documents' blocks (related
lists, rivers, comments, events, people, pagers, dialogs, hidden copies) stand before, beside, behind and within them.
"""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.scrapers.html.metamorphic import EVERY_LANGUAGE, PLACES, MadeDocument, lines, read, scrambled, told

DOCUMENTS = st.builds(MadeDocument, st.sampled_from(sorted(EVERY_LANGUAGE)), st.integers(0, 500))
AROUND = st.fixed_dictionaries(
    {},
    optional={place: st.lists(st.integers(0, len(made) - 1), min_size=1, max_size=1) for place, made in PLACES.items()},
)
NAMES = st.lists(st.from_regex(r"[b-df-hj-np-tv-z]{5}", fullmatch=True), min_size=1, max_size=4)


@settings(max_examples=40)
@given(document=DOCUMENTS, around=AROUND, declared=st.booleans(), labelled=st.booleans())
def test_others_blocks_change_no_value_and_add_no_text(
    document: MadeDocument, around: dict[str, Any], declared: bool, labelled: bool
) -> None:
    assume(" : " not in document.title)  # a site's name may stand before such a mark
    alone = read(document.html(declared=declared, labelled=labelled))
    amid = read(document.html(around, declared=declared, labelled=labelled))
    assert told(amid) == told(alone)
    # Whether the heading is a line of the text as well is left open.
    assert set(lines(amid)) - {document.title} == set(lines(alone)) - {document.title}


@settings(max_examples=25)
@given(document=DOCUMENTS, around=AROUND, labelled=st.booleans())
def test_without_its_declaration_a_page_says_the_same_less_surely_or_less(
    document: MadeDocument, around: dict[str, Any], labelled: bool
) -> None:
    with_it, without = (read(document.html(around, declared=declared, labelled=labelled)) for declared in (True, False))
    for name in ("authors", "date_published"):
        more, less = getattr(with_it, name), getattr(without, name)
        assert more is not None
        assert less is None or (less.value == more.value and less.confidence <= more.confidence)


@settings(max_examples=25)
@given(document=DOCUMENTS, around=AROUND, declared=st.booleans(), names=NAMES)
def test_other_names_of_classes_change_nothing_but_confidence(
    document: MadeDocument, around: dict[str, Any], declared: bool, names: list[str]
) -> None:
    page = document.html(around, declared=declared)
    as_it_is, renamed = read(page), read(scrambled(page, names))
    assert told(renamed) == told(as_it_is)
    assert set(lines(renamed)) - {document.title} == set(lines(as_it_is)) - {document.title}
