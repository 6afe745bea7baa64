"""The schema's history; revisions are read from file names, so that opening a store does not import Alembic."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
VERSION_TABLE = "ingest_schema"
"""The table that holds the schema's version; another program's `alembic_version` is never mistaken for it."""


def revisions(folder: Path = FOLDER) -> list[str]:
    """Return the revisions, oldest first; that of `versions/0001_first.py` is `0001`."""
    return sorted(file.name.partition("_")[0] for file in (folder / "versions").glob("[0-9]*_*.py"))
