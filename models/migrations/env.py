"""Run by Alembic: migrates the connection that `models.database.schema` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from models.migrations import VERSION_TABLE
from models.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()
