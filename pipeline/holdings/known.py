"""Filters that cannot be right, each with the nearest value that the store knows; and what a filter leaves out."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, select

from models.document import Document, Revision
from models.errors import ConfigError
from models.ledger import Source
from models.search.filters import Filters
from models.search.matching import count
from models.search.terms import Is, Node, Not, both
from models.search.words import words
from scrapers.values.language import normalised

NAMES = {
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr",
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "farsi": "fa", "finnish": "fi",
    "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "indonesian": "id", "italian": "it", "japanese": "ja", "khmer": "km", "korean": "ko", "latvian": "lv",
    "lithuanian": "lt", "malay": "ms", "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "slovenian": "sl", "spanish": "es",
    "swahili": "sw", "swedish": "sv", "tagalog": "tl", "tamil": "ta", "thai": "th", "turkish": "tr",
    "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
}  # fmt: skip
"""Codes by the English names of languages, for people who type these."""
SHOWN = 8
"""Known values that a message names."""


def check_filters(connection: Connection, filters: Filters, configured: Iterable[str] = ()) -> None:
    """Raise ConfigError for a filter that no document can match: all such faults, each with the nearest known value.

    Args:
        connection: The store.
        filters: The filters.
        configured: Sources of the configuration, which need not have been run yet.
    """
    if faults := list(_faults(connection, filters, configured)):
        raise ConfigError("\n".join(faults))


def check_source(connection: Connection, names: Iterable[str], configured: Iterable[str]) -> None:
    """Raise ConfigError for a source that neither the configuration nor the store knows."""
    check_filters(connection, Filters(source=tuple(names)), configured)


def _faults(connection: Connection, filters: Filters, configured: Iterable[str]) -> Iterator[str]:
    if wanted := filters.sources:
        known = sorted({*configured, *connection.scalars(select(Source.name))})
        for name in wanted:
            if name.casefold() not in {one.casefold() for one in known}:
                yield f"--source {name!r}: there is no such source; {_nearest(name, known)}"
    if filters.author is not None and not words(filters.author):
        yield f"--author {filters.author!r}: holds no name; leave it out to see the documents of all authors"
    if filters.language is not None and normalised(filters.language) is None:
        code = NAMES.get(filters.language.casefold())
        held = _values(connection, "language")
        hint = f"did you mean {code!r}?" if code else _nearest(filters.language, held)
        yield f"--language {filters.language!r}: not a language's code, such as en or pt-BR; {hint}"
    if filters.kind is not None:
        kinds = _values(connection, "kind")
        if kinds and filters.kind.casefold() not in {kind.casefold() for kind in kinds}:
            yield f"--kind {filters.kind!r}: no document is of that kind; {_nearest(filters.kind, kinds)}"


def _values(connection: Connection, field: str) -> list[str]:
    column = getattr(Revision, field)
    current = (Document.id == Revision.document_id) & (Document.revision == Revision.number)
    query = select(column).join(Document, current).where(column.is_not(None)).distinct()
    return sorted(connection.scalars(query))


def _nearest(value: str, known: Collection[str]) -> str:
    """Return the nearest known value as a question, or the first of them; `known` may be empty."""
    folded = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(value.casefold(), folded, 1)
    if near:
        return f"did you mean {folded[near[0]]!r}?"
    if not known:
        return "the store knows none yet"
    return f"known: {', '.join(list(known)[:SHOWN])}" + (", ..." if len(known) > SHOWN else "")


def undated(connection: Connection, filters: Filters, asked: Node) -> int:
    """Return how many documents a filter by date leaves out because they have none; 0 without such a filter."""
    if filters.since is None and filters.until is None:
        return 0
    others = replace(filters, since=None, until=None).tree(asked)
    return count(connection, both([others, Not(Is("has", "date_published"))]))


def described(filters: Filters) -> str:
    """Return the filters in words: `source acme, language fr, since 2020`; empty without any."""
    given = [("source", " or ".join(filters.sources)), *((name, getattr(filters, name)) for name in PLAIN)]
    return ", ".join(f"{name} {value}" for name, value in given if value)


PLAIN = ("author", "language", "kind", "since", "until")
