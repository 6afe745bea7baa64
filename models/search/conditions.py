"""A query's tree as SQL, with the same documents as its result on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    REAL,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    any_,
    cast,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.types import UserDefinedType

from models.document import Attachment, Author, Document, DocumentAlias, Provenance, Revision, RevisionAuthor
from models.ledger import Source
from models.search.terms import All, Either, Is, Node, Not, Sure, Within, Words
from models.search.values import following
from models.upsert import table_of

FORMATS = {
    "html": ("text/html", "application/xhtml+xml"),
    "page": ("text/html", "application/xhtml+xml"),
    "pdf": ("application/pdf",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    "odt": ("application/vnd.oasis.opendocument.text",),
    "epub": ("application/epub+zip",),
    "doc": ("application/msword",),
    "text": ("text/plain",),
}
"""Media types by the words for them; any other value of `format:` is compared with the media type's end."""


class _OfPostgres(UserDefinedType[str]):
    """A type by its name there, for statements that are meant for PostgreSQL alone: its dialect need not be loaded."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: Any) -> str:
        """Return the type's name."""
        return self.name


TSQUERY, TSVECTOR = _OfPostgres("TSQUERY"), _OfPostgres("TSVECTOR")
INDEXED = table("search_index", column("rowid", Integer), column("document_id", Integer), column("words", TSVECTOR))
MOMENTS = {"seen": (Document, "first_seen_at"), "changed": (Revision, "created_at")}


Ranked = Callable[[Sequence[int]], Select[Any]]
"""Selects `document_id` and `rank` (higher is better) of given ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """The documents that match a tree: those among `words`, if it is given, for which all `conditions` hold."""

    conditions: tuple[ColumnElement[bool], ...]
    """Conditions over document and its current revision."""
    words: Select[Any] | None = None
    """`document_id` of the rows of the index that have the words of the tree; merged documents are not indexed."""
    ranked: Ranked | None = None
    """None for a tree that asks for no words."""
    in_parts: bool = False
    """Whether the index may have several rows for a document."""

    def of_words(self) -> Select[Any] | None:
        """Return `words` with each document once."""
        return self.words.distinct() if self.words is not None and self.in_parts else self.words


def matches(tree: Node, dialect: str) -> Matches:
    """Return the documents that match a tree, for `sqlite` or `postgresql`."""
    parts = tree.nodes if isinstance(tree, All) else (tree,)
    worded = All(tuple(part for part in parts if _is_text(part) or (isinstance(part, Not) and _is_text(part.node))))
    if all(isinstance(part, Not) for part in worded.nodes):
        return Matches(conditions=tuple(condition(part, dialect) for part in parts))
    others = [part for part in parts if part not in worded.nodes]
    if dialect == "sqlite":
        match = _match(_fts(worded))
        return Matches(
            conditions=tuple(_of_found(part) for part in others),
            words=select(INDEXED.c.rowid.label("document_id")).where(match),
            ranked=lambda ids: _ranked_by_sqlite(match, ids),
        )
    any_of_them = _tsquery(list(dict.fromkeys(_leaves(worded))))
    return Matches(
        conditions=tuple(condition(part, dialect) for part in others),
        words=_with_words(worded),
        ranked=lambda ids: _ranked_by_postgres(any_of_them, ids),
        in_parts=True,
    )


def _with_words(node: Node) -> Select[Any]:
    """Return the select of `document_id` of PostgreSQL's index where a text matches, once or more for each document.

    A long document is indexed in parts, and its words may stand in several: so each part of the tree is asked for by
    itself, and the database chooses with which it begins.
    """
    parts = node.nodes if isinstance(node, All) else (node,)
    first, *others = [part for part in parts if not isinstance(part, Not)]
    held = INDEXED.c.document_id
    statement = select(held).where(_holds(first), *(held.in_(_with_words(part)) for part in others))
    for part in parts:
        if isinstance(part, Not):
            without = _with_words(part.node).subquery()
            statement = statement.where(~exists(select(without).where(without.c.document_id == held)))
    return statement


def _holds(node: Node) -> ColumnElement[bool]:
    """Return a text as a condition over a row of PostgreSQL's index."""
    parts = node.nodes if isinstance(node, Either) else (node,)
    leaves = [part for part in parts if isinstance(part, Words)]
    if len(leaves) == len(parts):
        return INDEXED.c.words.op("@@", is_comparison=True)(_tsquery(leaves))
    return INDEXED.c.document_id.in_(union_all(*(_with_words(part) for part in parts)))


def _ranked_by_sqlite(match: ColumnElement[bool], ids: Sequence[int]) -> Select[Any]:
    rank: ColumnElement[Any] = literal_column("-bm25(search_index, 8.0, 1.0)").label("rank")
    # Without the sum, the index would be searched once for each id.
    given = among(INDEXED.c.rowid + 0, ids, "sqlite")
    return select(INDEXED.c.rowid.label("document_id"), rank).where(match, given)


def _ranked_by_postgres(words: ColumnElement[Any], ids: Sequence[int]) -> Select[Any]:
    weights = cast([0.1, 0.1, 0.1, 1.0], ARRAY(REAL))  # weights of the labels D, C, B, A; the title's words have A
    rank = func.sum(func.ts_rank(weights, INDEXED.c.words, words, 1)).label("rank")
    # Parts of a long document without the words have the rank 0: to ask for the words again would only cost.
    given = among(INDEXED.c.document_id, ids, "postgresql")
    return select(INDEXED.c.document_id, rank).where(given).group_by(INDEXED.c.document_id)


def among(held: ColumnElement[int], ids: Sequence[int], dialect: str) -> ColumnElement[bool]:
    """Return whether a number is one of many, given as one parameter: thousands of them take long to be written."""
    if dialect == "sqlite":
        each = func.json_each(json.dumps(list(ids))).table_valued("value")
        return held.in_(select(each.c.value))
    return held == any_(cast(list(ids), ARRAY(BigInteger)))


def _of_found(node: Node) -> ColumnElement[bool]:
    """Return a node as a condition over what SQLite's index has found.

    An author's revisions are looked up by those that were found: else each document that was found would be compared
    with every revision of the author.
    """
    if isinstance(node, Is) and node.field == "author":
        return _by_author(table_of(Revision).c.id + 0, node.value)
    return condition(node, "sqlite")


def condition(node: Node, dialect: str) -> ColumnElement[bool]:
    """Return a node as a condition over `document` and its current `revision`."""
    if isinstance(node, Not):
        return not_(condition(node.node, dialect))
    document, revision = table_of(Document).c, table_of(Revision).c
    if _is_text(node):
        if dialect == "sqlite":
            return document.id.in_(select(INDEXED.c.rowid).where(_match(_fts(node))))
        return document.id.in_(_with_words(node))
    if isinstance(node, All):
        return and_(true(), *(condition(part, dialect) for part in node.nodes))
    if isinstance(node, Either):
        return or_(false(), *(condition(part, dialect) for part in node.nodes))
    if isinstance(node, Sure):
        return _sure(node)
    if isinstance(node, Within):
        if node.field == "date":
            return and_(*_published(revision.date_published, node.first, node.last))
        model, name = MOMENTS[node.field]
        within = _moments(table_of(model).c[name], node.first, node.last)
        return or_(within, _moments(document.gone_at, node.first, node.last)) if node.field == "changed" else within
    assert isinstance(node, Is)
    return _IS[node.field](node.value)


def _published(held: ColumnElement[Any], first: str | None, last: str | None) -> list[ColumnElement[bool]]:
    """Return conditions on a date: a stored `2019` may be any day of that year, so it matches where it overlaps."""
    found: list[ColumnElement[bool]] = [held.is_not(None)]
    if first is not None:
        found += [held >= first[:4], held >= func.substr(first, 1, func.length(held))]
    if last is not None:
        found.append(func.substr(held, 1, len(last)) <= last)
    return found


def _moments(held: ColumnElement[Any], first: str | None, last: str | None) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [held.is_not(None)]
    if first is not None:
        found.append(held >= _start(first))
    if last is not None and (after := following(last)) is not None:
        found.append(held < _start(after))
    return and_(*found)


def _start(period: str) -> datetime:
    year, month, day = (int(part) for part in (period + "-01-01")[:10].split("-"))
    return datetime(year, month, day, tzinfo=UTC)


def _sure(node: Sure) -> ColumnElement[bool]:
    proven, revision = table_of(Provenance), table_of(Revision)
    own = [proven.c.revision_id == revision.c.id]
    if node.field is not None:
        own.append(proven.c.field == node.field)
    if node.below is not None:
        return exists(select(proven.c.field).where(*own, proven.c.confidence < node.below).correlate(revision))
    given = exists(select(proven.c.field).where(*own, proven.c.confidence.is_not(None)).correlate(revision))
    doubtful = exists(select(proven.c.field).where(*own, proven.c.confidence < node.least).correlate(revision))
    return and_(given, not_(doubtful))


def _equals(held: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Return whether a text is a value, whatever its case; `press*` is the beginning of one."""
    known = func.coalesce(func.lower(held), "")
    return known.startswith(value[:-1], autoescape=True) if value.endswith("*") else known == value


def _author(name: str) -> ColumnElement[bool]:
    return _by_author(table_of(Revision).c.id, name)


def _by_author(revision: ColumnElement[int], name: str) -> ColumnElement[bool]:
    author, line = table_of(Author), table_of(RevisionAuthor)
    named = select(author.c.id).where(author.c.folded.contains(name, autoescape=True))
    return revision.in_(select(line.c.revision_id).where(line.c.author_id.in_(named)))


def _source(name: str) -> ColumnElement[bool]:
    source = table_of(Source)
    return table_of(Document).c.source_id.in_(select(source.c.id).where(_equals(source.c.name, name)))


def _language(code: str) -> ColumnElement[bool]:
    held = table_of(Revision).c.language
    return or_(_equals(held, code), _equals(held, code.removesuffix("*") + "-*"))


def _format(value: str) -> ColumnElement[bool]:
    held = table_of(Document).c.media_type
    known = FORMATS.get(value)
    return held.in_(known) if known else or_(held == value, held.endswith(f"/{value}", autoescape=True))


def _origin(value: str) -> ColumnElement[bool]:
    """Return whether a value was read at an origin that begins so; `date_published=pdf` asks for that field's."""
    proven, revision = table_of(Provenance), table_of(Revision)
    name, sign, origin = value.rpartition("=")
    wanted = [proven.c.revision_id == revision.c.id]
    if sign:
        wanted.append(proven.c.field == {"author": "authors", "date": "date_published"}.get(name, name))
    wanted.append(func.lower(proven.c.origin).startswith(origin.removesuffix("*"), autoescape=True))
    return exists(select(proven.c.field).where(*wanted).correlate(revision))


def _url(value: str) -> ColumnElement[bool]:
    document, alias = table_of(Document).c, table_of(DocumentAlias).c
    known = select(alias.document_id).where(func.lower(alias.url).contains(value.lower(), autoescape=True))
    return or_(func.lower(document.canonical_url).contains(value.lower(), autoescape=True), document.id.in_(known))


def _has(what: str) -> ColumnElement[bool]:
    document, revision = table_of(Document).c, table_of(Revision).c
    if what == "author":
        return revision.id.in_(select(table_of(RevisionAuthor).c.revision_id))
    if what == "attachment":
        link = table_of(Attachment).c
        return document.id.in_(select(link.page_document_id).where(link.relation == "attachment"))
    if what == "landing":
        return document.landing_page_id.is_not(None)
    if what == "revisions":
        return document.revision > 1
    if what in ("doi", "isbn", "issn", "symbol", "handle"):
        held: ColumnElement[Any] = revision.identifiers[what].as_string()
        return held.is_not(None)
    if what in ("identifiers", "tables", "notes"):
        return func.length(cast(revision[what], String)) > len("{}")
    return func.coalesce(revision[what], "") != ""


_IS: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    "author": _author,
    "source": _source,
    "language": _language,
    "kind": lambda value: _equals(table_of(Revision).c.kind, value),
    "format": _format,
    "status": lambda value: table_of(Document).c.status == value,
    "origin": _origin,
    "url": _url,
    "has": _has,
}


def _is_text(node: Node) -> bool:
    """Return whether full-text search alone can tell what matches."""
    if isinstance(node, Words):
        return True
    if isinstance(node, Either):
        return bool(node.nodes) and all(_is_text(part) for part in node.nodes)
    if isinstance(node, All):
        inner = [part.node if isinstance(part, Not) else part for part in node.nodes]
        return all(_is_text(part) for part in inner) and any(not isinstance(part, Not) for part in node.nodes)
    return False


def _leaves(node: Node) -> list[Words]:
    if isinstance(node, Words):
        return [node]
    return [leaf for part in node.nodes for leaf in _leaves(part)] if isinstance(node, All | Either) else []


def _match(query: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = literal_column("search_index").op("MATCH", is_comparison=True)(literal(query))
    return found


def _fts(node: Node) -> str:
    """Return a node that is text in the syntax of FTS5."""
    if isinstance(node, Words):
        phrase = f'"{" ".join(node.words)}"' + (" *" if node.prefix else "")
        return f"title : {phrase}" if node.title else phrase
    if isinstance(node, Either):
        return _joined(node.nodes, " OR ")
    assert isinstance(node, All)
    without = [part.node for part in node.nodes if isinstance(part, Not)]
    wanted = _joined([part for part in node.nodes if not isinstance(part, Not)], " AND ")
    return f"({wanted}) NOT ({_joined(without, ' OR ')})" if without else wanted


def _joined(nodes: Sequence[Node], by: str) -> str:
    return by.join(f"({_fts(node)})" for node in nodes)


def _tsquery(leaves: Sequence[Words]) -> ColumnElement[Any]:
    """Return the query of PostgreSQL for texts with one of these words and phrases."""
    return cast(" | ".join(_phrase(leaf) for leaf in leaves), TSQUERY)


def _phrase(node: Words) -> str:
    marks = [""] * (len(node.words) - 1) + ["*" if node.prefix else ""]
    label = "A" if node.title else ""
    parts = [
        f"'{word}'" + (f":{label}{mark}" if label + mark else "") for word, mark in zip(node.words, marks, strict=True)
    ]
    return "(" + " <-> ".join(parts) + ")"
