"""What a page declares of itself in its markup, collected once: meta elements, links, JSON-LD, microdata, RDFa."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from scrapers.html import jsonld
from scrapers.html.dom import Dom
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_METAS = 2000
MAX_VALUE = 5000
MAX_PROPERTIES = 600
MAX_LINKS = 500

MAX_SCRIPT = 400_000
_SCRIPTED = re.compile(
    r"[\"']((?:date_?published|publish(?:ed)?_?(?:date|at|on|time)|publication_?date|first_?published(?:_?(?:at|date|on))?)(?:_?time)?)\\?[\"']\s*:\s*\\?[\"']"
    r"([^\"'\\]{6,40})\\?[\"']",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A value of microdata (`itemprop`) or RDFa (`property`)."""

    name: str
    """In lower case, without prefix: `author`, `datepublished`."""
    value: str
    element: HtmlElement
    syntax: str
    scope: str = ""
    """The type of the item that the property belongs to, in lower case, where stated."""


@dataclass(slots=True, kw_only=True)
class Declared:
    """All that a page declares."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    """By name or property in lower case; values as printed, in their order."""
    links: list[tuple[str, HtmlElement]] = field(default_factory=list)
    """`link` elements of the head, with their `rel` in lower case."""
    graph: jsonld.Graph = field(default_factory=jsonld.Graph)
    properties: list[Property] = field(default_factory=list)
    scripted: list[tuple[str, str]] = field(default_factory=list)
    """Dates of publication in the data of scripts, as (key, value): all that a page built by script says."""

    def first(self, *names: str) -> tuple[str, str] | None:
        """Return the first meta of the given names that has a value, as (name, value)."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return name, value
        return None


def declared(dom: Dom) -> Declared:
    """Return what a page declares of itself."""
    found = Declared()
    blocks: list[str] = []
    for element in dom.tagged("meta", "link", "script"):
        tag = element.tag
        if tag == "meta":
            if (content := element.get("content")) and content.startswith('{"') and '"@context"' in content[:MAX_VALUE]:
                blocks.append(content)  # JSON-LD that a site's frame wrote into a meta
            _meta(element, found)
        elif tag == "link":
            if len(found.links) < MAX_LINKS and (rel := element.get("rel")):
                found.links.append((rel.lower(), element))
        elif text := element.text:
            if "ld+json" in (element.get("type") or "").lower():
                blocks.append(text)
            elif "ublish" in text and len(found.scripted) < 40:
                found.scripted += _SCRIPTED.findall(text[:MAX_SCRIPT])[:20]
    found.graph = jsonld.read(iter(blocks))
    found.properties = list(_properties(dom.elements))
    return found


def canonical(found: Declared) -> list[str]:
    """Return the addresses that a page declares as its own."""
    links = [element.get("href") or "" for rel, element in found.links if "canonical" in rel.split()]
    return [*filter(None, links), *found.metas.get("og:url", ())]


def _meta(element: HtmlElement, found: Declared) -> None:
    content = element.get("content")
    if not content or len(found.metas) > MAX_METAS:
        return
    key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
    if key:
        value = clean_line(content[:MAX_VALUE])
        values = found.metas.setdefault(key.strip().lower(), [])
        if value and len(values) < 200:
            values.append(unescaped(value))


def unescaped(value: str) -> str:
    """Return the text of a value that was escaped once too often (`&amp;amp;`, `&#8217;`)."""
    return clean_line(html.unescape(value)) if "&" in value and ";" in value else value


def _properties(elements: Iterable[HtmlElement]) -> Iterator[Property]:
    count = 0
    for element in elements:
        names = element.get("itemprop")
        syntax = "microdata"
        if not names:
            names = element.get("property")
            syntax = "rdfa"
            if not names or element.tag == "meta":
                continue
        count += 1
        if count > MAX_PROPERTIES:
            return
        for name in names.split()[:4]:
            name = name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
            if name in _WANTED:
                yield Property(name=name, value=_value(element), element=element, syntax=syntax, scope=_scope(element))


_WANTED = frozenset(
    [
        "headline",
        "name",
        "title",
        "author",
        "creator",
        "contributor",
        "datepublished",
        "datecreated",
        "datemodified",
        "dateissued",
        "issued",
        "created",
        "modified",
        "date",
        "published",
        "updated",
        "publisher",
        "description",
        "abstract",
        "inlanguage",
        "language",
        "isbn",
        "issn",
        "doi",
        "identifier",
        "genre",
        "type",
        "alternativeheadline",
    ]
)


def _value(element: HtmlElement) -> str:
    for attribute in ("content", "datetime"):
        if value := element.get(attribute):
            return unescaped(clean_line(value[:MAX_VALUE]))
    return clean_line(text_of(element, 1000))


def _scope(element: HtmlElement) -> str:
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth > 40:
            break
        if (kind := ancestor.get("itemtype") or ancestor.get("typeof")) and (
            ancestor.get("itemscope") is not None or ancestor.get("typeof")
        ):
            return kind.split()[0].rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() if kind.split() else ""
    return ""


def text_of(element: HtmlElement, most: int = 2000) -> str:
    """Return the beginning of an element's text, without scripts and styles, with blanks between its parts."""
    if len(element) == 0:
        return (element.text or "")[:most] if isinstance(element.tag, str) and element.tag not in _APART else ""
    parts: list[str] = []
    size = 0
    for piece in _pieces(element):
        parts.append(piece)
        size += len(piece)
        if size > most:
            break
    return "".join(parts)[:most]


_APART = frozenset(["script", "style", "svg", "noscript", "template"])
_INLINE = frozenset(
    [
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "abbr",
        "sup",
        "sub",
        "u",
        "s",
        "small",
        "mark",
        "font",
        "wbr",
        "cite",
        "q",
        "code",
        "time",
        "label",
        "bdi",
        "bdo",
        "big",
        "tt",
    ]
)


def _pieces(element: HtmlElement) -> Iterator[str]:
    skip: HtmlElement | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag
        if event == "start":
            if skip is None:
                if not isinstance(tag, str) or tag in _APART:
                    skip = node
                else:
                    if tag not in _INLINE and node is not element:
                        yield " "
                    if node.text:
                        yield node.text
        else:
            if skip is node:
                skip = None
            if skip is None and node is not element:
                if tag not in _INLINE:
                    yield " "
                if node.tail:
                    yield node.tail
