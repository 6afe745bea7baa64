"""Metadata records as harvests give them: Dublin Core (plain, qualified, DSpace's own form), MODS and MARCXML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.base import Author, Found
from scrapers.discovery import claims
from scrapers.discovery.xml import Element, local, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a record says."""

    title: str
    language: str | None
    addresses: tuple[str, ...]
    """Whatever identifies the document; some of it may be addresses."""
    claims: claims.Claims


def record_of(element: Element) -> Record:
    """Return what a record of any of these formats says; an unknown one is read as Dublin Core, by names alone."""
    name = local(element)
    if name in ("record", "collection") and any(
        local(part) in ("datafield", "controlfield") for part in element.iter()
    ):
        return marc(element)
    return mods(element) if name in ("mods", "modsCollection") else dublin_core(element)


def dublin_core(root: Element) -> Record:
    """Return what a Dublin Core record says; `dim:field` elements count by their `element` and `qualifier`."""
    fields: dict[str, list[str]] = {}
    for element in root.iter():
        value = text_of(element) if len(element) == 0 else ""
        if not value:
            continue
        name = local(element)
        if name == "field" and element.get("element"):
            name = element.get("element", "")
            qualifier = element.get("qualifier")
            name = {"author": "creator", "issued": "issued", "abstract": "abstract", "none": name, None: name}.get(
                qualifier, f"{name}.{qualifier}"
            )
        fields.setdefault(name, []).append(value)
    title = next(iter(fields.get("title", ())), "")
    language = next(iter(fields.get("language", fields.get("language.iso", ()))), None)
    identifiers = [v for name, values in fields.items() if name.split(".")[0] == "identifier" for v in values]
    return Record(
        title=claims.plain(title),
        language=language,
        addresses=(*identifiers, *fields.get("relation", ()), *fields.get("source", ())),
        claims=claims.given(
            title=claims.text(title, "oai:dc:title"),
            authors=claims.authors(fields.get("creator", ()), "oai:dc:creator"),
            date_published=claims.date(_issued(fields), "oai:dc:date"),
            language=claims.text(language, "oai:dc:language"),
            kind=claims.text(next((t.lower() for t in fields.get("type", ()) if "/" not in t), None), "oai:dc:type"),
            publisher=claims.text(next(iter(fields.get("publisher", ())), None), "oai:dc:publisher"),
            description=claims.text(
                next(iter(fields.get("abstract", fields.get("description", ()))), None), "oai:dc:description"
            ),
            identifiers=claims.identifiers(identifiers, "oai:dc:identifier"),
        ),
    )


def _issued(fields: dict[str, list[str]]) -> str | None:
    """Return the date of issue: DSpace puts the moments of accession and release before it, as further `dc:date`s."""
    if issued := fields.get("issued"):
        return issued[0]
    dates = [value for value in fields.get("date", ()) if claims.iso_date(value)]
    days = [value for value in dates if "T" not in value]
    return days[0] if days else dates[0] if len(dates) == 1 else None


def mods(root: Element) -> Record:
    """Return what a MODS record says."""

    def values(*path: str) -> Iterator[str]:
        def walk(element: Element, names: tuple[str, ...]) -> Iterator[str]:
            for child in element:
                if local(child) != names[0]:
                    continue
                if len(names) == 1:
                    yield text_of(child)
                else:
                    yield from walk(child, names[1:])

        yield from (value for value in walk(root, path) if value)

    title = next(values("titleInfo", "title"), "")
    language = next(values("language", "languageTerm"), None)
    addresses = (*values("location", "url"), *values("identifier"))
    return Record(
        title=claims.plain(title),
        language=language,
        addresses=addresses,
        claims=claims.given(
            title=claims.text(title, "oai:mods:title"),
            authors=claims.authors(_mods_names(root), "oai:mods:name"),
            date_published=claims.date(next(values("originInfo", "dateIssued"), None), "oai:mods:dateIssued"),
            language=claims.text(language, "oai:mods:language"),
            kind=claims.text(next(values("genre"), "").lower(), "oai:mods:genre"),
            publisher=claims.text(next(values("originInfo", "publisher"), None), "oai:mods:publisher"),
            description=claims.text(next(values("abstract"), None), "oai:mods:abstract"),
            identifiers=claims.identifiers(values("identifier"), "oai:mods:identifier"),
        ),
    )


def _mods_names(root: Element) -> list[str]:
    """Return the names of those whose role is author or creator, or not given; family and given name joined."""
    names: list[str] = []
    for element in root:
        if local(element) != "name":
            continue
        roles = [text_of(part).lower() for part in element.iter() if local(part) == "roleTerm"]
        if roles and not {"author", "creator", "aut", "cre"} & set(roles):
            continue
        parts = {part.get("type") or "": text_of(part) for part in element if local(part) == "namePart"}
        family, given = parts.get("family"), parts.get("given")
        names.append(f"{family}, {given}" if family and given else parts.get("") or family or "")
    return names


def marc(root: Element) -> Record:
    """Return what a MARC 21 record in XML says (Library of Congress, MARC 21 Format for Bibliographic Data)."""
    fields = [(field.get("tag") or "", field) for field in root.iter() if local(field) == "datafield"]

    def each(tag: str, codes: str) -> Iterator[str]:
        for name, field in fields:
            if name == tag:
                parts = [
                    text_of(part) for part in field if local(part) == "subfield" and (part.get("code") or "") in codes
                ]
                if any(parts):
                    yield " ".join(part for part in parts if part)

    title = re.sub(r"\s*[/:;,]\s*$", "", re.sub(r"\s+([:;,])", r"\1", next(each("245", "ab"), "")))
    people = [Author(name=_trimmed(name), kind="person") for tag in ("100", "700") for name in each(tag, "a")]
    bodies = [Author(name=_trimmed(name), kind="organisation") for tag in ("110", "710") for name in each(tag, "ab")]
    names = tuple(dict.fromkeys(people + bodies))
    dates = [*each("269", "ca"), *each("264", "c"), *each("260", "c")]
    issued = next((found[0] for d in dates if (found := re.search(r"\d{4}(?:-\d\d(?:-\d\d)?)?", d))), None)
    languages = next(each("041", "a"), "")
    identifiers = [*each("024", "a"), *each("020", "a"), *each("022", "a"), *each("191", "a"), *each("088", "a")]
    return Record(
        title=claims.plain(title),
        language=languages or None,
        addresses=tuple(each("856", "u")),
        claims=claims.given(
            title=claims.text(title, "marc:245"),
            authors=Found(value=names, raw="; ".join(n.name for n in names), origin="marc:100") if names else None,
            date_published=claims.date(issued, "marc:269"),
            language=claims.text(languages if len(languages) == 3 else None, "marc:041"),
            publisher=claims.text(_trimmed(next((p for t in ("264", "260") for p in each(t, "b")), "")), "marc:264"),
            description=claims.text(next(each("520", "a"), None), "marc:520"),
            identifiers=claims.identifiers(identifiers, "marc:024"),
        ),
    )


def _trimmed(name: str) -> str:
    """Return a value without the punctuation that cataloguing puts at its end; an initial keeps its full stop."""
    name = claims.plain(name).rstrip(" ,:;/")
    return name[:-1] if name.endswith(".") and not re.search(r"\b\w\.$", name) else name
