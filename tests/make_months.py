"""Write which month a printed name means in which languages, `months.json`: `python -m tests.make_months`.

Its names are those of the Unicode CLDR in all its languages, those that `scrapers.values.months` adds by hand, and both
as they are printed without accents.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

import scrapers.values
from scrapers.values.month_names import spelled
from scrapers.values.months import FORMS, MONTHS

FILE = Path(scrapers.values.__file__).parent / "months.json"
_NUMBERED = re.compile(r"m\d\d")
"""What stands for a name that a language lacks."""

Meanings = dict[str, dict[int, set[str]]]
"""Names -> months -> languages."""


def text() -> str:
    """Return the content of the file: by name, the months that it means and their languages.

    `full` holds the names that are understood in a text of any language, `short` those of their own language only.
    """
    full: Meanings = {}
    short: Meanings = {}
    for language, months in MONTHS.items():
        for month, variants in enumerate(months, 1):
            for name in variants.split():
                _add(full, name.replace("_", " "), month, language)
    for identifier in sorted(locale_identifiers()):
        locale = Locale.parse(identifier)
        for width, month, name in _names(locale):
            wide = width == "wide" or locale.language in MONTHS
            _add(full if wide else short, name, month, locale.language)
    for names in (full, short):
        for name, meanings in list(names.items()):
            if len(plain := _without_accents(name)) > 3:
                names.setdefault(plain, meanings)
    return (
        "{\n"
        + ",\n".join(f'"{kind}": {{\n{_lines(names)}\n}}' for kind, names in (("full", full), ("short", short)))
        + "\n}\n"
    )


def _lines(names: Meanings) -> str:
    told = {
        name: {month: " ".join(sorted(of)) for month, of in sorted(months.items())} for name, months in names.items()
    }
    return ",\n".join(f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(of)}" for name, of in sorted(told.items()))


def _names(locale: Locale) -> Iterator[tuple[str, int, str]]:
    """Yield the width, month and name of every month, as within a date and alone."""
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for month, name in locale.months[context][width].items():
                name = name.lower().strip(". ")
                if len(name) > 1 and any(c.isalpha() for c in name) and not _NUMBERED.fullmatch(name):
                    yield width, month, name


def _add(names: Meanings, name: str, month: int, language: str) -> None:
    for form in ("{}", *FORMS.get(language, ())):
        names.setdefault(spelled(form.format(name)), {}).setdefault(month, set()).add(language)


def _without_accents(name: str) -> str:
    """Return a name in Latin or Greek letters as it is printed without accents, as in capitals: `fevrier`, `mayis`."""
    if not any("LATIN" in unicodedata.name(c, "") or "GREEK" in unicodedata.name(c, "") for c in name):
        return name
    return "".join(c for c in name if not unicodedata.combining(c)).replace("ı", "i")


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
