"""Author lines: split only where something speaks for it; persons and organisations told apart."""

# ruff: noqa: E501 (pages and lines as they come)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.values.authors import kind_of, read_authors

P, ORG = "person", "organisation"

LINES: dict[str, list[tuple[str, str | None]]] = {
    "Business & Human Rights Resource Centre, NAP Helpdesk Business & Human Rights": [
        ("Business & Human Rights Resource Centre", ORG), ("NAP Helpdesk Business & Human Rights", ORG)],
    "CORE, Anti-Slavery International, Unicef UK, Business & Human Rights Resource Centre": [
        ("CORE", ORG), ("Anti-Slavery International", ORG), ("Unicef UK", ORG), ("Business & Human Rights Resource Centre", ORG)],
    "Emre Eren Korkmaz, International Migration Institute, University of Oxford": [
        ("Emre Eren Korkmaz", P), ("International Migration Institute, University of Oxford", ORG)],
    "Jane Croft, Financial Times": [("Jane Croft", P), ("Financial Times", ORG)],
    "Annie Kelly, Guardian": [("Annie Kelly", P), ("Guardian", ORG)],
    "Darragh MacIntyre, BBC Panorama": [("Darragh MacIntyre", P), ("BBC Panorama", ORG)],
    "Annabel Short and Farah Ismail, Business & Human Rights Resource Centre,": [
        ("Annabel Short", P), ("Farah Ismail", P), ("Business & Human Rights Resource Centre", ORG)],
    "Surya Deva, City University of Hong Kong , Published on:": [("Surya Deva", P), ("City University of Hong Kong", ORG)],
    "Li Qiang, The Diplomat": [("Li Qiang", P), ("The Diplomat", ORG)],
    "Alisa Reznick, Middle East Eye (UK)": [("Alisa Reznick", P), ("Middle East Eye (UK)", ORG)],
    "Cerrejón (Colombia)": [("Cerrejón (Colombia)", ORG)],
    "Hydroelectric Agua Zarca": [("Hydroelectric Agua Zarca", ORG)],
    "adidas": [("adidas", ORG)],
    "Deva, Surya": [("Deva, Surya", P)],
    "Smith, J., Doe, A. B.": [("Smith, J.", P), ("Doe, A. B.", P)],
    "By Jane Doe, PhD and John Smith, MD": [("Jane Doe, PhD", P), ("John Smith, MD", P)],
    "Author: Jane Doe": [("Jane Doe", P)],
    "Jane Doe, Staff Writer, and John Smith": [("Jane Doe", P), ("John Smith", P)],
    "Phil Bloomer, Executive Director": [("Phil Bloomer", P)],
    "Pedro H.S. Brancalion, David Lamb and Eliane Ceccon": [
        ("Pedro H.S. Brancalion", P), ("David Lamb", P), ("Eliane Ceccon", P)],
    "Jean-Pierre Dupont et Marie Curie": [("Jean-Pierre Dupont", P), ("Marie Curie", P)],
    "Смирнова Анна, Иванов Петр": [("Смирнова Анна", P), ("Иванов Петр", P)],
    "محمد أحمد، منظمة العفو الدولية": [("محمد أحمد", P), ("منظمة العفو الدولية", ORG)],
    "王小明、李華": [("王小明", P), ("李華", P)],
    "작성자: 김철수 기자": [("김철수", P)],
    "Jane Doe; John Smith": [("Jane Doe", P), ("John Smith", P)],
    "Alon Zakai.": [("Alon Zakai", P)],
    "River Watch Inc.": [("River Watch Inc.", ORG)],
    "US EPA,OAR,OAP,CCD": [("US EPA,OAR,OAP,CCD", ORG)],
    "王小明 監訳": [("王小明", P)],
    "Rep Okonjo, Ruth M.": [("Okonjo, Ruth M.", P)],
    "Deputada Joana Sequeira": [("Joana Sequeira", P)],
    "特约记者 上官云 本报记者 褚雨": [("上官云", P), ("褚雨", P)],
    "本报记者 张三 实习生 李四": [("张三", P), ("李四", P)],
    "小野寺 美咲（主任研究員）": [("小野寺 美咲", P)],
    "文● 王小明／編集部": [("王小明", P), ("編集部", ORG)],
    "《王小明》": [("王小明", P)],
    "Jane Doe, Jane Doe": [("Jane Doe", P)],
    # Left whole: nothing speaks for a split.
    "Ministry of Trade, Industry and Energy": [("Ministry of Trade, Industry and Energy", ORG)],
    "Amnesty International and Human Rights Watch": [("Amnesty International and Human Rights Watch", ORG)],
    "International Labour Organization, Geneva": [("International Labour Organization, Geneva", ORG)],
    "José Ortega y Gasset": [("José Ortega y Gasset", P)],
}  # fmt: skip


@pytest.mark.parametrize(("line", "authors"), LINES.items())
def test_reads_a_line(line: str, authors: list[tuple[str, str | None]]) -> None:
    assert [(a.name, a.kind) for a in read_authors(line)] == authors


@pytest.mark.parametrize(
    "line",
    [
        "",
        "admin",
        "By",
        "https://example.org/x",
        "a@example.org",
        "Author:",
        "12345",
        "Webmaster",
        "管理员",
        "관리자",
        "—",
    ],
)
def test_accounts_addresses_and_words_of_the_frame_are_nobody(line: str) -> None:
    assert read_authors(line) == ()


def test_a_value_of_one_author_stays_one() -> None:
    assert [a.name for a in read_authors("Deva, Surya", one=True)] == ["Deva, Surya"]
    assert [a.name for a in read_authors("World Bank, The", one=True)] == ["World Bank, The"]


def test_the_page_parting_the_names_is_evidence() -> None:
    assert [a.name for a in read_authors("Alpha Beta", parts=["Alpha", "Beta"])] == ["Alpha", "Beta"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("新华社", ORG), ("北京大学", ORG), ("王小明", P), ("佐藤 花子", P), ("김철수", P), ("한국노동연구원", ORG), ("Reuters", ORG), ("USA", ORG), ("Ludwig van Beethoven", P),
     ("Министерство труда", ORG), ("وزارة العمل", ORG), ("The Editorial Board", ORG), ("Marks & Spencer", ORG), ("Justin Church", None), ("Aceites del Sur (Honduras)", None), ("River Watch (RW)", ORG), ("Jane Doe (BBC)", P), ("Alex", None),
     ("Forschungsstelle Arbeit und Zeit", ORG), ("Север-Лес", ORG), ("珠江労働観察", ORG), ("Juha Liitto", P), ("Сергей Банк", P)],
)  # fmt: skip
def test_tells_persons_from_organisations(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


@given(st.text(max_size=300))
def test_any_line_is_read_without_failing_and_names_are_clean(line: str) -> None:
    for author in read_authors(line):
        assert author.name == author.name.strip()
        assert "\n" not in author.name


def test_a_line_without_end_is_bounded() -> None:
    assert len(read_authors("Jane Doe, " * 50_000)) == 1
    assert (
        len(
            read_authors(
                "; ".join(f"Jane Number{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10 % 10]}" for i in range(5000))
            )
        )
        <= 100
    )


@pytest.mark.parametrize(
    "name",
    ["Anjali Deshpande", "Thi Ha Soe", "Nguyễn Văn An", "Siti Nurhaliza", "Farhana Akter", "Mamadou Diallo", "Awa N'Diaye", "Ousmane Traoré",
     "Kwame Boateng", "Gwenaëlle Le Goff", "Lucía Fernández Gómez", "Yevhen Shevchenko", "Ольга Мельник", "محمد الشريف", "Tevita Moala", "Björn Þórsson",
     "Abd al-Rahman Munif", "Harriet Coombe", "Maud Ashby (she/her)"],
)  # fmt: skip
def test_a_person_is_known_by_the_shape_of_the_name_whatever_its_country(name: str) -> None:
    assert kind_of(name) == "person"


@pytest.mark.parametrize(
    ("line", "found"),
    [("Coombe, Harriet", ["Coombe, Harriet"]), ("Diallo, Mamadou", ["Diallo, Mamadou"]), ("Maud Ashby, Senior Fellow", ["Maud Ashby"]),
     ("Awa Sow, Rohan Head", ["Awa Sow", "Rohan Head"]), ("River Watch (RW)", ["River Watch (RW)"])],
)  # fmt: skip
def test_no_list_of_given_names_decides_where_a_line_is_parted(line: str, found: list[str]) -> None:
    assert [author.name for author in read_authors(line)] == found
