"""A clock that need not be waited for."""

from __future__ import annotations

import asyncio

from pipeline.fetch.pacing import Clock


class SwiftClock(Clock):
    """Sleeping moves the clock on and takes no time."""

    def __init__(self) -> None:
        self.slept = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        await asyncio.sleep(0)
