"""The account in the rows of the outbox, and first in the index that a claim reads."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FILL = """
UPDATE outbox SET account = (
    SELECT address.channel || ':' || address.account FROM address WHERE address.id = outbox.address_id
)
WHERE state IN ('waiting', 'leased', 'parked')
"""
"""What is sent or dropped is claimed no more: on a long history that saves an hour."""
OPEN = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("account", sa.String(77), server_default="", nullable=False))
    op.execute(FILL)
    op.drop_index("ix_outbox_due", "outbox")
    columns = ["account", "priority", "due_at", "id"]
    op.create_index("ix_outbox_due", "outbox", columns, postgresql_where=OPEN, sqlite_where=OPEN)
