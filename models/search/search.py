"""Full-text search, equal on both databases: words are cut here; FTS5 (SQLite) and tsvector (PostgreSQL) index them.

A query is words that must all occur; `"a phrase"`, `prefix*` and `-without` are understood, anything else is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    REAL,
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from models.document import Document, Revision
from models.ledger import Source
from models.search.filters import Filters
from models.search.words import Word, cut, words
from models.upsert import chunks, table_of

PART_WORDS, PART_OVERLAP, PART_BYTES = 4_000, 64, 500_000
"""A tsvector of PostgreSQL holds positions up to 16,383 and 1 MB: long texts are indexed in overlapping parts."""

MAX_CLAUSES = 32
"""Clauses of a query; further ones are ignored."""

SNIPPET = 240
"""Characters of a snippet, about."""

SNIPPET_TEXT = 400_000
"""Characters of a text that are searched for the snippet."""

TOKEN = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is indexed of a document."""

    document_id: int
    title: str
    body: str
    """All other text: authors, description, body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Consecutive words; `prefix`: the last one is the beginning of a word; `without`: the clause must not occur."""

    words: tuple[str, ...]
    prefix: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text and the places in it that match, to be shown bold."""

    text: str
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that was found."""

    document_id: int
    canonical_url: str
    source: str
    title: Marked
    snippet: Marked
    authors: str | None
    date_published: str | None
    language: str | None
    kind: str | None
    media_type: str
    status: str


def index(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index documents in place of their earlier entries, within the caller's transaction."""
    remove(connection, [entry.document_id for entry in entries])
    sqlite = connection.dialect.name == "sqlite"
    rows: list[dict[str, Any]] = []
    for entry in entries:
        title, body = (" ".join(words(part)) for part in (entry.title, entry.body))
        if sqlite:
            rows.append({"id": entry.document_id, "title": title, "body": body})
        else:
            vectors = _vectors(title.split(), body.split())
            rows += [{"id": entry.document_id, "part": part, "words": vector} for part, vector in enumerate(vectors)]
    statement = (
        "INSERT INTO search_index (rowid, title, body) VALUES (:id, :title, :body)"
        if sqlite
        else "INSERT INTO search_index (document_id, part, words) VALUES (:id, :part, CAST(:words AS tsvector))"
    )
    for batch in chunks(rows):
        connection.execute(text(statement), batch)


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Take documents out of the index."""
    column = "rowid" if connection.dialect.name == "sqlite" else "document_id"
    statement = text(f"DELETE FROM search_index WHERE {column} IN :ids").bindparams(bindparam("ids", expanding=True))
    for batch in chunks(ids):
        connection.execute(statement, {"ids": batch})


def parse(query: str) -> list[Clause]:
    """Return the clauses of a query; every text is a valid query."""
    clauses: list[Clause] = []
    for match in TOKEN.finditer(unicodedata.normalize("NFC", query)):
        minus, quoted, bare = match.groups()
        found = list(cut(quoted if quoted is not None else bare))
        star = bare is not None and bare.endswith("*")
        runs = [found] if quoted is not None else _runs(found)
        clauses += [_clause(run, star and run is runs[-1], bool(minus)) for run in runs if run]
    return list(dict.fromkeys(clauses))[:MAX_CLAUSES]


def matching(connection: Connection, query: str) -> Select[Any] | None:
    """Return a select of `document_id` and `rank` (higher is better), or None for a query without a word to find."""
    clauses = parse(query)
    wanted = [clause for clause in clauses if not clause.without]
    if not wanted:
        return None
    without = [clause for clause in clauses if clause.without]
    if connection.dialect.name == "sqlite":
        return _sqlite(wanted, without)
    return _postgres(wanted, without)


def search(
    connection: Connection,
    query: str,
    *,
    limit: int = 20,
    **filters: str | None,
) -> list[Hit]:
    """Return the hits of a query, the best rank first, then by address; `filters` are those of `Filters`."""
    found = matching(connection, query)
    if found is None or limit < 1:
        return []
    match = found.subquery()
    document, revision, origin = table_of(Document), table_of(Revision), table_of(Source)
    statement = (
        select(
            document.c.id,
            document.c.canonical_url,
            document.c.media_type,
            document.c.status,
            origin.c.name.label("source"),
            *(revision.c[name] for name in ("title", "body", "author_raw", "date_published", "language", "kind")),
        )
        .join(match, match.c.document_id == document.c.id)
        .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .join(origin, origin.c.id == document.c.source_id)
        .where(*Filters(**filters).conditions())
        .order_by(match.c.rank.desc(), document.c.canonical_url)
        .limit(limit)
    )
    clauses = [clause for clause in parse(query) if not clause.without]
    return [
        Hit(
            document_id=row.id,
            canonical_url=row.canonical_url,
            source=row.source,
            title=Marked(text=row.title or "", places=_places(list(cut(row.title or "")), clauses)),
            snippet=snippet(row.body or "", clauses),
            authors=row.author_raw,
            date_published=row.date_published,
            language=row.language,
            kind=row.kind,
            media_type=row.media_type,
            status=row.status,
        )
        for row in connection.execute(statement)
    ]


def snippet(body: str, clauses: Sequence[Clause], width: int = SNIPPET) -> Marked:
    """Return the passage, about `width` characters long, that holds the most, and the rarest, of the words to find."""
    body = body[:SNIPPET_TEXT]
    places = _places(list(cut(body)), clauses)
    forms = [body[start:end].casefold() for start, end in places]
    rarity = {form: 1 / count for form, count in Counter(forms).items()}
    best, most = 0, 0.0
    ahead = 0
    for at, (start, _) in enumerate(places):
        ahead = max(ahead, at)
        while ahead < len(places) and places[ahead][1] <= start + width * 3 // 4:
            ahead += 1
        worth = sum(rarity[form] for form in set(forms[at:ahead]))
        if worth > most:
            best, most = start, worth
    start = max(0, best - width // 4)
    if start:
        blank = body.find(" ", start, best)
        start = blank + 1 if blank >= 0 else start
    end = min(len(body), start + width)
    if end < len(body):
        blank = body.rfind(" ", start + width // 2, end)
        end = blank if blank >= 0 else end
    before, after = "… " if start else "", " …" if end < len(body) else ""
    shown = body[start:end].replace("\n", " ")
    shift = len(before) - start
    kept = tuple((one + shift, two + shift) for one, two in places if one >= start and two <= end)
    return Marked(text=before + shown + after, places=kept)


def _runs(found: list[Word]) -> list[list[Word]]:
    """Split words written without spaces where scripts meet: `COVID病毒` is split, `co-operate` is not."""
    runs: list[list[Word]] = []
    for word in found:
        if not runs or word.dense != runs[-1][-1].dense:
            runs.append([])
        runs[-1].append(word)
    return runs


def _clause(run: list[Word], star: bool, without: bool) -> Clause:
    texts = tuple(word.text for word in run[:PART_OVERLAP])
    last = run[-1]
    if last.last and len(run) <= PART_OVERLAP:
        # A run's last character: leave it out where a pair before it covers it; alone, it is the beginning of a pair.
        if len(run) > 1 and run[-2].end == last.end:
            return Clause(words=texts[:-1], prefix=False, without=without)
        return Clause(words=texts, prefix=True, without=without)
    return Clause(words=texts, prefix=star, without=without)


def _sqlite(wanted: Sequence[Clause], without: Sequence[Clause]) -> Select[Any]:
    query = " AND ".join(_fts(clause) for clause in wanted)
    if without:
        query = f"({query}) NOT ({' OR '.join(_fts(clause) for clause in without)})"
    columns: list[ColumnElement[Any]] = [
        literal_column("search_index.rowid").label("document_id"),
        literal_column("-bm25(search_index, 8.0, 1.0)").label("rank"),
    ]
    found = text("search_index MATCH :query").bindparams(query=query)
    return select(*columns).select_from(text("search_index")).where(found)


def _fts(clause: Clause) -> str:
    return f'"{" ".join(clause.words)}"' + (" *" if clause.prefix else "")


def _postgres(wanted: Sequence[Clause], without: Sequence[Clause]) -> Select[Any]:
    """Return the select; each clause has its own subquery, as a long text is indexed in parts."""
    part = table("search_index", column("document_id", Integer), column("words", TSVECTOR))

    def holders(clause: Clause) -> Select[Any]:
        return select(part.c.document_id).where(part.c.words.op("@@")(cast(_tsquery(clause), TSQUERY)))

    either = cast(" | ".join(_tsquery(clause) for clause in wanted), TSQUERY)
    weights = cast([0.1, 0.1, 0.1, 1.0], ARRAY(REAL))  # weights of the labels D, C, B, A; the title's words have A
    rank = func.sum(func.ts_rank(weights, part.c.words, either, 1)).label("rank")
    columns: list[ColumnElement[Any]] = [part.c.document_id, rank]
    return (
        select(*columns)
        .where(*(part.c.document_id.in_(holders(clause)) for clause in wanted))
        .where(*(part.c.document_id.not_in(holders(clause)) for clause in without))
        .group_by(part.c.document_id)
    )


def _tsquery(clause: Clause) -> str:
    *head, last = (f"'{word}'" for word in clause.words)
    return "(" + " <-> ".join([*head, last + (":*" if clause.prefix else "")]) + ")"


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


def _places(found: Sequence[Word], clauses: Sequence[Clause]) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text that match the clauses, in order, overlapping ones merged."""
    spans = []
    firsts: dict[str, list[Clause]] = {}
    begins = []
    for clause in clauses:
        if len(clause.words) == 1 and clause.prefix:
            begins.append(clause)
        else:
            firsts.setdefault(clause.words[0], []).append(clause)
    for at, word in enumerate(found):
        candidates = firsts.get(word.text, []) + [one for one in begins if word.text.startswith(one.words[0])]
        for clause in candidates:
            run = found[at : at + len(clause.words)]
            if len(run) == len(clause.words) and _fits([one.text for one in run], clause):
                pair = clause.prefix and run[-1].dense and not run[-1].last
                spans.append((run[0].start, run[-1].start + len(clause.words[-1]) if pair else run[-1].end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _fits(run: Sequence[str], clause: Clause) -> bool:
    if tuple(run[:-1]) != clause.words[:-1]:
        return False
    return run[-1].startswith(clause.words[-1]) if clause.prefix else run[-1] == clause.words[-1]
