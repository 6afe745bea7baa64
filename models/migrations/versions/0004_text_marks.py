"""Marks of texts, by which nearly equal texts are found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 200


def upgrade() -> None:
    table = op.create_table(
        "text_mark",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_text_mark_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "mark", name=op.f("pk_text_mark")),
    )
    op.create_index(op.f("ix_text_mark_mark"), "text_mark", ["mark"])
    _mark_what_is_there(table)


def _mark_what_is_there(table: sa.Table) -> None:
    from models.search.likeness import marks

    connection = op.get_bind()
    texts = sa.text(
        "SELECT document.id, revision.body FROM document JOIN revision ON revision.document_id = document.id "
        "AND revision.number = document.revision WHERE document.merged_into_id IS NULL AND document.id > :last "
        "ORDER BY document.id LIMIT :many"
    )
    last = 0
    while rows := connection.execute(texts, {"last": last, "many": AT_ONCE}).all():
        last = rows[-1].id
        marked = [{"document_id": row.id, "mark": mark} for row in rows for mark in marks(row.body)]
        if marked:
            connection.execute(sa.insert(table), marked)
