"""A value's confidence: stored beside its origin, shown and exported, and never a change of content by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import text as sql

from models.database.store import Store, open_store, upgrade
from models.migrations import VERSION_TABLE
from models.search.search import search
from pipeline.commands.terminal.formatting import document_lines
from pipeline.holdings.export import export_documents
from pipeline.holdings.queries import one_document
from pipeline.load.load import LoadOutcome, publish
from pipeline.load.normalise import Document, document
from scrapers.base import Found
from scrapers.fields import Extracted
from scrapers.record import extracted_record
from tests.made import as_of_confidence, day, made, opened, text
from tests.schema_check import faults, schema

PAGE = "https://acme.org/report"
FILE = "https://acme.org/report.pdf"


def sure(given: Document, confidence: float | None, field: str = "title") -> Document:
    """Return the document with a confidence of one of its values."""
    return replace(given, values={**given.values, field: replace(given.values[field], confidence=confidence)})


PLAIN = made(PAGE, title="The report", body=text("water"), date="2019-05", files=[(FILE, "PDF")])


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    yield store
    store.close()


def load(store: Store, *given: Document) -> LoadOutcome:
    with store.begin() as connection:
        return publish(connection, given, run_id=None, now=day(100))


def shown(store: Store, url: str = PAGE) -> dict[str, Any]:
    with store.read() as connection:
        record = one_document(connection, url)
    assert record is not None
    return record


def test_it_is_stored_shown_and_exported(store: Store, tmp_path: Path) -> None:
    load(store, sure(PLAIN, 0.98))
    record = shown(store)
    assert record["confidence"] == {"title": 0.98}
    assert record["provenance"]["title"]["confidence"] == 0.98
    assert record["provenance"]["body"]["confidence"] is None
    lines = document_lines(record)
    assert any(line.endswith("from label:Made:, confidence 0.98") for line in lines)
    assert sum("confidence" in line for line in lines) == 1
    for name in ("docs.jsonl", "docs.csv", "docs.parquet"):
        export_documents(store, tmp_path / name)
    line = json.loads((tmp_path / "docs.jsonl").read_text("utf-8"))
    assert line["confidence"] == {"title": 0.98}
    assert list(faults(line, schema("export"))) == []
    assert '{""title"": 0.98}' in (tmp_path / "docs.csv").read_text("utf-8")
    assert dict(pq.read_table(tmp_path / "docs.parquet").to_pylist()[0]["confidence"]) == {"title": 0.98}


def test_another_confidence_makes_no_revision(store: Store) -> None:
    load(store, PLAIN)
    for confidence in (0.4, 0.98, None):
        outcome = load(store, sure(PLAIN, confidence))
        assert outcome.unchanged == (PAGE,)
        assert outcome.written == frozenset()
        assert shown(store)["provenance"]["title"]["confidence"] == confidence
        assert shown(store)["revision"] == 1
        with store.read() as connection:
            assert search(connection, "")[0].confidence == confidence


def test_another_value_makes_one_whatever_its_confidence(store: Store) -> None:
    load(store, sure(PLAIN, 0.98))
    other: dict[str, Found[object]] = {
        **PLAIN.values,
        "title": Found(value="Another", raw="Another", origin="h1", confidence=0.98),
    }
    assert load(store, replace(PLAIN, values=other)).changed == (PAGE,)


def test_a_borrowed_value_brings_its_confidence(store: Store) -> None:
    file = made(FILE, title=None, body=text("deep"), language=None, media_type="application/pdf")
    load(store, file, sure(PLAIN, 0.75))
    assert shown(store, FILE)["confidence"] == {"title": 0.75}
    assert load(store, sure(PLAIN, 0.5)).changed == ()
    assert shown(store, FILE)["confidence"] == {"title": 0.5}


def test_normalising_keeps_it() -> None:
    title = Found(value=" The  report ", raw="The report", origin="h1", confidence=0.9)
    made_of = document(
        Extracted(media_type="text/html", title=title),
        {},
        source_id=1,
        url=PAGE,
        redirects=(),
        final_url=PAGE,
        capture_id=None,
        reader_version="",
        retrieved_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert made_of.values["title"] == replace(title, value="The report")


def test_extract_prints_it_for_the_fields_that_have_one() -> None:
    title = Found(value="The report", raw="The report", origin="h1", confidence=0.9)
    language = Found(value="en", raw="en", origin="html:lang")
    record = extracted_record(PAGE, Extracted(media_type="text/html", title=title, language=language))
    assert record["confidence"] == {"title": 0.9}
    assert list(record["origins"]) == ["title", "language"]
    assert list(faults(record, schema("extract"))) == []
    assert extracted_record(PAGE, Extracted(media_type="text/html"))["confidence"] == {}


def test_an_older_store_is_upgraded_and_loading_the_same_writes_no_revision(store_url: str) -> None:
    store = opened(store_url)
    load(store, PLAIN)
    with store.begin() as connection:
        as_of_confidence(connection)
        connection.execute(sql("ALTER TABLE provenance DROP COLUMN confidence"))
        connection.execute(sql(f"UPDATE {VERSION_TABLE} SET version_num = '0004'"))
    store.close()
    upgrade(store_url, base=Path())
    store = open_store(store_url, base=Path())
    assert shown(store)["confidence"] == {}
    assert load(store, PLAIN).written == frozenset()
    assert load(store, sure(PLAIN, 0.98)).written == frozenset()
    assert shown(store)["confidence"] == {"title": 0.98}
    store.close()
