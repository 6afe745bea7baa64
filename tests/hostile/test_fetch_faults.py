"""Each fault of the table by itself, against the client."""

from __future__ import annotations

import asyncio

import pytest

from models.errors import FetchError, TemporaryFetchError
from pipeline.fetch.client import Client, Fetched
from scrapers.base import Request
from tests.hostile.client import SwiftClock, settings
from tests.hostile.fault import Fault
from tests.hostile.server import Server
from tests.hostile.table import FAULTS

BEFORE_READING = [fault for fault in FAULTS.values() if fault.stage in ("fetch", "robots")]


async def outcome(fault: Fault) -> tuple[Fetched | FetchError, Server]:
    async with Server({fault.host: fault.site}) as server:
        given = settings(server, timeout_seconds=fault.seconds)
        async with Client(given, clock=SwiftClock()) as client:
            try:
                return await client.fetch(Request(url=fault.url)), server
            except FetchError as error:
                return error, server


@pytest.mark.parametrize("fault", BEFORE_READING, ids=lambda fault: fault.name)
def test_fault_ends_as_the_table_says(fault: Fault) -> None:
    result, server = asyncio.run(outcome(fault))
    if fault.error is None:
        assert isinstance(result, Fetched), result
        assert result.page is not None
        assert b"<html" in result.page.content
    else:
        assert isinstance(result, FetchError), result
        assert isinstance(result, fault.error), (type(result), result)
        if fault.error is not TemporaryFetchError and fault.stage == "fetch":
            assert not isinstance(result, TemporaryFetchError), result
        assert fault.reason in result.reason, result.reason
        assert result.reason.isprintable()
        assert result.url == fault.url
    asked = server.asked(fault.host)
    assert asked[0] == "/robots.txt"
    assert not set(fault.not_asked) & set(asked)
    if fault.tries is not None:
        assert asked.count(fault.path) == fault.tries


def test_table_is_as_long_as_promised() -> None:
    assert len(FAULTS) >= 120
