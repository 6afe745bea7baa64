"""Titles that stand in no heading: the row `Title` of a record, a line in bold at the top, the line above a byline."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scrapers.html.fields.authors.lines import BY_START
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.title_facts import squeezed
from scrapers.html.fields.title_order import is_sort
from scrapers.html.metadata import text_of
from scrapers.values.authors import read_authors
from scrapers.values.dates import find_dates
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.page import HtmlPage

CONFIDENCE = 0.6
"""The confidence that is given with such a title: set by hand, not measured."""
LINES = 12
"""Most blocks before a line in bold."""
SHORTEST, LONGEST = 8, 300
"""Fewest and most characters of such a title."""
BOLD = 0.9
"""Least share of its letters that are bold."""
_LABELS = frozenset(map(squeezed, (
    "title", "document title", "titre", "titel", "título", "titulo", "titolo", "tytuł", "název",
    "naslov", "cím", "titlu", "başlık", "judul", "tiêu đề", "τίτλος", "название", "заглавие",
    "назва", "标题", "標題", "题名", "題名", "タイトル", "제목", "العنوان", "عنوان", "כותרת", "शीर्षक",
)))  # fmt: skip
"""What records print before the title, squeezed."""


FEW_WORDS = 2
"""Most words of a `<title>` that is taken for a site's, or for a sort of document, where no heading has them."""


def _names_no_document(candidate: Candidate) -> bool:
    """Return whether the likeliest title is that of a site or of a sort of document, or short and in no heading."""
    facts, text = candidate.facts, str(candidate.value)
    if "scholarly" in facts or any(fact.startswith("ld:") for fact in facts):
        return False
    lone = not any(fact.startswith(("h1:", "h2:", "prop:")) for fact in facts) and len(text.split()) <= FEW_WORDS
    return lone or facts["is-site"] == 1 or is_sort(text)


def unheaded(page: HtmlPage, likeliest: Candidate) -> Candidate | None:
    """Return the title that stands in no heading, where the likeliest of the others names no document; else None.

    It is that of the document's record, or the line in bold at the top, or the line above the byline.
    """
    if _names_no_document(likeliest):
        return _of_record(page) or _in_bold(page)
    return _above_byline(page, str(likeliest.value)) if likeliest.origin == "title" else None


def _of_record(page: HtmlPage) -> Candidate | None:
    """Return the value of the only row that is labelled as the title, in the document's own region."""
    found: dict[str, HtmlElement] = {}
    for label in page.dom.tagged("dt", "th", "td"):
        value = label.getnext()
        if value is None or value.tag not in ("dd", "td") or len(text := clean_line(text_of(label, 40))) >= 30:
            continue
        if squeezed(text) in _LABELS and page.regions.admits(value):
            found.setdefault(clean_line(text_of(value, LONGEST)), value)
    titles = [text for text in found if len(text) >= SHORTEST]
    return _candidate(titles[0], "label:title", found[titles[0]]) if len(titles) == 1 else None


def _in_bold(page: HtmlPage) -> Candidate | None:
    """Return the first line of a page without headings that is bold as a whole, and neither a link nor a day."""
    blocks, tree = page.blocks, page.regions.tree
    if any(blocks.levels):
        return None
    for number, text in enumerate(blocks.texts[:LINES]):
        if tree.is_prose[number] and blocks.strong[number] < BOLD * len(text):
            return None
        whole = SHORTEST <= len(text) <= LONGEST and blocks.strong[number] >= BOLD * len(text)
        if whole and not blocks.linked[number] and next(find_dates(text), None) is None:
            return _candidate(clean_line(text), "bold", blocks.node_elements[blocks.owners[number]])
    return None


def _above_byline(page: HtmlPage, title: str) -> Candidate | None:
    """Return the line above a byline at the top of a page without headings, if `<title>` has none of its words."""
    blocks, tree = page.blocks, page.regions.tree
    if any(blocks.levels):
        return None
    for number, (text, following) in enumerate(pairwise(blocks.texts[:LINES])):
        if tree.is_prose[number]:
            return None
        line, by = clean_line(text), BY_START.match(following)
        people = read_authors(following) if by else ()
        words = set(line.casefold().split())
        if people and SHORTEST <= len(line) <= LONGEST and all(name.kind == "person" for name in people):
            apart = words.isdisjoint(title.casefold().split()) and next(find_dates(line), None) is None
            return _candidate(line, "above-byline", blocks.node_elements[blocks.owners[number]]) if apart else None
    return None


def _candidate(text: str, origin: str, element: HtmlElement) -> Candidate:
    return Candidate(value=text, raw=text, origin=origin, element=element, confidence=CONFIDENCE)
