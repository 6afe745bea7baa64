"""`ingest demo`: every healthy document of the sample is loaded and right; what was made to fail has its reason."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.demo.expected import expected
from tests.pipeline.conftest import Ingested
from tests.pipeline.workplace import Workplace

Loaded = dict[str, dict[str, Any]]
NOT_JUDGED = {"body_must", "body_must_not", "same_as"}


@pytest.fixture(scope="module")
def loaded(ingested: Ingested) -> Loaded:
    """The documents by address."""
    return {document["canonical_url"]: document for document in ingested.documents}


@pytest.fixture
def place(tmp_path: Path, ingested: Ingested) -> Workplace:
    """A folder without a configuration, with a copy of what the demo made in such a one."""
    shutil.copytree(ingested.folder, tmp_path / "demo")
    return Workplace(tmp_path)


def test_every_healthy_document_is_there_and_nothing_else(loaded: Loaded) -> None:
    assert sorted(loaded) == sorted(document["canonical_url"] for document in expected())


@pytest.mark.parametrize("document", expected(), ids=lambda document: document["canonical_url"])
def test_a_document_is_right(loaded: Loaded, document: dict[str, Any]) -> None:
    ours = loaded[document["canonical_url"]]
    wanted = {name: value for name, value in document.items() if name not in NOT_JUDGED and name in ours}
    assert {name: ours[name] for name in wanted} == wanted
    body = ours["body"] or ""
    assert [text for text in document.get("body_must", ()) if text not in body] == []
    assert [text for text in document.get("body_must_not", ()) if text in body] == []


def test_the_sample_is_what_was_promised(loaded: Loaded) -> None:
    assert len(loaded) >= 40
    assert len({(document["language"] or "")[:2] for document in loaded.values()}) >= 6


def test_the_report_tells_what_was_loaded_and_what_to_try(ingested: Ingested, place: Workplace) -> None:
    assert f"{len(ingested.documents)} documents" in ingested.printed
    assert str(ingested.folder / "data" / "ingest.db") in ingested.printed
    steps = ingested.printed.split("Three commands to try next:")[1]
    tried = [line.strip() for line in steps.split("\n\n")[0].splitlines() if line.strip()]
    assert len(tried) == 3
    for line in tried:
        done = place.ingest(*line.split()[1:])
        assert "nothing found" not in done.stderr
    assert (place.folder / "sample.csv").read_text("utf-8").count("\n") > 50


def test_a_second_demo_is_an_incremental_run(ingested: Ingested, place: Workplace) -> None:
    assert "0 of them new and 0 changed" in place.ingest("demo").stdout
    assert Workplace(place.folder / "demo").documents() == ingested.documents


def test_the_demo_keeps_to_its_folder_and_goes_with_it(place: Workplace) -> None:
    (place.folder / "data").mkdir()
    assert "demo was removed" in place.ingest("demo", "--remove").stdout
    assert [path.name for path in place.folder.iterdir()] == ["data"]
    assert "no such folder" in place.ingest("demo", "--remove").stderr


@pytest.mark.parametrize("options", [(), ("--remove",)])
def test_a_folder_of_that_name_that_is_not_the_demos_is_left_alone(tmp_path: Path, options: tuple[str, ...]) -> None:
    mine = tmp_path / "demo" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")
    assert "is not the demo's" in Workplace(tmp_path).ingest("demo", *options, code=2).stderr
    assert [path.name for path in mine.parent.iterdir()] == ["mine.txt"]
