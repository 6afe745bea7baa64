"""Documents listed as data: in a JSON answer of any form, or in the scripts of a page that its own JavaScript fills."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from scrapers.base import Found, Link, Rules
from scrapers.discovery.base import is_file
from scrapers.discovery.claims import authors, given, iso_date, plain, text
from scrapers.discovery.listing.anchors import may_be_document
from scrapers.discovery.listing.rows.affixes import Affixes
from scrapers.discovery.listing.rows.dates import DateReader
from scrapers.discovery.listing.titles import weight
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, identity
from scrapers.values.language import normalised

T = TypeVar("T")

MAX_DEPTH = 30
MAX_OBJECTS = 200_000
MAX_SCRIPT = 20_000_000
MAX_STARTS = 200
"""Places of one script that are tried as the beginning of JSON."""
SHORTEST = 80
"""Characters below which data hold no list."""
LEAST = 3
"""This many like objects in a script make a list."""
START = re.compile(r"[\[{]\s*[{\"\[]")
STRING = re.compile(r'"(?:[^"\\\n]++|\\.)*+"')
WITHIN = ("item", "attributes", "node", "fields", "metadata", "_source")
"""Members that hold what an object says, beside what its system says of it."""
LINKS = ("links", "_links")
WEB_PAGE = ("self_html", "html", "web", "page", "landing_page", "alternate")
"""Members of an object's links, of which others lead to more data: the address of its web page."""
ADDRESS = ("url", "link", "href", "permalink", "uri", "document_url", "file_url", "download_url", "pdf", "file", "path")
TITLE = ("title", "name", "headline", "caption", "label", "subject")
DATE = (
    "datepublished", "published", "publishedat", "publicationdate", "publishdate", "pubdate", "releasedate",
    "issued", "dateissued", "fileddate", "date", "day", "created", "createdat", "datecreated",
)  # fmt: skip
AUTHOR = ("author", "authors", "creator", "creators", "byline")
WRAPPED = ("rendered", "value", "text", "url", "href", "name", "title", "person_or_org")
"""Members that hold a text alone: `{"rendered": "..."}`, `{"person_or_org": {"name": "..."}}`."""
MOST_WRAPPED = 3
LANGUAGE = ("language", "lang", "inlanguage", "locale")
KIND = ("type", "kind", "category", "documenttype", "contenttype")
"""Names of an object's members, letters alone in lower case, the best first."""


@dataclass(slots=True, eq=False)
class _Series:
    """The objects that stand in one place of the data."""

    links: dict[str, Link] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        return 2 * sum("date_published" in link.claims for link in self.links.values()) > len(self.links)

    @property
    def worth(self) -> tuple[bool, float]:
        """How like a list of documents it is: dated ones or files before others, then many and long titles."""
        files = sum(is_file(link.url) for link in self.links.values())
        mean = sum(min(weight(link.text), 80) for link in self.links.values()) / len(self.links)
        return self.dated or 2 * files > len(self.links), min(len(self.links), 60) ** 0.7 * mean


def links_of_json(value: Any, base: str, rules: Rules, *, least: int = 1) -> list[Link]:
    """Return the links of the series of objects that is most like a list of documents, with what each object says."""
    series: dict[tuple[str, ...], _Series] = {}
    dates = DateReader(_strings(value), base, rules, "")
    for place, item in _objects(value):
        link = _link(item, base, rules, dates)
        if link is not None:
            series.setdefault(place, _Series()).links.setdefault(identity(link.url), link)
    likely = [group for group in series.values() if len(group.links) >= least]
    return _titled(list(max(likely, key=lambda group: group.worth).links.values()), dates) if likely else []


def _titled(links: Sequence[Link], dates: DateReader) -> list[Link]:
    """Return the links with their titles alone, where most have a number or a day in one text with it."""
    affixes = Affixes([link.text for link in links], dates)
    return [
        replace(link, claims={**link.claims, "title": replace(title, value=affixes.without(link.text))})
        if (title := link.claims.get("title"))
        else link
        for link in links
    ]


def embedded_links(dom: Dom, rules: Rules) -> list[Link]:
    """Return the documents that a page's data list: JSON-LD, the state of a framework, an array of objects."""
    found: list[Link] = []
    for source in _sources(dom):
        for value in _values(source[:MAX_SCRIPT]):
            links = links_of_json(value, dom.base_url, rules, least=LEAST)
            found = links if len(links) > len(found) else found
    return found


def _sources(dom: Dom) -> Iterator[str]:
    """Yield the texts of scripts, and the attributes that hold JSON for one (`data-page`)."""
    for script in dom.root.iter("script"):
        if not script.get("src") and script.text and len(script.text) >= SHORTEST:
            yield script.text
    for element in dom.root.iter("div", "main", "section", "astro-island"):
        yield from (text for text in element.attrib.values() if len(text) >= SHORTEST and text[0] in "{[")


def markup_of_json(value: Any) -> list[str]:
    """Return the pieces of HTML with links that JSON carries: the answer of a load-more button."""
    return [text for text in _strings(value) if "<a " in text]


def member(value: Any, names: Sequence[str], kind: type[T]) -> T | None:
    """Return the first member of JSON with one of the names (letters alone, in lower case) and a value of the type."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        current, depth = waiting.pop(0)
        if depth > 3 or not isinstance(current, dict):
            continue
        for name, entry in current.items():
            if re.sub(r"[^a-z]", "", name.lower()) in names and isinstance(entry, kind) and not isinstance(entry, bool):
                return entry
        waiting += [(entry, depth + 1) for entry in current.values()]
    return None


def _values(source: str) -> Iterator[Any]:
    """Yield the JSON in a script, and in its strings: `JSON.parse("...")`, the pieces that Next.js streams."""
    yield from _bracketed(source)
    for literal in STRING.finditer(source):
        if '\\"' in literal[0] and START.search(literal[0].replace("\\", "")):
            with suppress(ValueError):
                yield from _bracketed(json.loads(literal[0]))


def _bracketed(source: str) -> Iterator[Any]:
    """Yield the JSON in a text: all of it, or what can be read from a bracket on."""
    decoder = json.JSONDecoder()
    at = 0
    for _ in range(MAX_STARTS):
        start = START.search(source, at)
        if start is None:
            return
        try:
            value, at = decoder.raw_decode(source, start.start())
        except (ValueError, RecursionError):
            at = start.end()
        else:
            yield value


def _objects(value: Any) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield the objects that stand in lists, each with the names that lead to its list."""
    waiting: list[tuple[Any, tuple[str, ...], bool]] = [(value, (), False)]
    count = 0
    while waiting and count < MAX_OBJECTS:
        current, place, listed = waiting.pop()
        count += 1
        if len(place) > MAX_DEPTH:
            continue
        if isinstance(current, list):
            waiting += [(entry, (*place, "[]"), True) for entry in reversed(current)]
        elif isinstance(current, dict):
            if listed:
                yield place, current
            waiting += [(entry, (*place, name), False) for name, entry in reversed(list(current.items()))]


def _strings(value: Any) -> Iterator[str]:
    """Yield the texts of JSON, in order, to a depth that no answer needs."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        current, depth = waiting.pop()
        if isinstance(current, str):
            yield current
        elif depth < MAX_DEPTH and isinstance(current, list | dict):
            entries: Sequence[Any] = list(current.values()) if isinstance(current, dict) else current
            waiting += [(entry, depth + 1) for entry in reversed(entries)]


def _link(item: Mapping[str, Any], base: str, rules: Rules, dates: DateReader) -> Link | None:
    """Return the link that an object describes; None where it has no address or no title."""
    members = {re.sub(r"[^a-z]", "", name.lower()): (name, value) for name, value in item.items()}
    members |= {
        re.sub(r"[^a-z]", "", name.lower()): (name, value)
        for inner in WITHIN
        if isinstance(item.get(inner), Mapping)
        for name, value in item[inner].items()
    }
    linked = [
        links[name]
        for key in LINKS
        if isinstance(links := item.get(key), Mapping)
        for name in WEB_PAGE
        if name in links
    ]
    addresses = (*linked, *(value for _, value in _among(members, ADDRESS)))
    address = next((url for value in addresses if (url := absolute(base, _text(value)))), None)
    title = next(((name, raw) for name, value in _among(members, TITLE) if (raw := _text(value))), None)
    if address is None or title is None or not may_be_document(address, rules):
        return None
    day = next((found for name, value in _among(members, DATE) if (found := _day(_text(value), name, dates))), None)
    names = next(((name, people) for name, value in _among(members, AUTHOR) if (people := _names(value))), None)
    tongue = next(((name, tag) for name, value in _among(members, LANGUAGE) if (tag := normalised(_text(value)))), None)
    kind = next(((name, raw) for name, value in _among(members, KIND) if 2 < len(raw := _text(value)) < 40), None)
    claims = given(
        title=text(title[1], f"listing:{title[0]}"),
        authors=authors(names[1], f"listing:{names[0]}") if names else None,
        date_published=day,
        language=Found(value=tongue[1], raw=tongue[1], origin=f"listing:{tongue[0]}") if tongue else None,
        kind=Found(value=plain(kind[1]).lower(), raw=kind[1], origin=f"listing:{kind[0]}") if kind else None,
    )
    return Link(
        url=address,
        text=plain(title[1]),
        rel="attachment" if is_file(address) else "link",
        claims=claims,
        origin="listing",
    )


def _among(members: Mapping[str, tuple[str, Any]], names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    return (members[key] for name in names if (key := re.sub(r"[^a-z]", "", name)) in members)


def _text(value: Any) -> str:
    """Return a member's text: itself, the first of a list, or what WordPress and the like wrap it in."""
    for _ in range(MOST_WRAPPED):
        if isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, Mapping):
            value = next((value[name] for name in WRAPPED if name in value), "")
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [name for entry in entries[:50] if (name := _text(entry))]


def _day(raw: str, name: str, dates: DateReader) -> Found[object] | None:
    value = iso_date(raw) or next((day for day, _, _ in dates.read(raw)), None) if 3 < len(raw) < 60 else None
    return Found(value=value, raw=raw, origin=f"listing:{name}") if value else None
