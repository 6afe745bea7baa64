"""Reruns that workers share, beside runs of the same source; and schedules, which workers meet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("run_part", sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False))
    # SQLite cannot give a table another key, so that it is made anew; what is asked for stays asked for.
    asked = op.get_bind().execute(sa.text("SELECT source, options, requested_at FROM run_request")).all()
    op.drop_table("run_request")
    made = op.create_table(
        "run_request",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "command", name=op.f("pk_run_request")),
    )
    rows = [{**row._mapping, "command": "run"} for row in asked]
    if rows:
        op.bulk_insert(made, rows)
    op.create_table(
        "scheduled",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_scheduled")),
    )
