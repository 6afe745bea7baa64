"""Dates as numbers: what can be true, and the calendars that state themselves."""

from __future__ import annotations

import pytest

from scrapers.values.calendars import checked, eras, number


@pytest.mark.parametrize(
    ("year", "month", "day", "value"),
    [
        (2019, None, None, "2019"),
        (2019, 5, None, "2019-05"),
        (2019, 5, 3, "2019-05-03"),
        (2020, 2, 29, "2020-02-29"),
        (2000, 2, 29, "2000-02-29"),
        (1900, 2, 29, None),
        (2019, 2, 29, None),
        (2019, 4, 31, None),
        (2019, 13, None, None),
        (2019, 5, 0, None),
        (1499, None, None, None),
        (2200, None, None, None),
    ],
)
def test_a_date_is_one_that_the_calendar_has(year: int, month: int | None, day: int | None, value: str | None) -> None:
    reading = checked(year, month, day, start=3, end=9, today=None)
    assert reading.value == value
    assert bool(reading.reason) == (value is None)
    assert (reading.start, reading.end) == (3, 9)


@pytest.mark.parametrize(
    ("month", "day", "value"), [(0, 0, "2019"), (5, 0, "2019-05"), (5, 3, "2019-05-03"), (0, 3, None)]
)
def test_zeros_of_a_machine_s_date_mean_that_a_part_is_not_known(month: int, day: int, value: str | None) -> None:
    assert checked(2019, month, day, start=0, end=0, today=None, iso=True).value == value


def test_the_zero_of_clocks_is_no_date_but_a_printed_day_is() -> None:
    assert checked(1970, 1, 1, start=0, end=0, today=None, iso=True).value is None
    assert checked(1970, 1, 1, start=0, end=0, today=None).value == "1970-01-01"


@pytest.mark.parametrize(("year", "value"), [(2025, "2025-06-01"), (2026, None)])
def test_what_lies_more_than_a_year_ahead_is_refused(year: int, value: str | None) -> None:
    assert checked(year, 6, 1, start=0, end=0, today="2024-06-01").value == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("令和元年5月1日", ["2019-05-01"]),
        ("令和6年3月", ["2024-03"]),
        ("平成30年12月28日", ["2018-12-28"]),
        ("昭和64年1月7日", ["1989-01-07"]),
        ("民國112年5月3日", ["2023-05-03"]),
        ("二〇一九年五月三日", ["2019-05-03"]),
        ("二零一九年十二月三十一日", ["2019-12-31"]),
        ("二〇一九年十月二十日", ["2019-10-20"]),
        ("二〇一九年二月三十日", [None]),
        ("令和6年", []),  # a fiscal year as often as a date
        ("2019年5月3日", []),  # Western numerals are read elsewhere
    ],
)
def test_eras_and_han_numerals(text: str, values: list[str | None]) -> None:
    assert [reading.value for reading in eras(text, [], None)] == values


@pytest.mark.parametrize(("digits", "value"), [("07", 7), ("", None), (None, None)])
def test_digits_write_a_number_or_none(digits: str | None, value: int | None) -> None:
    assert number(digits) == value
