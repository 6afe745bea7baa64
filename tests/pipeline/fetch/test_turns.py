"""Turns of hosts among processes that share a store: one that was stopped sends nothing, and ends no other's turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models import leases
from models.database.store import Store, open_store
from models.ledger import Lease
from pipeline.fetch.turns import SharedTurns

HOST = "acme.test"


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    store = open_store(postgres_url, base=Path())
    yield store
    store.close()


def rests_until(store: Store) -> datetime | None:
    with store.read() as connection:
        return connection.execute(select(Lease.not_before).where(Lease.name == f"host:{HOST}")).scalar_one()


def let_the_turn_end(store: Store) -> None:
    """Have the host's turn end, as if its holder had been silent for longer than a request may last."""
    with store.begin() as connection:
        connection.execute(update(Lease).values(not_before=leases.now(connection)))


def test_a_turn_that_ended_in_between_is_not_another_processs_to_end(store: Store) -> None:
    """As where a process is stopped during its request: its end would have let a third request in beside the second."""

    async def both() -> tuple[datetime | None, datetime | None]:
        one, other = SharedTurns(store, 60), SharedTurns(store, 60)
        async with one.turn(HOST, 0):
            let_the_turn_end(store)
            held = other.turn(HOST, 0)
            await held.__aenter__()
            begun = rests_until(store)
        after = rests_until(store)
        await held.__aexit__(None, None, None)
        return begun, after

    begun, after = asyncio.run(both())
    assert begun == after


def test_a_turn_that_came_long_ago_is_not_used(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a process is stopped between the answer of the database and its request."""
    turns, granted = SharedTurns(store, 1.0), []
    take = turns._take

    def slowly(name: str) -> leases.Turn | float:
        turn = take(name)
        granted.append(turn)
        if len(granted) == 1:
            time.sleep(0.2)
        return turn

    monkeypatch.setattr(turns, "_take", slowly)

    async def once() -> None:
        async with turns.turn(HOST, 0):
            pass

    asyncio.run(once())
    assert len([turn for turn in granted if isinstance(turn, leases.Turn)]) == 2


def test_the_next_turn_comes_after_the_delay_or_the_pause(store: Store) -> None:
    async def asked() -> list[float]:
        turns, waits = SharedTurns(store, 60), []
        async with turns.turn(HOST, 30):
            pass
        waits.append(turns._take(HOST))
        await turns.pause(HOST, 300)
        waits.append(turns._take(HOST))
        await turns.pause(HOST, 1)
        waits.append(turns._take(HOST))
        return [wait for wait in waits if isinstance(wait, float)]

    after_delay, after_pause, still = asyncio.run(asked())
    assert 20 < after_delay <= 30
    assert 200 < still <= after_pause <= 300
