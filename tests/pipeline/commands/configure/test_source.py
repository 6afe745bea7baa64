"""`ingest source`: list, enable, disable, remove."""

from __future__ import annotations

import json

from pipeline.config import load
from tests.pipeline.workplace import Workplace

NAME = "sample-reports"


def test_sources_are_listed_with_state_and_documents(filled: Workplace) -> None:
    filled.ingest("source", "disable", NAME)
    listed = {item["source"]: item for item in json.loads(filled.ingest("source", "list", "--json").stdout)}
    assert (listed[NAME]["state"], listed["sample-first-generation"]["state"]) == ("disabled", "enabled")
    assert listed[NAME]["documents"] > 0
    assert "http://reports.test/publications" in filled.ingest("source", "list").stdout


def test_a_disabled_source_is_left_out_until_it_is_enabled(workplace: Workplace) -> None:
    before = workplace.config.read_text("utf-8")
    assert "is disabled" in workplace.ingest("source", "disable", NAME).stderr
    assert "already" in workplace.ingest("source", "disable", NAME).stderr
    assert NAME not in load(workplace.config, {}).chosen([])
    workplace.ingest("source", "enable", NAME)
    assert NAME in load(workplace.config, {}).chosen([])
    assert set(before.splitlines()) < set(workplace.config.read_text("utf-8").splitlines())
    assert f"did you mean '{NAME}'" in workplace.ingest("source", "disable", "sample-report", code=2).stderr


def test_a_source_goes_with_its_documents_after_a_person_agreed(filled: Workplace) -> None:
    before = filled.documents()
    said = filled.ingest("source", "remove", NAME, code=2).stderr
    count = sum(document["source"] == NAME for document in before)
    assert f"{NAME}: {count} documents, " in said
    assert "--yes" in said
    assert filled.documents() == before
    filled.ingest("source", "remove", NAME, "--yes")
    assert NAME not in load(filled.config, {}).sources
    assert filled.documents() == [document for document in before if document["source"] != NAME]
    assert NAME not in filled.ingest("status").stdout
    filled.ingest("archive", "verify")
    filled.ingest("source", "remove", NAME, "--yes", code=2)
