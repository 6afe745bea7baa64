"""Lists in tabs: panels of one page, of which a browser shows one at a time, or pages of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, identity, same_site

PANEL = re.compile(
    r"(?:^|[\s_-])(?:tab|tabs)[-_]{0,2}(?:pane|panel|page|body)s?(?=\s|$)|(?:^|\s)(?:tabpanel|tabpane)(?=\s|$)"
)
"""Classes of a panel: `tab-pane`, `tabs__panel`, `tabpanel`."""
BAR = re.compile(r"(?:^|\s)(?:nav-tabs|tabs?|tab-?(?:list|bar|nav|menu|links)|tabs[-_]{1,2}(?:list|nav|menu))(?=\s|$)")
"""Classes of a row of tabs."""
ACTIVE = re.compile(r"(?:^|[\s_-])(?:active|current|selected)(?=\s|$)")
ALL = re.compile(r"(?i)all\b|tou(?:s|te?s?)\b|tod[oa]s\b|alles?\b|tutt[ie]\b|все\b|全|すべて|전체|الكل")
"""What a tab is called that shows what all others do."""
MOST = 12
"""More links than this are no tabs."""


def panel_of(element: etree._Element) -> etree._Element | None:
    """Return the panel of a tab in which an element stands."""
    return next((around for around in element.iterancestors() if _is_panel(around)), None)


def in_other_panel(one: etree._Element, other: etree._Element) -> bool:
    """Return whether two elements stand in different panels of the same tabs."""
    first, second = panel_of(one), panel_of(other)
    if first is None or second is None or first is second:
        return False
    return first.getparent() is second.getparent()


def panels(dom: Dom) -> list[Dom]:
    """Return the panels of a page's first tabs, each as a page of its own."""
    first = next((element for element in dom.elements if _is_panel(element)), None)
    around = first.getparent() if first is not None else None
    found = [child for child in around if _is_panel(child)] if around is not None else []
    return [replace(dom, root=panel, elements=list(panel.iter(etree.Element)), _tagged={}) for panel in found]


def links_to_any(panel: Dom, documents: Collection[str]) -> bool:
    """Return whether a panel links one of some documents, which are given by their identities."""
    urls = (absolute(panel.base_url, anchor.get("href")) for anchor in panel.tagged("a"))
    return any(url is not None and identity(url) in documents for url in urls)


def _is_panel(element: etree._Element) -> bool:
    named = element.get("class")
    return (named is not None and "tab" in named.lower() and PANEL.search(named.lower()) is not None) or (
        element.get("role") == "tabpanel"
    )


def other_tabs(dom: Dom) -> tuple[str, ...]:
    """Return the addresses of the other tabs of a list: the page's own but for one parameter, or its last step.

    There are none where the tab that is shown is called `All`: the others are filters of it. Tabs with other steps may
    be other sections of the site as well: only what stands in them as in this one is a list.
    """
    for bar in dom.tagged("ul", "ol", "div", "nav"):
        if bar.get("role") == "tablist" or BAR.search((bar.get("class") or "").lower()):
            tabs = [(a, url) for a in bar.iter("a") if (url := absolute(dom.base_url, a.get("href")))]
            shown = [a for a, url in tabs if _is_shown(a) or identity(url) == identity(dom.url)]
            if 2 <= len(tabs) <= MOST and len(shown) == 1 and not ALL.match(beginning(shown[0], 40).strip()):
                return tuple(dict.fromkeys(_views([url for a, url in tabs if a is not shown[0]], dom.url)))
    return ()


def _is_shown(anchor: etree._Element) -> bool:
    parent = anchor.getparent()
    return anchor.get("aria-selected") == "true" or any(
        ACTIVE.search((e.get("class") or "").lower()) or (e.get("aria-current") or "false") != "false"
        for e in (anchor, parent)
        if e is not None
    )


def _views(urls: list[str], here: str) -> Iterator[str]:
    """Yield the addresses that differ from the page's own in one parameter, or in the last step of the path, alone."""
    path, own = urlsplit(identity(here)).path, dict(parse_qsl(urlsplit(here).query))
    for url in urls:
        given, there = dict(parse_qsl(urlsplit(url).query)), urlsplit(identity(url)).path
        differing = [name for name in own.keys() | given.keys() if own.get(name) != given.get(name)]
        in_query = there == path and len(differing) == 1 and differing[0] in given
        beside = there != path and there.rpartition("/")[0] == path.rpartition("/")[0] != "" and not differing
        if in_query or (beside and same_site(url, here)):
            yield url
