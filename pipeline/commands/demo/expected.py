"""The right result of a run over the sample: the fields of every valid document, and the failures with their reasons.

The names are those of the export. A key that is absent is not compared; null and empty lists are, as no value may be
invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from pipeline.commands.demo.documents import SampleDocument, SampleFile, broken, documents, frames, sample_files
from pipeline.commands.demo.second_generation import FILE_HOST, path_in
from scrapers.values.addresses import canonical
from scrapers.values.text import clean_line

NEVER = (
    "hide message",
    "Phil Bloomer",
    "Alex Guy",
    "Donate now",
    "redirected",
    "Published on:",
    "cookies",
    "map-pin",
    "Related companies",
    "All components",
    "Get RSS",
    "Privacy policy",
    "Stay in touch",
    "without an office",
    "This is a response to",
    "Shutterstock",
)
"""Text around the content of some pages, which belongs to no document."""
SOURCES = {
    "old.bhrrc.test": "sample-first-generation",
    "bhrrc.test": "sample-second-generation",
    "reports.test": "sample-reports",
}
LANGUAGES = {"zh-hans": "zh-Hans"}


def expected() -> list[dict[str, Any]]:
    """Return the right records of all valid documents, pages first."""
    words = frames()
    pages = documents()
    found = [page_expected(document, words) for document in pages]
    known = {file.name: file for file in sample_files() if file.made == "text"}
    for document in pages:
        for url in file_urls(document):
            if file := known.get(_name(url)):
                found.append(file_expected(file, url, document))
    return found


def must_fail() -> dict[str, str]:
    """Return the canonical addresses that must fail, each with words of the reason."""
    return {canonical(entry.url): entry.reason for entry in broken()}


def page_expected(document: SampleDocument, words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the right record of a page."""
    paths = [path_in(document, frame, words) for frame in document.frames]
    record: dict[str, Any] = {
        "source": SOURCES[document.host],
        "canonical_url": canonical(document.url),
        "media_type": "text/html",
        "title": document.title,
        "authors": [{"name": name, "kind": kind} for name, kind in document.authors],
        "date_published": document.date,
        "date_precision": _precision(document.date),
        "language": LANGUAGES.get(document.language, document.language),
        "attachments": file_urls(document),
        "body_must": [clean_line(line) for line in _texts(document.body)],
        "body_must_not": list(NEVER),
        "same_as": [canonical(urljoin(document.url, path)) for path in (*paths, *document.old_paths)],
    }
    if document.host != "reports.test":
        record["author_raw"] = document.author_raw
        label = words[document.language]["types"][document.kind].lower() if document.kind else None
        record["kind"] = None if document.host == "old.bhrrc.test" or document.form in ("a", "b") else label
        record["body_must_not"] += [document.title, *document.related_companies]
    return record


def file_expected(file: SampleFile, url: str, landing: SampleDocument) -> dict[str, Any]:
    """Return the right record of a file: the values that its cover prints, else those of its landing page."""
    date = file.date if "date" in file.cover else landing.date
    authors = file.authors if "authors" in file.cover else landing.authors
    record = {
        "source": SOURCES[landing.host],
        "canonical_url": url,
        "media_type": "application/pdf",
        "title": file.title if "title" in file.cover else landing.title,
        "authors": [{"name": name, "kind": kind} for name, kind in authors],
        "date_published": date,
        "date_precision": _precision(date),
        "language": file.language,
        "landing_page": canonical(landing.url),
        "body_must": [clean_line(line) for page in file.pages for line in _texts(page)],
        "body_must_not": [],
    }
    return record


def file_urls(document: SampleDocument) -> list[str]:
    """Return the canonical addresses of a page's files."""
    base = document.url if document.host != "bhrrc.test" else FILE_HOST
    return [canonical(urljoin(base, name)) for name in document.files]


def _name(url: str) -> str:
    return url.rpartition("/")[2].replace("%20", "-").lower()


def _precision(date: str | None) -> str | None:
    return {None: None, 0: "year", 1: "month", 2: "day"}[date.count("-") if date else None]


def _texts(body: str) -> list[str]:
    """Return the texts of a body, block by block, without the marks of the sample's notation."""
    found = []
    for block in body.strip().split("\n\n"):
        lines = block.split("\n") if block.startswith(("- ", "| ")) else [block.removeprefix("## ")]
        found += [line.removeprefix("- ").strip("| ").replace(" | ", " | ") for line in lines]
    return found
