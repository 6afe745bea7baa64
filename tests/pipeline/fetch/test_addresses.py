from __future__ import annotations

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.errors import ConfigError, FetchError
from pipeline.fetch.addresses import Endpoint, Resolver, forbidden, safe
from pipeline.fetch.targets import target

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "1.1.1.1",
    "2606:4700::1111",
    "2a00:1450::5",
    "64:ff9b::808:808",
    "::ffff:8.8.8.8",
]
INTERNAL = {
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "0.0.0.0": "this host",
    "10.1.2.3": "private",
    "172.31.255.255": "private",
    "192.168.0.1": "private",
    "100.64.0.1": "carrier-grade NAT",
    "169.254.1.1": "link-local",
    "169.254.169.254": "a cloud's metadata",
    "168.63.129.16": "a cloud's metadata",
    "192.0.0.192": "reserved",
    "198.19.0.1": "for benchmarks",
    "239.0.0.1": "multicast",
    "255.255.255.255": "reserved",
    "::": "this host",
    "::1": "loopback",
    "::7f00:1": "reserved",
    "::ffff:127.0.0.1": "loopback",
    "::ffff:10.0.0.1": "private",
    "64:ff9b::a9fe:a9fe": "a cloud's metadata",
    "64:ff9b:1::1": "reserved",
    "2002:7f00:1::": "a 6to4 tunnel",
    "2001:0:4136:e378::": "a Teredo tunnel",
    "fd00:ec2::254": "private",
    "fe80::1": "link-local",
    "fec0::1": "reserved",
    "ff02::1": "multicast",
    "100::1": "reserved",
    "5f00::1": "reserved",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_connected_to(address: str) -> None:
    assert forbidden(ip_address(address)) is None


@pytest.mark.parametrize("address", INTERNAL)
def test_internal_addresses_are_named(address: str) -> None:
    assert forbidden(ip_address(address)) == INTERNAL[address]


@settings(max_examples=200)
@given(st.integers(0, 2**32 - 1))
def test_no_wrapping_makes_an_internal_address_public(number: int) -> None:
    address = IPv4Address(number)
    for wrapped in (IPv6Address(0xFFFF << 32 | number), IPv6Address(0x64FF9B << 96 | number)):
        assert forbidden(wrapped) == forbidden(address)
    assert forbidden(IPv6Address(0x2002 << 112 | number << 80)) is not None
    if address.is_private or address.is_multicast or address.is_reserved:
        assert forbidden(address) is not None


@settings(max_examples=200)
@given(st.integers(0, 2**128 - 1))
def test_no_special_ipv6_address_is_public(number: int) -> None:
    address = IPv6Address(number)
    if forbidden(address) is None and not address.ipv4_mapped:
        assert address.is_global


SPELLINGS = [
    "{0}.{1}.{2}.{3}",
    "{0:#x}.{1:#x}.{2:#x}.{3:#x}",
    "{n}",
    "{n:#x}",
    "0{n:o}",
    "{0}.{low}",
    "{0:#x}.{low}",
    "[::ffff:{0:02x}{1:02x}:{2:02x}{3:02x}]",
    "{0}.{1}.{2}.{3}.",
]


@settings(max_examples=100)
@given(
    st.sampled_from(["127.0.0.1", "10.0.0.9", "169.254.169.254", "192.168.77.1", "0.0.0.0"]), st.sampled_from(SPELLINGS)
)
def test_every_spelling_of_an_internal_address_is_refused(address: str, spelling: str) -> None:
    number = int(IPv4Address(address))
    octets = number.to_bytes(4, "big")
    host = spelling.format(*octets, n=number, low=number & 0xFFFFFF)

    async def resolve() -> list[Endpoint]:
        resolver = Resolver()
        try:
            url = target(f"http://{host}/")
            return await resolver.resolve(url.raw_host.decode(), 80, str(url))
        finally:
            resolver.close()

    with pytest.raises(FetchError, match=r"internal address|no address that can be fetched|not known|no name"):
        asyncio.run(resolve())


def test_what_is_allowed_may_be_connected_to() -> None:
    async def resolve(host: str, **settings: object) -> list[Endpoint]:
        resolver = Resolver(**settings)  # type: ignore[arg-type]
        try:
            return await resolver.resolve(host, 443, "https://x/")
        finally:
            resolver.close()

    assert asyncio.run(resolve("127.0.0.1", allow=("127.0.0.1",))) == [Endpoint("127.0.0.1", 443)]
    assert asyncio.run(resolve("10.9.8.7", allow=("10.0.0.0/8",))) == [Endpoint("10.9.8.7", 443)]
    names = {"bhrrc.test": "127.0.0.1:8080", "six.test": "[::1]:99", "Plain.Test": "127.0.0.2", "bare.test": "::1"}
    for host, endpoint in (
        ("BHRRC.test", Endpoint("127.0.0.1", 8080)),
        ("six.test", Endpoint("::1", 99)),
        ("plain.test.", Endpoint("127.0.0.2", 443)),
        ("bare.test", Endpoint("::1", 443)),
    ):
        assert asyncio.run(resolve(host, names=names)) == [endpoint]


@pytest.mark.parametrize(
    "given", [{"allow": ("localhost",)}, {"names": {"a.test": "b.test:80"}}, {"allow": ("1.2.3",)}]
)
def test_a_faulty_setting_is_named(given: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=r"http\.allow_addresses or http\.resolve"):
        Resolver(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a?token=abc&page=2", "https://example.org/a?token=***&page=2"),
        ("https://example.org/a?page=2&X-Amz-Signature=abc", "https://example.org/a?page=2&X-Amz-Signature=***"),
        ("https://example.org/?api_key=abc#access_token=def", "https://example.org/?api_key=***#access_token=***"),
        ("https://example.org/a;jsessionid=ABC123?x=1", "https://example.org/a;jsessionid=***?x=1"),
        ("https://example.org/?monkey=1&keyword=2&design=3", "https://example.org/?monkey=1&keyword=2&design=3"),
        ("https://example.org/\x1b[31m\u202e", "https://example.org/%1B[31m%202E"),
        ("http://[bad/?password=x", "http://[bad/?password=***"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, shown: str) -> None:
    assert safe(url) == shown


@settings(max_examples=150)
@given(st.text(max_size=60))
@example("http://a:b@c@d/")
def test_any_text_can_be_shown(text: str) -> None:
    assert safe(f"https://user:hunter2@example.org/{text}").isprintable()
    assert "hunter2" not in safe(f"https://user:hunter2@example.org/{text}")
    assert safe(text).isprintable()


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_fetch_error(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            parsed = target(url)
        except FetchError:
            continue
        assert parsed.scheme in ("http", "https")
        assert parsed.raw_host
        assert not parsed.userinfo
        assert str(target(str(parsed))) == str(parsed)
