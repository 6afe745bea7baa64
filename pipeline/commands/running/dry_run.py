"""`--dry-run`: run the whole flow on a rehearsal store, then print to stdout the old and new values that differ."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from models.statuses import RunStatus
from pipeline.commands.terminal.changes import print_differences
from pipeline.commands.terminal.console import print_message
from pipeline.config import Config
from pipeline.holdings.difference import differences
from pipeline.run.rehearsal import accept_in, rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.database.store import Store
    from pipeline.run.task import Task


def rehearse(config: Config, names: list[str], task: Task, *, quiet: bool, as_json: bool) -> int:
    """Run the sources on a rehearsal of the configured store and print what would differ."""
    with _as_it_is(config) as store:
        return rehearse_on(store, config, names, task, quiet=quiet, as_json=as_json)


def rehearse_on(
    store: Store, config: Config, names: list[str], task: Task, *, quiet: bool, as_json: bool, brief: bool = False
) -> int:
    """Run the sources on a rehearsal of a store and print what would differ; `brief` as for `rehearsal`."""
    from pipeline.commands.running.runner import ingest

    with rehearsal(store, brief=brief) as copy, tempfile.TemporaryDirectory() as archive:
        if task.fetches:  # what is fetched now is not archived either
            config = config.model_copy(update={"store": config.store.model_copy(update={"archive": archive})})
        code, reports = ingest(config, copy, names, task, quiet=quiet, kept=False)
        for report in reports:
            if report.status is RunStatus.HELD and report.run_key:
                print_message(f"{report.source} would be held back; this is what accepting it would change")
                accept_in(copy, report.run_key)
        print_differences(lambda: differences(store, copy), as_json=as_json)
    return code


@contextmanager
def _as_it_is(config: Config) -> Iterator[Store]:
    """Yield the store, opened for reading; where there is none yet, a temporary empty one."""
    from pathlib import Path

    from models.database.store import open_store, sqlite_path
    from pipeline.holdings.lost import check_not_lost

    check_not_lost(config)
    path = sqlite_path(config.store.database, config.base)
    if path is None or path.exists():
        store = open_store(config.store.database, base=config.base, write=False)
        try:
            yield store
        finally:
            store.close()
    else:
        with tempfile.TemporaryDirectory() as folder:
            store = open_store("empty.db", base=Path(folder))
            try:
                yield store
            finally:
                store.close()
