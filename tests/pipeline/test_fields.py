"""The table of fields decides: what its cells do is looked at from outside, and no cell can be changed unseen.

Each function under "What is seen" returns what the code does with the fields; `SEEN` says what that must be. The last
tests change one cell of one field at a time, and what is seen must then differ.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

import pytest

from models.document import Revision
from models.search.words import words
from models.upsert import table_of
from pipeline.drift.checks import tests_of as drift_tests
from pipeline.drift.tallies import Sighting, Tallies, Tally, add, observed
from pipeline.holdings.columns import document_columns, json_schemas
from pipeline.holdings.difference import compared
from pipeline.load.content import content_hash
from pipeline.load.normalise import Document, document, resolve
from pipeline.load.revisions import search_entry
from scrapers.base import Author, Found, Link, Listing, Page, Rules
from scrapers.fields import FIELDS, Extracted, Field, FieldMethods
from scrapers.record import extracted_record, listing_record
from scrapers.sites import scraper_for
from tests.make_schemas import FOLDER, texts

URL = "https://acme.example/report"

SAMPLES: dict[str, tuple[Any, Any]] = {
    "title": ("Water", "Land"),
    "authors": ((Author(name="Ann Lee"),), (Author(name="Bo Dee"),)),
    "date_published": ("2019-05", "2018"),
    "date_modified": ("2020-01-02", "2020-01-03"),
    "language": ("en", "fr"),
    "kind": ("report", "study"),
    "publisher": ("Acme", "Press"),
    "description": ("About rivers.", "About fields."),
    "identifiers": ({"doi": "10.1/a"}, {"isbn": "9780306406157"}),
    "body": ("Rivers carry it.", "Fields need it."),
    "canonical_url": (URL, "https://acme.example/other"),
}
"""Two values of each field that is read."""


def value(name: str, which: int = 0) -> Found[Any]:
    sample = SAMPLES[name][which]
    return Found(value=sample, raw=sample if isinstance(sample, str) else f"as printed {which}", origin="made")


def values(**changed: Found[Any]) -> dict[str, Found[Any]]:
    return {name: value(name) for name in SAMPLES} | changed


# What is seen


def borrowed() -> set[str]:
    """What a file that states nothing has of its landing page."""
    resolved = resolve({}, values(), None)
    return {field.name for field in FIELDS if field.value(resolved) is not None}


def claimed() -> dict[str, str]:
    """Whether what a mechanism claims is taken, and whether before, after or together with what the page says."""

    def said(page: Mapping[str, Found[Any]], claims: Mapping[str, Found[Any]], name: str) -> Any:
        made = normalised(page, claims)
        return made.claimed if name == "canonical_url" else made.values[name].value if name in made.values else ()

    seen = {}
    for name in SAMPLES:
        rest = {key: value(key) for key in ("title", "body") if key != name}
        page, claim = said({**rest, name: value(name)}, {}, name), said({**rest, name: value(name, 1)}, {}, name)
        alone = said(rest, {name: value(name, 1)}, name)
        both = said({**rest, name: value(name)}, {name: value(name, 1)}, name)
        seen[name] = "never" if alone != claim else "first" if both == claim else "last" if both == page else "added"
    return seen


def page_of(given: Mapping[str, Found[Any]]) -> Extracted:
    fields: dict[str, Any] = {**given}
    return Extracted(media_type="text/html", **fields)


def normalised(page: Mapping[str, Found[Any]], claims: Mapping[str, Found[Any]]) -> Document:
    return document(
        page_of(page),
        claims,
        source_id=1,
        url=URL,
        redirects=(),
        final_url=URL,
        capture_id=None,
        reader_version="",
        retrieved_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def revises() -> tuple[str, set[str], tuple[str, ...]]:
    """The hash of a document, the fields whose change changes it, and what the difference of two stores compares."""
    before = content_hash(values(), [])
    changed = {name: {name: value(name, 1)} for name in SAMPLES}
    changed["authors"] = {"authors": replace(value("authors"), value=SAMPLES["authors"][1])}
    changed["author_raw"] = {"authors": replace(value("authors"), raw="otherwise printed")}
    differs = {name for name, change in changed.items() if content_hash(values(**change), []) != before}
    return before, differs, compared()


def drift() -> dict[str, str]:
    """What drift detection counts of each field: whether it is there, which values repeat, which have changed."""
    now, before = (
        observed(given, attachments=(), reader_version="1")
        for given in (values(), {name: value(name, 1) for name in SAMPLES})
    )
    tallies: Tallies = {}
    add(tallies, Sighting(url=URL, media="file", fetched_in=None, now=now, before=before), {})
    return {
        name: "change" if "changed" in tally.odd else "repetition" if tally.values else "presence"
        for (_, name), tally in tallies.items()
    }


def searched() -> dict[str, str]:
    """The fields whose words are indexed, and whether as title or as text."""
    shown = {name: str(found.value) for name, found in values().items()} | {"authors": "Ann Lee"}
    entry = search_entry(1, values(), words(shown["body"]))
    places = {"title": " ".join(entry.title), "body": " ".join(entry.body)}
    texts = {name: " ".join(words(text)) for name, text in shown.items()}
    return {name: place for name, text in texts.items() for place, held in places.items() if text in held}


def exported() -> list[list[str]]:
    """The keys of what `extract` prints and of an export's line, and the properties of the JSON Schemas."""
    schemas = json_schemas()
    return [
        list(extracted_record(URL, page_of(values()))),
        list(document_columns()),
        *([*schemas[name]["properties"]] for name in ("extract", "export")),
    ]


def listed() -> list[str]:
    """The keys of a document that `ingest links` prints, and the fields whose origins it names."""
    (link,) = listing_record(URL, "feed", Listing(links=(Link(url=URL, claims=values()),)))["links"]
    return [*link, *link["origins"]]


def selector() -> dict[str, tuple[str, bool]]:
    """The fields that a selector may be configured for, the key, and whether it gives the field's value."""
    page = Page(
        url=URL,
        final_url=URL,
        content=b"<p id=title>Water</p><p id=author>Ann Lee</p><p id=date>3 May 2019</p><p id=body>Rivers.</p>",
        retrieved_at=datetime(2026, 1, 1, tzinfo=UTC),
        sha256="",
    )
    seen = {}
    for name, key in FIELDS.selected.items():
        rules: Any = {key: f"#{key}"}
        found = scraper_for(Rules(**rules)).extract(page).found().get(name)
        seen[name] = key, found is not None and found.origin == f"selector:#{key}"
    return seen


FIRST = ["url", "title", "authors", "author_raw", "date_published", "date_precision", "date_modified", "language"]
NAMES = [*FIRST, "kind", "publisher", "description", "identifiers", "body"]
BESIDE = ["id", "source", "canonical_url", "media_type", "status", "revision", "retrieved_at", "first_seen_at"]
LINE = [*NAMES, "origins", "confidence", *BESIDE, "landing_page", "attachments"]

LISTED = ["title", "authors", "author_raw", "date_published", "date_precision", "language", "kind"]
SELECTED = {"title": "title", "authors": "author", "date_published": "date", "body": "body"}
TEXTS = ("authors", "publisher", "description", "body")

SEEN: dict[str, tuple[Callable[[], Any], Any]] = {
    "borrowed": (
        borrowed,
        {"title", "authors", "author_raw", "date_published", "date_precision", "language", "kind", "publisher"},
    ),
    "claimed": (
        claimed,
        {
            **dict.fromkeys(["title", "authors", "date_published", "date_modified"], "first"),
            **dict.fromkeys(["kind", "publisher", "description"], "first"),
            **dict.fromkeys(["language", "body", "canonical_url"], "last"),
            "identifiers": "added",
        },
    ),
    "revises": (
        revises,
        (
            "6ca06ba5ae23a2def486a68233259e131f0ea5df38f76bec1c910b3be9147d80",
            {*NAMES} - {"url", "date_precision"},
            (*(name for name in NAMES[1:] if name not in ("author_raw", "date_precision")), "tables"),
        ),
    ),
    "drift": (
        drift,
        {
            **dict.fromkeys(["title", "body"], "repetition"),
            **dict.fromkeys(["authors", "date_published", "language"], "change"),
            **dict.fromkeys(["kind", "publisher", "description", "identifiers"], "presence"),
        },
    ),
    "searched": (
        searched,
        {"title": "title", **dict.fromkeys(TEXTS, "body")},
    ),
    "exported": (
        exported,
        [
            [*NAMES, "canonical_url", "links", "origins", "confidence"],
            LINE,
            [*NAMES, "links", "origins", "confidence", "canonical_url", "tables", "notes", "error"],
            LINE,
        ],
    ),
    "listed": (listed, ["url", "rel", *LISTED, "origins", *(name for name in LISTED if name in SAMPLES)]),
    "selector": (
        selector,
        {name: (key, True) for name, key in SELECTED.items()},
    ),
}
"""By cell of the table: what is looked at, and what must be seen."""


def holds(cell: str) -> bool:
    """Return whether what is seen of a cell is what must be."""
    look, expected = SEEN[cell]
    return bool(look() == expected)


@pytest.mark.parametrize("cell", SEEN)
def test_what_is_seen_of_each_cell(cell: str) -> None:
    look, expected = SEEN[cell]
    assert look() == expected


def mutants() -> list[tuple[str, str, Any]]:
    """Return each field with another value of each of its cells, but for those that a derived field does not use."""
    choices = get_type_hints(Field)
    found = []
    for field in FIELDS:
        for cell in SEEN:
            if field.of is not None and cell not in ("exported", "listed", "revises"):
                continue
            now = getattr(field, cell)
            if isinstance(now, bool):
                others: list[Any] = [not now]
            elif cell == "selector":
                others = ["title" if now is None else None]
            else:
                others = [other for other in get_args(choices[cell]) if other != now]
            if cell == "claimed" and field.type != "identifiers":
                others.remove("added")  # only what has several entries can be added to
            found += [(field.name, cell, other) for other in others]
    return found


@pytest.mark.parametrize(("name", "cell", "other"), mutants())
def test_no_cell_can_be_changed_unseen(monkeypatch: pytest.MonkeyPatch, name: str, cell: str, other: Any) -> None:
    changed = tuple(replace(field, **{cell: other}) if field.name == name else field for field in FIELDS)
    monkeypatch.setattr(FIELDS, "rows", changed)
    assert not holds(cell)


@pytest.mark.parametrize("field", FIELDS.rows, ids=lambda field: field.name)
def test_no_field_can_be_dropped_unseen(monkeypatch: pytest.MonkeyPatch, field: Field) -> None:
    monkeypatch.setattr(FIELDS, "rows", tuple(row for row in FIELDS if row != field))
    with pytest.raises((AssertionError, KeyError)):
        assert all(holds(cell) for cell in ("revises", "exported", "claimed"))


@pytest.mark.parametrize("field", [field for field in FIELDS if field.of], ids=lambda field: field.name)
def test_a_derived_field_has_its_value_from_another(monkeypatch: pytest.MonkeyPatch, field: Field) -> None:
    derived = {"author_raw": "as printed 0", "date_precision": "month"}
    assert field.value(values()) == derived[field.name]
    assert field.value({}) is None
    assert (field.borrowed, field.claimed, field.selector, field.searched) == (False, "last", None, False)


def test_readers_and_sites_can_give_every_field_and_the_store_has_a_column_for_it() -> None:
    given = {field.name for field in dataclasses.fields(Extracted)} - {
        *("media_type", "links", "tables", "notes", "runners_up")
    }
    methods = {name for name in vars(FieldMethods) if not name.startswith("_")}
    assert given == methods == set(FIELDS.read) == set(SAMPLES)
    columns = set(table_of(Revision).c.keys())
    assert {field.name for field in FIELDS.exported} - columns == {"authors"}  # they have a table of their own


def test_the_schemas_of_the_package_are_those_of_the_table() -> None:
    """Where this fails, `python -m tests.make_schemas` writes them."""
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")} == texts()
    for name, schema in json_schemas().items():
        assert json.loads((FOLDER / f"{name}.json").read_text("utf-8")) == schema


def test_a_new_row_is_all_that_load_export_and_schemas_need(monkeypatch: pytest.MonkeyPatch) -> None:
    about = "What it is about (dc:subject)."
    subject = Field(name="subject", type="line", about=about, borrowed=True, searched=True, drift="repetition")
    before = content_hash(values(), [])
    monkeypatch.setattr(FIELDS, "rows", (*FIELDS.rows, subject))
    given: dict[str, Found[Any]] = {"subject": Found(value="rivers", raw="rivers", origin="made", confidence=0.5)}
    assert resolve({}, given, None)["subject"].origin == "landing-page"
    assert normalised({"title": value("title")}, given).values["subject"].value == "rivers"
    assert content_hash(values(), []) == before != content_hash(values(**given), [])
    assert "rivers" in search_entry(1, given, ()).body
    assert "subject" in compared()
    assert "subject" in document_columns()
    assert json_schemas()["extract"]["properties"]["subject"]["description"] == about
    past, now = counted([f"subject {number}" for number in range(60)]), counted(["rivers"] * 30)
    (alike,) = [one for one in drift_tests("page", "subject", now, [past], windows=(1,)) if one.aspect == "alike"]
    assert alike.chance < 0.01


def counted(subjects: list[str]) -> Tally:
    """Return what drift detection counts of a field in a run that read these values."""
    tallies: Tallies = {}
    for subject in subjects:
        given = {"subject": Found(value=subject, raw=subject, origin="made")}
        now = observed(given, attachments=(), reader_version="1")
        add(tallies, Sighting(url=URL, media="page", fetched_in=None, now=now), {})
    return tallies["page", "subject"]
