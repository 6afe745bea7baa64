"""What tests of whole commands begin with: the sample being served, and stores in which it was ingested already."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.demo.config import configuration
from pipeline.commands.demo.server import SampleServer
from pipeline.extract import pool
from tests.crash.launcher import shared
from tests.crash.stages import Bench, served
from tests.once import Once
from tests.pipeline.workplace import Workplace

pool.PRELOAD.append("tests.crash.warm_readers")  # once a test process, instead of in each reading process


@pytest.fixture(scope="session")
def sample() -> Iterator[SampleServer]:
    with SampleServer(port=0) as server:
        yield server


def sample_tables(server: SampleServer, **store: Any) -> dict[str, Any]:
    """Return the configuration of the sample, with one reading process."""
    tables = configuration(server.resolve)
    return {"store": store, **tables, "extract": {**tables["extract"], "workers": 1}}


@dataclass(frozen=True)
class Ingested:
    """The folder that `ingest demo` made: read it, or copy it."""

    folder: Path
    printed: str
    documents: list[dict[str, Any]]
    """The export, without what differs between two stores of equal content."""


@pytest.fixture(scope="session")
def ingested(once: Once) -> Ingested:
    def make(folder: Path) -> None:
        (folder / "printed").write_text(Workplace(folder).ingest("demo").stdout, "utf-8")
        demo = Workplace(folder / "demo")
        (folder / "documents").write_text(json.dumps(demo.documents()), "utf-8")

    folder = once.made("ingested", make)
    documents = json.loads((folder / "documents").read_text("utf-8"))
    return Ingested(folder / "demo", (folder / "printed").read_text("utf-8"), documents)


@pytest.fixture
def workplace(sample: SampleServer, tmp_path: Path) -> Workplace:
    """Give a folder that is configured for the sample and holds nothing yet."""
    return Workplace(tmp_path, sample_tables(sample))


@pytest.fixture
def filled(workplace: Workplace, ingested: Ingested) -> Workplace:
    """Give the same with the sample ingested."""
    shutil.copytree(ingested.folder / "data", workplace.folder / "data")
    return workplace


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with served() as servers:
        yield Bench(tmp_path_factory.mktemp("bench"), shared(), servers)
