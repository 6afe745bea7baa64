"""What a run has read beside what the store holds of the same documents, and the stored statistics of runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, delete, distinct, func, insert, or_, select

from models.document import Attachment, Document, DocumentAlias, Provenance, Revision
from models.ledger import FieldStatistic, Run
from models.statuses import Outcome, RunStatus, UrlStatus
from models.upsert import BATCH, chunks
from models.web import Capture, FetchAttempt, Staged, Url
from pipeline.discover.discover import Discovery
from pipeline.drift.chances import Count
from pipeline.drift.suspicions import Past
from pipeline.drift.tallies import (
    ATTACHMENTS,
    GONE,
    LISTING,
    MOST_EXAMPLES,
    Observed,
    Sighting,
    Tallies,
    Tally,
    observed,
    tally_from,
)
from pipeline.ledger.runs import Started
from pipeline.load.normalise import merged
from scrapers.fields import FIELDS
from scrapers.record import PageRecord, ReadingRecord, ValuesRecord, values_from_record
from scrapers.sniff.mediatype import PAGES

RUNS = 60
"""Earlier runs that make up the history."""


def sightings(connection: Connection, run_id: int) -> Iterator[Sighting]:
    """Yield the staged documents of a run, in the order in which they were read."""
    query = (
        select(
            Staged.id,
            Staged.reading,
            Staged.reader_version,
            Staged.staged_at,
            Url.url,
            Url.identity,
            Url.claims,
            Capture.run_id.label("fetched_in"),
        )
        .join(Url, Url.id == Staged.url_id)
        .outerjoin(Capture, Capture.id == Staged.capture_id)
        .where(Staged.run_id == run_id, Staged.outcome == Outcome.DOCUMENT)
        .order_by(Staged.id)
        .limit(BATCH)
    )
    last = 0
    while rows := connection.execute(query.where(Staged.id > last)).all():
        last = rows[-1].id
        stored = _stored(connection, {row.identity for row in rows})
        for row in rows:
            now, age_days = _observed_now(row.reading, row.claims, row.reader_version, row.staged_at)
            yield Sighting(
                url=row.url,
                media=_media(row.reading["media_type"]),
                fetched_in=row.fetched_in,
                now=now,
                before=stored.get(row.identity),
                age_days=age_days,
            )


def _media(media_type: str) -> str:
    return "page" if media_type in PAGES else "file"


def _observed_now(
    reading: ReadingRecord, claims: ValuesRecord, reader_version: str | None, read_at: datetime
) -> tuple[Observed, float | None]:
    """Return the values of a staged document as they would be loaded, from page and listing, and its age in days.

    A date in the future counts as missing, as it would not be loaded.
    """
    own = {name: found for name, found in values_from_record(reading["values"]).items() if found.value}
    values = merged(own, values_from_record(claims))
    published = values.get("date_published")
    age_days = None
    if published and (day := str(published.value or "")):
        if day > (read_at + timedelta(days=1)).date().isoformat():
            del values["date_published"]
        else:
            age_days = float((read_at.date() - date.fromisoformat((day + "-01-01")[:10])).days)
    notes = reading.get("notes", ())
    return observed(values, attachments=_attachments(reading), reader_version=reader_version, notes=notes), age_days


def _stored(connection: Connection, identities: Collection[str]) -> dict[str, Observed]:
    """Return the values of the stored documents with these identities."""
    query = (
        select(DocumentAlias.identity, Revision.reading, Revision.reader_version, func.length(Revision.body))
        .join(Document, Document.id == DocumentAlias.document_id)
        .join(Revision, and_(Revision.document_id == Document.id, Revision.number == Document.revision))
        .where(DocumentAlias.identity.in_(sorted(identities)), Document.merged_into_id.is_(None))
    )
    stored = {}
    for identity, reading, reader_version, body_length in connection.execute(query):
        own, page = values_from_record(reading["own"]), reading["said"]
        stored[identity] = observed(
            {**values_from_record(page["values"]), **own},
            attachments=_attachments(page),
            body_length=body_length or 0,
            reader_version=reader_version,
        )
    return stored


def _attachments(page: PageRecord) -> list[str]:
    """Return the origins of the links to a page's files."""
    return [link.get("origin", "") for link in page["links"] if link["rel"] == "attachment"]


def unchanged(connection: Connection, run_ids: Collection[int]) -> Counter[tuple[str, str]]:
    """Return how many documents were answered with 304 in these runs, by media and the fields that they hold."""
    answered = (
        select(DocumentAlias.document_id)
        .join(Url, Url.identity == DocumentAlias.identity)
        .join(FetchAttempt, FetchAttempt.url_id == Url.id)
        .where(FetchAttempt.run_id.in_(run_ids), FetchAttempt.status == 304)
    )
    documents = select(Document.media_type, Provenance.field, func.count()).select_from(Document)
    held = (
        documents.join(Revision, and_(Revision.document_id == Document.id, Revision.number == Document.revision))
        .join(Provenance, Provenance.revision_id == Revision.id)
        .where(Document.id.in_(answered), Provenance.origin.not_in(("landing-page", "link-text")))
        .where(Provenance.field.in_(FIELDS.watched))
        .group_by(Document.media_type, Provenance.field)
    )
    counts: Counter[tuple[str, str]] = Counter()
    for media_type, name, number in connection.execute(held):
        counts[_media(media_type), name] += number
    linking = select(func.count(distinct(Attachment.page_document_id))).where(
        Attachment.page_document_id.in_(answered), Attachment.relation == "attachment"
    )
    counts["page", ATTACHMENTS] = connection.execute(linking).scalar_one()
    return +counts


def gone(connection: Connection, run_ids: Collection[int]) -> Tallies:
    """Return the tally of known documents that answered in these runs that they are gone.

    The last of the runs holds the staged results, whichever run made the request.
    """
    answered = or_(FetchAttempt.status < 400, FetchAttempt.status.in_((404, 410)))
    asked = connection.execute(
        select(func.count(distinct(Url.id)))
        .join(FetchAttempt, FetchAttempt.url_id == Url.id)
        .where(FetchAttempt.run_id.in_(run_ids), answered, Url.status == UrlStatus.LIVE)
    ).scalar_one()
    lost = (
        select(Url.url)
        .join(Staged, Staged.url_id == Url.id)
        .where(Staged.run_id.in_(run_ids), Staged.outcome == Outcome.GONE, Url.status == UrlStatus.LIVE)
    )
    urls = list(connection.scalars(lost.order_by(Url.url)))
    asked = max(asked, len(urls))
    if not asked:
        return {}
    tally = Tally(documents=asked, filled=asked - len(urls), odd={GONE: Count(len(urls), asked)})
    tally.examples[GONE] = urls[:MOST_EXAMPLES]
    return {("page", GONE): tally}


def listed(connection: Connection, run: Started, discovery: Discovery) -> Tallies:
    """Return the tally of the listing."""
    if not discovery.count:
        return {}  # an empty listing is a failure of the source, or says that nothing is new
    new = select(func.count()).where(
        Url.source_id == run.source_id, Url.expect == "document", Url.first_seen_at >= run.since
    )
    count = {
        "links": discovery.count,
        "new": connection.execute(new).scalar_one(),
        "pages": discovery.pages_read,
        "complete": discovery.complete,
        "mechanism": discovery.mechanism,
    }
    tally = Tally(documents=discovery.count, filled=discovery.count, count=count)
    tally.examples[LISTING] = [link.url for link in discovery.links[:MOST_EXAMPLES]]
    return {("page", LISTING): tally}


def write(connection: Connection, run_id: int, tallies: Tallies) -> None:
    """Replace the stored statistics of a run."""
    connection.execute(delete(FieldStatistic).where(FieldStatistic.run_id == run_id))
    rows = [
        {
            "run_id": run_id,
            "media": media,
            "field": name,
            "documents": tally.documents,
            "filled": tally.filled,
            "figures": tally.figures(),
        }
        for (media, name), tally in sorted(tallies.items())
    ]
    for batch in chunks(rows):
        connection.execute(insert(FieldStatistic), batch)


def history(connection: Connection, source_id: int, *, before: int) -> list[Past]:
    """Return the statistics of a source's last loaded runs, oldest first."""
    runs = connection.execute(
        select(Run.id, Run.status)
        .where(Run.source_id == source_id, Run.id < before, Run.status.in_((RunStatus.DONE, RunStatus.ACCEPTED)))
        .where(select(FieldStatistic.run_id).where(FieldStatistic.run_id == Run.id).exists())
        .order_by(Run.id.desc())
        .limit(RUNS)
    ).all()
    tallies: dict[int, Tallies] = {run.id: {} for run in reversed(runs)}
    accepted = {run.id for run in runs if run.status is RunStatus.ACCEPTED}
    rows = select(FieldStatistic.__table__).where(FieldStatistic.run_id.in_(list(tallies)))
    for row in connection.execute(rows):
        tally = tally_from(row.documents, row.filled, row.figures)
        if row.run_id in accepted:
            tally.accept()
        tallies[row.run_id][row.media, row.field] = tally
    return [Past(run_id=key, accepted=key in accepted, tallies=value) for key, value in tallies.items()]
