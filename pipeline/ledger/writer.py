"""The one writer: it appends to the archive, syncs, then commits; a batch at a time, whole or not at all.

A crash before the commit leaves only bytes beyond the committed length, which the next run cuts off. After a commit
that failed, the writer cuts them off itself at its end.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, select

from models.errors import LeaseLost, StoreError
from models.upsert import chunks, upsert
from models.web import Payload, WarcFile
from pipeline.archive import Archive, Stored
from pipeline.ledger import runs
from pipeline.ledger.batch import Item, Place, keep
from pipeline.ledger.due import Due, Result
from pipeline.ledger.transactions import repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from models.database.store import Store
    from pipeline.ledger.transactions import Transactions

BATCH_ITEMS = 50
BATCH_BYTES = 32_000_000
QUIET_SECONDS, BATCH_SECONDS = 0.1, 1.0
"""A batch is stored when no further result came for so long, and in any case so long after its first: while results
keep coming, what a batch costs by itself, some ten statements and a sync, is divided among many."""


class Writer:
    """Stores the results of all sources of this process; an async context manager."""

    def __init__(self, transactions: Transactions, archive: Archive, now: Callable[[], datetime]) -> None:
        self._transactions, self._archive, self._now = transactions, archive, now
        self._queue: asyncio.Queue[tuple[Item, asyncio.Future[list[Due]]]] = asyncio.Queue(2 * BATCH_ITEMS)
        self._failed = False
        """Whether a batch failed, and may have left records in the archive that no commit covers."""

    async def __aenter__(self) -> Writer:
        self._task = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])
        await self._transactions.drain()  # a commit under way writes to the archive, which is closed next
        if self._failed and not self._transactions.store.rehearsal:
            self._archive.close()
            with suppress(StoreError):  # else the next run cuts it
                await self._transactions.call(partial(repair, self._transactions.store, self._archive.folder))

    async def put(
        self,
        run: runs.Started,
        result: Result,
        *,
        reader_version: str,
        revisit_days: float,
        keep: bool = True,
        stored: Callable[[Connection, Result, list[Due]], list[Due]] | None = None,
    ) -> list[Due]:
        """Store a result durably and return the files to fetch next; after StoreError nothing of it is stored.

        `stored` is called in the same transaction with these files, and what it returns is returned in their place.
        """
        item = Item(
            run=run, result=result, reader_version=reader_version, revisit_days=revisit_days, keep=keep, after=stored
        )
        done: asyncio.Future[list[Due]] = asyncio.get_running_loop().create_future()
        await self._queue.put((item, done))
        return await done

    async def _work(self) -> None:
        while True:
            batch = [await self._queue.get()]
            await self._fill(batch)
            try:
                files = await self._transactions.call(partial(self._commit, [item for item, _ in batch]))
            except Exception as error:  # raised again in each waiting caller
                self._failed = True
                for _, stored in batch:
                    if not stored.done():
                        stored.set_exception(error)
            else:
                for (_, stored), due in zip(batch, files, strict=True):
                    if stored.done():
                        continue
                    if isinstance(due, LeaseLost):
                        stored.set_exception(due)
                    else:
                        stored.set_result(due)

    async def _fill(self, batch: list[tuple[Item, asyncio.Future[list[Due]]]]) -> None:
        """Add the results that come while a batch waits, until it is full."""
        size = sum(item.size for item, _ in batch)
        with suppress(TimeoutError):
            async with asyncio.timeout(BATCH_SECONDS):
                while len(batch) < BATCH_ITEMS and size < BATCH_BYTES:
                    async with asyncio.timeout(QUIET_SECONDS):
                        batch.append(await self._queue.get())
                    size += batch[-1][0].size

    def _commit(self, batch: list[Item]) -> list[list[Due] | LeaseLost]:
        """Return for each item the files to fetch next; LeaseLost for those of a run that was taken over."""
        store, now = self._transactions.store, self._now()
        if any(item.archived for item in batch) and (begun := self._archive.ready()):
            repeated(store, lambda connection: _files(connection, begun))
        lengths: dict[str, int] = {}
        records: dict[int, tuple[Stored, Stored]] = {}

        def write(connection: Connection) -> list[list[Due] | LeaseLost]:
            nonlocal lengths
            lost = _lost(connection, batch)
            held = [item for item in batch if item.run.run_id not in lost]
            if not lengths:  # where the transaction is repeated, the records are in the archive already
                records.update(self._archived(connection, held))
                lengths = self._archive.sync()
            files = _files(connection, lengths, {place.file for pair in records.values() for place in pair})
            places = [
                Place(record=pair[0], content=pair[1], files=files) if (pair := records.get(id(item))) else None
                for item in held
            ]
            kept = iter(keep(connection, held, places, now))
            return [lost.get(item.run.run_id) or next(kept) for item in batch]

        return repeated(store, write)

    def _archived(self, connection: Connection, items: list[Item]) -> dict[int, tuple[Stored, Stored]]:
        """Append answers to the archive; return by item the place of its record and that of its payload."""
        answers = [(item, item.result.fetched) for item in items if item.archived]
        stored = _payloads(connection, {item.page.sha256 for item, _ in answers if item.page is not None})
        places = {}
        for item, fetched in answers:
            assert fetched is not None
            assert fetched.page is not None
            content = stored.get(fetched.page.sha256)
            record = self._archive.append(fetched, source=item.run.source, duplicate_of=content)
            stored[fetched.page.sha256] = content or record
            places[id(item)] = record, content or record
        return places


def _lost(connection: Connection, batch: list[Item]) -> dict[int, LeaseLost]:
    """Return the runs of a batch, by id, that another process may have taken over: nothing of theirs is stored."""
    lost = {}
    for run in {item.run.run_id: item.run for item in batch}.values():
        try:
            run.fence.check(connection)
        except LeaseLost as error:
            lost[run.run_id] = error
    return lost


def _payloads(connection: Connection, digests: set[str]) -> dict[str, Stored]:
    """Return the places of the payloads that are stored already, by SHA-256."""
    query = select(Payload.sha256, WarcFile.name, Payload.offset, Payload.length).join(WarcFile)
    return {
        row.sha256: Stored(file=row.name, offset=row.offset, length=row.length)
        for some in chunks(sorted(digests))
        for row in connection.execute(query.where(Payload.sha256.in_(some)))
    }


def _files(connection: Connection, lengths: dict[str, int], also: Collection[str] = ()) -> dict[str, int]:
    """Store the committed lengths; return the ids of these files and of others that are asked for, by name."""
    wanted = sorted({*lengths, *also})
    rows = [{"name": name, "committed_length": length} for name, length in sorted(lengths.items())]
    upsert(connection, WarcFile, rows, key=["name"], update=["committed_length"])
    return {
        row.name: row.id
        for row in connection.execute(select(WarcFile.name, WarcFile.id).where(WarcFile.name.in_(wanted)))
    }


def repair(store: Store, folder: Path) -> list[str]:
    """Cut the archive's files back to their committed lengths after a crash; return a line for each change or loss."""

    def committed(*where: ColumnElement[bool]) -> dict[str, int]:
        with store.read() as connection:
            rows = connection.execute(select(WarcFile.name, WarcFile.committed_length).where(*where))
            return {row.name: row.committed_length for row in rows}

    done = Archive.repair(folder, committed)
    here = committed(WarcFile.remote.is_(None), WarcFile.committed_length > 0)
    return done + [f"{name} is missing" for name in sorted(here) if not (folder / name).exists()]
