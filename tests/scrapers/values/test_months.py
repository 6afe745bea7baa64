"""The names of months: twelve a language, and one month a name wherever it is read without its language."""

from __future__ import annotations

import pytest

from scrapers.values.dates import read_date
from scrapers.values.months import BUDDHIST, FORMS, MONTHS, OTHER_CALENDARS, YEAR_ZERO


@pytest.mark.parametrize("language", MONTHS)
def test_a_language_has_twelve_months_and_no_name_twice(language: str) -> None:
    months = [set(names.split()) for names in MONTHS[language]]
    assert len(months) == 12
    assert all(months)
    assert sum(map(len, months)) == len(set.union(*months))


@pytest.mark.parametrize("language", MONTHS)
def test_every_name_is_read_as_its_month(language: str) -> None:
    wrong = {
        name: value
        for number, names in enumerate(MONTHS[language], 1)
        for name in names.replace("_", "\N{NO-BREAK SPACE}").split(" ")
        if (value := read_date(f"3 {name} 2019", languages=(language,))) != f"2019-{number:02}-03"
    }
    assert wrong == {}


def test_forms_are_patterns_of_a_name() -> None:
    assert [form for forms in FORMS.values() for form in forms if form.count("{}") != 1] == []


@pytest.mark.parametrize("calendar", OTHER_CALENDARS)
def test_no_month_of_another_calendar_is_read_as_ours(calendar: str) -> None:
    ours = {name for months in MONTHS.values() for names in months for name in names.split()}
    assert set(OTHER_CALENDARS[calendar].split()) & ours == set()


def test_eras_give_our_years() -> None:
    assert read_date("令和元年5月1日") in ("2019-05-01", None)
    assert read_date("令和3年5月1日") == "2021-05-01"
    assert YEAR_ZERO["民國"] + 108 == 2019
    assert 2562 - BUDDHIST == 2019


@pytest.mark.parametrize("citation", ["2021 ME 13", "2019 MA 4", "2024 UT 12", "ME 5 2020"])
def test_two_letters_are_a_month_in_a_text_of_its_language_only(citation: str) -> None:
    assert read_date(citation) is None
    assert read_date("2019 ma 4", languages=("lld",)) == "2019-05-04"
