"""`ingest demo`: every healthy document of the sample is loaded and right; what was made to fail has its reason."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.commands.demo.expected import expected
from tests.pipeline.workplace import Workplace

NOT_JUDGED = {"body_must", "body_must_not", "same_as"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workplace, str, dict[str, dict[str, Any]]]:
    place = Workplace(tmp_path_factory.mktemp("demo"), {"http": {"contact": "you@example.org"}})
    report = place.ingest("demo").stdout
    return place, report, {document["canonical_url"]: document for document in place.documents()}


def test_every_healthy_document_is_there_and_nothing_else(demo: Any) -> None:
    assert sorted(demo[2]) == sorted(document["canonical_url"] for document in expected())


@pytest.mark.parametrize("document", expected(), ids=lambda document: document["canonical_url"])
def test_a_document_is_right(demo: Any, document: dict[str, Any]) -> None:
    loaded = demo[2][document["canonical_url"]]
    wanted = {name: value for name, value in document.items() if name not in NOT_JUDGED and name in loaded}
    assert {name: loaded[name] for name in wanted} == wanted
    body = loaded["body"] or ""
    assert [text for text in document.get("body_must", ()) if text not in body] == []
    assert [text for text in document.get("body_must_not", ()) if text in body] == []


def test_the_sample_is_what_was_promised(demo: Any) -> None:
    documents = demo[2].values()
    assert len(documents) >= 40
    assert len({(document["language"] or "")[:2] for document in documents}) >= 6


def test_the_report_tells_what_was_loaded_and_what_to_try(demo: Any) -> None:
    place, report, documents = demo
    assert f"{len(documents)} documents" in report
    assert str(place.folder / "data" / "ingest.db") in report
    tried = [line.strip() for line in report.split("Three commands to try next:")[1].splitlines() if line.strip()]
    assert len(tried) == 3
    for line in tried:
        place.ingest(*line.split()[1:])


def test_a_second_demo_is_an_incremental_run(demo: Any) -> None:
    place, _, documents = demo
    assert "0 of them new and 0 changed" in place.ingest("demo").stdout
    assert {document["canonical_url"]: document for document in place.documents()} == documents
