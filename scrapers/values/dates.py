"""Reading printed dates: as precise as printed, and nothing where a date is not sure.

Every date that is accepted bears a year of four digits (or an era that is converted because it states itself), so a
text is searched for years, and only the few characters around each are looked at: linear in the length of the text.
dateparser is not used: it takes `10.5` for a day of this month, and needs a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scrapers.values.calendars import DateReading, checked, eras, number
from scrapers.values.months import BEFORE_MONTH, BESIDE_YEAR, MONTHS, OTHER_CALENDARS

Order = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMatch:
    """A date in a text."""

    value: str
    """ISO 8601 with as many parts as printed."""
    raw: str
    start: int
    end: int


# One character for one, so that places in the folded text are places in the text.
_FOLD = str.maketrans(
    {
        **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)},
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2002\u2003\u200a\u3000\t\r\n", " "),
        **dict.fromkeys("‐‑‒–—−－～〜", "-"),
        **dict.fromkeys("／⁄", "/"),
        **dict.fromkeys("．。", "."),
        **{"，": ",", "、": ",", "،": ",", "：": ":", "İ": "i", "ي": "ي", "ی": "ي", "ى": "ي", "ک": "ك", "’": "'"},
    }
)
_YEAR = re.compile(r"(?<!\d)(?:1[3-9]|2[0-6])\d\d(?!\d)")
_WINDOW = 44

_AFTER_CJK = re.compile(r"\s?[年년](?:度)?(?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일号號]?)?)?")
_AFTER_NUMERIC = re.compile(r"\s?([-/.])\s?(\d{1,2})(?:\s?\1\s?(\d{1,2}))?(?![\d])")
_BEFORE_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?$")
_BEFORE_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})[./-]$")
_TIME = re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?|[+-]\d{2}:?\d{2}$")
_TOKEN = re.compile(r"\d+(?:(?:st|nd|rd|th|ère|er|re|º|°|ª|-?го|η|日)(?![^\W\d_]))?|[^\s\d,;:/()\[\]|'\"«»-]+|[,/-]")
_COMPACT = re.compile(r"\s*(?:d:)?((?:1[5-9]|2[01])\d\d)([01]\d)([0-3]\d)(?:t?\d{4,6}.{0,8}|[t ].{0,20})?\s*")
_TWO_DIGITS = re.compile(
    r"(?<![\d./-])\d{1,2}([./-])\d{1,2}\1\d{2}(?![\d./-])"
    r"|(?<!\d)\d{1,2}[ .-]{1,2}([^\W\d_]{3,12})\.?[ -]{1,2}'?\d\d(?!\d)"
)
_VIETNAMESE = re.compile(r"(?:(\d{1,2})\s)?tháng\s(\d{1,2}),?(?:\snăm)?\s$")
_STATED_BUDDHIST = re.compile(r"พ\.?\s?ศ\.?\s?$")
_STATED_OTHER = re.compile(r"^\s?(?:هـ|ه(?!\w)|ah\b|هجري|ش(?!\w)|h\.s)")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, dict[int, frozenset[str]]], dict[str, str]]:
    """Return month names -> {month: languages}, and names of other calendars' months -> calendar, all folded."""
    months: dict[str, dict[int, frozenset[str]]] = {}
    for language, names in MONTHS.items():
        for month, variants in enumerate(names, 1):
            for name in variants.split():
                meanings = months.setdefault(fold(name.replace("_", " ")), {})
                meanings[month] = meanings.get(month, frozenset()) | {language}
    others = {fold(n.replace("_", " ")): calendar for calendar, names in OTHER_CALENDARS.items() for n in names.split()}
    return months, others


def fold(text: str) -> str:
    """Return the text in lower case with one kind of digit, blank, dash and alef; every character keeps its place."""
    folded = text.translate(_FOLD)
    lower = folded.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


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
            reading = checked(int(year[0]), None, None, start=year.start(), end=year.end(), today=today)
        if reading is not None:
            found = True
            done = reading.end
            yield reading
    if "年" in folded:
        yield from eras(folded, today)
    elif (
        not found and (two := _TWO_DIGITS.search(folded)) and (two[2] is None or _month(two[2], languages) is not None)
    ):
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
    value, start, end = int(year[0]), year.start(), year.end()
    after = folded[end : end + _WINDOW]
    if cjk := _AFTER_CJK.match(after):
        if cjk[1] is None:
            return None
        return checked(value, int(cjk[1]), number(cjk[2]), start=start, end=end + cjk.end(), today=today)
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
    worded = _worded_before(before, value, offset, end, languages, today)
    if worded is None:
        worded = _worded_after(after, value, start, end, languages, today)
    if worded is None and (month := _BEFORE_MONTH.search(before)) and 1 <= int(month[1]) <= 12:
        return checked(value, int(month[1]), None, start=offset + month.start(), end=end, today=today)
    if worded is not None and worded.value and _STATED_OTHER.match(after):
        return DateReading(value=None, reason="the date is of another calendar", start=worded.start, end=worded.end)
    return worded


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
        reason = (
            f"'{first:02}{mark}{second:02}{mark}{year}' may be of two days: the source states no order (date_order)"
        )
        return DateReading(value=None, reason=reason, start=start, end=end)
    return checked(year, month, day, start=start, end=end, today=today)


def _tokens(window: str) -> list[tuple[str, int, int]]:
    # A time of day between the parts would be read as their numbers.
    if ":" in window or "h" in window:
        window = _TIME.sub(lambda m: " " * len(m[0]), window)
    return [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(window)]


def _worded_before(
    before: str, year: int, offset: int, end: int, languages: Sequence[str], today: str | None
) -> DateReading | None:
    """Read `23 May`, `May 23,` or `May` before a year."""
    tokens = _tokens(before)
    i = len(tokens) - 1
    while i >= 0 and tokens[i][0].strip(",/-.") in BESIDE_YEAR:
        i -= 1
    if i < 0:
        return None
    if _STATED_BUDDHIST.search(before):
        year, before = year - 543, ""
        while i >= 0 and tokens[i][0].strip(".") in ("พ", "ศ", "พ.ศ"):
            i -= 1
    day_after = _day(tokens[i][0])
    if day_after is not None and i:
        i -= 1
        while i >= 0 and tokens[i][0].strip(",/.") in BEFORE_MONTH:
            if tokens[i][0] == "-" and i and _day(tokens[i - 1][0]) is not None:  # May 23-25, 2019
                day_after, i = 0, i - 1
            i -= 1
    return _month_then_day(tokens, i, day_after, year, offset, end, languages, today)


def _month_then_day(
    tokens: list[tuple[str, int, int]],
    i: int,
    day_after: int | None,
    year: int,
    offset: int,
    end: int,
    languages: Sequence[str],
    today: str | None,
) -> DateReading | None:
    """Read the month at token i, and the day before it where none came after; a day of 0 is a range of days."""
    if i < 0:
        return None
    month, i = _month_at(tokens, i, languages)
    start = offset + tokens[i][1]
    if month is None:
        return None
    if isinstance(month, str):
        return DateReading(value=None, reason=month, start=start, end=end)
    day = day_after
    j = _skip(tokens, i - 1)
    if 0 <= j < i - 1 and tokens[j][0][0].isalpha():
        other, k = _month_at(tokens, j, languages)
        if other == month:  # 23 أيار/مايو 2019: one month under its two names
            j = _skip(tokens, k - 1)
        elif isinstance(other, int) and tokens[i - 1][0] in "/-" and day is None:  # May/June 2019
            return checked(year, None, None, start=offset + tokens[k][1], end=end, today=today)
    if day is None and j >= 0 and (day := _day(tokens[j][0])) is not None:
        start = offset + tokens[j][1]
        if j > 1 and tokens[j - 1][0] == "-" and _day(tokens[j - 2][0]) is not None:  # 23-25 May 2019
            day, start = 0, offset + tokens[j - 2][1]
    return checked(year, month, day or None, start=start, end=end, today=today)


def _skip(tokens: list[tuple[str, int, int]], j: int) -> int:
    """Return the place of the last token, up to the jth, that may be a day or a month."""
    least = j - 3
    while j >= 0 and j > least and tokens[j][0].strip(",/-.") in BEFORE_MONTH:
        j -= 1
    return j


def _worded_after(
    after: str, year: int, start: int, end: int, languages: Sequence[str], today: str | None
) -> DateReading | None:
    """Read `. május 23.`, ` May 23` or `-May-23` after a year."""
    tokens = _tokens(after)[:4]
    i = 0
    while i < len(tokens) and tokens[i][0].strip(",/-.") == "":
        i += 1
    if i >= min(len(tokens), 2) or tokens[i][1] > 3:
        return None
    month = _month(tokens[i][0], languages)
    if not isinstance(month, int) or i + 1 >= len(tokens):
        return None
    if tokens[i + 1][0] in ",-/":
        i += 1
    day = _day(tokens[i + 1][0]) if i + 1 < len(tokens) else None
    if day is None or (i + 2 < len(tokens) and re.fullmatch(r"\d{4}", tokens[i + 2][0])):
        return None
    return checked(year, month, day, start=start, end=end + tokens[i + 1][2], today=today)


def _day(token: str) -> int | None:
    digits = token[:2] if token[:2].isdigit() else token[:1]
    return int(digits) if digits.isdigit() and not token[len(digits) :][:1].isdigit() else None


def _month_at(tokens: list[tuple[str, int, int]], i: int, languages: Sequence[str]) -> tuple[int | str | None, int]:
    """Return the month whose name ends at token i (or why it is none), and where it begins."""
    if i and (month := _month(f"{tokens[i - 1][0]} {tokens[i][0]}", languages)) is not None:
        return month, i - 1
    return _month(tokens[i][0], languages), i


def _month(name: str, languages: Sequence[str]) -> int | str | None:
    months, others = _tables()
    name = name.strip(".")
    meanings = months.get(name)
    if meanings is None:
        calendar = others.get(name)
        return f"a date of the {calendar} calendar" if calendar else None
    if len(meanings) > 1:
        spoken = {language[:2].lower() for language in languages}
        meant = [month for month, tongues in meanings.items() if tongues & spoken]
        if len(meant) != 1:
            return f"{name!r} names different months in different languages"
        return meant[0]
    return next(iter(meanings))
