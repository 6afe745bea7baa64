"""Indexes for every look-up that grows with the store, and keys of 64 bits on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXES = (
    ("capture", ("run_id",)),
    ("capture", ("warc_file_id", "offset")),
    ("document", ("identity",)),
    ("failure", ("run_id",)),
    ("failure", ("source_id", "subject")),
    ("fetch_attempt", ("url_id",)),
    ("payload", ("warc_file_id", "offset")),
    ("revision", ("capture_id",)),
    ("revision", ("run_id",)),
    ("staged", ("capture_id",)),
    ("staged", ("url_id",)),
    ("url", ("identity", "source_id")),
    ("url", ("last_capture_id",)),
    ("url", ("source_id", "requested_at")),
)
PARTIAL = ("merged_into_id", "landing_page_id")
"""Columns of `document` that are seldom set: SQLite would read a whole index for `IS NULL`."""

KEYS = {
    "author": ("id",),
    "source": ("id",),
    "warc_file": ("id",),
    "document": ("id", "source_id", "landing_page_id", "merged_into_id"),
    "payload": ("warc_file_id",),
    "run": ("id", "source_id"),
    "url": ("id", "source_id", "last_capture_id"),
    "attachment": ("page_document_id",),
    "capture": ("id", "url_id", "run_id", "warc_file_id"),
    "document_alias": ("document_id",),
    "document_claim": ("document_id",),
    "failure": ("id", "source_id", "run_id"),
    "fetch_attempt": ("id", "run_id", "url_id"),
    "field_statistic": ("run_id",),
    "text_mark": ("document_id",),
    "revision": ("id", "document_id", "capture_id", "run_id"),
    "staged": ("id", "run_id", "url_id", "capture_id"),
    "provenance": ("revision_id",),
    "revision_author": ("revision_id", "author_id"),
    "search_index": ("document_id",),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in KEYS.items():
            op.execute(f"ALTER TABLE {table} " + ", ".join(f"ALTER {column} TYPE bigint" for column in columns))
            if "id" in columns:
                op.execute(f"ALTER SEQUENCE {table}_id_seq AS bigint")
    op.drop_index(op.f("ix_document_merged_into_id"), "document")
    for column in PARTIAL:
        set_only = sa.text(f"{column} IS NOT NULL")
        name = op.f(f"ix_document_{column}")
        op.create_index(name, "document", [column], sqlite_where=set_only, postgresql_where=set_only)
    op.drop_index(op.f("ix_failure_source_id"), "failure")
    op.drop_index(op.f("ix_url_identity"), "url")
    for table, indexed in INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(indexed)}"), table, list(indexed))
