"""Filters that cannot be right are refused; what a filter by date leaves out is counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.database.store import Store
from models.errors import ConfigError
from models.search.filters import Filters
from models.search.search import checked
from pipeline.holdings.known import check_filters, described, undated
from pipeline.load.load import publish
from tests.made import MOMENT, made, opened


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    documents = [
        made("https://acme.org/a", title="Wells", date="2019-05", kind="Report", language="en"),
        made("https://acme.org/b", title="Wells again", language="pt-BR", kind="Briefing paper"),
        made("https://acme.org/c", title="Rivers", language=None),
    ]
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=MOMENT)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(source="acne"), "did you mean 'acme'?"),
        (Filters(source=("acme", "nobody")), "'nobody': there is no such source; known: acme, later"),
        (Filters(language="Portuguese"), "did you mean 'pt'?"),
        (Filters(language="brasileiro"), "such as en or pt-BR"),
        (Filters(kind="PDF"), "known: Briefing paper, Report"),
        (Filters(kind="breifing paper"), "did you mean 'Briefing paper'?"),
    ],
)
def test_a_filter_that_no_document_can_match_is_refused(store: Store, filters: Filters, said: str) -> None:
    with store.read() as connection, pytest.raises(ConfigError) as caught:
        check_filters(connection, filters, ["acme", "later"])
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(source="ACME", kind="report", language="PT"),
        Filters(source=("acme", "later")),
        Filters(language="sv"),
    ],
)
def test_a_filter_that_may_match_passes(store: Store, filters: Filters) -> None:
    with store.read() as connection:
        check_filters(connection, filters, ["acme", "later"])


def test_all_faults_are_told_at_once(store: Store) -> None:
    with store.read() as connection, pytest.raises(ConfigError) as caught:
        check_filters(connection, Filters(source="x", language="english", kind="y"))
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("filters", "query", "count"),
    [
        (Filters(), "", 0),
        (Filters(since="2018"), "", 2),
        (Filters(since="2018"), "wells", 1),
        (Filters(until="2018", language="pt"), "", 1),
        (Filters(since="2018", language="en"), "", 0),
    ],
)
def test_what_a_date_leaves_out_is_counted(store: Store, filters: Filters, query: str, count: int) -> None:
    with store.read() as connection:
        assert undated(connection, filters, checked(query).tree) == count


def test_filters_in_words() -> None:
    assert described(Filters()) == ""
    assert (
        described(Filters(source=("a", "b"), language="fr", since="2020")) == "source a or b, language fr, since 2020"
    )
