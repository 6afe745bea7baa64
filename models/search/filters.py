"""The filters that search and export share, as conditions over `document`, `revision` and `source`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from models.document import Author, Document, Revision, RevisionAuthor
from models.ledger import Source
from models.search.words import words
from models.upsert import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which documents to select; a filter that is None does not restrict them."""

    source: str | None = None
    """The source's name."""
    author: str | None = None
    """Any part of an author's name, whatever its case and diacritics."""
    since: str | None = None
    """The earliest date of publication, `2019`, `2019-05` or `2019-05-23`; a less precise stored date matches where
    it overlaps."""
    until: str | None = None
    """The latest, likewise."""
    language: str | None = None
    """A code; `pt` finds `pt-BR` too."""
    kind: str | None = None
    """The site's own label."""
    query: str | None = None
    """A query for full-text search."""

    def conditions(self) -> list[ColumnElement[Any]]:
        """Return the SQL conditions; merged documents are always left out."""
        document, revision = table_of(Document).c, table_of(Revision).c
        found: list[ColumnElement[Any]] = [document.merged_into_id.is_(None)]
        if self.source is not None:
            found.append(table_of(Source).c.name == self.source)
        if self.author is not None:
            found.append(_has_author(self.author))
        if self.since is not None:
            # A stored `2019` may be any day of that year: compare only the parts that the stored date has.
            found.append(revision.date_published >= func.substr(self.since, 1, func.length(revision.date_published)))
        if self.until is not None:
            found.append(func.substr(revision.date_published, 1, len(self.until)) <= self.until)
        if self.language is not None:
            code, held = self.language.lower(), func.lower(revision.language)
            found.append(or_(held == code, held.startswith(code + "-", autoescape=True)))
        if self.kind is not None:
            found.append(func.lower(revision.kind) == self.kind.lower())
        return found


def _has_author(name: str) -> ColumnElement[Any]:
    author, line, folded = table_of(Author), table_of(RevisionAuthor), " ".join(words(name))
    return exists(
        select(line.c.position)
        .join(author, author.c.id == line.c.author_id)
        .where(line.c.revision_id == table_of(Revision).c.id, author.c.folded.contains(folded, autoescape=True))
    )
