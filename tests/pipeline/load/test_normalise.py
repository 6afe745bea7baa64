"""The order of trust: what we hold to be true of a document where page, mechanism, link and landing page disagree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from models.errors import FieldMissing
from pipeline.load.normalise import Document, Values, document, resolve
from scrapers.base import Author, Found, Link
from scrapers.fields import Extracted

READ = datetime(2024, 5, 10, 12, tzinfo=UTC)
URL = "https://acme.org/reports/wells"
ANN, BEN = Author(name="Ann Bee", kind="person"), Author(name="Ben Okafor", kind="person")


def found(value: Any, origin: str = "meta:x", raw: str | None = None, confidence: float | None = None) -> Found[Any]:
    return Found(value=value, raw=str(value) if raw is None else raw, origin=origin, confidence=confidence)


def normalised(
    page: dict[str, Any], claims: Values | None = None, *, links: tuple[Link, ...] = (), **given: Any
) -> Document:
    """Return the document of a page that says so much; a title unless the test says otherwise."""
    told = {"url": URL, "final_url": URL, "redirects": (), **given}
    reading = Extracted(media_type="text/html", links=links, **page)
    return document(reading, claims or {}, source_id=1, capture_id=None, reader_version="1", retrieved_at=READ, **told)


FEED = "feed:x"
CASES: dict[str, tuple[str, Found[Any], Found[Any], str]] = {
    # field, what the page says, what the mechanism claims, whose value is taken
    "a claimed title": ("title", found("Reports of 2019"), found("Wells", FEED), "claim"),
    "a cut title": ("title", found("Wells and walls of Karo"), found("Wells and…", FEED), "page"),
    "a title cut with dots": ("title", found("Wells and walls of Karo"), found("Wells and ...", FEED), "page"),
    "a title that a selector read": ("title", found("Wells", "selector:h1"), found("Walls", FEED), "page"),
    "a title that begins the page's": ("title", found("Wells and walls"), found("Wells", FEED), "page"),
    "a vague title": ("title", found("Wells", confidence=0.6), found("Minutes", FEED, confidence=0.2), "page"),
    "a vague title for a doubtful one": (
        "title",
        found("Page 1", confidence=0.1),
        found("Minutes", FEED, confidence=0.2),
        "claim",
    ),
    "claimed authors": ("authors", found((ANN, BEN)), found((BEN,), FEED), "claim"),
    "authors that a selector read": ("authors", found((ANN,), "selector:.by"), found((BEN,), FEED), "page"),
    "a claimed day": ("date_published", found("2019-05-23"), found("2019-06-01", FEED), "claim"),
    "a claimed year within the page's day": ("date_published", found("2019-05-23"), found("2019", FEED), "page"),
    "a claimed month of another year": ("date_published", found("2018-05-23"), found("2019-05", FEED), "claim"),
    "a claimed language": ("language", found("fr"), found("en", FEED), "page"),
    "a claimed description": ("description", found("All of it."), found("Some of it.", FEED), "claim"),
    "a claimed kind": ("kind", found("report"), found("brief", FEED), "claim"),
}


@pytest.mark.parametrize(("field", "page", "claim", "taken"), CASES.values(), ids=list(CASES))
def test_page_and_mechanism_are_weighed_by_field(field: str, page: Found[Any], claim: Found[Any], taken: str) -> None:
    ours = normalised({"title": found("T"), **{field: page}}, {field: claim}).values[field]
    wanted = page if taken == "page" else claim
    assert (ours.value, ours.origin) == (wanted.value, wanted.origin)


@pytest.mark.parametrize("field", ["title", "date_published", "language", "kind", "publisher", "description"])
def test_what_the_page_does_not_say_is_taken_from_the_mechanism(field: str) -> None:
    value = "2019-05" if field == "date_published" else "en"
    ours = normalised({"body": found("Text.")}, {field: found(value, FEED)}).values[field]
    assert (ours.value, ours.origin) == (value, FEED)


def test_identifiers_are_added_to_each_other_and_the_page_wins() -> None:
    ours = normalised(
        {"title": found("T"), "identifiers": found({"doi": "10.1/a"})},
        {"identifiers": found({"doi": "10.1/b", "isbn": "978"}, FEED)},
    )
    assert ours.values["identifiers"].value == {"doi": "10.1/a", "isbn": "978"}


@pytest.mark.parametrize("field", ["canonical_url", "body"])
def test_some_fields_no_mechanism_may_claim_over_the_page(field: str) -> None:
    page = found(f"{URL}/own" if field == "canonical_url" else "The page's own text.")
    claim = found("https://acme.org/other" if field == "canonical_url" else "A summary.", FEED)
    ours = normalised({"title": found("T"), field: page}, {field: claim})
    held = ours.claimed[0] if field == "canonical_url" else ours.values[field].value
    assert held == page.value


IMPOSSIBLE = {
    "the day after tomorrow": "2024-05-12",
    "a month to come": "2024-06",
    "a year to come": "2031",
    "no day of the calendar": "2023-02-30",
    "no month of the calendar": "2023-13",
    "before printing": "0999",
    "too short": "202",
    "words": "last spring",
}


@pytest.mark.parametrize("value", IMPOSSIBLE.values(), ids=list(IMPOSSIBLE))
@pytest.mark.parametrize("field", ["date_published", "date_modified"])
def test_a_date_that_cannot_be_true_is_refused_with_a_note(field: str, value: str) -> None:
    ours = normalised({"title": found("T"), field: found(value, raw="as printed")})
    assert field not in ours.values
    assert [note for note in ours.reading.notes if note.startswith(f"{field} 'as printed'")]


@pytest.mark.parametrize("value", ["2024-05-11", "2024-05-10", "2024-05", "2024", "2019-02-28", "1066"])
def test_a_date_that_may_be_true_stays_as_precise_as_it_is(value: str) -> None:
    ours = normalised({"title": found("T"), "date_published": found(value)})
    assert ours.values["date_published"].value == value  # tomorrow may be today already, east of us
    assert ours.reading.notes == ()


def test_a_claimed_date_that_cannot_be_true_does_not_take_the_page_s_title_away() -> None:
    ours = normalised({"title": found("Wells")}, {"date_published": found("2051-01-01", FEED)})
    assert ours.values.keys() == {"title"}


def test_values_are_cleaned_and_what_is_blank_is_absent() -> None:
    ours = normalised(
        {
            "title": found("  Wells\u200b \n and\twalls "),
            "authors": found((Author(name=" Ann \n Bee ", kind="person"), Author(name=" \u200b ", kind=None))),
            "publisher": found(" \u2028 "),
            "body": found("\n One line\n\ttwo \u202e lines \n"),
        }
    )
    assert ours.values["title"].value == "Wells and walls"
    assert [author.name for author in ours.values["authors"].value] == ["Ann Bee"]  # type: ignore[attr-defined]
    assert "publisher" not in ours.values
    assert str(ours.values["body"].value).split("\n")[0] == "One line"
    assert "\u202e" not in str(ours.values["body"].value)


@pytest.mark.parametrize(
    "page", [{}, {"title": found(" \u200b ")}, {"date_published": found("2019"), "body": found("")}]
)
def test_without_title_and_text_there_is_no_document(page: dict[str, Found[Any]]) -> None:
    with pytest.raises(FieldMissing, match="title or text"):
        normalised(page)


def test_a_claimed_title_is_enough() -> None:
    assert normalised({}, {"title": found("Wells", FEED)}).values["title"].value == "Wells"


def test_every_address_that_led_here_is_an_alias_with_its_reason() -> None:
    ours = normalised(
        {"title": found("T")},
        url="https://ACME.org/r?utm_source=mail",
        redirects=("http://acme.org/r", "https://acme.org/r"),
        final_url=URL,
    )
    assert ours.canonical_url == URL
    assert ours.aliases[0] == (URL, "final") or (URL, "final") in ours.aliases
    assert dict(ours.aliases)["http://acme.org/r"] == "redirect"
    assert {reason for _, reason in ours.aliases} <= {"requested", "redirect", "final"}


@pytest.mark.parametrize(
    ("named", "believed"),
    [
        ("https://acme.org/reports/wells-and-walls", True),
        ("https://www.acme.org/reports/wells", True),
        ("https://elsewhere.example/reports/wells", False),
    ],
)
def test_a_page_may_name_an_address_of_its_own_site_only(named: str, believed: bool) -> None:
    ours = normalised({"title": found("T"), "canonical_url": found(named)})
    assert bool(ours.claimed) == believed
    assert "canonical_url" not in ours.values


def test_ordinary_links_are_not_loaded() -> None:
    links = tuple(
        Link(url=f"https://acme.org/{rel}", text="x", rel=rel)
        for rel in ("attachment", "translation", "related", "link")
    )
    assert [link.rel for link in normalised({"title": found("T")}, links=links).links] == [
        "attachment",
        "translation",
        "related",
    ]


LANDING: Values = {
    "title": found("The page's title", "meta:og:title"),
    "authors": found((ANN,), "label:Author:"),
    "date_published": found("2019-05", "time"),
    "body": found("The page's text."),
    "identifiers": found({"doi": "10.1/a"}),
}


def test_a_file_takes_from_its_landing_page_what_it_does_not_say_itself() -> None:
    own: Values = {"title": found("The file's title", "pdf:front-matter"), "body": found("The file's text.")}
    ours = resolve(own, LANDING, "Download")
    assert ours["title"] == own["title"]
    assert ours["body"] == own["body"]
    assert (ours["authors"].value, ours["authors"].origin) == ((ANN,), "landing-page")
    assert (ours["date_published"].value, ours["date_published"].raw) == ("2019-05", "2019-05")


def test_a_file_never_takes_its_landing_page_s_text() -> None:
    assert "body" not in resolve({}, LANDING, None)


@pytest.mark.parametrize(
    ("landing", "text", "title"),
    [
        (LANDING, "The report (PDF)", ("The page's title", "landing-page")),
        ({}, " The \n report (PDF) ", ("The report (PDF)", "link-text")),
        (None, "The report", ("The report", "link-text")),
        (None, " \n ", None),
        (None, None, None),
    ],
)
def test_the_text_of_the_link_is_the_last_title(
    landing: Values | None, text: str | None, title: tuple[str, str] | None
) -> None:
    ours = resolve({}, landing, text).get("title")
    assert (None if ours is None else (ours.value, ours.origin)) == title


def test_what_a_file_says_is_not_edited_in_place() -> None:
    own: dict[str, Found[Any]] = {}
    resolve(own, LANDING, "Download")
    assert own == {}
