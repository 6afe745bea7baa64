"""The ledger: sources, runs, the addresses of a source and when they are due. One statement or two a function."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select, true, update

from models.document import Document, DocumentAlias, Revision
from models.ledger import Forgotten
from models.statuses import UrlStatus
from models.upsert import chunks, upsert
from models.web import Staged, Url
from pipeline.ledger.due import Due
from pipeline.ledger.runs import Started
from scrapers.base import Link, Request
from scrapers.record import values_to_record
from scrapers.values.addresses import canonical, identity

STAGED_FOR = timedelta(hours=20)
"""How long a result that is held back stands before its address is asked for again: the site may be mended by then."""

CLOCKS_DIFFER = timedelta(hours=1)
"""How far ahead of ours a moment may lie that another process, or our own clock before it was set, has written."""


def answered(connection: Connection, identities: Collection[str]) -> set[str]:
    """Return those identities under which an address is known and was answered."""
    found = set[str]()
    for part in chunks(identities, 500):
        found.update(
            connection.scalars(select(Url.identity).where(Url.identity.in_(part), Url.status != UrlStatus.NEW))
        )
    return found


def add_links(
    connection: Connection, source_id: int, links: Iterable[Link], expect: str, now: datetime, *, listed: bool = True
) -> None:
    """Add the addresses that a source led to; a known one keeps its history and learns what the listing says now.

    One that the mechanism says changed since it was last seen is due at once. What is not `listed` (an import's) tells
    nothing new of a known address, nor does a page's link to a file.
    """
    listed = listed and expect == "document"
    rows: dict[str, dict[str, Any]] = {}
    for link in links:
        try:
            address = canonical(link.url)
        except ValueError:
            continue  # mailto:, javascript:, and what no server could be asked for
        rows[address] = {
            "url": address,
            "identity": identity(address),
            "source_id": source_id,
            "expect": expect,
            "claims": values_to_record(link.claims),
            "modified": link.modified,
            "status": UrlStatus.NEW,
            "attempts": 0,
            "first_seen_at": now,
            "listed_at": now if listed else None,
            "due_at": now,
        }
    ordered = [rows[address] for address in sorted(rows)]
    if listed:
        told = {address: row["modified"] for address, row in rows.items() if row["modified"]}
        for part in chunks(sorted(told), 500):
            for url, modified in connection.execute(select(Url.url, Url.modified).where(Url.url.in_(part))).all():
                if modified is None or told[url] > modified:
                    connection.execute(
                        update(Url).where(Url.url == url, Url.status != UrlStatus.NEW).values(due_at=now)
                    )
        upsert(connection, Url, ordered, key=["url"], update=["claims", "modified", "listed_at"])
    else:
        upsert(connection, Url, ordered, key=["url"], update=[])


def ask_again(connection: Connection, source_id: int, addresses: Iterable[str], now: datetime) -> None:
    """Make known addresses due at once: the mechanism says that they are gone, and their own answer decides."""
    identities = sorted({identity(address) for address in addresses})
    for part in chunks(identities, 500):
        known_here = update(Url).where(Url.source_id == source_id, Url.identity.in_(part), Url.status == UrlStatus.LIVE)
        connection.execute(known_here.values(due_at=now))


def not_ahead(moment: str | None, now: datetime) -> str | None:
    """Return a moment from which a site is asked what is new; None for one ahead of us, of a clock that went wrong."""
    return None if moment is not None and moment > (now + CLOCKS_DIFFER).isoformat() else moment


FULL_AFTER = timedelta(days=7)
"""How long a source is listed from its newest end only, before its listing is read whole again."""

FEW = 20
SHARE = 0.2
"""How many of the known documents may be missing from a whole listing, for them to be asked for at once: these many, or
this share. A listing that lacks more is broken rather than shortened; drift is judged by others."""


def is_stale(full_at: str | None, now: datetime) -> bool:
    """Return whether the last whole listing lies too far back; a source that never had one is read whole anyway."""
    return full_at is not None and not timedelta() <= now - datetime.fromisoformat(full_at) < FULL_AFTER


def ask_unlisted(connection: Connection, source_id: int, began: datetime) -> None:
    """Make due at once what a whole listing does not list any more: its own answer says whether it is gone."""
    listed_once = (Url.source_id == source_id, Url.listed_at.is_not(None), Url.status == UrlStatus.LIVE)
    known_count = connection.execute(select(func.count()).select_from(Url).where(*listed_once)).scalar_one()
    missing = select(Url.id).where(*listed_once, Url.listed_at < began)
    count = connection.execute(select(func.count()).select_from(missing.subquery())).scalar_one()
    if count <= max(FEW, SHARE * known_count):
        connection.execute(update(Url).where(*listed_once, Url.listed_at < began).values(due_at=began))


def due(connection: Connection, run: Started, now: datetime, *, full: bool, conditional: bool = True) -> list[Due]:
    """Return what is to be asked for now, in the order of addresses: what is due, or with `full` all that is known.

    What this run, or the interrupted one that it goes on with, has asked for already is left out; so is what was
    fetched within the last day and is held back. What was asked for in the future was so by a clock that went wrong:
    it is due, for so is its due time.
    """
    future = now + CLOCKS_DIFFER
    asked = or_(Url.requested_at.is_(None), Url.requested_at < run.since, Url.requested_at > future)
    timely = true() if full else and_(Url.due_at.is_not(None), or_(Url.due_at <= now, Url.requested_at > future))
    fresh = Staged.staged_at.between(min(run.since, now - STAGED_FOR), future)
    query = (
        select(Url)
        .where(Url.source_id == run.source_id, asked, timely)
        .where(~exists().where(Staged.url_id == Url.id, fresh))
        .where(~exists().where(Forgotten.identity == Url.identity))
        .order_by(Url.url)
    )
    return [
        Due(
            url_id=row.id,
            request=Request(
                url=row.url,
                expect=row.expect,
                etag=row.etag if conditional else None,
                last_modified=row.last_modified if conditional else None,
            ),
        )
        for row in connection.execute(query.with_only_columns(*Url.__table__.columns))
    ]


def files_due(connection: Connection, run: Started, addresses: Collection[str]) -> list[Due]:
    """Return those files of a page just read that nobody asked for yet."""
    known = set[str]()
    for address in addresses:
        with suppress(ValueError):
            known.add(canonical(address))
    query = (
        select(Url.id, Url.url)
        .where(Url.url.in_(sorted(known)), Url.source_id == run.source_id)
        .where(Url.status == UrlStatus.NEW, Url.requested_at.is_(None))
        .where(~exists().where(Forgotten.identity == Url.identity))
        .order_by(Url.url)
    )
    return [Due(url_id=row.id, request=Request(url=row.url, expect="file")) for row in connection.execute(query)]


def evidence(connection: Connection, identities: Collection[str]) -> dict[str, tuple[str | None, int]]:
    """Return what `pipeline.revisit.next_due` goes by, by identity: date of publication, and how often it changed."""
    found = {}
    for batch in chunks(sorted(identities), 200):
        query = (
            select(DocumentAlias.identity, Revision.date_published, Document.revision)
            .join(Document, Document.id == DocumentAlias.document_id)
            .join(Revision, and_(Revision.document_id == Document.id, Revision.number == Document.revision))
            .where(DocumentAlias.identity.in_(batch))
        )
        for alias, published, revision in connection.execute(query):
            found[alias] = published, revision - 1
    return found
