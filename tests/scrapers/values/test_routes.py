"""A route of a page's own scripts is a part of its address; an anchor is not."""

from __future__ import annotations

import pytest

from scrapers.values.addresses import absolute, canonical, identity


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/app#/reports/7", "https://a.example/app#/reports/7"),
        ("https://a.example/app#!/reports/7?page=2", "https://a.example/app#!/reports/7?page=2"),
        ("https://a.example/#!reports", "https://a.example/#!reports"),
        ("https://a.example/app?utm_source=x#/Köln", "https://a.example/app#/K%C3%B6ln"),
        ("https://a.example/app#/", "https://a.example/app"),
        ("https://a.example/app#!", "https://a.example/app"),
        ("https://a.example/app#top", "https://a.example/app"),
        ("https://a.example/app#:~:text=harbour", "https://a.example/app"),
    ],
)
def test_only_a_route_is_kept(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


def test_pages_of_one_address_have_identities_of_their_own() -> None:
    routes = [f"https://a.example/app#/reports/{number}" for number in (1, 2)]
    assert len({identity(url) for url in ["https://a.example/app", *routes]}) == 3
    assert identity(routes[0]) == identity("http://www.a.example/app/#/reports/1/")
    assert absolute("https://a.example/app", "/app#/reports/1") == routes[0]
    assert absolute("https://a.example/app", "#/reports/1") is None
