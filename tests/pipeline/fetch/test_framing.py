"""Whatever the framing and the encoding, and however the bytes arrive: the whole content, or an error."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import random
import socket
import zlib
from collections.abc import Callable

import brotli
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import FetchError
from pipeline.fetch.connection import Connection
from pipeline.fetch.decoding import Damaged, Decoder, Unknown
from pipeline.fetch.exchange import Answer, Limits, TryState, exchange
from pipeline.fetch.pacing import Clock

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CONTENT = st.binary(min_size=1, max_size=400) | st.binary(min_size=1, max_size=9).map(lambda part: part * 500)
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "identity": lambda content: content,
    "gzip": lambda content: gzip.compress(content, mtime=0),
    "deflate": zlib.compress,
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip, br": lambda content: brotli.compress(gzip.compress(content, mtime=0), quality=1),
}


class Wire(httpx.AsyncBaseTransport):
    """Answers with bytes that were written beforehand, by way of a pair of sockets."""

    def __init__(self, writes: list[bytes]) -> None:
        self._writes = writes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours)
        _, answering = await asyncio.open_connection(sock=theirs)
        connection = Connection(reader, writer, "socket")

        async def send() -> None:
            for data in self._writes:
                answering.write(data)
                await asyncio.sleep(0)
            answering.close()

        sending = asyncio.ensure_future(send())
        try:
            head = await connection.ask(b"/", [(b"Host", b"a.test")], str(request.url))
        except BaseException:
            connection.drop()
            await sending
            raise

        class Body(httpx.AsyncByteStream):
            async def __aiter__(self):  # type: ignore[no-untyped-def]
                async for data in connection.body("http://a.test/"):
                    yield data

            async def aclose(self) -> None:
                connection.drop()
                await sending

        return httpx.Response(head.status, headers=list(head.headers), stream=Body())


def taken(writes: list[bytes]) -> Answer:
    async def main() -> Answer:
        request, this_try = httpx.Request("GET", "http://a.test/"), TryState("http://a.test/", 5)
        return await exchange(Wire(writes), request, this_try, Limits(max_bytes=100_000), Clock().now())

    return asyncio.run(main())


def outcome(writes: list[bytes]) -> Answer | str:
    """Return the answer, or the reason why there is none."""
    try:
        return taken(writes)
    except FetchError as error:
        return error.reason


def framed(body: bytes, encoding: str, sizes: list[int] | None) -> bytes:
    """Return a whole answer: with a length, or in chunks of these sizes."""
    head = HEAD + f"Content-Encoding: {encoding}\r\n".encode()
    if sizes is None:
        return head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    chunks, at = [], 0
    for size in [*sizes, len(body)]:
        if chunk := body[at : at + size]:
            chunks.append(f"{len(chunk):X}\r\n".encode() + chunk + b"\r\n")
        at += size
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(chunks) + b"0\r\n\r\n"


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in itertools.pairwise(places)]


SIZES = st.none() | st.lists(st.integers(1, 200), max_size=5)


@settings(max_examples=50)
@given(CONTENT, st.sampled_from(sorted(ENCODINGS)), SIZES, st.lists(st.integers(0, 10_000), max_size=4))
def test_a_whole_answer_is_taken_however_it_arrives(
    content: bytes, encoding: str, sizes: list[int] | None, cuts: list[int]
) -> None:
    data = framed(ENCODINGS[encoding](content), encoding, sizes)
    answer = taken(split(data, cuts))
    assert answer.content == content


@settings(max_examples=60)
@given(CONTENT, st.sampled_from(sorted(ENCODINGS)), SIZES, st.floats(0, 1, exclude_max=True))
def test_a_cut_answer_is_never_taken(content: bytes, encoding: str, sizes: list[int] | None, where: float) -> None:
    data = framed(ENCODINGS[encoding](content), encoding, sizes)
    reason = outcome([data[: int(where * len(data))]])
    assert isinstance(reason, str)
    assert reason.isprintable()


@settings(max_examples=60)
@given(CONTENT, st.sampled_from(sorted(set(ENCODINGS) - {"identity"})), st.floats(0, 1, exclude_max=True))
def test_a_cut_encoding_is_never_taken(content: bytes, encoding: str, where: float) -> None:
    body = ENCODINGS[encoding](content)
    decoder = Decoder(encoding)
    try:
        got = b"".join(decoder.feed(body[: int(where * len(body))]))
        decoder.finish()
    except Damaged:
        return
    assert got == b""  # nothing at all came: an empty body, which is refused later


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
@pytest.mark.parametrize("size", [65535, 65536, 65537, 200_000, 1 << 20])
def test_large_contents_are_decoded_whole(encoding: str, size: int) -> None:
    for content in (bytes(size), random.Random(size).randbytes(size), (b"forty families " * (size // 15 + 1))[:size]):
        body = ENCODINGS[encoding](content)
        for step in (997, 65536, 1 << 30):
            decoder = Decoder(encoding)
            pieces = [piece for at in range(0, len(body), step) for piece in decoder.feed(body[at : at + step])]
            decoder.finish()
            assert b"".join(pieces) == content
            assert encoding == "identity" or max(map(len, pieces)) < 2 << 16


@settings(max_examples=60)
@given(st.binary(max_size=600), st.lists(st.integers(0, 600), max_size=3))
def test_noise_is_refused_by_name(noise: bytes, cuts: list[int]) -> None:
    for writes in (split(noise, cuts), split(HEAD + noise, cuts), split(HEAD + b"\r\n" + noise, cuts)):
        answer = outcome(writes)
        assert answer.isprintable() if isinstance(answer, str) else answer.content


@settings(max_examples=50)
@given(
    st.text(max_size=40) | st.sampled_from(["gzip, gzip", "br,gzip", "GZIP", "x-gzip ,, br"]), st.binary(max_size=300)
)
def test_any_encoding_over_any_bytes_ends(encoding: str, data: bytes) -> None:
    reason = ""
    try:
        decoder = Decoder(encoding)
        assert all(len(piece) < 2 << 16 for piece in decoder.feed(data))
        decoder.finish()
    except (Damaged, Unknown) as error:
        reason = str(error)
    assert reason.isprintable()
