"""Files and their landing pages: a file borrows missing values from the page, whichever was loaded first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from models.document import Attachment, Document, DocumentAlias, Revision
from models.upsert import chunks, table_of
from pipeline.load.content import is_file, runners_up_of
from pipeline.load.identify import Node
from pipeline.load.normalise import Values, resolve
from pipeline.load.revisions import Pending, write_revisions
from pipeline.load.stored import stored
from scrapers.record import values_from_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The page from which a file is reached, and the text of its link."""

    page_id: int
    text: str
    files: int
    """How many files the page links."""


def affected(connection: Connection, nodes: Sequence[Node]) -> set[int]:
    """Return the ids of the batch's files, and of the files that its changed pages link or linked before."""
    files = {node.key for node in nodes if node.content.is_file and node.merged_into is None}
    keys: set[str] = set()
    for node in nodes:
        before = node.stored
        if node.content.is_file or (node.merged_into is None and _lands_alike(node)):
            continue
        keys |= {target.identity for target in node.content.targets}
        keys |= {target.identity for target in before.targets} if before is not None else set()
    alias, document = table_of(DocumentAlias), table_of(Document)
    for batch in chunks(sorted(keys)):
        rows = connection.execute(
            select(alias.c.document_id, document.c.media_type)
            .join(document, document.c.id == alias.c.document_id)
            .where(alias.c.identity.in_(batch))
        )
        files |= {row.document_id for row in rows if is_file(row.media_type)}
    return files


def resolve_files(
    connection: Connection, ids: Iterable[int], batch: Mapping[int, Node], *, run_id: int | None, now: datetime
) -> dict[int, bool]:
    """Resolve the values of files with their landing pages; return, by document id, whether a revision was written."""
    outcome: dict[int, bool] = {}
    for some in chunks(sorted(ids)):
        nodes = {key: batch[key] for key in some if key in batch}
        nodes |= {node.id: node for node in stored(connection, [key for key in some if key not in batch]) if node.id}
        landings = _landings(connection, some)
        pages = _page_values(connection, {landing.page_id for landing in landings.values()})
        pending = []
        for key, node in nodes.items():
            landing = landings.get(key)
            own = node.content.own
            if landing:
                lost = runners_up_of(node.content.record)
                values = resolve(own, pages[landing.page_id], landing.text, files=landing.files, runners_up=lost)
            else:
                values = resolve(own, None, None)
            pending.append(Pending(document_id=key, content=node.content, values=values))
        _write_landings(connection, {key: landings.get(key) for key in nodes})
        outcome |= write_revisions(connection, pending, run_id=run_id, now=now)
    return outcome


def _lands_alike(node: Node) -> bool:
    before, content = node.stored, node.content
    return before is not None and (before.own, before.targets, before.url) == (
        content.own,
        content.targets,
        content.url,
    )


def _landings(connection: Connection, files: Sequence[int]) -> dict[int, Landing]:
    """Return each file's landing page: the earliest dated of the pages that link it, then the lowest address."""
    alias, link = table_of(DocumentAlias), table_of(Attachment)
    page, revision = table_of(Document), table_of(Revision)
    place = func.row_number().over(
        partition_by=alias.c.document_id,
        order_by=(
            revision.c.date_published.is_(None),
            revision.c.date_published,
            page.c.canonical_url,
            link.c.position,
        ),
    )
    other = link.alias()
    linked = (
        select(func.count(other.c.target_identity.distinct()))
        .where(other.c.page_document_id == link.c.page_document_id, other.c.relation == "attachment")
        .scalar_subquery()
    )
    ranked = (
        select(alias.c.document_id, link.c.page_document_id, link.c.text, linked.label("files"), place.label("place"))
        .join(link, link.c.target_identity == alias.c.identity)
        .join(page, page.c.id == link.c.page_document_id)
        .join(revision, (revision.c.document_id == page.c.id) & (revision.c.number == page.c.revision))
        .where(alias.c.document_id.in_(files), link.c.relation == "attachment", page.c.merged_into_id.is_(None))
        .where(page.c.id != alias.c.document_id)
        .subquery()
    )
    return {
        row.document_id: Landing(page_id=row.page_document_id, text=row.text, files=row.files)
        for row in connection.execute(select(ranked).where(ranked.c.place == 1))
    }


def _page_values(connection: Connection, pages: set[int]) -> dict[int, Values]:
    """Return the values of pages, without their bodies, which no file borrows."""
    document, revision = table_of(Document), table_of(Revision)
    values: dict[int, Values] = {}
    for batch in chunks(sorted(pages)):
        rows = connection.execute(
            select(document.c.id, revision.c.reading)
            .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
            .where(document.c.id.in_(batch))
        )
        for row in rows:
            own = {name: found for name, found in row.reading["own"].items() if name != "body"}
            values[row.id] = values_from_record(own)
    return values


def _write_landings(connection: Connection, landings: Mapping[int, Landing | None]) -> None:
    document = table_of(Document)
    statement = select(document.c.id, document.c.landing_page_id).where(document.c.id.in_(landings))
    held = {row.id: row.landing_page_id for row in connection.execute(statement)}
    rows = [
        {"key": key, "page": landing.page_id if landing else None}
        for key, landing in landings.items()
        if held[key] != (landing.page_id if landing else None)
    ]
    if rows:
        connection.execute(
            update(document).where(document.c.id == bindparam("key")).values(landing_page_id=bindparam("page")), rows
        )
