"""A year of nightly runs of five sources, with what a year brings: is the store what it should be, each exit code true?

python -m tests.benchmarks.simulation.year [--nights N]

Each source publishes a document every tenth night, edits one every seventh and withdraws one every fortieth. Each
seventh run asks for every document. Meanwhile sites are out of order for some nights, the disk is full, a run is
killed, and after an upgrade everything is read again. One site is redesigned twice: its dates go, and come back. Such a
run must be held; the first time a person rejects it until the site is mended, the second time the person accepts it.
The clock is the simulation's own, a day a night. A line a month is printed as the year goes on.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.database.store import open_store
from models.errors import StoreError
from models.search.filters import Filters
from models.statuses import DocumentStatus, RunStatus
from pipeline.config import Config, parse
from pipeline.drift import verdicts
from pipeline.extract import pool
from pipeline.holdings.export_records import documents
from pipeline.ledger.lock import FileLocks
from pipeline.run.incremental import Incremental
from pipeline.run.report import Report, exit_code
from pipeline.run.rerun import Rerun
from pipeline.run.run import run_sources
from pipeline.run.task import Task
from scrapers.values.addresses import identity
from tests.pipeline.run.in_process import Quiet
from tests.sites import DrupalSite, ListingSite, Site, SitemapSite, WordpressSite, serve
from tests.sites.handwritten import HandwrittenSite
from tests.sites.server import Answer

START = datetime(2026, 1, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST = 12
"""Documents of each source on the first night."""
OUT = Answer("<html><body><h1>Out of order</h1></body></html>", status=503)
ROOMS = (4_096, 32_768, 65_536)
"""Bytes that a file may have on the nights on which the disk is full: a run gets on for longer with each."""


DATED = re.compile(r"<p class='meta'>Published on: .*?</p>|<p class='date'>.*?</p>")
"""What a listing or a page of `Redesigned` says of days."""


class Redesigned(ListingSite):
    """A listing whose pages lose their dates while it is being redesigned."""

    redesigned = False

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        found = super().answer(path, query)
        if self.redesigned and isinstance(found.body, str):
            return replace(found, body=DATED.sub("", found.body))
        return found


@dataclass
class Calendar:
    """What happens on which night; the nights of a short year lie closer together."""

    nights: int

    def outage(self, night: int) -> str | None:
        """Return the source whose site is out of order, for two nights of each fifth of the year."""
        part = max(5, self.nights // 5)
        names = ("listing", "sitemap", "wordpress", "drupal", "handwritten")
        return names[night // part % 5] if night % part in (3, 4) else None

    def is_redesigned(self, night: int) -> bool:
        """Return whether the listing's site is being redesigned, for a week of each half of the year."""
        half = max(10, self.nights // 2)
        return half - 8 <= night % half < half - 1

    def is_accepted(self, night: int) -> bool:
        """Return whether a person accepts what a redesign does, as in the second half of the year."""
        return night >= self.nights // 2

    def asks_for_all(self, night: int) -> bool:
        """Return whether the run asks for every document, due or not."""
        return night % 7 == 6

    def room(self, night: int) -> int | None:
        """Return the bytes that a file may have, on a night on which the disk is full."""
        part = max(6, self.nights // 3)
        return ROOMS[night // part % len(ROOMS)] if night % part == 5 else None

    def is_killed(self, night: int) -> bool:
        return night % max(8, self.nights // 4) == 7

    def is_upgraded(self, night: int) -> bool:
        return night == self.nights // 2


@dataclass
class Year:
    """The year as it goes on, and what was wrong with it."""

    config: Config
    sites: dict[str, Site]
    calendar: Calendar
    night: int = 0
    codes: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    rejected: int = 0
    """Nights on which a source was held back, and a person rejected that."""
    accepted: int = 0
    out: str | None = None

    def told(self) -> str:
        """Return how the year has gone so far."""
        codes = ", ".join(f"{code} x {times}" for code, times in sorted(self.codes.items()))
        return (
            f"{self.night} nights: exit codes {codes}; held and rejected {self.rejected}, accepted {self.accepted}; "
            f"archive {self.sizes[-1]:,} bytes; {len(self.wrong)} faults"
        )

    def now(self) -> datetime:
        return START + self.night * DAY

    def live_on(self) -> None:
        """Publish, edit and withdraw."""
        for site in self.sites.values():
            if self.night % 10 == 9:
                site.add(1)
            if self.night % 7 == 6:
                oldest = site.items[-1]
                edited = (*oldest.paragraphs[:-1], f"Corrected on night {self.night}.")
                site.items[-1] = replace(oldest, paragraphs=edited)
            if self.night % 40 == 39:
                site.remove(site.items[len(site.items) // 2].number)

    def run(self, task: Task) -> list[Report]:
        store = open_store(self.config.store.database, base=self.config.base)
        try:
            return asyncio.run(run_sources(self.config, store, [], task, Quiet(), clock=self.now))
        finally:
            store.close()

    def pass_night(self) -> None:
        """Let one night pass, and note an exit code that does not tell what happened."""
        self.live_on()
        self.out = self.calendar.outage(self.night)
        listing = self.sites["listing"]
        assert isinstance(listing, Redesigned)
        listing.redesigned = self.calendar.is_redesigned(self.night)
        if room := self.calendar.room(self.night):
            code = self.on_a_full_disk(room)
            expected = {1}
        elif self.calendar.is_killed(self.night):
            self.killed()
            code, expected = self.judged(Incremental())
        else:
            full = self.calendar.asks_for_all(self.night)
            code, expected = self.judged(Rerun() if self.calendar.is_upgraded(self.night) else Incremental(full=full))
        self.codes[code] += 1
        if code not in expected:
            self.wrong.append(f"night {self.night}: exit code {code}, expected {expected}")
        self.sizes.append(sum(path.stat().st_size for path in self.config.archive.glob("*.gz")))
        self.night += 1

    def judged(self, task: Task) -> tuple[int, set[int]]:
        """Run, decide on what is held back, and return the exit code and those that would be true."""
        reports = self.run(task)
        expected = {3 if self.out and task.fetches else 0}
        redesigned = self.calendar.is_redesigned(self.night)
        if any(report.status is RunStatus.HELD for report in reports):
            if not redesigned:
                self.wrong.append(f"night {self.night}: held back, and nothing was redesigned")
            self.decide(reports)
            expected = {4}
        elif redesigned and isinstance(task, Incremental) and task.full and self.in_doubt:
            expected = {4}
        return exit_code(reports), expected

    @property
    def in_doubt(self) -> bool:
        """Whether no person has yet accepted that the site has no dates any more."""
        return not (self.accepted and self.calendar.is_accepted(self.night))

    def on_a_full_disk(self, room: int) -> int:
        """Return the exit code of a run that can write no file beyond `room` bytes."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        code = StoreError.exit_code
        try:
            code = exit_code(self.run(Incremental(full=True)))
        except* StoreError:
            pass  # the command ends with this error's exit code
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return code

    def killed(self) -> None:
        """Run in a process of its own that is killed half-way."""
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            self.run(Incremental(full=True))
            os._exit(0)
        time.sleep(0.4)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def decide(self, reports: list[Report]) -> None:
        """Accept or reject what was held back, as a person does who sees that a site was redesigned."""
        accepts = self.calendar.is_accepted(self.night)
        self.accepted += accepts
        self.rejected += not accepts
        store = open_store(self.config.store.database, base=self.config.base)
        locks = FileLocks(self.config.archive / "locks")
        for report in reports:
            if report.status is RunStatus.HELD and report.run_key:
                (verdicts.accept if accepts else verdicts.reject)(store, report.run_key, locks=locks, now=self.now)
        store.close()

    def settle(self) -> None:
        """End the year with a run that asks for everything, all sites being well."""
        self.out = None
        vars(self.sites["listing"])["redesigned"] = False
        for report in self.run(Incremental(full=True)):
            if report.status is not RunStatus.DONE or report.failed:
                self.wrong.append(f"last night: {report.source} {report.status}, {report.failed} failed")

    def compare(self) -> None:
        """Note each document that is not as its site has it."""
        store = open_store(self.config.store.database, base=self.config.base)
        with store.read() as connection:
            held = list(documents(connection, Filters()))
        store.close()
        for name, site in self.sites.items():
            ours = {identity(d["url"]): d for d in held if d["source"] == name and d["media_type"] != "application/pdf"}
            live = {key for key, document in ours.items() if document["status"] == DocumentStatus.LIVE}
            there = {identity(site.address(item)): item for item in site.items}
            self.wrong += [f"{name}: {key} is missing" for key in sorted(there.keys() - live)]
            self.wrong += [f"{name}: {key} is held as live" for key in sorted(live - there.keys())]
            for key, item in there.items():
                document = ours.get(key)
                if document and (document["title"], document["date_published"]) != (item.title, item.date):
                    self.wrong.append(f"{name}: {key}: {document['title']!r}, {document['date_published']}")
                if document and item.paragraphs[-1].split()[-1] not in (document["body"] or ""):
                    self.wrong.append(f"{name}: {key}: the last edit is missing")


@contextmanager
def five_sites(year: list[Year]) -> Iterator[dict[str, Site]]:
    """Serve the sites; the one that the year has out of order answers with 503."""
    sites: dict[str, Site] = {
        "listing": Redesigned(),
        "sitemap": SitemapSite(),
        "wordpress": WordpressSite(),
        "drupal": DrupalSite(),
        "handwritten": HandwrittenSite(),
    }
    with ExitStack() as stack:
        for name, site in sites.items():
            site.items = [replace(item, has_pdf=False) for item in site.items[:FIRST]]
            _breakable(site, name, year)
            stack.enter_context(serve(site))
        yield sites


def _breakable(site: Site, name: str, year: list[Year]) -> None:
    healthy = site.answer

    def answer(path: str, query: Mapping[str, str]) -> Answer:
        return OUT if year and year[0].out == name else healthy(path, query)

    site.answer = answer  # type: ignore[method-assign]


def simulate(folder: Path, nights: int) -> Year:
    """Return a year of that many nights, at its end."""
    running: list[Year] = []
    with five_sites(running) as sites:
        tables = {
            "http": {"allow_addresses": ["127.0.0.1"], "delay_seconds": 0, "retries": 0},
            "extract": {"workers": 1},
            "sources": {
                name: {"start": site.url + site.start, "revisit_days": 10, **site.keys} for name, site in sites.items()
            },
        }
        year = Year(parse(tables, folder, "config.toml"), sites, Calendar(nights))
        running.append(year)
        while year.night < nights:
            year.pass_night()
            if year.night % 30 == 0:
                print(year.told(), flush=True)
        year.settle()
        year.compare()
    return year


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=365)
    nights = parser.parse_args().nights
    pool.PRELOAD.append("tests.crash.warm_readers")  # loaded once a year, instead of in each night's reading process
    with tempfile.TemporaryDirectory() as folder:
        year = simulate(Path(folder), nights)
    first, last = year.sizes[0], year.sizes[-1]
    print(year.told())
    print(f"the archive grew by {(last - first) // nights:,} bytes a night")
    for line in year.wrong:
        print(line)
    print(f"{len(year.wrong)} faults")
    return 1 if year.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
