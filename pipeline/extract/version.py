"""Fingerprints that show whether reading archived bytes again can change the store.

A capture keeps the fingerprint of what it was published from: the reading, the claims of listing or feed, and the code
behind the readers. Where a new reading has the same fingerprint, there is nothing to load.
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
"""The code that turns readings into rows; a changed reader that gives the same readings changes no rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAs:
    """What a capture was published from."""

    claims: ValuesRecord
    """What listing, feed or API claims of the document."""
    fingerprint: str


def code_basis(rules: Rules) -> str:
    """Return what else decides the rows of a reading: the code, and the rules for files that a page may link."""
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
]  # fields of Rules


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
