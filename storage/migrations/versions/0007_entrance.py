"""How the staff come in at the web desk."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")


def upgrade() -> None:
    _make_accounts()
    _make_links()
    _make_visits()


def _make_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("staff_id", Id, autoincrement=False, nullable=False),
        sa.Column("password_hash", sa.LargeBinary(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("set_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_account")),
    )
    op.create_table(
        "account_code",
        sa.Column("code_hmac", sa.String(length=64), nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("used_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_code_staff_id_staff")),
        sa.PrimaryKeyConstraint("code_hmac", name=op.f("pk_account_code")),
    )
    op.create_index(op.f("ix_account_code_staff_id"), "account_code", ["staff_id"])


def _make_links() -> None:
    op.create_table(
        "account_link",
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_link_staff_id_staff")),
        sa.PrimaryKeyConstraint("link_hash", name=op.f("pk_account_link")),
    )
    op.create_index(op.f("ix_account_link_staff_id"), "account_link", ["staff_id"])


def _make_visits() -> None:
    op.create_table(
        "visit",
        sa.Column("id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_visit_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_visit_token_hash")),
    )
    op.create_index(op.f("ix_visit_staff_id"), "visit", ["staff_id"])
