"""The PostgreSQL store: reached by its URL, migrated only when asked to."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from models.database.schema import migrate, state_of
from models.database.trouble import translate_errors
from models.errors import StoreError

CONNECTIONS = 8
"""Most connections of one process: a server allows a hundred, and many processes may share it."""

LINK = {
    "connect_timeout": "15",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
    "application_name": "ingest",
}
"""Parameters of libpq, in seconds (the last time-out in milliseconds), unless the store's URL states others.

A link over TCP that was cut in silence is found after 25 seconds, before a lease of 30 seconds runs out; without them a
process would wait for its answer for hours.
"""


def open_postgres(database: str, *, migrations: Path) -> tuple[Engine, str]:
    """Return an engine and the URL without secrets, or raise StoreError where server or schema cannot be used."""
    engine, name = _engine(database)
    try:
        with translate_errors(name), engine.connect() as connection:
            state = state_of(connection, name, migrations)
    except StoreError:
        engine.dispose()
        raise
    if state != "current":
        engine.dispose()
        what = "holds no store yet" if state == "new" else "has the schema of an older version"
        raise StoreError(f"{name} {what}; run `ingest db upgrade` first")
    return engine, name


def upgrade_postgres(database: str, *, migrations: Path) -> bool:
    """Create or migrate the schema in one transaction; return whether it changed."""
    engine, name = _engine(database)
    try:
        with translate_errors(name), engine.begin() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
            if encoding != "UTF8":
                raise StoreError(f"{name} is encoded in {encoding}; make a database with ENCODING 'UTF8'")
            return migrate(connection, name, migrations) != "current"
    finally:
        engine.dispose()


def _engine(database: str) -> tuple[Engine, str]:
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:
        raise StoreError("[store] database is neither a path nor an SQLAlchemy URL") from error
    name = _masked(url)
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreError(f"{name}: only SQLite and PostgreSQL are supported")
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg", query={**LINK, **url.query}),
            pool_pre_ping=True,
            pool_size=CONNECTIONS,
            max_overflow=0,
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            f"{name} needs the PostgreSQL driver: pip install 'resource-centre-ingest[postgres]'"
        ) from error
    return engine, name


def _masked(url: URL) -> str:
    """Return the URL for messages: without password, and without the query, which may hold one."""
    return url.set(query={}).render_as_string(hide_password=True)
