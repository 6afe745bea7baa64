"""An HTML page as what it says: the tree, its main text and its fields, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.errors import NotADocument
from scrapers.base import Found, Page, Rules
from scrapers.fields import Extracted
from scrapers.html.dom import Dom, dom_of
from scrapers.html.fields import fields
from scrapers.html.maintext import maintext
from scrapers.html.page import html_page
from scrapers.html.refusals import refusal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.choice.chooser import Chooser
    from scrapers.html.maintext.maintext import MainText
    from scrapers.html.maintext.scores import Model


def read(page: Page, rules: Rules, learned: Model | None = None, chooser: Chooser | None = None) -> Extracted:
    """Return what an HTML page says; raises NotADocument, or ExtractError where it goes over the limits.

    `learned` and `chooser` stand in for the package's own, for those who compare what was learned.
    """
    dom = dom_of(page)
    parts = html_page(dom)
    main = maintext.read(parts, learned)
    if reason := refusal(page, dom, main.body):
        raise NotADocument(page.final_url, f"not a document: {reason}")
    values: dict[str, Any] = fields.read(
        parts, main, rules, today=page.retrieved_at.date().isoformat(), chooser=chooser
    )
    body = Found(value=main.body, raw=main.body, origin=main.origin) if main.body else None
    return _extracted(page, dom, {**values, "body": body})


def read_rest(page: Page, rules: Rules, main: MainText, title: HtmlElement) -> Extracted:
    """Return what an HTML page says beside title, authors, date and text, where these are known; nothing is learned.

    Raises NotADocument, or ExtractError where it goes over the limits.

    Args:
        page: The page.
        rules: Those of its source.
        main: Its text, and the elements that hold it.
        title: The element that is its title.
    """
    dom = dom_of(page)
    if reason := refusal(page, dom, main.body):
        raise NotADocument(page.final_url, f"not a document: {reason}")
    parts = html_page(dom)
    parts.seen.set_title(title)
    return _extracted(page, dom, fields.rest(parts, main, rules, today=page.retrieved_at.date().isoformat()))


def _extracted(page: Page, dom: Dom, values: dict[str, Any]) -> Extracted:
    notes: tuple[str, ...] = tuple(values.pop("notes", ()))
    if dom.cut:
        notes += (f"only a part was read: {dom.cut}",)
    return Extracted(media_type=page.media_type, notes=notes, **values)
