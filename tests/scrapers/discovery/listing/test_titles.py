"""Words with a colon that all rows of a listing begin with: a label, or a part of each title."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import pytest

from tests.scrapers.discovery.reading import listing_of

MANY = 40
TITLES = ("La pêche côtière", "Qui possède la forêt", "Le prix du cacao", "Les équipes de nuit")


def titles_of(row: str) -> list[object]:
    """Return the titles of a list whose rows are written with the title for `*` and a number for `#`."""
    rows = "".join(row.replace("*", title).replace("#", str(n)) for n, title in enumerate(TITLES, 1))
    found = listing_of("listing", f"<html lang=fr><body><main>{rows}</main></body></html>")
    return [link.claims["title"].value for link in found.links]


@pytest.mark.parametrize(
    ("row", "prefix"),
    [
        ("<li><a href='/d/#'>Note : *</a> # mai 2019</li>", "Note : "),
        ("<li><h3><a href='/d/#'>Rapport annuel : *</a></h3> # mai 2019</li>", "Rapport annuel : "),
        ("<tr><td>Policy brief: *</td><td># May 2019</td><td><a href='/f/#.pdf'>PDF</a></td></tr>", "Policy brief: "),
        ("<article><h2>Avis: *</h2><p># mai 2019</p><a href='/f/#.pdf'>Télécharger</a></article>", "Avis: "),
        ("<li><a href='/d/#'>研究报告：*</a> 2019-05-0#</li>", "研究报告："),
        ("<li><a href='/d/#'>Титул: *</a> 0#.05.2019</li>", "Титул: "),
    ],
)
def test_what_the_documents_are_is_a_part_of_each_title(row: str, prefix: str) -> None:
    assert titles_of(row) == [prefix + title for title in TITLES]


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='/d/#'>Titre : *</a> # mai 2019</li>",
        "<div class=row><p>Title: *</p><p>Filed: # May 2019</p><a href='/f/#.pdf'>Download</a></div>",
        "<li><b>Betreff: *</b> <a href='/f/#.pdf'>PDF</a> 0#.05.2019</li>",
        "<li><a href='/d/#'>Название: *</a> 0#.05.2019</li>",
        "<li><a href='/d/#'>标题：*</a> 2019-05-0#</li>",
    ],
)
def test_a_word_that_means_a_title_is_a_label(row: str) -> None:
    assert titles_of(row) == list(TITLES)


CARDS = {
    "in one element": "<a class=tile href='/d/#'><div><span>Report</span> <span>3 May #</span></div><div>*</div><div>What came of it.</div></a>",
    "with the day behind": "<a href='/d/#'><h3>*</h3><p>What came of it.</p></a> 3 May #",
    "with a picture": "<a href='/d/#'><img src='/i/#.jpg'><p class=t>*</p><p>3 May #</p><p>Read more</p></a> ",
}


@pytest.mark.parametrize("name", CARDS)
def test_many_cards_that_are_links_have_a_row_each(name: str) -> None:
    cards = "".join(
        CARDS[name].replace("*", f"What the hearing of ward {n} was told").replace("#", str(1970 + n))
        for n in range(MANY)
    )
    found = listing_of(
        "listing", f"<html lang=en><body><h1>Publications</h1><div class=tiles>{cards}</div></body></html>"
    )
    said = [tuple(link.claims[name].value for name in ("title", "date_published")) for link in found.links]
    assert said == [(f"What the hearing of ward {n} was told", f"{1970 + n}-05-03") for n in range(MANY)]
