"""What each answer was published as: read again with the same digest, there is nothing to load."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("capture", sa.Column("read_as", sa.String(), nullable=True))
