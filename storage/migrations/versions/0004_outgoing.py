"""Files that we send, the parts of a message, whom we wrote to first."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_enclosures()
    _make_parts()
    _make_approaches()
    withheld = sa.text("state = 'parked' AND reason = 'window'")
    op.create_index(
        "ix_outbox_window", "outbox", ["address_id"], postgresql_where=withheld, sqlite_where=withheld
    )


def _make_enclosures() -> None:
    op.create_table(
        "enclosure",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosure")),
    )
    op.create_index(op.f("ix_enclosure_expires_at"), "enclosure", ["expires_at"])
    op.create_index(op.f("ix_enclosure_path"), "enclosure", ["path"])


def _make_parts() -> None:
    op.create_table(
        "outbox_part",
        sa.Column("outbox_id", Id, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String(length=160), nullable=False),
        sa.Column("sent_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_outbox_part_outbox_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", "part", name=op.f("pk_outbox_part")),
    )
    op.create_index(op.f("ix_outbox_part_provider_id"), "outbox_part", ["provider_id"])
    op.create_index(op.f("ix_outbox_part_sent_at"), "outbox_part", ["sent_at"])


def _make_approaches() -> None:
    op.create_table(
        "approach",
        sa.Column("address_id", Id, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_approach_address_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address_id", name=op.f("pk_approach")),
    )
    op.create_index(op.f("ix_approach_account_at"), "approach", ["account", "at"])
