"""Days on which something takes place: a meeting, a hearing, a course. A page that announces it was published earlier.

Such a day is printed with the hours from which and until which it lasts, in its own line or the one beside it, or it
stands in the address of a calendar, or the page declares that its subject is an event.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapers.html import jsonld
from scrapers.values.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapers.html.page import HtmlPage

EVENT = "event"
"""How schema.org's types of events end: `BusinessEvent`."""
LINE = 200
"""Most characters of a line with a day or with hours."""
_HALF = r"(?:\s*[ap]\.?\s?m\b\.?)"
_UNIT = rf"(?:{_HALF}|\s*(?:uhr|hrs?|h|óra|ч)\b)"
_TO = r"\s*(?:[-–—~〜]|to|until|till|bis|à|au|a|al|hasta|às|alle|do|до|至)\s*"
HOURS = re.compile(
    rf"(?<![\d/.:-])\d{{1,2}}(?:[:.h]\d\d{_UNIT}?{_TO}\d{{1,2}}(?:[:.h]\d\d|{_UNIT})"
    rf"|{_UNIT}{_TO}\d{{1,2}}(?:[:.h]\d\d)?{_UNIT}|{_TO}\d{{1,2}}(?:[:.h]\d\d)?{_HALF})(?!\d)",
    re.IGNORECASE,
)
"""From one time of day to another: `9 - 11am`, `10:00 - 12:00`, `18h30 à 20h`."""
_DIGIT = re.compile(r"\d")
_CALENDAR = re.compile(
    r"/(?:events?|calendar|meetings?|hearings?|termine?|veranstaltung(?:en)?|kalender|agenda|[ée]v[ée]nements?|eventos?"
    r"|eventi|wydarzenia|событи[ея])(?:/|$)",
    re.IGNORECASE,
)


def days_of_events(page: HtmlPage) -> frozenset[int]:
    """Return the blocks whose days are those of an event: they state its hours, or stand beside a line that does."""
    texts, regions = page.blocks.texts, page.regions
    found: set[int] = set()
    for number, text in enumerate(texts):
        if regions.tree.is_prose[number] or not _DIGIT.search(text) or not HOURS.search(text):
            continue
        found.add(number)
        if next(find_dates(text), None) is None:
            found.update(_beside(texts, number))
    return frozenset(found)


def _beside(texts: list[str], number: int) -> Iterator[int]:
    """Yield the short line with a day before the hours in a line of their own, else the one after it."""
    for other in (number - 1, number - 2, number + 1):
        if 0 <= other < len(texts) and len(texts[other]) <= LINE and next(find_dates(texts[other]), None) is not None:
            yield other
            return


def is_of_calendar(url: str) -> bool:
    """Return whether an address is that of an entry of a calendar: the day in it is that of the event."""
    return _CALENDAR.search(urlsplit(url).path) is not None


def is_event(page: HtmlPage) -> bool:
    """Return whether a page says that what it is about is an event: by its data, or the elements around its heading."""
    graph, regions = page.metadata.graph, page.regions
    if any(map(_EVENT_NAME.fullmatch, _names_around(page))):
        return True
    kinds = [kind for node in graph.content[:1] or graph.others[:3] for kind in jsonld.types(node)]
    scopes = [
        prop.scope
        for prop in page.metadata.properties
        if prop.name == "name" and prop.scope.endswith(EVENT) and regions.tree.block_of(prop.element) == regions.heading
    ]
    return any(kind.endswith(EVENT) for kind in (*kinds, *scopes))


_NOUN = r"(?:events?|veranstaltung(?:en)?|termine?|[ée]v[ée]nements?|eventos?|eventi|wydarzenie|meetings?)"
_EVENT_NAME = re.compile(
    rf"v?{_NOUN}|{_NOUN}[-_]+(?:details?|single|page|item|content|full|view|main|body|entry|wrapper)"
    rf"|(?:single|(?:page-)?(?:node|post|content)-{{1,2}}type|type|portaltype|article|page)[-_]+(?:tribe[-_])?{_NOUN}",
    re.IGNORECASE,
)
"""Classes of an event's own page: `vevent`, `event-detail`, `node--type-event`, `single-tribe_events`."""


def _names_around(page: HtmlPage) -> Iterator[str]:
    """Yield the classes of the elements around the document's heading."""
    if page.regions.heading < 0:
        return
    heading = page.blocks.node_elements[page.blocks.owners[page.regions.heading]]
    for element in heading.iterancestors():
        yield from (element.get("class") or "").split()[:20]
