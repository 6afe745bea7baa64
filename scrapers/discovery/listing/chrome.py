"""Which elements are a page's furniture: navigation, header, footer, sidebars, dialogs; and how surely."""

from __future__ import annotations

import re

from lxml import etree

from scrapers.discovery.listing.words import FURNITURE_ENDS, FURNITURE_WORDS

SURE = 1.0
PERHAPS = 0.4
"""Weak signs: a list of documents may stand in what is called `related` or `modal`, or lie in a `<form>`."""
TAGS = {"nav": SURE, "footer": SURE, "template": SURE, "select": SURE, "aside": PERHAPS, "dialog": PERHAPS}
ROLES = {
    "navigation": SURE,
    "contentinfo": SURE,
    "search": SURE,
    "menu": SURE,
    "menubar": SURE,
    "banner": SURE,
    "complementary": PERHAPS,
    "dialog": PERHAPS,
}
SHADOW_ROOTS = frozenset({"shadowrootmode", "shadowroot"})
"""Attributes of a `<template>` whose content a browser shows (HTML, "declarative shadow roots")."""
NEVER = frozenset({"html", "body", "main", "article"})
INSIDE = frozenset({"article", "li", "main", "section", "td"})
"""A `<header>` within one of these heads a card or a text, not the page."""


def furniture(element: etree._Element) -> float:
    """Return how surely an element is furniture by its own tag, role and names: 0 to 1."""
    tag = element.tag
    if not isinstance(tag, str) or tag in NEVER:
        return 0.0
    if tag == "template" and SHADOW_ROOTS & set(element.attrib):
        return 0.0
    sure = max(TAGS.get(tag, 0.0), ROLES.get((element.get("role") or "").lower(), 0.0))
    if tag == "header" and not any(ancestor.tag in INSIDE for ancestor in element.iterancestors()):
        sure = SURE
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return max([sure, *(_of_name(name) for name in names[:20])])


def furniture_around(element: etree._Element, known: dict[etree._Element, float]) -> float:
    """Return how surely an element stands in furniture; `known` keeps the answers for one page."""
    trail: list[etree._Element] = []
    current: etree._Element | None = element
    answer = 0.0
    while current is not None:
        if current in known:
            answer = known[current]
            break
        trail.append(current)
        current = current.getparent()
    for passed in reversed(trail):
        answer = max(answer, furniture(passed))
        known[passed] = answer
    return answer


def _of_name(name: str) -> float:
    """Return how surely one class or id names furniture: as a whole, or by its last word (`site-footer`)."""
    if name in FURNITURE_WORDS:
        return FURNITURE_WORDS[name]
    last = re.split(r"[-_]+", name)[-1]
    return SURE if last in FURNITURE_ENDS and "not" not in re.split(r"[-_]+", name) else 0.0
