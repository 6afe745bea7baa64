"""A page as what it says, with a site's own methods over the generic reader."""

from __future__ import annotations

import pytest

from models.errors import ExtractError, NotADocument
from scrapers import scraper
from scrapers.base import Author, Found, Link, Page, Rules
from scrapers.fields import Extracted
from scrapers.scraper import Scraper
from tests.page import page_of
from tests.scrapers.html.pages import STORIES, drupal

URL = "https://centre.example/reports/water"


def page(content: bytes, media_type: str = "text/html", header: str | None = None) -> Page:
    return page_of(URL, content, headers=(("Content-Type", header),) if header else (), media_type=media_type)


class Own(Scraper):
    """A site's own methods, each asked for one field."""

    def title(self, page: Page) -> Found[str] | None:
        return Found(value="Our title", raw=" Our title ", origin="selector:h1")

    def authors(self, page: Page) -> Found[tuple[Author, ...]] | None:
        return Found(value=(), raw="", origin="site")

    def links(self, page: Page) -> tuple[Link, ...] | None:
        return (Link(url="https://centre.example/a.pdf", rel="attachment"),)


def test_a_page_says_title_and_text_with_origins() -> None:
    said = scraper.read(page(drupal("en")), Rules())
    assert said.title is not None
    assert said.title.value == STORIES["en"][0]
    assert said.body is not None
    assert said.body.origin == "text"
    assert all(paragraph in said.body.value for paragraph in STORIES["en"][1:])
    assert said.authors is None
    assert said.date_published is None


def test_a_sites_own_values_win_and_the_generic_ones_run_up() -> None:
    said = Own(Rules()).extract(page(drupal("fr")))
    assert said.title == Found(value="Our title", raw=" Our title ", origin="selector:h1")
    assert said.runners_up["title"][0].value == STORIES["fr"][0]
    assert said.authors is None
    assert said.links == (Link(url="https://centre.example/a.pdf", rel="attachment"),)
    assert said.body is not None


def test_a_limit_leaves_a_note() -> None:
    said = scraper.read(
        page(b"<p>" + b"A sentence that is long enough to be one. " * 20 + b"</p>" + b"<b>" * 5000), Rules()
    )
    assert any("nested" in note for note in said.notes)


def test_plain_text_is_its_own_body() -> None:
    said = scraper.read(page("Première ligne\r\n\r\n\r\n\r\nSeconde \x07ligne \r\n".encode(), "text/plain"), Rules())
    assert isinstance(said, Extracted)
    assert said.body is not None
    assert said.body.value == "Première ligne\n\nSeconde ligne"


@pytest.mark.parametrize("media_type", ["image/png", "application/zip", "application/json", "video/mp4"])
def test_what_is_no_document_is_named(media_type: str) -> None:
    with pytest.raises(NotADocument, match=media_type):
        scraper.read(page(b"\x89PNG", media_type), Rules())


@pytest.mark.parametrize("content", [b"", b" \n", b"\0\0"])
def test_an_empty_page_fails_with_its_address(content: bytes) -> None:
    with pytest.raises(ExtractError) as failed:
        scraper.read(page(content), Rules())
    assert failed.value.url == URL
