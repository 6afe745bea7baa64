"""What was read, as JSON and back: the form in which it is staged, stored and printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from scrapers.base import Author, Found, Link, Table
from scrapers.fields import EMPTY, FIELDS, Extracted

Record = dict[str, Any]


def to_json(value: object) -> Any:
    """Return a field's value as JSON: authors as `{name, kind}`."""
    if isinstance(value, tuple):
        return [{"name": a.name, "kind": a.kind} if isinstance(a, Author) else a for a in value]
    return dict(value) if isinstance(value, Mapping) else value


def found_to_record(found: Found[object]) -> Record:
    """Return a found value as JSON."""
    record: Record = {"value": to_json(found.value), "raw": found.raw, "origin": found.origin}
    if found.place is not None:
        record["place"] = found.place
    if found.confidence is not None:
        record["confidence"] = found.confidence
    return record


def found_from_record(record: Record) -> Found[object]:
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


def values_to_record(values: Mapping[str, Found[object]]) -> Record:
    """Return found values by field name as JSON."""
    return {name: found_to_record(found) for name, found in values.items()}


def values_from_record(record: Record) -> dict[str, Found[object]]:
    """Return the found values that `values_to_record` wrote."""
    return {name: found_from_record(found) for name, found in record.items()}


def link_to_record(link: Link) -> Record:
    """Return a link as JSON, without what it leaves empty."""
    record: Record = {"url": link.url, "text": link.text, "rel": link.rel}
    for name in ("media_type", "language", "modified", "origin"):
        if value := getattr(link, name):
            record[name] = value
    if link.claims:
        record["said"] = values_to_record(link.claims)
    return record


def link_from_record(record: Record) -> Link:
    """Return the link that `link_to_record` wrote."""
    plain = {name: value for name, value in record.items() if name != "said"}
    return Link(**plain, claims=values_from_record(record.get("said", {})))


def to_record(extracted: Extracted) -> Record:
    """Return all that a page says as JSON."""
    return {
        "media_type": extracted.media_type,
        "values": values_to_record(extracted.found()),
        "links": [link_to_record(link) for link in extracted.links],
        "tables": [{"rows": [list(row) for row in table.rows], "place": table.place} for table in extracted.tables],
        "notes": list(extracted.notes),
        "runners_up": {
            name: [found_to_record(found) for found in founds] for name, founds in extracted.runners_up.items()
        },
    }


def from_record(record: Record) -> Extracted:
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
        value = field.value(values)
        record[field.name] = EMPTY.get(field.type) if value is None else to_json(value)
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
    return record
