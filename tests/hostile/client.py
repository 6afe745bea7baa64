"""A client with small limits and a clock that need not be waited for."""

from __future__ import annotations

import asyncio
from typing import Any

from pipeline.fetch.client import HttpSettings
from pipeline.fetch.pacing import Clock
from tests.hostile.server import Server

AGENT = "resource-centre-ingest/0.1 (+https://example.org/contact)"


class SwiftClock(Clock):
    """Sleeping moves the clock on and takes no time."""

    def __init__(self) -> None:
        self.slept = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        await asyncio.sleep(0)


def settings(server: Server, **more: Any) -> HttpSettings:
    given: dict[str, Any] = {
        "user_agent": AGENT,
        "delay_seconds": 0,
        "timeout_seconds": 0.6,
        "max_bytes": 1_000_000,
        "retries": 1,
        "resolve": server.resolve,
    }
    return HttpSettings(**{**given, **more})
