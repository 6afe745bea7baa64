"""Dates as numbers: whether they can be true, and the eras of other calendars that state themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapers.values.months import BUDDHIST, YEAR_ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """What became of something that looks like a date: a value, or the reason why there is none."""

    value: str | None
    reason: str | None
    start: int
    end: int


_NUMERAL = r"\d{1,3}|[〇零一二三四五六七八九十百]{1,5}"
_ERA = re.compile(
    rf"({'|'.join(YEAR_ZERO)})\s?({_NUMERAL}|元)\s?年(?:\s?({_NUMERAL})\s?月(?:\s?({_NUMERAL})\s?[日號号])?)?"
)
_HAN = re.compile(
    r"[〇零一二三四五六七八九]{4}年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号號])?)?"
)
_MINGUO = re.compile(
    r"(?<![\d./年-])(1[0-4]\d|[89]\d)\s?(?:年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日|([./-])(\d{1,2})\4(\d{1,2})(?![\d./-]))"
)
"""A day of the calendar of Taiwan that doesn't name it, as its offices print it."""
_INITIAL = re.compile(r"(?<![a-z\d])([rhst])\.?\s?(\d{1,2})([./-])(\d{1,2})\3(\d{1,2})(?![\d./-])")
_INITIALS = {"r": "令和", "h": "平成", "s": "昭和", "t": "大正"}
_BUDDHIST = re.compile(r"[\u0e01-\u0e5b]|ព\.?\s?ស")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def gregorian(year: int, before: str, languages: Sequence[str]) -> int:
    """Return the year of our calendar; in Thai, or after the Khmer mark of the era, Buddhist years are recognised."""
    told = 2400 < year < 2700 and ("th" in languages or _BUDDHIST.search(before))
    return year - BUDDHIST if told else year


def eras(folded: str, languages: Sequence[str], today: str | None) -> Iterator[DateReading]:
    """Yield the dates of Japanese and Taiwanese eras, and years written in Han numerals."""
    for era in _ERA.finditer(folded):
        year = YEAR_ZERO[era[1]] + (1 if era[2] == "元" else _numeral(era[2]))
        if era[3]:
            day = _numeral(era[4]) if era[4] else None
            yield checked(year, _numeral(era[3]), day, start=era.start(), end=era.end(), today=today)
    for han in _HAN.finditer(folded):
        if han[1]:
            day = _numeral(han[2]) if han[2] else None
            yield checked(_numeral(han[0][:4]), _numeral(han[1]), day, start=han.start(), end=han.end(), today=today)
    if any(language.startswith(("zh-Hant", "zh-TW")) for language in languages):
        for found in _MINGUO.finditer(folded):
            if folded[: found.start()].rstrip().endswith(tuple(YEAR_ZERO)):
                continue
            month, day = int(found[2] or found[5]), int(found[3] or found[6])
            year = YEAR_ZERO["民國"] + int(found[1])
            yield checked(year, month, day, start=found.start(), end=found.end(), today=today)
    if any(language.startswith("ja") for language in languages):
        for found in _INITIAL.finditer(folded):
            year = YEAR_ZERO[_INITIALS[found[1]]] + int(found[2])
            yield checked(year, int(found[4]), int(found[5]), start=found.start(), end=found.end(), today=today)


_DIGITS = "〇一二三四五六七八九"


def _numeral(written: str) -> int:
    """Return the number that digits or Han numerals write: 108, 一〇八, 一百零八, 二十三."""
    if written.isdigit() and written.isascii():
        return int(written)
    written = written.replace("零", "〇")
    if not {"十", "百"} & set(written):
        return int("".join(str(_DIGITS.index(c)) for c in written))
    hundreds, hundred, rest = written.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (_DIGITS.index(hundreds[-1]) if hundreds else 1) if hundred else 0
    if ten:
        value += 10 * (_DIGITS.index(tens[-1]) or 1 if tens else 1)
    return value + (_DIGITS.index(ones[-1]) if ones else 0)


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
