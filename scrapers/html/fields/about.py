"""The smaller fields: language, kind, publisher, description, identifiers, canonical address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapers.base import Found
from scrapers.html import jsonld
from scrapers.html.dom import Dom
from scrapers.html.fields.candidate import place
from scrapers.html.metadata import Declared, text_of, unescaped
from scrapers.html.scan import BITS, Scan
from scrapers.values.identifiers import find_identifiers, read_doi, read_isbn, read_issn
from scrapers.values.language import language_of, normalised, without_region
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.maintext.maintext import MainText
    from scrapers.html.page import HtmlPage


_ELSEWHERE = (
    BITS["nav"]
    | BITS["frame"]
    | BITS["foot"]
    | BITS["side"]
    | BITS["related"]
    | BITS["comment"]
    | BITS["li"]
    | BITS["card"]
)


def language(dom: Dom, main: MainText, metadata: Declared, configured: str | None) -> Found[str] | None:
    """Return the language of the text; where it is too short to tell, the configured one, else the declared one."""
    declared = next(_declared_languages(dom, metadata), ("", ""))
    raw, origin = (configured, "configuration") if configured else declared
    hint = without_region(normalised(raw))
    spoken = language_of(main.body, hint=hint) if main is not None else None
    if spoken is None:
        return Found(value=hint, raw=raw, origin=origin) if hint else None
    if hint and hint.split("-")[0] == spoken.split("-")[0] and len(main.body) < 200:
        return Found(value=spoken, raw=raw, origin=origin)
    return Found(value=spoken, raw=spoken, origin="text")


def _declared_languages(dom: Dom, metadata: Declared) -> Iterator[tuple[str, str]]:
    for key in ("citation_language", "dc.language", "dcterms.language"):
        if (found := metadata.first(key)) and normalised(found[1]):
            yield found[1], f"meta:{key}"
    for node in metadata.graph.content[:1]:
        for value in jsonld.strings(node.get("inLanguage"))[:1]:
            if normalised(value):
                yield value, "json-ld:inLanguage"
    for attribute in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        if (tag := dom.root.get(attribute)) and normalised(tag):
            yield tag, "html:lang"
    for key in ("og:locale", "content-language", "language"):
        if (found := metadata.first(key)) and normalised(found[1].split(",")[0]):
            yield found[1].split(",")[0], f"meta:{key}"


def kind(metadata: Declared, seen: Scan) -> Found[str] | None:
    """Return the site's own label for this sort of document, in lower case."""
    for key in ("dc.type", "dcterms.type", "dc:type", "citation_article_type", "content-type-label", "contenttype"):
        for value in metadata.metas.get(key, ())[:3]:
            if len(value) <= 60 and value.casefold() not in ("text", "website", "html") and "/" not in value:
                return Found(value=value.casefold(), raw=value, origin=f"meta:{key}")
    for node in metadata.graph.content[:1]:
        for value in jsonld.strings(node.get("genre"))[:1]:
            if 2 < len(value) <= 40 and not value.startswith("http"):
                return Found(value=clean_line(value).casefold(), raw=value, origin="json-ld:genre")
    for element in seen.kinds:
        if (
            element.tag in ("body", "html", "article", "main", "section")
            or seen.around(element) & _ELSEWHERE
            or seen.distance(element) > 8
        ):
            continue
        raw = clean_line(text_of(element, 80))
        if 2 < len(raw) <= 40 and not any(c.isdigit() for c in raw):
            origin = "class:" + (element.get("class") or "").split()[0]
            return Found(value=raw.rsplit(":", 1)[-1].strip().casefold(), raw=raw, origin=origin, place=place(element))
    for value, label, element in _labelled("kind", seen):
        if 2 < len(value) <= 40 and seen.distance(element) <= 8:
            return Found(value=value.casefold(), raw=value, origin=f"label:{label}", place=place(element))
    return None


def _labelled(name: str, seen: Scan) -> Iterator[tuple[str, str, HtmlElement]]:
    """Yield (value, label, element) where a field is labelled: behind a colon, or in the `dd` or cell after it."""
    for spot, field, label, rest in seen.labels:
        if field != name:
            continue
        if rest and label.endswith((":", "：")):
            yield rest, label, spot.element
        elif not rest and spot.before is None:
            term = next(
                (e for e in (spot.element, spot.element.getparent()) if e is not None and e.tag in _TERMS), None
            )
            following = term.getnext() if term is not None else None
            if following is not None and following.tag in ("dd", "td"):
                yield clean_line(text_of(following, 200)), label, following


_TERMS = frozenset(["dt", "th", "td"])


def publisher(page: HtmlPage) -> Found[str] | None:
    """Return who publishes the page: as scholarly metadata, JSON-LD, microdata, a label, or `og:site_name` says."""
    metadata = page.metadata
    for key in ("citation_publisher", "dc.publisher", "dcterms.publisher", "dc:publisher"):
        if found := metadata.first(key):
            return Found(value=found[1], raw=found[1], origin=f"meta:{key}")
    for node in [*metadata.graph.content[:2], *metadata.graph.pages[:1]]:
        for value in jsonld.strings(metadata.graph.resolve(node.get("publisher")))[:1]:
            if (name := clean_line(unescaped(value))) and not name.startswith("http"):
                return Found(value=name[:300], raw=value[:300], origin="json-ld:publisher")
    for prop in metadata.properties:
        if prop.name == "publisher" and 1 < len(prop.value) <= 120 and not prop.value.startswith("http"):
            return Found(value=prop.value, raw=prop.value, origin=f"{prop.syntax}:publisher", place=place(prop.element))
    for value, label, element in _labelled("publisher", page.seen):
        if 1 < len(value) <= 120 and not value.startswith("http") and page.regions.admits(element, labelled=True):
            return Found(value=value, raw=value, origin=f"label:{label}", place=place(element))
    if found := metadata.first("og:site_name"):
        return Found(value=found[1][:300], raw=found[1][:300], origin="meta:og:site_name")
    for node in metadata.graph.others[:10]:
        if "website" in jsonld.types(node):
            for value in jsonld.strings(node.get("name"))[:1]:
                if name := clean_line(unescaped(value)):
                    return Found(value=name[:300], raw=value[:300], origin="json-ld:WebSite")
    return None


def description(dom: Dom, metadata: Declared) -> Found[str] | None:
    """Return the page's own summary."""
    for key in ("citation_abstract", "dcterms.abstract", "dc.description", "dcterms.description"):
        if (found := metadata.first(key)) and len(found[1]) > 20:
            return Found(value=found[1], raw=found[1], origin=f"meta:{key}")
    for key in ("description", "og:description", "twitter:description"):
        if (found := metadata.first(key)) and len(found[1]) > 10:
            return Found(value=found[1], raw=found[1], origin=f"meta:{key}")
    for node in metadata.graph.content[:1]:
        for name in ("description", "abstract"):
            for value in jsonld.strings(node.get(name))[:1]:
                if len(text := clean_line(unescaped(value[:5000]))) > 10:
                    return Found(value=text, raw=value[:5000], origin=f"json-ld:{name}")
    return None


def identifiers(dom: Dom, main: MainText, metadata: Declared) -> Found[Mapping[str, str]] | None:
    """Return the page's identifiers: declared, in its own address, or printed once with their label."""
    found: dict[str, str] = {}
    origins: list[str] = []

    def take(values: Mapping[str, str | None], origin: str) -> None:
        for name, value in values.items():
            if value and name not in found:
                found[name] = value
                origins.append(origin)

    for key in ("citation_doi", "dc.identifier.doi", "prism.doi", "bepress_citation_doi", "doi"):
        for value in metadata.metas.get(key, ())[:1]:
            take({"doi": read_doi(value)}, f"meta:{key}")
    for key in ("citation_isbn", "book:isbn", "books:isbn", "og:isbn"):
        for value in metadata.metas.get(key, ())[:2]:
            take({"isbn": read_isbn(value)}, f"meta:{key}")
    for value in metadata.metas.get("citation_issn", ())[:2]:
        take({"issn": read_issn(value)}, "meta:citation_issn")
    for key in (
        "citation_technical_report_number",
        "citation_abstract_html_url",
        "dc.identifier",
        "dcterms.identifier",
        "dc:identifier",
    ):
        for value in metadata.metas.get(key, ())[:5]:
            take(_any(value), f"meta:{key}")
    for node in metadata.graph.content[:1]:
        for name in ("identifier", "isbn", "issn", "sameAs"):
            for value in jsonld.strings(node.get(name))[:5]:
                take(
                    {"isbn": read_isbn(value)}
                    if name == "isbn"
                    else {"issn": read_issn(value)}
                    if name == "issn"
                    else _any(value),
                    f"json-ld:{name}",
                )
    take(find_identifiers(dom.url), "url")
    if main is not None and main.body:
        take(_printed(main.body), "text")
    return Found(value=found, raw="; ".join(found.values()), origin=origins[0]) if found else None


def _any(value: str) -> dict[str, str]:
    """Return the identifiers of a value that declares no sort."""
    named = find_identifiers(value)
    if not named and (isbn := read_isbn(value)) and len(isbn) == 13:
        return {"isbn": isbn}
    return named


_LABELLED_DOI = re.compile(r"\bdoi\s*[:.]?\s*(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/", re.IGNORECASE)


def _printed(body: str) -> dict[str, str]:
    """Return identifiers printed in the text with their label: at its head or foot, and no DOI among several."""
    edges = body if len(body) < 6000 else f"{body[:3000]}\n{body[-3000:]}"
    found = find_identifiers(edges)
    if "doi" in found and len(_LABELLED_DOI.findall(body)) != 1:
        del found["doi"]
    if "symbol" in found and found["symbol"] not in body[:800]:
        del found["symbol"]
    if "handle" in found and body.count("hdl.handle.net") != 1:
        del found["handle"]
    return found


def canonical_url(dom: Dom, metadata: Declared) -> tuple[Found[str] | None, str | None]:
    """Return the address that the page says is its own, and why a stated one is not believed."""
    for rel, element in metadata.links:
        if rel == "canonical" and (href := (element.get("href") or "").strip()):
            try:
                address = urldefrag(urljoin(dom.url, href))[0]
                parts, own = urlsplit(address), urlsplit(dom.url)
            except ValueError:
                return None, f"the canonical link {href[:80]!r} is no address"
            if parts.scheme not in ("http", "https") or not parts.hostname:
                return None, f"the canonical link {href[:80]!r} is no web address"
            if parts.path in ("", "/") and not parts.query and own.path not in ("", "/"):
                return None, "the canonical link names the site's home page and was ignored"
            return Found(value=address, raw=href, origin="link[rel=canonical]"), None
    return None, None
