"""The fingerprint of what each capture was published from: a reading with the same fingerprint is not loaded again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("capture", sa.Column("read_as", sa.String(), nullable=True))
