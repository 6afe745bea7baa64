"""The addresses of a source and when they are due; one or two SQL statements a function."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

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
"""How long a result may stay held before its address is fetched again: the site may be mended by then."""

ROWS_AT_ONCE = 1_000
"""Rows that are in memory at once while the addresses of a source are gone through."""

CLOCKS_DIFFER = timedelta(hours=1)
"""How far in the future a stored time may lie, written by another process; a later one comes from a wrong clock."""


def answered(connection: Connection, identities: Collection[str]) -> set[str]:
    """Return those of the identities whose address the ledger holds with a status other than new."""
    found = set[str]()
    for part in chunks(identities):
        found.update(
            connection.scalars(select(Url.identity).where(Url.identity.in_(part), Url.status != UrlStatus.NEW))
        )
    return found


def forgotten(connection: Connection, identities: Collection[str]) -> set[str]:
    """Return those of the identities that were taken down on request, and are refused."""
    found = set[str]()
    for part in chunks(identities):
        found.update(connection.scalars(select(Forgotten.identity).where(Forgotten.identity.in_(part))))
    return found


def add_links(
    connection: Connection, source_id: int, links: Iterable[Link], expect: str, now: datetime, *, listed: bool = True
) -> None:
    """Add the addresses that a source leads to; a known one keeps its history and takes the listing's new claims.

    A known address for which the mechanism states a later time of change is due at once. Links that are not `listed`
    (an import's) change nothing of a known address, nor do a page's links to files.
    """
    listed = listed and expect == "document"
    by_address: dict[str, Link] = {}
    for link in links:
        with suppress(ValueError):  # mailto:, javascript: and other addresses of no server
            by_address[canonical(link.url)] = link
    for some in chunks(sorted(by_address), ROWS_AT_ONCE):
        _add(connection, source_id, {address: by_address[address] for address in some}, expect, now, listed)


def _add(
    connection: Connection, source_id: int, links: dict[str, Link], expect: str, now: datetime, listed: bool
) -> None:
    """Add some addresses, sorted, with what links to them."""
    rows = [
        {
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
        for address, link in links.items()
    ]
    if listed:
        modified_at = {address: link.modified for address, link in links.items() if link.modified}
        for part in chunks(modified_at):
            for url, modified in connection.execute(select(Url.url, Url.modified).where(Url.url.in_(part))).all():
                if modified is None or modified_at[url] > modified:
                    connection.execute(
                        update(Url).where(Url.url == url, Url.status != UrlStatus.NEW).values(due_at=now)
                    )
    changed = ["claims", "modified", "listed_at"] if listed else []
    upsert(connection, Url, rows, key=["url"], update=changed)


def ask_again(connection: Connection, source_id: int, addresses: Iterable[str], now: datetime) -> None:
    """Make known addresses due at once that the mechanism calls deleted: their own answers decide."""
    identities = sorted({identity(address) for address in addresses})
    for part in chunks(identities):
        known_here = update(Url).where(Url.source_id == source_id, Url.identity.in_(part), Url.status == UrlStatus.LIVE)
        connection.execute(known_here.values(due_at=now))


def not_ahead(moment: str | None, now: datetime) -> str | None:
    """Return the time since which a site is asked for changes; None for one in the future (a wrong clock)."""
    return None if moment is not None and moment > (now + CLOCKS_DIFFER).isoformat() else moment


FULL_AFTER = timedelta(days=7)
"""How long only the newest end of a listing is read, before the whole of it is read again."""

FEW = 20
SHARE = 0.2
"""Known documents that a whole listing lacks are fetched at once if they are no more than this number or this share. A
listing that lacks more is broken rather than shortened; drift's checks judge that."""


def is_stale(full_at: str | None, now: datetime) -> bool:
    """Return whether the last whole listing is too old; False where there was none (it is read whole then)."""
    return full_at is not None and not timedelta() <= now - datetime.fromisoformat(full_at) < FULL_AFTER


def ask_unlisted(connection: Connection, source_id: int, began: datetime) -> None:
    """Make addresses due at once that a whole listing no longer lists: their own answers say whether they are gone."""
    listed_once = (Url.source_id == source_id, Url.listed_at.is_not(None), Url.status == UrlStatus.LIVE)
    known_count = connection.execute(select(func.count()).select_from(Url).where(*listed_once)).scalar_one()
    missing = select(Url.id).where(*listed_once, Url.listed_at < began)
    count = connection.execute(select(func.count()).select_from(missing.subquery())).scalar_one()
    if count <= max(FEW, SHARE * known_count):
        connection.execute(update(Url).where(*listed_once, Url.listed_at < began).values(due_at=began))


def due_by_host(
    connection: Connection, run: Started, now: datetime, *, full: bool, limit: int | None = None
) -> dict[str, array[int]]:
    """Return the ids of what to fetch now, by host, each in the order of addresses: a few bytes an address.

    That is the addresses that are due, or with `full` all known ones, the first `limit` of them. Left out are addresses
    that this run, or the interrupted run that it resumes, has fetched already, and (without `full`) those with a result
    held for less than `STAGED_FOR`. A `requested_at` in the future comes from a wrong clock: treat the address as due.
    """
    future = now + CLOCKS_DIFFER
    before = _not_asked(run)
    of_source = select(Url.id).where(Url.source_id == run.source_id)
    ahead = of_source.where(Url.requested_at > future)
    if full:
        wanted = of_source.where(before).union(ahead)
    else:  # each select uses an index, however many addresses are known and not due
        wanted = of_source.where(Url.due_at <= now, before).union(ahead.where(Url.due_at.is_not(None)))
    fresh = Staged.staged_at.between(run.since if full else min(run.since, now - STAGED_FOR), future)
    query = (
        select(Url.id, Url.url)
        .where(Url.id.in_(wanted))
        .where(~exists().where(Staged.url_id == Url.id, fresh))
        .where(~exists().where(Forgotten.identity == Url.identity))
        .order_by(Url.url)
        .limit(limit)
    )
    hosts: dict[str, array[int]] = {}
    for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        hosts.setdefault(urlsplit(row.url).netloc, array("q")).append(row.id)
    return hosts


def shares(hosts: Mapping[str, Sequence[int]], size: int) -> Iterator[list[int]]:
    """Yield the ids in parts of about `size`, each with its share of every host, so that no host waits for another."""
    parts = -(-sum(map(len, hosts.values())) // size)
    for part in range(parts):
        yield [key for ids in hosts.values() for key in ids[len(ids) * part // parts : len(ids) * (part + 1) // parts]]


def requests(connection: Connection, run: Started, ids: Iterable[int], *, conditional: bool = True) -> list[Due]:
    """Return what to fetch for some of the ids of `due_by_host`, without what this run has since fetched as a file."""
    ahead = Url.requested_at > run.since + CLOCKS_DIFFER
    return requests_of(connection, ids, or_(_not_asked(run), ahead), conditional=conditional)


def requests_of(
    connection: Connection, ids: Iterable[int], *where: ColumnElement[bool], conditional: bool = True
) -> list[Due]:
    """Return what to fetch for some addresses, of those that meet the conditions."""
    columns = (Url.id, Url.url, Url.expect, Url.etag, Url.last_modified)
    found = []
    for some in chunks(ids):
        query = select(*columns).where(Url.id.in_(some), *where).order_by(Url.url)
        found += [
            Due(
                url_id=row.id,
                request=Request(
                    url=row.url,
                    expect=row.expect,
                    etag=row.etag if conditional else None,
                    last_modified=row.last_modified if conditional else None,
                ),
            )
            for row in connection.execute(query)
        ]
    return found


def due(connection: Connection, run: Started, now: datetime, *, full: bool, conditional: bool = True) -> list[Due]:
    """Return all that is to be fetched now (`due_by_host`), in the order of addresses."""
    ids = [key for ids in due_by_host(connection, run, now, full=full).values() for key in ids]
    return sorted(requests(connection, run, ids, conditional=conditional), key=lambda one: one.request.url)


def _not_asked(run: Started) -> ColumnElement[bool]:
    """Return the condition that an address was not requested by this run, nor by one that it resumes."""
    return or_(Url.requested_at.is_(None), Url.requested_at < run.since)


def files_due(connection: Connection, run: Started, addresses: Collection[str]) -> list[Due]:
    """Return those of a page's files that have never been requested."""
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
    """Return, by identity, date of publication and number of changes, for `pipeline.ledger.revisit.next_due`."""
    found = {}
    for batch in chunks(sorted(identities)):
        query = (
            select(DocumentAlias.identity, Revision.date_published, Document.revision)
            .join(Document, Document.id == DocumentAlias.document_id)
            .join(Revision, and_(Revision.document_id == Document.id, Revision.number == Document.revision))
            .where(DocumentAlias.identity.in_(batch))
        )
        for alias, published, revision in connection.execute(query):
            found[alias] = published, revision - 1
    return found
