from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from models.errors import ConfigError, FetchError, TemporaryFetchError
from pipeline.fetch.client import Client, Fetched, SourceHttp
from scrapers.base import Request
from tests.hostile.client import SwiftClock, settings
from tests.hostile.fault import DOCUMENT, HEALTHY
from tests.hostile.server import Close, Server, Site, answer

NAME = "secure.test"
Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def certificate(folder: Path, host: str, days: int = 1) -> Path:
    """Return a file with a key and a certificate that the key itself has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{host}{days}.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def serving(file: Path, names: list[str] | None = None) -> ssl.SSLContext:
    """Return a server's side of TLS, which notes the names that it is asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    if names is not None:
        context.sni_callback = lambda _connection, name, _context: names.append(str(name))
    return context


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


def fetch(tls: ssl.SSLContext | None, trusted: Path | None, url: str = f"https://{NAME}/document") -> Fetched:
    async def main() -> Fetched:
        site = Site(paths={"/document": HEALTHY})
        context = ssl.create_default_context(cafile=str(trusted) if trusted else None)
        async with Server({NAME: site}, tls=tls) as server:
            given = settings(server, retries=0, timeout_seconds=30)
            async with Client(given, clock=SwiftClock(), tls=context) as client:
                return await client.fetch(Request(url=url))

    return asyncio.run(main())


def test_the_name_is_what_tls_is_about_though_the_address_is_connected_to(folder: Path) -> None:
    names: list[str] = []
    file = certificate(folder, NAME)
    fetched = fetch(serving(file, names), file)
    assert fetched.page is not None
    assert fetched.page.content == DOCUMENT.encode()
    assert fetched.final_url == f"https://{NAME}/document"
    assert names == [NAME]


def test_a_certificate_for_another_name_is_named(folder: Path) -> None:
    file = certificate(folder, "other.test")
    with pytest.raises(
        FetchError, match=r"the certificate of secure\.test is not valid: .*not valid for 'secure\.test'"
    ):
        fetch(serving(file), file)


def test_a_certificate_that_nobody_vouches_for_is_named(folder: Path) -> None:
    with pytest.raises(FetchError, match=r"the certificate of secure\.test is not valid: self-signed"):
        fetch(serving(certificate(folder, NAME)), certificate(folder, "ca.test"))


def test_a_certificate_that_has_expired_is_named(folder: Path) -> None:
    file = certificate(folder, NAME, days=-1)
    with pytest.raises(FetchError, match=r"the certificate of secure\.test is not valid: certificate has expired"):
        fetch(serving(file), file)


def vouched_for(folder: Path) -> tuple[Path, Path]:
    """Return a file with a key and a certificate for NAME, and one with that of the authority which signed it."""
    authority = certificate(folder, "authority.test")
    signer = serialization.load_pem_private_key(authority.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]))
        .issuer_name(x509.load_pem_x509_certificate(authority.read_bytes()).subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    file = folder / "vouched.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file, authority


def test_a_chain_that_is_not_whole_is_named_and_a_file_mends_it(folder: Path) -> None:
    file, authority = vouched_for(folder)

    async def ask(ca_file: Path | None) -> Fetched:
        async with Server({NAME: Site(paths={"/document": HEALTHY})}, tls=serving(file)) as server:
            given = settings(server, retries=0, timeout_seconds=30, ca_file=None if ca_file is None else str(ca_file))
            async with Client(given, clock=SwiftClock()) as client:
                return await client.fetch(Request(url=f"https://{NAME}/document"))

    with pytest.raises(FetchError, match=r"incomplete chain.*http\.ca_file"):
        asyncio.run(ask(None))
    assert asyncio.run(ask(authority)).status == 200
    with pytest.raises(ConfigError, match=r"http\.ca_file"):
        asyncio.run(ask(folder / "nothing.pem"))


async def answers_in_plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\nThe plain HTTP request was sent to HTTPS port")
    writer.close()


async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)
    writer.close()


async def never_answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@pytest.mark.parametrize(
    ("behaviour", "seconds", "reason"),
    [
        (answers_in_plain, 30.0, "no encrypted connection to secure.test can be made (WRONG_VERSION_NUMBER)"),
        (breaks_off, 30.0, "secure.test"),
        (never_answers, 0.3, "no answer within 0.3 seconds"),
    ],
)
def test_a_server_that_does_not_speak_tls_is_named(behaviour: Behaviour, seconds: float, reason: str) -> None:
    async def main() -> None:
        async with await asyncio.start_server(behaviour, "127.0.0.1", 0) as other, Server({}) as server:
            names = {NAME: f"127.0.0.1:{other.sockets[0].getsockname()[1]}"}
            given = settings(server, retries=0, timeout_seconds=seconds, resolve=names)
            async with Client(given, clock=SwiftClock()) as client:
                with pytest.raises(FetchError) as raised:
                    await client.fetch(Request(url=f"https://{NAME}/"))
                assert reason in raised.value.reason
            await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})

    asyncio.run(main())


def test_a_body_that_breaks_off_within_tls_is_not_whole(folder: Path) -> None:
    file = certificate(folder, NAME)

    async def main() -> None:
        short = (answer(DOCUMENT, length=len(DOCUMENT) + 5), Close(hard=True))
        async with Server({NAME: Site(paths={"/document": short})}, tls=serving(file)) as server:
            context = ssl.create_default_context(cafile=str(file))
            async with Client(settings(server, retries=0), clock=SwiftClock(), tls=context) as client:
                with pytest.raises(TemporaryFetchError, match=r"closed the connection|connection broke"):
                    await client.fetch(Request(url=f"https://{NAME}/document"))

    asyncio.run(main())


class Proxy:
    """A proxy on loopback: tunnels CONNECT to one port, answers everything else itself; notes what it was asked."""

    def __init__(self, port: int, *, refuses: bool = False) -> None:
        self._port, self._refuses = port, refuses
        self.asked: list[bytes] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://user:pass@127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks)
        await self._server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked.append(head)
                if self._refuses:
                    writer.write(answer("", status="407 Proxy Authentication Required"))
                elif head.startswith(b"CONNECT "):
                    await self._tunnel(reader, writer)
                    return
                else:
                    writer.write(HEALTHY if b"/document" in head else answer(""))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, away = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")

        async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            try:
                while data := await source.read(65536):
                    sink.write(data)
            finally:
                sink.transport.abort()

        await asyncio.gather(copy(reader, away), copy(there, writer), return_exceptions=True)


def test_a_proxy_is_used_where_one_is_configured(folder: Path) -> None:
    file = certificate(folder, NAME)

    async def main() -> None:
        async with Server({NAME: Site(paths={"/document": HEALTHY})}, tls=serving(file)) as server:
            context = ssl.create_default_context(cafile=str(file))
            given = settings(server, resolve={})
            async with Proxy(server.port) as proxy, Client(given, clock=SwiftClock(), tls=context) as client:
                through = SourceHttp(proxy=proxy.url)
                fetched = await client.fetch(Request(url=f"https://{NAME}/document"), overrides=through)
                assert fetched.page is not None
                assert proxy.asked[0].startswith(b"CONNECT secure.test:443 HTTP/1.1\r\n")
                assert b"Proxy-Authorization: Basic dXNlcjpwYXNz" in proxy.asked[0]
                assert not any(b"roxy-" in head for head in server.seen[NAME].heads)

                await client.fetch(Request(url="http://plain.test/document"), overrides=through)
                assert proxy.asked[-1].startswith(b"GET http://plain.test/document HTTP/1.1\r\nHost: plain.test\r\n")
                with pytest.raises(FetchError, match="internal address"):
                    await client.fetch(Request(url="http://169.254.169.254/"), overrides=through)

    asyncio.run(main())


def test_a_proxy_that_refuses_is_named() -> None:
    async def main() -> None:
        async with (
            Server({}) as server,
            Proxy(0, refuses=True) as proxy,
            Client(settings(server, retries=0), clock=SwiftClock()) as client,
        ):
            with pytest.raises(TemporaryFetchError, match=r"the proxy 127\.0\.0\.1 refuses the tunnel \(status 407\)"):
                await client.fetch(Request(url=f"https://{NAME}/"), overrides=SourceHttp(proxy=proxy.url))

    asyncio.run(main())
