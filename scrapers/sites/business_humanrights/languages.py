"""The languages of the site's frame: how it names them, in which path segment its news stand, what its notices say."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from scrapers.sites.business_humanrights import words

LONGEST_NOTICE = 220


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "languages.toml").read_text("utf-8"))


def is_language(code: str) -> bool:
    """Return whether a path segment is the code of a language of the site."""
    return code in _tables()


def news_segment(language: str) -> str:
    """Return the path segment of news in a language."""
    return str(_tables()[language].get("news", "latest-news"))


@cache
def news_segments() -> frozenset[str]:
    """Return the path segments of news in all languages."""
    return frozenset(unicodedata.normalize("NFC", news_segment(language)) for language in _tables())


@cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): code for code, table in _tables().items() for name in table["names"]}


@cache
def _any_name() -> re.Pattern[str]:
    names = sorted((name for table in _tables().values() for name in table["names"]), key=len, reverse=True)
    # Scripts without blanks know no edge of a word; `на Русском` and `الإنجليزية` have one, a prefix may be written on.
    latin = "|".join(re.escape(name) for name in names if name[0] < "\u0370")
    other = "|".join(re.escape(name) for name in names if name[0] >= "\u0370")
    letter = "[A-Za-z\u00c0-\u024f]"
    return re.compile(rf"(?<!{letter})(?:{latin})(?!{letter})|(?:{other})", re.IGNORECASE)


def language_named(text: str) -> str | None:
    """Return the code of the language that a text names and nothing else (`繁體中文` -> `zh-hant`)."""
    return _by_name().get(text.strip().rstrip(".。").strip().casefold())


def languages_in(text: str) -> list[str]:
    """Return the codes of the languages that a text names, in the order of the text."""
    return [_by_name()[match[0].casefold()] for match in _any_name().finditer(text)]


def shown_in(line: str) -> str | None:
    """Return the language in which a page is displayed, where the line is the notice that it lacks a translation.

    `This page is not available in English and is being displayed in German` -> `de`. In all languages of the frame the
    one that is missing is named first.
    """
    if len(line) > LONGEST_NOTICE or not words.pattern("absent").search(line):
        return None
    named = languages_in(line)
    return named[-1] if len(named) > 1 and named[-1] != named[0] else None


def is_notice(line: str) -> bool:
    """Return whether a line says that the page lacks a translation, whatever the languages."""
    return len(line) <= LONGEST_NOTICE and bool(words.pattern("absent").search(line)) and bool(languages_in(line))
