"""Which figures are suspicious beside a source's history: pure, counts in, suspicions out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from pipeline.drift.chances import Count
from pipeline.drift.suspicions import Past, suspicions
from pipeline.drift.tallies import ATTACHMENTS, GONE, LISTING, UNMATCHED, Tallies, Tally, bin_of


def tally(of: int = 10, selector: str | None = None, **odd: int) -> Tally:
    """Return the figures of a field of `of` documents, and how many of them are odd in each way."""
    counts = {what: Count(number, of) for what, number in odd.items()}
    return Tally(documents=of, filled=of, odd=counts, selector=selector)


def past(number: int, field: str, one: Tally, media: str = "page", accepted: tuple[int, ...] = ()) -> list[Past]:
    """Return that many earlier runs of the same figures."""
    return [Past(run_id=run, accepted=run in accepted, tallies={(media, field): one}) for run in range(1, number + 1)]


def found(now: Tallies, history: list[Past] | None = None, *others: Tallies) -> set[tuple[str, str]]:
    return {(one.field, one.aspect) for one in suspicions([now, *others], history or [])}


CASES: dict[str, tuple[Tally, Tally, str, bool]] = {
    # now, in each of ten earlier runs, field, is it suspicious
    "dates that were there are missing": (tally(10, missing=10), tally(10, missing=0), "date_published", True),
    "dates that were never there": (tally(10, missing=10), tally(10, missing=10), "date_published", False),
    "dates that come and go": (tally(10, missing=6), tally(10, missing=5), "date_published", False),
    "one title is missing": (tally(10, missing=1), tally(10, missing=0), "title", False),
    "two titles are missing": (tally(2, missing=2), tally(10, missing=0), "title", False),
    "a few more than usual": (tally(20, missing=4), tally(20, missing=2), "date_published", False),
    "authors are lost": (tally(20, lost=20), tally(20, lost=0), "authors", True),
    "authors change": (tally(20, changed=20), tally(20, changed=0), "authors", True),
    "authors always change": (tally(20, changed=18), tally(20, changed=17), "authors", False),
    "texts shrink": (tally(20, shrunk=15), tally(20, shrunk=0), "body", True),
    "files are linked no more": (tally(30, missing=30), tally(10, missing=1), ATTACHMENTS, True),
    "a series of five without authors": (tally(5, missing=5), tally(10, missing=1), "authors", False),
}


@pytest.mark.parametrize(("now", "before", "field", "suspicious"), CASES.values(), ids=list(CASES))
def test_a_share_is_suspicious_by_the_source_s_own_history(
    now: Tally, before: Tally, field: str, suspicious: bool
) -> None:
    assert bool(found({("page", field): now}, past(10, field, before))) == suspicious


@pytest.mark.parametrize(
    ("media", "field", "suspicious"),
    [
        ("page", "title", True),
        ("page", "body", True),
        ("file", "body", True),
        ("page", "date_published", False),
        ("file", "title", False),
    ],
)
def test_a_first_run_has_floors_for_what_is_nearly_always_there(media: str, field: str, suspicious: bool) -> None:
    assert bool(found({(media, field): tally(20, missing=20)})) == suspicious


def test_a_first_run_that_is_nearly_empty_is_not_judged() -> None:
    assert not found({("page", "title"): tally(5, missing=5)})


def test_many_gone_at_once_are_suspicious_a_few_are_not() -> None:
    history = past(10, GONE, tally(100, gone=1))
    assert found({("page", GONE): tally(100, gone=60)}, history) == {(GONE, "gone")}
    assert not found({("page", GONE): tally(12, gone=9)}, history)


def alike(value: str, held: int, of: int) -> Tally:
    """Return titles of which that many are the same, the others each its own."""
    values = Counter({value: held, **{f"title {number}": 1 for number in range(of - held)}})
    one = Tally(documents=of, filled=of, values={"all": values}, held=Counter({"all": of}))
    one.alike["all"] = held * (held - 1) // 2
    return one


def test_one_title_on_many_pages_is_suspicious_unless_it_always_was_so() -> None:
    usual = past(10, "title", alike("Home", 0, 10))
    assert found({("page", "title"): alike("Access denied", 9, 10)}, usual) == {("title", "alike")}
    assert not found({("page", "title"): alike("Access denied", 2, 10)}, usual)
    often = past(10, "title", alike("Weekly bulletin", 7, 10))
    assert not found({("page", "title"): alike("Weekly bulletin", 8, 10)}, often)


def lengths(characters: int, documents: int) -> Tally:
    return Tally(documents=documents, bins={"length": Counter({bin_of("length", characters): documents})})


def test_texts_that_are_all_short_are_suspicious() -> None:
    usual = past(10, "body", lengths(4_000, 10))
    assert found({("page", "body"): lengths(300, 20)}, usual) == {("body", "short")}
    assert not found({("page", "body"): lengths(3_500, 20)}, usual)
    assert not found({("page", "body"): lengths(40_000, 20)}, usual)


def listing(links: int, **other: Any) -> Tally:
    count = {"links": links, "new": 0, "pages": 4, "complete": True, "mechanism": "listing", **other}
    return Tally(documents=links, filled=links, count=count)


LISTINGS: dict[str, tuple[Tally, Tally, bool]] = {
    "half of it": (listing(100), listing(40), True),
    "nearly all of it": (listing(100), listing(95), False),
    "more of it": (listing(100), listing(300), False),
    "a small listing that lost two": (listing(6), listing(4), False),
    "another mechanism": (listing(100), listing(10, mechanism="feed"), False),
    "pages that hold less": (listing(80, complete=False), listing(20, complete=False), True),
    "fewer pages were read": (listing(80, complete=False), listing(20, complete=False, pages=1), False),
}


@pytest.mark.parametrize(("before", "now", "suspicious"), LISTINGS.values(), ids=list(LISTINGS))
def test_a_listing_that_fell_is_suspicious(before: Tally, now: Tally, suspicious: bool) -> None:
    assert (found({("page", LISTING): now}, past(6, LISTING, before)) == {(LISTING, "fewer")}) == suspicious


def test_after_an_accepted_run_a_listing_is_compared_with_that() -> None:
    history = [*past(6, LISTING, listing(100)), Past(run_id=7, accepted=True, tallies={("page", LISTING): listing(40)})]
    assert not found({("page", LISTING): listing(38)}, history)
    assert found({("page", LISTING): listing(10)}, history)


@pytest.mark.parametrize(("runs", "pages", "suspicious"), [(0, 20, True), (0, 19, False), (3, 5, True), (2, 5, False)])
def test_a_selector_that_matched_on_none_of_the_last_twenty_pages_is_an_error(
    runs: int, pages: int, suspicious: bool
) -> None:
    one = tally(pages, selector="h1.t", unmatched=pages)
    assert (("title", UNMATCHED) in found({("page", "title"): one}, past(runs, "title", one))) == suspicious


def test_the_pages_of_another_selector_are_not_counted() -> None:
    old, new = tally(15, selector="h2", unmatched=15), tally(15, selector="h1", unmatched=15)
    assert not found({("page", "title"): new}, past(3, "title", old))


def test_a_selector_that_always_matched_seldom_is_not_called_lost() -> None:
    seldom = tally(100, selector=".corrected", unmatched=97)
    assert not found(
        {("page", "date_modified"): tally(25, selector=".corrected", unmatched=25)}, past(3, "date_modified", seldom)
    )


def test_once_accepted_a_lost_selector_counts_anew() -> None:
    lost = tally(15, selector="h1", unmatched=15)
    history = past(2, "title", lost, accepted=(2,))
    assert not found({("page", "title"): tally(10, selector="h1", unmatched=10)}, history)


def test_good_documents_do_not_hide_bad_ones_of_an_earlier_run() -> None:
    history = past(10, "date_published", tally(10, missing=0))
    good, bad = tally(200, missing=10), tally(10, missing=10)
    assert not found({("page", "date_published"): good}, history)
    assert found({("page", "date_published"): good}, history, {("page", "date_published"): bad})


def test_a_sentence_says_now_and_before_and_the_surest_comes_first() -> None:
    now = {("page", "date_published"): tally(10, missing=10), ("page", "authors"): tally(20, lost=20)}
    history = [
        Past(
            run_id=run,
            accepted=False,
            tallies={("page", "date_published"): tally(10, missing=0), ("page", "authors"): tally(20, lost=0)},
        )
        for run in range(10)
    ]
    told = suspicions([now], history)
    assert [one.chance for one in told] == sorted(one.chance for one in told)
    sentence = next(one.sentence for one in told if one.field == "date_published")
    assert sentence.startswith("date_published was found on ")
    assert "before on " in sentence


def one_title(number: int, again: int = 0) -> Tally:
    """Return the figures of that many documents with one title, some of which had it before."""
    return replace(alike("Minutes", number, number), again=Counter({"Minutes": again} if again else {}))


@pytest.mark.parametrize("media", ["page", "file"])
def test_one_document_that_is_read_in_each_run_is_not_several(media: str) -> None:
    runs = past(6, "title", one_title(1, again=1), media)
    assert found({(media, "title"): one_title(1, again=1)}, runs) == set()


def test_documents_that_get_one_title_run_by_run_are_told() -> None:
    usual = past(6, "title", alike("Minutes", 0, 40))
    runs = [Past(run_id=run, accepted=False, tallies={("page", "title"): one_title(2)}) for run in range(10, 14)]
    assert ("title", "alike") in found({("page", "title"): one_title(2)}, [*usual, *runs])
    again = [Past(run_id=run, accepted=False, tallies={("page", "title"): one_title(2, 2)}) for run in range(10, 14)]
    assert found({("page", "title"): one_title(2, 2)}, [*usual, *again]) == set()
