"""The filters that search and export share, as conditions over `document`, `revision` and `source`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from models.document import Author, Document, Revision, RevisionAuthor
from models.ledger import Source
from models.upsert import table_of


def conditions(
    *,
    source: str | None = None,
    author: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str | None = None,
    kind: str | None = None,
) -> list[ColumnElement[Any]]:
    """Return the conditions; documents that proved to be others are always left out.

    Args:
        source: Its name.
        author: Any part of an author's name or of the line as printed, in any case.
        since: The earliest date of publication, `2019`, `2019-05` or `2019-05-23`; a coarser one may lie in it.
        until: The latest, likewise.
        language: A code; `pt` finds `pt-BR` too.
        kind: The site's own label.
    """
    document, revision = table_of(Document).c, table_of(Revision).c
    found: list[ColumnElement[Any]] = [document.merged_into_id.is_(None)]
    if source is not None:
        found.append(table_of(Source).c.name == source)
    if author is not None:
        found.append(or_(_holds(revision.author_raw, author), _has_author(author)))
    if since is not None:
        # `2019` may be any day of that year: it is compared as far as it goes.
        found.append(revision.date_published >= func.substr(since, 1, func.length(revision.date_published)))
    if until is not None:
        found.append(func.substr(revision.date_published, 1, len(until)) <= until)
    if language is not None:
        code = language.lower()
        found.append(or_(func.lower(revision.language) == code, func.lower(revision.language).startswith(code + "-")))
    if kind is not None:
        found.append(func.lower(revision.kind) == kind.lower())
    return found


def _has_author(name: str) -> ColumnElement[Any]:
    author, line = table_of(Author), table_of(RevisionAuthor)
    return exists(
        select(line.c.position)
        .join(author, author.c.id == line.c.author_id)
        .where(line.c.revision_id == table_of(Revision).c.id, _holds(author.c.name, name))
    )


def _holds(column: Any, part: str) -> ColumnElement[Any]:
    return column.icontains(part, autoescape=True)  # type: ignore[no-any-return]
