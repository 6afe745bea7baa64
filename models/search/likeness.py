"""How alike two texts are, and a few marks of each text by which nearly equal texts are found.

A text is compared as the set of its groups of four words (Broder's shingles). Its marks are the smallest hashes of the
groups: texts that share most groups share most marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from sqlalchemy import Connection, delete, func, insert, select

from models.document import Document, Revision, TextMark
from models.search.words import words
from models.upsert import chunks, table_of

GROUP = 4
"""Words in a group: enough to tell texts on one subject apart."""

MOST_WORDS, MOST_CHARACTERS = 4_000, 48_000
"""Words of a text that are compared, all of them among its first characters."""

FEW_WORDS = 12
"""Texts with fewer words have no groups: they are equal, word by word, or unlike."""

MARKS, SHARED = 8, 4
"""Marks of a text, and how many of them two texts must share to be compared."""

NEAR = 0.9
"""Likeness from which two texts are nearly equal."""

ENOUGH_GROUPS = 97
"""Groups that a text needs to get marks (100 words): shorter texts may share nothing but a site's phrases."""

MOST_CANDIDATES = 50


def likeness(one: str | None, other: str | None) -> float:
    """Return the share of word groups that two texts have in common, 0 to 1."""
    if (one or "") == (other or ""):
        return 1.0
    if not one or not other:
        return 0.0
    left, right = _groups(one), _groups(other)
    if not left or not right:
        return 1.0 if words(one) == words(other) else 0.0
    return len(left & right) / len(left | right)


@lru_cache(maxsize=256)
def _groups(text: str) -> frozenset[str]:
    cut = _compared(text)
    if len(cut) < FEW_WORDS:
        return frozenset()
    return frozenset(" ".join(cut[at : at + GROUP]) for at in range(len(cut) - GROUP + 1))


def _compared(text: str) -> list[str]:
    return words(text[:MOST_CHARACTERS])[:MOST_WORDS]


def marks(text: str | None, cut: Sequence[str] | None = None) -> list[int]:
    """Return the marks of a text; none for a text with fewer than `ENOUGH_GROUPS` groups.

    `cut` are its words, where the caller has them already.
    """
    text = text or ""
    compared = cut[:MOST_WORDS] if cut is not None and len(text) <= MOST_CHARACTERS else _compared(text)
    spelt = " ".join(compared).encode("utf-8", "replace").split(b" ")
    groups = zip(*(spelt[at:] for at in range(GROUP)), strict=False)
    hashes = set(map(crc32, map(b" ".join, groups)))
    return sorted(hashes)[:MARKS] if len(hashes) >= ENOUGH_GROUPS else []


def mark(connection: Connection, found: Mapping[int, Sequence[int]]) -> None:
    """Replace the stored marks of documents, given by document id."""
    table = table_of(TextMark)
    unmark(connection, list(found))
    rows = [{"document_id": key, "mark": one} for key, marks in found.items() for one in marks]
    for batch in chunks(rows):
        connection.execute(insert(table), batch)


def unmark(connection: Connection, ids: list[int]) -> None:
    """Delete the stored marks of documents."""
    table = table_of(TextMark)
    for batch in chunks(ids):
        connection.execute(delete(table).where(table.c.document_id.in_(batch)))


def near(connection: Connection, document_id: int) -> list[tuple[str, float]]:
    """Return the documents whose text is nearly equal, as (canonical address, likeness), the most alike first."""
    table, document = table_of(TextMark), table_of(Document)
    own = select(table.c.mark).where(table.c.document_id == document_id)
    candidates = connection.execute(
        select(document.c.id, document.c.canonical_url)
        .join(table, table.c.document_id == document.c.id)
        .where(table.c.mark.in_(own), document.c.id != document_id)
        .group_by(document.c.id, document.c.canonical_url)
        .having(func.count() >= SHARED)
        .order_by(func.count().desc(), document.c.canonical_url)
        .limit(MOST_CANDIDATES)
    ).all()
    if not candidates:
        return []
    texts = _texts(connection, [document_id, *(row.id for row in candidates)])
    found = [(row.canonical_url, likeness(texts[document_id], texts[row.id])) for row in candidates]
    return sorted([one for one in found if one[1] >= NEAR], key=lambda one: (-one[1], one[0]))


def _texts(connection: Connection, ids: list[int]) -> dict[int, str | None]:
    document, revision = table_of(Document), table_of(Revision)
    rows = connection.execute(
        select(document.c.id, revision.c.body)
        .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .where(document.c.id.in_(ids))
    )
    return {row.id: row.body for row in rows}
