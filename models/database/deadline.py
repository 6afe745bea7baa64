"""A limit on the time of a query, on both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

STEPS = 2_000
"""SQLite looks at the clock after this many instructions of its virtual machine."""


class TooSlow(Exception):
    """A query did not end in time; its connection can still be used."""


@contextmanager
def deadline(connection: Connection, seconds: float) -> Iterator[None]:
    """Limit the block's queries to `seconds`, all together on SQLite, each by itself on PostgreSQL; raises TooSlow."""
    if connection.dialect.name == "sqlite":
        held = connection.connection.driver_connection
        assert held is not None
        end = time.monotonic() + seconds
        held.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        try:
            yield
        except OperationalError as error:
            if str(error.orig) != "interrupted":
                raise
            raise TooSlow from error
        finally:
            held.set_progress_handler(None, 0)
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, int(seconds * 1000))}")
            yield
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != "57014":
            raise
        raise TooSlow from error
