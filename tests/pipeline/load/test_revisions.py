"""A revision is written where the content differs, and only there; what stands beside it follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from models.database.store import Store
from models.document import Author, Provenance, Revision, RevisionAuthor
from models.search.search import search
from pipeline.holdings.queries import one_document
from pipeline.load.load import publish
from pipeline.load.normalise import Document
from scrapers.base import Author as Name
from scrapers.base import Found
from tests.made import day, made, opened, text
from tests.pipeline.holdings.archived import capture, captured

URL = "https://acme.org/report"
GIVEN: dict[str, Any] = {"title": "On wells", "body": text("water"), "authors": ("Ann Bee", "Carl Dee"), "date": "2019"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(str(tmp_path / "ingest.db"))
    load(store, made(URL, **GIVEN))
    yield store
    store.close()


def load(store: Store, *documents: Document, at: int = 0) -> None:
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(at))


def held(store: Store) -> dict[str, Any]:
    with store.read() as connection:
        record = one_document(connection, URL)
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("change", "revision"),
    [
        ({}, 1),
        ({"title": "On wells and rivers"}, 2),
        ({"body": text("water") + " more"}, 2),
        ({"authors": ("Carl Dee", "Ann Bee")}, 2),
        ({"authors": ()}, 2),
        ({"date": "2019-05"}, 2),
        ({"date": None}, 2),
        ({"kind": "report"}, 2),
        ({"publisher": "Acme"}, 2),
        ({"identifiers": {"doi": "10.1000/1"}}, 2),
    ],
)
def test_a_change_of_content_is_a_revision(store: Store, change: dict[str, Any], revision: int) -> None:
    load(store, made(URL, **{**GIVEN, **change}), at=1)
    assert held(store)["revision"] == revision


def test_another_origin_of_the_same_value_is_shown_and_is_no_revision(store: Store) -> None:
    document = made(URL, **GIVEN)
    moved = {"title": Found(value="On wells", raw="On wells", origin="meta:og:title")}
    load(store, made_over(document, moved), at=1)
    assert (held(store)["revision"], held(store)["origins"]["title"]) == (1, "meta:og:title")
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(Revision)).scalar_one() == 1
        named = select(func.count()).where(Provenance.field == "title")
        assert connection.execute(named).scalar_one() == 1


def test_the_origins_that_are_shown_are_those_of_the_capture_that_is_shown(tmp_path: Path) -> None:
    with closing(captured(tmp_path / "archived", {"/report": b"<h1>On wells</h1>"})) as store:
        first = replace(made(URL, **GIVEN), capture_id=1)
        load(store, first)
        capture(store, tmp_path / "archived" / "archive", {"/report": b"<h2>On wells</h2>"}, at=day(1))
        moved = {"title": Found(value="On wells", raw="On wells", origin="meta:og:title")}
        load(store, replace(made_over(first, moved), capture_id=2, reader_version="2"), at=1)
        record = held(store)
    assert (record["revision"], record["origins"]["title"], record["capture"]["id"]) == (1, "meta:og:title", 2)
    assert record["revisions"][0]["reader_version"] == "2"


def made_over(document: Document, values: dict[str, Any]) -> Document:
    """Return a document with other values, which its reading holds as well."""
    return replace(document, values={**document.values, **values}, reading=replace(document.reading, **values))


def test_old_revisions_stay_as_they_were(store: Store) -> None:
    load(store, made(URL, **{**GIVEN, "title": "On rivers"}), at=1)
    load(store, made(URL, **GIVEN), at=2)
    with store.read() as connection:
        rows = connection.execute(select(Revision.number, Revision.title, Revision.created_at).order_by("number"))
        assert [tuple(row) for row in rows] == [
            (1, "On wells", day(0)),
            (2, "On rivers", day(1)),
            (3, "On wells", day(2)),
        ]


def test_authors_keep_their_order_and_a_name_is_stored_once(store: Store) -> None:
    load(store, made(URL, **{**GIVEN, "authors": ("Carl Dee", "Ann Bee", "Eve Fay")}), at=1)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(Author)).scalar_one() == 3
        query = (
            select(Author.name)
            .join(RevisionAuthor, RevisionAuthor.author_id == Author.id)
            .join(Revision, Revision.id == RevisionAuthor.revision_id)
            .where(Revision.number == 2)
            .order_by(RevisionAuthor.position)
        )
        assert connection.scalars(query).all() == ["Carl Dee", "Ann Bee", "Eve Fay"]


def test_a_person_and_an_organisation_of_one_name_are_two(store: Store) -> None:
    both = (Name(name="Ann Bee", kind="person"), Name(name="Ann Bee", kind="organisation"))
    document = made(URL, **{**GIVEN, "authors": ()})
    load(store, made_over(document, {"authors": Found(value=both, raw="Ann Bee", origin="label:By")}), at=1)
    assert [author["kind"] for author in held(store)["authors"]] == ["person", "organisation"]


def test_the_search_finds_the_current_revision_alone(store: Store) -> None:
    load(store, made(URL, **{**GIVEN, "title": "On rivers"}), at=1)
    with store.read() as connection:
        assert [hit.canonical_url for hit in search(connection, "rivers")] == [URL]
        assert search(connection, "wells") == []
        assert [hit.canonical_url for hit in search(connection, "carl dee")] == [URL]
