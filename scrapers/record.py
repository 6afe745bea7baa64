"""What was read, as JSON and back: the form in which it is staged, stored and printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, cast

from scrapers.base import Author, Found, Link, Listing, Relation, Table
from scrapers.fields import EMPTY, FIELDS, Extracted, Field

Record = dict[str, Any]
"""What is printed or exported; the JSON Schemas describe it."""


class FoundRecord(TypedDict):
    """A `Found`: authors as a list of `{name, kind}`, identifiers as a mapping."""

    value: Any
    raw: str
    origin: str
    place: NotRequired[str]
    confidence: NotRequired[float]


ValuesRecord = dict[str, FoundRecord]
"""Found values by field."""


class LinkRecord(TypedDict):
    """A `Link`, without what it leaves empty."""

    url: str
    text: str
    rel: Relation
    media_type: NotRequired[str]
    language: NotRequired[str]
    modified: NotRequired[str]
    origin: NotRequired[str]
    said: NotRequired[ValuesRecord]
    """Its claims; the name is that of the first version, whose readings are still read."""


class TableRecord(TypedDict):
    """A `Table`."""

    rows: list[list[str]]
    place: str | None


class PageRecord(TypedDict):
    """What a page or file says, without its tables and notes."""

    media_type: str
    values: ValuesRecord
    links: list[LinkRecord]
    runners_up: dict[str, list[FoundRecord]]


class ReadingRecord(PageRecord):
    """An `Extracted`: what crosses processes, and is staged."""

    tables: list[TableRecord]
    notes: list[str]


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Return JSON without the characters that no database holds or UTF-8 cannot write: NUL and lone surrogates."""
    if isinstance(value, str):
        return value if value.isprintable() or _is_storable(value) else _UNSTORABLE.sub("", value)
    if isinstance(value, dict | Mapping):  # of nearly all, `dict` alone tells, at a tenth of the cost
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


def _is_storable(text: str) -> bool:
    """Return whether a text has neither of the two, ten times as fast as the pattern does."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def to_json(value: object) -> Any:
    """Return a field's value as JSON: authors as `{name, kind}`."""
    if isinstance(value, tuple):
        return [{"name": a.name, "kind": a.kind} if isinstance(a, Author) else a for a in value]
    return dict(value) if isinstance(value, Mapping) else value


def json_value(field: Field, values: Mapping[str, Found[Any]]) -> Any:
    """Return a field's value as it is printed."""
    value = field.value(values)
    return EMPTY.get(field.type) if value is None else to_json(value)


def found_to_record(found: Found[object]) -> FoundRecord:
    """Return a found value as JSON."""
    record: FoundRecord = {"value": to_json(found.value), "raw": found.raw, "origin": found.origin}
    if found.place is not None:
        record["place"] = found.place
    if found.confidence is not None:
        record["confidence"] = found.confidence
    return record


def found_from_record(record: FoundRecord) -> Found[object]:
    """Return the found value that `found_to_record` wrote."""
    value = record["value"]
    if isinstance(value, list):
        value = tuple(Author(name=a["name"], kind=a["kind"]) if isinstance(a, dict) else a for a in value)
    return Found(
        value=value,
        raw=record["raw"],
        origin=record["origin"],
        place=record.get("place"),
        confidence=record.get("confidence"),
    )


def values_to_record(values: Mapping[str, Found[object]]) -> ValuesRecord:
    """Return found values by field name as JSON that can be stored."""
    return {name: cast("FoundRecord", storable(found_to_record(found))) for name, found in values.items()}


def values_from_record(record: ValuesRecord) -> dict[str, Found[object]]:
    """Return the found values that `values_to_record` wrote."""
    return {name: found_from_record(found) for name, found in record.items()}


def link_to_record(link: Link) -> LinkRecord:
    """Return a link as JSON, without what it leaves empty."""
    record: LinkRecord = {"url": link.url, "text": link.text, "rel": link.rel}
    if link.media_type:
        record["media_type"] = link.media_type
    if link.language:
        record["language"] = link.language
    if link.modified:
        record["modified"] = link.modified
    if link.origin:
        record["origin"] = link.origin
    if link.claims:
        record["said"] = values_to_record(link.claims)
    return record


def link_from_record(record: LinkRecord) -> Link:
    """Return the link that `link_to_record` wrote."""
    return Link(
        url=record["url"],
        text=record["text"],
        rel=record["rel"],
        media_type=record.get("media_type"),
        language=record.get("language"),
        modified=record.get("modified"),
        origin=record.get("origin", ""),
        claims=values_from_record(record.get("said", {})),
    )


def to_record(extracted: Extracted) -> ReadingRecord:
    """Return all that a page says as JSON that can be stored."""
    return cast("ReadingRecord", storable(as_record(extracted)))


def as_record(extracted: Extracted) -> ReadingRecord:
    """Return all that a page says as JSON, its texts as they are."""
    return {
        "media_type": extracted.media_type,
        "values": {name: found_to_record(found) for name, found in extracted.found().items()},
        "links": [link_to_record(link) for link in extracted.links],
        "tables": [{"rows": [list(row) for row in table.rows], "place": table.place} for table in extracted.tables],
        "notes": list(extracted.notes),
        "runners_up": {
            name: [found_to_record(found) for found in founds] for name, founds in extracted.runners_up.items()
        },
    }


def from_record(record: ReadingRecord) -> Extracted:
    """Return what `to_record` wrote."""
    values = cast("dict[str, Any]", values_from_record(record["values"]))
    return Extracted(
        media_type=record["media_type"],
        links=tuple(link_from_record(link) for link in record["links"]),
        tables=tuple(
            Table(rows=tuple(tuple(row) for row in table["rows"]), place=table["place"]) for table in record["tables"]
        ),
        notes=tuple(record["notes"]),
        runners_up={
            name: tuple(found_from_record(found) for found in founds) for name, founds in record["runners_up"].items()
        },
        **values,
    )


def document_record(url: str | None, values: Mapping[str, Found[object]]) -> Record:
    """Return the fields of a document in the published order, as `ingest extract` and `ingest export` print them."""
    record: Record = {"url": url}
    for field in FIELDS.exported:
        record[field.name] = json_value(field, values)
    return record


def extracted_record(url: str | None, extracted: Extracted) -> Record:
    """Return what `ingest extract` prints for one page or file."""
    values = extracted.found()
    record = document_record(url, values)
    if canonical := values.get("canonical_url"):
        record["canonical_url"] = canonical.value
    record["links"] = [{"url": link.url, "text": link.text, "rel": link.rel} for link in extracted.links]
    if extracted.tables:
        record["tables"] = [
            {"rows": [list(row) for row in table.rows], "place": table.place} for table in extracted.tables
        ]
    if extracted.notes:
        record["notes"] = list(extracted.notes)
    found = {name: values[name] for name in FIELDS.read if name in values}
    record["origins"] = {name: value.origin for name, value in found.items()}
    record["confidence"] = {name: value.confidence for name, value in found.items() if value.confidence is not None}
    return cast("Record", storable(record))


def listing_record(url: str | None, mechanism: str, listing: Listing) -> Record:
    """Return what `ingest links` prints for one answer: documents on hosts that no source names are listed as well."""
    complete: bool | str = listing.incomplete or True
    count = len(listing.entries or listing.links)
    if complete is True and not listing.next and listing.total is not None and count < listing.total:
        complete = f"{count} of {listing.total} documents are listed, and no page follows"
    record = {
        "url": url,
        "mechanism": mechanism,
        "links": [_listed_record(link) for link in (*listing.links, *listing.elsewhere)],
        "next": [request.url for request in listing.next],
        "total": listing.total,
        "complete": complete,
    }
    return cast("Record", storable(record))


def _listed_record(link: Link) -> Record:
    claims = dict(link.claims)
    if link.language and "language" not in claims:
        claims["language"] = Found(value=link.language, raw=link.language, origin=f"{link.origin}:language")
    record: Record = {"url": link.url, "rel": link.rel}
    for field in FIELDS.listed:
        record[field.name] = json_value(field, claims)
    record["origins"] = {field.name: claims[field.name].origin for field in FIELDS.listed if field.name in claims}
    return record
