"""The columns of printed and exported records, with their types: the fields, and what the store adds to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.statuses import DocumentStatus, FailureStage
from scrapers.fields import FIELDS, Field

Columns = dict[str, str]
"""Name -> type, in the order of output; the types are those of `scrapers.fields.Type` and the ones below."""

FAILURE_COLUMNS: Columns = {
    "url": "string",
    "source": "string",
    "stage": "stage",
    "reason": "sentence",
    "attempts": "count",
    "last_at": "moment",
    "next_retry_at": "moment or null",
}


def field_columns() -> Columns:
    """Return the columns of a document's fields."""
    return _columns(FIELDS.exported)


def document_columns() -> Columns:
    """Return the columns of an exported document."""
    return {
        "url": "string",
        **field_columns(),
        "origins": "origins",
        "confidence": "confidence",
        "id": "id",
        "source": "string",
        "canonical_url": "string",
        "media_type": "string",
        "status": "status",
        "revision": "count",
        "retrieved_at": "moment",
        "first_seen_at": "moment",
        "landing_page": "string or null",
        "attachments": "addresses",
    }


LISTING_COLUMNS: Columns = {
    "url": "string or null",
    "mechanism": "string",
    "links": "listed",
    "next": "addresses",
    "total": "total",
    "complete": "complete",
    "error": "sentence",
}
LINE = {"type": ["string", "null"]}
MOMENT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
AUTHOR = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "kind": {"enum": ["person", "organisation", None]},
    },
    "required": ["name", "kind"],
    "additionalProperties": False,
}
RELATION = {"enum": ["attachment", "translation", "related", "link"]}
LINK = {
    "type": "object",
    "properties": {
        "url": {"type": "string"},
        "text": {"type": "string"},
        "rel": RELATION,
    },
    "required": ["url", "text", "rel"],
    "additionalProperties": False,
}
TABLE = {
    "type": "object",
    "properties": {
        "rows": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        "place": LINE,
    },
    "required": ["rows", "place"],
    "additionalProperties": False,
}
SCHEMAS: dict[str, dict[str, Any]] = {
    "line": LINE,
    "text": LINE,
    "date": {**LINE, "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "precision": {"enum": ["year", "month", "day", None]},
    "authors": {"type": "array", "items": AUTHOR},
    "identifiers": {
        "type": "object",
        "propertyNames": {"enum": ["doi", "isbn", "issn", "symbol", "handle"]},
        "additionalProperties": {"type": "string"},
    },
    "address": LINE,
    "string": {"type": "string"},
    "string or null": LINE,
    "sentence": {"type": "string", "minLength": 1},
    "id": {"type": "integer"},
    "count": {"type": "integer", "minimum": 1},
    "moment": {"type": "string", "pattern": MOMENT},
    "moment or null": {**LINE, "pattern": MOMENT},
    "status": {"enum": [*DocumentStatus]},
    "stage": {"enum": [*FailureStage]},
    "addresses": {"type": "array", "items": {"type": "string"}},
    "origins": {"type": "object", "additionalProperties": {"type": "string"}},
    "confidence": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}},
    "links": {"type": "array", "items": LINK},
    "tables": {"type": "array", "items": TABLE},
    "relation": RELATION,
    "total": {"type": ["integer", "null"], "minimum": 0},
    "complete": {"type": ["boolean", "string"]},
    "notes": {"type": "array", "items": {"type": "string"}},
}
"""The JSON Schema of a column, by its type."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of the package by name: `extract`, `links`, `export`, `failure`.

    `tests/make_schemas.py` writes them to `pipeline/holdings/schemas`.
    """
    extracted = {
        "url": "string or null",
        **field_columns(),
        "links": "links",
        "origins": "origins",
        "confidence": "confidence",
    }
    listed = _closed(
        "A document that is listed, and what is said of it.",
        {"url": "string", "rel": "relation", **_columns(FIELDS.listed), "origins": "origins"},
    )
    at_times = {"canonical_url": "string", "tables": "tables", "notes": "notes", "error": "sentence"}
    return {
        "extract": {
            **_schema(
                "What `ingest extract` prints of one page or file. A line of --batch carries back the keys of its "
                "input line too, and holds `error` in place of the fields where reading failed.",
                extracted | at_times,
            ),
            "if": {"required": ["error"]},
            "then": {},
            "else": {"required": list(extracted)},
        },
        "links": {
            **_schema(
                "What `ingest links` prints of one listing, feed, sitemap or API answer. A line of --batch carries "
                "back the keys of its input line too, and holds `error` in place of the rest where reading failed.",
                {name: kind for name, kind in LISTING_COLUMNS.items() if name != "links"},
                links={"type": "array", "items": listed},
            ),
            "if": {"required": ["error"]},
            "then": {},
            "else": {"required": [name for name in LISTING_COLUMNS if name != "error"]},
        },
        "export": _closed("A line of `ingest export docs.jsonl`: one document.", document_columns()),
        "failure": _closed(
            "A line of `ingest export --failures fails.jsonl`: what could not be done, and why.", FAILURE_COLUMNS
        ),
    }


def _columns(fields: Iterable[Field]) -> Columns:
    return {field.name: field.type for field in fields}


def _schema(title: str, columns: Columns, **more: dict[str, Any]) -> dict[str, Any]:
    about = {field.name: {"description": field.about} for field in FIELDS.exported}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": {name: {**about.get(name, {}), **SCHEMAS[kind]} for name, kind in columns.items()} | more,
    }


def _closed(title: str, columns: Columns) -> dict[str, Any]:
    """Return the schema of records that have exactly these columns."""
    return {**_schema(title, columns), "required": list(columns), "additionalProperties": False}
