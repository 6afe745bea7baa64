"""`ingest archive verify`: read every archived record again and compare it with the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select

from models.errors import FetchError
from models.web import Capture, WarcFile
from pipeline.archive import remote
from pipeline.archive.replay import captured_page

if TYPE_CHECKING:
    from models.database.store import Store


COLUMNS: tuple[Any, ...] = (WarcFile.name, WarcFile.committed_length, WarcFile.remote)


def _size(folder: Path, file: Row[Any]) -> int | None:
    """Return the length of a file, here or on object storage; None where there is none."""
    if file.remote is not None:
        return remote.size(file.remote, file.name)
    path = folder / file.name
    return path.stat().st_size if path.exists() else None


def verify(store: Store, folder: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> list[str]:
    """Return a line for each fault of the archive: a missing or short file, a torn tail, a record that is not whole."""
    faults = []
    with store.read() as connection:
        files = connection.execute(select(*COLUMNS).order_by(WarcFile.name)).all()
        captures = list(connection.scalars(select(Capture.id).order_by(Capture.warc_file_id, Capture.offset)))
    for file in files:
        size = _size(folder, file)
        if not file.committed_length:
            continue  # emptied; the next prune or forget removes it
        if size is None:
            faults.append(f"{file.name}: is missing{f' from {file.remote}' if file.remote else ''}")
        elif size < file.committed_length:
            faults.append(f"{file.name}: {file.committed_length - size} of its {file.committed_length} bytes are lost")
        elif size > file.committed_length:
            faults.append(f"{file.name}: has a torn tail of {size - file.committed_length} bytes; the next run cuts it")
    for number, capture_id in enumerate(captures, 1):
        try:
            captured_page(store, folder, capture_id)
        except FetchError as error:
            faults.append(f"{error.url}: {error.reason}")
        progress(number, len(captures))
    return faults
