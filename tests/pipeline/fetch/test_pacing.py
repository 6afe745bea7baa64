"""When a host may be asked, by a clock that the test moves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.fetch.pacing import Clock, Pacing

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class Watch(Clock):
    """A clock that goes as far as it is waited for, and no further."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.passed += seconds
        await asyncio.sleep(0)


async def ask(pacing: Pacing, watch: Watch, host: str, delay: float, takes: float = 0.0) -> float:
    """Ask a host once; return when its turn came."""
    async with pacing.turn(host, delay):
        began = watch.passed
        watch.passed += takes
        return began


def test_the_delay_counts_from_the_end_of_an_answer() -> None:
    async def go() -> list[float]:
        watch = Watch()
        pacing = Pacing(1, watch)
        return [await ask(pacing, watch, "a.test", delay=2, takes=5) for _ in range(3)]

    assert asyncio.run(go()) == [0, 7, 14]


def test_a_host_waits_for_no_other() -> None:
    async def go() -> tuple[float, float]:
        watch = Watch()
        pacing = Pacing(1, watch)
        return await ask(pacing, watch, "a.test", delay=60), await ask(pacing, watch, "b.test", delay=60)

    assert asyncio.run(go()) == (0, 0)


@pytest.mark.parametrize(("delay", "pause", "next_at"), [(1, 30, 30), (30, 1, 30), (0, 0, 0)])
def test_the_longer_of_delay_and_pause_wins(delay: float, pause: float, next_at: float) -> None:
    async def go() -> float:
        watch = Watch()
        pacing = Pacing(1, watch)
        await ask(pacing, watch, "a.test", delay)
        await pacing.pause("a.test", pause)
        return await ask(pacing, watch, "a.test", delay)

    assert asyncio.run(go()) == next_at


def test_a_pause_that_was_asked_for_while_others_wait_holds_for_them_too() -> None:
    async def go() -> float:
        watch = Watch()
        pacing = Pacing(1, watch)
        async with pacing.turn("a.test", 0):
            waiting = asyncio.ensure_future(ask(pacing, watch, "a.test", 0))
            await asyncio.sleep(0)
            await pacing.pause("a.test", 90)
        return await waiting

    assert asyncio.run(go()) == 90


def test_an_answer_that_failed_counts_as_one() -> None:
    async def go() -> float:
        watch = Watch()
        pacing = Pacing(1, watch)
        with pytest.raises(ConnectionError):
            async with pacing.turn("a.test", 4):
                raise ConnectionError
        return await ask(pacing, watch, "a.test", 4)

    assert asyncio.run(go()) == 4


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_so_many_are_in_flight_at_most(at_once: int) -> None:
    async def go() -> int:
        pacing = Pacing(at_once, Watch())
        flying = most = 0

        async def one() -> None:
            nonlocal flying, most
            async with pacing.turn("a.test", 0):
                flying += 1
                most = max(most, flying)
                await asyncio.sleep(0)
                flying -= 1

        await asyncio.gather(*(one() for _ in range(12)))
        return most

    assert asyncio.run(go()) == at_once
