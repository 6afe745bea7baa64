"""A store of any size, made row by row: what plans and growth are measured on, without reading a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from models.base import Base
from models.database.store import Store
from models.document import (
    Attachment,
    Author,
    Document,
    DocumentAlias,
    Provenance,
    Revision,
    RevisionAuthor,
    TextMark,
)
from models.ledger import FieldStatistic, Run, Source
from models.search import index
from models.search.words import sort_key, words
from models.statuses import DocumentStatus, Outcome, RunStatus, UrlStatus
from models.upsert import table_of
from models.web import Capture, FetchAttempt, Payload, Staged, Url, WarcFile

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SOURCE = "made"
AT_ONCE = 2_000
RUNS = 10
"""Earlier runs, each of which found a tenth of the documents."""
WORDS = tuple(f"{head}{tail}" for head in ("mar", "sol", "ven", "tor", "pel") for tail in ("in", "a", "emos", "ique"))
EVERY_PAGE_LINKS = "https://made.test/policy.pdf"


def fill(store: Store, documents: int, *, staged: int = 0) -> int:
    """Fill a new store with documents of one source, and as many more addresses with results that wait; return the run.

    Every tenth document is a PDF, which the page before it links; all pages link one policy. Each document has a word
    of its own (`number17`), and all have the words of `WORDS`.
    """
    with store.begin() as connection:
        run_id = _begin(connection)
    for first in range(0, documents + staged, AT_ONCE):
        with store.begin() as connection:
            numbers = range(first + 1, min(first + AT_ONCE, documents + staged) + 1)
            _addresses(connection, run_id, numbers, documents)
            _documents(connection, [number for number in numbers if number <= documents])
            _staged(connection, run_id, [number for number in numbers if number > documents])
    with store.begin() as connection:
        if store.dialect == "postgresql":
            _follow_keys(connection)
    return run_id


def url_of(number: int) -> str:
    """Return the address of a document."""
    return f"https://made.test/{number:07}" + (".pdf" if number % 10 == 0 else "")


def record_of(number: int) -> dict[str, Any]:
    """Return the reading of a document, as it is staged."""
    values = {name: {"value": value, "raw": str(value), "origin": origin} for name, value, origin in _values(number)}
    return {
        "media_type": _media_type(number),
        "values": values,
        "links": [],
        "runners_up": {},
        "tables": [],
        "notes": [],
    }


def _values(number: int) -> Iterable[tuple[str, Any, str]]:
    month, day = number % 12 + 1, number % 28 + 1
    yield "title", f"Report number{number} of the {WORDS[number % len(WORDS)]}", "meta:citation_title"
    yield "authors", [{"name": f"Author {number % 997}", "kind": "person"}], "json-ld:author"
    yield "date_published", f"{2000 + number % 26}-{month:02}-{day:02}", "label:Published"
    yield "language", "en", "html:lang"
    yield "body", _body(number), "text"


def _body(number: int) -> str:
    return " ".join([*WORDS, *(f"{word}{number * (at + 3) % 9973}" for at, word in enumerate(WORDS * 5))])


def _run_of(number: int) -> int:
    return number % RUNS + 1


def _media_type(number: int) -> str:
    return "application/pdf" if number % 10 == 0 else "text/html"


def _put(connection: Connection, model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table_of(model)), rows)


def _begin(connection: Connection) -> int:
    """Add the source, a run that is done, one that is under way, and the archive's file."""
    run = {"source_id": 1, "command": "run", "version": "1", "options": {}, "reasons": [], "started_at": NOW}
    _put(connection, Source, [{"id": 1, "name": SOURCE, "config": {}, "state": {}, "created_at": NOW}])
    ended = {**run, "status": RunStatus.DONE, "counts": {"new": 1}, "finished_at": NOW}
    _put(connection, Run, [{**ended, "id": number, "run_key": f"ended-{number}"} for number in range(1, RUNS + 1)])
    under_way = {**run, "status": RunStatus.RUNNING, "counts": {}, "finished_at": None}
    _put(connection, Run, [{**under_way, "id": RUNS + 1, "run_key": "under-way"}])
    statistic = {"run_id": 1, "media": "page", "field": "title", "documents": 1, "filled": 1, "figures": {}}
    _put(connection, FieldStatistic, [statistic])
    _put(connection, WarcFile, [{"id": 1, "name": "made.warc.gz", "committed_length": 2**40}])
    return RUNS + 1


def _addresses(connection: Connection, run_id: int, numbers: Iterable[int], documents: int) -> None:
    """Add addresses with their captures; those above `documents` have been asked for in this run."""
    urls, attempts, payloads = [], [], []
    captures: list[dict[str, Any]] = []
    for number in numbers:
        held = number <= documents
        run = _run_of(number) if held else run_id
        address, asked = url_of(number), NOW - timedelta(days=9) if held else NOW
        urls.append(
            {
                "id": number, "url": address, "identity": address.partition("://")[2], "source_id": 1,
                "expect": "file" if number % 10 == 0 else "document", "claims": {}, "modified": None,
                "etag": f'"{number}"', "last_modified": None, "last_capture_id": None, "attempts": 0,
                "status": UrlStatus.LIVE if held else UrlStatus.NEW, "first_seen_at": NOW - timedelta(days=90),
                "listed_at": asked, "requested_at": asked, "changed_at": asked, "due_at": NOW + timedelta(days=9),
            }
        )  # fmt: skip
        place = {"warc_file_id": 1, "offset": number * 5_000, "length": 5_000}
        sha256 = f"{number:064x}"
        attempts.append(
            {
                "run_id": run, "url_id": number, "attempt": 1, "conditional": False, "status": 200,
                "error": None, "started_at": asked, "seconds": 0.1,
            }
        )  # fmt: skip
        payloads.append({"sha256": sha256, "size": 15_000, "media_type": _media_type(number), **place})
        captures.append(
            {
                "id": number, "url_id": number, "run_id": run, "url": address, "final_url": address,
                "redirects": [], "status": 200, "headers": [], "media_type": _media_type(number),
                "retrieved_at": asked, "payload_sha256": sha256, "read_as": f"read-{number}" if held else None,
                "imported_from": None, "imported_offset": None, **place,
            }
        )  # fmt: skip
    for model, rows in ((Url, urls), (FetchAttempt, attempts), (Payload, payloads), (Capture, captures)):
        _put(connection, model, rows)
    loaded = [row["id"] for row in captures if row["read_as"]]
    if loaded:
        between = {"first": loaded[0], "last": loaded[-1]}
        connection.execute(text("UPDATE url SET last_capture_id = id WHERE id BETWEEN :first AND :last"), between)


def _documents(connection: Connection, numbers: list[int]) -> None:
    rows: dict[type[Base], list[dict[str, Any]]] = {}
    entries = []
    for number in numbers:
        for model, row in _rows(number):
            rows.setdefault(model, []).append(row)
        title, body = record_of(number)["values"]["title"]["value"], _body(number)
        entries.append(index.Entry(document_id=number, title=words(title), body=words(body), language="en"))
    known = set(connection.scalars(select(table_of(Author).c.id)))
    rows[Author] = list({row["id"]: row for row in rows.get(Author, []) if row["id"] not in known}.values())
    order = (Document, DocumentAlias, Revision, Author, RevisionAuthor, Provenance, TextMark, Attachment)
    for model in order:
        _put(connection, model, rows.get(model, []))
    index.index(connection, entries)


def _confidence(number: int, field: str) -> float:
    return 0.5 + (number * 7 + len(field)) % 50 / 100


def _rows(number: int) -> Iterable[tuple[type[Base], dict[str, Any]]]:
    """Yield the rows of one document, with the table of each."""
    address, reading = url_of(number), record_of(number)
    key = address.partition("://")[2]
    is_file = number % 10 == 0
    seen = NOW - timedelta(days=9)
    values = reading["values"]
    without_text = {**values, "body": {**values["body"], "value": None, "raw": ""}}
    said = {name: reading[name] for name in ("media_type", "links", "runners_up")}
    yield (
        Document,
        {
            "id": number, "canonical_url": address, "identity": key, "variant": False, "source_id": 1,
            "media_type": reading["media_type"], "status": DocumentStatus.LIVE, "gone_at": None, "revision": 1,
            "landing_page_id": number - 1 if is_file else None, "first_seen_at": seen, "merged_into_id": None,
            "retrieved_at": seen, "title_key": sort_key(values["title"]["value"]),
            "least_sure": min(_confidence(number, field) for field in values),
        },
    )  # fmt: skip
    yield DocumentAlias, {"identity": key, "document_id": number, "url": address, "reason": "final", "seen_at": seen}
    yield (
        Revision,
        {
            "id": number, "document_id": number, "number": 1, "title": values["title"]["value"],
            "author_raw": values["authors"]["raw"], "date_published": values["date_published"]["value"],
            "date_precision": "day", "date_modified": None, "language": "en", "kind": "report" if number % 50 == 1
            else None, "publisher": None, "description": None, "identifiers": {}, "body": values["body"]["value"],
            "tables": [], "notes": [], "content_hash": f"{number:064x}", "run_id": _run_of(number),
            "capture_id": number, "reading": {"own": without_text, "said": {**said, "values": without_text}},
            "reader_version": "1", "created_at": seen,
        },
    )  # fmt: skip
    author = number % 997 + 1
    name = f"Author {number % 997}"
    yield Author, {"id": author, "name": name, "kind": "person", "folded": name.lower()}
    yield RevisionAuthor, {"revision_id": number, "position": 0, "author_id": author}
    for field, found in values.items():
        raw = "" if field == "body" else found["raw"]
        shared: dict[str, Any] = {"place": None, "confidence": _confidence(number, field), "runners_up": []}
        yield Provenance, {"revision_id": number, "field": field, "origin": found["origin"], "raw": raw, **shared}
    for at in range(8):
        yield TextMark, {"document_id": number, "mark": number * 8 + at}
    if not is_file:
        targets = [EVERY_PAGE_LINKS, *([url_of(number + 1)] if number % 10 == 9 else [])]
        for position, target in enumerate(targets):
            yield (
                Attachment,
                {
                    "page_document_id": number, "target_identity": target.partition("://")[2], "target_url": target,
                    "relation": "attachment", "text": "PDF", "position": position,
                },
            )  # fmt: skip


def _staged(connection: Connection, run_id: int, numbers: list[int]) -> None:
    rows = [
        {
            "run_id": run_id, "url_id": number, "capture_id": number, "outcome": Outcome.DOCUMENT, "stage": None,
            "reason": None, "reading": record_of(number), "reader_version": "1", "etag": None,
            "last_modified": None, "staged_at": NOW,
        }
        for number in numbers
    ]  # fmt: skip
    _put(connection, Staged, rows)


def _follow_keys(connection: Connection) -> None:
    """Let the sequences of PostgreSQL go on after the keys that were given."""
    for model in (Source, Run, WarcFile, Url, Capture, Document, Revision, Author, FetchAttempt):
        table = table_of(model)
        highest = connection.execute(select(func.coalesce(func.max(table.c.id), 1))).scalar_one()
        connection.execute(text(f"SELECT setval('{table.name}_id_seq', {highest})"))
