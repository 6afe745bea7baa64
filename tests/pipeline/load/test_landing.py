"""A file and the pages that link it: which is its landing page, what it borrows, and when it is resolved anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.database.store import Store
from pipeline.holdings.queries import one_document
from pipeline.load.load import publish
from pipeline.load.normalise import Document
from scrapers.base import Link
from tests.made import day, made, opened, text

FILE = "https://acme.org/files/report.pdf"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(str(tmp_path / "ingest.db"))
    yield store
    store.close()


def page(name: str, *, date: str | None = None, **more: Any) -> Document:
    return made(
        f"https://acme.org/{name}", title=f"On {name}", body=text(name), date=date, files=[(FILE, name)], **more
    )


def file(**more: Any) -> Document:
    return made(
        FILE, **{"title": None, "language": None, "body": text("deep"), "media_type": "application/pdf", **more}
    )


def held(store: Store, url: str = FILE) -> dict[str, Any]:
    with store.read() as connection:
        record = one_document(connection, url)
    assert record is not None
    return record


def load(store: Store, *documents: Document, at: int = 0) -> None:
    for number, document in enumerate(documents):
        with store.begin() as connection:
            publish(connection, [document], run_id=None, now=day(at + number))


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2), (2, 3, 0, 1)])
def test_the_earliest_dated_page_then_the_lowest_address_whatever_came_first(
    store: Store, order: tuple[int, ...]
) -> None:
    given = (file(), page("zebra", date="2019-05"), page("apple", date="2020"), page("bread", date="2019-05"))
    load(store, *(given[place] for place in order))
    assert held(store)["landing_page"] == "https://acme.org/bread"
    assert (held(store)["title"], held(store)["origins"]["title"]) == ("On bread", "landing-page")


def test_a_dated_page_stands_before_one_without_a_date(store: Store) -> None:
    load(store, file(), page("apple"), page("zebra", date="2024"))
    assert held(store)["landing_page"] == "https://acme.org/zebra"


def test_only_an_attachment_makes_a_landing_page(store: Store) -> None:
    other = made("https://acme.org/list", title="A list", body=text("list"), links=[Link(url=FILE, rel="related")])
    load(store, file(), other)
    assert held(store)["landing_page"] is None


def test_what_the_file_says_itself_is_not_borrowed(store: Store) -> None:
    load(store, file(title="The printed title", language="fr"), page("water", date="2019-05", authors=("Ann Bee",)))
    record = held(store)
    assert (record["title"], record["language"]) == ("The printed title", "fr")
    assert (record["date_published"], [author["name"] for author in record["authors"]]) == ("2019-05", ["Ann Bee"])


def test_the_body_of_a_page_is_never_borrowed(store: Store) -> None:
    load(store, file(body=None), page("water"))
    assert not held(store)["body"]


def test_a_changed_page_changes_its_file_once(store: Store) -> None:
    load(store, file(), page("water", date="2019-05"))
    first = held(store)["revision"]
    load(store, page("water", date="2019-06"), at=5)
    assert (held(store)["date_published"], held(store)["revision"]) == ("2019-06", first + 1)
    load(store, page("water", date="2019-06"), at=9)
    assert held(store)["revision"] == first + 1


def test_when_its_page_lets_go_another_takes_its_place(store: Store) -> None:
    load(store, file(), page("water", date="2019"), page("wells", date="2020"))
    gone = made("https://acme.org/water", title="On water", body=text("water"), date="2019")
    load(store, gone, at=5)
    assert held(store)["landing_page"] == "https://acme.org/wells"
