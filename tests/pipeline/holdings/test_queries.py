from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import insert

from models.database.store import Store
from models.ledger import Failure, FieldStatistic, Run, Source
from models.web import Capture, Payload, Url, WarcFile
from pipeline.holdings.queries import find_document, one_document, one_run, runs_list, source_health
from pipeline.load.load import publish
from tests.made import MOMENT, day, made, opened

PAGE = "https://acme.org/report"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store with a document, its capture, three runs and a failure."""
    store = opened(store_url)
    with store.begin() as connection:
        for number, status in enumerate(("done", "failed", "held"), start=1):
            connection.execute(
                insert(Run).values(
                    run_key=f"run-{number}", source_id=1, command="run", status=status, options={}, version="1",
                    counts={"new": number}, reasons=[], started_at=day(number), finished_at=day(number),
                )
            )  # fmt: skip
        connection.execute(insert(WarcFile).values(name="a.warc.gz", committed_length=900))
        connection.execute(
            insert(Payload).values(sha256="ab", size=10, media_type="text/html", warc_file_id=1, offset=5, length=99)
        )
        connection.execute(
            insert(Url).values(url=PAGE, identity="acme.org/report", source_id=1, first_seen_at=MOMENT, due_at=day(9))
        )
        connection.execute(
            insert(Capture).values(
                url_id=1, run_id=1, url=PAGE, final_url=PAGE, status=200, headers=[["ETag", "x"]], redirects=[],
                media_type="text/html", retrieved_at=MOMENT, payload_sha256="ab", warc_file_id=1, offset=5, length=99,
            )
        )  # fmt: skip
        connection.execute(
            insert(Failure).values(
                source_id=1, run_id=2, stage="fetch", subject="https://acme.org/x", reason="404", attempts=1,
                first_at=MOMENT, last_at=MOMENT,
            )
        )  # fmt: skip
        connection.execute(
            insert(FieldStatistic).values(run_id=1, media="page", field="title", documents=9, filled=8, figures={})
        )
        files = [("https://acme.org/f.pdf", "f")]
        document = made(PAGE, authors=("Ann Bee",), through=["https://acme.org/old"], files=files)
        publish(connection, [replace(document, capture_id=1)], run_id=1, now=MOMENT)
        publish(connection, [made("https://acme.org/f.pdf", media_type="application/pdf")], run_id=1, now=MOMENT)
    yield store
    store.close()


NAMES = (PAGE, "http://www.acme.org/report?utm_source=x", "acme.org/report", "https://acme.org/old", "1")


@pytest.mark.parametrize("what", NAMES)
def test_a_document_by_any_of_its_names(store: Store, what: str) -> None:
    with store.read() as connection:
        record = one_document(connection, what)
    assert record is not None
    assert record["url"] == PAGE
    assert record["provenance"]["authors"]["origin"] == "label:Made:"
    aliases = {alias["url"]: alias["reason"] for alias in record["aliases"]}
    assert aliases == {"https://acme.org/old": "redirect", PAGE: "final"}
    assert [(revision["number"], revision["run"]) for revision in record["revisions"]] == [(1, "run-1")]
    assert record["capture"]["warc_file"] == "a.warc.gz"
    assert (record["capture"]["offset"], record["capture"]["sha256"]) == (5, "ab")
    assert record["attachments"] == ["https://acme.org/f.pdf"]


def test_a_file_names_the_pages_that_link_it(store: Store) -> None:
    with store.read() as connection:
        record = one_document(connection, "https://acme.org/f.pdf")
    assert record is not None
    assert record["linked_from"] == [PAGE]
    assert record["capture"] is None


@pytest.mark.parametrize("what", ["", "99", "https://acme.org/none", "not an address", "http://[", "1" * 40, "²"])
def test_what_is_not_there(store: Store, what: str) -> None:
    with store.read() as connection:
        assert find_document(connection, what) is None
        assert one_document(connection, what) is None
        assert one_run(connection, what) is None


def test_the_ledger(store: Store) -> None:
    with store.read() as connection:
        assert [run["run_key"] for run in runs_list(connection)] == ["run-3", "run-2", "run-1"]
        assert [run["run_key"] for run in runs_list(connection, source="acme", limit=1)] == ["run-3"]
        assert runs_list(connection, source="other") == []
        by_key, by_id = one_run(connection, "run-1"), one_run(connection, "1")
        failed = one_run(connection, "run-2")
    assert by_key == by_id
    assert by_key is not None
    assert by_key["fields"] == [{"media": "page", "field": "title", "documents": 9, "filled": 8, "figures": {}}]
    assert failed is not None
    assert failed["failures"][0]["url"] == "https://acme.org/x"


def test_the_health_of_sources(store: Store) -> None:
    with store.begin() as connection:
        connection.execute(insert(Source).values(name="silent", created_at=MOMENT))
    with store.read() as connection:
        acme, new, silent = source_health(connection, ["acme", "new"])
    assert (acme["documents"], acme["gone"], acme["failures"]) == (2, 0, 1)
    assert (acme["streak"], acme["held"], acme["last_good_at"]) == (2, "run-3", "2026-03-02T12:00:00Z")
    assert acme["next_due_at"] == "2026-03-10T12:00:00Z"
    assert acme["last_run"]["run_key"] == "run-3"
    assert (new["configured"], new["last_run"], new["documents"]) == (True, None, 0)
    assert (silent["configured"], silent["streak"]) == (False, 0)
