from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.corpus import Corpus
from scrapers.base import Rules
from scrapers.fields import Extracted
from scrapers.sites import scraper_for
from scrapers.sites.business_humanrights.addresses import is_listing, one_address, original
from scrapers.sites.business_humanrights.languages import languages_in, shown_in
from tests.benchmarks.quality.bhrrc_facts import judged
from tests.benchmarks.quality.bhrrc_markup import Facts, Markup, first_generation, second_generation
from tests.page import IN_UTF_8, page_of

RULES = Rules(source="business_humanrights", scraper="business_humanrights")
CORPUS = Corpus(Path(__file__).parents[2] / "corpus")
SAVED = [slug for slug in CORPUS.slugs() if slug.startswith("business-humanrights/")]
FIELDS = (
    "title",
    "authors",
    "author_raw",
    "date_published",
    "date_precision",
    "language",
    "kind",
    "body",
    "canonical_url",
    "links",
)


@pytest.mark.parametrize(("slug", "field"), [(slug, field) for slug in SAVED for field in FIELDS])
def test_a_saved_page_is_read_as_accepted(slug: str, field: str) -> None:
    said = CORPUS.read(CORPUS.page(slug), RULES)
    assert json.loads(json.dumps(said.get(field))) == CORPUS.expected(slug).get(field)


def read(html: str, url: str = "http://bhrrc.test/en/latest-news/a-page/") -> Extracted:
    return scraper_for(RULES).extract(page_of(url, f"<html lang='en'><body>{html}</body></html>", headers=IN_UTF_8))


TEXT = "<p>Two ferries carried what the bridge had carried before it fell. The queue began at four in the morning.</p>"
TITLE = "What the ferries carried"
ENTRY: dict[str, Any] = {
    "title": TITLE,
    "author_raw": "Ines Duarte, River & Sea Institute",
    "author_parts": [{"n": "Ines Duarte", "k": "person"}, {"n": "River & Sea Institute", "k": "org"}],
    "date_iso": "2021-03-05",
    "content_lang": "en",
    "kind": "report",
}
WORDS = {
    "author": "Author",
    "published": "Published on",
    "languages": "The content is also available in the following languages:",
    "tags": "See all tags",
    "download": "Download attachment",
    "timeline": "Timeline",
    "news_title": "Latest news",
}


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("draw", [first_generation, second_generation])
def test_labels_and_order_suffice_whatever_the_markup(draw: Callable[..., str], seed: int) -> None:
    facts = Facts(
        title=TITLE,
        author_raw=ENTRY["author_raw"],
        author_labelled=True,
        date="5 March 2021" if draw is first_generation else "5 Mar 2021",
        kind="Report" if draw is second_generation else None,
        language="en",
        words=WORDS,
        paragraphs=[
            "'The ferries: a count', 4 March 2021",
            "Two ferries carried what the bridge had carried before it fell.",
        ],
        markers=frozenset(["redirect_to_story_notice", "related_companies", "svg_sprite_text", "see_all_tags"]),
        banner=[
            "hide message",
            "Welcome to the Resource Centre",
            "Phil Bloomer, Executive Director",
            "Donate now hide message",
        ],
    )
    layout = "first" if draw is first_generation else "second"
    said = read_whole(draw(facts, Markup(f"test/{layout}/{seed}")))
    wrong = {field: got for field, good, got in judged(ENTRY, facts, layout, said) if not good}
    assert wrong == {}


def read_whole(html: str) -> Extracted:
    return scraper_for(RULES).extract(page_of("http://bhrrc.test/en/a", html, headers=IN_UTF_8))


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("12 Ene 2017", "2017-01-12"),
        ("1 Set 2023", "2023-09-01"),
        ("9 Mär 2020", "2020-03-09"),
        ("23 Окт 2019", "2019-10-23"),
        ("3 Мая 2019", "2019-05-03"),
        ("5 août 2025", "2025-08-05"),
        ("7 Gen 2021", "2021-01-07"),
        ("2020年3月16日", "2020-03-16"),
        ("2016년 8월 4일", "2016-08-04"),
        ("23 مايو 2019", "2019-05-23"),
    ],
)
def test_dates_of_every_frame(printed: str, iso: str) -> None:
    said = read(f"<p>{printed}</p><h1>{TITLE}</h1>{TEXT}")
    assert said.date_published is not None
    assert said.date_published.value == iso


@pytest.mark.parametrize(
    "label", ["Author:", "Autor:", "Auteur :", "Autore:", "Автор:", "作者：", "著者:", "저자:", "المؤلف:"]
)
def test_author_labels_of_every_frame(label: str) -> None:
    said = read(f"<p>{label} Mill & Meadow Trust</p><h1>{TITLE}</h1>{TEXT}")
    assert said.authors is not None
    assert [author.name for author in said.authors.value] == ["Mill & Meadow Trust"]
    assert said.authors.origin == f"label:{label}"


def test_what_the_page_does_not_say_is_none() -> None:
    said = read(f"<h1>{TITLE}</h1>{TEXT}<p>He wrote on 4 May 2011: “We shall see.”</p>")
    assert (said.authors, said.date_published, said.kind) == (None, None, None)


def test_a_line_between_date_and_title_is_no_author_without_evidence() -> None:
    said = read(f"<p>5 Mar 2021</p><p>cobalt and the lake</p><h1>{TITLE}</h1>{TEXT}")
    assert said.authors is None


def test_an_image_credit_is_neither_author_nor_text() -> None:
    said = read(f"<p>5 Mar 2021</p><h1>{TITLE}</h1><p>UN Photo / J. Doe</p>{TEXT}")
    assert said.authors is None
    assert said.body is not None
    assert said.body.value.startswith("Two ferries")


def test_links_part_authors_where_the_line_alone_would_not() -> None:
    line = '<a href="/a">Institute of Water, Delft</a>, <a href="/b">Lake Board</a>'
    said = read(f"<p>Author: {line}</p><h1>{TITLE}</h1>{TEXT}")
    assert said.authors is not None
    assert [author.name for author in said.authors.value] == ["Institute of Water, Delft", "Lake Board"]


def test_a_banner_between_title_and_text_is_dropped_and_no_more() -> None:
    said_by = "<p>Updating the Resource Centre Digital Platform</p><p>Alex Guy, Digital Officer</p>"
    banner = f"<div>Hide Message{said_by}Find Out More Hide Message</div>"
    said = read(f"<h1>{TITLE}</h1>{banner}{TEXT}<p>She is the executive director of the ferry.</p>")
    assert said.body is not None
    assert "Alex Guy" not in said.body.value
    assert said.body.value.endswith("She is the executive director of the ferry.")


def test_the_sources_own_title_in_quotes_stays() -> None:
    said = read(f"<h1>{TITLE}</h1><p>“{TITLE}”</p>{TEXT}")
    assert said.body is not None
    assert said.body.value.startswith(f"“{TITLE}”")


@pytest.mark.parametrize(
    ("notice", "language"),
    [
        ("This page is not available in English and is being displayed in German", "de"),
        ("Esta página no está disponible en Español y está siendo mostrada en English", "en"),
        ("Esta página não está disponível em Português e está sendo exibida em Français", "fr"),
        ("このページは 日本語 では利用できません。English で表示されています", "en"),
        ("이 페이지는 한국어로 제공되지 않으며 English로 표시됩니다.", "en"),
        ("这页面没有简体中文版本,现以German显示", "de"),
        ("Эта страница недоступна на Русском и отображается на Английском", "en"),
        ("هذه الصفحة غير متوفرة باللغة العربية ويتم عرضها باللغة الإنجليزية", "en"),
        ("The report is not available in German, as the ministry says.", None),
        ("A German firm bought it.", None),
    ],
)
def test_the_notice_names_the_language_of_the_original(notice: str, language: str) -> None:
    assert shown_in(notice) == language


def test_languages_are_found_beside_letters_of_other_scripts() -> None:
    assert languages_in("现以German显示, 한국어로") == ["de", "ko"]


@pytest.mark.parametrize(
    ("url", "language", "expected"),
    [
        ("http://b.test/ja/最新ニュース/a-b/", "en", "http://b.test/en/latest-news/a-b/"),
        ("http://b.test/pt/latest-news/a-b", "de", "http://b.test/de/neuste-meldungen/a-b"),
        ("http://b.test/zh-hans/blog/a-b/", "en", "http://b.test/en/blog/a-b/"),
        ("http://b.test/my/%E1%80%84/%E1%80%9B/a-b", "en", None),
        ("http://b.test/about", "en", None),
    ],
)
def test_the_original_stands_in_the_section_of_its_language(url: str, language: str, expected: str) -> None:
    assert original(url, language) == expected


def test_one_address_for_every_order_of_a_story() -> None:
    assert one_address("https://www.bhrrc.org/en/a?dateorder=dateasc") == "https://www.business-humanrights.org/en/a"


@pytest.mark.parametrize(
    ("url", "listing"),
    [
        ("http://b.test/en/latest-news/", True),
        ("http://b.test/es/últimas-noticias/?page=3", True),
        ("http://b.test/en/blog/?issues=336&query=", True),
        ("http://b.test/en/from-us/briefings/", True),
        ("http://b.test/en/latest-news/a-page/", False),
        ("http://b.test/en/a-page", False),
    ],
)
def test_sections_are_listings(url: str, listing: bool) -> None:
    assert is_listing(url) is listing
