"""What a listing shows of its documents, and the selector of their links."""

from __future__ import annotations

from scrapers.base import Rules
from scrapers.html.dom import Dom, parse
from scrapers.induction.listing import cards, entrances, follow, places

RULES = Rules()
TITLES = (
    "Rivers without fish in Tessia",
    "The mine that nobody wanted",
    "Wages at sea and on land",
    "Who owns the coast",
)


def dom(body: str, url: str = "https://morra.test/library") -> Dom:
    return parse(f"<html><head><title>x</title></head><body>{body}</body></html>".encode(), None, url)


def card(n: int) -> str:
    return (
        f"<div class='card zel-{n}'><a class='pic' href='/doc/{n}'><img src='/{n}.jpg'></a>"
        f"<span>{n + 1} May 2019</span><h3><a href='/doc/{n}'>{TITLES[n % 4]} {n}</a></h3><p>Text of it.</p>"
        f"<a href='/topics/1'>A topic of many words</a>"
        f"<a href='/doc/{n}'>Read more</a></div>"
    )


def listing(first: int) -> Dom:
    return dom(
        f"<main>{''.join(card(n) for n in range(first, first + 4))}</main><nav><a href='/about'>About us all</a></nav>"
    )


def test_the_selector_names_the_links_of_every_page() -> None:
    assert follow([listing(0), listing(4)], RULES) in (".card h3 a", "h3 a")


def test_a_card_tells_title_and_date() -> None:
    found = cards(listing(0), [f"https://morra.test/doc/{n}" for n in range(4)])
    assert [found[f"morra.test/doc/{n}"].title for n in range(4)] == [f"{TITLES[n]} {n}" for n in range(4)]
    assert [found[f"morra.test/doc/{n}"].dates for n in range(4)] == [(f"2019-05-0{n + 1}",) for n in range(4)]


def test_links_that_repeat_are_offered_with_their_selectors() -> None:
    events = "".join(
        f"<p class='event'><a href='/calendar/{n}'>A public hearing on the river number {n}</a></p>" for n in range(8)
    )
    found = places(dom(f"<main>{''.join(card(n) for n in range(4))}{events}</main>"), RULES)
    assert any("event" in css for css in found)
    assert any("h3" in css or "card" in css for css in found)


def test_a_home_page_names_its_library() -> None:
    home = dom(
        "<a href='/about'>About</a><a href='/news'>Latest news</a><a href='/publications'>Publications</a>"
        "<a href='https://other.example/library'>Library</a><a href='/es/informes'>Informes</a>",
        "https://morra.test/",
    )
    assert entrances(home)[:2] == ["https://morra.test/publications", "https://morra.test/es/informes"]
    assert "https://other.example/library" not in entrances(home)
