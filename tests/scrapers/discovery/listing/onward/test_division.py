"""Which links lead to the other parts of a list that shows a year at a time."""

from __future__ import annotations

import pytest

from scrapers.discovery.listing.onward.division import other_parts
from scrapers.html.dom import parse

HOST = "https://acme.example"


def parts(markup: str, here: str, shown: str = "year 2023") -> list[str]:
    found = other_parts(parse(f"<html><body>{markup}</body></html>".encode(), None, HOST + here), shown)
    return [url.removeprefix(HOST) for url in found]


def menu(pattern: str) -> str:
    return "".join(f"<li>{pattern.replace('*', year)}</li>" for year in ("2023", "2022", "2021"))


@pytest.mark.parametrize(
    ("here", "pattern", "first"),
    [
        ("/reports", "<a href='/reports/*'>*</a>", "/reports/2022"),
        ("/reports/", "<a href='?y=*'>*</a>", "/reports/?y=2022"),
        ("/reports.html", "<a href='/reports-*.html'>* [12]</a>", "/reports-2022.html"),
        ("/reports/2023", "<a href='/reports/*'>*</a>", "/reports/2022"),
        ("/2023/reports", "<a href='/*/reports'>*</a>", "/2022/reports"),
        ("/r/index.php?year=2023", "<a href='index.php?year=*'><b>*</b></a>", "/r/index.php?year=2022"),
    ],
)
def test_years_that_are_parts_of_the_list(here: str, pattern: str, first: str) -> None:
    assert parts(menu(pattern), here)[0] == first
    assert len(parts(menu(pattern), here)) == 2


@pytest.mark.parametrize(
    ("here", "pattern"),
    [
        ("/reports", "<a href='/blog/*'>*</a>"),
        ("/reports", "<a href='/reports/annual-report-*'>Annual report *</a>"),
        ("/reports", "<a href='/reports/the-year'>*</a>"),
        ("/reports", "<a href='https://other.example/reports/*'>*</a>"),
        ("/reports", "<b>*</b>"),
    ],
)
def test_years_that_are_not(here: str, pattern: str) -> None:
    assert parts(menu(pattern), here) == []


@pytest.mark.parametrize("form", ["<form method='post' action='/reports'>", "<form action='/search'>", "<div>"])
def test_menus_that_are_not(form: str) -> None:
    options = "".join(f"<option>{year}</option>" for year in ("2023", "2022", "2021"))
    assert parts(f"{form}<select name='year' onchange='this.form.submit()'>{options}</select>", "/reports") == []
