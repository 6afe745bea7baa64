"""Printed dates: as precise as printed, in many languages, and refused with a reason where they can't be trusted."""

from __future__ import annotations

import time
from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from scrapers.values.dates import find_dates, read_date, refusal
from scrapers.values.months import MONTHS
from tests import make_months

READ = {
    "2019": "2019",
    "2019-05": "2019-05",
    "2019-05-23": "2019-05-23",
    "2019/05/23": "2019-05-23",
    "20190523": "2019-05-23",
    "D:20190523120000Z": "2019-05-23",
    "2014/00/00": "2014",
    "05/2019": "2019-05",
    "May 2019": "2019-05",
    "May/June 2019": "2019",
    "23–25 May 2019": "2019-05",
    "May 23-25, 2019": "2019-05",
    "23 May 2019": "2019-05-23",
    "May 23, 2019": "2019-05-23",
    "Sept. 5, 2019": "2019-09-05",
    "the 23rd of May, 2019": "2019-05-23",
    "this 11th day of March, 1993": "1993-03-11",
    "17 September 2014 – 12pm": "2014-09-17",
    "18th February 2025": "2025-02-18",
    "News / 18th February 2025": "2025-02-18",
    "23-May-2019": "2019-05-23",
    "23May2019": "2019-05-23",
    "2019 May 23": "2019-05-23",
    "Published on: 23 May 2019": "2019-05-23",
    "Thu, 23 May 2019 10:00:00 GMT": "2019-05-23",
    "Thu May 23 22:30:00 UTC 2019": "2019-05-23",
    "Jan 5, 2020, 10:30": "2020-01-05",
    "May 23 10:30 AM, 2019": "2019-05-23",
    "12/31/2019, 10:00:00 PM": "2019-12-31",
    "23/05/2019": "2019-05-23",
    "05/23/2019": "2019-05-23",
    "04/04/2019": "2019-04-04",
    "12 Jul 2017": "2017-07-12",
    "1 Ene 2017": "2017-01-01",
    "23 de mayo de 2019": "2019-05-23",
    "mayo 23, 2019": "2019-05-23",
    "22 Okt 2020": "2020-10-22",
    "1 Mär 2019": "2019-03-01",
    "3. November 2021": "2021-11-03",
    "Am 5. Juni 2020 um 10:00": "2020-06-05",
    "23.05.2019": "2019-05-23",
    "1 Set 2023": "2023-09-01",
    "1º de maio de 2019": "2019-05-01",
    "5 févr. 2025": "2025-02-05",
    "1er août 2019": "2019-08-01",
    "il 1° marzo 2020": "2020-03-01",
    "9 Giu 2020": "2020-06-09",
    "23 Окт 2019": "2019-10-23",
    "23 мая 2019 г.": "2019-05-23",
    "2020年3月16日": "2020-03-16",
    "2019年5月": "2019-05",
    "2019年５月２３日": "2019-05-23",
    "二〇一九年三月十六日": "2019-03-16",
    "令和2年3月16日": "2020-03-16",
    "民國108年5月23日": "2019-05-23",
    "2016년 8월 4일": "2016-08-04",
    "2019. 5. 23.": "2019-05-23",
    "2019. május 23.": "2019-05-23",
    "23 مايو 2019": "2019-05-23",
    "٢٣ مايو ٢٠١٩": "2019-05-23",
    "٢٠١٩/٠٥/٢٣": "2019-05-23",
    "23 أيار/مايو 2019": "2019-05-23",
    "15 تشرين الأول/أكتوبر 2020": "2020-10-15",
    "23 พฤษภาคม พ.ศ. 2562": "2019-05-23",
    "23 tháng 5 năm 2019": "2019-05-23",
    "23 พฤษภาคม 2562": "2019-05-23",
    "6มิถุนายน2554": "2011-06-06",
    "วันที่ ๖ เดือนมิถุนายน พ.ศ. ๒๕๕๔": "2011-06-06",
    "23 พฤษภาคม ค.ศ. 2019": "2019-05-23",
    "৫ জানুয়ারি ২০২০": "2020-01-05",
    "৫ জানুয়ারি ২০২০".replace("\u09af\u09bc", "\u09df"): "2020-01-05",
    "२३ फ़रवरी २०१९".replace("\u092b\u093c", "\u095e"): "2019-02-23",
    "೨೩ ಮೇ ೨೦೧೯": "2019-05-23",
    "၂၀၁၉ မေ ၂၃": "2019-05-23",
    "令和元年八月五日": "2019-08-05",
    "平成三十年十二月二十八日": "2018-12-28",
    "中華民國一百零八年五月二十三日": "2019-05-23",
    "民國一〇八年五月二十三日": "2019-05-23",
    "Tuesday, 5 April, 2015 - 03:54": "2015-04-05",
    "Monday, December 31, 2018 - 16:05": "2018-12-31",
    "martes, 5 abril, 2015 - 3:54": "2015-04-05",
    "15 Mar 2019 · 5 min read": "2019-03-15",
    "5 min read · May 2019": "2019-05",
    "2005 Sep;12(9)": "2005-09",
    "2005 Sep 12(9):341": "2005-09",
    "No. 12 May 2005": "2005-05",
    "Vol. 12, May 2005": "2005-05",
    "Heft 3, März 2019": "2019-03",
    "n° 14 - 23 mai 2019": "2019-05-23",
    "2019 m. gegužės 23 d.": "2019-05-23",
    "2019. gada 23. maijā": "2019-05-23",
    "2019 ж. 23 мамыр": "2019-05-23",
    "2019 оны 5-р сарын 23": "2019-05-23",
    "2019 оны тавдугаар сарын 23": "2019-05-23",
    "2019 թ. մայիսի 23": "2019-05-23",
    "2019(e)ko maiatzaren 23a": "2019-05-23",
    "23 thg 5, 2019": "2019-05-23",
    "23 ta’ Mejju 2019": "2019-05-23",
    "23. MAI 2019": "2019-05-23",
    "23 AĞUSTOS 2019": "2019-08-23",
    "23 KASIM 2019": "2019-11-23",
    "23 fevrier 2019": "2019-02-23",
    "23 ΜΑΙΟΥ 2019": "2019-05-23",
    "23\u200f/01\u200f/2019": "2019-01-23",
    # How deeds and statutes are dated.
    "a los 16 días del mes de enero de 2015": "2015-01-16",
    "el día 16 del mes de enero, del año 2015": "2015-01-16",
    "al primer (01) día del mes de octubre del año 2025": "2025-10-01",
    "aos 12 dias do mês de março de 2014": "2014-03-12",
    "los días 4 y 5 de mayo de 2015": "2015-05",
    # The day as printed, not the day in UTC.
    "2019-05-23T22:30:00-05:00": "2019-05-23",
    "2019-05-23T22:30:00+00:00": "2019-05-23",
}

REFUSED = {
    "03/04/2019": "two days",
    "19/2/19": "two digits",
    "23 May '19": "two digits",
    "30 February 2019": "impossible",
    "2019-02-29": "impossible",
    "2019-13-01": "impossible",
    "00/05/2019": "impossible",
    "1970-01-01T00:00:00Z": "zero of computers' clocks",
    "18 رمضان 1440": "Hijri",
    "15 اردیبهشت 1398": "Persian",
    "1398/02/15": "Gregorian",
    "12 listopada 2019": "different languages",
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_reads_what_is_printed_and_no_more(text: str, value: str) -> None:
    assert read_date(text) == value
    assert refusal(text) is None


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_refuses_dates_that_lie_and_says_why(text: str, why: str) -> None:
    assert read_date(text) is None
    assert why in (refusal(text) or "")


@pytest.mark.parametrize(
    "text",
    [
        *("", "3 days ago", "yesterday", "© 2019", "2018/19", "10.5", "room 1204", "v1.2.2019.4", "tel. 20 19 44"),
        *("6-1531-1539 W. 90th St", "file 04-2015-0012", "docket 5/1987/12"),
    ],
)
def test_takes_nothing_for_a_date_that_is_none(text: str) -> None:
    assert read_date(text) is None


def test_order_and_languages_decide_ambiguous_numbers() -> None:
    assert read_date("03/04/2019", order="mdy") == "2019-03-04"
    assert read_date("03/04/2019", order="dmy") == "2019-04-03"
    assert read_date("03/04/2019", languages=["de"]) == "2019-04-03"
    assert read_date("03/04/2019", languages=["en-US"]) == "2019-03-04"
    assert read_date("03/04/2019", languages=["en"]) is None
    assert read_date("12 listopada 2019", languages=["pl"]) == "2019-11-12"
    assert read_date("12 listopada 2019", languages=["hr"]) == "2019-10-12"


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("108年5月23日", "zh-Hant", "2019-05-23"),
        ("108.05.23", "zh-Hant", "2019-05-23"),
        ("發布日期：112-11-03", "zh-Hant", "2023-11-03"),
        ("108年5月23日", "zh-Hans", None),
        ("108.05.23", "en", None),
        ("R1.8.5", "ja", "2019-08-05"),
        ("H30/12/28", "ja", "2018-12-28"),
        ("R1.8.5", "en", None),
        ("6/6/2554", "th", "2011-06-06"),
        ("23 lip 2019", "hr", "2019-06-23"),
        ("23 lip 2019", "pl", "2019-07-23"),
        ("23 lip 2019", "en", None),
        ("23 out 2019", "pt", "2019-10-23"),
        ("23 out 2019", "mfe", "2019-08-23"),
        ("23 desember 2019", "af", "2019-12-23"),
        ("23 снежня 2019 г.", "be", "2019-12-23"),
        ("23 de xullo de 2019", "gl", "2019-07-23"),
        ("23 Gorffennaf 2019", "cy", "2019-07-23"),
        ("23 Julai 2019", None, "2019-07-23"),
        ("5 min read", "en", None),
        ("2019, 5 min read", "en", None),
    ],
)
def test_the_language_of_the_document_decides_what_only_it_prints(
    text: str, language: str | None, value: str | None
) -> None:
    assert read_date(text, languages=[language] if language else []) == value


def test_a_date_far_after_today_is_refused() -> None:
    assert read_date("23 May 2049") == "2049-05-23"
    assert read_date("23 May 2049", today="2026-01-01") is None
    assert "far future" in (refusal("23 May 2049", today="2026-01-01") or "")
    assert read_date("23 May 2026", today="2026-01-01") == "2026-05-23"


def test_every_month_of_every_language_is_read() -> None:
    for language, months in MONTHS.items():
        for number, names in enumerate(months, 1):
            for name in names.split():
                text = f"4 {name.replace('_', ' ')} 2019"
                assert read_date(text, languages=[language]) == f"2019-{number:02}-04", (language, text)


@pytest.mark.nightly
def test_the_shipped_names_are_those_of_the_cldr() -> None:
    assert make_months.FILE.read_text("utf-8") == make_months.text()


def test_what_any_locale_prints_is_read_right_or_not_at_all() -> None:
    """One day of each month, as the CLDR's locales print it in full: at least these many, and none wrong."""
    read = printed = 0
    for identifier in locale_identifiers():
        locale = Locale.parse(identifier)
        if identifier == "root" or locale.territory or locale.months["format"]["wide"][1] == "M01":
            continue
        for month in range(1, 13):
            day = date(2019, month, 23)
            found = read_date(format_date(day, "long", locale=locale), languages=[locale.language])
            assert found is None or day.isoformat().startswith(found), (identifier, month, found)
            printed += 1
            read += found == day.isoformat()
    assert read >= 0.95 * printed


def test_finds_dates_with_their_places() -> None:
    text = "On 23 May 2019 and 3 June 2020, see 2018-2019 and the 2,019 items, 5 May 2021."
    found = list(find_dates(text))
    assert [m.value for m in found] == ["2019-05-23", "2020-06-03", "2021-05-05"]
    assert [text[m.start : m.end] for m in found] == ["23 May 2019", "3 June 2020", "5 May 2021"]
    assert all(m.raw == text[m.start : m.end] for m in found)


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2199, 12, 31)))
def test_iso_days_come_back(day: object) -> None:
    if str(day) != "1970-01-01":
        assert read_date(str(day)) == str(day)


@given(st.text(max_size=200))
def test_any_text_gives_valid_dates_within_it(text: str) -> None:
    for match in find_dates(text):
        assert 0 <= match.start < match.end <= len(text)
        assert read_date(match.value) == match.value


@pytest.mark.parametrize("piece", ["2019 ", "1 ", "May ", "2019-05-", "23/05/", "年", "1.1.", "٢٠١٩ "])
def test_time_grows_with_the_length_only(piece: str) -> None:
    began = time.process_time()
    for _ in find_dates(piece * 8_000):
        pass
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("23.–24. Mai 2019", "2019-05"),
        ("9 and 10 December 2015", "2015-12"),
        ("du 3 au 5 juin 2019", "2019-06"),
        ("с 3 по 5 июня 2019", "2019-06"),
        ("2019年6月3日至5日", "2019-06"),
        ("No. 12 and 13 May 2019", "2019-05-13"),
        ("5. und 4. Mai 2019", "2019-05-04"),
    ],
)
def test_of_a_range_of_days_the_month_is_sure(text: str, wanted: str) -> None:
    assert read_date(text) == wanted
