"""Adds a test site as a user would: `ingest add`, its block into the configuration, `ingest run`, then the export."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapers.induction.values import squeezed
from scrapers.values.addresses import identity
from tests.pipeline.workplace import Workplace
from tests.sites import DirectorySite, Site, serve
from tests.sites.documents import TOPICS, Item

HTTP = {"allow_addresses": ["127.0.0.1"], "delay_seconds": 0}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a site."""

    block: tuple[str, ...]
    """The lines as printed, without comments."""
    printed: str
    found: int
    others: int
    """Pages that are no documents of the site, nor files of them."""
    titles: int
    dates: int
    authors: int
    asked: int
    """Requests of `ingest add`."""
    wrong: tuple[tuple[str, Any, Any], ...]
    count: int

    @property
    def sure(self) -> tuple[int, ...]:
        """How sure `ingest add` said it was of title, authors and date, in per cent; 0 of what it found nowhere."""
        line = next(line for line in self.printed.splitlines() if re.match(r"# (?:\d+ of 20 right|not found) ", line))
        return tuple(5 * int(found or 0) for found in re.findall(r"(\d+) of 20 right|not found", line))

    @property
    def is_right(self) -> bool:
        return self.found == self.count and not self.others and min(self.titles, self.dates) >= self.count - 2


def place_for(folder: Path) -> Workplace:
    folder.mkdir(parents=True, exist_ok=True)
    return Workplace(folder, {"http": HTTP, "extract": {"workers": 1}})


def add_and_run(site: Site, folder: Path, start: str | None = None) -> Outcome:
    """Return what a run finds with the block that `ingest add` prints."""
    place = place_for(folder)
    with serve(site):
        printed = place.ingest("add", site.url + (start or site.start)).stdout
        asked = len(site.asked)
        assert set(tomllib.loads(printed)) == {"sources"}
        place.config.write_text(place.config.read_text("utf-8") + "\n" + printed, "utf-8")
        place.ingest("run", "--quiet", code=None)
        return compared(site, printed, place.documents(), asked)


def compared(site: Site, printed: str, documents: list[dict[str, Any]], asked: int) -> Outcome:
    """Return how many of a site's documents were found and are right."""
    stored = {identity(document["url"]): document for document in documents}
    stored |= {identity(document["canonical_url"]): document for document in documents}
    files = {identity(site.file_address(item)) for item in site.items if item.has_pdf}
    items = {identity(site.address(item)): item for item in site.items}
    wrong: list[tuple[str, Any, Any]] = []
    counts = dict.fromkeys(("title", "date", "authors"), 0)
    for key, item in items.items():
        if (document := stored.get(key)) is None:
            wrong.append((key, None, "found"))
            continue
        is_file = isinstance(site, DirectorySite) or document["media_type"] == "application/pdf"
        for name, ours, theirs in (
            ("title", squeezed(document["title"] or ""), squeezed(title_of(item, is_file))),
            ("date", document["date_published"], item.date),
            ("authors", {author["name"] for author in document["authors"]}, set(item.authors)),
        ):
            if name == "authors":
                ours, theirs = (
                    {" ".join(sorted(n.replace(",", "").split())) for n in names} for names in (ours, theirs)
                )
            counts[name] += ours == theirs
            if ours != theirs:
                wrong.append((key, ours, theirs))
    found = sum(1 for key in items if key in stored)
    others = sum(
        1 for d in documents if not {identity(d["url"]), identity(d["canonical_url"])} & (items.keys() | files)
    )
    block = tuple(line for line in printed.splitlines() if line and not line.startswith("#"))
    return Outcome(
        block,
        printed,
        found,
        others,
        counts["title"],
        counts["date"],
        counts["authors"],
        asked,
        tuple(wrong),
        len(items),
    )


def title_of(item: Item, is_file: bool) -> str:
    """Return the title that a document prints: the files' fonts have Latin letters alone."""
    if is_file and item.language not in ("en", "fr", "es", "de", "pt"):
        return f"Report {item.number} on {TOPICS[item.number % 10]}"
    return item.title
