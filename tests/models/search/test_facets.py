from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.database.deadline import TooSlow, deadline
from models.database.store import Store
from models.search import facets as facets_module
from models.search.facets import Counting, Facet, Kept, facets, term_of, years
from models.search.matching import Found, count
from models.search.query import parse
from models.search.terms import Is
from pipeline.load.load import publish
from tests.made import day, made, opened
from tests.models.search.test_conditions import documents


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    with store.begin() as connection:
        publish(connection, documents(), run_id=None, now=day(0))
        awkward = made("https://acme.org/awkward", authors=['Li "Bo" (OR) Ng'], date="2019", kind="é: x")
        publish(connection, [awkward], run_id=None, now=day(0))
    yield store
    store.close()


def counted(store: Store, text: str) -> dict[str, Facet]:
    with store.read() as connection:
        return {facet.field: facet for facet in facets(Counting(Found(connection)), parse(text))}


def test_a_facet_counts_what_choosing_its_value_finds(store: Store) -> None:
    for text in ("", "cobalt", "cobalt language:en", "cobalt OR water", "language:en (date:2019 OR date:2021)"):
        for facet in counted(store, text).values():
            assert facet.whole
            for value in facet.values:
                tree = parse(value.query).tree
                if value.chosen:
                    assert len(value.query) < len(text) or "OR" in text
                    continue
                others = [one for one in facet.values if one.chosen]
                with store.read() as connection:
                    found = count(connection, tree)
                # A document may have two authors, and one dated by month lies in its year alone.
                if facet.field in ("author", "language") or others:
                    assert found >= value.count, (text, facet.field, value)
                else:
                    assert found == value.count, (text, facet.field, value)


def test_a_facet_is_counted_without_its_own_choice(store: Store) -> None:
    free, chosen = counted(store, "cobalt")["language"], counted(store, "cobalt language:en")["language"]
    assert {value.label: value.count for value in free.values} == {value.label: value.count for value in chosen.values}
    assert [value.label for value in chosen.values if value.chosen] == ["en"]
    (back,) = [value.query for value in chosen.values if value.chosen]
    assert back == "cobalt"
    (more,) = [value.query for value in chosen.values if value.label == "fr"]
    assert more == "cobalt (language:en OR language:fr)"


def test_any_value_can_be_chosen(store: Store) -> None:
    assert parse(term_of("author", 'Li "Bo" (OR) Ng')).tree == Is("author", "li bo or ng")
    assert parse(term_of("kind", "é: x")).tree == Is("kind", "é: x")
    assert parse(term_of("origin", "json-ld")).tree == Is("origin", "date=json-ld")


def test_years_are_in_order(store: Store) -> None:
    with store.read() as connection:
        tree = parse("").tree
        assert list(years(Counting(Found(connection)), tree)) == ["2019", "2020", "2021"]


def test_what_takes_too_long_is_counted_on_by_the_next_answers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = {text: counted(store, text) for text in ("", "cobalt OR water", "cobalt language:en")}
    monkeypatch.setattr(facets_module, "SECONDS", 0.0)
    monkeypatch.setattr(facets_module, "STEP", 20)
    kept: Kept = {}
    for text, whole in exact.items():
        with store.read() as connection:
            first, *others, last = [list(facets(Counting(Found(connection), kept), parse(text))) for _ in range(4)]
        assert {facet.field: facet for facet in last} == whole, text
        if text == "":
            assert not any(facet.whole for facet in first)
            assert max(sum(value.count for value in facet.values) for facet in first if facet.field == "status") == 20
            assert sum(value.count for facet in others[0] for value in facet.values if facet.field == "status") == 40


def test_no_answer_waits_for_a_count_that_hangs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets_module, "SLOWEST", 0.0)
    monkeypatch.setattr("models.database.deadline.STEPS", 1)
    if store.dialect == "sqlite":
        assert counted(store, "") == {}


def test_a_slow_query_is_ended_and_the_connection_lives(store: Store) -> None:
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT count(*) FROM n"
    with store.read() as connection:
        with pytest.raises(TooSlow), deadline(connection, 0.05):
            connection.exec_driver_sql(slow).scalar()
        assert count(connection, parse("").tree) == 61
