"""The order in which documents are loaded, and how they are cut into batches, decides no value."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.database.store import Store
from models.search.filters import Filters
from pipeline.holdings.export_records import documents
from pipeline.load.load import publish
from pipeline.load.normalise import Document
from tests.made import day, made, opened, text

FILES = ("https://acme.org/f/one.pdf", "https://media.acme.org/two.pdf", "https://acme.org/f/three.pdf")
HOSTS = ("https://acme.org", "http://acme.org", "https://www.acme.org")


@dataclass
class Emptied:
    """One store that is given back as new: each new one would have all its statements compiled again."""

    store: Store
    new: sqlite3.Connection
    """A copy of the store as it was before anything was loaded."""

    def again(self) -> Store:
        with self.store.engine.connect() as connection:
            self.new.backup(cast("sqlite3.Connection", connection.connection.driver_connection))
        return self.store


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emptied]:
    path = tmp_path_factory.mktemp("order") / "store.db"
    store = opened(str(path))
    new = sqlite3.connect(":memory:")
    with sqlite3.connect(path) as connection:
        connection.backup(new)
    yield Emptied(store, new)
    store.close()


@st.composite
def pages(draw: st.DrawFn, number: int) -> Document:
    """One answer of one of a document's addresses, some of which redirect to it or are claimed by it."""
    topic = draw(st.sampled_from(("water", "land", "air")))
    addresses = [f"/{topic}", f"/old/{topic}", f"/x/{topic}?page=1"]
    address = draw(st.sampled_from(addresses))
    others = [other for other in addresses if other != address]
    # Of a cluster of addresses only one reading is kept, so a document has either kind of evidence here, not both, and
    # what an address claims it claims always.
    moved = topic == "land" and draw(st.booleans())
    claims = topic == "air" and address != "/air"
    host = HOSTS[0] if topic == "land" else draw(st.sampled_from(HOSTS))
    version = draw(st.integers(0, 2))
    return made(
        host + address,
        title=f"On {topic}",
        body=text(topic) + " more" * version,
        date=draw(st.sampled_from((None, "2018", "2019-05", "2019-05-02"))),
        authors=draw(st.sampled_from(((), ("Ann Bee",), ("Carl Dee", "Ann Bee")))),
        files=[(url, f"{topic} file") for url in draw(st.lists(st.sampled_from(FILES), unique=True))],
        through=[host + draw(st.sampled_from(others))] if moved else (),
        claimed=[HOSTS[0] + "/" + topic] if claims else (),
        at=number,
    )


@st.composite
def files(draw: st.DrawFn, number: int) -> Document:
    """One answer of a file that may say its title itself."""
    return made(
        draw(st.sampled_from(FILES)),
        title=draw(st.sampled_from((None, "The file's own"))),
        body=text("deep"),
        date=draw(st.sampled_from((None, "2001"))),
        language=None,
        media_type="application/pdf",
        at=number,
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Document]:
    """Answers at different times."""
    return [draw(st.one_of(pages(number), files(number))) for number in range(draw(st.integers(2, 7)))]


def export(emptied: Emptied, batches: Sequence[Sequence[Document]]) -> list[dict[str, Any]]:
    store = emptied.again()
    for batch in batches:
        with store.begin() as connection:
            publish(connection, batch, run_id=None, now=day(100))
    with store.read() as connection:
        return list(documents(connection, Filters()))


def without(records: list[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in record.items() if key not in keys} for record in records]


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data(), history=histories())
def test_the_order_decides_no_value(emptied: Emptied, data: st.DataObject, history: list[Document]) -> None:
    shuffled = data.draw(st.permutations(history))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(history) - 1))))
    batches = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(history)], strict=True)]
    in_time = export(emptied, [[document] for document in history])
    assert without(export(emptied, batches), "id", "revision", "first_seen_at") == without(
        in_time, "id", "revision", "first_seen_at"
    )
    whole = export(emptied, [history])
    assert whole == export(emptied, [shuffled])
    assert {record["revision"] for record in whole} == {1}
