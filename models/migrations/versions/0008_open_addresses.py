"""Runs that several processes share: their open addresses, and what each process has done."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "open_address",
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("url_id", KEY, nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_open_address_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_open_address_url_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "url_id", name=op.f("pk_open_address")),
    )
    op.create_index(op.f("ix_open_address_host"), "open_address", ["host"])
    op.create_index(op.f("ix_open_address_url_id"), "open_address", ["url_id"])
    op.create_table(
        "run_part",
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("requested", sa.Integer(), nullable=False),
        sa.Column("not_modified", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_part_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "process", name=op.f("pk_run_part")),
    )
