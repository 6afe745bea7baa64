"""The tests of one field: which are made, with what they compare, and the sentence that each has ready."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.drift import checks
from pipeline.drift.chances import Count
from pipeline.drift.checks import HISTORY, LEAST_GONE, LEAST_HISTORY, LEAST_ODD, WINDOWS
from pipeline.drift.tallies import ATTACHMENTS, GONE, LISTING, UNMATCHED, Tally, bin_of

SURE = 1e-3


def tally(of: int = 20, selector: str | None = None, **odd: int) -> Tally:
    counts = {aspect: Count(number, of) for aspect, number in odd.items()}
    return Tally(documents=of, filled=of, odd=counts, selector=selector)


def made(
    name: str, now: Tally, past: list[Tally], *, media: str = "page", windows: tuple[int, ...] = (1,)
) -> list[checks.Test]:
    return list(checks.tests_of(media, name, now, past, windows=windows))


def only(tests: list[checks.Test]) -> checks.Test:
    (test,) = tests
    return test


@pytest.mark.parametrize(
    ("name", "aspect", "words"),
    [
        ("authors", "missing", "authors was found on 0 of 20 new pages, before on 200 of 200"),
        (ATTACHMENTS, "missing", "a linked file was found on 0 of 20 new pages, before on"),
        ("authors", "lost", "authors is gone from 20 of 20 known pages that had it"),
        (ATTACHMENTS, "lost", "linked files are gone from 20 of 20 known pages"),
        ("title", "changed", "title differs from what was stored on 20 of 20 known"),
        ("body", "shrunk", "body has lost more than half of its length on 20 of 20"),
        (GONE, GONE, "20 of 20 known addresses that were asked for answer that they are gone"),
        ("title", UNMATCHED, "the selector 'h1' for title matched on 0 of 20 pages, before on 200 of 200"),
    ],
)
def test_what_became_odd_is_improbable_and_has_its_sentence(name: str, aspect: str, words: str) -> None:
    now, before = tally(selector="h1", **{aspect: 20}), tally(selector="h1", **{aspect: 0})
    test = only(made(name, now, [before] * 10))
    assert (test.media, test.field, test.aspect) == ("page", name, aspect)
    assert test.chance < SURE
    assert test.says().startswith(words)


@pytest.mark.parametrize(
    ("now", "past"),
    [
        (tally(of=LEAST_ODD - 1, lost=LEAST_ODD - 1), [tally(lost=0)] * 10),  # too few now
        (tally(missing=20), []),  # nothing to compare with
        (tally(missing=20), [tally(of=LEAST_HISTORY - 1, missing=0)]),  # too little
    ],
)
def test_too_few_documents_make_no_test(now: Tally, past: list[Tally]) -> None:
    assert made("authors", now, past) == []


def test_what_was_held_and_is_lost_needs_no_history() -> None:
    assert only(made("authors", tally(lost=20), [])).chance < SURE


def test_a_small_rise_does_not_matter_however_certain() -> None:
    now, before = tally(of=2000, missing=400), tally(of=2000, missing=200)
    assert only(made("authors", now, [before] * 20)).chance == 1.0


def test_a_few_gone_are_a_day_s_work() -> None:
    assert only(made(GONE, tally(gone=LEAST_GONE - 1), [tally(gone=0)] * 10)).chance == 1.0
    assert only(made(GONE, tally(gone=LEAST_GONE), [tally(gone=0)] * 10)).chance < SURE


def test_two_a_day_are_seen_together() -> None:
    past = [tally(of=20, missing=0)] * 20 + [tally(of=2, missing=2)] * 5
    chances = [test.chance for test in made("title", tally(of=2, missing=2), past, windows=WINDOWS)]
    assert min(chances) < SURE


def test_a_run_that_was_accepted_is_not_judged_again() -> None:
    accepted = tally(of=2, missing=2)
    accepted.accepted = True
    past = [tally(of=20, missing=0)] * 20 + [accepted] * 5
    assert made("title", tally(of=2, missing=2), past, windows=WINDOWS) == []


def test_the_history_goes_no_further_back_than_it_says() -> None:
    long_ago, lately = tally(of=100, missing=0), tally(of=HISTORY, missing=HISTORY // 2)
    assert only(made("authors", tally(missing=20), [long_ago] * 50 + [lately])).says().endswith(f"of {HISTORY}")


def test_the_pages_of_another_selector_are_no_history() -> None:
    now = tally(selector="h1.new", unmatched=20)
    assert made("title", now, [tally(selector="h1.old", unmatched=0)] * 10) == []


def test_one_value_on_many_pages() -> None:
    now, before = Tally(), Tally()
    now.values["all"], now.held["all"], now.holders["Access denied"] = Counter({"Access denied": 20}), 20, ["a", "b"]
    before.values["all"], before.held["all"] = Counter({f"title {n}": 1 for n in range(20)}), 20
    test = only(made("title", now, [before] * 10))
    assert (test.aspect, test.examples, test.chance < SURE) == ("alike", ("a", "b"), True)
    assert test.says().startswith("title is 'Access denied' on 20 of 20 pages, before on 0 of 200")


def test_texts_that_became_short() -> None:
    now, before = Tally(), Tally()
    now.bins["length"] = Counter({bin_of("length", 150): 20})
    before.bins["length"] = Counter({bin_of("length", 5000 + 100 * n): 2 for n in range(10)})
    tests = made("body", now, [before] * 10)
    assert {test.aspect for test in tests} == {"short"}
    assert min(test.chance for test in tests) < SURE
    assert "on the median of 20 new pages, before" in tests[0].says()


def test_the_listing_has_tests_of_its_own() -> None:
    assert made(LISTING, tally(missing=20), [tally(missing=0)] * 10) == []
