"""The words that the site prints around its documents, as patterns: made of `words.toml` when they are first needed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from scrapers.values.labels import LABELS

PDF_PREFIX = re.compile(r"^\[\s*(pdf|doc|docx|word|video|audio|excel|xlsx?|ppt)\s*\]\s*", re.IGNORECASE)


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a table of `words.toml`: any of its words, where its shape wants them."""
    table = _tables()[name]
    shape: str = table.get("shape", "WORDS")
    return re.compile(shape.replace("WORDS", "|".join(table["words"])), re.IGNORECASE)


@cache
def whole(name: str) -> frozenset[str]:
    """Return the words of a table whose words are compared in full, case folded."""
    return frozenset(word.casefold() for word in _tables()[name]["words"])


@cache
def author_line() -> re.Pattern[str]:
    """Return the pattern of a line that begins with an author label and its mark."""
    return re.compile(rf"(?P<label>{_labels('authors')}\s*[:：])\s*(?P<value>.*)", re.IGNORECASE | re.DOTALL)


@cache
def published_label() -> re.Pattern[str]:
    """Return the pattern of a label of the date and its mark, wherever it stands in a line."""
    return re.compile(rf"(?:^|(?<=[\s,;|·،、，]))(?P<label>{_labels('date_published')}\s*[:：])", re.IGNORECASE)


def bare(text: str) -> str:
    """Return letters and digits alone, in lower case: what two printings of one title share."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _labels(field: str) -> str:
    return _any(word for words in LABELS[field].values() for word in words)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)) + ")"
