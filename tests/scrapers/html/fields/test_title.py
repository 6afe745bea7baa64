"""What wordings of a title say of each other and of the text."""

# ruff: noqa: E501 (markup)

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.html.fields.title_facts import holds_word
from tests.scrapers.html.fields.test_fields import PROSE, said, value


@given(st.text("ab \xe91_", max_size=12), st.text("ab\xe9", min_size=1, max_size=3))
def test_a_text_holds_the_words_that_stand_alone_in_it(text: str, word: str) -> None:
    assert holds_word(text, word) == (word in re.findall(r"[^\W\d_]+", text))


def test_a_heading_in_an_element_called_label_hidden_is_no_kicker_of_itself() -> None:
    heading = '<h1><span class="field field--name-title field--label-hidden">Statement on the Southern Pit</span></h1>'
    found = said(f"<main>{heading}<p>{PROSE}</p></main>", "<title>Statement on the Southern Pit | Lease Group</title>")
    assert value(found, "title") == "Statement on the Southern Pit"


TWO = "<main><h1>{}</h1><h2>{}</h2><p>" + PROSE + "</p><p>" + PROSE + "</p></main>"


@pytest.mark.parametrize(
    ("body", "head", "wanted"),
    [
        (TWO.format("Newsroom", "Copper firm replies"), '<meta property="og:title" content="Copper firm replies"><title>Newsroom | Copper</title>', "Copper firm replies"),
        (TWO.format("報道発表資料", "賃貸借契約の公表について"), "<title>報道発表資料：賃貸借契約の公表について - 国土省</title>", "賃貸借契約の公表について"),
        (TWO.format("Pressemitteilung", "Pachtverträge offen"), "<title>Pachtverträge offen - Amt</title>", "Pachtverträge offen"),
        ("<h2>[2016] HC 41</h2><h1>Chilombo and others v Kansanga plc</h1><p>" + PROSE + "</p>", "<title>[2016] HC 41 | Judgments</title>", "Chilombo and others v Kansanga plc"),
        ("<h1>Publication: <span>Water Rights on Leased Land</span></h1><p>" + PROSE + "</p>", '<title>Water Rights on Leased Land</title><meta name="citation_title" content="Water Rights on Leased Land">', "Water Rights on Leased Land"),
        ("<h1>Newsroom</h1><p>" + PROSE + "</p><h2>Contacts</h2><p>" + PROSE + "</p>", "<title>Newsroom</title>", "Newsroom"),
    ],
)  # fmt: skip
def test_a_title_is_neither_the_sort_nor_the_number_of_a_document(body: str, head: str, wanted: str) -> None:
    assert value(said(body, head), "title") == wanted


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        ('Oral history of the gate <span class="label label-success">Open Access</span>', "Works | Oral history of the gate"),
        ('Oral history of the gate <span class="badge">New</span>', "Oral history of the gate"),
        ("Oral history of the gate", "Answer to a question - Assembly"),
        ('Oral history of the <em class="term">gate</em>', "Oral history of the gate"),
    ],
)  # fmt: skip
def test_a_heading_without_its_badge_stands_over_a_title_that_shares_no_word_with_it(heading: str, head: str) -> None:
    found = said(f"<main><h1>{heading}</h1><p>{PROSE}</p><p>{PROSE}</p></main>", f"<title>{head}</title>")
    assert value(found, "title") == "Oral history of the gate"


@pytest.mark.parametrize("opening", ["Note", "Rapport annuel", "Étude", "Dossier de presse"])
@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", "<title>{}</title>"),
        ("<h2>{}</h2>", "<title>Observatoire : {}</title>"),
        ("<h1>{}</h1>", "<title>{} | Observatoire</title>"),
    ],
)
def test_the_sort_of_document_that_opens_a_french_title_is_of_the_title(opening: str, body: str, head: str) -> None:
    title = f"{opening} : ce que disent les registres"
    found = said(f"<main>{body.format(title)}<p>{PROSE}</p><p>{PROSE}</p></main>", head.format(title))
    assert value(found, "title") == title


RECORD = "<table><tr><td>{}</td><td>{}</td></tr><tr><td>Author(s)</td><td>Nakamura, Emi</td></tr></table>"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<h2>Item details</h2>" + RECORD.format("Title", "Ledgers of the southern quay"), "Library - Item details"),
        (RECORD.format("Título:", "Ledgers of the southern quay"), "Biblioteca"),
        ("<p align=center><b>Ledgers of the southern quay</b></p><p align=right>Lima, 3 May 2015</p>", "Gazette"),
        ("<div><font size=4><b>Ledgers of the southern quay</b></font></div>", "Document"),
        (
            "<p>Issue 58, Fall 2013</p><p><b>Ledgers</b> of the southern quay</p><p>By ADA FINCH</p>",
            "Harbour OnLine Journal",
        ),
        ("<h1>Documents</h1><h2>Ledgers of the southern quay</h2>", "Documents"),
    ],
)
def test_a_title_that_stands_in_no_heading_of_its_own(body: str, head: str) -> None:
    found = said(f"{body}<p>{PROSE}</p><p>{PROSE}</p>", f"<title>{head}</title>")
    assert value(found, "title") == "Ledgers of the southern quay"


def test_a_heading_stands_over_a_row_that_is_called_title() -> None:
    body = "<h1>Form of address</h1><table><tr><td>Title</td><td>Senior Hydrologist</td></tr></table>"
    assert value(said(f"{body}<p>{PROSE}</p>", "<title>Form of address</title>"), "title") == "Form of address"
