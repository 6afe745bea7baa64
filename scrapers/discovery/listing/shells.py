"""Whether a page that lists nothing would be filled by a script, which is why nothing is found on it."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from scrapers.discovery.listing.chrome import SURE, furniture_around
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.html.refusals import NEEDS_SCRIPT

MOUNTED = frozenset(
    ["root", "app", "__next", "__nuxt", "___gatsby", "svelte", "app-root", "react-root", "ember-app", "main-app", "spa"]
)
"""Ids of the element in which the usual frameworks build a page."""
OWN_ELEMENTS = re.compile(r"(?:[\w]+-)?(?:app|root|shell)\Z", re.IGNORECASE)
"""Elements of a page's own making, such as `<app-root>`, that hold all of it."""
REPEATING = frozenset(["v-for", "ng-repeat", "data-ng-repeat", "x-for", "*ngfor", "data-bind", "data-repeat"])
"""Attributes that repeat an element for each entry of a list."""
FIELD = re.compile(r"\{\{[^{}]{1,80}\}\}|<%[^%]{1,80}%>|\$\{[^{}]{1,60}\}")
"""A value that a script puts in: `{{ item.title }}`."""
RESULTS = re.compile(r"(?:^|[\s_-])(?:results?|result-?list|listing|list|items|posts|feed|grid)(?:[\s_-]|$)")
"""Classes and ids of an element that is there to hold a list."""
EMPTY = 20
"""An element with no more letters than this is empty: `Loading ...` may stand in it."""
LOADING = re.compile(
    r"(?i)^\W*(?:loading|please wait|chargement|cargando|laden|wird geladen|caricamento|загрузка|加载中|読み込み中)"
)
BEHIND_A_FORM = (
    "nothing is listed here, and a form must be sent to see documents: name the address of its answer as `start`, "
    "or the feed, sitemap or API of the site"
)
REASON = (
    "the page is made by JavaScript, and its documents are not in what the server sends: "
    "set `render = true`, or name the feed, sitemap or API behind it as `start`"
)


def behind_a_form(dom: Dom) -> str | None:
    """Return a sentence that a page's documents are listed once its form is sent, if it has such a form; else None."""
    known: dict[etree._Element, float] = {}
    forms = (form for form in dom.tagged("form") if furniture_around(form, known) < SURE)
    return BEHIND_A_FORM if any(map(_asks_for_words, forms)) else None


def _asks_for_words(form: etree._Element) -> bool:
    """Return whether a form has a field for words, or a choice, and none for a password."""
    kinds = {(field.get("type") or "text").lower() for field in form.iter("input")}
    return "password" not in kinds and (bool(kinds & {"text", "search"}) or next(form.iter("select"), None) is not None)


def made_by_script(dom: Dom) -> str | None:
    """Return a sentence that a script makes the page's list, if its markup shows that; else None."""
    if next(dom.root.iter("script"), None) is None:
        return None
    return REASON if any(map(_is_filled_later, dom.elements)) else None


def _is_filled_later(element: etree._Element) -> bool:
    """Return whether an element is empty until a script fills it, or repeats itself for each entry."""
    if element.tag == "noscript":
        return NEEDS_SCRIPT.search(beginning(element, 400)) is not None
    if any(name in REPEATING for name in islice(element.attrib, 30)):
        return True
    if element.tag == "a":
        return FIELD.search(f"{element.get('href') or ''} {element.text or ''}") is not None
    name = (element.get("id") or "").lower()
    if name in MOUNTED or ("-" in str(element.tag) and OWN_ELEMENTS.match(str(element.tag))):
        return len(beginning(element, EMPTY + 1)) <= EMPTY
    holds = element.tag in ("ul", "ol", "tbody", "div") and RESULTS.search(
        f"{element.get('class') or ''} {name}".lower()
    )
    if holds and not beginning(element, 1) and next(element.iter("a", "img"), None) is None:
        return True
    return len(element) == 0 and LOADING.match(element.text or "") is not None
