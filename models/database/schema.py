"""The schema version that a database holds, and its migration to the newest in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from models.errors import StoreError
from models.migrations import FOLDER, VERSION_TABLE, revisions

if TYPE_CHECKING:
    from sqlalchemy import Connection

State = Literal["new", "old", "current"]

NEIGHBOURS = ("procrastinate_", "spatial_ref_sys", "pg_stat_statements")
"""Tables of the queue and of common extensions, which may lie beside ours in one PostgreSQL database."""

MIGRATION_LOCK = 0x696E67657374
"""Key of the advisory lock of PostgreSQL under which one process at a time migrates."""


def state_of(connection: Connection, name: str, folder: Path = FOLDER) -> State:
    """Return the database's state, or raise StoreError where it is another program's or newer than the code."""
    tables = _tables(connection)
    if VERSION_TABLE not in tables:
        if tables:
            listed = ", ".join(sorted(tables)[:3])
            raise StoreError(
                f"{name} belongs to another program (it holds the tables {listed}); it was left as it was. "
                "Name another database in [store]."
            )
        return "new"
    held = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    known = revisions(folder)
    if held is None:
        raise StoreError(f"{name} names no schema version; it was left as it was. Restore a backup.")
    if held not in known:
        raise StoreError(
            f"{name} was written by a newer version of ingest (schema {held}; this one knows {known[-1]}); "
            "it was left as it was. Install the newer version."
        )
    return "current" if held == known[-1] else "old"


def migrate(connection: Connection, name: str, folder: Path = FOLDER) -> State:
    """Migrate to the newest schema within the caller's transaction; return the state before.

    The caller holds the write lock (`BEGIN IMMEDIATE`) on SQLite; on PostgreSQL it is taken here.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
    state = state_of(connection, name, folder)
    if state == "current":
        return state
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    command.upgrade(config, "head")
    return state


def _tables(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        return {name for name in rows if not name.startswith("sqlite_")}
    rows = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").scalars()
    return {name for name in rows if not name.startswith(NEIGHBOURS)}
