"""The schema's history; the files' names tell its revisions, so that opening a store needs no Alembic."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
VERSION_TABLE = "ingest_schema"
"""Ours alone: another program's `alembic_version` beside it is never taken for it."""


def revisions(folder: Path = FOLDER) -> list[str]:
    """Return the revisions in order, the newest last: `0001` of `versions/0001_first.py`."""
    return sorted(file.name.partition("_")[0] for file in (folder / "versions").glob("[0-9]*_*.py"))
