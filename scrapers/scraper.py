"""Reading any page or file: the reader for its media type, and a site's own methods over it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.errors import NotADocument
from scrapers.base import Found, Link, Listing, Page, Rules
from scrapers.fields import FIELDS, Extracted, FieldMethods
from scrapers.sniff.mediatype import PAGES, PDF

DOCUMENTS = (*PAGES, PDF)
"""Media types with a reader of their own, which are imported; plain text is read where a source leads to it."""
TEXT = "text/plain"


class Scraper(FieldMethods):
    """Reads any site with the generic reader; a site's own class overrides the method named after a field."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def listing(self, page: Page) -> Listing | None:
        """Return the links of a listing page; None leaves it to the configured mechanism."""
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
    if page.media_type in PAGES:
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
    for name in FIELDS.read:
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
    """Return a plain text file: its text is the body, and no other field is known."""
    from scrapers.html.dom import charset_of
    from scrapers.values.text import plain_text

    body = plain_text(page.content.decode(charset_of(page.content, page.header("content-type")), "replace"))
    return Extracted(media_type=TEXT, body=Found(value=body, raw=body, origin="text") if body else None)
