"""The pages over stores of both kinds, with markup in every value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from models.database.store import Store
from models.ledger import FieldStatistic, Run
from models.search.query import parse
from models.statuses import RunStatus
from pipeline.desk import documents, sources
from pipeline.desk.document import boxes, view
from pipeline.desk.rendering import render
from pipeline.load.load import publish
from tests.made import MOMENT, day, made, opened

MARKUP = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    with store.begin() as connection:
        for number, title in enumerate((MARKUP, f"Cobalt {MARKUP}")):
            item = made(
                "https://acme.org/a", title=title, body=f"words {MARKUP}", authors=[MARKUP], date="2019-05",
                language="ar", kind=MARKUP, publisher=MARKUP, files=[("https://acme.org/f.pdf", MARKUP)], at=number,
            )  # fmt: skip
            publish(connection, [item], run_id=None, now=day(number))
        publish(connection, [made("https://acme.org/b", title=None, date="2021")], run_id=None, now=day(3))
        run = {"source_id": 1, "command": "run", "version": "1", "started_at": MOMENT, "finished_at": day(1)}
        shared = {"options": {}, "counts": {"new": 1}, "reasons": [MARKUP]}
        for key, status in (("one", RunStatus.DONE), ("two", RunStatus.HELD)):
            connection.execute(insert(Run).values(run_key=key, status=status, **run, **shared))
        rates = {"media": "page", "field": "title", "documents": 10, "figures": {}}
        connection.execute(insert(FieldStatistic).values(run_id=1, filled=10, **rates))
        connection.execute(insert(FieldStatistic).values(run_id=2, filled=2, **rates))
    yield store
    store.close()


def whole(parts: Iterator[str]) -> str:
    text = "".join(parts)
    assert text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    for bad in ("<script", "<img src=x", "alert(1)<"):
        assert bad not in text.replace("alert(1)&lt;", ""), bad
    return text


@pytest.mark.parametrize("sort", ["", "newest", "oldest", "latest", "doubtful", "title", "nonsense"])
def test_the_list_is_whole_in_every_order(store: Store, sort: str) -> None:
    text = whole(documents.list_page(store, {"sort": sort}))
    assert "<strong>2</strong> documents" in text
    assert "&lt;script&gt;" in text


def test_a_search_has_hits_facets_and_chips(store: Store) -> None:
    text = whole(documents.list_page(store, {"q": "cobalt language:ar"}))
    assert "<mark>Cobalt</mark>" in text
    assert 'dir="rtl"' in text
    assert "Take off language:ar" in text
    assert ">2019<" in text


def test_what_finds_nothing_says_what_would(store: Store) -> None:
    text = whole(documents.list_page(store, {"q": "cobalt language:fr"}))
    assert "Nothing has all of this." in text
    assert "</a> finds 1" in text
    assert "is no date here" in whole(documents.list_page(store, {"q": "cobalt date:20x9"}))
    assert "must not occur" in whole(documents.list_page(store, {"q": "-cobalt"}))


def test_a_document_shows_its_fields_and_what_changed(store: Store) -> None:
    shown = view(store, "1", {"diff": "1..2"})
    assert shown is not None
    more: dict[str, Any] = {
        "query": parse(""),
        "picture": None,
        "trouble": None,
        "number": 1,
        "boxes": [],
        "tab": "text",
        "may_reread": False,
    }
    text = whole(iter([render("document.html", **shown, **more)]))
    assert "<ins>" in text
    assert "from <code>label:Made:</code>" in text
    assert text.count('<dt>not given</dt><dd class="none">') == 1
    assert view(store, "77", {}) is None


def test_fields_that_were_read_at_one_place_share_its_box() -> None:
    place = "p1 78,120,229,135"
    places = {"authors": place, "publisher": place, "title": "p2 78,79,381,105", "kind": None}
    record = {"provenance": {name: {"place": place} for name, place in places.items()}}
    assert boxes(record, 1) == [("authors, publisher", (78, 120, 229, 135))]
    assert boxes(record, 2) == [("title", (78, 79, 381, 105))]
    assert boxes(record, 3) == []


def test_sources_and_runs_begin_with_what_needs_a_person(store: Store) -> None:
    text = whole(iter([render("sources.html", **sources.all_sources(store, ["acme", "never-run"]))]))
    assert text.index("held back") < text.index("ingest runs two --accept") < text.index("<table")
    shown = sources.one_source(store, "acme", ["acme"])
    assert shown is not None
    assert '<span class="tag warn">20%</span>' in whole(iter([render("source.html", **shown)]))
    run = sources.one_run_view(store, "one")
    assert run is not None
    assert "<dd>1</dd>" in whole(iter([render("run.html", **run)]))


def test_least_sure_and_help(store: Store) -> None:
    assert "No value has a confidence yet" in whole(documents.doubtful_page(store, {}))
    assert "author:" in whole(documents.help_page())


def test_values_of_earlier_revisions_are_doubted_no_more(store: Store) -> None:
    def doubted(number: int, confidence: float) -> Any:
        item = made(f"https://acme.org/{number}", title=f"Title {number} at {confidence}", at=int(confidence * 100))
        title = replace(item.values["title"], confidence=confidence)
        return replace(item, values={**item.values, "title": title})

    for confidence in (0.2, 0.4):
        with store.begin() as connection:
            items = [doubted(number, confidence + number / 100) for number in range(4)]
            publish(connection, items, run_id=None, now=day(int(confidence * 10)))
    text = whole(documents.doubtful_page(store, {"field": "title"}))
    shown = [at for number in range(4) if (at := text.find(f"Title {number} at {0.4 + number / 100}")) > 0]
    assert len(shown) == 4
    assert shown == sorted(shown)
    assert "at 0.2" not in text
