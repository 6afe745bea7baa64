"""Dates as numbers: whether they can be true, and the eras of other calendars that state themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.values.months import YEAR_ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """What became of something that looks like a date: a value, or the reason why there is none."""

    value: str | None
    reason: str | None
    start: int
    end: int


_ERA = re.compile(rf"({'|'.join(YEAR_ZERO)})\s?(\d{{1,3}}|元)\s?年(?:\s?(\d{{1,2}})\s?月(?:\s?(\d{{1,2}})\s?日)?)?")
_HAN = re.compile(
    r"[〇零一二三四五六七八九]{4}年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?)?"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def eras(folded: str, today: str | None) -> Iterator[DateReading]:
    """Yield the dates of Japanese and Taiwanese eras, and years written in Han numerals."""
    for era in _ERA.finditer(folded):
        year = YEAR_ZERO[era[1]] + (1 if era[2] == "元" else int(era[2]))
        if era[3]:
            yield checked(year, int(era[3]), number(era[4]), start=era.start(), end=era.end(), today=today)
    for han in _HAN.finditer(folded):
        year = int("".join(str("〇一二三四五六七八九".index(c)) for c in han[0][:4].replace("零", "〇")))
        if han[1]:
            yield checked(
                year, _han(han[1]), _han(han[2]) if han[2] else None, start=han.start(), end=han.end(), today=today
            )


def _han(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    digits = "一二三四五六七八九"
    return (10 * (digits.index(tens[-1]) + 1 if tens else 1) if ten else 0) + (
        digits.index(ones[-1]) + 1 if ones else 0
    )


def number(digits: str | None) -> int | None:
    """Return the number that digits write, None for none."""
    return int(digits) if digits else None


def checked(
    year: int, month: int | None, day: int | None, *, start: int, end: int, today: str | None, iso: bool = False
) -> DateReading:
    """Return the reading of a date's numbers, refused where they can't be true."""
    reason = None
    if iso and day == 0:
        day = None
    if iso and month == 0 and day is None:
        month = None
    value = f"{year:04}" + (f"-{month:02}" if month is not None else "") + (f"-{day:02}" if day is not None else "")
    if not 1500 <= year <= 2199:
        reason = f"{value} is no date of the Gregorian calendar"
    elif month is not None and not 1 <= month <= 12:
        reason = f"{value} is impossible: there is no month {month}"
    elif month is not None and day is not None and not _exists(year, month, day):
        reason = f"{value} is impossible: that month has no day {day}"
    elif iso and value == "1970-01-01":
        reason = "1970-01-01 is the zero of computers' clocks, not a date"
    elif today and value > f"{int(today[:4]) + 1}{today[4:10]}":
        reason = f"{value} is in the far future"
    return DateReading(value=None if reason else value, reason=reason, start=start, end=end)


def _exists(year: int, month: int, day: int) -> bool:
    if month == 2 and day == 29:
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _DAYS[month - 1]
