"""Who wrote a page: names after dates and in lists, and what looks like a name but is a button, a day or a service."""

# ruff: noqa: E501 (markup)

from __future__ import annotations

from typing import Any

import pytest

from tests.scrapers.html.fields.test_fields import ARTICLE, LD, PROSE, names, said

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


@pytest.mark.parametrize(
    ("byline", "wanted"),
    [
        ("<span class='post-author'>Eingestellt von <span class='fn'>Ada Finch</span></span>", ["Ada Finch"]),
        ("<p class='author'>Ajouté par <b>Ada Finch</b></p>", ["Ada Finch"]),
        ("<p class='byline'>Entry <span>by <b>Ada Finch</b></span></p>", ["Ada Finch"]),
        ("<div class='author'><a href='/s?author=1'>Interview: Ada Finch</a></div>", ["Ada Finch"]),
        ("<div class='info'>Ein Artikel von <strong>Ada Finch</strong> | 27.01.2022 - 12:45</div>", ["Ada Finch"]),
        ("<div>An essay by <b>Ada Finch</b></div>", ["Ada Finch"]),
        ("<p>06.11.2023 13:30 von Ada Finch</p>", ["Ada Finch"]),
        ("<p>Posted on May 3, 2021 by Ada Finch</p>", ["Ada Finch"]),
        ("<div class='author-box'>Ada Finch <a href='/a'>Alle Artikel</a></div>", ["Ada Finch"]),
        ("<div>Author: <a href='/p'><b>Kestrel9</b></a> am 29.12.2010, 13:36 Uhr</div>", ["Kestrel9"]),
    ],
)
def test_words_that_lead_to_a_name_or_its_day_are_none_of_it(byline: str, wanted: list[str]) -> None:
    assert names(said(page(byline), url=URL)) == wanted


def test_a_site_s_name_in_the_title_is_no_byline() -> None:
    assert "authors" not in said(page(""), "<title>von der See</title>", url=URL)


def test_a_name_under_the_heading_counts_where_the_page_names_nobody_else() -> None:
    assert names(said(page("<p>Ada Finch</p><p>3 May 2021</p>"), url=URL)) == ["Ada Finch"]
    assert names(said(page("<p>Ada Finch</p><p>Author: Jane Doe</p>"), url=URL)) == ["Jane Doe"]
    for path in ("r/1", "topics/water/mines", "community/reports/12"):  # addresses that forums have as well
        assert names(said(page("<p>Ada Finch</p><p>3 May 2021</p>"), url=f"https://centre.example/{path}")) == [
            "Ada Finch"
        ]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Picture: <span class='media-license-author'>Ada Finch</span></p>",
        "<p>Autor: red</p>",
        "<p>In 2021 by far the most ships came from the south.</p>",
        "<p>The bridge was built by <a href='/w'>Harrow Works</a> in the year of the flood, and it held for long.</p>",
    ],
)
def test_who_made_a_picture_or_a_bridge_and_shorthand_is_no_author(line: str) -> None:
    assert "authors" not in said(page(line), url=URL)


SITE = '<meta property="og:site_name" content="Valley Press"><meta name="author" content="{}">'


@pytest.mark.parametrize(
    "name", ["Valley Press", "valley-press", "Valley Press Redaktion", "Valley Press Ltd", "Centre"]
)
def test_a_site_that_is_declared_as_the_author_is_the_publisher(name: str) -> None:
    assert "authors" not in said(ARTICLE, SITE.format(name), url=URL)
    assert names(said(page('<p class="byline">By Jane Doe</p>'), SITE.format(name), url=URL)) == ["Jane Doe"]


def test_a_person_whose_site_has_her_name_is_its_author() -> None:
    head = '<meta property="og:site_name" content="Jane Doe"><meta name="author" content="Jane Doe">'
    assert names(said(ARTICLE, head, url="https://janedoe.example/posts/water-and-mines-in-the-valley")) == ["Jane Doe"]
    firm = LD.format('{"@type":"Organization","name":"Jane Doe"}')
    assert "authors" not in said(ARTICLE, head + firm, url="https://janedoe.example/posts/water-and-mines")


def test_a_site_that_a_byline_or_a_catalogue_names_is_the_author() -> None:
    assert names(said(page('<p class="author">By Valley Press</p>'), SITE.format("Valley Press"), url=URL)) == [
        "Valley Press"
    ]
    assert names(said(ARTICLE, '<meta name="DC.creator" content="Valley Press">' + SITE.format("x"), url=URL)) == [
        "Valley Press"
    ]


@pytest.mark.parametrize(
    "section", ["authors", "autoren", "autores", "auteurs", "autori", "about/editors", "reporters"]
)
def test_links_to_the_pages_of_those_who_write(section: str) -> None:
    byline = f'<div><a href="/{section}/jane-doe/"><img src="j.png"></a> <a href="/{section}/jane-doe/">Jane Doe</a>, 23 May 2019</div>'
    assert names(said(page(byline), url=URL)) == ["Jane Doe"]


def test_a_list_of_people_named_for_authors_under_the_heading() -> None:
    people = "".join(
        f'<li class="header__author-item"><span class="header__author"><a href="#a{n}">{name}</a><span class="suffix">,</span></span></li>'
        for n, name in enumerate(("Jane A Doe", "Kwabena Osei", "Lê Minh Khôi"))
    )
    found = said(page(f'<div class="header__authors"><ol class="header__author-list">{people}</ol></div>'), url=URL)
    assert names(found) == ["Jane A Doe", "Kwabena Osei", "Lê Minh Khôi"]


@pytest.mark.parametrize("label", ["présenté par", "Déposée par", "presentado por", "vorgelegt von", "tabled by"])
def test_who_laid_a_document_before_a_house_wrote_it(label: str) -> None:
    assert names(said(page(f"<p>{label}</p><p>Marianne Aubert</p>"), url=URL)) == ["Marianne Aubert"]
    assert names(said(page(f"<p>{label} Marianne Aubert</p>"), url=URL)) == ["Marianne Aubert"]


def meta(name: str) -> str:
    return f'<meta name="author" content="{name}">'


def json_ld(name: str) -> str:
    return LD.format(f'{{"@type": "NewsArticle", "author": {{"@type": "Person", "name": "{name}"}}}}')


@pytest.mark.parametrize("declare", [meta, json_ld])
@pytest.mark.parametrize(
    "name",
    [
        "hmueller",
        "web_user2",
        "press-desk",
        "stamped.it",
        "Quellwerk GmbH",
        "Verlag Nord AG, Kiel",
        "Delta Wells, Inc.",
        "Wasserwacht e.V.",
    ],
)
def test_accounts_hosts_and_firms_that_only_a_template_names_are_no_authors(declare: Any, name: str) -> None:
    assert "authors" not in said(page(""), declare(name), url=URL)
    byline = f'<p class="byline">By <a rel="author" href="/authors/x">{name}</a></p>'
    assert names(said(page(byline), declare(name), url=URL)), "a byline names them"


@pytest.mark.parametrize("name", ["Jane Doe", "jane.doe", "Agnes Inchley", "bell hooks", "Sade"])
def test_whom_a_page_declares_is_its_author_though_nothing_prints_the_name(name: str) -> None:
    assert names(said(page(""), json_ld(name), url=URL)) == [name]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Proudly powered by <a href='https://press.example/'>Presswork</a></p>",
        "<p>Website designed by <a href='https://studio.example/'>Studio Nine</a></p>",
        "<p>Comments hosted by <b>Chatterbox</b></p>",
        "<h3>Von Regenwasser profitieren</h3>",
        "<h3>By the way</h3>",
        "<p><strong>By the numbers:</strong></p><ul><li>Nine wells</li></ul>",
    ],
)
def test_what_begins_or_ends_like_a_byline_and_names_no_author(line: str) -> None:
    assert "authors" not in said(f"{page('')}{line}", url=URL)
    assert "authors" not in said(page(line), url=URL)


def test_a_notice_of_rights_is_nobody() -> None:
    for notice in ("Copyright Delta Wells Ltd - all rights reserved", "\N{COPYRIGHT SIGN} 2019 Delta Wells"):
        assert "authors" not in said(page(""), f'<meta name="dcterms.creator" content="{notice}">', url=URL)


def test_who_begins_a_thread_is_its_author_by_an_account() -> None:
    graph = LD.format('{"@type": "DiscussionForumPosting", "author": {"@type": "Person", "name": "hmueller"}}')
    url = "https://forum.centre.example/threads/water-and-mines.17/"
    assert names(said(page(""), graph, url=url)) == ["hmueller"]


@pytest.mark.parametrize(
    "credit", ["Foto: Jane Doe", "Bild von Jane Doe", "Фото из архива Анны Ли", "Imagen de Jane Doe", "写真：山田太郎"]
)
def test_who_made_a_picture_is_no_author_in_any_language(credit: str) -> None:
    assert "authors" not in said(page(f'<div class="author">{credit}</div>'), url=URL)


@pytest.mark.parametrize(
    ("byline", "wanted"),
    [
        ('<span class="byline"> автором <span class="author vcard"><a href="/a/2/">Айгуль Сейтова</a></span></span>', ["Айгуль Сейтова"]),
        ('<p class="byline">autor <a href="/a/2/">Ewa Mazur</a></p>', ["Ewa Mazur"]),
        ('<p><span class="createdby">Escrito por Lic. Julián Barrientos</span> <span>Jueves, 16 de Febrero de 2012</span> <span>Última actualización el Lunes, 20 de Febrero de 2012</span></p>', ["Lic. Julián Barrientos"]),
        ("<p>Rédigé par Clémence Vidal</p>", ["Clémence Vidal"]),
        ('<p class="meta">记者：王晓梅 李建国</p>', ["王晓梅", "李建国"]),
        ("<table><tr><th>著者</th><td>山田太郎（主任研究員）、鈴木花子</td></tr></table>", ["山田太郎", "鈴木花子"]),
        ("<p>लेखक: रमेश चन्द्र पाण्डेय, अनीता कुमारी</p>", ["रमेश चन्द्र पाण्डेय", "अनीता कुमारी"]),
        ("<ul><li>Autoría: Marisol Quispe; Íñigo Etxeberria (coord.)</li></ul>", ["Marisol Quispe", "Íñigo Etxeberria"]),
    ],
)  # fmt: skip
def test_bylines_as_sites_of_many_languages_print_them(byline: str, wanted: list[str]) -> None:
    assert names(said(page(byline), url=URL)) == wanted


def test_the_code_of_an_office_and_the_word_before_a_conclusion_are_nobody() -> None:
    assert (
        names(said(page("<p><b>POR TANTO:</b> " + PROSE + "</p>"), '<meta name="creator" content="DG/COMM/B2">')) == []
    )


@pytest.mark.parametrize(
    ("byline", "wanted"),
    [
        ("<ul><li><span data-hook='user-name'>Ada Finch</span></li><li><span data-hook='time-ago'>14 June 2021</span></li></ul>", ["Ada Finch"]),
        ("<div><span data-testid='author-byline'>Ada Finch</span></div><div>14 June 2021</div>", ["Ada Finch"]),
        ("<byline>By Ada Finch, dpa</byline>", ["Ada Finch", "dpa"]),
        ("<div class='Byline_x1'><span>Ada Finch</span><span>·</span><span>Tom Okoro</span><span>·</span><time>22 March 2023</time></div>", ["Ada Finch", "Tom Okoro"]),
        ("<div class='byline'><a href='/author/1'>Ada Finch</a> · <i>Water Quality</i> · <time>22 March 2023</time></div>", ["Ada Finch"]),
        ("<ul><li><a href='/people/finch'><span>Ada Finch</span><span>Senior Fellow</span></a></li><li><a href='/people/okoro'><span>Tom Okoro</span><span>Research Associate</span></a></li></ul>", ["Ada Finch", "Tom Okoro"]),
        ("<dl><dt>Cr\xe9ateur<span>(dcterms:creator)</span></dt><dd><span>Finch, Ada</span></dd></dl>", ["Finch, Ada"]),
        ("<div><span>| By </span><span>Ada Finch</span> | <time>April 13, 2020</time></div>", ["Ada Finch"]),
        ("<p>Αναρτήθηκε από Ελένη Καραγιάννη στις Τρίτη, 12 Μαΐου 2020</p>", ["Ελένη Καραγιάννη"]),
        ("<p>Soumis par Anne Le Goff le mar 12/05/2020 - 11:20</p>", ["Anne Le Goff"]),
        ("<p>Dodane przez Halina Brzozowska w pt., 12/02/2021 - 10:05</p>", ["Halina Brzozowska"]),
        ("<p><b>Autoria:</b> Vereadora Joana Sequeira</p>", ["Joana Sequeira"]),
        ("<div><span class='post-author'>της Μυρτώς Λαδά</span> <span>03.02.2022</span></div>", ["Μυρτώς Λαδά"]),
        ("<div><span>الباحث: سامر الحلبي</span></div>", ["سامر الحلبي"]),
        ("<ul><li>기자명 배은주 기자</li><li>입력 2022.06.30 17:20</li></ul>", ["배은주"]),
        ("<div>14/09/2021</div><h6>Dewa Ketut Wirawan, <span>Siti Maulida</span></h6><h6>Tim Redaksi</h6>", ["Dewa Ketut Wirawan", "Siti Maulida"]),
        ("<div class='info'><span class='author'>记者 欧阳静怡 通讯员 赵铁柱</span></div>", ["欧阳静怡", "赵铁柱"]),
    ],
)  # fmt: skip
def test_bylines_as_site_builders_and_newspapers_set_them(byline: str, wanted: list[str]) -> None:
    assert names(said(page(byline), url=URL)) == wanted


GRAPH = """{"@graph":[{"@type":"Article","headline":"Water and mines","author":{"@id":"https://centre.example/#/schema/person/1"}},
{"@type":"Person","@id":"https://centre.example/#/schema/person/1","name":"Ada Finch"}]}"""


def test_an_account_that_the_page_prints_nowhere_is_nobody() -> None:
    assert "authors" not in said(page(""), LD.format(GRAPH), url=URL)
    assert names(said(page("<p class='by'>By Ada Finch</p>"), LD.format(GRAPH), url=URL)) == ["Ada Finch"]
    assert names(said(page(""), LD.format(GRAPH.replace("/schema/person/", "/staff/")), url=URL)) == ["Ada Finch"]


def test_those_who_take_part_in_an_event_wrote_nothing() -> None:
    lines = "<p>Mercredi 6 avril 2022 de 18h à 20h</p><p>Avec Sandrine Lebrun et Omar Haddad</p>"
    assert "authors" not in said(page(lines), url=URL)
