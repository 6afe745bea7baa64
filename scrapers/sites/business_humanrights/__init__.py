"""business-humanrights.org, in both of its generations: read by label words and text order, never by class names.

The first (Drupal, until 2020) prints banner, title, one line `Author: A, B, Published on: 23 May 2019`, text. The
second (Wagtail) prints notices, type, date, `Author:` and the title below them; in its first months it printed less.
"""

from __future__ import annotations

from functools import lru_cache

from scrapers.base import Author, Found, Link, Page
from scrapers.html.dom import dom_of
from scrapers.scraper import Scraper
from scrapers.sites.business_humanrights import addresses, words
from scrapers.sites.business_humanrights.body import as_text, text_lines
from scrapers.sites.business_humanrights.links import links_of
from scrapers.sites.business_humanrights.reading import Reading, read


@lru_cache(maxsize=1)
def _reading(page: Page) -> Reading:
    """Return the parts of a page; the last one is kept, as a scraper asks for it once a field."""
    return read(dom_of(page))


class BusinessHumanRights(Scraper):
    """Reads the Business & Human Rights Resource Centre."""

    def title(self, page: Page) -> Found[str] | None:
        """Return the heading of the document, without `[PDF]` before it."""
        line = _reading(page).header.title
        if line is None:
            return None
        value = words.PDF_PREFIX.sub("", line.text)
        return Found(
            value=value or line.text, raw=line.text, origin=f"selector:h{line.heading}" if line.heading else "text"
        )

    def authors(self, page: Page) -> Found[tuple[Author, ...]] | None:
        """Return the names in the author line beside the title; a story has no author, whatever its components say."""
        from scrapers.values.authors import read_authors

        header = _reading(page).header
        if header.author is None or not header.author.text:
            return Found(value=(), raw="", origin="text")
        label = header.author.label
        return Found(
            value=read_authors(header.author.text, parts=header.authors),
            raw=header.author.text,
            origin=f"label:{label}" if label else "text",
        )

    def date_published(self, page: Page) -> Found[str] | None:
        """Return the date beside the title; a list has none, its own is the day on which the site moved."""
        date = _reading(page).header.date
        if date is None or date.date is None or addresses.is_listing(page.final_url):
            return Found(value="", raw=date.text if date else "", origin="text")
        return Found(value=date.date, raw=date.text, origin=f"label:{date.label}" if date.label else "text")

    def kind(self, page: Page) -> Found[str] | None:
        """Return the label of the type, in lower case."""
        kind = _reading(page).header.kind
        if kind is None:
            return Found(value="", raw="", origin="text")
        return Found(value=kind.text.lower(), raw=kind.text, origin=f"label:{kind.label}" if kind.label else "text")

    def language(self, page: Page) -> Found[str] | None:
        """Return the language of the text, whatever the frame around it speaks."""
        from scrapers.values.language import language_of

        body = self.body(page)
        reading = _reading(page)
        title = reading.header.title.text if reading.header.title else ""
        text = f"{title}\n{body.value if body else ''}"
        root = dom_of(page).root
        found = language_of(text, hint=reading.shown_in or root.get("lang"))
        return Found(value=found, raw=found, origin="text") if found else None

    def body(self, page: Page) -> Found[str] | None:
        """Return the text between the lines around the title and the first word that ends it."""
        reading = _reading(page)
        if reading.header.title is None:
            return None
        text = as_text(text_lines(reading.body, reading.header.title))
        return Found(value=text, raw=text, origin="text") if text else None

    def canonical_url(self, page: Page) -> Found[str] | None:
        """Return the page's address; of a page that is shown untranslated, that of its original."""
        dom = dom_of(page)
        declared = next(
            (link.get("href") for link in dom.root.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
        )
        url = addresses.one_address(page.final_url)
        shown_in = _reading(page).shown_in
        if shown_in:
            for link in self.links(page) or ():
                if link.rel == "translation" and link.language == shown_in:
                    return Found(value=link.url, raw=link.text, origin="languages-line")
            if original := addresses.original(url, shown_in):
                return Found(value=original, raw=page.final_url, origin="fallback-notice")
        if declared or url == page.final_url:
            return None
        return Found(value=url, raw=page.final_url, origin="address")

    def links(self, page: Page) -> tuple[Link, ...] | None:
        """Return files, translations, related documents, and the links of the text."""
        reading = _reading(page)
        if reading.header.title is None:
            return None
        return links_of(reading, dom_of(page), text_lines(reading.body, reading.header.title))
