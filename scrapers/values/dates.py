"""Reading printed dates: as precise as printed, and nothing where a date is not sure.

Every date that is accepted has a year of four digits (or an era that is converted because it states itself), so a
text is searched for years, and only the few characters around each are looked at: linear in the length of the text.
dateparser is not used: it takes `10.5` for a day of this month, and needs a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from scrapers.values.calendars import DateReading, checked, eras, gregorian, number
from scrapers.values.month_names import month_named
from scrapers.values.text import fold
from scrapers.values.worded import worded_after, worded_before

Order = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMatch:
    """A date in a text."""

    value: str
    """ISO 8601 with as many parts as printed."""
    raw: str
    start: int
    end: int


_YEAR = re.compile(r"(?<!\d)(?:1[3-9]|2[0-6])\d\d(?!\d)")
_WINDOW = 44

_AFTER_CJK = re.compile(r"\s?[年년](?:度)?(?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일号號]?)?)?")
_TO_DAY = re.compile(r"\s?(?:[-~〜至到]|から)\s?(?:\d{1,2}\s?[月월]\s?)?\d{1,2}\s?[日일号號]")
_AFTER_MONGOLIAN = re.compile(r"\s?оны?\s(\d{1,2})\s?(?:-?р|дугаар|дүгээр)?\s?сарын\s(\d{1,2})")
_AFTER_NUMERIC = re.compile(r"\s?([-/.])\s?(\d{1,2})(?:\s?\1\s?(\d{1,2}))?(?![\d])")
_BEFORE_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?$")
_BEFORE_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})([./-])$")
_COMPACT = re.compile(r"\s*(?:d:)?((?:1[5-9]|2[01])\d\d)([01]\d)([0-3]\d)(?:t?\d{4,6}.{0,8}|[t ].{0,20})?\s*")
_TWO_DIGITS = re.compile(
    r"(?<![\d./-])\d{1,2}([./-])\d{1,2}\1\d{2}(?![\d./-])"
    r"|(?<!\d)\d{1,2}[ .-]{1,2}([^\W\d_]{3,12})\.?[ -]{1,2}'?\d\d(?!\d)"
)
_VIETNAMESE = re.compile(r"(?:(\d{1,2})\s)?(?:tháng|thg)\s(\d{1,2}),?(?:\snăm)?\s$")
_STATED_OTHER = re.compile(r"^\s?(?:هـ|ه(?!\w)|ah\b|هجري|ش(?!\w)|h\.s)")


def order_of(languages: Sequence[str]) -> Order | None:
    """Return the order in which the languages print numeric dates, or None where their readers disagree."""
    orders = {_order_of_one(language.lower()) for language in languages if language}
    return orders.pop() if len(orders) == 1 else None


def _order_of_one(language: str) -> Order | None:
    if language.startswith("en"):
        return {"en-us": "mdy", "en-gb": "dmy", "en-au": "dmy", "en-nz": "dmy", "en-ie": "dmy", "en-in": "dmy"}.get(
            language
        )  # type: ignore[return-value]
    if language[:2] in ("zh", "ja", "ko", "hu", "lt", "mn"):
        return "ymd"
    return "dmy"


def read_date(
    text: str, *, order: Order | None = None, languages: Sequence[str] = (), today: str | None = None
) -> str | None:
    """Return the first date of the text, ISO 8601 with as many parts as printed, or None.

    `order` and `languages` decide `03/04/2019`; with `today` (ISO) a date more than a year later is refused.
    """
    return next(
        (r.value for r in readings(text, order=order, languages=languages, today=today, whole=True) if r.value), None
    )


def refusal(
    text: str, *, order: Order | None = None, languages: Sequence[str] = (), today: str | None = None
) -> str | None:
    """Return why the text's date was refused; None where it has a good date, or none at all."""
    reasons = []
    for reading in readings(text, order=order, languages=languages, today=today, whole=True):
        if reading.value:
            return None
        reasons.append(reading.reason)
    return reasons[0] if reasons else None


def find_dates(
    text: str, *, order: Order | None = None, languages: Sequence[str] = (), today: str | None = None
) -> Iterator[DateMatch]:
    """Yield the dates of a text in their order; a year alone is none."""
    for r in readings(text, order=order, languages=languages, today=today):
        if r.value:
            yield DateMatch(value=r.value, raw=text[r.start : r.end], start=r.start, end=r.end)


def readings(
    text: str,
    *,
    order: Order | None = None,
    languages: Sequence[str] = (),
    today: str | None = None,
    whole: bool = False,
) -> Iterator[DateReading]:
    """Yield whatever looks like a date in the text, read or refused; `whole` says that the text should be a date."""
    folded = fold(text)
    if order is None:
        order = order_of(languages)
    if whole and (compact := _COMPACT.fullmatch(folded)):
        yield checked(*map(int, compact.groups()), start=0, end=len(text), today=today)
        return
    found = False
    done = 0
    for year in _YEAR.finditer(folded):
        if year.start() < done:
            continue
        reading = _around(folded, year, done, order, languages, today)
        if reading is None and whole and _bare_year(folded, year):
            told = gregorian(int(year[0]), folded[: year.start()], languages)
            reading = checked(told, None, None, start=year.start(), end=year.end(), today=today)
        if reading is not None:
            found = True
            done = reading.end
            yield reading
    if "年" in folded or not found:
        for era in eras(folded, languages, today):
            found = True
            yield era
    if found:
        return
    if (two := _TWO_DIGITS.search(folded)) and (two[2] is None or month_named(two[2], languages) is not None):
        yield DateReading(
            value=None,
            reason=f"{text[two.start() : two.end()]!r} has a year of two digits",
            start=two.start(),
            end=two.end(),
        )


def _bare_year(folded: str, year: re.Match[str]) -> bool:
    rest = (folded[: year.start()] + folded[year.end() :]).strip(" .,:;()[]cg/-г")
    return "©" not in rest and len(rest) <= 24 and not any(c.isdigit() for c in rest)


def _around(
    folded: str, year: re.Match[str], floor: int, order: Order | None, languages: Sequence[str], today: str | None
) -> DateReading | None:
    """Read the date that has this year, looking at the characters beside it."""
    start, end = year.span()
    value = gregorian(int(year[0]), folded[max(0, start - _WINDOW) : start], languages)
    after = folded[end : end + _WINDOW]
    if cjk := _AFTER_CJK.match(after) or _AFTER_MONGOLIAN.match(after):
        if cjk[1] is None:
            return None
        ranged = _TO_DAY.match(after, cjk.end())  # 2019年6月3日至5日
        day, until = (None, ranged.end()) if ranged else (number(cjk[2]), cjk.end())
        return checked(value, int(cjk[1]), day, start=start, end=end + until, today=today)
    offset = max(floor, start - _WINDOW)
    before = folded[offset:start]
    if numeric := _BEFORE_NUMERIC.search(before):
        if after[:1] == numeric[2] and after[1:2].isdigit():  # a version: 1.2.2019.4
            return None
        return _numeric(
            int(numeric[1]), int(numeric[3]), value, numeric[2], offset + numeric.start(), end, order, languages, today
        )
    if (ahead := _AFTER_NUMERIC.match(after)) and not before.endswith(("/", "-")):
        first, second = int(ahead[2]), number(ahead[3])
        # `17 September 2014 - 12 pm` and the amount `1918.00` hold no month of that year.
        apart = second is None and (" " in ahead[0] or first == 0)
        if not apart and (second is not None or first <= 12):
            at = end + ahead.end()
            return checked(value, first, second, start=start, end=at, today=today, iso=True)
    if vietnamese := _VIETNAMESE.search(before):
        return checked(
            value, int(vietnamese[2]), number(vietnamese[1]), start=offset + vietnamese.start(), end=end, today=today
        )
    worded, begin, close = worded_before(before, languages), offset, end
    if worded is None and (worded := worded_after(after, languages)):
        begin, close = start, end + worded.end
    if worded is None and (month := _BEFORE_MONTH.search(before)) and 1 <= int(month[1]) <= 12:
        if after[:1] == month[2] and after[1:2].isdigit():  # the number of a file or a house: 4-2015-0012, 6-1531-1539
            return None
        return checked(value, int(month[1]), None, start=offset + month.start(), end=end, today=today)
    if worded is None:
        return None
    begin += worded.start
    if reason := worded.refused or ("the date is of another calendar" if _STATED_OTHER.match(after) else None):
        return DateReading(value=None, reason=reason, start=begin, end=close)
    return checked(value, worded.month, worded.day, start=begin, end=close, today=today)


def _numeric(
    first: int,
    second: int,
    year: int,
    mark: str,
    start: int,
    end: int,
    order: Order | None,
    languages: Sequence[str],
    today: str | None,
) -> DateReading:
    if (
        not (first and second)
        or first > 12
        or first == second
        or (second <= 12 and (order in ("dmy", "ymd") or (mark == "." and order is None)))
    ):
        day, month = first, second
    elif second > 12 or order == "mdy":
        day, month = second, first
    else:
        reason = f"'{first:02}{mark}{second:02}{mark}{year}' may mean two days: `date_order` of the source says which"
        return DateReading(value=None, reason=reason, start=start, end=end)
    return checked(year, month, day, start=start, end=end, today=today)
