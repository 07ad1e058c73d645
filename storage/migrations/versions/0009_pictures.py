"""Pictures by what is to be seen in them, and which of them are the same one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
WAITING = sa.text("compared_at IS NULL")


def upgrade() -> None:
    _make_pictures()
    _make_likenesses()


def _make_pictures() -> None:
    op.create_table(
        "picture",
        sa.Column("media_id", sa.String(length=40), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.Column("doubts", sa.LargeBinary(), nullable=False),
        sa.Column("compared_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_picture_media_id_media"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("media_id", name=op.f("pk_picture")),
    )
    op.create_index(
        "ix_picture_waiting", "picture", ["media_id"], postgresql_where=WAITING, sqlite_where=WAITING
    )
    op.create_table(
        "picture_mark",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("media_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"],
            ["picture.media_id"],
            name=op.f("fk_picture_mark_media_id_picture"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mark", "media_id", name=op.f("pk_picture_mark")),
    )
    op.create_index(op.f("ix_picture_mark_media_id"), "picture_mark", ["media_id"])


def _make_likenesses() -> None:
    op.create_table(
        "likeness",
        sa.Column("media_id", sa.String(length=40), nullable=False),
        sa.Column("other_id", sa.String(length=40), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("found_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_likeness_media_id_media"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["media.id"], name=op.f("fk_likeness_other_id_media"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("media_id", "other_id", name=op.f("pk_likeness")),
    )
    op.create_index(op.f("ix_likeness_other_id"), "likeness", ["other_id"])
    op.create_index(op.f("ix_likeness_found_at"), "likeness", ["found_at"])
