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
"""Bytes on the wire beyond the limit on the decoded ones."""


@dataclass(slots=True)
class TryState:
    """What one try has come to so far: for its deadline and for its line in the ledger."""

    shown: str
    """The address that errors are about: as requested."""
    seconds: float
    """What is left of the deadline."""
    status: int | None = None
    """Of the latest answer, a redirect's where the next hop gave none; None when none came at all."""
    host: str | None = None
    """Whose turn it was last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is taken of an answer."""

    max_bytes: int
    first_bytes_do: bool = False
    """Whether a longer body is cut at `max_bytes`, and an empty one taken (robots.txt); else either is a failure."""
    conditional: bool = False
    """Whether the request was, so that a 304 is an answer to it."""


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
    transport: httpx.AsyncBaseTransport, request: httpx.Request, trail: TryState, limits: Limits, now: datetime
) -> Answer:
    """Send the request and return the answer, or raise the FetchError that it amounts to."""
    clock = asyncio.get_running_loop().time
    started, allowed = clock(), trail.seconds
    response: httpx.Response | None = None
    try:
        async with asyncio.timeout(max(allowed, 0.001)):
            response = await transport.handle_async_request(request)
            trail.status = response.status_code
            return await _answer(response, trail.shown, limits, now)
    except TimeoutError as error:
        if response is None:
            raise TemporaryFetchError(trail.shown, f"no answer within {allowed:.3g} seconds") from error
        raise Deferred(trail.shown, f"the answer was not whole within {allowed:.3g} seconds") from error
    finally:
        trail.seconds -= clock() - started
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
                    # One byte more tells the reader that there was more.
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
    """Yield the body in decoded pieces; raises unless every encoding has come to its end with it."""
    wire, breath = 0, Yielder()
    try:
        decoder = Decoder(", ".join(response.headers.get_list("content-encoding")))
        async with aclosing(_raw(response)) as raw:
            async for data in raw:
                wire += len(data)
                if wire > limits.max_bytes + _MOST_FRAMING:
                    raise _too_large(shown, limits)
                for piece in decoder.feed(data):
                    yield piece
                    # A bomb is unpacked without waiting for anything: others, and the deadline, get their turn.
                    await breath.take()
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
    """Read a small body that nobody wants, so that the connection can be used again; a large or slow one is left."""
    size = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS), aclosing(_raw(response)) as raw:
            async for data in raw:
                size += len(data)
                if size > _SMALL:
                    return
    except (TimeoutError, FetchError):
        return  # what was to be known is known from the head; the connection is dropped with the response


def _too_large(shown: str, limits: Limits) -> TooLarge:
    return TooLarge(shown, f"the answer is larger than {limits.max_bytes:,} bytes (http.max_bytes)")


def text(value: bytes) -> str:
    """Return a header's name or value as text: UTF-8, else Latin-1, which reads every byte."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
