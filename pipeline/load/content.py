"""The content of a document at one time, as it is stored and compared: own values, links, content hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypedDict

from pipeline.load.normalise import Document, Values
from scrapers.base import Author, Found
from scrapers.fields import FIELDS, Field
from scrapers.record import (
    PageRecord,
    ReadingRecord,
    ValuesRecord,
    as_record,
    found_from_record,
    values_from_record,
    values_to_record,
)
from scrapers.sniff.mediatype import PAGES
from scrapers.values.addresses import canonical, identity
from scrapers.values.text import drop_invisible


class StoredReading(TypedDict):
    """What `revision.reading` holds: two sets of values without the body, which has its own column."""

    own: ValuesRecord
    """The values before a file borrows from its landing page."""
    said: PageRecord
    """The reading of the page or file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A link of a page to a file or another document."""

    identity: str
    url: str
    relation: str
    text: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One reading of one address: all that a document's rows are made from."""

    url: str
    identity: str
    variant: bool
    """Whether the page names another address as canonical, or lies under another language's path."""
    claimed: frozenset[str]
    source_id: int
    media_type: str
    is_file: bool
    retrieved_at: datetime
    own: Values
    """Its values before a file borrows from its landing page."""
    record: StoredReading
    tables: list[Any]
    notes: list[str]
    targets: tuple[Target, ...]
    capture_id: int | None
    reader_version: str

    @property
    def title(self) -> str | None:
        """Its own title."""
        return self._line("title")

    @property
    def body(self) -> str | None:
        """Its text."""
        return self._line("body")

    def _line(self, name: str) -> str | None:
        found = self.own.get(name)
        return None if found is None or found.value is None else str(found.value)


def content_of(document: Document, *, variant: bool, claimed: frozenset[str]) -> Content:
    """Return the content of a document to load, clean of characters that a database or terminal must not get."""
    own = {name: _cleaned(found) for name, found in document.values.items()}
    if "body" in own:
        own["body"] = replace(own["body"], raw="")  # the value is the printed text itself
    whole = as_record(document.reading)
    reading: ReadingRecord = clean({**whole, "values": _without_text(whole["values"])})
    said: PageRecord = {
        "media_type": reading["media_type"],
        "values": reading["values"],
        "links": reading["links"],
        "runners_up": reading["runners_up"],
    }
    return Content(
        url=document.canonical_url,
        identity=identity(document.canonical_url),
        variant=variant,
        claimed=claimed,
        source_id=document.source_id,
        media_type=document.media_type,
        is_file=document.is_file,
        retrieved_at=document.retrieved_at,
        own=own,
        record={"own": _without_text(values_to_record(own)), "said": said},
        tables=reading["tables"],
        notes=reading["notes"],
        targets=_targets(document),
        capture_id=document.capture_id,
        reader_version=document.reader_version,
    )


def own_values(record: StoredReading, body: str | None) -> dict[str, Found[object]]:
    """Return the values of a stored reading, the body included."""
    own = values_from_record(record["own"])
    if "body" in own:
        own["body"] = replace(own["body"], value=body)
    return own


def runners_up_of(record: StoredReading) -> dict[str, list[Found[object]]]:
    """Return by field the candidates that lost in a stored reading."""
    said = record["said"].get("runners_up", {})
    return {name: [found_from_record(one) for one in found] for name, found in said.items()}


def staged_again(record: StoredReading, *, body: str | None, tables: list[Any], notes: list[Any]) -> ReadingRecord:
    """Return a stored reading in the form in which readings are staged, to be normalised again."""
    said = record["said"]
    values = said["values"]
    if text := values.get("body"):
        values = {**values, "body": {**text, "value": body, "raw": ""}}
    return {**said, "values": values, "tables": tables, "notes": notes}


def _without_text(values: ValuesRecord) -> ValuesRecord:
    text = values.get("body")
    return values if text is None else {**values, "body": {**text, "value": None, "raw": ""}}


def _cleaned(found: Found[object]) -> Found[object]:
    value = found.value
    if isinstance(value, tuple):
        value = tuple(replace(one, name=drop_invisible(one.name)) if isinstance(one, Author) else one for one in value)
    else:
        value = clean(value)
    return replace(found, value=value, raw=clean(found.raw), origin=clean(found.origin), place=clean(found.place))


def content_hash(values: Mapping[str, Found[object]], tables: list[Any]) -> str:
    """Return the SHA-256 over all values and the order of authors, but not over origins.

    Stored hashes are compared with it, so its input never changes: the lines and dates of the first version, its other
    fields, the tables; then, by name, the later fields that have a value.
    """
    first = [field for field in FIELDS if field.revises == "always"]
    lines = [field for field in first if field.type in ("line", "date") and field.of is None]
    content: list[Any] = [
        [_hashed(field, values) for field in lines],
        *(_hashed(field, values) for field in first if field not in lines),
        [table["rows"] for table in tables],
    ]
    later = {field.name: _hashed(field, values) for field in FIELDS if field.revises == "if given"}
    if given := {name: value for name, value in sorted(later.items()) if value}:
        content.append(given)
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _hashed(field: Field, values: Mapping[str, Found[object]]) -> Any:
    """Return a field's value in the form in which it is hashed."""
    value = field.value(values)
    match field.type:
        case "authors":
            return [[author.name, author.kind] for author in value or ()]
        case "identifiers":
            return sorted((value or {}).items())
        case _:
            return value


def authors_of(values: Mapping[str, Found[object]]) -> list[Author]:
    """Return the authors in order."""
    found = values.get("authors")
    value = found.value if found is not None else ()
    return [author for author in value if isinstance(author, Author)] if isinstance(value, tuple) else []


def provenance_of(values: Values, record: StoredReading) -> dict[str, dict[str, Any]]:
    """Return the rows of `provenance` by field: origin, confidence, and the other candidates."""
    runners_up = record["said"].get("runners_up", {})
    return {
        name: {
            "origin": found.origin,
            "raw": found.raw if name != "body" else "",
            "place": found.place,
            "confidence": found.confidence,
            "runners_up": runners_up.get(name, []) if name != "body" else [],
        }
        for name, found in values.items()
    }


def is_file(media_type: str) -> bool:
    """Return whether a media type is that of a file, which borrows missing values from its landing page."""
    return media_type not in PAGES


def clean(value: Any) -> Any:
    """Return JSON with every string clean: no NUL, no lone surrogate, no control or bidirectional override."""
    if isinstance(value, str):
        return drop_invisible(value)
    if isinstance(value, dict | Mapping):  # of nearly all, `dict` alone tells, at a tenth of the cost
        return {drop_invisible(str(key)): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value


def _targets(document: Document) -> tuple[Target, ...]:
    """Return one target for each identity that is linked, in order; links to the document itself are left out."""
    own = {identity(url) for url, _ in document.aliases} | {identity(document.canonical_url)}
    targets: dict[str, Target] = {}
    for link in document.links:
        try:
            address, key = canonical(link.url), identity(link.url)
        except ValueError:
            continue  # mailto:, javascript: and their like are no documents
        if key in own or (key in targets and targets[key].relation == "attachment"):
            continue
        if key in targets and link.rel != "attachment":
            continue
        targets[key] = Target(
            identity=key, url=address, relation=link.rel, text=clean(link.text).strip(), position=len(targets)
        )
    return tuple(targets.values())
