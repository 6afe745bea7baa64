"""`ingest backup`: copy the store and the archive as they are at one moment, also while a run goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import StoreError
from models.whole_file import whole_file

if TYPE_CHECKING:
    from models.database.store import Store


LOCAL = "SELECT name, committed_length FROM warc_file WHERE remote IS NULL ORDER BY name"


def back_up(store: Store, archive_folder: Path, target: Path) -> list[str]:
    """Copy the store and the archive into a folder, as they were at one moment; return the names of the files written.

    The store is copied first: as the archive's files only grow, they hold all that the copy names. A file that the
    folder already holds whole is not copied again, and one on object storage is not copied. Raises StoreError where the
    folder cannot be written.
    """
    if store.path is None:
        raise StoreError("back up PostgreSQL with `pg_dump`, and then copy the archive's folder: in this order")
    place = target.resolve()
    if place / store.path.name == store.path.resolve() or place.is_relative_to(archive_folder.resolve()):
        raise StoreError(f"the backup {target} would lie in the store itself; name a folder of its own")
    written = []
    try:
        (target / "archive").mkdir(parents=True, exist_ok=True)
        copy = target / store.path.name
        with whole_file(copy) as part:
            store.copy_to(part)
            with closing(sqlite3.connect(part)) as backup:
                files = backup.execute(LOCAL).fetchall()
            for name, length in files:
                if _copy(archive_folder / name, target / "archive" / name, length):
                    written.append(f"archive/{name}")
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise StoreError(f"the backup {target} cannot be written ({why}); name a folder that can be made") from error
    return [copy.name, *written]


def _copy(source: Path, target: Path, length: int) -> bool:
    """Copy a file's committed bytes, unless a file of that length is there already; return whether it was copied."""
    if target.exists() and target.stat().st_size == length:
        return False
    with source.open("rb") as old, whole_file(target) as part, part.open("wb") as new:
        left = length
        while left and (piece := old.read(min(left, 1 << 20))):
            new.write(piece)
            left -= len(piece)
        if left:
            raise StoreError(f"{source} has lost {left} of its {length} bytes; `ingest archive verify` tells more")
    return True
