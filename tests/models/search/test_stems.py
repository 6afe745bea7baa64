"""Words are found by their stem in the language of a document, phrases as they are spelt; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import pytest
from sqlalchemy import delete, func, select

from models.database.store import Store
from models.document import Document, WordStem
from models.search.index import remove
from models.search.matching import Found, count
from models.search.query import parse
from models.search.search import Hit, results, search
from models.search.stems import drop_unused, learn, learn_indexed
from models.upsert import table_of
from pipeline.load.load import publish
from tests.made import day, made, opened

TEXTS = {
    "one": ("Workers of the mines", "They have been mining since the strike.", "en"),
    "two": ("The worker", "A mine is no mineral.", "en"),
    "trois": ("Droits des travailleurs", "Les économies nationales.", "fr"),
    "quatre": ("Le droit du travailleur", "L'économie nationale.", "fr-CA"),
    "пять": ("Новые права рабочих", "Новый закон.", "ru"),
    "sieben": ("The economy", "Of nations.", "en"),
    "seis": ("Derechos", "El derecho de minería.", None),
}
CASES = {
    "worker": {"one", "two"},
    "WORKERS": {"one", "two"},
    '"worker"': {"two"},
    "title:workers": {"one", "two"},
    'title:"workers"': {"one"},
    "mine": {"one", "two"},
    "mining": {"one", "two"},
    "work": set(),
    "work*": {"one", "two"},
    "workers mining": {"one", "two"},
    "worker -mining": set(),
    'worker -"mining"': {"two"},
    "droits": {"trois", "quatre"},
    "economie": {"trois", "quatre"},
    "economies": {"trois", "quatre"},
    "economic": set(),
    "economy": {"sieben"},
    "droits OR worker": {"trois", "quatre", "one", "two"},
    "рабочий": {"пять"},
    "новая": {"пять"},
    "derechos": {"seis"},
    '"mine workers"': set(),
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, postgres_searched: str) -> Iterator[list[Store]]:
    stores = [opened(str(tmp_path_factory.mktemp("stems") / "ingest.db")), opened(postgres_searched)]
    for store in stores:
        documents = [
            made(f"https://acme.org/{name}", title=title, body=body, language=language)
            for name, (title, body, language) in TEXTS.items()
        ]
        with store.begin() as connection:
            publish(connection, documents, run_id=None, now=day(0))
    yield stores
    for store in stores:
        store.close()


def found(store: Store, text: str) -> set[str]:
    with store.read() as connection:
        hits = results(Found(connection), parse(text)).hits
        assert count(connection, parse(text).tree) == len(hits)
        return {hit.canonical_url.rpartition("/")[2] for hit in hits}


@pytest.mark.parametrize("text", CASES)
def test_a_word_is_found_by_its_stem(stores: list[Store], text: str) -> None:
    for store in stores:
        assert found(store, text) == CASES[text], store.dialect


@pytest.mark.parametrize(
    "found", [search, lambda connection, text: results(Found(connection), parse(text)).hits], ids=["command", "page"]
)
def test_what_was_found_by_its_stem_is_marked(stores: list[Store], found: Callable[..., Sequence[Hit]]) -> None:
    with stores[0].read() as connection:
        hits = found(connection, "mine worker")
    assert {hit.title.text[start:end] for hit in hits for start, end in hit.title.places} == {
        "Workers", "worker", "mines",
    }  # fmt: skip


def test_a_word_is_stored_once(stores: list[Store]) -> None:
    row = table_of(WordStem)
    for store in stores:
        with store.begin() as connection:
            before = connection.execute(select(func.count()).select_from(row)).scalar_one()
            learn(connection, [("en", ["workers", "mine", "42", "of", "人权"]), ("xx", ["workers"]), (None, ["mine"])])
            assert connection.execute(select(func.count()).select_from(row)).scalar_one() == before


def test_the_words_of_an_older_store_are_learned(stores: list[Store]) -> None:
    row = table_of(WordStem)
    columns = (row.c.language, row.c.stem, row.c.word)
    for store in stores:
        with store.begin() as connection:
            before = sorted(map(tuple, connection.execute(select(*columns))))
            connection.execute(delete(row))
            learn_indexed(connection)
            assert sorted(map(tuple, connection.execute(select(*columns)))) == before


class Undone(Exception):
    """Rolls a transaction back."""


def test_words_that_no_document_has_any_more_are_dropped(stores: list[Store]) -> None:
    words = table_of(WordStem).c.word
    for store in stores:
        with suppress(Undone), store.begin() as connection:
            before = set(connection.execute(select(words)).scalars())
            drop_unused(connection)
            assert set(connection.execute(select(words)).scalars()) == before
            document = table_of(Document).c
            there = document.canonical_url.endswith("/one")
            remove(connection, connection.execute(select(document.id).where(there)).scalars().all())
            drop_unused(connection)
            after = set(connection.execute(select(words)).scalars())
            assert {"workers", "mining", "strike"} <= before - after, store.dialect
            assert {"worker", "mine", "mineral"} <= after, store.dialect
            raise Undone
