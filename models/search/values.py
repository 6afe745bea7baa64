"""The fields of the query language, and how a value of each is read."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Callable, Mapping

from models.search.terms import Is, Node, Not, Sure, Within
from models.search.words import words
from models.statuses import DocumentStatus

FIELDS: Mapping[str, str] = {
    "author": "any part of an author's name",
    "title": "a word or phrase of the title",
    "source": "the name of a source",
    "language": "a language's code; pt finds pt-BR too",
    "kind": "the site's own label",
    "format": "html, pdf, docx ... or a media type",
    "status": "live or gone",
    "origin": "where a value was read: pdf, json-ld, date_published=landing-page",
    "url": "a part of an address of the document",
    "has": "what a document has: author, date, doi, attachment ...",
    "no": "what a document lacks",
    "date": "when it was published",
    "seen": "when it came in",
    "changed": "when its content last changed, or it was removed",
    "sure": "how sure a value is, 0 to 1",
}
"""The fields of the query language, each with what its value is, in words for a person."""

SYNONYMS: Mapping[str, str] = {
    "authors": "author", "titles": "title", "sources": "source", "lang": "language", "languages": "language",
    "published": "date", "dates": "date", "type": "kind", "filetype": "format", "without": "no",
    "date_published": "date", "first_seen": "seen", "confidence": "sure",
}  # fmt: skip
"""Other names of fields that are understood."""

HAS: Mapping[str, str] = {
    "title": "title", "author": "author", "date": "date_published", "language": "language", "kind": "kind",
    "publisher": "publisher", "description": "description", "text": "body", "body": "body",
    "identifier": "identifiers", "doi": "doi", "isbn": "isbn", "issn": "issn", "symbol": "symbol", "handle": "handle",
    "table": "tables", "note": "notes", "attachment": "attachment", "file": "attachment", "landing": "landing",
    "revisions": "revisions",
}  # fmt: skip
"""The values of `has:` and `no:`, each with what the document must have."""

PROVEN: Mapping[str, str] = {"author": "authors", "date": "date_published", "text": "body"}
"""Fields whose name in `provenance` is not the word of the query language."""

JUDGED = ("title", "authors", "date_published", "language", "kind", "publisher", "description", "identifiers", "body")
"""The fields whose values have a confidence."""

PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
COMPARED = re.compile(r"(>=|<=|>|<|=)?(.*)", re.S)

Told = Callable[[str, bool], None]
"""Keeps a remark on a value; the flag says whether it is a fault."""


def read_value(name: str, value: str, told: Told) -> Node | None:
    """Return what `name:value` means, or None after a fault."""
    if name in ("date", "seen", "changed"):
        return _within(name, value, told)
    if name == "sure":
        return _sure(value, told)
    if name in ("has", "no"):
        return _has(name, value, told)
    if name == "status":
        status = value.casefold()
        if status not in [*DocumentStatus]:
            told(f"“{value}” is no status; write status:live or status:gone", True)
            return None
        return Is(name, status)
    value = value.strip() if name == "url" else value.strip().casefold()
    if not value or (name == "author" and not words(value)):
        told(f"{name}: needs a value; it is {FIELDS[name]}", True)
        return None
    return Is(name, " ".join(words(value)) if name == "author" else value)


def _has(name: str, value: str, told: Told) -> Node | None:
    word = value.casefold()
    known = HAS.get(word) or HAS.get(word.removesuffix("s"))
    if known is None:
        near = difflib.get_close_matches(word, HAS, n=1)
        hint = f"did you mean {name}:{near[0]}?" if near else f"it takes {', '.join(HAS)}"
        told(f"{name}:{value}: no document has that; {hint}", True)
        return None
    return Is("has", known) if name == "has" else Not(Is("has", known))


def _within(name: str, value: str, told: Told) -> Node | None:
    match = COMPARED.fullmatch(value)
    assert match is not None
    sign, rest = match[1], match[2]
    if sign is None and ".." in rest:
        one, _, two = rest.partition("..")
        first, last = (_period(part, told) if part else None for part in (one, two.lstrip(".")))
        if (one and first is None) or (two.lstrip(".") and last is None) or (first is None and last is None):
            _no_date(name, value, told)
            return None
        if first is not None and last is not None and first > last + "~":
            told(f"{one}..{two} runs backwards; it was read as {two}..{one}.", False)
            first, last = last, first
        return Within(name, first, last)
    period = _period(rest, told)
    if period is None:
        _no_date(name, value, told)
        return None
    if sign in (None, "="):
        return Within(name, period, period)
    if sign == ">=":
        return Within(name, period, None)
    if sign == "<=":
        return Within(name, None, period)
    beside = _beside(period, 1 if sign == ">" else -1)
    if beside is None:
        _no_date(name, value, told)
        return None
    return Within(name, beside, None) if sign == ">" else Within(name, None, beside)


def _no_date(name: str, value: str, told: Told) -> None:
    told(
        f"“{value}” is no date here; write {name}:2019, {name}:2019-05, {name}:2019-05-23, {name}:2019..2020 "
        f"or {name}:>=2020-03",
        True,
    )


def _period(text: str, told: Told) -> str | None:
    """Return a year, month or day as ISO writes it, or None where it is none."""
    match = PERIOD.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if year == 0 or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and not 1 <= day <= calendar.monthrange(year, month or 1)[1]:
        return None
    iso = f"{year:04}" + (f"-{month:02}" if month is not None else "") + (f"-{day:02}" if day is not None else "")
    if iso != text:
        told(f"{text} was read as {iso}.", False)
    return iso


def following(period: str) -> str | None:
    """Return the year, month or day after a period, or None after the last year."""
    return _beside(period, 1)


def _beside(period: str, step: int) -> str | None:
    """Return the year, month or day after (1) or before (-1) a period, or None beyond the calendar."""
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 3:
        year, month, day = parts
        day += step
        if day < 1 or day > calendar.monthrange(year, month)[1]:
            other = _beside(f"{year:04}-{month:02}", step)
            if other is None:
                return None
            year, month = (int(part) for part in other.split("-"))
            day = 1 if step > 0 else calendar.monthrange(year, month)[1]
        return f"{year:04}-{month:02}-{day:02}"
    if len(parts) == 2:
        at = parts[0] * 12 + parts[1] - 1 + step
        return f"{at // 12:04}-{at % 12 + 1:02}" if 12 <= at < 120_000 else None
    return f"{parts[0] + step:04}" if 1 <= parts[0] + step <= 9999 else None


def _sure(value: str, told: Told) -> Node | None:
    match = re.fullmatch(r"([a-z_]*)(>=|<=|>|<)([0-9]*\.?[0-9]+)(%?)", value.casefold())
    number = float(match[3]) / (100 if match[4] else 1) if match else -1
    if match is None or not 0 <= number <= 1:
        told(f"“{value}” is no confidence, which lies between 0 and 1; write sure:<0.7 or sure:date>=0.9", True)
        return None
    field = PROVEN.get(match[1], match[1])
    if field and field not in JUDGED:
        told(f"“{match[1]}” is no field with a confidence; write sure:date<0.7, or one of {', '.join(JUDGED)}", True)
        return None
    # Confidences are rounded to two digits, so the sign with `=` begins just beyond the one without.
    number += 0.005 if match[2] in ("<=", ">") else 0
    return Sure(field or None, number, None) if ">" in match[2] else Sure(field or None, None, number)
