"""What differs between two states of a store, or between two revisions of one document."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database.store import Store, open_store
from pipeline.holdings.difference import Change, Summary, between, differences
from pipeline.holdings.queries import find_document
from pipeline.load.load import publish
from pipeline.load.normalise import Document
from tests.made import day, made, opened

URL = "https://acme.org/wells"
BEFORE = made(URL, title="Wells", body="Text.", authors=("Ann Bee", "Ben"), date="2019")
SAME = made("https://acme.org/land", title="Land", body="Other text.")
AFTER = made(URL, title="Wells and walls", body="Text.", authors=("Ben", "Ann Bee"), kind="report", at=1)
NEW = made("https://acme.org/air", title="Air", language=None, at=1)


def load(store: Store, *documents: Document, now: int = 100) -> None:
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(now))


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """A store before and after."""
    before = opened(str(tmp_path / "before.db"))
    load(before, BEFORE, SAME)
    before.close()
    shutil.copy(tmp_path / "before.db", tmp_path / "after.db")
    both = tuple(open_store(str(tmp_path / f"{name}.db"), base=Path()) for name in ("before", "after"))
    load(both[1], AFTER, SAME, NEW, now=101)
    yield both[0], both[1]
    for store in both:
        store.close()


def told(changes: Iterator[Change]) -> list[tuple[str, str, object, object]]:
    return [(change.url.rpartition("/")[2], change.field, change.old, change.new) for change in changes]


def test_each_field_that_differs_is_named_with_both_values(stores: tuple[Store, Store]) -> None:
    assert sorted(told(differences(*stores))) == [
        ("air", "title", None, "Air"),
        ("wells", "authors", ["Ann Bee", "Ben"], ["Ben", "Ann Bee"]),
        ("wells", "date_published", "2019", None),
        ("wells", "kind", None, "report"),
        ("wells", "title", "Wells", "Wells and walls"),
    ]


def test_values_have_their_origins(stores: tuple[Store, Store]) -> None:
    title = next(change for change in differences(*stores) if (change.old, change.field) == ("Wells", "title"))
    assert (title.old_origin, title.new_origin) == ("label:Made:", "label:Made:")
    date = next(change for change in differences(*stores) if change.field == "date_published")
    assert (date.old_origin, date.new_origin) == ("label:Made:", None)


def test_a_store_does_not_differ_from_itself(stores: tuple[Store, Store]) -> None:
    assert not list(differences(stores[1], stores[1]))


def test_two_revisions_of_one_document(stores: tuple[Store, Store]) -> None:
    with stores[1].read() as connection:
        key = find_document(connection, URL)
        assert key is not None
        changes = between(connection, key, 1, 2)
        back = between(connection, key, 2, 1)
        assert between(connection, key, 2, 2) == []
    assert {change.field for change in changes} == {"title", "authors", "date_published", "kind"}
    assert {(one.field, one.old, one.new) for one in back if one.field == "title"} == {
        ("title", "Wells and walls", "Wells")
    }


def test_a_summary_counts_gained_lost_and_changed_by_field(stores: tuple[Store, Store]) -> None:
    summary = Summary()
    for change in differences(*stores):
        summary.add(change)
    assert len(summary.documents) == 2
    assert set(summary.rows()) == {
        ("title", 1, 0, 1),
        ("authors", 0, 0, 1),
        ("date_published", 0, 1, 0),
        ("kind", 1, 0, 0),
    }
