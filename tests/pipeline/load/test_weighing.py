"""What a file prints and what its landing page says of it are weighed together, in whatever order both are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from models.database.store import Store
from models.search.filters import Filters
from pipeline.holdings.export_records import documents
from pipeline.load.load import publish
from pipeline.load.normalise import Document, resolve
from scrapers.base import Author, Found
from tests.made import day, made, opened, text

SITE = "https://acme.org"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    yield store
    store.close()


def said(value: Any, confidence: float | None, origin: str = "pdf:front-matter") -> Found[Any]:
    return Found(value=value, raw=str(value), origin=origin, confidence=confidence)


def people(*names: str) -> tuple[Author, ...]:
    return tuple(Author(name=name, kind="person") for name in names)


@pytest.mark.parametrize(
    ("ours", "theirs", "files", "value", "origin"),
    [
        (said("Series on water", 0.3), said("Wells", 0.9), 1, "Wells", "landing-page"),
        (said("Series on water", 0.3), said("Wells", None), 1, "Wells", "landing-page"),
        (said("Series on water", 0.3), said("Wells", 0.9), 30, "Series on water", "pdf:front-matter"),
        (said("Series on water", 0.9), said("Wells", 0.9), 1, "Series on water", "pdf:front-matter"),
        (said("Series on water", 0.3), said("Wells", 0.2), 1, "Series on water", "pdf:front-matter"),
        (said("Series on water", None), said("Wells", 0.9), 1, "Series on water", "pdf:front-matter"),
        (said("Wells: a history", 0.3), said("Wells", 0.9), 1, "Wells: a history", "pdf:front-matter"),
    ],
)
def test_a_doubtful_title_gives_way_to_the_page_that_links_this_file_alone(
    ours: Found[Any], theirs: Found[Any], files: int, value: str, origin: str
) -> None:
    title = resolve({"title": ours}, {"title": theirs}, "PDF", files=files)["title"]
    assert (title.value, title.origin) == (value, origin)


@pytest.mark.parametrize(
    ("ours", "lost", "files", "value"),
    [
        (said("Series on water", 0.7), said("Wells: a history", 0.2), 1, "Wells: a history"),
        (said("Series on water", 0.7), said("Walls", 0.2), 1, "Series on water"),
        (said("Series on water", 0.92), said("Wells", 0.4), 1, "Wells"),
        (said("Series on water", 0.97), said("Wells", 0.02), 1, "Series on water"),
        (said("Series on water", 0.7), said("Wells", 0.2), 30, "Series on water"),
    ],
)
def test_what_the_page_says_is_believed_where_the_file_prints_it_too(
    ours: Found[Any], lost: Found[Any], files: int, value: str
) -> None:
    page = {"title": said("Wells", 0.9)}
    title = resolve({"title": ours}, page, None, files=files, runners_up={"title": (lost,)})["title"]
    assert (title.value, title.origin) == (value, "pdf:front-matter")


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("title", "WELLS AND WALLS", "Wells and walls"),
        ("title", "Wells and walls: a history", "Wells and Walls"),
        ("date_published", "2019-05-02", "2019-05"),
        ("authors", people("Ann Bee", "Carl Dee"), people("Carl Dee", "Ann Bee")),
    ],
)
def test_what_both_say_is_the_more_probable_for_it(name: str, ours: Any, theirs: Any) -> None:
    alone = resolve({name: said(ours, 0.6)}, {name: said(theirs, 0.8)}, None)[name]
    among = resolve({name: said(ours, 0.6)}, {name: said(theirs, 0.8)}, None, files=30)[name]
    assert (alone.value, alone.origin) == (ours, "pdf:front-matter")
    assert alone.confidence == 0.92
    assert among.confidence is not None
    assert 0.6 < among.confidence < 0.62


def file(url: str, title: str, confidence: float, at: int) -> Document:
    """Return a file whose front page is read so."""
    document = made(url, title=title, body=text(url), media_type="application/pdf", language=None, at=at)
    read: Found[Any] = said(title, confidence)
    return replace(document, values={**document.values, "title": read}, reading=replace(document.reading, title=read))


def centre() -> list[Document]:
    """Return a resource centre: 20 pages of one file, and a page of 20 further; half of the front pages mislead."""
    found = []
    for number in range(20):
        url = f"{SITE}/files/{number}.pdf"
        found.append(made(f"{SITE}/reports/{number}", title=f"Report {number} on wells", files=[(url, "Download")]))
        wrong = number % 2 == 0
        found.append(file(url, "Water papers" if wrong else f"Report {number} on wells", 0.3 if wrong else 0.9, number))
    further = [f"{SITE}/files/{number}.pdf" for number in range(20, 40)]
    found.append(made(f"{SITE}/reports", title="All reports", files=[(url, "Download") for url in further]))
    found += [file(url, f"Report {number} on wells", 0.4, number) for number, url in enumerate(further, 20)]
    return found


@pytest.mark.parametrize("backwards", [False, True])
def test_every_file_of_a_resource_centre_gets_its_title(store: Store, backwards: bool) -> None:
    given = centre()
    for some in (given[::-1], []) if backwards else (given[:25], given[25:]):
        with store.begin() as connection:
            publish(connection, some, run_id=None, now=day(100))
    with store.read() as connection:
        held = {record["url"]: record for record in documents(connection, Filters())}
    for number in range(40):
        record = held[f"{SITE}/files/{number}.pdf"]
        assert record["title"] == f"Report {number} on wells"
        misled = number < 20 and number % 2 == 0
        assert record["origins"]["title"] == ("landing-page" if misled else "pdf:front-matter")
