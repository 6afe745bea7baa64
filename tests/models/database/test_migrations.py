from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.database.schema import NEIGHBOURS
from models.migrations import FOLDER, VERSION_TABLE, revisions
from models.tables import metadata
from tests.made import opened


def ours(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """All but the search index, which lies outside the metadata, and the queue's tables beside ours."""
    table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
    return not str(table).startswith(("search_index", *NEIGHBOURS))


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # SQLite's are not compared
def test_the_migrations_lead_to_the_classes(store_url: str) -> None:
    store = opened(store_url)
    with store.read() as connection:
        options = {"include_object": ours, "compare_type": True, "version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    store.close()


def test_the_files_names_tell_the_history() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    history = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions() == history[::-1]
