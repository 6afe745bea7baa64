"""Refuse notices, pages that are no documents: a firewall's message, an empty shell, a page under repair.

Notices with known wording are refused when they are read (`scrapers/html/refusals.py`). Others are recognised beside
the stored document: a page that had much text has little now, under another title, or the same text as other addresses.
Such a result is dropped and recorded as a failure, so that the stored document stays as it was.
`ingest rerun --fetch --url ADDRESS` loads it all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Text, and_, cast, delete, func, select, update

from models.document import Document, DocumentAlias, Revision
from models.statuses import FailureStage, Outcome
from models.upsert import chunks
from models.web import Staged, Url
from pipeline.ledger import failures
from pipeline.ledger.runs import Started

LITTLE = 900
"""Characters of text up to which a page may be a notice."""
HARDLY_ANY = 250
"""Characters of text up to which a single page is taken for a notice, where it had much more under another title."""
MUCH = 4
"""How many times longer the stored text must be."""
LARGEST = 20_000
"""Largest staged reading, in characters with all its links, that may be a notice's."""
NUMBERED = re.compile(r"\b(?=\w*\d)[\w-]{2,}\b")
"""Words in which two copies of one notice differ: support numbers, request ids, dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Short:
    """A staged page with little text."""

    staged_id: int
    url_id: int
    url: str
    identity: str
    attempts: int
    title: str
    body: str

    @property
    def print(self) -> str:
        """Title and text without numbers, equal for two copies of one notice."""
        return NUMBERED.sub("#", f"{self.title}\n{self.body}")


def refuse_notices(connection: Connection, run: Started, now: datetime) -> int:
    """Drop the staged pages of a run that are notices, recording each as a failure; return how many there were."""
    if not _may_lose_any(connection, run.run_id):
        return 0
    short = _short_pages(connection, run.run_id)
    if not short:
        return 0
    held = _held(connection, {page.identity for page in short})
    times = Counter(page.print for page in short)
    refused = 0
    for page in short:
        reason = _reason(page, held.get(page.identity), times[page.print])
        if reason is None:
            continue
        refused += 1
        attempts = page.attempts + 1
        retry = failures.next_retry(now, attempts, None)
        failures.fail(connection, run, FailureStage.EXTRACT, page.url, reason, attempts, retry, now)
        connection.execute(update(Url).where(Url.id == page.url_id).values(attempts=attempts, due_at=retry))
        connection.execute(delete(Staged).where(Staged.id == page.staged_id))
    return refused


def _reason(page: _Short, before: tuple[str, int] | None, alike: int) -> str | None:
    """Return why a page is a notice, in words; None where it may be a document.

    Args:
        page: the staged page.
        before: title and text length of the stored document; None where there is none.
        alike: how many addresses of the run have the same text, this one included.
    """
    if before is None:
        return None  # no stored document can be lost; `judge` tests whether new documents are alike
    title, length = before
    if title == page.title or length < MUCH * (len(page.body) + 50):
        return None
    says = f"the page says little now ({page.title[:60]!r}, {len(page.body)} characters; {length:,} before)"
    if alike > 1:
        return f"{says}, and {alike - 1} more say the same: a notice came instead of the document, which is kept"
    if len(page.body) <= HARDLY_ANY:
        return f"{says}: a notice seems to have come instead of the document, which is kept"
    return None


def _may_lose_any(connection: Connection, run_id: int) -> bool:
    """Return whether a document is stored for any of the run's staged pages: else there is no reason to read them."""
    stored = (
        select(Staged.id)
        .join(Url, Url.id == Staged.url_id)
        .join(DocumentAlias, DocumentAlias.identity == Url.identity)
        .where(Staged.run_id == run_id, Staged.outcome == Outcome.DOCUMENT)
    )
    return connection.scalar(select(stored.exists())) is True


def _short_pages(connection: Connection, run_id: int) -> list[_Short]:
    """Return the staged pages with little text and without a file of their own."""
    reading = cast(Staged.reading, Text)
    query = (
        select(Staged.id, Staged.reading, Url.id.label("url_id"), Url.url, Url.identity, Url.attempts)
        .join(Url, Url.id == Staged.url_id)
        .where(Staged.run_id == run_id, Staged.outcome == Outcome.DOCUMENT, func.length(reading) < LARGEST)
        .order_by(Staged.id)
    )
    found = []
    for row in connection.execute(query):
        values = row.reading["values"]
        body = str((values.get("body") or {}).get("value") or "")
        files = any(link["rel"] == "attachment" for link in row.reading["links"])
        if len(body) > LITTLE or files or row.reading["media_type"] not in ("text/html", "application/xhtml+xml"):
            continue
        found.append(
            _Short(
                staged_id=row.id,
                url_id=row.url_id,
                url=row.url,
                identity=row.identity,
                attempts=row.attempts,
                title=str((values.get("title") or {}).get("value") or ""),
                body=body,
            )
        )
    return found


def _held(connection: Connection, identities: set[str]) -> dict[str, tuple[str, int]]:
    """Return title and text length of the stored documents with these identities."""
    found: dict[str, tuple[str, int]] = {}
    for part in chunks(sorted(identities)):
        query = (
            select(DocumentAlias.identity, Revision.title, func.length(Revision.body))
            .join(Document, Document.id == DocumentAlias.document_id)
            .join(Revision, and_(Revision.document_id == Document.id, Revision.number == Document.revision))
            .where(DocumentAlias.identity.in_(part), Document.merged_into_id.is_(None))
        )
        for identity, title, length in connection.execute(query):
            found[identity] = (title or "", length or 0)
    return found
