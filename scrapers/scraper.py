"""Reading any page or file: the reader for its media type, and a site's own methods over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.errors import NotADocument
from scrapers.base import FIELDS, Author, Extracted, Found, Link, Listing, Page, Rules

HTML = ("text/html", "application/xhtml+xml")
PDF = "application/pdf"
TEXT = "text/plain"


class Scraper:
    """Reads any site with the generic reader; a site's own class overrides the method named after a field.

    A method gets the page and returns a Found, or None where the generic reader's value stands.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def listing(self, page: Page) -> Listing | None:
        """Return the links of a listing page; None leaves it to the configured mechanism."""
        return None

    def title(self, page: Page) -> Found[str] | None:
        """Return the title."""
        return None

    def authors(self, page: Page) -> Found[tuple[Author, ...]] | None:
        """Return the authors; an empty tuple says that the page names none."""
        return None

    def date_published(self, page: Page) -> Found[str] | None:
        """Return the date of publication, as precise as printed; an empty value says that the page has none."""
        return None

    def date_modified(self, page: Page) -> Found[str] | None:
        """Return the date of the last change."""
        return None

    def language(self, page: Page) -> Found[str] | None:
        """Return the language of the text."""
        return None

    def kind(self, page: Page) -> Found[str] | None:
        """Return the site's own label for this kind of document, in lower case."""
        return None

    def publisher(self, page: Page) -> Found[str] | None:
        """Return the publisher."""
        return None

    def description(self, page: Page) -> Found[str] | None:
        """Return the summary."""
        return None

    def identifiers(self, page: Page) -> Found[Mapping[str, str]] | None:
        """Return DOI, ISBN, ISSN, document symbol, handle."""
        return None

    def body(self, page: Page) -> Found[str] | None:
        """Return the main text."""
        return None

    def canonical_url(self, page: Page) -> Found[str] | None:
        """Return the address that the page says is its own."""
        return None

    def links(self, page: Page) -> tuple[Link, ...] | None:
        """Return the links that matter: attachments, translations, related documents."""
        return None

    def extract(self, page: Page) -> Extracted:
        """Return what the page says: the site's own methods first, the generic reader's values for the rest."""
        return read(page, self.rules, overrides=self)


def read(page: Page, rules: Rules, overrides: Scraper | None = None) -> Extracted:
    """Return what a page or file says; a site's own methods, asked for HTML only, win over the generic reader.

    Raises NotADocument for what is neither HTML, PDF nor plain text, and ExtractError for what cannot be read.
    """
    if page.media_type == PDF:
        from scrapers.pdf import reader as pdf_reader

        return pdf_reader.read(page, rules)
    if page.media_type in HTML:
        from scrapers.html import reader as html_reader

        extracted = html_reader.read(page, rules)
        return extracted if overrides is None else with_overrides(extracted, page, overrides)
    if page.media_type == TEXT:
        return text(page)
    raise NotADocument(page.final_url, f"not a document: the content is {page.media_type}, neither HTML, PDF nor text")


def with_overrides(extracted: Extracted, page: Page, overrides: Scraper) -> Extracted:
    """Return the generic values with the site's own over them; an empty own value says that the page has none."""
    changed: dict[str, Any] = {}
    runners_up = dict(extracted.runners_up)
    for name in FIELDS:
        own: Found[Any] | None = getattr(overrides, name)(page)
        if own is None:
            continue
        generic: Found[Any] | None = getattr(extracted, name)
        if generic is not None:
            runners_up[name] = (generic, *runners_up.get(name, ()))
        changed[name] = own if own.value else None
    links = overrides.links(page)
    if links is not None:
        changed["links"] = links
    return replace(extracted, **changed, runners_up=runners_up)


def text(page: Page) -> Extracted:
    """Return a plain text file: its text is the body, and it says nothing else of itself."""
    from scrapers.html.dom import charset_of
    from scrapers.values.text import plain_text

    body = plain_text(page.content.decode(charset_of(page.content, page.header("content-type")), "replace"))
    return Extracted(media_type=TEXT, body=Found(value=body, raw=body, origin="text") if body else None)
