"""What a page's site calls itself: no title of a document, and no author."""

from __future__ import annotations

import re
from collections.abc import Set
from urllib.parse import urlsplit

from scrapers.html import jsonld
from scrapers.html.dom import Dom
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.title_facts import squeezed
from scrapers.html.metadata import Declared, text_of
from scrapers.html.regions.heading import leads_home
from scrapers.values.text import clean_line

LONGEST = 100
"""The most characters that a site's name has."""
SHORT = 8
"""The fewest letters of a heading that is looked for at the end of a `<title>`."""


def home_headings(dom: Dom) -> list[str]:
    """Return the headings that are nothing but a link to the site's first page: on other pages they name the site."""
    found = []
    whole = squeezed("".join(text_of(element, LONGEST) for element in dom.tagged("title")[:1]))
    for tag in ("h1", "h2"):
        for heading in dom.tagged(tag):
            link = next(heading.iter("a"), None)
            text = clean_line(text_of(heading, LONGEST))
            if link is None or squeezed(text) == whole or text != clean_line(text_of(link, LONGEST)):
                continue
            if leads_home(link, dom.url):
                found.append(text)
    return found[:3]


def site_names(dom: Dom, metadata: Declared, *, publishers: bool = True) -> set[str]:
    """Return what the site calls itself, squeezed: declared names, headings that lead home, its domain.

    With `publishers` also the bodies that the page names as its publisher, or describes: they are mostly the site.
    """
    keys = ("og:site_name", "application-name", "apple-mobile-web-app-title", *(("publisher",) if publishers else ()))
    names = [v for key in keys for v in metadata.metas.get(key, ())[:2]]
    described = {"website", "organization", "newsmediaorganization"} if publishers else {"website"}
    for node in [*metadata.graph.others[:20], *metadata.graph.content[:3]]:
        if not described.isdisjoint(jsonld.types(node)):
            names += jsonld.strings(node.get("name"))[:2]
        if publishers:
            names += jsonld.strings(metadata.graph.resolve(node.get("publisher")))[:1]
    names += home_headings(dom)
    found = {squeezed(name) for name in names}
    labels = (urlsplit(dom.url).hostname or "").removeprefix("www.").split(".")
    if len(labels) > 1:
        found.add(squeezed("".join(labels)))
        found.add(squeezed(labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2]))
    return {name for name in found if len(name) > 1}


def bodies(metadata: Declared) -> set[str]:
    """Return the names, squeezed, of the bodies that a page describes, or names as its publisher; no person's."""
    graph = metadata.graph
    publishers = [graph.resolve(node.get("publisher")) for node in [*graph.content[:3], *graph.pages[:2]]]
    names = metadata.metas.get("publisher", [])[:1]
    for node in [*graph.others[:20], *publishers]:
        kinds = jsonld.types(node) if isinstance(node, dict) else []
        if "person" not in kinds and any(kind.endswith("organization") for kind in kinds):
            names += jsonld.strings(node.get("name"))[:2]
    return {squeezed(name) for name in (*names, *(_DOMAIN.sub("", name) for name in names))}


_DOMAIN = re.compile(r"(?<=\w)\.[a-z]{2,6}$")
"""The end of the name of a body that is called by its address: `River.example`."""


def is_own_name(name: str, sites: Set[str]) -> bool:
    """Return whether a name is the site's own, or that of its editors or its firm: `River Watch Ltd`."""
    return not {squeezed(name), squeezed(_EDITORS.sub(" ", name))}.isdisjoint(sites)


_EDITORS = re.compile(
    r"\b(?:redaktion|redactie|r[ée]daction|redacción|redação|redazione|redaksi|редакция|team|staff|editors?|editorial"
    r"|newsroom|newsdesk|press office|pressestelle|admin|webmaster|gmbh|ag|ltd|inc|llc|e\. ?v)\b",
    re.IGNORECASE,
)
"""Words that sites set beside their names for those who write, or for the firm."""


def is_site(text: str, sites: set[str]) -> float:
    """Return how far a text is the site's name: 1 if it is that name, 0.5 if one of them holds the other."""
    small = squeezed(text)
    if not small:
        return 0.0
    if small in sites:
        return 1.0
    if any(
        len(site) > 3 and (small.startswith(site) or small.endswith(site) or (len(small) > 4 and small in site))
        for site in sites
    ):
        return 0.5
    return 0.0


def note_behind_site(wordings: list[Candidate], whole: str, sites: set[str]) -> None:
    """Note all but the title among the parts of a `<title>`: `Site » Archive » Title`, where the title is also printed.

    Args:
        wordings: all that may be the title.
        whole: the text of the `<title>` element.
        sites: the site's names, squeezed.
    """
    small = squeezed(whole)
    if not any(len(site) > 3 and small.startswith(site) for site in sites):
        return
    printed = [key for c in wordings if c.element is not None and len(key := squeezed(c.value)) >= SHORT]
    titles = [key for key in printed if small.endswith(key) and key != small and not is_site(key, sites)]
    for c in wordings if titles else ():
        c.facts["behind-site"] = float(c.origin == "title" and squeezed(c.value) not in titles)
