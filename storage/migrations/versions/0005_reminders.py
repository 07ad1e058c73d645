"""Who was phoned, broadcasts, reminders that wait, work of the clock in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")


def upgrade() -> None:
    _make_calls()
    _make_broadcasts()
    op.add_column("expectation", sa.Column("waits_until", Moment))
    op.add_column("tick", sa.Column("is_over", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("outbox", sa.Column("broadcast_id", Id))
    _partial("ix_expectation_open", "expectation", ["reminded", "due_at", "post_id"], "state = 'open'")
    _partial("ix_expectation_of_post", "expectation", ["post_id", "due_at"], "state = 'open'")
    _partial(
        "ix_outbox_owed",
        "outbox",
        ["address_id"],
        "topic = 'owed' AND sent_at IS NULL AND state <> 'dropped'",
    )
    _partial("ix_outbox_broadcast", "outbox", ["broadcast_id", "state"], "broadcast_id IS NOT NULL")


def _make_calls() -> None:
    op.create_table(
        "call",
        sa.Column("id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_call_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_index(op.f("ix_call_post_id_at"), "call", ["post_id", "at"])


def _make_broadcasts() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", Id, nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("scope_area", Code, nullable=False),
        sa.Column("roles", sa.String(length=80), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("unreachable", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("stopped_at", Moment),
        sa.Column("stopped_by", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
    )
    op.create_index(op.f("ix_broadcast_scope_area"), "broadcast", ["scope_area"])


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, postgresql_where=condition, sqlite_where=condition)
