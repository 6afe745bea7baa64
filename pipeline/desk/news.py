"""What came in or changed since the last time: for `ingest new`, and for the alerts of the configuration.

One file beside the archive keeps the id of the last revision that was reported; these ids only grow.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from models.document import Document, Revision
from models.errors import ConfigError, StoreError
from models.search.matching import matching
from models.search.search import checked
from models.search.terms import Node
from models.upsert import chunks, table_of
from models.whole_file import whole_file
from pipeline.holdings.difference import between
from pipeline.holdings.export import feed
from pipeline.holdings.export_records import document_records
from scrapers.record import Record

KEPT = 50
"""Entries of a feed."""
FIRST = 20
"""Documents that a new feed begins with, the last that came in."""
SHOWN = 400
"""Characters of a value in a difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A document that is new, or changed."""

    document_id: int
    revision: int
    before: int | None
    """The revision that was told last; None for a new document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What an alert has to report."""

    name: str
    begun: bool
    """True at the first time: everything that matches is old."""
    matching: int
    lines: tuple[str, ...]
    news: tuple[Record, ...]


def last_revision(connection: Connection) -> int:
    """Return the id of the last revision, 0 for an empty store."""
    return int(connection.execute(select(func.coalesce(func.max(table_of(Revision).c.id), 0))).scalar_one())


def since(connection: Connection, tree: Node, mark: int) -> list[News]:
    """Return the documents of a tree with a revision after the mark, the last written first."""
    document, revision = table_of(Document), table_of(Revision)
    current = revision.alias()
    told = select(func.max(revision.c.number)).where(revision.c.document_id == document.c.id, revision.c.id <= mark)
    rows = connection.execute(
        select(document.c.id, document.c.revision, told.scalar_subquery().label("told"))
        .join(current, (current.c.document_id == document.c.id) & (current.c.number == document.c.revision))
        .where(current.c.id > mark, document.c.id.in_(matching(connection, tree)))
        .order_by(current.c.id.desc())
    )
    return [News(document_id=row.id, revision=row.revision, before=row.told) for row in rows]


def records(connection: Connection, news: list[News]) -> list[Record]:
    """Return the records of news in their order, each with `before`, and `difference` where it changed."""
    found: dict[int, Record] = {}
    for batch in chunks([one.document_id for one in news]):
        found |= document_records(connection, batch)
    told = []
    for one in news:
        difference = None
        if one.before is not None:
            changes = between(connection, one.document_id, one.before, one.revision)
            difference = "\n".join(f"{item.field}: {_shown(item.old)} → {_shown(item.new)}" for item in changes)
        told.append({**found[one.document_id], "before": one.before, "difference": difference})
    return told


def _shown(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    text = " ".join(str(value).split()) if value else "nothing"
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"


class Marks:
    """How far each alert, and `ingest new`, has told; kept as JSON."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.held: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        except (OSError, ValueError) as error:
            raise StoreError(f"{path} cannot be read ({error}); remove it, and alerts begin anew") from error

    def save(self) -> None:
        """Write the marks, whole or not at all; raises StoreError where that cannot be done."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self.path, wait=True) as part:
                part.write_text(json.dumps(self.held, indent=1) + "\n", "utf-8")
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be written ({error.strerror}), so the same is told again next time; "
                "make its folder writable, or ask with `ingest new --keep`"
            ) from error


def alert(connection: Connection, name: str, query: str, path: Path | None, marks: Marks) -> Digest:
    """Tell what is new for one alert: write its feed, move its mark, and return the digest.

    Raises ConfigError where the query has a fault or the feed cannot be written.
    """
    try:
        tree = checked(query).tree
    except ConfigError as error:
        raise ConfigError(f"alerts.{name}.query: {error}") from error
    held = marks.held.get(name)
    last = last_revision(connection)
    everything: list[News] = []
    fresh: list[News] = []
    begun = held is None or held["query"] != query
    if held is None or begun:
        everything = since(connection, tree, 0)
        earlier = [(one.document_id, one.before) for one in everything[:FIRST]]
    else:
        fresh = since(connection, tree, held["mark"])
        earlier = held["entries"]
    entries = _once([*((one.document_id, one.before) for one in fresh), *earlier])[:KEPT]
    if path is not None:
        _write(connection, path, name, query, entries)
    marks.held[name] = {"query": query, "mark": last, "entries": entries}
    told = records(connection, fresh)
    return Digest(
        name=name, begun=begun, matching=len(everything), lines=tuple(_line for one in told for _line in lines(one)),
        news=tuple(told),
    )  # fmt: skip


def _once(entries: list[Any]) -> list[Any]:
    """Return each document's first entry."""
    kept: dict[int, Any] = {}
    for key, before in entries:
        kept.setdefault(key, before)
    return list(kept.items())


def _write(connection: Connection, path: Path, name: str, query: str, entries: list[Any]) -> None:
    document = table_of(Document)
    ids = [key for key, _ in entries]
    rows = connection.execute(
        select(document.c.id, document.c.revision).where(document.c.id.in_(ids), document.c.merged_into_id.is_(None))
    )
    current = {row.id: row.revision for row in rows}
    news = [News(document_id=key, revision=current[key], before=before) for key, before in entries if key in current]
    told = records(connection, news)
    contents: Mapping[int, str] = {one["id"]: one["difference"] for one in told if one["difference"]}
    out = io.BytesIO()
    feed(out, told, title=f"{name}: {query}", identity=f"{name} {query}", contents=contents)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path, wait=True) as part:
            part.write_bytes(out.getvalue())
    except OSError as error:
        raise ConfigError(f"alerts.{name}.feed: {path} cannot be written: {error.strerror}") from error


def lines(record: Record) -> list[str]:
    """Return a document of the news as lines for people."""
    kind = "new    " if record["before"] is None else "changed"
    head = f"  {kind}  {record['date_published'] or '(no date)':10}  {record['title'] or '(no title)'}"
    about = [f"{'':11}{record['url']}"]
    if record["difference"]:
        about += [f"{'':11}{line}" for line in record["difference"].split("\n")]
    return [head, *about]
