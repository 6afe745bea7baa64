"""Read-only queries with JSON records as results: one document, the ledger of runs, the health of sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from models.document import Attachment, Document, DocumentAlias, Provenance, Revision
from models.ledger import Failure, FieldStatistic, Run, Source
from models.search.likeness import near
from models.statuses import DocumentStatus, RunStatus
from models.upsert import table_of
from models.web import Capture, Url, WarcFile
from pipeline.holdings.columns import FAILURE_COLUMNS
from pipeline.holdings.export_records import document_records, moment
from scrapers.fields import FIELDS
from scrapers.record import Record
from scrapers.values.addresses import identity

GOOD, BAD = (RunStatus.DONE, RunStatus.ACCEPTED), (RunStatus.FAILED, RunStatus.HELD)


def one_document(connection: Connection, what: str) -> Record | None:
    """Return the record of a document by its id or any of its addresses, or None.

    Its keys are those of an export's line, then `gone_at, notes, tables, provenance, aliases, revisions, related,
    similar, linked_from, capture`.
    """
    key = find_document(connection, what)
    if key is None:
        return None
    record = document_records(connection, [key])[key]
    document, revision = table_of(Document), table_of(Revision)
    current = connection.execute(
        select(revision)
        .join(document, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .where(document.c.id == key)
    ).one()
    return {
        **record,
        "gone_at": moment(connection.execute(select(document.c.gone_at).where(document.c.id == key)).scalar_one()),
        "notes": current.notes,
        "tables": current.tables,
        "provenance": _provenance(connection, current.id),
        "aliases": _aliases(connection, key),
        "revisions": _revisions(connection, key),
        "related": _related(connection, key),
        "similar": [{"url": url, "share": round(share, 3)} for url, share in near(connection, key)],
        "linked_from": _linked_from(connection, key),
        "capture": one_capture(connection, current.capture_id),
    }


def find_document(connection: Connection, what: str) -> int | None:
    """Return the id of a document by its id or any of its addresses, or None; a merged one stands for the other."""
    document, alias = table_of(Document), table_of(DocumentAlias)
    if what.isdecimal() and what.isascii() and len(what) < 10:
        found = connection.execute(select(document).where(document.c.id == int(what))).one_or_none()
        while found is not None and found.merged_into_id is not None:
            found = connection.execute(select(document).where(document.c.id == found.merged_into_id)).one_or_none()
        return None if found is None else int(found.id)
    try:
        key = identity(what if "://" in what else f"https://{what}")
    except ValueError:
        return None
    return connection.execute(select(alias.c.document_id).where(alias.c.identity == key)).scalar()


def one_capture(connection: Connection, capture_id: int | None) -> Record | None:
    """Return the record of a capture, with file, offset and length in the archive, or None."""
    capture, file = table_of(Capture), table_of(WarcFile)
    row = connection.execute(
        select(capture, file.c.name.label("warc_file"))
        .join(file, file.c.id == capture.c.warc_file_id)
        .where(capture.c.id == capture_id)
    ).one_or_none()
    if row is None:
        return None
    names = ("id", "run_id", "url", "final_url", "redirects", "status", "media_type", "warc_file", "offset", "length")
    return {
        **{name: row._mapping[name] for name in names},
        "retrieved_at": moment(row.retrieved_at),
        "sha256": row.payload_sha256,
        "imported_from": row.imported_from,
        "imported_offset": row.imported_offset,
    }


def runs_list(connection: Connection, source: str | None = None, limit: int = 20) -> list[Record]:
    """Return the records of the latest runs, the newest first."""
    statement = _runs().order_by(table_of(Run).c.id.desc()).limit(limit)
    if source is not None:
        statement = statement.where(table_of(Source).c.name == source)
    return [_run_record(row) for row in connection.execute(statement)]


def one_run(connection: Connection, what: str) -> Record | None:
    """Return the record of a run by its id or key, with the statistics of fields and the failures, or None."""
    run, failure, statistic = table_of(Run), table_of(Failure), table_of(FieldStatistic)
    by_id = run.c.id == int(what) if what.isdecimal() and what.isascii() and len(what) < 10 else None
    wanted = run.c.run_key == what
    row = connection.execute(_runs().where(wanted if by_id is None else or_(by_id, wanted))).one_or_none()
    if row is None:
        return None
    statistics = connection.execute(
        select(statistic).where(statistic.c.run_id == row.id).order_by(statistic.c.media, statistic.c.field)
    )
    failures = connection.execute(select(failure).where(failure.c.run_id == row.id).order_by(failure.c.subject))
    return {
        **_run_record(row),
        "options": row.options,
        "fields": [
            {name: item._mapping[name] for name in ("media", "field", "documents", "filled", "figures")}
            for item in statistics
        ],
        "failures": [_failure_record(item, row.source) for item in failures],
    }


def run_outcome(connection: Connection, run_key: str | None, most: int) -> Record:
    """Return what a run loaded and what failed in it: `documents` and `failures`, at most `most` of each.

    A document is `url, title, change` (new or changed), a failure as in an export of failures.
    """
    run, revision, document = table_of(Run), table_of(Revision), table_of(Document)
    failure, source = table_of(Failure), table_of(Source)
    loaded = connection.execute(
        select(document.c.canonical_url, revision.c.title, func.min(revision.c.number).label("number"))
        .join(revision, revision.c.document_id == document.c.id)
        .join(run, run.c.id == revision.c.run_id)
        .where(run.c.run_key == run_key, document.c.merged_into_id.is_(None))
        .group_by(document.c.canonical_url, revision.c.title)
        .order_by(document.c.canonical_url)
        .limit(most)
    )
    failed = connection.execute(
        select(failure, source.c.name.label("source"))
        .join(run, run.c.id == failure.c.run_id)
        .join(source, source.c.id == failure.c.source_id)
        .where(run.c.run_key == run_key)
        .order_by(failure.c.subject)
        .limit(most)
    )
    return {
        "documents": [
            {"url": row.canonical_url, "title": row.title, "change": "new" if row.number == 1 else "changed"}
            for row in loaded
        ],
        "failures": [_failure_record(row, row.source) for row in failed],
    }


def source_health(connection: Connection, names: Sequence[str] = ()) -> list[Record]:
    """Return the health of each source in the configuration or in the store, by name.

    It is that of the source's runs; where there are none, of its imports; else of its reruns. `streak` is the number of
    runs that failed or were held since the last good one; `held` is the key of the run that waits for a verdict.
    """
    source, document, failure, url = table_of(Source), table_of(Document), table_of(Failure), table_of(Url)
    sources = {row.name: row.id for row in connection.execute(select(source.c.id, source.c.name))}
    documents = {
        (row.source_id, row.status): row.number
        for row in connection.execute(
            select(document.c.source_id, document.c.status, func.count().label("number"))
            .where(document.c.merged_into_id.is_(None))
            .group_by(document.c.source_id, document.c.status)
        )
    }
    failures = _counts(connection, select(failure.c.source_id, func.count()).group_by(failure.c.source_id))
    # A look-up for each source: grouped, all addresses would be read.
    first_due = select(func.min(url.c.due_at)).where(url.c.source_id == source.c.id).scalar_subquery()
    due = _counts(connection, select(source.c.id, first_due))
    health = []
    for name in sorted({*names, *sources}):
        key = sources.get(name)
        health.append(
            {
                "source": name,
                "configured": name in names,
                "documents": documents.get((key, DocumentStatus.LIVE), 0),
                "gone": documents.get((key, DocumentStatus.GONE), 0),
                "failures": failures.get(key, 0),
                "next_due_at": moment(due.get(key)),
                **_history(connection, key),
            }
        )
    return health


def _history(connection: Connection, source_id: int | None) -> Record:
    run = table_of(Run)
    ended = run.c.status.in_((*GOOD, *BAD))
    whole = run.c.source_id == source_id
    commands = set(connection.execute(select(run.c.command).where(whole).distinct()).scalars())
    telling = [command for command in ("run", "import", "rerun") if command in commands][:1]
    of_source = whole & run.c.command.in_(telling)
    last = connection.execute(_runs().where(of_source).order_by(run.c.id.desc()).limit(1)).one_or_none()
    good = connection.execute(
        select(run.c.id, run.c.finished_at).where(of_source, run.c.status.in_(GOOD)).order_by(run.c.id.desc()).limit(1)
    ).one_or_none()
    after = (run.c.id > good.id) if good is not None else run.c.id.is_not(None)
    streak = connection.execute(
        select(func.count()).select_from(run).where(of_source, ended, run.c.status.in_(BAD), after)
    ).scalar_one()
    held = connection.execute(
        select(run.c.run_key).where(whole, run.c.status == RunStatus.HELD).order_by(run.c.id.desc()).limit(1)
    ).scalar()
    return {
        "last_run": None if last is None else _run_record(last),
        "last_good_at": None if good is None else moment(good.finished_at),
        "streak": streak,
        "held": held,
    }


def _runs() -> Select[Any]:
    run, source = table_of(Run), table_of(Source)
    statement: Select[Any] = select(run, source.c.name.label("source")).join(source, source.c.id == run.c.source_id)
    return statement


def _run_record(row: Row[Any]) -> Record:
    names = ("id", "run_key", "source", "command", "status", "counts", "reasons", "version")
    return {
        **{name: row._mapping[name] for name in names},
        "started_at": moment(row.started_at),
        "finished_at": moment(row.finished_at),
    }


def _failure_record(row: Row[Any], source: str) -> Record:
    record = {
        **row._mapping,
        "url": row.subject,
        "source": source,
        "last_at": moment(row.last_at),
        "next_retry_at": moment(row.next_retry_at),
    }
    return {name: record[name] for name in FAILURE_COLUMNS}


def _provenance(connection: Connection, revision_id: int) -> dict[str, Record]:
    table = table_of(Provenance)
    rows = {row.field: row for row in connection.execute(select(table).where(table.c.revision_id == revision_id))}
    names = ("origin", "raw", "place", "confidence", "runners_up")
    return {field: {name: rows[field]._mapping[name] for name in names} for field in FIELDS.read if field in rows}


def _aliases(connection: Connection, key: int) -> list[Record]:
    table = table_of(DocumentAlias)
    rows = connection.execute(select(table.c.url, table.c.reason).where(table.c.document_id == key))
    return [{"url": url, "reason": reason} for url, reason in sorted((row.url, row.reason) for row in rows)]


def _revisions(connection: Connection, key: int) -> list[Record]:
    table, run = table_of(Revision), table_of(Run)
    names = ("number", "title", "date_published", "language", "reader_version", "capture_id")
    rows = connection.execute(
        select(*(table.c[name] for name in names), table.c.created_at, run.c.run_key)
        .outerjoin(run, run.c.id == table.c.run_id)
        .where(table.c.document_id == key)
        .order_by(table.c.number)
    )
    return [
        {**{name: row._mapping[name] for name in names}, "run": row.run_key, "created_at": moment(row.created_at)}
        for row in rows
    ]


def _related(connection: Connection, key: int) -> list[Record]:
    """Return a page's translations and related documents, at their canonical addresses where they are loaded."""
    link, alias, document = table_of(Attachment), table_of(DocumentAlias), table_of(Document)
    rows = connection.execute(
        select(link.c.relation, func.coalesce(document.c.canonical_url, link.c.target_url).label("url"), link.c.text)
        .outerjoin(alias, alias.c.identity == link.c.target_identity)
        .outerjoin(document, document.c.id == alias.c.document_id)
        .where(link.c.page_document_id == key, link.c.relation != "attachment")
        .order_by(link.c.position)
    )
    return [{"rel": row.relation, "url": row.url, "text": row.text} for row in rows]


def _linked_from(connection: Connection, key: int) -> list[str]:
    link, alias, page = table_of(Attachment), table_of(DocumentAlias), table_of(Document)
    return list(
        connection.execute(
            select(page.c.canonical_url)
            .join(link, link.c.page_document_id == page.c.id)
            .join(alias, alias.c.identity == link.c.target_identity)
            .where(alias.c.document_id == key, link.c.relation == "attachment", page.c.merged_into_id.is_(None))
            .distinct()
            .order_by(page.c.canonical_url)
        ).scalars()
    )


def _counts(connection: Connection, statement: Select[Any]) -> dict[int | None, Any]:
    return {row[0]: row[1] for row in connection.execute(statement)}
