"""One connection to a server: strict HTTP/1.1 (RFC 9112), one exchange at a time.

Refused here, though h11 accepts it: a length beside a chunked body, bytes after the end of an answer, endless headers.
A connection that showed any of these is dropped.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass

import h11

from models.errors import FetchError, TemporaryFetchError
from pipeline.fetch.pacing import Yielder

MOST_HEADER_BYTES = 64 * 1024
MOST_HEADERS = 256
_MOST_INFORMATIONAL = 20
_BEGINNING = b"HTTP/"
_MANY_PIECES = 4096
_SMALL_PIECE = 8
"""Bytes; an answer of more than `_MANY_PIECES` pieces that are smaller on average is refused."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer."""

    status: int
    reason: bytes
    headers: tuple[tuple[bytes, bytes], ...]


class Connection:
    """An open connection; the `url` of an exchange is used only in its errors."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEADER_BYTES)
        self._ended = False
        self._breath = Yielder()
        self._beginning = b""
        self.address = address
        """The peer's address, without port."""
        self.received = 0
        """Bytes of the current answer received so far, still encoded."""

    async def ask(
        self, target: bytes, headers: list[tuple[bytes, bytes]], url: str, *, method: str = "GET", body: bytes = b""
    ) -> Head:
        """Send a request and return the head of the answer; a body's length stands in the headers."""
        self.received, self._beginning = 0, b""
        request = h11.Request(method=method, target=target, headers=headers)
        try:
            self._writer.write(self._http.send(request) or b"")
            if body:
                self._writer.write(self._http.send(h11.Data(data=body)) or b"")
            self._writer.write(self._http.send(h11.EndOfMessage()) or b"")
            await self._writer.drain()
            return await self._head(url)
        except (OSError, h11.RemoteProtocolError) as error:
            raise self._translated(error, url) from error

    async def _head(self, url: str) -> Head:
        for _ in range(_MOST_INFORMATIONAL):
            event = await self._event()
            if isinstance(event, h11.Response):
                break
            if isinstance(event, h11.InformationalResponse) and event.status_code != 101:
                continue
            raise FetchError(url, "the answer is no valid HTTP: it has no head")
        else:
            raise FetchError(url, "the server sends provisional answers without end")
        headers = tuple(event.headers.raw_items())
        if len(headers) > MOST_HEADERS:
            raise FetchError(url, f"the answer has {len(headers)} headers, more than {MOST_HEADERS}")
        names = [name.lower() for name, _ in headers]
        if b"transfer-encoding" in names and b"content-length" in names:
            raise FetchError(url, "the answer states its length in two ways (Content-Length and Transfer-Encoding)")
        locations = {value for name, value in headers if name.lower() == b"location"}
        if len(locations) > 1:
            raise FetchError(url, "the answer redirects to two places at once")
        return Head(event.status_code, bytes(event.reason), headers)

    async def body(self, url: str) -> AsyncIterator[bytes]:
        """Yield the body as it arrives, without chunked framing; raises FetchError where it is not whole."""
        pieces = size = 0
        try:
            while True:
                event = await self._event()
                if isinstance(event, h11.Data):
                    pieces, size = pieces + 1, size + len(event.data)
                    if pieces > _MANY_PIECES and size < pieces * _SMALL_PIECE:
                        raise FetchError(url, f"the answer comes in {pieces} pieces of a few bytes each")
                    yield bytes(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    return
                else:
                    raise FetchError(url, "the answer is no valid HTTP: its body has no end")
        except (OSError, h11.RemoteProtocolError) as error:
            raise self._translated(error, url) from error

    async def _event(self) -> object:
        while True:
            event = self._http.next_event()
            await self._breath.take()  # reading data that is already here never waits
            if event is not h11.NEED_DATA:
                return event
            received = await self._reader.read(1 << 16)
            if self.received < len(_BEGINNING):
                self._beginning = (self._beginning + received)[: len(_BEGINNING)]
                if not _BEGINNING.startswith(self._beginning):
                    # h11 would wait for a whole head that another protocol never sends.
                    raise h11.RemoteProtocolError("it begins with something else")
            self.received += len(received)
            self._ended = not received
            self._http.receive_data(received)

    def _translated(self, error: Exception, url: str) -> FetchError:
        if isinstance(error, ssl.SSLError):
            return TemporaryFetchError(url, f"the encrypted connection broke ({error.reason or 'no reason given'})")
        if isinstance(error, OSError) or self._ended:
            what = f"after {self.received} bytes of an answer" if self.received else "without an answer"
            return TemporaryFetchError(url, f"the server closed the connection {what}")
        return FetchError(url, f"the answer is no valid HTTP: {_plain(str(error))}")

    async def is_quiet(self) -> bool:
        """Return whether nothing has come since the last answer, neither unrequested bytes nor the end."""
        try:
            async with asyncio.timeout(0):
                await self._reader.read(1)
        except TimeoutError:
            return not self._writer.is_closing()
        except OSError:
            return False
        return False

    def rest(self) -> bool:
        """Prepare for the next exchange; return False where the connection must not be used again."""
        surplus, ended = self._http.trailing_data
        if surplus or ended or self._http.states != {h11.CLIENT: h11.DONE, h11.SERVER: h11.DONE}:
            return False
        self._http.start_next_cycle()
        return True

    def drop(self) -> None:
        """Close at once, whatever is under way."""
        self._writer.transport.abort()


def _plain(text: str) -> str:
    """Return a library's message, which may quote received bytes, as one short printable line."""
    return "".join(character if character.isprintable() else "?" for character in text)[:120]
