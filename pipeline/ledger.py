"""The ledger: sources, runs, the addresses of a source and when they are due. One statement or two a function."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, true, update

from models.ledger import Failure, Forgotten, Run, Source
from models.upsert import chunks, upsert
from models.web import Staged, Url, WarcFile
from pipeline import VERSION
from pipeline.archive import Archive
from pipeline.harvest import Due
from scrapers.base import Link, Request
from scrapers.record import values_to_record
from scrapers.values.addresses import canonical, identity

if TYPE_CHECKING:
    from models.database.store import Store

MAX_ATTEMPTS = 8
"""Runs in a row in which an address may fail before it is asked for only by `--full` or `rerun --failed`."""


STAGED_FOR = timedelta(hours=20)
"""How long a result that is held back stands before its address is asked for again: the site may be mended by then."""

CLOCKS_DIFFER = timedelta(hours=1)
"""How far ahead of ours a moment may lie that another process, or our own clock before it was set, has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A run under way."""

    run_id: int
    run_key: str
    source_id: int
    source: str
    since: datetime
    """When it started, or the interrupted run that it goes on with: what was asked for since is not asked again."""
    resumed: str | None
    """The key of the interrupted run whose results it took over."""
    state: dict[str, Any]
    """What discovery resumes from."""


_has_staged = exists().where(Staged.run_id == Run.id)
"""A run whose listing failed leaves what it had taken over to the next."""


def repair(store: Store, folder: Path) -> list[str]:
    """Cut back what crashed processes left behind the committed lengths of the archive's files; say what was done."""

    def committed() -> dict[str, int]:
        with store.read() as connection:
            rows = connection.execute(select(WarcFile.name, WarcFile.committed_length))
            return {row.name: row.committed_length for row in rows}

    return Archive.repair(folder, committed)


def start(
    connection: Connection, source: str, config: dict[str, Any], command: str, options: dict[str, Any], now: datetime
) -> Started:
    """Open a run of a source whose lock is held; what an interrupted or a held run staged is taken over."""
    row = {"name": source, "config": config, "state": {}, "created_at": now}
    upsert(connection, Source, [row], key=["name"], update=["config"])
    source_id, state = connection.execute(select(Source.id, Source.state).where(Source.name == source)).one()
    dead = connection.execute(
        select(Run.id, Run.run_key, Run.status, Run.started_at, Run.options)
        .where(Run.source_id == source_id)
        .where(or_(Run.status.in_(("running", "held")), and_(Run.status == "failed", _has_staged)))
        .order_by(Run.id)
    ).all()
    since, resumed = now, None
    for run in dead:
        resumed = run.run_key
        if run.status == "running":
            began = run.options.get("resumed_since")
            since = min(since, datetime.fromisoformat(began) if began else run.started_at)
    if resumed:
        options = {**options, "resumes": resumed, "resumed_since": since.isoformat()}
    run_key = f"{now:%Y%m%dT%H%M%SZ}-{source}-{secrets.token_hex(3)}"
    run_id = connection.execute(
        insert(Run)
        .values(
            run_key=run_key,
            source_id=source_id,
            command=command,
            status="running",
            options=options,
            counts={},
            reasons=[],
            version=VERSION,
            started_at=now,
        )
        .returning(Run.id)
    ).scalar_one()
    if dead:
        ids = [run.id for run in dead]
        connection.execute(update(Staged).where(Staged.run_id.in_(ids)).values(run_id=run_id))
        killed = [run.id for run in dead if run.status == "running"]
        connection.execute(update(Failure).where(Failure.run_id.in_(killed)).values(run_id=run_id))
        for old, new in (("running", "interrupted"), ("held", "superseded")):
            ended = update(Run).where(Run.id.in_(ids), Run.status == old)
            connection.execute(ended.values(status=new, finished_at=func.coalesce(Run.finished_at, now)))
    return Started(
        run_id=run_id,
        run_key=run_key,
        source_id=source_id,
        source=source,
        since=since,
        resumed=resumed,
        state=dict(state),
    )


def finish(
    connection: Connection, run: Started, status: str, counts: dict[str, int], reasons: list[str], now: datetime
) -> None:
    """Close a run."""
    connection.execute(
        update(Run).where(Run.id == run.run_id).values(status=status, counts=counts, reasons=reasons, finished_at=now)
    )


def save_state(connection: Connection, source_id: int, state: dict[str, Any]) -> None:
    """Keep what discovery resumes from."""
    connection.execute(update(Source).where(Source.id == source_id).values(state=state))


def known(connection: Connection, identities: Collection[str]) -> set[str]:
    """Return those identities under which an address is known and was answered."""
    found = set[str]()
    for part in chunks(identities, 500):
        found.update(connection.scalars(select(Url.identity).where(Url.identity.in_(part), Url.status != "new")))
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
            "said": values_to_record(link.said),
            "modified": link.modified,
            "status": "new",
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
                    connection.execute(update(Url).where(Url.url == url, Url.status != "new").values(due_at=now))
        upsert(connection, Url, ordered, key=["url"], update=["said", "modified", "listed_at"])
    else:
        upsert(connection, Url, ordered, key=["url"], update=[])


def ask_again(connection: Connection, source_id: int, addresses: Iterable[str], now: datetime) -> None:
    """Make known addresses due at once: the mechanism says that they are gone, and their own answer decides."""
    identities = sorted({identity(address) for address in addresses})
    for part in chunks(identities, 500):
        known_here = update(Url).where(Url.source_id == source_id, Url.identity.in_(part), Url.status == "live")
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
    listed_once = (Url.source_id == source_id, Url.listed_at.is_not(None), Url.status == "live")
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
        .where(Url.status == "new", Url.requested_at.is_(None))
        .where(~exists().where(Forgotten.identity == Url.identity))
        .order_by(Url.url)
    )
    return [Due(url_id=row.id, request=Request(url=row.url, expect="file")) for row in connection.execute(query)]


def next_retry(now: datetime, attempts: int, retry_after: float | None) -> datetime | None:
    """Return when to try a failed address again (an hour, doubling), or None past the ceiling on attempts."""
    if attempts >= MAX_ATTEMPTS:
        return None
    wait = timedelta(hours=2 ** (attempts - 1))
    if retry_after is not None:
        wait = max(wait, timedelta(seconds=min(retry_after, 30 * 86_400)))
    return now + wait


def fail(
    connection: Connection,
    run: Started,
    stage: str,
    subject: str,
    reason: str,
    attempts: int,
    next_retry_at: datetime | None,
    now: datetime,
) -> None:
    """Record a failure; the same one again counts up."""
    upsert(
        connection,
        Failure,
        [
            {
                "source_id": run.source_id,
                "run_id": run.run_id,
                "stage": stage,
                "subject": subject,
                "reason": reason,
                "attempts": attempts,
                "first_at": now,
                "last_at": now,
                "next_retry_at": next_retry_at,
            }
        ],
        key=["source_id", "stage", "subject"],
        update=["run_id", "reason", "attempts", "last_at", "next_retry_at"],
    )


def fail_source(connection: Connection, run: Started, address: str, reasons: list[str], now: datetime) -> None:
    """Record that a source's listing failed, or, without reasons, that it went well again."""
    own = (Failure.source_id == run.source_id, Failure.stage == "discover", Failure.subject == address)
    before = connection.execute(select(Failure.attempts).where(*own)).scalar()
    if reasons:
        fail(connection, run, "discover", address, "; ".join(reasons), (before or 0) + 1, None, now)
    elif before is not None:
        connection.execute(delete(Failure).where(*own))


def mend(connection: Connection, source_id: int, url_id: int) -> None:
    """Remove the failures of an address that went well."""
    address = select(Url.url).where(Url.id == url_id).scalar_subquery()
    connection.execute(delete(Failure).where(Failure.source_id == source_id, Failure.subject == address))


def failures_of(connection: Connection, run: Started) -> int:
    """Return how many addresses failed in this run."""
    query = select(func.count()).select_from(Failure).where(Failure.run_id == run.run_id)
    return connection.execute(query).scalar_one()
