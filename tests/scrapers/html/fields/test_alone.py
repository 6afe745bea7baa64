"""Names that stand alone under a heading: read alike for every origin, and nobody where the line is of the interface."""

# ruff: noqa: E501 (markup)

from __future__ import annotations

import pytest

from scrapers.html.dom import parse
from scrapers.html.fields.authors.alone import NamesAlone
from scrapers.html.page import html_page

TEXT = (
    "<p>Residents of the lower valley have drawn their water from three springs for as long as anyone can tell.</p>"
    "<p>The operator of the pumping station kept a log, which we compared with the readings of the laboratory.</p>"
)
NAMES = {
    "English": ("Eleanor Whitcombe", "Marcus Hale", "T. J. Farrow"),
    "Indian": ("Aditi Raghavan", "S. Venkataraman", "Harpreet Kaur Gill"),
    "Malay and Indonesian": ("Budi Santoso", "Ahmad bin Razak", "I Made Suweta"),
    "Vietnamese": ("Nguyễn Thị Hương", "Trần Văn Bình", "Phạm Quỳnh Anh"),
    "West African": ("Kwabena Osei", "N'Golo Traoré", "Aminata Diop Sow"),
    "French": ("Maëlle Le Goff", "Jean-Baptiste d'Aubigny", "Étienne de La Fargue"),
    "Spanish": ("María José de la Cruz", "Íñigo Etxeberria", "Ximena Caballero Ruiz"),
    "German": ("Jörg von Stetten", "Ute Schäfer-Lang", "Konrad Lindqvist"),
    "Slavic": ("Анна Ивановна Петрова", "Олександр Шевчук", "Zbigniew Wójcik"),
    "Chinese": ("王小明", "李静", "陈国强"),
    "Korean": ("김민수", "이서연", "박지훈"),
    "Arabic": ("محمد عبد الله", "فاطمة الزهراء", "ليلى حداد"),
    "Indic, Thai and Ethiopic scripts": ("अनीता शर्मा", "ธนวัฒน์ ศรีสุข", "ተስፋዬ ገብረ"),
    "Turkish": ("Ayşe Yıldırım", "Mehmet Öztürk", "Elif Şahin Kaya"),
}
LINES = (
    "<p>{}</p><p>3 May 2021</p>",
    "<p>{}</p><p>post@water.example</p>",
    "<div>{} | 3 May 2021</div>",
    "<p>{} - <span>3 May 2021</span> - <a href='#talk'>No comments</a></p>",
    "<h3>What the books say</h3><p>{}<br>Institute for Shared Water<br>post@water.example</p>",
    "<p><a href='/experts/2291'>About</a></p><p>{}, Senior Hydrologist</p>",
)


def found(lines: str) -> list[str]:
    markup = f"<title>Nine wells</title><nav><a href='/v'>Valley Stories</a></nav><main><h1>Nine wells</h1>{lines}{TEXT}</main>"
    told = NamesAlone(
        html_page(parse(markup.encode(), "utf-8", "https://centre.example/r/1")), {"valley centre"}
    ).found()
    return [author.name for author in told[0]] if told else []


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_names_of_every_origin_are_read_alike(names: tuple[str, ...]) -> None:
    assert [found(line.format(name)) for line in LINES for name in names] == [[name] for _ in LINES for name in names]


def test_a_list_of_names_with_what_each_does() -> None:
    lines = "<p>Ada Finch<br>Institute for Shared Water<br>ada@water.example</p><p>Kwabena Osei<br>River Watch Foundation</p>"
    assert found(lines) == ["Ada Finch", "Kwabena Osei"]
    assert found("<p>Ada Finch, Kwabena Osei and Lê Minh Khôi</p>") == ["Ada Finch", "Kwabena Osei", "Lê Minh Khôi"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Addis Ababa, 3 May 2021</p>",
        "<p>Press Release</p><p>3 May 2021</p>",
        "<p>Ada Finch</p>",  # nothing beside it speaks for it
        "<p>Lower Valley</p><p>3 May 2021</p>",  # words of the text
        "<p>Valley Stories</p><p>3 May 2021</p>",  # stands in the menu
        "<p><a href='/topics/green-ports'>Green Ports</a></p><p>3 May 2021</p>",
        "<p>Published On 3 May 2021</p>",
        "<p>Ada Finch asked who pays for the water: nobody knew.</p>",
        "<p>Digital OrganizationOfficePapers</p><p>3 May 2021</p>",
        "<p>新闻稿</p><p>2021年5月3日</p>",
        "<p>ニュースを聞く 漢字の読み方を消す</p>",
    ],
)
def test_what_is_no_name_is_nobody(line: str) -> None:
    assert found(line) == []


def test_where_nouns_have_capitals_a_day_in_the_next_line_does_not_make_a_name() -> None:
    text = (
        "<p>Der Betreiber des Pumpwerks führte ein Buch, das wir mit den Werten des Labors im Rathaus verglichen.</p>"
        * 2
    )
    line = "<p>{}</p><p>3. Mai 2021</p>"

    def read(line: str) -> object:
        markup = f"<title>Neun Brunnen</title><h1>Neun Brunnen</h1>{line}{text}"
        page = html_page(parse(markup.encode(), "utf-8", "https://centre.example/r/1"))
        return NamesAlone(page, set()).found()

    assert read(line.format("Landkreis Oberwinkel")) is None
    assert read("<p>Ute Schäfer-Lang | 3. Mai 2021</p>") is not None


def test_names_with_institutions_and_addresses_that_machines_do_not_read() -> None:
    lines = "<p>Victoria Aldous, University of Accra, Ghana<br>victoria [at] accra.example<br><br>Samuel Oduya, Institute for Shared Water<br>samuel (at) water.example</p>"
    assert found(lines) == ["Victoria Aldous", "Samuel Oduya"]


def test_headings_of_sections_are_nobody() -> None:
    lines = "<h3>Event Type</h3><p>Board Meetings</p><h3>Event Description</h3><p>3 May 2021</p>"
    assert found(lines) == []
    assert found("<p>Documento Oficial</p><h2>Edital e Normas</h2><p>3 May 2021</p>") == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("<p><em>A guest post by Dr. Ruth Banda and Samuel Osei</em></p>", ["Dr. Ruth Banda", "Samuel Osei"]),
        ("<h2>Étude coordonnée par Mariama Sow et Luc Ferrand, avec la collaboration de Hawa Keita</h2>", ["Mariama Sow", "Luc Ferrand"]),
        ("<p>Informe elaborado por Rosa Guamán</p>", ["Rosa Guamán"]),
        ("<p>Interview: Niklas Brandt | Stand: 27.05.2021, 16:31 Uhr</p>", ["Niklas Brandt"]),
        ("<p><span>Members</span> <span>Jane Foyle</span> <span>8 November 2022</span></p>", ["Jane Foyle"]),
        ("<p><span>有料記事</span> <span>佐藤美咲</span> <span>2022年11月8日</span></p>", ["佐藤美咲"]),
        ("<h4><a href='/people/ada-finch'>Ada Finch</a></h4><p>Senior Fellow, Water Programme</p>", ["Ada Finch"]),
    ],
)  # fmt: skip
def test_works_and_what_else_a_line_about_a_document_says_beside_its_names(line: str, wanted: list[str]) -> None:
    assert found(line) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "<table><tr><td>Chair</td><td>Mr Desmond Tully</td></tr><tr><td>Laid</td><td>20 February 2014</td></tr></table>",
        "<dl><dt>Before</dt><dd>Ada Finch</dd><dt>Given</dt><dd>3 March 2016</dd></dl>",
        "<p>Photographs Tom Farrow</p><p>3 May 2021</p>",
        "<p><span>3 May 2021</span> <span><a href='/c/1'>Ada Finch</a>, <a href='/c/2'>Beauty</a></span></p>",
        "<h4>Ada Finch</h4><p>3 May 2021</p>",
    ],
)
def test_whom_a_label_names_for_something_else_is_nobody(line: str) -> None:
    assert found(line) == []
