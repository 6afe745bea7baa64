"""One request and its answer: a deadline over both, the body decoded piece by piece to its end, its size limited."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

import httpx

from models.errors import FetchError, StoreError, TemporaryFetchError, TooLarge
from pipeline.fetch.answers import REDIRECTS, Deferred, named, raise_for_meaning
from pipeline.fetch.decoding import Cut, Damaged, Decoder, Unknown
from pipeline.fetch.pacing import Yielder

_IN_MEMORY = 1 << 20
"""Bytes of a body that are gathered in memory; a longer one is gathered in a temporary file without a name."""
_SMALL = 64 * 1024
_DRAIN_SECONDS = 0.5
_MOST_FRAMING = 1 << 20
"""Bytes by which an encoded answer may exceed the limit on the decoded one."""


@dataclass(slots=True)
class TryState:
    """The state of one try, for its deadline and its row in the ledger."""

    shown: str
    """The requested address, which errors name."""
    seconds: float
    """Seconds left until the deadline."""
    status: int | None = None
    """Status of the latest answer, which may be a redirect; None before any answer."""
    host: str | None = None
    """The pacing key of the latest hop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits on an answer."""

    max_bytes: int
    first_bytes_do: bool = False
    """Whether a longer body is cut at `max_bytes` and an empty one accepted (robots.txt); else both are failures."""
    conditional: bool = False
    """Whether the request was conditional, so that 304 is a valid answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer; `content` is None for a redirect and for a 304."""

    status: int
    headers: tuple[tuple[str, str], ...]
    remote_address: str | None
    location: str | None = None
    content: bytes | None = None
    sha256: str = ""


async def exchange(
    transport: httpx.AsyncBaseTransport, request: httpx.Request, this_try: TryState, limits: Limits, now: datetime
) -> Answer:
    """Send the request and return the answer, or raise the FetchError that it means."""
    clock = asyncio.get_running_loop().time
    started, allowed = clock(), this_try.seconds
    response: httpx.Response | None = None
    try:
        async with asyncio.timeout(max(allowed, 0.001)):
            response = await transport.handle_async_request(request)
            this_try.status = response.status_code
            return await _answer(response, this_try.shown, limits, now)
    except TimeoutError as error:
        if response is None:
            raise TemporaryFetchError(this_try.shown, f"no answer within {allowed:.3g} seconds") from error
        raise Deferred(this_try.shown, f"the answer was not whole within {allowed:.3g} seconds") from error
    finally:
        this_try.seconds -= clock() - started
        if response is not None:
            await response.aclose()


async def _answer(response: httpx.Response, shown: str, limits: Limits, now: datetime) -> Answer:
    headers = tuple((text(name), text(value)) for name, value in response.headers.raw)
    remote_address = response.extensions.get("remote_address")
    try:
        raise_for_meaning(response, shown, now, conditional=limits.conditional)
    except FetchError:
        await _drain(response)
        raise
    if response.status_code in REDIRECTS or response.status_code == 304:
        await _drain(response)
        location = next((value for name, value in headers if name.lower() == "location"), None)
        return Answer(
            status=response.status_code,
            headers=headers,
            remote_address=remote_address,
            location=(location or "") if response.status_code in REDIRECTS else None,
        )
    content, sha256 = await _content(response, shown, limits)
    return Answer(
        status=response.status_code,
        headers=headers,
        remote_address=remote_address,
        content=content,
        sha256=sha256,
    )


async def _content(response: httpx.Response, shown: str, limits: Limits) -> tuple[bytes, str]:
    """Return the decoded body and its SHA-256."""
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > limits.max_bytes and not limits.first_bytes_do:
        raise _too_large(shown, limits)
    length = 0
    digest = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        async with aclosing(_decoded(response, shown, limits)) as pieces:
            async for piece in pieces:
                if length + len(piece) > limits.max_bytes:
                    if not limits.first_bytes_do:
                        raise _too_large(shown, limits)
                    # One byte over the limit shows the parser that the body was cut.
                    piece = piece[: limits.max_bytes + 1 - length]
                length += len(piece)
                digest.update(piece)
                try:
                    spool.write(piece)
                except OSError as error:
                    where = f"{tempfile.gettempdir()}, where large answers are gathered (TMPDIR)"
                    raise StoreError(f"nothing can be written to {where}: {error.strerror}") from error
                if length > limits.max_bytes:
                    break
        if not length and not limits.first_bytes_do:
            raise FetchError(shown, f"the answer is {named(response.status_code)} without any content")
        spool.seek(0)
        return spool.read(), digest.hexdigest()


async def _decoded(response: httpx.Response, shown: str, limits: Limits) -> AsyncGenerator[bytes, None]:
    """Yield the decoded body in pieces; raises FetchError unless every encoding reaches its end with it."""
    wire, yielder = 0, Yielder()
    try:
        decoder = Decoder(", ".join(response.headers.get_list("content-encoding")))
        async with aclosing(_raw(response)) as raw:
            async for data in raw:
                wire += len(data)
                if wire > limits.max_bytes + _MOST_FRAMING:
                    raise _too_large(shown, limits)
                for piece in decoder.feed(data):
                    yield piece
                    # Unpacking never waits: let other tasks and the deadline run.
                    await yielder.take()
        decoder.finish()
    except Cut as error:
        raise TemporaryFetchError(shown, str(error)) from error
    except (Damaged, Unknown) as error:
        raise FetchError(shown, str(error)) from error


async def _raw(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    assert isinstance(response.stream, httpx.AsyncByteStream)
    async for data in response.stream:
        yield data


async def _drain(response: httpx.Response) -> None:
    """Read and discard a small body, so that the connection can be reused; leave a large or slow one."""
    size = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS), aclosing(_raw(response)) as raw:
            async for data in raw:
                size += len(data)
                if size > _SMALL:
                    return
    except (TimeoutError, FetchError):
        return  # the head is enough; the connection is dropped with the response


def _too_large(shown: str, limits: Limits) -> TooLarge:
    return TooLarge(shown, f"the answer is larger than {limits.max_bytes:,} bytes (http.max_bytes)")


def text(value: bytes) -> str:
    """Return a header's name or value as text: UTF-8, else Latin-1, which reads every byte."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
