"""Who wrote a page: names after dates and in lists, and what looks like a name but is a button, a day or a service."""

from __future__ import annotations

import pytest

from tests.scrapers.html.fields.test_fields import ARTICLE, PROSE, names, said

URL = "https://centre.example/blog/water-and-mines-in-the-valley"


def page(byline: str) -> str:
    return f"<main><article><h1>Water and mines</h1>{byline}<p>{PROSE}</p><p>{PROSE}</p></article></main>"


def test_a_name_behind_the_date_of_a_byline() -> None:
    byline = '<div class="date-and-author"><span>23 May 2019</span> <span>Jane Doe</span></div>'
    assert names(said(page(byline), url=URL)) == ["Jane Doe"]


def test_a_list_under_the_label() -> None:
    byline = "<h6>Author(s):</h6><ul><li>Jane A. Doe</li><li>John B. Smith</li><li>Mary Jones</li></ul>"
    assert names(said(page(byline), url=URL)) == ["Jane A. Doe", "John B. Smith", "Mary Jones"]


@pytest.mark.parametrize("lead", ["Articles by ", "Authored by: ", "Reported by "])
def test_words_before_the_name_are_none_of_it(lead: str) -> None:
    assert names(said(page(f'<a class="author" href="/author/jane-doe">{lead}Jane Doe</a>'), url=URL)) == ["Jane Doe"]


@pytest.mark.parametrize(
    "shown", ["Request Demo", "Shop All", "Sort By", "Get Started", "Bluesky", "Friday", "Jun 2", "page.extra.author"]
)
def test_buttons_services_and_days_are_nobody(shown: str) -> None:
    assert "authors" not in said(page(f'<a class="author" href="/people/x">{shown}</a>'), url=URL)


def test_a_template_variable_left_in_a_meta_is_nobody() -> None:
    assert "authors" not in said(ARTICLE, '<meta name="author" content="page.head.extra.author">', url=URL)
