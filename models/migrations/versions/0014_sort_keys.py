"""What lists of documents are sorted by, stored with each document, with an index in which SQLite finds the order."""

import sqlalchemy as sa
from alembic import op

from models.search.words import sort_key

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
LEAST_SURE = (
    "UPDATE document SET least_sure = (SELECT min(provenance.confidence) FROM provenance "
    "JOIN revision ON revision.id = provenance.revision_id "
    "WHERE revision.document_id = document.id AND revision.number = document.revision)"
)
TITLES = (
    "SELECT document.id, revision.title FROM document "
    "JOIN revision ON revision.document_id = document.id AND revision.number = document.revision "
    "WHERE document.id BETWEEN :first AND :last AND revision.title IS NOT NULL"
)


def upgrade() -> None:
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.add_column("document", sa.Column("title_key", text, nullable=True))
    op.add_column("document", sa.Column("least_sure", sa.Double(), nullable=True))
    op.execute(LEAST_SURE)
    connection = op.get_bind()
    last = connection.execute(sa.text("SELECT max(id) FROM document")).scalar() or 0
    for first in range(1, last + 1, AT_ONCE):
        rows = connection.execute(sa.text(TITLES), {"first": first, "last": first + AT_ONCE - 1}).all()
        keys = [{"id": row.id, "key": sort_key(row.title)} for row in rows]
        if keys:
            connection.execute(sa.text("UPDATE document SET title_key = :key WHERE id = :id"), keys)
    for column in ("title_key", "least_sure"):
        op.create_index(op.f(f"ix_document_{column}"), "document", [sa.text(f"({column} IS NULL)"), column])
    given = sa.text("confidence IS NOT NULL")
    columns = ["confidence", "field", "revision_id"]
    op.create_index(
        op.f("ix_provenance_confidence"), "provenance", columns, sqlite_where=given, postgresql_where=given
    )
