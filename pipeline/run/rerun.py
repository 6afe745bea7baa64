"""A rerun: read the last captures of chosen addresses again, or load their stored readings again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sqlalchemy import ColumnElement, Connection, exists, func, select

from models.document import Document, Revision
from models.ledger import Failure, Source
from models.statuses import Outcome, UrlStatus
from models.upsert import chunks, upsert
from models.web import Capture, Staged, Url
from pipeline.extract.version import PublishedAs
from pipeline.ledger.due import Due, FromArchive, FromSite, capture_of
from pipeline.load.content import staged_again
from pipeline.run.answers import ArchiveAnswers, SiteAnswers
from pipeline.run.task import Batch, Settle, SourceRun
from scrapers.base import Request
from scrapers.values.addresses import canonical, identity

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.config import Config
    from pipeline.ledger.runs import Started


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """Reads chosen documents again, from their last captures or from their sites."""

    since: str | None = None
    """Fetched on that day (UTC) or later."""
    until: str | None = None
    urls: tuple[str, ...] = ()
    kind: str | None = None
    failed: bool = False
    """Only addresses with a failure."""
    fetch: bool = False
    """From the network instead of the archive."""
    stage: Literal["extract", "normalise"] = "extract"
    """Where to begin: read the bytes, or load the stored readings again."""
    command: ClassVar[str] = "rerun"
    discovers: ClassVar[bool] = False

    @property
    def fetches(self) -> bool:
        """Whether sites are fetched from."""
        return self.fetch

    @classmethod
    def given_again(cls, options: Mapping[str, Any]) -> Rerun:
        """Return the task of recorded options."""
        given = {name: options[name] for name in (field.name for field in fields(cls)) if name in options}
        return cls(**{**given, "urls": tuple(given.get("urls", ()))})

    def given(self) -> dict[str, Any]:
        """Return the options that the ledger records."""
        return {key: list(item) if isinstance(item, tuple) else item for key, item in asdict(self).items() if item}

    async def discover(self, run: SourceRun) -> None:
        """Read no listing."""

    async def steps(self, run: SourceRun) -> AsyncIterator[Batch | Settle]:
        """Yield the chosen captures or addresses, then the step that judges and loads their results."""
        shared = run.shared
        due = await shared.transactions.read(partial(self.due, run=run.started))
        if self.stage == "normalise":
            run.reads = False
            run.report.requested = await run.write(partial(restage, run=run.started, due=due, now=shared.now()))
        elif shared.client is not None:
            yield Batch(due=due, answers=SiteAnswers(shared.client, run.http, run.started.fence))
        else:
            yield Batch(due=due, answers=ArchiveAnswers(shared.transactions, shared.archive, due))
        yield Settle(judged=True)

    def again(self, connection: Connection, run: Started, ids: Collection[int]) -> list[Due]:
        """Return what to read for some of the addresses that a run has chosen and opened up to all processes."""
        return self._due(connection, run, Url.id.in_(ids))

    def due(self, connection: Connection, run: Started) -> list[Due]:
        """Return the chosen addresses of a source, in their order."""
        chosen: list[ColumnElement[bool]] = []
        if self.urls:
            chosen.append(Url.identity.in_([identity(canonical(url)) for url in self.urls]))
        if self.since:
            chosen.append(Capture.retrieved_at >= _midnight(self.since))
        if self.until:
            chosen.append(Capture.retrieved_at < _midnight(self.until, after=True))
        if self.failed:
            chosen.append(Url.url.in_(select(Failure.subject).where(Failure.source_id == run.source_id)))
        if self.kind:
            of_kind = (
                select(Capture.url_id)
                .join(Revision, Revision.capture_id == Capture.id)
                .join(Document, (Document.id == Revision.document_id) & (Document.revision == Revision.number))
                .where(Revision.kind == self.kind)
            )
            chosen.append(Url.id.in_(of_kind))
        return self._due(connection, run, *chosen)

    def _due(self, connection: Connection, run: Started, *chosen: ColumnElement[bool]) -> list[Due]:
        """Return the addresses of a source that meet the conditions, each with its last capture.

        Results left by an earlier run are judged together with this one's: then unchanged readings are staged as well.
        """
        alone = run.resumed is None and not self.fetch
        in_order = ~exists().where(Failure.source_id == run.source_id, Failure.subject == Url.url).label("in_order")
        own = Capture.__table__.alias()
        latest = select(func.max(own.c.id)).where(own.c.url_id == Url.id).scalar_subquery()
        query = (
            select(Url.id, Url.url, Url.expect, Url.claims, Capture.id.label("capture_id"), Capture.read_as, in_order)
            .join(Capture, Capture.url_id == Url.id)
            .where(Capture.id == latest, Url.source_id == run.source_id, Url.status != UrlStatus.GONE, *chosen)
            .order_by(Url.url)
        )
        return [
            Due(
                url_id=row.id,
                request=Request(url=row.url, expect=row.expect),
                where=FromSite() if self.fetch else FromArchive(capture_id=row.capture_id),
                published=(
                    PublishedAs(claims=row.claims, fingerprint=row.read_as)
                    if row.read_as and row.in_order and alone
                    else None
                ),
            )
            for row in connection.execute(query)
        ]


def restage(connection: Connection, run: Started, due: list[Due], now: datetime) -> int:
    """Stage the stored readings of some addresses, to be normalised again without reading their bytes."""
    columns = (Revision.reading, Revision.body, Revision.tables, Revision.notes, Revision.reader_version)
    loaded = (
        select(*columns, Capture.id, Capture.url_id, Url.etag, Url.last_modified)
        .join(Capture, Capture.id == Revision.capture_id)
        .join(Url, Url.id == Capture.url_id)
        .join(Document, (Document.id == Revision.document_id) & (Document.revision == Revision.number))
        .order_by(Capture.id)
    )
    staged = 0
    for batch in chunks([capture_of(item) for item in due]):
        staging = [
            {
                "run_id": run.run_id,
                "url_id": row.url_id,
                "capture_id": row.id,
                "outcome": Outcome.DOCUMENT,
                "reading": staged_again(row.reading, body=row.body, tables=row.tables, notes=row.notes),
                "reader_version": row.reader_version,
                "etag": row.etag,
                "last_modified": row.last_modified,
                "staged_at": now,
            }
            for row in connection.execute(loaded.where(Capture.id.in_(batch)))  # what was never loaded has no reading
        ]
        upsert(connection, Staged, staging, key=["run_id", "url_id"])
        staged += len(staging)
    return staged


def _midnight(day: str, *, after: bool = False) -> datetime:
    from datetime import UTC

    start = date.fromisoformat((day + "-01-01")[:10])
    if not after:
        return datetime.combine(start, time(), UTC)
    end = {4: start.replace(year=start.year + 1), 7: (start + timedelta(days=31)).replace(day=1)}
    return datetime.combine(end.get(len(day), start + timedelta(days=1)), time(), UTC)


def with_known_sources(config: Config, store: Store, names: list[str], selection: Rerun) -> tuple[Config, list[str]]:
    """Return the configuration and the names of the sources to read again.

    A source that is no longer configured is added with its last configuration. Raises ConfigError for an unknown source
    or address.
    """
    from models.errors import ConfigError
    from models.search.filters import Filters
    from pipeline.config import source_table
    from pipeline.holdings.known import check_filters

    for url in selection.urls:
        try:
            canonical(url)
        except ValueError as error:
            raise ConfigError(f"--url: {error}; write it whole, as https://acme.example/report") from error
    with store.read() as connection:
        check_filters(connection, Filters(source=tuple(names), kind=selection.kind), config.sources)
        stored = {row.name: row.config for row in connection.execute(select(Source.name, Source.config))}
        wanted = select(Source.name).order_by(Source.name)
        for url in selection.urls:
            led = select(Url.source_id).where(Url.identity == identity(canonical(url)))
            if connection.execute(led.limit(1)).first() is None:
                raise ConfigError(f"{url}: no source has led to this address; `ingest search` finds documents")
        if selection.urls:
            identities = [identity(canonical(url)) for url in selection.urls]
            wanted = wanted.where(Source.id.in_(select(Url.source_id).where(Url.identity.in_(identities))))
        chosen = [name for name in connection.scalars(wanted) if not names or name in names]
    sources = {
        name: source_table(table) for name, table in stored.items() if name not in config.sources
    } | config.sources
    whole = config.model_copy(update={"sources": sources})
    whole.chosen(names)
    return whole, chosen
