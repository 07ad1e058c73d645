"""What was told late is found without reading what was told in time."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IS_LATE = sa.text("told_at > due_at")


def upgrade() -> None:
    op.create_index(
        "ix_expectation_late",
        "expectation",
        ["area", "due_at"],
        postgresql_where=IS_LATE,
        sqlite_where=IS_LATE,
    )
