"""Ten ways in which a site breaks: each changes what a document reads as, or cuts the listing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from tests.pipeline.drift.made_source import Break, MadeSource, Reading, put


def selector_lost(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    for name in site.habits.selectors:
        if name in reading["values"]:
            if rng.random() < 0.3 and name != "title":
                del reading["values"][name]
            else:
                reading["values"][name]["origin"] = f"meta:{name}"


def dates_lost(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    if rng.random() < 0.7:
        reading["values"].pop("date_published", None)


def titles_alike(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    put(reading, "title", "Publications | Made Institute", "html:title")


def authors_the_site(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    put(reading, "authors", ["Made Institute Website"], "meta:author")


def bodies_teased(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    if "body" in reading["values"]:
        put(reading, "body", reading["values"]["body"]["value"][: rng.randint(180, 260)] + "…", "text")


def dates_shifted(days: int | None) -> Break:
    def shifted(reading: Reading, site: MadeSource, rng: random.Random) -> None:
        if date := reading["values"].get("date_published"):
            before = datetime.fromisoformat(date["value"])
            day = site.now if days is None else before + timedelta(days=days)
            put(reading, "date_published", day.date().isoformat(), date["origin"])

    return shifted


def other_language(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    put(reading, "language", "pt", "html[lang]")
    put(reading, "title", "Em português: " + reading["values"]["title"]["value"], "html:title")


def files_gone(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    reading["links"] = []


def cookie_wall(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    reading["values"] = {}
    reading["links"] = []
    put(reading, "title", "Before you continue", "html:title")
    put(reading, "body", "We and our partners store information on a device. " * 8, "text")


def unbroken(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    return None


def breakages(rng: random.Random) -> Iterable[tuple[str, Break, float]]:
    """Return the ten kinds: name, what it does to a document, and the share of the listing that is left."""
    return (
        ("a selector lost", selector_lost, 1.0),
        ("dates lost on 70 %", dates_lost, 1.0),
        ("all titles alike", titles_alike, 1.0),
        ("authors the site's name", authors_the_site, 1.0),
        ("bodies cut to a teaser", bodies_teased, 1.0),
        ("listing halved", unbroken, 0.5),
        ("dates shifted", dates_shifted(rng.choice([None, -365, -3653])), 1.0),
        ("another language", other_language, 1.0),
        ("PDFs gone", files_gone, 1.0),
        ("a cookie wall", cookie_wall, 1.0),
    )
