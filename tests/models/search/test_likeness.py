"""Nearly the same texts find each other, whatever the order of loading; short ones and halves do not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text

from models.database.store import Store, open_store, upgrade
from models.document import TextMark
from models.search.likeness import MARKS, marks, near
from models.upsert import table_of
from pipeline.holdings.queries import find_document, one_document
from pipeline.load.load import publish
from pipeline.load.normalise import Document
from tests.made import as_of_confidence, day, made, opened

WORDS = [f"{one}{two}{three}" for one in "bdfgklm" for two in "aeiou" for three in ("ln", "rt", "st", "mp")]


def prose(seed: int, length: int = 400) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(length))


def edited(body: str, every: int) -> str:
    """Return the text with each so-manieth word put in another's place."""
    return " ".join("otherwise" if at % every == every - 1 else word for at, word in enumerate(body.split()))


REPORT = "https://acme.org/report"
COPY = "https://other.org/a-copy"
HALF = "https://acme.org/half"
TEXTS = {
    REPORT: prose(1),
    COPY: edited(prose(1), 150),
    HALF: prose(1, 200) + " " + prose(2, 200),
    "https://acme.org/another": prose(3),
    "https://acme.org/short-one": prose(4, 60),
    "https://acme.org/short-two": prose(4, 60),
}


def document(url: str) -> Document:
    return made(url, title=f"The title of {url}", body=TEXTS[url])


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    yield store
    store.close()


def load(store: Store, *documents: Document) -> None:
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(1))


def similar(store: Store, url: str) -> dict[str, float]:
    with store.read() as connection:
        record = one_document(connection, url)
    assert record is not None
    return {item["url"]: item["share"] for item in record["similar"]}


def test_nearly_the_same_texts_are_linked_not_merged(store: Store) -> None:
    load(store, *map(document, TEXTS))
    assert similar(store, REPORT) == {COPY: pytest.approx(0.96, abs=0.02)}
    assert similar(store, COPY).keys() == {REPORT}
    for other in TEXTS.keys() - {REPORT, COPY}:
        assert similar(store, other) == {}
    with store.read() as connection:
        assert len({find_document(connection, url) for url in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("order", [(REPORT, HALF, COPY), (COPY, REPORT, HALF), (HALF, COPY, REPORT)])
def test_the_order_of_loading_decides_nothing(store: Store, order: tuple[str, ...]) -> None:
    for url in order:
        load(store, document(url))
    load(store, *map(document, order))  # again
    assert {url: set(similar(store, url)) for url in order} == {REPORT: {COPY}, COPY: {REPORT}, HALF: set()}


def test_a_text_that_changes_is_linked_anew(store: Store) -> None:
    load(store, document(REPORT), document(COPY))
    load(store, made(COPY, title="Rewritten", body=prose(9), at=1))
    assert similar(store, REPORT) == similar(store, COPY) == {}
    load(store, made(COPY, title="As it was", body=TEXTS[COPY], at=2))
    assert similar(store, REPORT).keys() == {COPY}


def test_marks_say_the_same_everywhere_and_nothing_of_short_texts() -> None:
    assert marks(prose(1)) == marks(prose(1).upper()) == sorted(marks(prose(1)))
    assert len(marks(prose(1))) == MARKS
    assert marks(prose(1, 60)) == marks(None) == marks("word " * 500) == []
    assert len(marks("人民的权利与自由" * 4 + "".join(map(chr, range(0x4E00, 0x4E80))))) == MARKS


def test_marks_stay_what_stores_hold() -> None:
    held = [40697741, 43036641, 151500442, 167367625, 197924894, 300885502, 318226031, 320558529]
    assert marks(" ".join(f"é{number % 37 * (number % 11)}" for number in range(120))) == held


def test_a_store_of_before_is_marked_when_it_is_migrated(store: Store, store_url: str) -> None:
    load(store, document(REPORT), document(COPY))
    table = table_of(TextMark)
    with store.begin() as connection:
        before = sorted(map(tuple, connection.execute(select(table))))
        keys = connection.execute(text("SELECT title_key FROM document ORDER BY id")).scalars().all()
        connection.execute(delete(table))
        assert near(connection, 1) == []
        as_of_confidence(connection)
        connection.execute(text("DROP TABLE text_mark"))
        connection.execute(text("ALTER TABLE provenance DROP COLUMN confidence"))
        connection.execute(text("UPDATE ingest_schema SET version_num = '0003'"))
    store.close()
    assert upgrade(store_url, base=Path())
    again = open_store(store_url, base=Path())
    with again.read() as connection:
        assert sorted(map(tuple, connection.execute(select(table)))) == before
        assert connection.execute(text("SELECT title_key FROM document ORDER BY id")).scalars().all() == keys
    again.close()
