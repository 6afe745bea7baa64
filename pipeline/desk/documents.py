"""The list of documents: a query, its hits page by page, facets, years; and the least sure values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from models.database.deadline import TooSlow, deadline
from models.document import Author, Document, Provenance, Revision, RevisionAuthor
from models.search.facets import Counting, Facet, Kept, facets, term_of, years
from models.search.matching import Found
from models.search.query import Query, parse
from models.search.search import SORTS, Results, Sort, less, results
from models.search.terms import Within, both
from models.search.values import FIELDS
from models.upsert import table_of
from pipeline.desk.rendering import render

if TYPE_CHECKING:
    from models.database.store import Store

PAGE = 25
"""Documents of a page."""
LAST = 400
"""The last page that is shown; beyond it, a narrower query helps."""
SECONDS = 2.0
"""Longest time for finding the hits of one page."""
SORT_NAMES: Mapping[Sort, str] = {
    "best": "best match",
    "newest": "newest",
    "oldest": "oldest",
    "latest": "last come in",
    "doubtful": "least sure",
    "title": "title",
}
DOUBTED = ("title", "authors", "date_published")
"""The fields whose least sure values are listed."""


def list_page(store: Store, asked: Mapping[str, str], kept: Kept | None = None) -> Iterator[str]:
    """Yield the page of documents: its head and search box first, then the hits, then the facets.

    Args:
        store: Where the documents are.
        asked: The page's parameters: `q`, `sort`, `page`.
        kept: What was counted in the present state of the store (`models.search.facets`).
    """
    query = parse(asked.get("q", ""))
    sort = next((one for one in SORTS if one == asked.get("sort")), None)
    page = page_number(asked.get("page"))
    here = {"q": query.text, "sort": sort}
    yield render("list_head.html", title=query.text or "Documents", here="documents", query=query)
    if query.faults:
        yield render("list_faults.html", query=query)
        yield render("foot.html")
        return
    with store.read() as connection:
        try:
            with deadline(connection, SECONDS):
                matching = Found(connection)
                found = results(matching, query, sort=sort, limit=PAGE, offset=(page - 1) * PAGE)
                others = less(connection, query) if not found.total else []
                about = origins(connection, [hit.document_id for hit in found.hits])
        except TooSlow:
            yield render("slow.html", seconds=SECONDS)
            yield render("foot.html")
            return
        yield render(
            "list_hits.html", found=found, others=others, about=about, page=page, pages=pages_of(found), here=here,
            sort_names=SORT_NAMES, chips=_chips(query), authors=_names(connection, found),
        )  # fmt: skip
        if found.total or query.parts:
            counting = Counting(matching, kept)
            yield render("list_facets.html", years=_years(counting, query), here=here)
            for facet in facets(counting, query):
                yield render("list_facet.html", facet=facet, here=here, label=LABELS[facet.field])
        yield render("list_end.html")
    yield render("foot.html")


LABELS = {
    "source": "Source",
    "date": "Year",
    "author": "Author",
    "language": "Language",
    "kind": "Kind",
    "format": "Format",
    "status": "Status",
    "origin": "Where the date was read",
}


def page_number(text: str | None) -> int:
    """Return the number of the page that is meant; 1 where there can be no such page."""
    number = int(text) if text and text.isdecimal() and text.isascii() and len(text) < 7 else 1
    return max(1, min(number, LAST))


def pages_of(found: Results) -> int:
    """Return how many pages the results have."""
    return min(LAST, -(-found.total // PAGE))


def _chips(query: Query) -> list[tuple[str, str]]:
    """Return the parts of a query, each with the query without it, where there is more than one."""
    return [(query.text[part.start : part.end].strip(), query.without(part)) for part in query.parts]


def _years(counting: Counting, query: Query) -> dict[str, Any]:
    """Return the counts by year, as if no date were chosen, and the query that chooses each year."""
    dated = [part for part in query.parts if isinstance(part.node, Within) and part.node.field == "date"]
    others = query
    for part in reversed(dated):
        others = parse(others.without(part))
    counts = years(counting, both([part.node for part in query.parts if part not in dated]))
    return {"counts": counts, "queries": {year: others.narrowed(term_of("date", year)) for year in counts}}


def origins(connection: Connection, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return where the values of documents were read, by document, in the order of the fields."""
    proven, document, revision = table_of(Provenance), table_of(Document), table_of(Revision)
    rows = connection.execute(
        select(document.c.id, proven.c.field, proven.c.origin, proven.c.raw, proven.c.confidence)
        .join(revision, revision.c.id == proven.c.revision_id)
        .join(document, (document.c.id == revision.c.document_id) & (document.c.revision == revision.c.number))
        .where(document.c.id.in_(ids), proven.c.field.in_(("title", "authors", "date_published", "language")))
        .order_by(document.c.id, proven.c.field.desc())
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(dict(row._mapping))
    return found


def _names(connection: Connection, found: Results) -> dict[int, list[str]]:
    """Return the authors' names of the hits, by document."""
    author, line, document, revision = (
        table_of(Author),
        table_of(RevisionAuthor),
        table_of(Document),
        table_of(Revision),
    )
    rows = connection.execute(
        select(document.c.id, author.c.name)
        .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .join(line, line.c.revision_id == revision.c.id)
        .join(author, author.c.id == line.c.author_id)
        .where(document.c.id.in_([hit.document_id for hit in found.hits]))
        .order_by(document.c.id, line.c.position)
    )
    names: dict[int, list[str]] = {}
    for row in rows:
        names.setdefault(row.id, []).append(row.name)
    return names


def doubtful_page(store: Store, asked: Mapping[str, str]) -> Iterator[str]:
    """Yield the values that a person should look at first, the least sure on top."""
    page = page_number(asked.get("page"))
    field = asked.get("field") if asked.get("field") in DOUBTED else None
    yield render("list_head.html", title="Least sure", here="doubtful", query=parse(""))
    with store.read() as connection:
        try:
            with deadline(connection, SECONDS):
                rows = _doubted(connection, (field,) if field else DOUBTED, PAGE + 1, (page - 1) * PAGE)
        except TooSlow:
            yield render("slow.html", seconds=SECONDS)
            yield render("foot.html")
            return
    yield render("doubtful.html", rows=rows[:PAGE], more=len(rows) > PAGE, page=page, field=field, fields=DOUBTED)
    yield render("foot.html")


def _doubted(connection: Connection, fields: Sequence[str], limit: int, offset: int) -> list[dict[str, Any]]:
    """Return values of current revisions, the least sure first.

    They are taken one by one in the order of their index, and those of earlier revisions passed over: the outer joins
    leave the databases no choice but to begin with that index.
    """
    proven, document, revision = table_of(Provenance), table_of(Document), table_of(Revision)
    current = (document.c.id == revision.c.document_id) & (document.c.revision == revision.c.number)
    statement = (
        select(
            document.c.id, document.c.canonical_url, revision.c.title, revision.c.date_published,
            proven.c.field, proven.c.raw, proven.c.origin, proven.c.confidence, proven.c.runners_up,
        )
        .select_from(proven)
        .outerjoin(revision, revision.c.id == proven.c.revision_id)
        .outerjoin(document, current & document.c.merged_into_id.is_(None))
        .where(proven.c.confidence.is_not(None), proven.c.field.in_(fields))
        .order_by(proven.c.confidence, proven.c.field, proven.c.revision_id)
        .execution_options(yield_per=100)
    )  # fmt: skip
    with connection.execute(statement) as rows:
        return [dict(row._mapping) for row in islice((row for row in rows if row.id), offset, offset + limit)]


def help_page() -> Iterator[str]:
    """Yield the page that tells the query language."""
    yield render("list_head.html", title="How to search", here="help", query=parse(""))
    yield render("help.html", fields=FIELDS)
    yield render("foot.html")


__all__ = ["Facet", "doubtful_page", "help_page", "list_page"]
