"""Other systems are told what happens here: who they are, and what each of them is told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_hooks()
    _make_deliveries()


def _make_hooks() -> None:
    op.create_table(
        "hook",
        sa.Column("id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("kinds", sa.String(length=160), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("old_secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("old_until", Moment, nullable=True),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("stopped_at", Moment, nullable=True),
        sa.Column("failing_since", Moment, nullable=True),
        sa.CheckConstraint("(old_until IS NULL) = (old_secret_sealed IS NULL)", name=op.f("ck_hook_old")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_hook_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook")),
    )
    op.create_index(op.f("ix_hook_staff_id"), "hook", ["staff_id"])
    op.create_index(op.f("ix_hook_area"), "hook", ["area"])
    heard = sa.text("stopped_at IS NULL")
    op.create_index("ix_hook_heard", "hook", ["id"], postgresql_where=heard, sqlite_where=heard)


def _make_deliveries() -> None:
    op.create_table(
        "hook_delivery",
        sa.Column("id", Id, nullable=False),
        sa.Column("hook_id", Id, nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("tried_at", Moment, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'leased', 'sent', 'failed', 'dropped')",
            name=op.f("ck_hook_delivery_state"),
        ),
        sa.CheckConstraint(
            "(due_at IS NULL) = (state NOT IN ('waiting', 'leased'))", name=op.f("ck_hook_delivery_due")
        ),
        sa.ForeignKeyConstraint(["hook_id"], ["hook.id"], name=op.f("fk_hook_delivery_hook_id_hook")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_delivery")),
        sa.UniqueConstraint("hook_id", "event", name=op.f("uq_hook_delivery_hook_id_event")),
    )
    op.create_index(op.f("ix_hook_delivery_hook_id_id"), "hook_delivery", ["hook_id", "id"])
    op.create_index(op.f("ix_hook_delivery_made_at"), "hook_delivery", ["made_at"])
    due, failed = sa.text("due_at IS NOT NULL"), sa.text("state = 'failed'")
    columns = ["hook_id", "due_at", "id"]
    op.create_index("ix_hook_delivery_due", "hook_delivery", columns, postgresql_where=due, sqlite_where=due)
    op.create_index(
        "ix_hook_delivery_failed", "hook_delivery", ["id"], postgresql_where=failed, sqlite_where=failed
    )
