"""How probable it is that a value is right, beside where it was read."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("provenance", sa.Column("confidence", sa.Double(), nullable=True))
