"""When a listing is read whole, what it no longer lists, and when what failed is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from models.database.store import open_store
from models.web import Url
from pipeline.ledger import addresses, failures, runs
from scrapers.base import Link

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)


def test_a_listing_is_read_whole_after_a_week_or_when_the_clock_jumped() -> None:
    assert not addresses.is_stale(None, NOW)
    assert not addresses.is_stale((NOW - timedelta(days=6)).isoformat(), NOW)
    assert addresses.is_stale((NOW - timedelta(days=8)).isoformat(), NOW)
    assert addresses.is_stale((NOW + timedelta(days=1)).isoformat(), NOW)


def asked(folder: Path, known: int, missing: int) -> int:
    """Return how many addresses are asked for at once when that many known ones are missing from a whole listing."""
    store = open_store("x.db", base=folder)
    with store.begin() as connection:
        run = runs.start(connection, "acme", {}, "run", {}, NOW)
        links = [Link(url=f"https://acme.test/{number}") for number in range(known)]
        addresses.add_links(connection, run.source_id, links, "document", NOW - timedelta(days=9))
        connection.execute(update(Url).values(status="live", due_at=NOW + timedelta(days=9)))
        addresses.add_links(connection, run.source_id, links[missing:], "document", NOW)
        addresses.ask_unlisted(connection, run.source_id, NOW)
        due = list(connection.scalars(select(Url.url).where(Url.due_at <= NOW)))
    store.close()
    return len(due)


def test_what_a_whole_listing_lacks_is_asked_for(tmp_path: Path) -> None:
    assert asked(tmp_path, 50, 2) == 2


def test_a_broken_listing_asks_for_nothing(tmp_path: Path) -> None:
    assert asked(tmp_path, 200, 150) == 0


def test_what_failed_is_tried_ever_more_seldom_and_then_no_more() -> None:
    waits = [failures.next_retry(NOW, attempts, None) for attempts in range(1, failures.MAX_ATTEMPTS + 1)]
    assert [wait - NOW for wait in waits[:3] if wait] == [timedelta(hours=hours) for hours in (1, 2, 4)]
    assert waits[-1] is None
    assert failures.next_retry(NOW, 1, 86_400.0) == NOW + timedelta(days=1)
