"""The order in which documents are loaded, and how they are cut into batches, decides no value."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.database.store import open_store
from models.search.filters import Filters
from pipeline.holdings.export_records import documents
from pipeline.load.load import publish
from pipeline.load.normalise import Document
from tests.made import day, made, opened, text

FILES = ("https://acme.org/f/one.pdf", "https://media.acme.org/two.pdf", "https://acme.org/f/three.pdf")
HOSTS = ("https://acme.org", "http://acme.org", "https://www.acme.org")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("order") / "template.db"
    opened(str(path)).close()
    return path


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


def export(template: Path, batches: Sequence[Sequence[Document]]) -> list[dict[str, Any]]:
    path = template.with_name("store.db")
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(template, path)
    store = open_store(str(path), base=Path())
    try:
        for batch in batches:
            with store.begin() as connection:
                publish(connection, batch, run_id=None, now=day(100))
        with store.read() as connection:
            return list(documents(connection, Filters()))
    finally:
        store.close()


def without(records: list[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in record.items() if key not in keys} for record in records]


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data(), history=histories())
def test_the_order_decides_no_value(template: Path, data: st.DataObject, history: list[Document]) -> None:
    shuffled = data.draw(st.permutations(history))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(history) - 1))))
    batches = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(history)], strict=True)]
    in_time = export(template, [[document] for document in history])
    assert without(export(template, batches), "id", "revision", "first_seen_at") == without(
        in_time, "id", "revision", "first_seen_at"
    )
    whole = export(template, [history])
    assert whole == export(template, [shuffled])
    assert {record["revision"] for record in whole} == {1}
