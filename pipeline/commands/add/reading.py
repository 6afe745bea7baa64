"""What `ingest add` runs in a reading process: plain functions over several pages of a site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from scrapers.base import Rules

if TYPE_CHECKING:
    from pipeline.extract.worker import Shipment
    from scrapers.html.dom import Dom
    from scrapers.induction.fields import Derived
    from scrapers.induction.listing import Card
    from scrapers.induction.values import FieldName


@dataclass(frozen=True, slots=True)
class Listed:
    """What the pages of a listing show."""

    follow: str | None
    """The selector of their links to documents, where one selects exactly these."""
    cards: dict[str, Card]
    """What they show of each document, by its identity."""


def _doms(contents: Sequence[Shipment]) -> list[Dom]:
    from scrapers.html.dom import parse

    pages = [content.load() for content in contents]
    return [parse(page.content, page.header("content-type"), page.final_url) for page in pages]


def listed(contents: Sequence[Shipment], urls: Sequence[str], rules: Rules) -> Listed:
    """Return what the pages of a listing show of some documents."""
    from scrapers.induction import listing

    doms = _doms(contents)
    cards: dict[str, Card] = {}
    for dom in doms:
        for key, card in listing.cards(dom, urls).items():
            cards.setdefault(key, card)
    return Listed(follow=rules.follow[0] if rules.follow else listing.follow(doms, rules), cards=cards)


def places(contents: Sequence[Shipment], rules: Rules) -> list[str]:
    """Return the selectors of links that may lead from a page to documents, the likeliest first."""
    from scrapers.induction import listing

    return listing.places(_doms(contents)[0], rules)


def entrances(contents: Sequence[Shipment]) -> list[str]:
    """Return the addresses of pages that may list documents, as a home page names them."""
    from scrapers.induction.listing import entrances

    return entrances(_doms(contents)[0])


def derived(contents: Sequence[Shipment], field: FieldName, wanted: Sequence[Any], rules: Rules) -> Derived | None:
    """Return the selector of a field whose value is known of some of the pages."""
    from scrapers.induction.fields import derive

    return derive(_doms(contents), field, wanted, rules)


def guessed(contents: Sequence[Shipment], field: FieldName, rules: Rules) -> Derived | None:
    """Return the selector of an element that reads as the field, once on each page and with different values."""
    from scrapers.induction.fields import guess

    return guess(_doms(contents), field, rules)


def date_order(contents: Sequence[Shipment]) -> Literal["dmy", "mdy"] | None:
    """Return the order of numeric dates on these pages, where some are ambiguous and others show it."""
    from scrapers.induction.fields import date_order

    return date_order(_doms(contents))
