"""Reading the days that a listing prints, in the order of day and month that the listing as a whole shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import urlsplit

from scrapers.base import Rules
from scrapers.values.dates import find_dates, order_of

Order = Literal["dmy", "mdy", "ymd"]

PROSE = 160
"""A text longer than this is prose: only a day near its beginning is the document's."""
NEAR = 40
"""Letters before a day in which words may say what day it is."""
NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(?:(?:19|20)\d\d|\d\d)(?![\d./-])")
TWO_DIGIT_YEAR = re.compile(
    r"(?<![\d./-])\d{1,2}([./-])\d{1,2}\1(\d\d)(?![\d./:-])"
    r"|(?<![\d./-])\d{1,2}[ -][^\W\d_]{3,9}\.?[ -]'?(\d\d)(?![\d./:-])"
)
DIGIT = re.compile(r"\d")
PIVOT = 69
"""Two digits from here on are of the last century, as POSIX reads them (strptime, %y)."""
AMERICAN = re.compile(r"\.(?:gov|mil|us)\Z")


class DateReader:
    """Reads the days of one listing."""

    def __init__(self, texts: Iterable[str], url: str, rules: Rules, language: str) -> None:
        """Learn the order of day and month from the listing's texts, where the source does not state it."""
        language = rules.language or language
        self._languages = [language] if language else []
        self._order: Order | None = rules.date_order or shown_order(texts) or order_of(self._languages)
        self._read: dict[str, list[tuple[str, str, str]]] = {}
        if self._order is None and AMERICAN.search(urlsplit(url).hostname or ""):
            self._order = "mdy"

    def read(self, text: str) -> list[tuple[str, str, str]]:
        """Return the days of a text, ISO 8601, each with the words before and after it."""
        if not DIGIT.search(text):
            return []
        if text not in self._read:
            self._read[text] = list(self._days(text))
        return self._read[text]

    def _days(self, text: str) -> Iterator[tuple[str, str, str]]:
        whole = _with_whole_years(text)
        for match in find_dates(whole, order=self._order, languages=self._languages):
            if len(whole) > PROSE and match.start > NEAR:
                return
            yield match.value, whole[: match.start], whole[match.end :]


def shown_order(texts: Iterable[str]) -> Order | None:
    """Return the order that dates in figures show, where some can only be read in one and none only in the other."""
    day_first = month_first = False
    for text in texts:
        for match in NUMERIC.finditer(text[:PROSE]):
            first, second = int(match[1]), int(match[3])
            day_first = day_first or first > 12 >= second
            month_first = month_first or second > 12 >= first
    if day_first == month_first:
        return None
    return "dmy" if day_first else "mdy"


def _with_whole_years(text: str) -> str:
    """Return a text with the years of its days in four digits, for which a listing's narrow column has no room."""

    def whole(match: re.Match[str]) -> str:
        digits = match[2] or match[3]
        century = "19" if int(digits) >= PIVOT else "20"
        return match[0][: -len(digits)].rstrip("'") + century + digits

    return TWO_DIGIT_YEAR.sub(whole, text)
