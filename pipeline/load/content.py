"""What a document says at one moment, as it is stored and compared: own values, links, the hash that tells a change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.load.normalise import Document
from scrapers.base import Author, Found
from scrapers.fields import FIELDS, Field
from scrapers.record import Record, found_to_record, to_record, values_to_record
from scrapers.values.addresses import canonical, identity
from scrapers.values.text import drop_invisible


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
    """One reading of one address: whatever the document's rows are made from."""

    url: str
    identity: str
    variant: bool
    """Whether the page is a twin's: it names another address as its own, or lies under another language's path."""
    claimed: frozenset[str]
    source_id: int
    media_type: str
    is_file: bool
    retrieved_at: datetime
    own: Record
    """The values by field, as JSON, before a file borrows from its landing page."""
    reading: Record
    """What the page itself says, as JSON, without body, tables and notes."""
    tables: list[Any]
    notes: list[str]
    targets: tuple[Target, ...]
    capture_id: int | None
    reader_version: str

    @property
    def title(self) -> str | None:
        """Its own title."""
        title: str | None = value_of(self.own, "title")
        return title

    @property
    def body(self) -> str | None:
        """Its text."""
        body: str | None = value_of(self.own, "body")
        return body

    def stored_reading(self) -> Record:
        """Return what `revision.reading` holds: both readings without the body, which the revision holds itself."""
        own = {name: found if name != "body" else {**found, "value": None} for name, found in self.own.items()}
        return {"own": own, "said": self.reading}


def content_of(document: Document, *, variant: bool, claimed: frozenset[str]) -> Content:
    """Return the content of a document that is to be loaded, clean of whatever a database or terminal must not see."""
    values: Record = values_to_record(document.values)
    if "body" in values:
        values["body"] = {**values["body"], "raw": ""}  # the text is its own print
    own: Record = clean(values)
    reading: Record = to_record(document.reading)
    if body := reading["values"].get("body"):
        reading["values"] = {**reading["values"], "body": {**body, "value": None, "raw": ""}}
    reading = clean(reading)
    tables, notes = reading.pop("tables"), reading.pop("notes")
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
        reading=reading,
        tables=tables,
        notes=notes,
        targets=_targets(document),
        capture_id=document.capture_id,
        reader_version=document.reader_version,
    )


def content_hash(values: Mapping[str, Found[object]], tables: list[Any]) -> str:
    """Return the SHA-256 over all values, the order of authors among them, but not over where they were read.

    Hashes in the store are compared with it, so its form never changes: the lines and dates of the first version, its
    other fields, the tables; then by name those later fields that have a value.
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


def provenance_of(values: Mapping[str, Found[object]], reading: Record) -> dict[str, dict[str, Any]]:
    """Return the rows of `provenance` by field: where its value was read, its confidence, the candidates that lost."""
    rows = {}
    for name, found in values.items():
        record = found_to_record(found)
        rows[name] = {
            "origin": record["origin"],
            "raw": "" if name == "body" else record["raw"],
            "place": record.get("place"),
            "confidence": found.confidence,
            "runners_up": reading.get("runners_up", {}).get(name, []) if name != "body" else [],
        }
    return rows


def value_of(record: Record, name: str) -> Any:
    """Return a field's value out of a record of found values, or None."""
    found = record.get(name)
    return None if found is None else found["value"]


def is_file(media_type: str) -> bool:
    """Return whether it is a file, which borrows what it does not say from its landing page."""
    return not media_type.startswith(("text/html", "application/xhtml"))


def clean(value: Any) -> Any:
    """Return JSON with every string clean: no NUL, no lone surrogate, no control or bidirectional override."""
    if isinstance(value, str):
        return drop_invisible(value)
    if isinstance(value, Mapping):
        return {drop_invisible(str(key)): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value


def _targets(document: Document) -> tuple[Target, ...]:
    """Return the links by their targets' identity, each once, in order; a link to the document itself is none."""
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
