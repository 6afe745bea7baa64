"""Which addresses may be connected to, and how an address is shown to a person.

A name is resolved once for each connection; all of its addresses are checked, and the connection goes to one of them,
so that a second, different answer from the DNS (rebinding) is never used.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit, urlunsplit

from models.errors import ConfigError, FetchError, TemporaryFetchError

# The special-purpose registries of IANA (RFC 6890 and its successors), and metadata services of clouds.
_SPECIAL_V4 = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's metadata"),
        ("169.254.169.254/32", "a cloud's metadata"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_SPECIAL_V6 = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("::/128", "this host"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "a 6to4 tunnel"),
        ("3fff::/20", "for documentation"),
    )
)
_GLOBAL_V6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")


def forbidden(address: IPv4Address | IPv6Address) -> str | None:
    """Return what kind of internal address this is (`loopback`, `private` ...), or None for a public one.

    An IPv4 address inside an IPv6 one (mapped, RFC 4291; NAT64, RFC 6052) is judged as IPv4; what IANA has not
    allocated as global unicast is reserved.
    """
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _SPECIAL_V4 if address in network), None)
    if address.ipv4_mapped is not None:
        return forbidden(address.ipv4_mapped)
    if address in _NAT64:
        return forbidden(IPv4Address(int(address) & 0xFFFFFFFF))
    for network, kind in _SPECIAL_V6:
        if address in network:
            return kind
    return None if address in _GLOBAL_V6 else "reserved"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address to connect to."""

    address: str
    port: int


class Resolver:
    """Resolves a host name to addresses that may be connected to.

    Args:
        allow: internal addresses or networks that may be connected to all the same, on any port.
        names: host name to `address` or `address:port`, as curl's `--resolve`; these addresses are allowed.
    """

    def __init__(self, allow: tuple[str, ...] = (), names: Mapping[str, str] | None = None) -> None:
        try:
            self._allow = tuple(ip_network(entry, strict=False) for entry in allow)
            self._names = {_folded(name): _endpoint(value) for name, value in (names or {}).items()}
        except ValueError as error:
            raise ConfigError(f"http.allow_addresses or http.resolve: {error}") from error
        # Own threads: look-ups that hang must not use up the event loop's default pool.
        self._threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="resolve")

    async def resolve(self, host: str, port: int, url: str) -> list[Endpoint]:
        """Return the endpoints in the order to try; raises FetchError for an unknown name or a forbidden address."""
        if named := self._names.get(_folded(host)):
            address, other = named
            return [Endpoint(address, other or port)]
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(
                self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            )
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise TemporaryFetchError(url, f"the name {host!r} cannot be looked up at present") from error
            raise FetchError(url, f"the name {host!r} is not known") from error
        except (UnicodeError, ValueError) as error:
            raise FetchError(url, f"{host!r} is no name of a host") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            self.check(address, host, url)
        return [Endpoint(address, port) for address in addresses]

    def check(self, address: str, host: str, url: str) -> None:
        """Raise FetchError when the address is internal and not allowed."""
        parsed = ip_address(address)
        kind = forbidden(parsed)
        if kind is None or any(parsed in network for network in self._allow):
            return
        shown = address if address == host else f"{host} ({address})"
        raise FetchError(url, f"{shown} is an internal address ({kind}) and is not fetched")

    def close(self) -> None:
        """End the threads that look names up."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _folded(name: str) -> str:
    return name.lower().rstrip(".")


def _endpoint(value: str) -> tuple[str, int | None]:
    """Return address and port of `127.0.0.1`, `127.0.0.1:8080`, `::1` or `[::1]:8080`."""
    match = re.fullmatch(
        r"\[(?P<v6>[0-9a-fA-F:.]+)\](?::(?P<port6>\d{1,5}))?|(?P<v4>[\d.]+)(?::(?P<port4>\d{1,5}))?", value
    )
    if match is None:
        return str(ip_address(value)), None
    port = match["port6"] or match["port4"]
    return str(ip_address(match["v6"] or match["v4"])), int(port) if port else None


_SECRET_KEY = re.compile(
    r"(?i)(?<![a-z])(?:[a-z_-]*(?:token|passw(?:or)?d|secret|signature|credential|apikey|api[_-]key|session(?:id)?|jwt)"
    r"|key|sig|pwd|pass|auth|sid|sas|code)\Z"
)
_PARAMETER = re.compile(
    r"(?P<path>;(?P<path_key>[^=&;?#/]{1,100})=)[^&;#?/]+|(?P<query>[?&#]?(?P<query_key>[^=&;?#/]{1,100})=)[^&;#]+"
)
_LONGEST = 300


def safe(url: str) -> str:
    """Return the address fit for messages: passwords and keys masked, no control characters, at most 300 characters."""
    try:
        parts = urlsplit(url)
        shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        shown = url.rpartition("@")[2]
    shown = _PARAMETER.sub(_masked, shown)
    shown = "".join(character if character.isprintable() else f"%{ord(character):02X}" for character in shown)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


def _masked(match: re.Match[str]) -> str:
    if _SECRET_KEY.search(match["path_key"] or match["query_key"]):
        return (match["path"] or match["query"]) + "***"
    return match[0]
