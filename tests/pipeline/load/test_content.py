"""The hash that tells whether content differs: stores hold hashes of earlier versions, so it never changes."""

from __future__ import annotations

import pytest

from pipeline.load.content import content_hash
from scrapers.base import Author, Found
from scrapers.fields import FIELDS, Field
from tests.made import found

ALL: dict[str, Found[object]] = {
    "title": found("Water"),
    "authors": Found(
        value=(Author(name="Ann Lee", kind="person"), Author(name="Acme")), raw="Ann Lee, Acme", origin="text"
    ),
    "date_published": found("2019-05"),
    "date_modified": found("2020-01-02"),
    "language": found("en"),
    "kind": found("report"),
    "publisher": found("Acmé"),
    "description": found("About water."),
    "identifiers": found({"isbn": "9780306406157", "doi": "10.1/a"}),
    "body": found("Water.\n\nMore of it."),
}
TABLES = [{"rows": [["a", "b"]], "place": "p1 1,2,3,4"}]


def test_hashes_are_those_of_the_first_version() -> None:
    assert content_hash(ALL, TABLES) == "ac585d53d14095113a8c1e1751e3a43b5612829725534e8fdc408e5cfe8f4cd9"
    assert content_hash({}, []) == "4c85bbca6c269d3becbf805e8658e39af64e671b8d8402d783afbec6b6b68a7e"
    assert (
        content_hash({"title": found("Water")}, [])
        == "38dc10ed5d0d9b94ebc948f4102344e2ffd9a29a3e1b2e7eb00b61b5ce383d92"
    )


@pytest.mark.parametrize("name", ALL)
def test_every_field_counts(name: str) -> None:
    rest = {key: value for key, value in ALL.items() if key != name}
    assert content_hash(rest, TABLES) != content_hash(ALL, TABLES)


def test_where_a_value_was_read_does_not_count() -> None:
    moved = {
        name: Found(value=one.value, raw=one.raw, origin="h1", place="p1", confidence=0.5) for name, one in ALL.items()
    }
    assert content_hash(moved, TABLES) == content_hash(ALL, TABLES)


def test_a_later_field_leaves_the_hash_of_documents_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = content_hash(ALL, TABLES)
    monkeypatch.setattr(FIELDS, "rows", (*FIELDS.rows, Field(name="subject", type="line", about="What it is about.")))
    assert content_hash(ALL, TABLES) == before
    assert content_hash({**ALL, "subject": found("rivers")}, TABLES) != before
