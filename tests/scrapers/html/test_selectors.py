"""The one engine of configured selectors: what the check of the configuration admits works alike in every key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.errors import ConfigError
from pipeline.config import parse as parse_config
from scrapers.base import Rules
from scrapers.html.dom import parse
from scrapers.html.selectors import check_selector, links, matches
from scrapers.sites import scraper_for
from tests.page import page_of
from tests.scrapers.discovery.reading import SITE, listing_of, urls

KEYS = ("follow", "next_page", "attachment", "title", "author", "date", "body")
ADDRESSES = ("follow", "next_page", "attachment")

PAGE = """<!doctype html><html><head><title>T</title></head><body>
<a class="x" href="#" data-href="/one.pdf">Wells of Ana Ruiz, 3 April 2020</a>
<a class="y" href="/two.pdf">Wells of Ana Ruiz, 3 April 2020</a>
<p><a class="z" href="/three.pdf"><b class="w">Wells of Ana Ruiz, 3 April 2020</b></a></p>
<div class="v"><a name="top">Top</a><a href="#">*</a><a href="/four.pdf">Wells of Ana Ruiz, 3 April 2020</a></div>
</body></html>"""


def addresses(key: str, css: str) -> list[str]:
    """Return the addresses that a key's selector leads to on the page."""
    if key == "attachment":
        extracted = scraper_for(Rules(source="a", attachment=css)).extract(page_of(f"{SITE}/list", PAGE.encode()))
        return [link.url.removeprefix(SITE) for link in extracted.links if link.origin == f"selector:{css}"]
    if key == "follow":
        return urls(listing_of("listing", PAGE, follow=(css,)))
    following = listing_of("listing", PAGE, follow=("a.y",), next_page=css).next
    return [request.url.removeprefix(SITE) for request in following]


@pytest.mark.parametrize("key", ADDRESSES)
@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a.x::attr(data-href), a.y::attr(href)", ["/one.pdf", "/two.pdf"]),
        ("a.y::attr(href), a.x::attr(data-href)", ["/one.pdf", "/two.pdf"]),
        ("a::attr(data-href), a.y::attr(href)", ["/one.pdf", "/two.pdf"]),
        ("a.x::attr(DATA-HREF), .w", ["/one.pdf", "/three.pdf"]),
        ("a.y::text", ["/two.pdf"]),
        (".w::text, a.y", ["/two.pdf", "/three.pdf"]),
        ("a::attr(href), a.x::attr(data-href)", ["/one.pdf", "/two.pdf", "/three.pdf", "/four.pdf"]),
        ("div.v", ["/four.pdf"]),
        ("a.y::attr( href )", ["/two.pdf"]),
        ("a.x::attr(data-gone)", []),
    ],
)
def test_addresses_are_found_alike_in_every_key(key: str, css: str, found: list[str]) -> None:
    check_selector(css)
    assert addresses(key, css) == (found[:1] if key == "next_page" else found)


def test_a_list_of_selectors_is_their_union_in_the_page_s_order() -> None:
    assert urls(listing_of("listing", PAGE, follow=("a.y::attr(href)", "a.x::attr(data-href)"))) == [
        "/one.pdf",
        "/two.pdf",
    ]


@pytest.mark.parametrize("css", ["b.w", "b.w::text", "b.gone, b.w", "b.w::attr(id), b.w::text"])
def test_values_are_found_alike_with_and_without_text(css: str) -> None:
    dom = parse(PAGE.encode(), "text/html; charset=utf-8", SITE)
    assert [match.value for match in matches(dom, css)] == ["Wells of Ana Ruiz, 3 April 2020"]


def test_an_element_is_named_once() -> None:
    dom = parse(PAGE.encode(), "text/html; charset=utf-8", SITE)
    assert [link.url.removeprefix(SITE) for link in links(dom, "a.y, a.y::attr(href), body > a.y")] == ["/two.pdf"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "css",
    ["a[", "a::before", "svg|a", "a[xlink|href]", "a::attr(xlink:href)", "a::attr()", "a::text b", "a:first", "a,"],
)
def test_what_cannot_run_is_refused_by_the_configuration(key: str, css: str) -> None:
    source: dict[str, Any] = {"start": "https://a.test", key: css}
    with pytest.raises(ConfigError, match=rf"sources\.acme\.{key}"):
        parse_config({"sources": {"acme": source}}, Path(), "config.toml")
