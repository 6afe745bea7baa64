"""`staged.retry_after` was never written: how long a source asks to be left alone is kept with the source."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("staged", "retry_after")
