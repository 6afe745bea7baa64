"""Archive files on object storage, and which of them hold records that were dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("warc_file", sa.Column("remote", sa.String(), nullable=True))
    op.add_column("warc_file", sa.Column("stale", sa.Boolean(), server_default=sa.false(), nullable=False))
