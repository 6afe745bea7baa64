"""A limit on the time of a query, on both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

STEPS = 2_000
"""Instructions of SQLite's virtual machine between two looks at the clock."""


class TooSlow(Exception):
    """A query did not end within its time; the connection can be used further."""


@contextmanager
def deadline(connection: Connection, seconds: float) -> Iterator[None]:
    """Let the queries of the block run for so long, together on SQLite and each on PostgreSQL; raises TooSlow."""
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
