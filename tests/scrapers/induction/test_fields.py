"""Selectors derived from values that are known, and guessed from what varies between pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scrapers.base import Rules
from scrapers.html.dom import Dom, parse
from scrapers.induction.fields import date_order, derive, guess
from scrapers.induction.selectors import candidates
from scrapers.induction.values import same

RULES = Rules()
DAYS = ("3 May 2019", "17 June 2020", "21 January 2021", "9 March 2018")
ISO = ("2019-05-03", "2020-06-17", "2021-01-21", "2018-03-09")
NAMES = (("Amara Okonjo",), ("Jonas Weidemann", "Wei Zhang"), ("Lucía Ferrándiz",), ("Farida Haddad",))


def doms(pages: Sequence[str]) -> list[Dom]:
    head = "<title>Morra</title></head><body><nav class='menu'><a href='/'>Home</a></nav>"
    return [
        parse(f"<html><head>{head}{page}".encode(), None, f"https://morra.test/{n}") for n, page in enumerate(pages)
    ]


def page(n: int, line: str) -> str:
    return (
        f"<main><h1>Report number {n} on rivers</h1>{line.format(day=DAYS[n], names=', '.join(NAMES[n]), n=n)}"
        f"<div class='text'><p>On {DAYS[(n + 1) % 4]} we went to see the river and its people.</p></div></main>"
    )


def pages(line: str) -> list[Dom]:
    return doms([page(n, line) for n in range(4)])


@pytest.mark.parametrize(
    ("line", "css"),
    [
        ("<p class='when'>{day}</p>", ".when"),
        ("<p id='issued' class='css-1x2y3z'>{day}</p>", "#issued"),
        ("<p class='line'>{names}</p><p class='line'>{day}</p>", ".line + p"),
        ("<dl><dt>Place</dt><dd>Tessia</dd><dt>Vekdag</dt><dd>{day}</dd></dl>", "dt:contains('Vekdag') + dd"),
        ("<p>Vekdag: {day}</p><p>Place: Tessia</p>", "p:contains('Vekdag')"),
        ("<time datetime='2020'>{day}</time>", "time"),
    ],
)
def test_a_date_is_named_by_what_lasts(line: str, css: str) -> None:
    found = derive(pages(line), "date", [ISO[0], ISO[1], None, None], RULES)
    assert found is not None
    assert found.css == css
    assert found.values == ISO


def test_a_selector_matches_once_on_pages_whose_value_is_unknown() -> None:
    # `.date` is right on the first page, and stands on the others for related documents as well.
    more = "<section><p class='date'>1 May 2001</p></section>"
    found = derive(
        doms([page(0, "<p class='date'>{day}</p>"), *(page(n, "<p class='date'>{day}</p>") + more for n in (1, 2, 3))]),
        "date",
        [ISO[0], None, None, None],
        RULES,
    )
    assert found is not None
    assert found.css != ".date"
    assert found.values == ISO


def test_generated_names_and_those_of_one_page_come_last() -> None:
    dom = doms(["<div class='css-9xk2f1 report-title post-1234'>Water in Tessia</div>"])[0]
    element = dom.root.xpath("//div")[0]
    costs = {css: cost for cost, css in candidates(element)}
    assert costs[".report-title"] < costs[".css-9xk2f1"] < costs[".post-1234"]


def test_no_selector_is_better_than_a_wrong_one() -> None:
    assert derive(pages("<p class='when'>{day}</p>"), "date", ["1999-01-01", None, None, None], RULES) is None


@pytest.mark.parametrize("label", ["Last updated: ", "Next review: <time>", "Deadline for comments: <time>"])
def test_a_date_is_guessed_where_it_varies_and_is_not_that_of_an_update(label: str) -> None:
    line = f"<p class='zel'>{{day}}</p><p class='mor'>{label}1{{n}} July 2022</p><p class='qua'>1 May 2015</p>"
    found = guess(pages(line), "date", RULES)
    assert found is not None
    assert found.css == ".zel"
    assert found.values == ISO


def test_authors_are_guessed_where_names_vary_and_nothing_else_is_said() -> None:
    found = guess(pages("<p class='zel'>{names}</p><p class='mor'>Land and water</p>"), "author", RULES)
    assert found is not None
    assert found.css == ".zel"
    assert found.values == NAMES


def test_the_items_of_a_list_are_one_author_each() -> None:
    drawn = [page(n, "<ul class='zel'>" + "".join(f"<li>{name}</li>" for name in NAMES[n]) + "</ul>") for n in range(4)]
    found = guess(doms(drawn), "author", RULES)
    assert found is not None
    assert found.values == NAMES


def test_nothing_is_guessed_where_nothing_is_said() -> None:
    assert guess(pages(""), "author", RULES) is None


def test_the_order_of_dates_in_figures_is_told_by_those_without_doubt() -> None:
    assert date_order(doms(["<p>03/04/2019</p>", "<p>17/06/2020</p>"])) == "dmy"
    assert date_order(doms(["<p>03/04/2019</p>", "<p>06/17/2020</p>"])) == "mdy"
    assert date_order(doms(["<p>03/04/2019</p>", "<p>06/17/2020</p>", "<p>17/06/2020</p>"])) is None
    assert date_order(doms(["<p>3 April 2019</p>", "<p>06/17/2020</p>"])) is None


def test_values_that_mean_the_same() -> None:
    assert same("title", "Water: what the communities told…", "Water – what the communities told us")
    assert not same("title", "Water", "Water and land")
    assert same("date", "2019-05", "2019-05-23")
    assert same("author", ("Deva, Surya",), ("Surya Deva",))
