"""Three attacks, each first shown to succeed against plain httpx, then to fail against the client."""

from __future__ import annotations

import asyncio
import gzip
import socket
from ipaddress import ip_address
from typing import Any

import httpx
import pytest

from models.errors import FetchError, TemporaryFetchError
from pipeline.fetch.addresses import Resolver, forbidden
from pipeline.fetch.client import Client
from pipeline.fetch.transport import Transport
from scrapers.base import Request
from tests.hostile.client import settings
from tests.hostile.fault import DOCUMENT, HEALTHY
from tests.hostile.server import Server, Site, answer

REBINDING = "rebinding.test"
PUBLIC, INSIDE = "127.0.0.2", "127.0.0.1"
"""Two addresses of this machine: the first stands for a public one, and is therefore allowed; the second is not."""


class RebindingNames:
    """A name server that gives the public address to who checks and the internal one to who asks again."""

    def __init__(self) -> None:
        self.asked = 0
        self._real = socket.getaddrinfo

    def __call__(self, host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in (REBINDING, REBINDING.encode()):
            return self._real(host, port, *args, **kwargs)
        self.asked += 1
        return self._real(PUBLIC if self.asked == 1 else INSIDE, port, *args, **kwargs)


def test_rebinding_reaches_the_inside_with_httpx_and_not_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    site = f"{REBINDING}:%d"

    def checked_before(host: str, port: int) -> None:
        address = socket.getaddrinfo(host, port)[0][4][0]
        assert address == PUBLIC or forbidden(ip_address(address)) is None

    async def attack() -> None:
        async with Server({REBINDING: Site(paths={"/document": answer("<html>secret")})}) as inside:
            outside = Server({REBINDING: Site(paths={"/document": HEALTHY})}, address=PUBLIC, port=inside.port)
            async with outside:
                url = f"http://{site % inside.port}/document"
                monkeypatch.setattr(socket, "getaddrinfo", RebindingNames())
                checked_before(REBINDING, inside.port)
                async with httpx.AsyncClient(trust_env=False) as plain:
                    assert "secret" in (await plain.get(url)).text

                names = RebindingNames()
                monkeypatch.setattr(socket, "getaddrinfo", names)
                before = len(inside.asked(REBINDING))
                async with Client(settings(outside, allow_addresses=(PUBLIC,), resolve={})) as client:
                    fetched = await client.fetch(Request(url=url))
                    assert fetched.page is not None
                    assert fetched.page.content == DOCUMENT.encode()
                    assert fetched.remote_address == PUBLIC
                assert names.asked == 1  # one connection, for robots.txt and the page alike

                async with Client(settings(outside, allow_addresses=(PUBLIC,), resolve={})) as client:
                    with pytest.raises(FetchError, match=r"rebinding\.test \(127\.0\.0\.1\) is an internal address"):
                        await client.fetch(Request(url=url))
                assert len(inside.asked(REBINDING)) == before

    asyncio.run(attack())


def test_a_name_with_one_internal_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def both(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        return [*real(PUBLIC, port, *args, **kwargs), *real(INSIDE, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", both)

    async def attack() -> None:
        resolver = Resolver(allow=(PUBLIC,))
        try:
            with pytest.raises(FetchError, match="loopback"):
                await resolver.resolve(REBINDING, 80, "http://rebinding.test/")
        finally:
            resolver.close()

    asyncio.run(attack())


SMUGGLING = {
    "/robots.txt": answer("", status="404 Not Found"),
    "/first": HEALTHY + answer("<html>smuggled"),
    "/second": answer("<html>the true second document"),
}


def test_a_smuggled_answer_is_taken_by_httpx_and_not_by_us() -> None:
    async def attack() -> None:
        async with Server({"smuggling.test": Site(paths=SMUGGLING)}) as server:
            headers = {"Host": f"smuggling.test:{server.port}"}
            base = f"http://127.0.0.1:{server.port}"
            async with httpx.AsyncClient(trust_env=False, base_url=base, headers=headers) as plain:
                await plain.get("/first")
                assert (await plain.get("/second")).text == "<html>smuggled"

            # The same httpx client over our transport.
            resolver = Resolver(allow=("127.0.0.1",))
            async with httpx.AsyncClient(transport=Transport(resolver), base_url=base, headers=headers) as guarded:
                assert (await guarded.get("/first")).text == DOCUMENT
                assert (await guarded.get("/second")).text == "<html>the true second document"

            async with Client(settings(server)) as client:
                pages = [
                    (await client.fetch(Request(url=f"http://smuggling.test/{n}"))).page for n in ("first", "second")
                ]
                assert [page.content for page in pages if page] == [
                    DOCUMENT.encode(),
                    b"<html>the true second document",
                ]

    asyncio.run(attack())


def test_a_gzip_body_that_was_cut_is_whole_to_httpx_and_not_to_us() -> None:
    cut = gzip.compress(DOCUMENT.encode(), mtime=0)[:-40]

    async def attack() -> None:
        sites = {"cut.test": Site(paths={"/document": answer(cut, "Content-Encoding: gzip")})}
        async with Server(sites) as server:
            headers = {"Host": f"cut.test:{server.port}"}
            async with httpx.AsyncClient(trust_env=False, headers=headers) as plain:
                taken = await plain.get(f"http://127.0.0.1:{server.port}/document")
                assert taken.status_code == 200
                assert 0 < len(taken.text) < len(DOCUMENT)

            async with Client(settings(server, backoff_seconds=0.001)) as client:
                with pytest.raises(TemporaryFetchError, match="stops before its end"):
                    await client.fetch(Request(url="http://cut.test/document"))

    asyncio.run(attack())
