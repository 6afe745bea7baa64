"""An httpx transport that connects only to addresses which it has checked, and reuses only connections that are clean.

httpx's own transport takes no network backend, resolves a name after any check that a caller could make, and hands the
surplus bytes of one answer to the next request. This one works in any `httpx.AsyncClient`.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import TracebackType

import h11
import httpx

from models.errors import ConfigError, FetchError, TemporaryFetchError
from pipeline.fetch.addresses import Endpoint, Resolver, safe
from pipeline.fetch.connection import Connection

_MOST_IDLE = 64
_IDLE_SECONDS = 30.0
_NO_ISSUER = (2, 20, 21)
"""OpenSSL's codes where a certificate's issuer is not at hand: nothing is wrong with the certificate itself."""
_CONNECT_SECONDS = 15.0
"""Limit for one address, after which the next one is tried."""


@dataclass(frozen=True, slots=True)
class _Route:
    """The requests for which a connection may be reused: same scheme, host, port and proxy."""

    scheme: str
    host: str
    port: int
    proxy: str | None


class Transport(httpx.AsyncBaseTransport):
    """Sends requests, GET or the POST of a form; every failure is a FetchError that names its cause.

    `extensions["proxy"]` of a request names its proxy. There is no deadline here; the caller sets one. The `extensions`
    of the response hold `remote_address`.
    """

    def __init__(self, resolver: Resolver, *, tls: ssl.SSLContext | None = None) -> None:
        self._resolver = resolver
        self._tls = tls
        self._idle: dict[_Route, list[tuple[float, Connection]]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its body still to be read; closing it early drops the connection."""
        proxy = request.extensions.get("proxy")
        url = request.url
        shown = str(url)
        route = _Route(
            url.scheme, url.raw_host.decode("ascii"), url.port or {"http": 80, "https": 443}[url.scheme], proxy
        )
        headers = list(request.headers.raw)
        target = url.raw_path
        if proxy and url.scheme == "http":
            target = str(url).encode("ascii")
            headers += _authorization(httpx.URL(proxy))
        connection = await self._rested(route)
        if connection is not None:
            try:
                return await self._answer(connection, route, target, headers, request)
            except TemporaryFetchError:
                # The server closed an idle connection as it was reused: try again on a new one.
                if connection.received:
                    raise
        connection = await self._connect(route, shown)
        return await self._answer(connection, route, target, headers, request)

    async def _answer(
        self,
        connection: Connection,
        route: _Route,
        target: bytes,
        headers: list[tuple[bytes, bytes]],
        request: httpx.Request,
    ) -> httpx.Response:
        url = str(request.url)
        try:
            head = await connection.ask(target, headers, url, method=request.method, body=request.content)
        except BaseException:
            connection.drop()
            raise
        return httpx.Response(
            head.status,
            headers=list(head.headers),
            stream=_Body(self, connection, route, url),
            extensions={"remote_address": connection.address, "reason_phrase": head.reason, "connection": connection},
        )

    async def _rested(self, route: _Route) -> Connection | None:
        resting = self._idle.pop(route, [])
        while resting:
            since, connection = resting.pop()
            if time.monotonic() - since < _IDLE_SECONDS and await connection.is_quiet():
                if resting:
                    self._idle.setdefault(route, []).extend(resting)
                return connection
            connection.drop()
        return None

    def give_back(self, connection: Connection, route: _Route) -> None:
        """Keep a clean connection for the next request on the same route; drop any other."""
        if not connection.rest():
            connection.drop()
            return
        self._idle.setdefault(route, []).append((time.monotonic(), connection))
        while sum(map(len, self._idle.values())) > _MOST_IDLE:
            oldest = min(self._idle, key=lambda known: self._idle[known][0][0])
            self._idle[oldest].pop(0)[1].drop()
            if not self._idle[oldest]:
                del self._idle[oldest]

    async def _connect(self, route: _Route, url: str) -> Connection:
        if route.proxy:
            return await self._through_proxy(route, url)
        endpoints = await self._resolver.resolve(route.host, route.port, url)
        tls = self._context() if route.scheme == "https" else None
        return await _open(endpoints, tls, route.host, url)

    async def _through_proxy(self, route: _Route, url: str) -> Connection:
        """Return a connection through the proxy, whose own address is not checked, as it is configured.

        The proxy resolves the host's name itself, so only a host that is a literal address can be checked here.
        """
        assert route.proxy is not None
        proxy = httpx.URL(route.proxy)
        if proxy.scheme != "http" or not proxy.host:
            raise ConfigError(f"the proxy {safe(route.proxy)} is none that can be used: http://host:port is expected")
        if _is_literal(route.host):
            await self._resolver.resolve(route.host, route.port, url)
        port = proxy.port or 80
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(proxy.host, port, type=1)
        except OSError as error:
            raise TemporaryFetchError(url, f"the proxy {proxy.host!r} is not known") from error
        endpoints = [Endpoint(str(entry[4][0]), port) for entry in found]
        if route.scheme == "http":
            return await _open(endpoints, None, proxy.host, url)
        reader, writer, address = await _stream(endpoints, None, proxy.host, url)
        try:
            await _tunnel(reader, writer, route, proxy, url)
            await writer.start_tls(self._context(), server_hostname=route.host)
        except (ssl.SSLError, OSError) as error:
            writer.transport.abort()
            raise _failed(error, route.host, url) from error
        except BaseException:
            writer.transport.abort()
            raise
        return Connection(reader, writer, address)

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls

    async def aclose(self) -> None:
        """Drop every idle connection."""
        for resting in self._idle.values():
            for _, connection in resting:
                connection.drop()
        self._idle.clear()
        self._resolver.close()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()


class _Body(httpx.AsyncByteStream):
    """A body as it arrives; the connection is given back where the body ends well, else dropped."""

    def __init__(self, transport: Transport, connection: Connection, route: _Route, url: str) -> None:
        self._transport = transport
        self._connection: Connection | None = connection
        self._route = route
        self._url = url

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._connection is None:
            return
        async for piece in self._connection.body(self._url):
            yield piece
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._transport.give_back(connection, self._route)

    async def aclose(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.drop()


async def _open(endpoints: list[Endpoint], tls: ssl.SSLContext | None, host: str, url: str) -> Connection:
    return Connection(*await _stream(endpoints, tls, host, url))


async def _stream(
    endpoints: list[Endpoint], tls: ssl.SSLContext | None, host: str, url: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, str]:
    """Connect to the first address that answers; certificate and name are checked against the host's name."""
    failure: FetchError | None = None
    for endpoint in endpoints:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                reader, writer = await asyncio.open_connection(
                    endpoint.address, endpoint.port, ssl=tls, server_hostname=host if tls else None
                )
        except TimeoutError:
            failure = TemporaryFetchError(url, f"{host} does not take up the connection")
        except OSError as error:
            failure = _failed(error, host, url)
        else:
            return reader, writer, endpoint.address
    raise failure or TemporaryFetchError(url, f"{host} has no address")


def _failed(error: OSError, host: str, url: str) -> FetchError:
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in _NO_ISSUER:
            reason = (
                f"the certificate of {host} cannot be checked ({error.verify_message}): its server sends an incomplete "
                "chain, or its authority is not a trusted one; http.ca_file may name a file with what is missing"
            )
            return FetchError(url, reason)
        return FetchError(url, f"the certificate of {host} is not valid: {error.verify_message}")
    if isinstance(error, ssl.SSLEOFError):
        return TemporaryFetchError(url, f"{host} broke off while the encrypted connection was made")
    if isinstance(error, ssl.SSLError):
        return FetchError(url, f"no encrypted connection to {host} can be made ({error.reason or 'no reason given'})")
    if isinstance(error, ConnectionRefusedError):
        return TemporaryFetchError(url, f"{host} refuses the connection")
    return TemporaryFetchError(url, f"no connection to {host} ({error.strerror or type(error).__name__})")


def _is_literal(host: str) -> bool:
    """Return whether the host is an IP address in any spelling that the system's resolver accepts."""
    return ":" in host or host.rsplit(".", 1)[-1][:1].isdigit()


def _authorization(proxy: httpx.URL) -> list[tuple[bytes, bytes]]:
    if not proxy.username:
        return []
    credentials = base64.b64encode(f"{proxy.username}:{proxy.password}".encode())
    return [(b"Proxy-Authorization", b"Basic " + credentials)]


async def _tunnel(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, route: _Route, proxy: httpx.URL, url: str
) -> None:
    """Ask the proxy for a tunnel (RFC 9110, 9.3.6)."""
    http = h11.Connection(h11.CLIENT)
    authority = f"[{route.host}]:{route.port}" if ":" in route.host else f"{route.host}:{route.port}"
    headers = [(b"Host", authority.encode("ascii")), *_authorization(proxy)]
    writer.write(http.send(h11.Request(method="CONNECT", target=authority, headers=headers)) or b"")
    try:
        while not isinstance(event := http.next_event(), h11.Response):
            if event is h11.NEED_DATA:
                http.receive_data(await reader.read(4096))
            elif not isinstance(event, h11.InformationalResponse):
                raise TemporaryFetchError(url, f"the proxy {proxy.host} broke off")
    except h11.RemoteProtocolError as error:
        raise TemporaryFetchError(url, f"the proxy {proxy.host} does not speak HTTP") from error
    if not 200 <= event.status_code < 300 or http.trailing_data[0]:
        raise TemporaryFetchError(url, f"the proxy {proxy.host} refuses the tunnel (status {event.status_code})")
