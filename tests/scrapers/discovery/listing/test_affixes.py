"""Titles in one line with their item's number or day: they are told from the title's own words by the whole list."""

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.discovery.listing.rows.affixes import Affixes, is_number
from scrapers.discovery.listing.rows.dates import DateReader
from tests.scrapers.discovery.reading import listing_of

NAMES = ("Doe v. Acme Wells", "In re Fox", "The Valley v. Roe and others", "Hen v. Owl", "Yak v. Zebu Mills")


def without(titles: list[str]) -> list[str]:
    affixes = Affixes(titles, DateReader(titles, "https://court.example/", Rules(source="x"), "en"))
    return [affixes.without(title) for title in titles]


@pytest.mark.parametrize(
    "pattern",
    [
        "24-1{n}53 • {name}",
        "Case No. 17-00{n}7: {name}",
        "S19A0{n}92, S19A1{n}06. {name}",
        "A/RES/7{n}/12 {name}",
        "{name}, 2021 S.D. 6{n}",
        "{name} (SJC 13{n}36) (September 1{n}, 2025)",
        "{name} 4/2{n}/24 SC",
        "{name} filed 4/2{n}/24",
        "{name}, A22-03{n}6, Supreme Court, May {n}, 2024",
        "{name} – 2{n}.04.2024",
        "{name} (updated {n} May 2019)",
        "2{n}.04.2024 | {name}",
        "Az. {n} BvR 12{n}/20: {name}",
        "[PAC-2023-0{n}4] {name}",
        "{name} | PAC-2023-0{n}4 | Adopted",
        "{name} [2020] EWHC {n}23 (Ch)",
        "{name} - Ref: ABC/2019/1{n}",
        "{name}, No. 17-00{n}5 (Mar. {n}, 2019)",
        "{name} (Appeal No. AT-2019-0{n}12)",
        "{name}; judgment of 1{n} June 2018",
    ],
)
def test_numbers_and_days_that_most_titles_have_are_no_part_of_them(pattern: str) -> None:
    assert without([pattern.format(name=name, n=n) for n, name in enumerate(NAMES, 1)]) == list(NAMES)


@pytest.mark.parametrize(
    "titles",
    [
        ["Minutes 3 May 2019", "Minutes 7 June 2019", "Minutes 5 July 2019", "Minutes 2 August 2019"],
        ["2019-20 Annual report", "2018-19 Annual report", "2017-18 Annual report", "2016-17 Annual report"],
        ["COVID-19 in the valley", "COVID-19 and water", "COVID-19 in mines", "COVID-19 at night"],
        ["3rd quarter of wells", "1st quarter of mills", "2nd quarter of mines", "4th quarter of all"],
        ["Water, a history", "Mills, a history", "Mines, a history", "Night, a history"],
        ["Water in 2019", "Mills in 2021", "Mines in 2020", "Night work in 2018"],
        ["Statement of 3 May 2019", "Speech of 4 May 2019", "Letter of 5 May 2019", "Note of 9 May 2019"],
        ["Wells of Acme 17-0012", "Mills", "Mines of the north", "Night work"],
        ["QC1309.i28A", "QC1309.i28E", "QN1309.i31A", "QN1309.i31E"],
        ["24-101", "24-102", "24-103", "24-104"],
        ["24-101 Wells", "24-102 Mills", "24-103 Mines"],
    ],
)
def test_what_titles_need_to_differ_or_few_have_is_kept(titles: list[str]) -> None:
    assert without(titles) == titles


def test_years_amounts_ordinals_and_small_numbers_are_no_numbers_of_documents() -> None:
    assert not any(map(is_number, ["2019", "2019/20", "3rd", "$4,000", "12", "3.5", "1/2/2019", "mines"]))
    assert all(map(is_number, ["24-1253", "S19A0995.", "KP-0421", "A/HRC/45/1", "087849"]))


def test_a_row_keeps_its_number_as_raw_value_and_a_day_as_its_own() -> None:
    rows = "".join(f"<li><a href='/o/{n}.pdf'>24-1{n}5 • {name}, May {n}, 2024</a>" for n, name in enumerate(NAMES, 1))
    links = listing_of("listing", f"<html lang=en><body><ul>{rows}</ul>").links
    assert [link.claims["title"].value for link in links] == list(NAMES)
    assert links[0].claims["title"].raw == "24-115 • Doe v. Acme Wells, May 1, 2024"
    assert [link.claims["date_published"].value for link in links] == [f"2024-05-0{n}" for n in range(1, 6)]


def test_titles_in_a_page_s_data_lose_them_too() -> None:
    items = ",".join(
        f'{{"link": "/show?doc={n}", "title": "24-1{n}5 &bull; {name}", "date": "10/2{n}/2024"}}'
        for n, name in enumerate(NAMES, 1)
    )
    links = listing_of("listing", f"<html lang=en><body><script>const recent = [{items}]</script>").links
    assert [link.claims["title"].value for link in links] == list(NAMES)
