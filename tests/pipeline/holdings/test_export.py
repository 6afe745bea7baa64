from __future__ import annotations

import csv
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import insert

from models.database.store import Store
from models.errors import ConfigError, StoreError
from models.ledger import Failure
from pipeline.holdings.columns import document_columns
from pipeline.holdings.export import Filters, export_documents, export_failures, write
from pipeline.load.load import publish
from tests.made import MOMENT, day, made, opened, text
from tests.schema_check import faults, schema

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"]


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    with store.begin() as connection:
        publish(
            connection,
            [
                made(
                    "https://acme.org/b",
                    title="=cmd|' /C calc'!A0",
                    body="First, “quoted”\n\nsecond; third",
                    authors=("Ann Bee", "-Carl"),
                    date="2019-05",
                    kind="report",
                    identifiers={"doi": "10.1/x"},
                    files=[("https://acme.org/x.pdf", "file"), ("https://acme.org/y.pdf", "file")],
                ),
                made("https://acme.org/a", title="工商企业", language="zh", body=text("a"), date="2020"),
                made("https://acme.org/x.pdf", title=None, body="pdf", media_type="application/pdf", language=None),
            ],
            run_id=None,
            now=day(1),
        )
    yield store
    store.close()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def test_json_lines_keep_the_promised_shape(store: Store, tmp_path: Path) -> None:
    assert export_documents(store, tmp_path / "docs.jsonl") == 3
    records = lines(tmp_path / "docs.jsonl")
    assert [record["url"][-1] for record in records] == ["a", "b", "f"]
    for record in records:
        assert tuple(record) == tuple(document_columns())
        assert list(faults(record, schema("export"))) == []
    page = records[1]
    assert page["title"] == "=cmd|' /C calc'!A0"
    assert page["attachments"] == ["https://acme.org/x.pdf", "https://acme.org/y.pdf"]
    assert page["authors"][1] == {"name": "-Carl", "kind": "person"}
    assert records[2]["landing_page"] == "https://acme.org/b"


def test_a_spreadsheet_runs_no_cell(store: Store, tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.csv")
    with (tmp_path / "docs.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[1]["title"] == "'=cmd|' /C calc'!A0"
    assert rows[1]["authors"] == "Ann Bee; -Carl"
    assert rows[1]["body"] == "First, “quoted”\n\nsecond; third"
    assert rows[1]["attachments"] == "https://acme.org/x.pdf https://acme.org/y.pdf"
    assert json.loads(rows[1]["identifiers"]) == {"doi": "10.1/x"}
    assert rows[0]["date_modified"] == ""


@pytest.mark.parametrize("value", FORMULAS)
def test_formulas_are_neutralised(tmp_path: Path, value: str) -> None:
    write(tmp_path / "x.csv", {"url": "string"}, [{"url": value}])
    with (tmp_path / "x.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[1] == [f"'{value}"]


def test_parquet_keeps_lists(store: Store, tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.parquet")
    rows = pq.read_table(tmp_path / "docs.parquet").to_pylist()
    assert rows[1]["authors"][0] == {"name": "Ann Bee", "kind": "person"}
    assert dict(rows[1]["identifiers"]) == {"doi": "10.1/x"}
    assert rows[1]["title"].startswith("=cmd")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "abf"),
        (Filters(language="zh"), "a"),
        (Filters(since="2020"), "a"),
        (Filters(until="2019-12"), "bf"),
        (Filters(author="ÁNN bee"), "bf"),
        (Filters(kind="Report"), "bf"),
        (Filters(query="企业"), "a"),
        (Filters(query="quoted", language="en"), "b"),
        (Filters(query=""), "abf"),
        (Filters(query='author:bee -"no such"'), "bf"),
        (Filters(query="!!!"), ""),
        (Filters(source="none"), ""),
        (Filters(source=("none", "acme")), "abf"),
    ],
)
def test_filters(store: Store, tmp_path: Path, filters: Filters, expected: str) -> None:
    assert export_documents(store, tmp_path / "docs.jsonl", filters) == len(expected)
    assert "".join(record["url"][-1] for record in lines(tmp_path / "docs.jsonl")) == expected


def test_failures_are_lines_too(store: Store, tmp_path: Path) -> None:
    row = {"source_id": 1, "stage": "fetch", "reason": "404", "attempts": 2, "first_at": MOMENT, "last_at": MOMENT}
    with store.begin() as connection:
        for subject, retry in (("https://acme.org/z", None), ("https://acme.org/y", day(2))):
            connection.execute(insert(Failure).values(**row, subject=subject, next_retry_at=retry))
    assert export_failures(store, tmp_path / "fails.jsonl", sources=["acme"]) == 2
    records = lines(tmp_path / "fails.jsonl")
    assert records[0] == {
        "url": "https://acme.org/y",
        "source": "acme",
        "stage": "fetch",
        "reason": "404",
        "attempts": 2,
        "last_at": "2026-03-01T12:00:00Z",
        "next_retry_at": "2026-03-03T12:00:00Z",
    }
    assert [fault for record in records for fault in faults(record, schema("failure"))] == []
    assert export_failures(store, tmp_path / "fails.parquet") == 2


class TestWhole:
    def test_an_error_leaves_what_was_there(self, tmp_path: Path) -> None:
        path = tmp_path / "docs.jsonl"
        path.write_text("old\n")

        def rows() -> Iterator[dict[str, Any]]:
            yield {"url": "a"}
            raise RuntimeError

        with pytest.raises(RuntimeError):
            write(path, {"url": "string"}, rows())
        assert path.read_text() == "old\n"
        assert os.listdir(tmp_path) == ["docs.jsonl"]

    def test_what_a_killed_export_left_is_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / ".docs.jsonl.part").write_text("x" * 1000)
        write(tmp_path / "docs.jsonl", {"url": "string"}, [{"url": "a"}])
        assert (tmp_path / "docs.jsonl").read_text() == '{"url": "a"}\n'
        assert os.listdir(tmp_path) == ["docs.jsonl"]

    def test_two_exports_to_one_file_keep_apart(self, tmp_path: Path) -> None:
        path = tmp_path / "docs.jsonl"

        def rows() -> Iterator[dict[str, Any]]:
            with pytest.raises(StoreError, match="another process writes to"):
                write(path, {"url": "string"}, [{"url": "b"}])
            yield {"url": "a"}

        assert write(path, {"url": "string"}, rows()) == 1
        assert path.read_text() == '{"url": "a"}\n'

    @pytest.mark.parametrize("name", ["docs.txt", "docs", "docs.json", ".csv"])
    def test_a_suffix_that_says_no_format(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(ConfigError, match=r"\.jsonl, \.csv, \.parquet"):
            write(tmp_path / name, {"url": "string"}, [])

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="could not be written"):
            write(tmp_path / "none" / "docs.csv", {"url": "string"}, [])


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = opened(str(tmp_path_factory.mktemp("large") / "store.db"))
    with store.begin() as connection:
        batch = [made(f"https://acme.org/{number:05}", body="x" * 100_000) for number in range(600)]
        publish(connection, batch, run_id=None, now=day(1))
    yield store
    store.close()


@pytest.mark.parametrize("suffix", ["jsonl", pytest.param("csv", marks=pytest.mark.nightly), "parquet"])
def test_memory_stays_flat(large: Store, tmp_path: Path, suffix: str) -> None:
    export_documents(large, tmp_path / f"first.{suffix}", Filters(source="none"))  # imports what it needs
    tracemalloc.start()
    assert export_documents(large, tmp_path / f"docs.{suffix}") == 600
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 600 * 100_000 / 2
