"""Which month a printed name means, in all languages of the Unicode CLDR: `tests.make_months` writes `months.json`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from scrapers.values.months import MONTHS, OTHER_CALENDARS
from scrapers.values.text import fold

Meanings = Mapping[str, str]
"""Months, each with the languages in which a name means it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    full: Mapping[str, Meanings]
    """What names mean in a text of any language."""
    short: Mapping[str, Meanings]
    """Abbreviations, which are understood in a text of their own language only."""
    calendars: Mapping[str, str]
    """Names of months that are not the Gregorian calendar's: the calendar."""
    first_words: frozenset[str]
    last_words: frozenset[str]
    """The words with which names of several words begin and end."""


@lru_cache(maxsize=1)
def _table() -> _Table:
    told = json.loads(files("scrapers.values").joinpath("months.json").read_text("utf-8"))
    calendars = {
        spelled(name.replace("_", " ")): calendar
        for calendar, names in OTHER_CALENDARS.items()
        for name in names.split()
    }
    several = [words for name in (*told["full"], *told["short"], *calendars) if len(words := _WORDS.split(name)) > 1]
    return _Table(
        full=told["full"],
        short=told["short"],
        calendars=calendars,
        first_words=frozenset(words[0] for words in several),
        last_words=frozenset(words[-1] for words in several),
    )


SHORTEST = 3
"""The fewest Latin letters of a month's name in a text whose language is not known to have it."""
_WORDS = re.compile(r"[ '’-]")


def spelled(name: str) -> str:
    """Return a name as names are compared: folded, and in the one form of Unicode that has no two spellings (NFD)."""
    return name if name.isascii() and name.islower() else unicodedata.normalize("NFD", fold(name))


def begins_longer(word: str) -> bool:
    """Whether a folded word begins a month's name of several words."""
    return spelled(word) in _table().first_words


def ends_longer(word: str) -> bool:
    """Whether a folded word ends a month's name of several words."""
    return spelled(word) in _table().last_words


def month_named(name: str, languages: Sequence[str]) -> int | str | None:
    """Return the month (1 to 12) that a folded name means, why it means none that is sure, or None for no month.

    The languages of the document decide; a name that is none of theirs is one of a widely written language (`MONTHS`),
    else the full name of a month in any other. Two Latin letters are a month in the document's own language only: the
    `ME`, `MA` and `UT` of `2021 ME 13` are states.
    """
    table, name = _table(), spelled(name.strip("."))
    full, short = table.full.get(name, {}), table.short.get(name, {})
    if languages and (full or short):
        spoken = {same for language in languages for same in _codes(language.split("-")[0].lower())}
        own = {month for meanings in (full, short) for month in _meant(meanings, spoken)}
        if len(own) == 1:
            return int(own.pop())
    if name.isascii() and len(name) < SHORTEST:
        return None
    common = _meant(full, MONTHS)
    if not common and (calendar := table.calendars.get(name)):
        return f"a date of the {calendar} calendar"
    months = common or set(full)
    if len(months) > 1:
        return f"{name!r} names different months in different languages"
    return int(months.pop()) if months else None


def _meant(meanings: Meanings, languages: Container[str]) -> set[str]:
    return {month for month, tongues in meanings.items() if any(tongue in languages for tongue in tongues.split())}


def _codes(language: str) -> tuple[str, ...]:
    """Return the codes under which names of a language are kept."""
    return language, _SAME.get(language, language)


_SAME = {"nb": "no", "no": "nb", "tl": "fil", "sh": "sr", "iw": "he"}
