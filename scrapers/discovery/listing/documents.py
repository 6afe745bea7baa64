"""The documents that a page lists, with what it says of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from scrapers.base import Link, Rules
from scrapers.discovery.base import is_file, with_query
from scrapers.discovery.listing.anchors import Anchor, anchor_of, anchors_of, pressed_anchors, unrecorded_anchors
from scrapers.discovery.listing.embedded import embedded_links
from scrapers.discovery.listing.groups import Group, Groups
from scrapers.discovery.listing.rows.claims import claims_of
from scrapers.discovery.listing.rows.regions import rows_of_documents
from scrapers.html import selectors
from scrapers.html.dom import Dom
from scrapers.values.suffixes import OFFICE_TYPES, stem_of, suffix_of

FRAGMENT = -2.5
"""How unlikely the links of a fragment may be."""
PAGE_OF_LIST = re.compile(
    r"(?i)(?:curr?(?:ent)?|now|list|c)?[-_]?(?:page|pg|pagina|seite|strona|sayfa)[-_]?(?:no|num|number|index|idx)?"
)
"""Names of the parameter in which a document's address carries the page of the list that it was linked on."""
LEAST = 3
"""A page whose markup lists fewer documents may have more in its scripts."""


def document_links(
    dom: Dom, rules: Rules, places: Collection[str] = (), *, whole: bool = True
) -> tuple[list[Link], tuple[str, ...]]:
    """Return the links to documents, and the places where they stand; only those at `places`, if any are given.

    What is not a whole page but what a script adds to one holds little else than the list. Links to films count where
    there are no others; where no link leads to a document, rows and cards that a script makes links of are looked at.
    """
    links: list[Link] = []
    chosen: list[Group] = []
    for anchors in (unrecorded_anchors, anchors_of, pressed_anchors):
        groups = Groups(anchors(dom, rules), dom)
        chosen = groups.at(places) if places else groups.chosen(0.0 if whole else FRAGMENT)
        links = _links([anchor for group in chosen for anchor in group.anchors], dom, rules)
        if links:
            break
    if len(links) < LEAST and len(embedded := embedded_links(dom, rules)) > len(links):
        return embedded, ()
    return links, tuple(group.place for group in chosen)


def unlikely_links(dom: Dom, rules: Rules) -> Iterator[tuple[list[Link], float]]:
    """Yield the links of each place of a page that lists no document, the likeliest first, and how like a menu."""
    groups = Groups(unrecorded_anchors(dom, rules), dom).by_place.values()
    for group in sorted(groups, key=lambda group: -group.score):
        yield _links(group.anchors, dom, rules), group.facts["furniture"]


def selected_links(dom: Dom, rules: Rules) -> list[Link]:
    """Return the links that the source's `follow` names."""
    named = selectors.links(dom, ", ".join(rules.follow))
    return _links([anchor_of(link.anchor, link.url, dom) for link in named], dom, rules)


def _links(anchors: Sequence[Anchor], dom: Dom, rules: Rules) -> list[Link]:
    """Return a link for each document that some links of a page lead to, in order, with what its row claims."""
    order = {element: number for number, element in enumerate(dom.elements)}
    anchors = sorted(anchors, key=lambda anchor: order[anchor.element])
    claims = claims_of(rows_of_documents(dom.root, anchors), dom, rules) if anchors else {}
    best: dict[str, Anchor] = {}
    for anchor in _without_copies(anchors):
        if anchor.key not in best or len(anchor.text) > len(best[anchor.key].text):
            best[anchor.key] = anchor
    return [
        Link(
            url=anchor.url,
            text=anchor.text,
            rel="attachment" if is_file(anchor.url) else "link",
            claims=claims.get(key, {}),
            origin="listing",
        )
        for key, anchor in best.items()
    ]


def without_page_of_list(links: Sequence[Link], number: int) -> list[Link]:
    """Return a page's links without the number of the list's page, where all carry it back: `view?no=30&page=1`.

    A document that moves to the next page of its list would else come again under a new address.

    Args:
        links: the links of one page of a list.
        number: the number of that page, counted from 1; sites may count from 0.
    """
    if len(links) < LEAST:
        return list(links)
    queries = [dict(parse_qsl(urlsplit(link.url).query, keep_blank_values=True)) for link in links]
    here = {str(number), str(number - 1)}
    carried = [
        name
        for name, value in queries[0].items()
        if PAGE_OF_LIST.fullmatch(name) and value in here and all(query.get(name) == value for query in queries)
    ]
    if not carried:
        return list(links)
    bare = [replace(link, url=with_query(link.url, dict.fromkeys(carried))) for link in links]
    return bare if len({link.url for link in bare}) == len(links) else list(links)


def _without_copies(anchors: Sequence[Anchor]) -> list[Anchor]:
    """Return the links without those to a file that is linked as a PDF as well, by the same name."""
    read = {stem_of(anchor.key) for anchor in anchors if suffix_of(anchor.url) == "pdf"}
    return [a for a in anchors if suffix_of(a.url) not in OFFICE_TYPES or stem_of(a.key) not in read]
