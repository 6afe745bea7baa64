"""Can reading archived bytes again change the store? Not where all that a document's rows are made from is the same.

A capture keeps the digest of what it was published as: of the reading, of what listing or feed claims of the document,
and of all code that stands behind the readers. Read again with the same digest, there is nothing to load.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from scrapers.base import Rules
from scrapers.record import ReadingRecord, ValuesRecord

BEHIND_THE_READERS = (
    "models",
    "pipeline",
    "scrapers/base.py",
    "scrapers/fields.py",
    "scrapers/record.py",
    "scrapers/values",
)
"""What turns readings into rows; a reader that is changed without reading otherwise changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAs:
    """What a capture was published as."""

    claims: ValuesRecord
    """What listing, feed or API says of the document."""
    fingerprint: str


def code_basis(rules: Rules) -> str:
    """Return what decides, beside a reading, which rows it makes: the code, and which files a page may lead to."""
    return f"{_code()} {rules.exclude!r} {rules.file_hosts!r}"


def fingerprint(basis: str, claims: ValuesRecord, reading: ReadingRecord) -> str:
    """Return the SHA-256 of all that a document's rows are made from."""
    made_from = json.dumps([basis, claims, reading], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(made_from.encode()).hexdigest()


@cache
def _code() -> str:
    return code_version(*BEHIND_THE_READERS)


EXTRACTION_KEYS = [
    "scraper",
    "title",
    "author",
    "date",
    "body",
    "attachment",
    "date_order",
    "language",
    "creation_date",
    "pdf",
    "ocr",
]  # of Rules


def reader_version(rules: Rules) -> str:
    """Return a short hash of the readers' code, their models and the keys of the source that steer extraction."""
    keys = repr([(key, getattr(rules, key)) for key in EXTRACTION_KEYS])
    return hashlib.sha256(f"{code_version('scrapers')}{keys}".encode()).hexdigest()[:16]


@cache
def code_version(*paths: str) -> str:
    """Return a hash of all files of some packages, folders of packages, or modules: `scrapers/values`."""
    digest = hashlib.sha256()

    def add(item: Traversable) -> None:
        if not item.is_dir():
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
        elif item.name != "__pycache__":
            for entry in sorted(item.iterdir(), key=lambda entry: entry.name):
                add(entry)

    for path in paths:
        package, *below = path.split("/")
        add(files(package).joinpath(*below))
    return digest.hexdigest()
