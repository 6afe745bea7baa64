"""Measures the scraper of business-humanrights.org on facts of real pages, drawn in both layouts in made-up markup.

    python -m tests.benchmarks.quality.bhrrc_facts FACTS.jsonl SEED_PAGE.txt [--seeds 20] [--verbose]

The facts are `{url, title, author_raw, author_parts, date_raw, date_iso, ui_lang, content_lang, ...}`, a line a page.
Their text is not among them; paragraphs of our own in the same language stand in for it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.commands.demo.documents import documents, frames
from scrapers.base import Rules
from scrapers.fields import Extracted
from scrapers.sites import scraper_for
from tests.benchmarks.quality.bhrrc_markup import Facts, Markup, first_generation, second_generation
from tests.page import IN_UTF_8, page_of

LAYOUTS: dict[str, Callable[[Facts, Markup], str]] = {"first": first_generation, "second": second_generation}
FIELDS = ("title", "authors", "author_raw", "date", "language", "kind", "text whole", "no banner")
DONATION = [
    "hide message",
    "Welcome to the Resource Centre",
    "Everything here is free to read, and it can only stay so with your help.",
    "Thank you,",
    "Phil Bloomer, Executive Director",
    "Donate now hide message",
]
PLATFORM = [
    "Hide Message",
    "Updating the Resource Centre Digital Platform",
    "Our new platform will be ready in the coming months.",
    "Alex Guy, Digital Officer",
    "Find Out More Hide Message",
]
BANNED = (
    "hide message",
    "welcome to the resource",
    "updating the resource",
    "phil bloomer",
    "alex guy",
    "donate now",
    "find out more",
    "being redirected",
    "automatically redirected",
    "cookie",
    "see all tags",
    "arrow-down",
    "download the full",
    "read the full post",
    "related companies",
    "marks & spencer",
    "all components",
    "rss feed",
    "a component says",
    "published on:",
    "author:",
    "timeline",
    "company responses",
    "a later event",
    "this is a response to",
    "shutterstock",
    "un photo",
    "privacy policy",
    "© 2024",
    "not available in",
)
"""Words of the frame: none may reach a text, unless the text has them itself."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("facts", type=Path)
    parser.add_argument("seed_page", type=Path)
    parser.add_argument("--seeds", type=int, default=20, help="pages drawn of each fact and layout")
    parser.add_argument("--verbose", action="store_true", help="print each miss")
    options = parser.parse_args()
    entries = [json.loads(line) for line in options.facts.read_text("utf-8").splitlines()]
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    for name, entry, facts in cases(entries, options.seed_page.read_text("utf-8")):
        for layout, draw in LAYOUTS.items():
            for number in range(options.seeds):
                html = draw(facts, Markup(f"{name}/{layout}/{number}"))
                for field, good, got in judged(entry, facts, layout, read(entry["url"], html)):
                    asked[layout, field] += 1
                    right[layout, field] += good
                    if options.verbose and not good:
                        print(f"{name}/{layout}/{number} {field}: {got!r}")
    print(f"{'':12}{'first generation':>20}{'second generation':>20}")
    for field in FIELDS:
        print(f"{field:12}" + "".join(f"{right[layout, field]:>11} of {asked[layout, field]:>5}" for layout in LAYOUTS))


def cases(entries: list[dict[str, Any]], seed_page: str) -> Iterator[tuple[str, dict[str, Any], Facts]]:
    """Yield the name, the fact and what is drawn for each page; the seed page with the text that it came with."""
    for entry in entries:
        yield entry["id"], entry, facts_of(entry)
    yield "seed", entries[0], seed_facts(entries[0], seed_page)


def facts_of(entry: dict[str, Any]) -> Facts:
    words = frames().get(entry["ui_lang"]) or frames()["en"]
    markers = frozenset(entry["markers"])
    return Facts(
        title=entry["title"],
        author_raw=entry["author_raw"],
        author_labelled=entry["author_labelled"] is not False,
        date=entry["date_raw"],
        kind=entry["type_label"],
        language=entry["ui_lang"],
        words=words,
        paragraphs=paragraphs(entry["content_lang"]),
        notice=entry["fallback_notice"],
        also_in=entry["also_in"],
        markers=markers,
        components=entry["components"],
        banner=DONATION if "donation_box" in markers else PLATFORM if "platform_update_box" in markers else [],
    )


def seed_facts(entry: dict[str, Any], seed_page: str) -> Facts:
    """Return the seed page: banner, title, one line for author and date, text, file; its own lines in their order."""
    lines = [line.strip() for line in seed_page.splitlines() if line.strip()]
    title = lines.index(entry["title"])
    base = facts_of(entry)
    return Facts(
        title=entry["title"],
        author_raw=entry["author_raw"],
        author_labelled=True,
        date=entry["date_raw"],
        kind=None,
        language="en",
        words=base.words,
        paragraphs=lines[title + 2 : -1],
        markers=base.markers,
        banner=lines[:title],
    )


def paragraphs(language: str) -> list[str]:
    """Return text of our own in a language: the sample's."""
    own = [document for document in documents() if document.language == language] or [
        document for document in documents() if document.language == "en"
    ]
    return [block for block in own[0].body.strip().split("\n\n") if not block.startswith(("## ", "- "))]


def read(url: str, html: str) -> Extracted:
    page = page_of(url, html, headers=IN_UTF_8)
    return scraper_for(Rules(source="bhrrc", scraper="business_humanrights")).extract(page)


def judged(entry: dict[str, Any], facts: Facts, layout: str, said: Extracted) -> Iterator[tuple[str, bool, object]]:
    """Yield each field that the facts decide, whether it is right, and what was read."""
    title = said.title.value if said.title else None
    yield "title", title == entry["title"], title
    kinds = {"person": "person", "org": "organisation", "outlet": "organisation"}
    truth = [(part["n"], kinds[part["k"]]) for part in entry["author_parts"]]
    authors = [(author.name, author.kind) for author in said.authors.value] if said.authors else []
    yield "authors", authors == truth, authors
    raw = said.authors.raw if said.authors else None
    yield "author_raw", raw == entry["author_raw"], raw
    date = said.date_published.value if said.date_published else None
    yield "date", date == (None if entry["kind"] == "listing" else entry["date_iso"]), date
    language = said.language.value if said.language else ""
    yield "language", language.split("-")[0] == entry["content_lang"].split("-")[0], language
    if layout == "second":
        kind = said.kind.value if said.kind else None
        shown = facts.kind if facts.author_labelled or not facts.author_raw else None
        yield "kind", kind == (shown.lower() if shown else None), kind
    body = said.body.value if said.body else ""
    missing = [
        paragraph[:60] for paragraph in facts.paragraphs if " ".join(paragraph.split()) not in " ".join(body.split())
    ]
    yield "text whole", not missing, missing
    own = " ".join(facts.paragraphs).casefold()
    found = [words for words in (*BANNED, facts.title.casefold()) if words in body.casefold() and words not in own]
    yield "no banner", not found, (found, body[:80], body[-80:])


if __name__ == "__main__":
    main()
