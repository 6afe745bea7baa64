"""Words of an enumeration: stored as text, given back as members, and no others are written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import StatementError

from models.database.store import open_store
from models.ledger import Run, Source
from models.statuses import RunStatus

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_status_is_stored_as_its_word_and_a_misspelt_one_refused(store_url: str, tmp_path: Path) -> None:
    if store_url.startswith("postgresql"):
        store = open_store(store_url, base=tmp_path)
    else:
        store = open_store("ingest.db", base=tmp_path)
    row = {"source_id": 1, "command": "run", "options": {}, "counts": {}, "reasons": [], "version": "1"}
    row |= {"started_at": NOW}
    with store.begin() as connection:
        source = insert(Source).values(name="acme", config={}, state={}, created_at=NOW).returning(Source.id)
        row["source_id"] = connection.execute(source).scalar_one()
        connection.execute(insert(Run).values(run_key="a", status=RunStatus.HELD, **row))
        assert connection.execute(text("SELECT status FROM run")).scalar_one() == "held"
        assert connection.execute(select(Run.status)).scalar_one() is RunStatus.HELD
        assert connection.execute(select(Run.run_key).where(Run.status == RunStatus.HELD)).scalar_one() == "a"
    with pytest.raises(StatementError, match="'hold' is not a valid RunStatus"), store.begin() as connection:
        connection.execute(insert(Run).values(run_key="b", status="hold", **row))
    store.close()
