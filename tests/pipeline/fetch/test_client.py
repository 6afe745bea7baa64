from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from models.errors import ExtractError, FetchError, Forbidden, Gone, TemporaryFetchError
from pipeline.fetch.client import Client, Fetched, HttpSettings, SourceHttp
from pipeline.fetch.robots_txt import Robots
from scrapers.base import Request
from tests.hostile.client import AGENT, SwiftClock, settings
from tests.hostile.fault import DOCUMENT, HEALTHY
from tests.hostile.server import Answer, Server, Site, Wait, answer


def about(seconds: float) -> object:
    return pytest.approx(seconds, abs=0.5)


def run(
    work: Callable[[Client, Server, SwiftClock], Awaitable[None]],
    sites: dict[str, dict[str, Answer | list[Answer]]],
    read_robots: Callable[[bytes], Awaitable[Robots]] | None = None,
    **more: object,
) -> None:
    async def main() -> None:
        clock = SwiftClock()
        async with (
            Server({name: Site(paths=paths) for name, paths in sites.items()}) as server,
            Client(settings(server, **more), read_robots=read_robots, clock=clock) as client,
        ):
            await work(client, server, clock)

    asyncio.run(main())


def test_a_page_is_what_came() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://a.test/old#part"))
        page = fetched.page
        assert page is not None
        assert (page.url, page.final_url) == ("http://a.test/old#part", "http://a.test/new")
        assert page.redirects == ("http://a.test/between",)
        assert (page.status, page.media_type, page.content) == (200, "text/html", DOCUMENT.encode())
        assert page.header("content-type") == "text/html; charset=utf-8"
        assert page.retrieved_at.tzinfo is not None
        assert fetched.remote_address == "127.0.0.1"
        assert [(attempt.number, attempt.status, attempt.error) for attempt in fetched.attempts] == [(1, 200, None)]
        assert dict(fetched.request_headers)["User-Agent"] == AGENT
        assert server.asked("a.test") == ["/robots.txt", "/old", "/between", "/new"]
        assert server.seen["a.test"].connections == 1

    found: dict[str, Answer | list[Answer]] = {
        "/old": answer("", "Location: /between", status="301 Moved"),
        "/between": answer("moved", "Location: http://a.test/new", status="302 Found"),
        "/new": HEALTHY,
    }
    run(work, {"a.test": found})


def test_what_has_not_changed_is_not_sent_again() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        url = "http://a.test/document"
        fetched = await client.fetch(Request(url=url, etag='"1"', last_modified="Sun, 01 Mar 2026 00:00:00 GMT"))
        assert (fetched.page, fetched.not_modified, fetched.status) == (None, True, 304)
        assert (
            b'If-None-Match: "1"\r\nIf-Modified-Since: Sun, 01 Mar 2026 00:00:00 GMT\r\n'
            in server.seen["a.test"].heads[1]
        )
        with pytest.raises(FetchError, match="no condition"):
            await client.fetch(Request(url=url))

    run(work, {"a.test": {"/document": b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'}})


def test_a_large_body_comes_whole() -> None:
    content = os.urandom(3_000_000)

    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://a.test/large"))
        assert fetched.page is not None
        assert fetched.page.content == content

    run(work, {"a.test": {"/large": answer(content)}}, max_bytes=3_000_000, timeout_seconds=20)


def test_a_host_is_asked_at_its_pace() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        await client.fetch(Request(url="http://a.test/1"))
        assert clock.slept == about(2)  # between robots.txt and the page
        await client.fetch(Request(url="http://a.test/2"))
        assert clock.slept == about(4)
        await client.fetch(Request(url="http://a.test/3"), overrides=SourceHttp(delay_seconds=5))
        await client.fetch(Request(url="http://a.test/4"), overrides=SourceHttp(delay_seconds=5))
        assert clock.slept == about(11)
        await client.fetch(Request(url="http://slow.test/1"))
        await client.fetch(Request(url="http://slow.test/2"))
        assert clock.slept == about(11 + 2 + 30)

    robots = answer("User-agent: *\nCrawl-delay: 30", kind="text/plain")
    run(work, {"a.test": {"*": HEALTHY}, "slow.test": {"/robots.txt": robots, "*": HEALTHY}}, delay_seconds=2)


@pytest.mark.parametrize("at_once", [1, 3])
def test_so_many_requests_are_in_flight_for_one_host(at_once: int) -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        await asyncio.gather(*(client.fetch(Request(url=f"http://a.test/{n}")) for n in range(6)))
        assert server.seen["a.test"].at_once == at_once
        assert server.asked("a.test").count("/robots.txt") == 1

    run(work, {"a.test": {"*": (Wait(0.01), HEALTHY)}}, requests_per_host=at_once)


def test_no_host_waits_for_another() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        stuck = [asyncio.ensure_future(client.fetch(Request(url=f"http://{n}.stuck.test/"))) for n in range(20)]
        await asyncio.sleep(0.05)
        for n in range(20):
            await client.fetch(Request(url=f"http://a.test/{n}"))
        assert not any(task.done() for task in stuck)
        results = await asyncio.gather(*stuck, return_exceptions=True)
        assert all(isinstance(result, TemporaryFetchError) for result in results)

    stuck: dict[str, dict[str, Answer | list[Answer]]] = {f"{n}.stuck.test": {"*": (Wait(60),)} for n in range(20)}
    run(work, {"a.test": {"*": HEALTHY}, **stuck}, retries=0)


def test_retry_after_pauses_the_host() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://a.test/document"))
        assert clock.slept == about(90)
        assert [attempt.status for attempt in fetched.attempts] == [429, 200]
        assert fetched.attempts[0].error == "the answer is 429 Too Many Requests"

    busy = answer("", "Retry-After: 90", status="429 Too Many Requests")
    run(work, {"a.test": {"/document": [busy, HEALTHY]}})


def test_a_long_retry_after_is_for_a_later_run() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        with pytest.raises(TemporaryFetchError) as raised:
            await client.fetch(Request(url="http://a.test/document"))
        assert raised.value.retry_after == 86400
        assert len(raised.value.attempts) == 1
        assert clock.slept == 0

    run(work, {"a.test": {"/document": answer("", "Retry-After: 86400", status="503 Busy")}})


def test_tries_are_bounded_and_told() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        with pytest.raises(TemporaryFetchError) as raised:
            await client.fetch(Request(url="http://a.test/document"))
        assert [attempt.number for attempt in raised.value.attempts] == [1, 2, 3, 4]
        assert 0.5 + 1 + 2 <= clock.slept <= 1 + 2 + 4
        with pytest.raises(Gone) as gone:
            await client.fetch(Request(url="http://a.test/gone"))
        assert (gone.value.status, len(gone.value.attempts)) == (404, 1)

    run(work, {"a.test": {"/document": answer("", status="502 Bad Gateway")}}, retries=3)


SECRET = SourceHttp(headers={"Authorization": "Bearer hunter2", "X-Api-Key": "k"}, origins=("http://own.test/start",))


def test_a_sources_headers_go_to_its_own_origin_alone() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://own.test/document"), overrides=SECRET)
        assert b"Bearer hunter2" in server.seen["own.test"].heads[1]
        assert dict(fetched.request_headers)["Authorization"] == "***"
        assert dict(fetched.request_headers)["X-Api-Key"] == "***"
        await client.fetch(Request(url="http://own.test/away"), overrides=SECRET)
        await client.fetch(Request(url="http://other.test/direct"), overrides=SECRET)
        assert server.asked("other.test") == ["/robots.txt", "/", "/direct"]
        assert not any(b"hunter2" in head or b"X-Api-Key" in head for head in server.seen["other.test"].heads)
        assert b"hunter2" not in server.seen["own.test"].heads[0]  # robots.txt is everybody's

    away = answer("", "Location: http://other.test/", status="302 Found")
    run(work, {"own.test": {"/document": HEALTHY, "/away": away}, "other.test": {"*": HEALTHY}})


def test_credentials_of_an_address_are_neither_sent_nor_shown() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://user:hunter2@a.test/document"))
        assert fetched.final_url == "http://a.test/document"
        assert not any(b"uthorization" in head for head in server.seen["a.test"].heads)
        with pytest.raises(FetchError) as raised:
            await client.fetch(Request(url="http://a.test/in"))
        assert "hunter2" not in raised.value.reason

    circle = answer("", "Location: http://u:hunter2@a.test/in?token=hunter2", status="302 Found")
    run(work, {"a.test": {"/document": HEALTHY, "/in": circle, "/in?token=hunter2": circle}})


def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine a.test login user password hunter2\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        await client.fetch(Request(url="http://a.test/document"))
        await client.fetch(Request(url="http://a.test/again"))
        assert not any(b"uthorization" in head or b"Cookie" in head for head in server.seen["a.test"].heads)

    run(work, {"a.test": {"*": answer(DOCUMENT, "Set-Cookie: session=1; Path=/")}})


def test_robots_may_be_passed_over_but_not_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        with pytest.raises(Forbidden):
            await client.fetch(Request(url="http://a.test/document"))
        with caplog.at_level(logging.WARNING):
            await client.fetch(Request(url="http://a.test/document"), overrides=SourceHttp(robots=False))
            await client.fetch(Request(url="http://a.test/document"), overrides=SourceHttp(robots=False))
        assert [record.message for record in caplog.records] == [
            "robots.txt of a.test is not read: the configuration says so"
        ]

    run(work, {"a.test": {"/robots.txt": answer("User-agent: *\nDisallow: /"), "/document": HEALTHY}})


def test_a_robots_txt_that_kills_its_reader_is_a_failure_of_the_host_alone() -> None:
    async def read(content: bytes) -> Robots:
        if b"poison" in content:
            raise ExtractError("robots.txt", "the process that read it ended")
        return Robots()

    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        with pytest.raises(FetchError, match="the process that read it ended"):
            await client.fetch(Request(url="http://bad.test/document"))
        await client.fetch(Request(url="http://good.test/document"))
        assert "/document" not in server.asked("bad.test")

    bad = answer("User-agent: poison")
    run(work, {"bad.test": {"/robots.txt": bad, "*": HEALTHY}, "good.test": {"*": HEALTHY}}, read_robots=read)


def test_an_unreadable_robots_txt_is_asked_for_again_later() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        for _ in range(3):
            with pytest.raises(TemporaryFetchError, match=r"robots\.txt of a\.test cannot be read"):
                await client.fetch(Request(url="http://a.test/document"))
        assert server.asked("a.test") == ["/robots.txt"]
        clock.slept += 301
        await client.fetch(Request(url="http://a.test/document"))

    run(work, {"a.test": {"/robots.txt": [answer("", status="503 Busy"), answer("")], "/document": HEALTHY}}, retries=0)


def test_sitemaps_are_those_of_robots_txt() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        assert await client.sitemaps("http://a.test/any/page") == ("http://a.test/map.xml",)

    run(work, {"a.test": {"/robots.txt": answer("Sitemap: http://a.test/map.xml")}})


def test_bytes_after_an_answer_cost_the_connection() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        for path in ("1", "2", "surplus", "3", "4"):
            await client.fetch(Request(url=f"http://a.test/{path}"))
        assert server.seen["a.test"].connections == 2

    run(work, {"a.test": {"*": HEALTHY, "/surplus": HEALTHY + b"x"}})


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:1/", "127.0.0.1 is an internal address (loopback) and is not fetched"),
        ("http://no-such-name.invalid/", "'no-such-name.invalid'"),
        ("http://refused.test/", "refuses the connection"),
        ("mailto:someone@example.org", "only http and https addresses are fetched, not 'mailto'"),
        ("/relative", "only http and https addresses are fetched, not '/relative'"),
        ("http://", "is no address that can be fetched"),
        ("http://a.test:0/", "is no address that can be fetched"),
        (f"http://{'a' * 64}.test/", "no"),
    ],
)
def test_what_cannot_be_reached_is_named(url: str, reason: str) -> None:
    async def main() -> Fetched:
        given = HttpSettings(user_agent=AGENT, delay_seconds=0, retries=0, resolve={"refused.test": "127.0.0.1:1"})
        async with Client(given, clock=SwiftClock()) as client:
            return await client.fetch(Request(url=url))

    with pytest.raises(FetchError) as raised:
        asyncio.run(main())
    assert reason in raised.value.reason
