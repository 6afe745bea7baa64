"""Right values that a person gives for some documents, and the selectors that find such values on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from models.errors import ConfigError
from pipeline.commands.add import fields, reading
from pipeline.commands.terminal.console import print_message
from scrapers.base import Link
from scrapers.values.addresses import identity

if TYPE_CHECKING:
    from pipeline.commands.add.site import Site
    from pipeline.commands.add.ways import Way


@dataclass(frozen=True, slots=True)
class Example:
    """A document, and its right values as given by a person."""

    url: str
    values: dict[str, Any] = field(default_factory=dict)
    """By key: title, author (names), date (ISO 8601)."""


def read_example(words: Sequence[str]) -> Example:
    """Parse `URL title=... author=... date=...`; `author` may be repeated. Raises ConfigError."""
    from scrapers.values.dates import read_date

    url, *rest = words
    values: dict[str, Any] = {}
    if not url.startswith(("http://", "https://")):
        raise ConfigError(f"--example {url!r}: must begin with the address of a document")
    for word in rest:
        key, equals, value = word.partition("=")
        value = value.strip()
        if not equals or key not in fields.KEYS or not value:
            raise ConfigError(f"--example: {word!r} is not title=..., author=... or date=...")
        if key == "author":
            values["author"] = (*values.get("author", ()), value)
        elif key in values:
            raise ConfigError(f"--example: {key} is given twice for {url}")
        elif key == "date":
            date = read_date(value)
            if date is None:
                raise ConfigError(f"--example: {word!r} is not a date that can be read; write 2019-05-23")
            values["date"] = date
        else:
            values["title"] = value
    if not values:
        raise ConfigError(f"--example {url}: needs title=..., author=... or date=... after the address")
    return Example(url, values)


async def by_examples(site: Site, way: Way, examples: Sequence[Example]) -> fields.Choice:
    """Return the selectors that give the examples' values and one value on each further page; raises PageError."""
    choice = fields.Choice()
    pages = {identity(sample.page.final_url): sample.page for sample in way.samples if not sample.is_file}
    given: dict[str, Example] = {}
    for example in examples:
        page = (await site.document(Link(url=example.url), way.rules)).page
        pages[identity(page.final_url)] = page
        given[identity(page.final_url)] = example
    for key in fields.KEYS:
        wanted = [given[name].values.get(key) if name in given else None for name in pages]
        if not any(wanted):
            continue
        derived = await site.together(reading.derived, list(pages.values()), key, wanted, way.rules)
        if derived is None:
            doubt = f"{key}: no selector gives {next(filter(None, wanted))!r} there and one value on each other page"
            print_message(doubt)
            choice.doubts.append(doubt)
            continue
        choice.selectors[key] = derived.css
        choice.derived[key] = derived
        choice.by_evidence.add(key)
        if derived.pages < derived.of:
            choice.doubts.append(f"{key}: the selector matches on {derived.pages} of {derived.of} pages")
    return choice
