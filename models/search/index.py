"""The index of full-text search, given the words of documents: FTS5 (SQLite) and tsvector (PostgreSQL) hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, bindparam, text

from models.search import stems
from models.upsert import chunks

PART_WORDS, PART_OVERLAP, PART_BYTES = 4_000, 64, 500_000
"""A tsvector of PostgreSQL holds positions up to 16,383 and 1 MB: long texts are indexed in overlapping parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is indexed of a document."""

    document_id: int
    title: Sequence[str]
    """The words of the title (`models.search.words`)."""
    body: Sequence[str]
    """Those of all other text: authors, description, body."""
    language: str | None = None
    """The language of the text, in which its words have stems."""


def index(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index documents in place of their earlier entries, within the caller's transaction, and learn their words."""
    remove(connection, [entry.document_id for entry in entries])
    sqlite = connection.dialect.name == "sqlite"
    rows: list[dict[str, Any]] = []
    for entry in entries:
        if sqlite:
            rows.append({"id": entry.document_id, "title": " ".join(entry.title), "body": " ".join(entry.body)})
        else:
            vectors = _vectors(entry.title, entry.body)
            rows += [{"id": entry.document_id, "part": part, "words": vector} for part, vector in enumerate(vectors)]
    statement = (
        "INSERT INTO search_index (rowid, title, body) VALUES (:id, :title, :body)"
        if sqlite
        else "INSERT INTO search_index (document_id, part, words) VALUES (:id, :part, CAST(:words AS tsvector))"
    )
    for batch in chunks(rows):
        connection.execute(text(statement), batch)
    stems.learn(connection, [(entry.language, chain(entry.title, entry.body)) for entry in entries])


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Take documents out of the index."""
    column = "rowid" if connection.dialect.name == "sqlite" else "document_id"
    statement = text(f"DELETE FROM search_index WHERE {column} IN :ids").bindparams(bindparam("ids", expanding=True))
    for batch in chunks(ids):
        connection.execute(statement, {"ids": batch})


def _vectors(title: Sequence[str], body: Sequence[str]) -> list[str]:
    """Return PostgreSQL's text form of the vectors: each word with its positions, those of the title with weight A."""
    vectors = []
    head = list(title[:PART_WORDS])
    at = 0
    while True:
        size, end = 0, at
        while end < len(body) and end - at < PART_WORDS and size < PART_BYTES:
            size += len(body[end].encode()) + 8
            end += 1
        places: dict[str, list[str]] = {}
        for position, word in enumerate(head, start=1):
            places.setdefault(word, []).append(f"{position}A")
        # A gap, so that no phrase runs from the title into the text.
        for position, word in enumerate(body[at:end], start=len(head) + 10):
            places.setdefault(word, []).append(str(position))
        vectors.append(" ".join(f"'{word}':{','.join(found)}" for word, found in places.items()))
        if end >= len(body):
            return vectors
        at, head = max(at + 1, end - PART_OVERLAP), []
