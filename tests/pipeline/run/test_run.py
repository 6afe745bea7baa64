"""The whole flow, run as cron and analysts run it, over the sample on loopback."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.demo.server import SampleServer
from tests.crash.launcher import shared
from tests.pipeline.conftest import Ingested, sample_tables
from tests.pipeline.workplace import Workplace


def test_a_second_run_writes_nothing_and_full_asks_conditionally(
    filled: Workplace, sample: SampleServer, ingested: Ingested
) -> None:
    filled.ingest("run", "--quiet")
    assert filled.documents() == ingested.documents
    sample.statuses.clear()
    filled.ingest("run", "--full", code=None)
    assert filled.documents() == ingested.documents
    assert sample.statuses[304] >= len(ingested.documents)


def test_postgresql_holds_what_sqlite_holds(
    sample: SampleServer, tmp_path: Path, postgres_url: str, ingested: Ingested
) -> None:
    place = Workplace(tmp_path, sample_tables(sample, database=postgres_url))
    place.ingest("db", "upgrade")
    for options in ((), ("--full",)):
        place.ingest("run", "sample-reports", *options, code=None)
        assert place.documents() == of("sample-reports", ingested.documents)


@pytest.mark.nightly
def test_postgresql_holds_the_whole_sample_as_sqlite_does(
    sample: SampleServer, tmp_path: Path, postgres_url: str, ingested: Ingested
) -> None:
    place = Workplace(tmp_path, sample_tables(sample, database=postgres_url))
    place.ingest("db", "upgrade")
    place.ingest("run", code=3)
    assert place.documents() == ingested.documents


def test_the_sample_s_failures_have_a_reason_each(filled: Workplace) -> None:
    failures = filled.failures()
    assert failures
    assert all(failure["reason"] and failure["stage"] and failure["source"] for failure in failures)


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not come"
        time.sleep(0.02)


def of(source: str, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [document for document in documents if document["source"] == source]


def test_a_killed_run_is_finished_by_the_next(workplace: Workplace, ingested: Ingested) -> None:
    assert shared().run(workplace.folder, "run", "sample-reports", kill_at=140).killed  # of some 280 writes
    workplace.ingest("run", "sample-reports", code=None)
    assert workplace.documents() == of("sample-reports", ingested.documents)
    assert not list((workplace.folder / "data" / "archive").glob("spool-*"))


def test_a_terminated_run_says_so_and_keeps_what_it_has(workplace: Workplace, ingested: Ingested) -> None:
    process = workplace.start("run", "sample-reports")
    wait_for(workplace.folder / "data" / "archive" / "locks" / "sample-reports.holder")
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    if process.returncode != 3:  # it may have been done by then
        assert process.returncode == 143
        assert "interrupted" in err
    workplace.ingest("run", "sample-reports", code=None)
    assert workplace.documents() == of("sample-reports", ingested.documents)


def test_a_second_run_beside_the_first_ends_with_75(sample: SampleServer, tmp_path: Path) -> None:
    slow = sample_tables(sample)
    slow["http"] = {**slow["http"], "delay_seconds": 0.5}
    place = Workplace(tmp_path, slow)
    first = place.start("run", "sample-reports")
    wait_for(tmp_path / "data" / "archive" / "locks" / "sample-reports.holder")
    second = place.ingest("run", "sample-reports", code=75)
    assert "another run holds it" in second.stderr
    assert str(first.pid) in second.stderr
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=30)
    assert first.returncode == 130


def test_a_misspelt_key_ends_with_2_and_names_the_nearest(workplace: Workplace) -> None:
    workplace.config.write_text(workplace.config.read_text("utf-8") + 'folow = "a.card"\n', "utf-8")
    result = workplace.ingest("run", code=2)
    assert "folow" in result.stderr
    assert "'follow'" in result.stderr
    assert not (workplace.folder / "data").exists()


def test_a_public_site_is_not_asked_without_a_contact(tmp_path: Path) -> None:
    place = Workplace(tmp_path, {"sources": {"acme": {"start": "https://acme.example/resources"}}})
    assert "http.contact" in place.ingest("run", code=2).stderr


def test_dry_run_shows_what_would_come_and_leaves_no_store(workplace: Workplace) -> None:
    result = workplace.ingest("run", "sample-reports", "--dry-run", "--limit", "3", code=None)
    assert "documents would differ" in result.stdout
    assert not (workplace.folder / "data").exists()


def test_limit_counts_new_documents_of_each_source(workplace: Workplace) -> None:
    workplace.ingest("run", "sample-reports", "sample-second-generation", "--limit", "2", code=None)
    reports = json.loads(workplace.ingest("run", "sample-reports", "--limit", "1", "--json", code=None).stdout)
    assert reports[0]["source"] == "sample-reports"
    assert reports[0]["new"] <= 3


def test_rerun_reads_the_archive_and_writes_nothing_with_the_same_code(filled: Workplace, ingested: Ingested) -> None:
    result = filled.ingest("rerun", "--source", "sample-reports", "--dry-run", code=None)
    assert result.stdout.startswith("0 documents would differ")
    for stage in ("extract", "normalise"):
        reports = json.loads(filled.ingest("rerun", "--stage", stage, "--json", code=None).stdout)
        assert sum(report["new"] + report["changed"] for report in reports) == 0
    assert filled.documents() == ingested.documents
