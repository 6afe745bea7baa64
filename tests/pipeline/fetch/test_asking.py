"""What a request may be beside a plain GET: a form, a condition that the server cannot take, an encoding."""

from __future__ import annotations

import pytest

from models.errors import FetchError
from pipeline.fetch.client import Client
from pipeline.fetch.decoding import Cut, Damaged, Decoder
from scrapers.base import Request
from tests.hostile.client import SwiftClock
from tests.hostile.fault import DOCUMENT, HEALTHY
from tests.hostile.server import Server, answer
from tests.pipeline.fetch.test_client import run

FORM = (("page", "2"), ("__VIEWSTATE", "a/b=="), ("q", "eau & été"))


def test_a_form_is_sent_by_post_with_its_length() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://a.test/list", form=FORM))
        assert fetched.status == 200
        await client.fetch(Request(url="http://a.test/after"))
        posted, after = server.seen["a.test"].heads[1:]
        assert posted.startswith(b"POST /list HTTP/1.1")
        assert posted.endswith(b"\r\n\r\npage=2&__VIEWSTATE=a%2Fb%3D%3D&q=eau+%26+%C3%A9t%C3%A9")
        assert b"Content-Type: application/x-www-form-urlencoded" in posted
        assert after.startswith(b"GET /after")

    run(work, {"a.test": {"*": HEALTHY}})


@pytest.mark.parametrize(("status", "method"), [("302 Found", b"GET"), ("303 See Other", b"GET"), ("307 T", b"POST")])
def test_a_form_is_sent_on_only_where_the_redirect_says_so(status: str, method: bytes) -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        await client.fetch(Request(url="http://a.test/list", form=FORM))
        assert server.seen["a.test"].heads[-1].startswith(method + b" /other")

    run(work, {"a.test": {"/list": answer("", "Location: /other", status=status), "/other": HEALTHY}})


def test_a_form_goes_to_no_other_site() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        with pytest.raises(FetchError, match="another site"):
            await client.fetch(Request(url="http://a.test/list", form=FORM))
        assert server.asked("b.test") == []

    away = answer("", "Location: http://b.test/", status="307 Temporary Redirect")
    run(work, {"a.test": {"/list": away}, "b.test": {"*": HEALTHY}})


@pytest.mark.parametrize("status", ["412 Precondition Failed", "500 Internal Server Error", "400 Bad Request"])
def test_a_condition_that_a_server_cannot_take_is_dropped(status: str) -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://a.test/document", etag='"x"'))
        assert fetched.page is not None
        assert fetched.page.content == DOCUMENT.encode()
        first, second = server.seen["a.test"].heads[1:]
        assert b"If-None-Match" in first
        assert b"If-None-Match" not in second

    run(work, {"a.test": {"/document": [answer("no", status=status), HEALTHY]}})


def test_a_request_without_a_condition_is_not_asked_again_for_it() -> None:
    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        with pytest.raises(FetchError, match="412"):
            await client.fetch(Request(url="http://a.test/document"))
        assert server.asked("a.test") == ["/robots.txt", "/document"]

    run(work, {"a.test": {"/document": answer("no", status="412 Precondition Failed")}})


def test_zstd_is_asked_for_and_undone() -> None:
    from backports import zstd

    async def work(client: Client, server: Server, clock: SwiftClock) -> None:
        fetched = await client.fetch(Request(url="http://a.test/document"))
        assert fetched.page is not None
        assert fetched.page.content == DOCUMENT.encode()
        assert b"zstd" in server.seen["a.test"].heads[1]

    packed = zstd.compress(DOCUMENT.encode())
    run(work, {"a.test": {"/document": answer(packed, "Content-Encoding: zstd")}})


def test_zstd_piece_by_piece_cut_damaged_and_without_end() -> None:
    from backports import zstd

    text = b"The mills of Tema. " * 50_000
    frames = zstd.compress(text[:400_000]) + zstd.compress(text[400_000:])
    decoder = Decoder("zstd")
    pieces = [piece for at in range(0, len(frames), 7) for piece in decoder.feed(frames[at : at + 7])]
    decoder.finish()
    assert b"".join(pieces) == text
    assert max(map(len, pieces)) <= 1 << 16
    cut = Decoder("zstd")
    list(cut.feed(frames[:-10]))
    with pytest.raises(Cut):
        cut.finish()
    with pytest.raises(Damaged):
        list(Decoder("zstd").feed(b"not zstd at all"))
