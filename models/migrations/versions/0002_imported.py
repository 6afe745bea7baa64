"""Where an imported answer was captured: the file and the offset of its record there."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("capture", sa.Column("imported_from", sa.String(), nullable=True))
    op.add_column("capture", sa.Column("imported_offset", sa.BigInteger(), nullable=True))
