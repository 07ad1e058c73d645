"""Topics and what was said of them, weeks that were sent up, digests that were told."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")


def upgrade() -> None:
    _make_topics()
    _make_states()
    op.create_table(
        "digest_kept",
        sa.Column("area", Code, nullable=False),
        sa.Column("made_for", Moment, nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("area", "made_for", name=op.f("pk_digest_kept")),
    )
    op.create_index(op.f("ix_report_form_area"), "report", ["form", "area"])


def _make_topics() -> None:
    op.create_table(
        "topics_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics_version")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_topics_version_name_version")),
    )
    op.create_table(
        "topic_entry",
        sa.Column("id", Id, nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=12), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary()),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("report", sa.String(length=24)),
        sa.Column("at", Moment, nullable=False),
        sa.CheckConstraint(
            "mark IN ('aman', 'perhatian', 'masalah', 'belum')", name=op.f("ck_topic_entry_mark")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_entry")),
    )
    op.create_index(op.f("ix_topic_entry_week_area"), "topic_entry", ["week", "area"])


def _make_states() -> None:
    op.create_table(
        "digest_state",
        sa.Column("area", Code, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("is_nihil", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary()),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("area", "week", "serial", name=op.f("pk_digest_state")),
    )
    op.create_index(op.f("ix_digest_state_week_area"), "digest_state", ["week", "area"])
