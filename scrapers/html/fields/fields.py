"""The fields of a page apart from its main text, each with where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapers.base import Found, Rules
from scrapers.choice.chooser import Chooser, shipped
from scrapers.html import links
from scrapers.html.fields import about, title
from scrapers.html.fields.authors import authors
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.dates.choice import choose as choose_dates
from scrapers.html.fields.dates.dates import DateGatherer
from scrapers.html.fields.dates.declared import declared_change
from scrapers.html.fields.traits import traits
from scrapers.html.fields.trust import is_told
from scrapers.html.page import HtmlPage

if TYPE_CHECKING:
    from scrapers.html.maintext.maintext import MainText


def read(
    page: HtmlPage, main: MainText, rules: Rules, *, today: str | None = None, chooser: Chooser | None = None
) -> dict[str, object]:
    """Return what a page says, by the names of `Extracted`: each field that it has, `links`, `notes`, `runners_up`.

    With `today` (ISO), dates far after it are refused; `chooser` stands in for the package's own.
    """
    dom, metadata, seen = page.dom, page.metadata, page.seen
    chooser = chooser or shipped("scrapers.html")
    values: dict[str, object] = {}
    notes: list[str] = []
    lost: dict[str, tuple[Found[object], ...]] = {}

    def take(name: str, ranked: list[Candidate]) -> None:
        if ranked and (chooser.sure_enough(name, ranked[0]) or is_told(name, ranked[0])):
            values[name] = ranked[0].found()
            if len(ranked) > 1:
                lost[name] = tuple(c.found() for c in ranked[1:4])

    shape = traits(dom, metadata, seen, main)
    titles = title.choose(page, main, shape, chooser)
    take("title", titles)
    seen.set_title(titles[0].element if titles else None)
    values["language"] = about.language(dom, main, metadata, rules.language)
    take("authors", authors.choose(page, main, shape, chooser))
    language = _language(values["language"])
    reader = DateGatherer(page, main, rules, language, today, shape)
    published, modified, refused = choose_dates(reader, chooser)
    take("date_published", published)
    take("date_modified", modified)
    notes += refused
    result = {name: value for name, value in values.items() if value is not None}
    result |= smaller(page, main)
    result["notes"] = (*notes, *cast("tuple[str, ...]", result["notes"]))
    result["runners_up"] = lost
    return result


def rest(page: HtmlPage, main: MainText, rules: Rules, *, today: str | None = None) -> dict[str, object]:
    """Return what a page says beside title, authors, date of publication and text, where these are known already."""
    result = smaller(page, main)
    if language := about.language(page.dom, main, page.metadata, rules.language):
        result["language"] = language
    if changed := declared_change(page.metadata, today):
        result["date_modified"] = changed
    return result


def smaller(page: HtmlPage, main: MainText) -> dict[str, object]:
    """Return the fields that nothing is learned for, by name, and `links` and `notes`."""
    dom, metadata = page.dom, page.metadata
    address, doubt = about.canonical_url(dom, metadata)
    values: dict[str, object] = {
        "kind": about.kind(metadata, page.seen),
        "publisher": about.publisher(page),
        "description": about.description(dom, metadata),
        "identifiers": about.identifiers(dom, main, metadata),
        "canonical_url": address,
        "links": links.read(page, main),
    }
    notes = [doubt] if doubt else []
    if metadata.graph.broken:
        notes.append("a JSON-LD block is broken; only parts of it were read")
    return {name: value for name, value in values.items() if value is not None} | {"notes": tuple(notes)}


def _language(found: object) -> str | None:
    return found.value if isinstance(found, Found) else None
