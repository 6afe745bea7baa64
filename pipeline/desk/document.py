"""One document: its fields with where each was read, beside the archived page; revisions, what it belongs with."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from sqlalchemy import select

from models.ledger import Failure, Source
from models.search.query import parse
from models.search.snippets import sought
from models.upsert import table_of
from pipeline.desk.safe_copy import Printed
from pipeline.holdings.difference import Change, between
from pipeline.holdings.queries import one_document
from scrapers.fields import FIELDS

if TYPE_CHECKING:
    from models.database.store import Store

DIFFERENCE = 60_000
"""Characters of a text that are compared word by word."""
PLACE = re.compile(r"p(\d+) (-?\d+),(-?\d+),(-?\d+),(-?\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A field as it is shown."""

    name: str
    value: Any
    origin: str | None
    raw: str | None
    place: str | None
    confidence: float | None
    rivals: tuple[tuple[str, str], ...]


def view(store: Store, what: str, asked: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what the page of a document shows, or None where there is no such document."""
    with store.read() as connection:
        record = one_document(connection, what)
        if record is None:
            return None
        changes = _changes(asked.get("diff"), record)
        compared = [] if changes is None else [difference(one) for one in between(connection, record["id"], *changes)]
        failure, source = table_of(Failure), table_of(Source)
        failures = [
            dict(row._mapping)
            for row in connection.execute(
                select(failure.c.stage, failure.c.reason, failure.c.last_at, failure.c.attempts)
                .join(source, source.c.id == failure.c.source_id)
                .where(failure.c.subject.in_([record["url"], *(alias["url"] for alias in record["aliases"])]))
            )
        ]
    return {
        "document": record,
        "rows": rows(record),
        "changes": changes,
        "compared": compared,
        "failures": failures,
        "paragraphs": (record["body"] or "").split("\n\n")[:400],
        "is_pdf": record["media_type"] == "application/pdf",
    }


def rows(record: Mapping[str, Any]) -> list[Row]:
    """Return the fields of a document as they are shown, without its text."""
    found = []
    for field in FIELDS.exported:
        if field.of is not None or field.type == "text":
            continue
        where = record["provenance"].get(field.name)
        value = record[field.name]
        shown = _plain(value)
        rivals = [] if where is None else [(_plain(one["value"]), one["origin"]) for one in where["runners_up"]]
        found.append(
            Row(
                name=field.name,
                value=value,
                origin=where["origin"] if where else None,
                raw=where["raw"] if where and where["raw"] != shown else None,
                place=where["place"] if where else None,
                confidence=where["confidence"] if where else None,
                rivals=tuple((text, origin) for text, origin in rivals if text != shown)[:4],
            )
        )
    return found


def printed(record: Mapping[str, Any]) -> tuple[Printed, ...]:
    """Return the values to be marked in the archived page: those that its elements or its text hold."""
    return tuple(
        Printed(field=name.replace("_", " "), raw=where["raw"], place=where["place"])
        for name, where in record["provenance"].items()
        if name not in ("body", "language") and where["raw"]
    )


def boxes(record: Mapping[str, Any], page: int) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return what was read on a page of a PDF: the fields of each box, and the box in points."""
    found: dict[tuple[float, float, float, float], list[str]] = {}
    for name, where in record["provenance"].items():
        if (match := PLACE.match(where["place"] or "")) and int(match[1]) == page:
            left, top, right, bottom = (float(match[number]) for number in range(2, 6))
            found.setdefault((left, top, right, bottom), []).append(name.replace("_", " "))
    return [(", ".join(names), box) for box, names in found.items()]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a query as they are looked for on a page of a PDF."""
    return tuple(" ".join(term.words) for term in sought(parse(text).tree) if not term.title)[:8]


def _changes(text: str | None, record: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the two revisions that are to be compared, where both are there."""
    match = re.fullmatch(r"(\d{1,6})\.\.(\d{1,6})", text or "")
    known = {revision["number"] for revision in record["revisions"]}
    pair = (int(match[1]), int(match[2])) if match else (0, 0)
    return pair if set(pair) <= known else None


def difference(change: Change) -> dict[str, Any]:
    """Return a change with its words compared: what went struck out, what came underlined."""
    old, new = _plain(change.old)[:DIFFERENCE], _plain(change.new)[:DIFFERENCE]
    one, two = re.findall(r"\S+|\n+", old), re.findall(r"\S+|\n+", new)
    parts: list[Markup] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=len(one) > 2_000).get_opcodes():
        if kind == "equal":
            words = one[a:b]
            shown = words if len(words) < 24 else [*words[:10], "…", *words[-10:]]
            parts.append(escape(" ".join(shown)))
            continue
        if a < b:
            parts.append(Markup("<del>{}</del>").format(" ".join(one[a:b])))
        if c < d:
            parts.append(Markup("<ins>{}</ins>").format(" ".join(two[c:d])))
    return {"field": change.field, "text": Markup(" ").join(parts), "old": change.old_origin, "new": change.new_origin}


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(item["name"] if isinstance(item, dict) and "name" in item else item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {item}" for name, item in value.items())
    return "" if value is None else str(value)
