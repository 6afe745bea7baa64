"""While a process works, finished archive files are put on object storage, where the configuration names one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from models.errors import StoreError
from pipeline.ledger.remote_files import put_finished

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.config import Config

log = logging.getLogger(__name__)

PAUSE_SECONDS = 60.0


@asynccontextmanager
async def put_away(store: Store, config: Config) -> AsyncIterator[None]:
    """Put finished files on object storage each minute, and once more after the block, which closes its own file."""
    url = config.store.remote_archive
    if not url or store.rehearsal:
        yield
        return
    task = asyncio.create_task(_each_minute(store, config, url))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        await asyncio.to_thread(_put, store, config, url)


async def _each_minute(store: Store, config: Config, url: str) -> None:
    while True:
        await asyncio.sleep(PAUSE_SECONDS)
        await asyncio.to_thread(_put, store, config, url)


def _put(store: Store, config: Config, url: str) -> None:
    try:
        put_finished(store, config.archive, url)
    except (StoreError, OSError) as error:
        log.warning("archive files stay in %s until the next try: %s", config.archive, error)
