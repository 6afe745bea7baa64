"""The addresses of a source: what a listing changes of them, and which are to be asked for now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Row, insert, select, update

from models.ledger import Forgotten
from models.web import Staged, Url
from pipeline.ledger import runs
from pipeline.ledger.addresses import (
    ROWS_AT_ONCE,
    add_links,
    answered,
    ask_again,
    due,
    due_by_host,
    files_due,
    not_ahead,
    requests,
    shares,
)
from pipeline.ledger.runs import Started
from scrapers.base import Found, Link
from scrapers.values.addresses import identity
from tests.made import new_store

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE, TWO = "https://acme.test/1", "https://acme.test/2"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    store = new_store(tmp_path / "x.db")
    with store.begin() as connection:
        yield connection
    store.close()


@pytest.fixture
def run(connection: Connection) -> Started:
    return runs.start(connection, "acme", {}, "run", {}, NOW)


def test_more_links_than_are_written_at_once(connection: Connection, run: Started) -> None:
    numbers = [*range(ROWS_AT_ONCE, -1, -1), *range(ROWS_AT_ONCE, 2 * ROWS_AT_ONCE), 3]
    links = [Link(url=f"https://acme.test/{number:04}", modified=str(2000 + at)) for at, number in enumerate(numbers)]
    add_links(connection, run.source_id, [*links, Link(url="mailto:ann@acme.test")], "document", NOW)
    held = connection.execute(select(Url.url, Url.modified).order_by(Url.id)).all()
    assert [row.url for row in held] == [f"https://acme.test/{number:04}" for number in range(2 * ROWS_AT_ONCE)]
    assert held[3].modified == links[-1].modified  # of two links to one address, the last says when it changed


def known(connection: Connection, run: Started, url: str = ONE, **values: Any) -> int:
    """Add an address that was listed nine days ago, answered, and is not due; return its id."""
    add_links(connection, run.source_id, [Link(url=url)], "document", NOW - 9 * DAY)
    row = {"status": "live", "requested_at": NOW - 9 * DAY, "due_at": NOW + 9 * DAY, **values}
    connection.execute(update(Url).where(Url.url == url).values(**row))
    return connection.execute(select(Url.id).where(Url.url == url)).scalar_one()


def stored(connection: Connection, url: str = ONE) -> Row[Any]:
    return connection.execute(select(Url.__table__).where(Url.url == url)).one()


def asked(connection: Connection, run: Started, *, full: bool = False) -> list[str]:
    return [one.request.url for one in due(connection, run, NOW, full=full)]


def test_a_new_address_is_due_once_whatever_it_is_written_like(connection: Connection, run: Started) -> None:
    links = [
        Link(url=url) for url in (ONE, f"{ONE}#top", "HTTPS://ACME.test/1?utm_source=x", "mailto:a@acme.test", TWO)
    ]
    add_links(connection, run.source_id, links, "document", NOW)
    assert asked(connection, run) == [ONE, TWO]
    assert (stored(connection).status, stored(connection).listed_at) == ("new", NOW)


def test_a_known_address_keeps_its_history_and_learns_what_is_said_now(connection: Connection, run: Started) -> None:
    known(connection, run, etag='"1"', attempts=3)
    title: Found[object] = Found(value="Wells", raw="Wells", origin="feed:title")
    add_links(connection, run.source_id, [Link(url=ONE, claims={"title": title})], "document", NOW)
    row = stored(connection)
    assert (row.status, row.etag, row.attempts, row.first_seen_at) == ("live", '"1"', 3, NOW - 9 * DAY)
    assert row.listed_at == NOW
    assert row.claims["title"]["value"] == "Wells"
    assert asked(connection, run) == []


@pytest.mark.parametrize(
    ("before", "says", "is_due"),
    [
        (None, "2026-04-30", True),
        ("2026-04-29", "2026-04-30", True),
        ("2026-04-30", "2026-04-30", False),
        ("2026-04-30", "2026-04-29", False),
        ("2026-04-30", None, False),
    ],
)
def test_what_the_mechanism_says_changed_is_due_at_once(
    connection: Connection, run: Started, before: str | None, says: str | None, is_due: bool
) -> None:
    known(connection, run, modified=before)
    add_links(connection, run.source_id, [Link(url=ONE, modified=says)], "document", NOW)
    assert bool(asked(connection, run)) == is_due


@pytest.mark.parametrize(("expect", "listed"), [("file", True), ("document", False)])
def test_what_is_not_of_the_listing_tells_nothing_of_a_known_address(
    connection: Connection, run: Started, expect: str, listed: bool
) -> None:
    known(connection, run)
    link = Link(url=ONE, modified="2026-04-30")
    add_links(connection, run.source_id, [link], expect, NOW, listed=listed)
    assert (stored(connection).modified, stored(connection).listed_at) == (None, NOW - 9 * DAY)
    assert asked(connection, run) == []


DUE: dict[str, tuple[dict[str, Any], bool, bool]] = {
    # the address, is it asked for, is it with --full
    "due": ({"due_at": NOW}, True, True),
    "not yet due": ({"due_at": NOW + HOUR}, False, True),
    "never again, but with --full": ({"due_at": None}, False, True),
    "asked for by this very run": ({"due_at": NOW, "requested_at": NOW}, False, False),
    "asked for by a clock far ahead": ({"due_at": NOW + 99 * DAY, "requested_at": NOW + 98 * DAY}, True, True),
    "asked for by a clock a little ahead": ({"due_at": NOW, "requested_at": NOW + HOUR / 2}, False, False),
}


@pytest.mark.parametrize(("values", "ordinary", "full"), DUE.values(), ids=list(DUE))
def test_what_is_asked_for_now(
    connection: Connection, run: Started, values: dict[str, Any], ordinary: bool, full: bool
) -> None:
    known(connection, run, **values)
    assert (bool(asked(connection, run)), bool(asked(connection, run, full=True))) == (ordinary, full)


def test_what_an_interrupted_run_has_asked_for_is_not_asked_for_by_the_next(
    connection: Connection, run: Started
) -> None:
    known(connection, run, due_at=NOW, requested_at=NOW)
    known(connection, run, TWO, due_at=NOW)
    resumed = runs.start(connection, "acme", {}, "run", {}, NOW + HOUR)
    assert [one.request.url for one in due(connection, resumed, NOW + HOUR, full=True)] == [TWO]


@pytest.mark.parametrize(("age", "is_due"), [(HOUR, False), (19 * HOUR, False), (21 * HOUR, True)])
def test_what_is_held_back_is_asked_for_again_a_day_later(
    connection: Connection, run: Started, age: timedelta, is_due: bool
) -> None:
    url_id = known(connection, run, due_at=NOW)
    connection.execute(
        insert(Staged).values(
            run_id=run.run_id, url_id=url_id, outcome="document", reading={}, reader_version="1", staged_at=NOW - age
        )
    )
    assert bool(asked(connection, run)) == is_due


def test_what_was_taken_down_on_request_is_refused_even_with_full(connection: Connection, run: Started) -> None:
    known(connection, run, due_at=NOW)
    connection.execute(
        insert(Forgotten).values(identity=identity(ONE), url=ONE, reason="asked by the author", forgotten_at=NOW)
    )
    assert asked(connection, run, full=True) == []


@pytest.mark.parametrize(("conditional", "etag"), [(True, '"1"'), (False, None)])
def test_validators_are_sent_where_an_unchanged_answer_will_do(
    connection: Connection, run: Started, conditional: bool, etag: str | None
) -> None:
    known(connection, run, due_at=NOW, etag='"1"', last_modified="Fri, 01 May 2026 04:00:00 GMT")
    (one,) = due(connection, run, NOW, full=False, conditional=conditional)
    assert one.request.etag == etag
    assert bool(one.request.last_modified) == conditional


def test_another_source_s_addresses_are_left_alone(connection: Connection, run: Started) -> None:
    other = runs.start(connection, "other", {}, "run", {}, NOW)
    known(connection, other, due_at=NOW)
    ask_again(connection, run.source_id, [ONE], NOW - DAY)
    assert asked(connection, run, full=True) == []
    assert stored(connection).due_at == NOW


@pytest.mark.parametrize(("status", "is_due"), [("live", True), ("gone", False), ("new", False)])
def test_what_the_mechanism_calls_gone_is_asked_itself(
    connection: Connection, run: Started, status: str, is_due: bool
) -> None:
    known(connection, run, status=status)
    ask_again(connection, run.source_id, [f"{ONE}?utm_source=mail"], NOW)
    assert (stored(connection).due_at == NOW) == is_due


def test_files_of_a_page_are_asked_for_once(connection: Connection, run: Started) -> None:
    files = [f"https://acme.test/{name}.pdf" for name in "abc"]
    add_links(connection, run.source_id, [Link(url=url) for url in files], "file", NOW)
    connection.execute(update(Url).where(Url.url == files[1]).values(status="live"))
    wanted = files_due(connection, run, [*files[::-1], "mailto:a@acme.test", TWO])
    assert [(one.request.url, one.request.expect) for one in wanted] == [(files[0], "file"), (files[2], "file")]


def test_an_address_counts_as_known_once_it_was_answered(connection: Connection, run: Started) -> None:
    known(connection, run)
    add_links(connection, run.source_id, [Link(url=TWO)], "document", NOW)
    assert answered(connection, [identity(ONE), identity(TWO), "acme.test/3"]) == {identity(ONE)}


@pytest.mark.parametrize(
    ("ahead", "kept"), [(-DAY, True), (timedelta(), True), (HOUR / 2, True), (2 * HOUR, False), (999 * DAY, False)]
)
def test_a_moment_ahead_of_us_is_of_a_clock_that_went_wrong(ahead: timedelta, kept: bool) -> None:
    moment = (NOW + ahead).isoformat()
    assert not_ahead(moment, NOW) == (moment if kept else None)
    assert not_ahead(None, NOW) is None


def test_parts_hold_each_address_once_and_a_share_of_every_host() -> None:
    hosts = {"large.test": range(100), "small.test": range(100, 110)}
    parts = list(shares(hosts, 22))
    assert sorted(key for part in parts for key in part) == list(range(110))
    assert [len(part) for part in parts] == [22] * 5
    assert all(any(key >= 100 for key in part) for part in parts)
    assert list(shares({}, 22)) == []


def test_a_file_that_was_fetched_meanwhile_is_not_asked_for_again(connection: Connection, run: Started) -> None:
    known(connection, run, due_at=NOW)
    (ids,) = due_by_host(connection, run, NOW, full=False).values()
    assert len(requests(connection, run, ids)) == 1
    connection.execute(update(Url).values(requested_at=NOW + timedelta(minutes=1)))
    assert requests(connection, run, ids) == []


def test_a_limit_takes_the_first_addresses(connection: Connection, run: Started) -> None:
    add_links(connection, run.source_id, [Link(url=url) for url in (TWO, ONE)], "document", NOW)
    (ids,) = due_by_host(connection, run, NOW, full=False, limit=1).values()
    assert [one.request.url for one in requests(connection, run, ids)] == [min(ONE, TWO)]
