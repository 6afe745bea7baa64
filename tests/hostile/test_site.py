"""One run of the client over every fault at once, among hosts that are well."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Any

from tests.hostile.table import FAULTS
from tests.peak import begin, reached

HEALTHY_HOSTS, HEALTHY_DOCUMENTS = 4, 10
MOST_MEMORY_MB = 300


async def crawl() -> dict[str, object]:
    """Fetch every healthy document and every fault, all hosts side by side; return what came of it."""
    import time

    from models.errors import FetchError
    from pipeline.fetch.client import Client, HttpSettings
    from scrapers.base import Request
    from tests.hostile.client import AGENT
    from tests.hostile.fault import DOCUMENT, HEALTHY
    from tests.hostile.server import Server, Site

    faults = [fault for fault in FAULTS.values() if fault.stage in ("fetch", "robots")]
    healthy = {f"healthy-{n}.test": Site(paths={"*": HEALTHY}) for n in range(HEALTHY_HOSTS)}
    sites = {**healthy, **{fault.host: fault.site for fault in faults}}
    started, before = time.monotonic(), begin()
    at: list[float] = []
    wrong: list[str] = []
    connected: set[str] = set()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            address = arguments[1]
            connected.add(f"{address[0]}:{address[1]}")

    sys.addaudithook(watch)
    async with Server(sites) as server:
        settings = HttpSettings(
            user_agent=AGENT,
            delay_seconds=0.01,
            timeout_seconds=10,
            max_bytes=20_000_000,
            retries=1,
            backoff_seconds=0.01,
            resolve=server.resolve,
        )
        async with Client(settings) as client:

            async def documents(host: str) -> int:
                count = 0
                for number in range(HEALTHY_DOCUMENTS):
                    fetched = await client.fetch(Request(url=f"http://{host}/{number}"))
                    count += fetched.page is not None and fetched.page.content == DOCUMENT.encode()
                at.append(time.monotonic() - started)
                return count

            async def fault(name: str) -> None:
                row = FAULTS[name]
                try:
                    fetched = await client.fetch(Request(url=row.url))
                except FetchError as error:
                    if row.error is None or not isinstance(error, row.error) or row.reason not in error.reason:
                        wrong.append(f"{name}: {type(error).__name__}: {error.reason}")
                else:
                    if row.error is not None or fetched.page is None:
                        wrong.append(f"{name}: taken")

            counts = asyncio.gather(*(documents(host) for host in healthy))
            await asyncio.gather(*(fault(row.name) for row in faults))
            ended = time.monotonic() - started
            loaded = sum(await counts)
        return {
            "healthy": loaded,
            "healthy_first": max(at) < ended,
            "faults": len(faults),
            "wrong": wrong,
            "elsewhere": sorted(connected - {f"127.0.0.1:{server.port}"}),
            "memory_mb": reached() - before,
        }


def test_every_fault_at_once_among_hosts_that_are_well() -> None:
    script = "import asyncio, json; from tests.hostile.test_site import crawl; print(json.dumps(asyncio.run(crawl())))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found = json.loads(run.stdout)
    assert found["wrong"] == []
    assert found["healthy"] == HEALTHY_HOSTS * HEALTHY_DOCUMENTS
    assert found["faults"] >= 120
    assert found["elsewhere"] == []  # every connection of the process went to the server of the table
    assert found["memory_mb"] < MOST_MEMORY_MB
    assert found["healthy_first"], "a healthy host waited for those that hang"


if __name__ == "__main__":
    print(json.dumps(asyncio.run(crawl()), indent=1))
