"""A made source on a real store: documents come, change a little, and are staged as a run would stage them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, event, insert, select, update

from models.database.store import Store, open_store
from models.document import Document, DocumentAlias, Provenance, Revision
from models.ledger import Run, Source
from models.upsert import upsert
from models.web import Capture, Payload, Staged, Url, WarcFile
from pipeline.discover.discover import Discovery
from pipeline.drift.judge import Verdict, judge
from pipeline.ledger import runs
from pipeline.ledger.runs import Started
from scrapers.base import Link, Rules
from tests.pipeline.drift.made_habits import FIRST, LAST, TEXT, WORDS, Habits, habits

START = datetime(2026, 1, 5, 4, tzinfo=UTC)
Reading = dict[str, Any]
Break = Callable[[Reading, "MadeSource", random.Random], None]


@dataclass(slots=True)
class Made:
    """A document of the made site, as it reads today."""

    number: int
    reading: Reading
    body: str
    url_id: int = 0
    document_id: int = 0
    loaded: bool = False

    @property
    def url(self) -> str:
        return f"https://made.example/documents/{self.number}"


@dataclass
class MadeSource:
    """A site, what the store holds of it, and its runs."""

    store: Store
    rng: random.Random
    size: int
    name: str = "made"
    habits: Habits = None  # type: ignore[assignment]
    documents: list[Made] = field(default_factory=list)
    now: datetime = START
    source_id: int = 0
    numbered: int = 0

    def __post_init__(self) -> None:
        self.habits = self.habits or habits(self.rng, self.size)
        keys = {"title": "title", "authors": "author", "date_published": "date"}
        chosen = {keys[name]: f".made-{name}" for name in self.habits.selectors}
        self.rules = Rules(source=self.name, start=("https://made.example/",), **chosen)  # type: ignore[arg-type]
        with self.store.begin() as connection:
            self.source_id = connection.execute(
                insert(Source).values(name=self.name, config={}, state={}, created_at=self.now).returning(Source.id)
            ).scalar_one()
            connection.execute(insert(WarcFile).values(id=self.source_id, name=self.name, committed_length=0))
            payload = {"size": 1, "media_type": "text/html", "offset": 0, "length": 1}
            connection.execute(insert(Payload).values(sha256=self.name, warc_file_id=self.source_id, **payload))
        self.publish_new(self.size, archive=True)

    # the site

    def publish_new(self, number: int, *, archive: bool = False) -> list[Made]:
        """Have the site publish documents: years of them, or those of a day."""
        rng = self.rng
        series = not archive and number > 1 and rng.random() < self.habits.series
        author, day = self._author(), self._day(archive)
        fresh = []
        for place in range(number):
            reading, body = self._document(archive)
            if series and place < 8:
                put(reading, "authors", [author], self._origin("authors"))
                put(reading, "date_published", day, self._origin("date_published"))
                reading["links"] = []
            self.numbered += 1
            fresh.append(Made(number=self.numbered, reading=reading, body=body))
            self.documents.append(fresh[-1])
        rows = [
            {
                "url": self._named(made), "identity": self._named(made), "source_id": self.source_id, "claims": {},
                "first_seen_at": self.now, "due_at": self.now,
            }
            for made in fresh
        ]  # fmt: skip
        with self.store.begin() as connection:
            for made, url_id in zip(fresh, _added(connection, Url, rows), strict=True):
                made.url_id = url_id
        return fresh

    def _named(self, made: Made) -> str:
        return made.url.replace("made.example", f"{self.name}.example")

    def _document(self, archive: bool) -> tuple[Reading, str]:
        rng, own = self.rng, self.habits
        share, other = own.languages
        language = other if rng.random() < share else "en"
        reading: Reading = {
            "media_type": "text/html",
            "values": {},
            "links": [],
            "tables": [],
            "notes": [],
            "runners_up": {},
        }
        words = " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 8)))
        title = "Newsletter" if rng.random() < 0.01 else f"{words} {rng.randint(1, 99_999)}"
        put(reading, "title", title, self._origin("title"))
        put(reading, "language", language, "html[lang]")
        if rng.random() < own.dates:
            put(reading, "date_published", self._day(archive), self._origin("date_published"))
        if rng.random() < own.authors:
            put(reading, "authors", [self._author() for _ in range(rng.choice([1, 1, 1, 2]))], self._origin("authors"))
        if rng.random() < own.descriptions:
            put(reading, "description", words, "meta:description")
        if rng.random() < own.attachments:
            reading["links"] = [{"url": f"https://made.example/{rng.random()}.pdf", "text": "", "rel": "attachment"}]
        length = int(own.length * exp(rng.gauss(0, own.spread)))
        start = rng.randrange(len(TEXT) // 2)
        return reading, TEXT[start : start + max(length, 60)] if rng.random() < 0.99 else ""

    def _origin(self, name: str) -> str:
        share = self.habits.selectors.get(name, 0.0)
        return f"selector:.made-{name}" if self.rng.random() < share else f"meta:{name}"

    def _author(self) -> str:
        if self.rng.random() < self.habits.own_voice:
            return "Made Institute"
        number = int(self.habits.people * self.rng.random() ** 2)
        return f"{FIRST[number % len(FIRST)]} {LAST[(number * 7) % len(LAST)]}"

    def _day(self, archive: bool) -> str:
        days = self.rng.randint(1, 3_000) if archive else self.rng.randint(0, self.habits.late)
        return (self.now - timedelta(days=days)).date().isoformat()

    def edit(self, made: Made) -> None:
        """Have the site's keepers change a document, as they do."""
        rng, values = self.rng, made.reading["values"]
        if rng.random() < 0.05 and "title" in values:
            put(made.reading, "title", values["title"]["value"] + " (updated)", values["title"]["origin"])
        if rng.random() < 0.02 and "date_published" in values:
            put(made.reading, "date_published", self._day(True), values["date_published"]["origin"])
        if rng.random() < 0.01:
            values.pop(rng.choice(["authors", "date_published", "description"]), None)
        if rng.random() < 0.02:
            put(made.reading, "authors", [self._author()], self._origin("authors"))
        if rng.random() < 0.01:
            made.reading["links"] = []
        made.body = made.body[: int(len(made.body) * (0.3 if rng.random() < 0.01 else rng.uniform(0.85, 1.0)))]

    # its runs

    def known(self) -> list[Made]:
        return [made for made in self.documents if made.loaded]

    def new(self) -> list[Made]:
        return [made for made in self.documents if not made.loaded]

    def open(self, connection: Connection, command: str = "run", **options: Any) -> Started:
        """Open a run, which takes over what an interrupted or held one left."""
        return runs.start(connection, self.name, {}, command, options, self.now)

    def stage(
        self,
        connection: Connection,
        run: Started,
        documents: Sequence[Made],
        breakage: Break | None = None,
        version: str = "1",
    ) -> None:
        """Stage what the run has read of these documents."""
        captures = [
            {
                "url_id": made.url_id, "run_id": run.run_id, "url": self._named(made), "final_url": self._named(made),
                "status": 200, "media_type": "text/html", "retrieved_at": self.now, "payload_sha256": self.name,
                "warc_file_id": self.source_id, "offset": 0, "length": 1, "redirects": [], "headers": [],
            }
            for made in documents
        ]  # fmt: skip
        rows = []
        for made, capture_id in zip(documents, _added(connection, Capture, captures), strict=True):
            reading = json.loads(json.dumps(made.reading))
            if made.body:
                put(reading, "body", made.body, "text")
            if breakage is not None:
                breakage(reading, self, self.rng)
            rows.append(
                {
                    "run_id": run.run_id, "url_id": made.url_id, "capture_id": capture_id, "outcome": "document",
                    "reading": reading, "reader_version": version, "staged_at": self.now,
                }
            )  # fmt: skip
        anew = ["capture_id", "reading", "reader_version", "staged_at"]
        upsert(connection, Staged, rows, key=["run_id", "url_id"], update=anew)

    def load(self, connection: Connection, run: Started, status: str = "done") -> None:
        """Take over what the run has staged, as loading does, in the few rows that judging looks at."""
        by_url = {made.url_id: made for made in self.documents}
        staged = connection.execute(select(Staged.url_id, Staged.reading).where(Staged.run_id == run.run_id)).all()
        fresh = [row for row in staged if not by_url[row.url_id].loaded]
        columns = {"source_id": self.source_id, "media_type": "text/html", "revision": 1}
        columns |= {"first_seen_at": self.now, "retrieved_at": self.now}
        names = {row.url_id: self._named(by_url[row.url_id]) for row in fresh}
        documents = [{"canonical_url": name, "identity": name, **columns} for name in names.values()]
        for row, document_id in zip(fresh, _added(connection, Document, documents), strict=True):
            by_url[row.url_id].document_id = document_id
        aliases = [
            {
                "identity": name,
                "document_id": by_url[key].document_id,
                "url": name,
                "reason": "final",
                "seen_at": self.now,
            }
            for key, name in names.items()
        ]
        if aliases:
            connection.execute(insert(DocumentAlias), aliases)
        if staged:
            ids_of = [by_url[row.url_id].document_id for row in staged]
            for at in range(0, len(ids_of), 500):
                connection.execute(delete(Revision).where(Revision.document_id.in_(ids_of[at : at + 500])))
            connection.execute(insert(Revision), [self._revision(by_url[row.url_id], row.reading) for row in staged])
        for row in staged:
            by_url[row.url_id].loaded = True
        connection.execute(update(Url).where(Url.source_id == self.source_id).values(status="live"))
        connection.execute(delete(Staged).where(Staged.run_id == run.run_id))
        self.close(connection, run, status)

    def _revision(self, made: Made, reading: Reading) -> dict[str, Any]:
        body = reading["values"].get("body", {}).get("value")
        page = {**reading, "values": {name: found for name, found in reading["values"].items() if name != "body"}}
        return {
            "document_id": made.document_id, "number": 1, "body": body,
            "reading": {"own": page["values"], "said": page},
            "content_hash": "", "reader_version": "1", "created_at": self.now,
            "identifiers": {}, "tables": [], "notes": [],
        }  # fmt: skip

    def describe(self, connection: Connection) -> None:
        """Add what loading also writes of each field: where it was read."""
        rows = [
            {"revision_id": revision_id, "field": name, "origin": found["origin"], "raw": "", "runners_up": []}
            for revision_id, reading in connection.execute(select(Revision.id, Revision.reading)).all()
            for name, found in reading["own"].items()
        ]
        connection.execute(insert(Provenance), rows)

    def close(self, connection: Connection, run: Started, status: str) -> None:
        connection.execute(update(Run).where(Run.id == run.run_id).values(status=status, finished_at=self.now))

    def listing(self, share: float = 1.0, *, full: bool = False) -> Discovery:
        """Return what discovery gives: the whole listing, or its first pages."""
        whole = full or not self.habits.paged
        pages = max(len(self.documents) // 20, 1) if whole else min(2, max(len(self.documents) // 20, 1))
        number = len(self.documents) if whole else min(20 * pages, len(self.documents))
        links = tuple(Link(url=self._named(made)) for made in self.documents[-number:])
        links = links[: max(round(len(links) * share), 1)]
        return Discovery(
            links=links, count=len(links), mechanism="listing", pages_read=pages,
            complete=whole, finished=True, stopped_because="the end was reached",
        )  # fmt: skip

    def ordinary_run(self, *, full: bool = False) -> Verdict:
        """Let a day pass and run: new documents, and some known ones again; what it staged is loaded."""
        if self.known():
            self.now += timedelta(days=1)
            self.publish_new(_poisson(self.rng, self.habits.daily))
        known = self.known()
        again = known if full else self.rng.sample(known, min(len(known), _poisson(self.rng, self.habits.daily)))
        for made in again:
            if not full or self.rng.random() < 0.1:
                self.edit(made)
        with self.store.begin() as connection:
            run = self.open(connection, full=full)
            self.stage(connection, run, [*self.new(), *again])
            verdict = judge(connection, run, self.rules, self.listing(full=full or not known))
            self.load(connection, run, "accepted" if verdict.held else "done")
        return verdict

    def broken_run(self, breakage: Break | None, *, listing: float = 1.0, documents: int | None = None) -> Verdict:
        """Run once while the site is broken, over all known documents or that many, and undo all of it."""
        self.now += timedelta(days=1)
        full, known = documents is None, self.known()
        fresh = self.publish_new(_poisson(self.rng, self.habits.daily) if documents is None else documents // 2)
        again = known if documents is None else self.rng.sample(known, min(len(known), documents - len(fresh)))
        connection = self.store.engine.connect()
        try:
            run = self.open(connection, full=full)
            self.stage(connection, run, [*self.new(), *again], breakage)
            return judge(connection, run, self.rules, self.listing(listing, full=full))
        finally:
            connection.rollback()
            connection.close()
            del self.documents[len(self.documents) - len(fresh) :]
            with self.store.begin() as connection:
                connection.execute(delete(Url).where(Url.id.in_([made.url_id for made in fresh])))


def _added(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and return their ids in order."""
    if not rows:
        return []
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(connection.scalars(statement, rows))


def made_store(folder: Path) -> Store:
    """Open a store that does not wait for the disk."""
    store = open_store(str(folder / "made.db"), base=folder)
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    return store


def put(reading: Reading, name: str, value: Any, origin: str) -> None:
    if name == "authors":
        reading["values"][name] = {
            "value": [{"name": author, "kind": None} for author in value], "raw": ", ".join(value), "origin": origin,
        }  # fmt: skip
    else:
        reading["values"][name] = {"value": value, "raw": value if name != "body" else "", "origin": origin}


def _poisson(rng: random.Random, mean: float) -> int:
    limit, product, number = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        number += 1
    return number
