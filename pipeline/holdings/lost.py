"""Recognise a store that was lost: no file, or an empty one, beside an archive that holds captures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import StoreError

if TYPE_CHECKING:
    from pipeline.config import Config


def check_not_lost(config: Config) -> None:
    """Raise StoreError where the archive holds captures and the SQLite store is missing or empty.

    A new store would be begun in silence, and the next run would take every document for new.
    """
    from models.database.sqlite import how_to_restore
    from models.database.store import sqlite_path
    from pipeline.config import command_for

    path = sqlite_path(config.store.database, config.base)
    if path is None or (path.exists() and path.stat().st_size):
        return
    log = path.with_name(path.name + "-wal")
    if path.exists() and log.exists() and log.stat().st_size:
        return  # the log holds what the file does not yet
    captures = [file for file in config.archive.glob("*.warc.gz") if file.stat().st_size]
    if captures:
        state = "is empty" if path.exists() else "is missing"
        raise StoreError(
            f"{path} {state}, but {config.archive} holds captures ({len(captures)} files): the store was lost. "
            f"Either {how_to_restore(path)}, or make a new one out of the captures: "
            f"{command_for(f'import {config.archive}', config.file)}"
        )
