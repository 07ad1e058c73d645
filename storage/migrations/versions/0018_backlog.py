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
QUEUED = sa.text("state IN ('waiting', 'leased')")
TIDY = """
ALTER TABLE outbox SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000
)
"""
"""Each row is written four times. By a fifth of the table PostgreSQL would tidy the index of what is due once
in two million messages, and every claim go past what is left of them."""


def upgrade() -> None:
    op.add_column("outbox", sa.Column("account", sa.String(77), server_default="", nullable=False))
    op.execute(FILL)
    op.drop_index("ix_outbox_due", "outbox")
    columns = ["account", "priority", "due_at", "id"]
    op.create_index("ix_outbox_due", "outbox", columns, postgresql_where=OPEN, sqlite_where=OPEN)
    op.drop_index("ix_outbox_queue", "outbox")
    queue = ["address_id", "priority", "id"]
    op.create_index("ix_outbox_queue", "outbox", queue, postgresql_where=QUEUED, sqlite_where=QUEUED)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(TIDY)
