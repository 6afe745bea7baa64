"""What is counted of a run's documents: new ones by themselves, known ones beside what they said before."""

from __future__ import annotations

import json

import pytest

from pipeline.drift.chances import Count
from pipeline.drift.tallies import (
    ATTACHMENTS,
    UNMATCHED,
    Observed,
    Sighting,
    Tallies,
    Tally,
    add,
    add_unchanged,
    bin_of,
    number_of,
    observed,
    tally_from,
)
from scrapers.base import Author
from tests.made import found

URL = "https://acme.test/1"


def seen(
    values: dict[str, str] | None = None,
    before: dict[str, str] | None = None,
    *,
    media: str = "page",
    origins: dict[str, str] | None = None,
    lengths: tuple[int, int] = (0, 0),
    versions: tuple[str, str] = ("1", "1"),
    age: float | None = None,
    url: str = URL,
) -> Sighting:
    now = Observed(values=values or {}, origins=origins or {}, body_length=lengths[1], reader_version=versions[1])
    then = None
    if before is not None:
        then = Observed(values=before, body_length=lengths[0], reader_version=versions[0])
    return Sighting(url=url, media=media, fetched_in=1, now=now, before=then, age_days=age)


def counted(*sightings: Sighting, selectors: dict[str, str] | None = None) -> Tallies:
    tallies: Tallies = {}
    for sighting in sightings:
        add(tallies, sighting, selectors or {})
    return tallies


ODD: dict[str, tuple[Sighting, str, dict[str, Count]]] = {
    "new with a title": (seen({"title": "A"}), "title", {"missing": Count(0, 1)}),
    "new without one": (seen(), "title", {"missing": Count(1, 1)}),
    "known, never had one": (seen({}, {}), "title", {}),
    "known, lost it": (seen({}, {"title": "A"}), "title", {"lost": Count(1, 1)}),
    "known, has one for the first time": (seen({"title": "A"}, {}), "title", {}),
    "known, the same authors": (
        seen({"authors": "Ann"}, {"authors": "Ann"}),
        "authors",
        {"lost": Count(0, 1), "changed": Count(0, 1)},
    ),
    "known, other authors": (
        seen({"authors": "Ben"}, {"authors": "Ann"}),
        "authors",
        {"lost": Count(0, 1), "changed": Count(1, 1)},
    ),
    "known, other authors by a better reader": (
        seen({"authors": "Ben"}, {"authors": "Ann"}, versions=("1", "2")),
        "authors",
        {"lost": Count(0, 1)},
    ),
    "known, lost by a better reader": (
        seen({}, {"authors": "Ann"}, versions=("1", "2")),
        "authors",
        {"lost": Count(1, 1)},
    ),
    "known, another title": (seen({"title": "B"}, {"title": "A"}), "title", {"lost": Count(0, 1)}),
    "a text of which half is gone": (
        seen({"body": "b"}, {"body": "a"}, lengths=(1000, 499)),
        "body",
        {"lost": Count(0, 1), "shrunk": Count(1, 1)},
    ),
    "a text of which less is gone": (
        seen({"body": "b"}, {"body": "a"}, lengths=(1000, 500)),
        "body",
        {"lost": Count(0, 1), "shrunk": Count(0, 1)},
    ),
    "a short text": (seen({"body": "b"}, {"body": "a"}, lengths=(199, 10)), "body", {"lost": Count(0, 1)}),
}


@pytest.mark.parametrize(("sighting", "field", "odd"), ODD.values(), ids=list(ODD))
def test_what_may_be_wrong_is_counted(sighting: Sighting, field: str, odd: dict[str, Count]) -> None:
    tally = counted(sighting)["page", field]
    wrong = {what: count for what, count in tally.odd.items() if what != "changed" or field == "authors"}
    assert wrong == odd
    assert all(tally.examples[what] == [URL] for what, count in odd.items() if count.odd)


def test_a_file_links_no_files_and_heeds_no_selector() -> None:
    tallies = counted(seen({"title": "A"}, media="file"), selectors={"title": "h1"})
    assert ("file", ATTACHMENTS) not in tallies
    assert tallies["file", "title"].selector is None
    assert UNMATCHED not in tallies["file", "title"].odd


@pytest.mark.parametrize(
    ("origin", "unmatched"),
    [("selector:h1", Count(0, 1)), ("meta:og:title", Count(1, 1)), (None, Count(1, 1))],
)
def test_a_selector_counts_as_matched_only_where_it_gave_the_value(origin: str | None, unmatched: Count) -> None:
    sighting = seen({"title": "A"} if origin else {}, origins={"title": origin} if origin else {})
    tally = counted(sighting, selectors={"title": "h1"})["page", "title"]
    assert (tally.selector, tally.odd[UNMATCHED]) == ("h1", unmatched)


def test_values_that_agree_are_counted_by_pairs_and_by_how_old_they_are() -> None:
    sightings = [
        seen({"date_published": "2024-05-01"}, age=2),
        seen({"date_published": "2024-05-01"}, age=2),
        seen({"date_published": "2019-05-01"}, age=1_800),
        seen({"date_published": "2019-05-01"}, age=1_800),
        seen({"date_published": "2019-05-01"}, age=1_800),
        seen({"date_published": "2019-05-01"}, {"date_published": "2019-05-01"}, age=1_800),
    ]
    tally = counted(*sightings)["page", "date_published"]
    assert dict(tally.held) == {"all": 6, "new": 5, "past": 3}
    assert dict(tally.alike) == {"all": 1 + 6, "new": 1 + 3, "past": 3}
    assert tally.values["past"] == {"2019-05-01": 3}


def test_a_site_s_own_word_that_nothing_changed_counts_as_unchanged() -> None:
    tallies = counted(seen({}, {"authors": "Ann"}))
    add_unchanged(tallies, {("page", "authors"): 30, ("page", "body"): 31, ("page", "title"): 32})
    assert tallies["page", "authors"].odd == {"lost": Count(1, 31), "changed": Count(0, 30)}
    assert tallies["page", "body"].odd["shrunk"] == Count(0, 31)
    assert tallies["page", "title"].odd["lost"] == Count(0, 32)


def test_figures_are_json_and_come_back() -> None:
    tally = counted(
        seen({"date_published": "2019-05-01"}, age=1_800, origins={"date_published": "time"}),
        seen({}, {"date_published": "2019"}),
        selectors={"date_published": ".d"},
    )["page", "date_published"]
    figures = json.loads(json.dumps(tally.figures()))
    again = tally_from(tally.documents, tally.filled, figures)
    tally.holders = {}  # of one run only
    assert again == tally
    assert tally_from(0, 0, {}) == Tally()


def test_an_accepted_run_s_known_documents_become_what_is_usual_of_new_ones() -> None:
    tally = counted(seen({}, {"title": "A"}), seen({"title": "B"}, {"title": "B"}), seen({"title": "B"}))[
        "page", "title"
    ]
    tally.accept()
    assert tally.accepted
    assert tally.odd["missing"] == Count(1, 3)
    assert tally.values["new"] == tally.values["all"] == {"B": 2}


@pytest.mark.parametrize(("kind", "numbers"), [("length", (0, 40, 900, 25_000)), ("age", (0, 3, 90, 4_000))])
def test_a_bin_stands_for_about_the_number_that_fell_into_it(kind: str, numbers: tuple[int, ...]) -> None:
    for number in numbers:
        about = number_of(kind, bin_of(kind, number))
        assert abs(about - number) <= 0.3 * number + 1
    assert bin_of(kind, -5) == bin_of(kind, 0)


def test_a_reading_is_reduced_to_what_is_compared() -> None:
    values = {
        "title": found("  Wells  and\nwalls "),
        "authors": found((Author(name="Ann Bee", kind="person"), Author(name="Ben")), "label:By"),
        "body": found("Text. " * 50),
        "publisher": found(""),
    }
    ours = observed(values, attachments=("selector:a.dl",), reader_version="1")
    assert ours.values["title"] == "Wells and walls"
    assert ours.values["authors"] == "Ann Bee, Ben"
    assert ours.body_length == 300
    assert len(ours.values["body"]) == 12  # a hash
    assert "publisher" not in ours.values
    assert ours.values[ATTACHMENTS] == "yes"
    assert (ours.origins["authors"], ours.origins[ATTACHMENTS]) == ("label:By", "selector:a.dl")


def test_texts_that_differ_in_blanks_and_case_alone_are_one() -> None:
    one, other = (
        observed({"body": found(text)}, attachments=(), reader_version="1").values["body"]
        for text in ("The  Wells\nof Karo", "the wells of karo")
    )
    assert one == other


def test_long_values_are_cut_and_stay_apart() -> None:
    long = "A very long title about wells " * 5
    keys = {
        observed({"title": found(text)}, attachments=(), reader_version="1").values["title"]
        for text in (f"{long}one", f"{long}two")
    }
    assert len(keys) == 2
    assert all(len(key) <= 80 for key in keys)


def test_a_stored_text_counts_by_its_length() -> None:
    ours = observed({"body": found(None)}, attachments=(), body_length=4_000, reader_version="1")
    assert (ours.body_length, ours.values["body"]) == (4_000, "")


def test_a_configured_selector_s_file_is_told_however_many_others_are_linked() -> None:
    origins = ("link", "link", "selector:a.dl")
    assert observed({}, attachments=origins, reader_version="1").origins[ATTACHMENTS] == "selector:a.dl"


@pytest.mark.parametrize(("name", "lengths"), [("title", (0, 0)), ("body", (900, 900))])
def test_a_known_document_that_says_the_same_is_counted_as_that(name: str, lengths: tuple[int, int]) -> None:
    stored = {"title": "A"} if name == "title" else {"body": ""}  # of a stored text only the length is known
    again = counted(seen({name: "A"}, stored, media="file", lengths=lengths))["file", name]
    assert (again.values["all"], again.again) == ({"A": 1}, {"A": 1})
    changed = {"title": "B"} if name == "title" else {"body": ""}
    assert not counted(seen({name: "A"}, changed, media="file", lengths=(700, 900)))["file", name].again
    assert not counted(seen({name: "A"}, media="file", lengths=lengths))["file", name].again
