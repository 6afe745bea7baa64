"""Finished archive files go to object storage, and come back where records of them were dropped.

The order makes it safe: a file is removed from one place after the database names the other, which holds it whole. A
file that lies in both, after a crash, is named by the database where it can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select, update

from models.errors import StoreError
from models.web import WarcFile
from models.whole_file import sync
from pipeline.archive import remote
from pipeline.archive.files import SUFFIX, UNNAMED, alone

if TYPE_CHECKING:
    from models.database.store import Store


def put_finished(store: Store, folder: Path, url: str) -> int:
    """Put the files that no live process writes on object storage, and remove them here; return how many.

    Left here are files with a torn tail, which the next run's repair cuts off, and those that wait to be compacted.
    Raises StoreError where the storage cannot be reached; nothing is lost then, and the next call goes on.
    """
    done = 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with _finished(store, path) as row:
            done += row is not None and _put(store, path, url, row)
    return done


def waiting(store: Store, folder: Path) -> int:
    """Return how many files would be put on object storage now."""
    count = 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with _finished(store, path) as row:
            count += row is not None and row.remote is None and _is_whole(path, row)
    return count


@contextmanager
def _finished(store: Store, path: Path) -> Iterator[Row[Any] | None]:
    """Lock a file for the block; yield its row, or None where a live process writes it or it holds what is dropped."""
    with alone(path) as free:
        row = _row(store, path.name) if free else None
        yield row if row is not None and row.committed_length and not row.stale else None


def _is_whole(path: Path, row: Row[Any]) -> bool:
    """Return whether nothing stands in a file behind what was committed."""
    return path.stat().st_size == int(row.committed_length)


def _put(store: Store, path: Path, url: str, row: Row[Any]) -> bool:
    if row.remote is not None:  # a crash came before it was removed here, or before it was written down as back
        if remote.size(row.remote, row.name) == row.committed_length:
            path.unlink()
        else:
            _name(store, row.id, None)
        return False
    if not _is_whole(path, row):
        return False
    remote.put(url, row.name, path)
    stored = remote.size(url, row.name)
    if stored != row.committed_length:
        raise StoreError(f"{url} holds {stored} of the {row.committed_length} bytes of {row.name}; it stays here")
    _name(store, row.id, url)
    path.unlink()
    return True


def bring_back_stale(store: Store, folder: Path) -> None:
    """Bring back the files on object storage that hold dropped records, and remove them there; raises StoreError."""
    with store.read() as connection:
        stale = select(WarcFile.name).where(WarcFile.stale, WarcFile.remote.is_not(None)).order_by(WarcFile.name)
        names = list(connection.scalars(stale))
    for name in names:
        row = _row(store, name)
        assert row is not None
        path = folder / name
        if not path.exists():
            _fetch(row, path)
        remote.remove(row.remote, name)
        _name(store, row.id, None)


def _fetch(row: Row[Any], path: Path) -> None:
    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{row.name}{UNNAMED}"
    remote.fetch(row.remote, row.name, temporary)
    if temporary.stat().st_size != row.committed_length:
        raise StoreError(f"{row.remote} does not hold the {row.committed_length} bytes of {row.name}")
    sync(temporary)
    temporary.rename(path)
    sync(folder)


def mark_stale(connection: Connection, files: Any) -> None:
    """Note that records of some files are dropped in this transaction; `files` selects their ids."""
    connection.execute(update(WarcFile).where(WarcFile.id.in_(files), ~WarcFile.stale).values(stale=True))


def _row(store: Store, name: str) -> Row[Any] | None:
    columns: tuple[Any, ...] = (WarcFile.id, WarcFile.name, WarcFile.committed_length, WarcFile.remote, WarcFile.stale)
    with store.read() as connection:
        return connection.execute(select(*columns).where(WarcFile.name == name)).one_or_none()


def _name(store: Store, key: int, url: str | None) -> None:
    """Write down where a file lies."""
    with store.begin() as connection:
        connection.execute(update(WarcFile).where(WarcFile.id == key).values(remote=url))
