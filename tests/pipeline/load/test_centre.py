"""Reports and their landing pages: what is held of a file is right, whatever its front page shows largest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.database.store import Store
from tests.made import opened
from tests.pdfs.centre import reports, stored_faults

COUNT = 10
MOST_FAULTS = 2
"""Of the titles, people and days of that many reports."""


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = opened(f"sqlite:///{tmp_path_factory.mktemp('centre')}/made.db")
    yield store
    store.close()


def test_files_are_held_as_their_landing_pages_say(store: Store) -> None:
    wrong = [fault for _, fault in stored_faults(store, list(reports(COUNT)))]
    assert len(wrong) <= MOST_FAULTS, wrong
