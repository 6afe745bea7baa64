"""The whole flow, run as cron and analysts run it, over the sample on loopback."""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.demo.config import configuration
from pipeline.commands.demo.server import SampleServer
from tests.pipeline.workplace import Workplace


@pytest.fixture(scope="module")
def sample() -> Iterator[SampleServer]:
    with SampleServer(port=0) as server:
        yield server


def tables(server: SampleServer, **store: Any) -> dict[str, Any]:
    return {"store": store, "extract": {"workers": 2}, **configuration(server.resolve)}


@pytest.fixture
def workplace(sample: SampleServer, tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, tables(sample))


@pytest.fixture(scope="module")
def undisturbed(sample: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a run without any trouble gives."""
    place = Workplace(tmp_path_factory.mktemp("undisturbed"), tables(sample))
    place.ingest("run", code=3)
    return place.documents()


def test_a_second_run_writes_nothing_and_full_asks_conditionally(
    tmp_path: Path, store_url: str, undisturbed: list[dict[str, Any]]
) -> None:
    with SampleServer(port=0) as server:
        place = Workplace(tmp_path, tables(server, database=store_url))
        if store_url.startswith("postgresql"):
            place.ingest("db", "upgrade")
        place.ingest("run", code=3)
        first = place.documents()
        assert first == undisturbed
        place.ingest("run", "--quiet")
        assert place.documents() == first
        server.statuses.clear()
        place.ingest("run", "--full", code=None)
        assert place.documents() == first
        assert server.statuses[304] >= len(first)


def test_the_sample_s_failures_have_a_reason_each(workplace: Workplace) -> None:
    workplace.ingest("run", code=3)
    failures = workplace.failures()
    assert failures
    assert all(failure["reason"] and failure["stage"] and failure["source"] for failure in failures)


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not come"
        time.sleep(0.02)


@pytest.mark.parametrize("seed", range(10))
def test_a_killed_run_is_finished_by_the_next(
    workplace: Workplace, undisturbed: list[dict[str, Any]], seed: int
) -> None:
    process = workplace.start("run")
    time.sleep(random.Random(seed).uniform(0.3, 2.5))
    process.kill()
    process.communicate()
    workplace.ingest("run", code=None)
    assert workplace.documents() == undisturbed
    assert not list((workplace.folder / "data" / "archive").glob("spool-*"))


def test_a_terminated_run_says_so_and_keeps_what_it_has(
    workplace: Workplace, undisturbed: list[dict[str, Any]]
) -> None:
    process = workplace.start("run")
    wait_for(workplace.folder / "data" / "archive" / "locks" / "sample-reports.holder")
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    if process.returncode != 3:  # it may have been done by then
        assert process.returncode == 143
        assert "interrupted" in err
    workplace.ingest("run", code=None)
    assert workplace.documents() == undisturbed


def test_a_second_run_beside_the_first_ends_with_75(sample: SampleServer, tmp_path: Path) -> None:
    slow = tables(sample)
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
    workplace.ingest("run", "--limit", "2", code=None)
    reports = json.loads(workplace.ingest("run", "sample-reports", "--limit", "1", "--json", code=None).stdout)
    assert reports[0]["source"] == "sample-reports"
    assert reports[0]["new"] <= 3


def test_rerun_reads_the_archive_and_writes_nothing_with_the_same_code(workplace: Workplace) -> None:
    workplace.ingest("run", code=3)
    first = workplace.documents()
    for stage in ("extract", "normalise"):
        reports = json.loads(workplace.ingest("rerun", "--stage", stage, "--json", code=None).stdout)
        assert sum(report["new"] + report["changed"] for report in reports) == 0
        assert workplace.documents() == first
    result = workplace.ingest("rerun", "--dry-run", code=None)
    assert result.stdout.startswith("0 documents would differ")
