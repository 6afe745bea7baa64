"""A site described by the selectors of its configuration: CSS, with `::attr(name)` at the end for an attribute."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapers.base import Author, Found, Link, Listing, Page, Rules
from scrapers.fields import FIELDS, Extracted
from scrapers.html.selectors import Match, links, matches, parts_of
from scrapers.scraper import Scraper, with_overrides
from scrapers.sniff.mediatype import PAGES

if TYPE_CHECKING:
    from scrapers.html.dom import Dom


def selectors(rules: Rules) -> dict[str, str]:
    """Return the selectors of a source by the key of its configuration that holds them."""
    keys = (*FIELDS.selected.values(), "attachment")
    return {key: css for key in keys if (css := getattr(rules, key))}


class Configured(Scraper):
    """Reads the fields that the configuration has selectors for, and leaves the rest to another scraper.

    A selector that matches nothing, or several values where there can be only one, is ignored: the other scraper's
    value stands, and a note says why.
    """

    def __init__(self, rules: Rules, otherwise: Scraper) -> None:
        super().__init__(rules)
        self.otherwise = otherwise
        self._dom: Dom | None = None
        self._found: dict[str, list[Match]] = {}
        """What the selectors name in the page that was parsed last."""

    def title(self, page: Page) -> Found[str] | None:
        """Return the one text that the selector names."""
        values = self._values(page, self.rules.title)
        if len(values) == 1:
            return Found(value=values[0], raw=values[0], origin=f"selector:{self.rules.title}")
        return None

    def authors(self, page: Page) -> Found[tuple[Author, ...]] | None:
        """Return the authors that the selector names: each match is one, a single match may name several."""
        from scrapers.values.authors import read_authors

        values = self._values(page, self.rules.author)
        if values:
            parts = values if len(values) > 1 else self._parts(page)
            raw = ", ".join(values)
            return Found(value=read_authors(raw, parts=parts), raw=raw, origin=f"selector:{self.rules.author}")
        return None

    def date_published(self, page: Page) -> Found[str] | None:
        """Return the one date that the selector names."""
        dates = self._dates(page)
        if len({value for value, _ in dates}) == 1:
            return Found(value=dates[0][0], raw=dates[0][1], origin=f"selector:{self.rules.date}")
        return None

    def body(self, page: Page) -> Found[str] | None:
        """Return the text of all matches, one after the other."""
        from scrapers.html.blocks import blocks
        from scrapers.html.maintext.plain import render

        texts: list[str] = []
        for match in self._outermost(page):
            if match.is_attribute:
                texts.append(match.value)
            else:
                parts = blocks(match.element)
                texts.append(render(parts, list(range(len(parts.texts)))))
        text = "\n\n".join(filter(None, texts))
        if text:
            return Found(value=text, raw=text, origin=f"selector:{self.rules.body}")
        return None

    def extract(self, page: Page) -> Extracted:
        """Return what the page says, its attachments as the selector names them, and notes on doubtful selectors."""
        if page.media_type not in PAGES:
            return self.otherwise.extract(page)
        extracted, notes = self._alone(page), list[str]()
        if extracted is None:
            extracted, notes = with_overrides(self.otherwise.extract(page), page, self), self._notes(page)
        files = {link.url: link for link in self._attachments(page)}
        others = (link for link in extracted.links if link.url not in files)
        return replace(extracted, links=(*files.values(), *others), notes=(*extracted.notes, *notes))

    def _alone(self, page: Page) -> Extracted | None:
        """Return what the page says where the selectors give title, authors, date and text; None where one is missing.

        Then no other reader has to find and weigh candidates, which takes most of the time of reading a page.
        """
        if type(self.otherwise) is not Scraper:
            return None
        title, authors, date, body = self.title(page), self.authors(page), self.date_published(page), self.body(page)
        if not (title and authors and authors.value and date and body):
            return None
        from scrapers.html.maintext.maintext import MainText
        from scrapers.html.reader import read_rest

        main = MainText(
            body=body.value, elements=tuple(match.element for match in self._outermost(page)), origin=body.origin
        )
        rest = read_rest(page, self.rules, main, self._matches(page, self.rules.title)[0].element)
        return replace(rest, title=title, authors=authors, date_published=date, body=body)

    def _outermost(self, page: Page) -> list[Match]:
        """Return the matches of the text's selector that lie within no other match."""
        outer: list[Match] = []
        within: set[Any] = set()
        for match in self._matches(page, self.rules.body):
            if not any(ancestor in within for ancestor in match.element.iterancestors()):
                within.add(match.element)
                outer.append(match)
        return outer

    def _attachments(self, page: Page) -> list[Link]:
        from scrapers.html.dom import dom_of
        from scrapers.values.text import clean_line

        css = self.rules.attachment
        return [
            Link(
                url=link.url,
                text=clean_line("".join(map(str, link.element.itertext()))),
                rel="attachment",
                media_type=link.anchor.get("type"),
                origin=f"selector:{css}",
            )
            for link in (links(dom_of(page), css) if css else ())
        ]

    def _notes(self, page: Page) -> list[str]:
        notes = []
        titles = self._values(page, self.rules.title)
        if len(titles) > 1:
            notes.append(f"title: {self.rules.title!r} matches {len(titles)} different texts: {_shown(titles)}")
        texts = self._values(page, self.rules.date)
        dates = self._dates(page)
        if len({value for value, _ in dates}) > 1:
            notes.append(f"date: {self.rules.date!r} matches different dates: {_shown([raw for _, raw in dates])}")
        elif texts and not dates:
            notes.append(f"date: {self.rules.date!r} matches no date: {_shown(texts)}")
        names = self._values(page, self.rules.author)
        if names and not ((found := self.authors(page)) and found.value):
            notes.append(f"author: {self.rules.author!r} matches no name: {_shown(names)}")
        return notes

    def _matches(self, page: Page, css: str | None) -> list[Match]:
        from scrapers.html.dom import dom_of

        if not css:
            return []
        dom = dom_of(page)
        if dom is not self._dom:
            self._dom, self._found = dom, {}
        if css not in self._found:
            self._found[css] = matches(dom, css)
        return self._found[css]

    def _parts(self, page: Page) -> list[str]:
        """Return the authors that a single match names."""
        match = self._matches(page, self.rules.author)[0]
        return parts_of(match.element, match.value)

    def _values(self, page: Page, css: str | None) -> list[str]:
        """Return the different values that a selector names, in the page's order."""
        return list(dict.fromkeys(match.value for match in self._matches(page, css)))

    def _dates(self, page: Page) -> list[tuple[str, str]]:
        """Return the dates that the selector names, each with its text: the printed date, else that of a `time`."""
        from scrapers.values.dates import read_date

        languages = [language] if (language := self.rules.language) else []
        found = []
        for match in self._matches(page, self.rules.date):
            for text in (match.value, match.element.get("datetime"), match.element.get("content")):
                if text and (date := read_date(text, order=self.rules.date_order, languages=languages)):
                    found.append((date, text))
                    break
        return found

    def listing(self, page: Page) -> Listing | None:
        """Return the other scraper's links."""
        return self.otherwise.listing(page)


def _shown(values: list[str]) -> str:
    shown = ", ".join(repr(value[:60]) for value in values[:3])
    return shown + (" ..." if len(values) > 3 else "")
