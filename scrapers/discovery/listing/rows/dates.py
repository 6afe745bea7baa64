"""Reading the days that a listing prints, in the order of day and month that the listing as a whole shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import urlsplit

from scrapers.base import Rules
from scrapers.values.dates import find_dates, order_of, read_date

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
WITHOUT_YEAR = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,?\s+)?(?P<first>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?P<link>\s+de\s+|\s*)[^\W\d_]{3,12}\.?"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?"
    r"|(?P<figures>\d{1,2}(?P<sign>[./-])\d{1,2})(?:(?P=sign))?"
    r"|(?P<east>\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일])"
)
"""A whole text that gives day and month alone, after a weekday perhaps: `28 November`, `Nov 28`, `28.11.`."""
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

    def of_year(self, text: str, year: str) -> str | None:
        """Return the day of a text that gives day and month alone, in a year that a heading names; else None."""
        match = WITHOUT_YEAR.fullmatch(text.strip(" \t,;:–—|()"))
        if match is None:
            return None
        if match["east"]:
            whole = f"{year}{'年' if '月' in match['east'] else '년 '}{match['east']}"
        elif match["figures"]:
            whole = f"{match['figures']}{match['sign']}{year}"
        else:
            whole = f"{match[0]}{match['link'] if (match['link'] or '').strip() else ' '}{year}"
        value = read_date(whole, order=self._order, languages=self._languages)
        return value if value and len(value) == len("2024-11-28") and value.startswith(year) else None

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
