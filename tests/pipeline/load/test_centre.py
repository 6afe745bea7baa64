"""Reports and their landing pages: what is held of a file is right, whatever its front page shows largest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.database.store import Store
from models.search.filters import Filters
from pipeline.holdings.export_records import documents as exported
from pipeline.load.load import publish
from tests.made import opened
from tests.pdfs.centre import NOW, documents, faults, reports

COUNT = 10
MOST_FAULTS = 2
"""Of the titles, people and days of that many reports."""


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = opened(f"sqlite:///{tmp_path_factory.mktemp('centre')}/made.db")
    yield store
    store.close()


def test_files_are_held_as_their_landing_pages_say(store: Store) -> None:
    made = list(reports(COUNT))
    with store.begin() as connection:
        publish(connection, [one for report in made for one in documents(report)], run_id=None, now=NOW)
    with store.read() as connection:
        held = {record["url"]: record for record in exported(connection, Filters())}
    wrong = [fault for report in made for fault in faults(report, held[report.file])]
    assert len(wrong) <= MOST_FAULTS, wrong
