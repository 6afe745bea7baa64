"""Cookies go back to the site that set them, for the time of a run, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from models.errors import FetchError
from pipeline.fetch.client import Client, SourceHttp
from pipeline.fetch.cookies import MOST, CookieJar
from scrapers.base import Request
from tests.hostile.client import SwiftClock
from tests.hostile.fault import HEALTHY
from tests.hostile.server import Answer, Server, answer
from tests.pipeline.fetch.test_client import run

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOME = "https://www.acme.co.uk/library/index"


def sent(cookie: str, to: str, since: timedelta = timedelta()) -> str | None:
    """Return the header that a request bears after HOME has set a cookie."""
    jar = CookieJar()
    jar.take(httpx.URL(HOME), [cookie], NOW)
    return jar.header(httpx.URL(to), NOW + since)


@pytest.mark.parametrize(
    ("cookie", "to", "header"),
    [
        ("a=1", HOME, "a=1"),
        ("a=1", "https://www.acme.co.uk/library/other", "a=1"),
        ("a=1", "https://www.acme.co.uk/elsewhere", None),
        ("a=1; Path=/", "https://www.acme.co.uk/elsewhere", "a=1"),
        ("a=1; Path=/lib", "https://www.acme.co.uk/library/index", None),
        ("a=1; Path=/", "https://files.acme.co.uk/", None),
        ("a=1; Path=/; Domain=acme.co.uk", "https://files.acme.co.uk/", "a=1"),
        ("a=1; Path=/; Domain=.acme.co.uk", "https://www.acme.co.uk/", "a=1"),
        ("a=1; Path=/; Domain=co.uk", "https://www.other.co.uk/", None),
        ("a=1; Path=/; Domain=uk", "https://www.acme.co.uk/", None),
        ("a=1; Path=/; Domain=files.acme.co.uk", "https://files.acme.co.uk/", None),
        ("a=1; Path=/; Domain=other.org", "https://other.org/", None),
        ("a=1; Path=/; Domain=me.co.uk", "https://acme.co.uk/", None),
        ("a=1; Path=/; Secure", "http://www.acme.co.uk/", None),
        ("a=1; Path=/; Secure", "https://www.acme.co.uk/", "a=1"),
        ("a=1; Path=/; Max-Age=0", HOME, None),
        ("a=1; Path=/; Expires=Thu, 01 Jan 2020 00:00:00 GMT", HOME, None),
        ("a=1; Path=/; Expires=Fri, 01-Jan-2027 00:00:00 GMT", HOME, "a=1"),
        ("=1; Path=/", HOME, None),
        ("a b=1; Path=/", HOME, None),
        ("a=1\r\nX: y; Path=/", HOME, None),
        (f"a={'x' * 5000}; Path=/", HOME, None),
        ('a="quoted"; Path=/', HOME, "a=quoted"),
    ],
)
def test_where_a_cookie_goes(cookie: str, to: str, header: str | None) -> None:
    assert sent(cookie, to) == header


def test_a_cookie_ends_at_its_time_and_is_replaced_and_removed() -> None:
    assert sent("a=1; Path=/; Max-Age=60", HOME, timedelta(seconds=59)) == "a=1"
    assert sent("a=1; Path=/; Max-Age=60", HOME, timedelta(seconds=61)) is None
    jar = CookieJar()
    jar.take(httpx.URL(HOME), ["a=1; Path=/", "a=2; Path=/", "b=3; Path=/library"], NOW)
    assert jar.header(httpx.URL(HOME), NOW) == "b=3; a=2"
    jar.take(httpx.URL(HOME), ["a=gone; Path=/; Max-Age=-1"], NOW)
    assert jar.header(httpx.URL(HOME), NOW) == "b=3"


def test_a_jar_is_bounded() -> None:
    jar = CookieJar()
    jar.take(httpx.URL(HOME), [f"n{number}=1; Path=/" for number in range(2 * MOST)], NOW)
    assert len((jar.header(httpx.URL(HOME), NOW) or "").split("; ")) == MOST


CIRCLE: list[Answer] = [answer("", "Location: /document", "Set-Cookie: seen=yes; Path=/", status="302 Found"), HEALTHY]


def test_a_redirect_that_only_sets_a_cookie_is_no_circle() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://a.test/document"))
        assert fetched.status == 200
        assert b"Cookie: seen=yes" in server.seen["a.test"].heads[-1]
        assert dict(fetched.request_headers).get("Cookie") in (None, "***")

    run(work, {"a.test": {"/document": CIRCLE}})


def test_a_circle_that_sets_the_same_cookie_ends() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        with pytest.raises(FetchError, match="circle"):
            await client.fetch(Request(url="http://a.test/document"))
        assert len(server.asked("a.test")) <= 4

    run(work, {"a.test": {"/document": CIRCLE[0]}})


def test_a_source_keeps_its_cookies_and_no_other_source_has_them() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        own = SourceHttp()
        await client.fetch(Request(url="http://a.test/start"), overrides=own)
        for url, overrides in (("http://a.test/1", own), ("http://a.test/2", SourceHttp()), ("http://b.test/3", own)):
            await client.fetch(Request(url=url), overrides=overrides)
        heads = [*server.seen["a.test"].heads[2:], server.seen["b.test"].heads[-1]]
        assert [b"Cookie: s=1" in head for head in heads] == [True, False, False]

    sets = answer("<p>Hello</p>", "Set-Cookie: s=1; Path=/")
    run(work, {"a.test": {"/start": sets, "*": HEALTHY}, "b.test": {"*": HEALTHY}})
