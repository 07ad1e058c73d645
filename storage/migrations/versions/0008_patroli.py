"""An hour of voting day is asked for until the next takes its place."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("expectation", sa.Column("passes_at", sa.DateTime(timezone=True)))
